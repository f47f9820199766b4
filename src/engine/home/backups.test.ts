import fc from "fast-check";
import { expect, test } from "vitest";
import { PLUG, FACTS as PLUG_FACTS } from "../../../test/support/stub-operation.ts";
import { isPlugsmithError } from "../../core/errors.ts";
import { drain } from "../../platform/node/system.ts";
import { VirtualDisk } from "../../sim/world/disk.ts";
import { type BackupFacts, listBackups, parseManifest, readSealedImage, sealBackup } from "./backups.ts";

const FACTS: BackupFacts = { ...PLUG_FACTS, at: Date.UTC(2026, 0, 2, 3, 4, 5) };
const image = Uint8Array.from({ length: 8192 }, (_, i) => (i * 7) & 0xff);

test("a sealed backup has private permissions and a manifest, and is found again", async () => {
  const { files } = new VirtualDisk({ seed: 1 });
  const sealed = await sealBackup(files, "/home", PLUG, image, FACTS);
  expect(sealed.manifest).toMatchObject({
    flashId: "c84014",
    size: 8192,
    mac: FACTS.mac,
    time: "2026-01-02T03:04:05.000Z",
  });
  expect((await files.stat(sealed.path))?.mode).toBe(0o600);
  const [found] = await listBackups(files, "/home", PLUG);
  expect(found).toEqual(sealed);
  expect(await readSealedImage(files, found!)).toEqual(image);
});

test("two backups made at the same moment get different folders", async () => {
  const { files } = new VirtualDisk({ seed: 1 });
  const first = await sealBackup(files, "/home", PLUG, image, FACTS);
  const second = await sealBackup(files, "/home", PLUG, image.slice(0, 4096), FACTS);
  expect(second.folder).not.toBe(first.folder);
  expect(await readSealedImage(files, first)).toEqual(image);
});

test("after a power loss at any point a backup is complete or absent, and a sealed one stays", async () => {
  const outcomes = new Set<string>();
  for (let seed = 0; seed < 60; seed++) {
    const disk = new VirtualDisk({ seed });
    disk.onOperation = (number) => {
      if (number === seed % 25) {
        disk.crash();
      }
    };
    // A dead process never says that it is done.
    const work = sealBackup(disk.files, "/home", PLUG, image, FACTS);
    const sealed = await Promise.race([work, drain().then(() => undefined)]);
    disk.onOperation = undefined;
    disk.crash();
    const found = await listBackups(disk.files, "/home", PLUG);
    if (sealed !== undefined) expect(found).toHaveLength(1);
    for (const backup of found) expect(await readSealedImage(disk.files, backup)).toEqual(image);
    outcomes.add(found.length === 0 ? "nothing" : sealed === undefined ? "whole though interrupted" : "sealed");
  }
  expect([...outcomes].sort()).toEqual(["nothing", "sealed", "whole though interrupted"]);
});

test("an image that changed after sealing is not returned", async () => {
  const { files } = new VirtualDisk({ seed: 1 });
  const sealed = await sealBackup(files, "/home", PLUG, image, FACTS);
  const handle = await files.open(sealed.path, "update", 0o600);
  await handle.write(Uint8Array.of(0xaa), 100);
  const error = await readSealedImage(files, sealed).catch((thrown: unknown) => thrown);
  expect(isPlugsmithError(error, "file-corrupt")).toBe(true);
});

test("a manifest of another plug or of a later version does not open the gate", async () => {
  const { files } = new VirtualDisk({ seed: 1 });
  const sealed = await sealBackup(files, "/home", PLUG, image, FACTS);
  const other = new TextEncoder().encode(JSON.stringify({ ...sealed.manifest, version: 2 }));
  expect(() => parseManifest(other, "m")).toThrow(/newer/);
  await sealBackup(files, "/home", PLUG, image, { ...FACTS, mac: "c4:4f:33:a1:b2:13" });
  expect(await listBackups(files, "/home", PLUG)).toHaveLength(1);
});

test("reading any bytes as a manifest either accepts them or throws a named error", () => {
  const like = fc.record(
    { version: fc.anything(), chip: fc.anything(), mac: fc.anything(), size: fc.anything() },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        like.map((value) => new TextEncoder().encode(JSON.stringify(value) ?? "")),
      ),
      (bytes) => {
        try {
          parseManifest(bytes, "m");
        } catch (error) {
          expect(isPlugsmithError(error)).toBe(true);
        }
      },
    ),
  );
});
