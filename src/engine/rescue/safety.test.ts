import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { itemByItem } from "../../../test/support/item-by-item.ts";
import { MemoryFiles } from "../../../test/support/memory-files.ts";
import { NOBODY } from "../../../test/support/setup-rig.ts";
import type { GuideTexts } from "../../core/guide/guide.ts";
import { parseGuide } from "../../core/guide/parse-guide.ts";
import { openPlugJournal } from "../home/plug-journal.ts";
import type { RescueOptions, RescuePorts } from "./contract.ts";
import { requireAwayFromMains, requireClosedCase } from "./safety.ts";

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../profiles/gosund-ep2/${name}`, import.meta.url), "utf8"));
const texts = read("texts.en.json") as GuideTexts;
const conversion = { guide: parseGuide(read("guide.json"), texts, "guide.json"), texts } as unknown as RescueOptions;
const PLUG = "5ccf7fa1b2c3";

/** Ports of a person who gives these answers to choices, and else the last option there is. */
function rig(answers: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const files = new MemoryFiles();
  const operator = {
    choose: ({ id, options }: { id: string; options: readonly { id: string }[] }) => {
      asked.push(id);
      return Promise.resolve(answers[id] ?? options.at(-1)!.id);
    },
  };
  const lists = itemByItem({ ...NOBODY, ...operator });
  const ports = {
    files,
    home: "/home",
    operator: { ...operator, ...lists },
    clock: { wallTime: () => 0 },
  } as unknown as RescuePorts;
  return { asked, files, ports };
}

const unsafe = expect.objectContaining({ code: "unsafe" });

test("wires on record keep the plug away from mains until its closing list is complete", async () => {
  const { asked, files, ports } = rig({ "still-closed": "closed", "case-closed": "yes" });
  const journal = await openPlugJournal(files, "/home", PLUG);
  await journal.append({ type: "wires-attached", version: 1, at: "2026-11-22T10:00:00Z" });
  await journal.close();
  await expect(requireClosedCase(ports, conversion, PLUG)).rejects.toThrowError(unsafe);
  // Neither the word that it has stayed shut nor that it never was open is even asked for.
  expect(asked).toEqual(["wires-removed"]);
});

test("a case that nobody confirms as closed stays away from mains, as does an open plug of unknown name", async () => {
  const { ports } = rig({});
  await expect(requireClosedCase(ports, conversion, PLUG)).rejects.toThrowError(unsafe);
  await expect(requireClosedCase(ports, conversion, undefined)).rejects.toThrowError(unsafe);
  await requireClosedCase(rig({ "case-closed": "yes" }).ports, conversion, PLUG);
});

test("nothing is sent over the wires of a plug that may be in its socket", async () => {
  await expect(requireAwayFromMains(rig({}).ports, conversion, true)).rejects.toThrowError(unsafe);
  await requireAwayFromMains(rig({ "away-from-mains": "yes" }).ports, conversion, true);
});
