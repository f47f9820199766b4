import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { MemoryFiles } from "../../../test/support/memory-files.ts";
import type { GuideTexts } from "../../core/guide/guide.ts";
import { parseGuide } from "../../core/guide/parse-guide.ts";
import { openPlugJournal } from "../home/plug-journal.ts";
import type { RescueOrder, RescuePorts } from "./contract.ts";
import { requireAwayFromMains, requireClosedCase } from "./safety.ts";

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../profiles/gosund-ep2/${name}`, import.meta.url), "utf8"));
const texts = read("texts.en.json") as GuideTexts;
const order = { guide: parseGuide(read("guide.json"), texts, "guide.json"), texts } as unknown as RescueOrder;
const PLUG = "5ccf7fa1b2c3";

/** Ports of a person who gives these answers to choices, and else the last option there is. */
function scene(answers: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const files = new MemoryFiles();
  const operator = {
    choose: ({ id, options }: { id: string; options: readonly { id: string }[] }) => {
      asked.push(id);
      return Promise.resolve(answers[id] ?? options.at(-1)!.id);
    },
  };
  const ports = { files, home: "/home", operator, clock: { wallTime: () => 0 } } as unknown as RescuePorts;
  return { asked, files, ports };
}

const unsafe = expect.objectContaining({ code: "unsafe" });

test("wires on record keep the plug away from mains until its closing list is through", async () => {
  const { asked, files, ports } = scene({ "still-closed": "closed", "case-closed": "yes" });
  const journal = await openPlugJournal(files, "/home", PLUG);
  await journal.append({ type: "wires-attached", version: 1, at: "2026-11-22T10:00:00Z" });
  await journal.close();
  await expect(requireClosedCase(ports, order, PLUG)).rejects.toThrowError(unsafe);
  // Neither the word that it has stayed shut nor that it never was open is even asked for.
  expect(asked).toEqual(["wires-removed"]);
});

test("a case that nobody vouches for stays away from mains; an open plug of unknown name as well", async () => {
  const { ports } = scene({});
  await expect(requireClosedCase(ports, order, PLUG)).rejects.toThrowError(unsafe);
  await expect(requireClosedCase(ports, order, undefined)).rejects.toThrowError(unsafe);
  await requireClosedCase(scene({ "case-closed": "yes" }).ports, order, PLUG);
});

test("nothing goes over the wires of a plug that may be in its socket", async () => {
  await expect(requireAwayFromMains(scene({}).ports, order, true)).rejects.toThrowError(unsafe);
  await requireAwayFromMains(scene({ "away-from-mains": "yes" }).ports, order, true);
});
