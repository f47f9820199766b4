/** Setup by itself asks nobody for mains; where mains and wires might meet, it works on no plug. */
import { expect, test } from "vitest";
import { foldConversion } from "../../src/core/conversion/state.ts";
import { parseEntry } from "../../src/core/journal/stored-entry.ts";
import { plugFolder } from "../../src/engine/home/folders.ts";
import { readJournal } from "../../src/engine/home/journal.ts";
import { openPlugJournal } from "../../src/engine/home/plug-journal.ts";
import { type SetupStart, setup } from "../../src/engine/jobs/setup.ts";
import type { Operator } from "../../src/engine/ports.ts";
import { GOOD, NOBODY, SetupRig } from "../support/setup-rig.ts";

const MAC = "5ccf7fa1b2c3";
const at = "2026-11-22T10:00:00Z";
const WIRES = { type: "backup-sealed", at, backup: "x" };
const CLOSED = { type: "conversion-step", version: 1, at, step: "close-case", data: { closedAt: at } };

/** A powered plug, blank or in the network already, and what its journal says of wires. */
async function home(record: readonly object[], joined = false) {
  const rig = new SetupRig();
  rig.board.powerOn();
  let address = "";
  if (joined) {
    ({ address } = await rig.setup("serial"));
    rig.files.now.delete(`/home/plugs/${MAC}/journal.jsonl`);
  }
  const journal = await openPlugJournal(rig.files, "/home", MAC);
  for (const entry of record) await journal.append(parseEntry(entry)!);
  await journal.close();
  const before = rig.core.settings.text("DeviceName");
  const asked: string[] = [];
  const person = (answer: "yes" | "no"): Operator => ({
    ...NOBODY,
    choose: ({ id }) => {
      asked.push(id);
      return Promise.resolve(answer);
    },
  });
  const run = (start: SetupStart, operator: Operator, wires = false) => {
    const { line, ...ports } = rig.ports;
    const options = { ...rig.options("serial"), start, config: { deviceName: "Other plug" } };
    return rig.do(setup({ ...ports, operator, line: wires ? line : undefined }, options, rig.context()));
  };
  const wired = async () => foldConversion(await readJournal(rig.files, plugFolder("/home", MAC))).wiresAttached;
  return { rig, address, asked, before, person, run, wired };
}

const ACCESS_POINT: SetupStart = { transport: "access-point", credentials: GOOD };

test.each([
  { where: "through the access point", joined: false },
  { where: "in its network", joined: true },
])("with wires on record a plug $where is set up only out of its socket", async ({ joined }) => {
  const { rig, address, asked, before, person, run } = await home([WIRES], joined);
  const start = joined ? { address } : ACCESS_POINT;
  await expect(run(start, person("no"))).rejects.toMatchObject({
    code: "unsafe",
    nextStep: expect.stringContaining("plugsmith close"),
  });
  expect(asked).toEqual(["away-from-mains"]);
  expect(rig.core.settings.text("SSID1")).toBe(joined ? GOOD.ssid : "");
  expect(rig.core.settings.text("DeviceName")).toBe(before);
  await expect(run(start, NOBODY)).rejects.toMatchObject({ code: "needs-input" });
  await run(start, person("yes"));
  expect(rig.core.settings.text("DeviceName")).toBe("Other plug");
});

test.each([
  { which: "of which nothing is on record", record: [] },
  { which: "whose record says closed", record: [WIRES, CLOSED] },
])("of a plug $which, without a line, nothing is asked", async ({ record }) => {
  const { rig, address, run, wired } = await home(record, true);
  await run({ address }, NOBODY);
  expect(rig.core.settings.text("DeviceName")).toBe("Other plug");
  expect(await wired()).toBe(false);
});

test.each(["serial", "improv", "access-point"] as const)(
  "wires of a setup over %s are on record before the plug is given anything",
  async (transport) => {
    const { rig, run, wired } = await home([]);
    let first = "";
    const open = rig.files.open.bind(rig.files);
    rig.files.open = async (path, ...rest) => {
      if (first === "" && path.endsWith("journal.jsonl")) first = `SSID "${rig.core.settings.text("SSID1")}"`;
      return await open(path, ...rest);
    };
    await run({ transport, credentials: GOOD }, NOBODY, true);
    expect(first).toBe('SSID ""');
    expect(await wired()).toBe(true);
  },
);

test("wires on a plug whose record says closed: its person has to say that it is out of its socket", async () => {
  const { rig, asked, person, run, wired } = await home([WIRES, CLOSED]);
  const start: SetupStart = { transport: "serial", credentials: GOOD };
  await expect(run(start, person("no"), true)).rejects.toMatchObject({ code: "unsafe" });
  expect(rig.core.settings.text("SSID1")).toBe("");
  expect(asked).toEqual(["away-from-mains"]);
  // The wires are there, whatever was answered.
  expect(await wired()).toBe(true);
});
