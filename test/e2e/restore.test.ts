/** A conversion undone: the vendor's firmware back, byte for byte, what the records say then, and a second conversion. */

import { expect, test } from "vitest";
import { foldConversion } from "../../src/core/conversion/state.ts";
import { say } from "../../src/core/text/text.ts";
import { openSession } from "../../src/engine/flash/session.ts";
import { readJournal } from "../../src/engine/home/journal.ts";
import { chooseBackup } from "../../src/engine/jobs/restore.ts";
import { HomeRig } from "../support/home-rig.ts";

test("a plug is converted, restored despite an interruption, and converted again with its first backup", async () => {
  const rig = new HomeRig();
  const { plug } = await rig.convert();
  expect(Buffer.from(rig.home.bench.flash).equals(Buffer.from(rig.original))).toBe(false);
  const { clock, files, home, tool } = rig.ports();
  const { line } = rig.home;
  const folder = `${home}/plugs/${plug}`;

  rig.openAndWire();
  await rig.do(rig.person().act({ id: "ground-gpio0", text: say`` }));
  const cut = new AbortController();
  const session = openSession({
    line,
    clock,
    files,
    home,
    tool,
    signal: cut.signal,
    events: (event) => {
      if (event.type === "progress" && event.step === "restore" && event.done > 0) cut.abort();
    },
  });
  // A backup of Tasmota, made in between, is not what the plug was delivered with.
  await rig.do(session.backup());
  const { source } = (await chooseBackup(files, home, plug))!;
  const work = session.restore(source);
  await expect(rig.do(work)).rejects.toThrowError(expect.objectContaining({ code: "aborted" }));
  await session.close();
  expect(Buffer.from(rig.home.bench.flash).equals(Buffer.from(rig.original))).toBe(false);
  const rescued = await rig.rescue({ symptom: "half-written" });
  expect(rescued).toMatchObject({ outcome: "vendor", plug, walked: ["resume-writing"], wiresAttached: true });
  expect(Buffer.from(rig.home.bench.flash).equals(Buffer.from(rig.original))).toBe(true);
  const proven = (await readJournal(files, folder)).findLast(({ type }) => type === "restore-proven");
  expect(proven).toMatchObject({ md5: source.manifest!.md5 });
  const state = foldConversion(await readJournal(files, folder));
  expect(state).toMatchObject({ startedAt: undefined, wiresAttached: true });
  expect(state.vendorSince).toBeDefined();
  expect(state.finished.size).toBe(0);

  const sealed = rig.sealedBackups;
  expect(sealed).toHaveLength(2);
  const again = await rig.convert();
  expect(again.resumedAfter).toEqual([]);
  expect(again.report.vendorSince).toBeUndefined();
  expect(again.report.steps.find(({ step }) => step === "back-up")?.summary).toContain("was there already");
  expect(rig.sealedBackups).toEqual(sealed);
  expect(rig.home.bench.incidents).toEqual([]);
});
