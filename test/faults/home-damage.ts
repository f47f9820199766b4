/** What can happen to the files of a home between two runs. */
import type { Files } from "../../src/engine/ports.ts";
import { codeLikeBytes } from "../../src/sim/bench/code-like-bytes.ts";
import type { SeededRandom } from "../../src/sim/world/seeded-random.ts";

const SECTOR = 0x1000;

export const partialPath = (folder: string): string => `${folder}/incomplete-backup.bin`;

/** A bit of a file turns. */
export async function flipBit(files: Files, path: string, random: SeededRandom): Promise<void> {
  const bytes = (await files.read(path)).slice();
  if (bytes.length === 0) return;
  const at = random.below(bytes.length);
  bytes[at] = bytes[at]! ^ (1 << random.below(8));
  await replace(files, path, bytes);
}

/** A half-made backup suffers: bits turn in what was read, it is cut, or it is of a time when the plug held something else. */
export async function damagePartial(
  files: Files,
  folder: string,
  kind: "partial-rot" | "partial-cut" | "partial-stale",
  flash: Uint8Array,
  random: SeededRandom,
): Promise<void> {
  const path = partialPath(folder);
  const there = (await files.stat(path)) !== undefined;
  if (kind === "partial-stale") {
    const stale = flash.slice();
    for (let i = 2 + random.below(6); i > 0; i--) {
      stale.set(codeLikeBytes(SECTOR, random), SECTOR * random.below(random.chance(0.7) ? 10 : flash.length / SECTOR));
    }
    await files.makeDirectory(folder, 0o700);
    await replace(files, path, stale);
  } else if (there && kind === "partial-cut") {
    const bytes = await files.read(path);
    await replace(files, path, bytes.subarray(0, random.below(bytes.length + 1)));
  } else if (there) {
    const bytes = (await files.read(path)).slice();
    const read = Array.from({ length: bytes.length / SECTOR }, (_, i) => i * SECTOR).filter((at) =>
      bytes.subarray(at, at + SECTOR).some((byte) => byte !== 0),
    );
    const sector = read[random.below(Math.max(1, read.length))] ?? 0;
    const at = sector + random.below(SECTOR);
    if (at < bytes.length) bytes[at] = bytes[at]! ^ (1 << random.below(8));
    await replace(files, path, bytes);
  }
}

async function replace(files: Files, path: string, bytes: Uint8Array): Promise<void> {
  if ((await files.stat(path)) !== undefined) await files.remove(path);
  const handle = await files.open(path, "create", 0o600);
  await handle.write(bytes);
  await handle.sync();
  await handle.close();
  await files.syncDirectory(path.slice(0, path.lastIndexOf("/")));
}
