/** A conversion undone: the vendor's firmware back, byte for byte, what the records say then, and a second conversion. */
import { expect, test } from "vitest";
import { foldConversion } from "../../src/core/conversion/state.ts";
import { openSession } from "../../src/engine/flash/session.ts";
import { readJournal } from "../../src/engine/home/journal.ts";
import { chooseBackup } from "../../src/engine/jobs/restore.ts";
import { HomeScene } from "../support/home-scene.ts";

test("converted, restored byte for byte, and converted again with the backup of the first time", async () => {
  const scene = new HomeScene();
  const { plug } = await scene.convert();
  expect(Buffer.from(scene.home.bench.flash).equals(Buffer.from(scene.original))).toBe(false);
  const { clock, files, home, tool } = scene.ports();
  const { line } = scene.home;
  const folder = `${home}/plugs/${plug}`;

  scene.openAndWire();
  await scene.do(scene.person().act({ id: "ground-gpio0", text: "" }));
  const session = openSession({ line, clock, files, home, tool });
  // A backup of Tasmota, made in between, is not what the plug was delivered with.
  await scene.do(session.backup());
  const { source } = (await chooseBackup(files, home, plug))!;
  const restored = await scene.do(session.restore(source));
  await scene.do(session.finish("stay"));
  await session.close();
  expect(Buffer.from(scene.home.bench.flash).equals(Buffer.from(scene.original))).toBe(true);
  expect(restored).toMatchObject({ at: 0, length: scene.original.length, md5: source.manifest!.md5 });
  const state = foldConversion(await readJournal(files, folder));
  expect(state).toMatchObject({ begunAt: undefined, wiresAttached: true });
  expect(state.vendorSince).toBeDefined();
  expect(state.finished.size).toBe(0);

  const sealed = scene.sealedBackups;
  expect(sealed).toHaveLength(2);
  const again = await scene.convert();
  expect(again.resumedAfter).toEqual([]);
  expect(again.report.vendorSince).toBeUndefined();
  expect(again.report.steps.find(({ step }) => step === "back up")?.summary).toContain("was there already");
  expect(scene.sealedBackups).toEqual(sealed);
  expect(scene.home.bench.accidents).toEqual([]);
});
