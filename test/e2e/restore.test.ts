/** A conversion undone: the vendor's firmware back, byte for byte, what the records say then, and a second conversion. */
import { expect, test } from "vitest";
import { foldConversion } from "../../src/core/conversion/state.ts";
import { openSession } from "../../src/engine/flash/session.ts";
import { readJournal } from "../../src/engine/home/journal.ts";
import { chooseBackup } from "../../src/engine/jobs/restore.ts";
import { HomeScene } from "../support/home-scene.ts";

test("converted, restored byte for byte though the restore was cut off, and converted again with the backup of the first time", async () => {
  const scene = new HomeScene();
  const { plug } = await scene.convert();
  expect(Buffer.from(scene.home.bench.flash).equals(Buffer.from(scene.original))).toBe(false);
  const { clock, files, home, tool } = scene.ports();
  const { line } = scene.home;
  const folder = `${home}/plugs/${plug}`;

  scene.openAndWire();
  await scene.do(scene.person().act({ id: "ground-gpio0", text: "" }));
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
  await scene.do(session.backup());
  const { source } = (await chooseBackup(files, home, plug))!;
  const work = session.restore(source);
  await expect(scene.do(work)).rejects.toThrowError(expect.objectContaining({ code: "aborted" }));
  await session.close();
  expect(Buffer.from(scene.home.bench.flash).equals(Buffer.from(scene.original))).toBe(false);
  const rescued = await scene.rescue({ symptom: "half-written" });
  expect(rescued).toMatchObject({ outcome: "vendor", plug, walked: ["resume-writing"], wiresAttached: true });
  expect(Buffer.from(scene.home.bench.flash).equals(Buffer.from(scene.original))).toBe(true);
  const proven = (await readJournal(files, folder)).findLast(({ type }) => type === "restore-proven");
  expect(proven).toMatchObject({ md5: source.manifest!.md5 });
  const state = foldConversion(await readJournal(files, folder));
  expect(state).toMatchObject({ begunAt: undefined, wiresAttached: true });
  expect(state.vendorSince).toBeDefined();
  expect(state.finished.size).toBe(0);

  const sealed = scene.sealedBackups;
  expect(sealed).toHaveLength(2);
  const again = await scene.convert();
  expect(again.resumedAfter).toEqual([]);
  expect(again.report.vendorSince).toBeUndefined();
  expect(again.report.steps.find(({ step }) => step === "back-up")?.summary).toContain("was there already");
  expect(scene.sealedBackups).toEqual(sealed);
  expect(scene.home.bench.accidents).toEqual([]);
});
