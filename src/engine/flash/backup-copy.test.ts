import { beforeEach, describe, expect, test } from "vitest";
import { ScriptedStub } from "../../../test/support/scripted-stub.ts";
import { FACTS, PLUG, stubOperation } from "../../../test/support/stub-operation.ts";
import { codeLikeBytes } from "../../sim/bench/code-like-bytes.ts";
import { VirtualDisk } from "../../sim/world/disk.ts";
import { SeededRandom } from "../../sim/world/seeded-random.ts";
import { formatManifest, MANIFEST_BYTES, type SealedBackup, sealBackup } from "../home/backups.ts";
import { copyOut, refuseExistingFiles } from "./backup-copy.ts";
import type { Operation } from "./operation.ts";

const OUT = "/stick/plug.bin";
const MANIFEST = `${OUT}.json`;
const contents = (seed: number): Uint8Array => codeLikeBytes(0x1000, new SeededRandom(seed));
const letter = new TextEncoder().encode("a letter");

let disk: VirtualDisk;
let operation: Operation;
let sealed: SealedBackup;

beforeEach(async () => {
  disk = new VirtualDisk({ seed: 1 });
  operation = stubOperation(new ScriptedStub(), disk.files);
  await disk.files.makeDirectory("/stick", 0o755);
  await disk.files.syncDirectory("");
  sealed = await sealBackup(disk.files, "/home", PLUG, contents(1), FACTS);
});

async function put(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await disk.files.open(path, "create", 0o644);
  await handle.write(bytes);
  await handle.sync();
}

async function putCopy(): Promise<void> {
  await put(OUT, contents(1));
  await put(MANIFEST, formatManifest(sealed.manifest));
}

const taken = (path: string) =>
  expect.objectContaining({ code: "file-exists", step: "back-up", message: expect.stringContaining(`${path} `) });

describe("a copy of a sealed backup", () => {
  test("image and manifest are written and survive a power loss", async () => {
    await copyOut(operation, sealed, OUT);
    expect(disk.surviving(OUT)).toEqual(contents(1));
    expect(disk.surviving(MANIFEST)).toEqual(formatManifest(sealed.manifest));
    expect(await disk.files.list("/stick")).toEqual(["plug.bin", "plug.bin.json"]);
  });

  test("a file that is there already is not written again, but its name is flushed", async () => {
    await putCopy();
    const changes: string[] = [];
    disk.onOperation = (_, what) => changes.push(what);
    await copyOut(operation, sealed, OUT);
    expect(changes).toEqual(["syncDirectory /stick"]);
    expect(disk.surviving(OUT)).toEqual(contents(1));
  });

  test("the file that is missing is added, and what is being written has the plug in its name", async () => {
    await put(OUT, contents(1));
    const opened: string[] = [];
    disk.onOperation = (_, what) => opened.push(...(what.startsWith("open ") ? [what] : []));
    await copyOut(operation, sealed, OUT);
    expect(opened).toEqual([`open ${MANIFEST}.${PLUG}.plugsmith-unfinished`]);
    expect(await disk.files.read(MANIFEST)).toEqual(formatManifest(sealed.manifest));
  });

  test("a backup that no longer matches its manifest is not copied", async () => {
    await disk.files.remove(sealed.path);
    await put(sealed.path, contents(2));
    await expect(copyOut(operation, sealed, OUT)).rejects.toMatchObject({ code: "file-corrupt" });
    expect(await disk.files.list("/stick")).toEqual([]);
  });

  test("an image of another backup of this plug is not overwritten", async () => {
    await sealBackup(disk.files, "/home", PLUG, contents(2), FACTS);
    await put(OUT, contents(2));
    await expect(copyOut(operation, sealed, OUT)).rejects.toEqual(taken(OUT));
    expect(await disk.files.read(OUT)).toEqual(contents(2));
  });
});

describe("before the plug is read", () => {
  const check = (): Promise<void> => refuseExistingFiles(operation, OUT);

  test("names that are free are accepted, and so is the copy of any sealed backup in this home", async () => {
    await check();
    await putCopy();
    await check();
    const other = "c44f33000001";
    const second = await sealBackup(disk.files, "/home", other, contents(3), { ...FACTS, mac: "c4:4f:33:00:00:01" });
    for (const name of [OUT, MANIFEST]) await disk.files.remove(name);
    await put(MANIFEST, formatManifest(second.manifest));
    await check();
    await put(OUT, contents(3));
    await check();
  });

  const manifestWith = (change: Partial<SealedBackup["manifest"]>): Uint8Array =>
    formatManifest({ ...sealed.manifest, ...change });
  const shorter = contents(1).slice(1);

  test.each([
    ["an image of other bytes", OUT, () => contents(2)],
    ["an image that is shorter", OUT, () => shorter],
    ["a text under the image's name", OUT, () => letter],
    ["a text under the manifest's name", MANIFEST, () => letter],
    ["another plug's manifest", MANIFEST, () => manifestWith({ mac: "c4:4f:33:00:00:01" })],
    ["a manifest with another digest", MANIFEST, () => manifestWith({ sha256: "0".repeat(64) })],
    ["a manifest with another size", MANIFEST, () => manifestWith({ size: 0x2000 })],
  ])("%s is refused and stays", async (_, path, bytes) => {
    await put(path, bytes());
    await expect(check()).rejects.toEqual(taken(path));
    expect(await disk.files.read(path)).toEqual(bytes());
  });

  test("two files that both belong to someone else are refused", async () => {
    await put(OUT, letter);
    await put(MANIFEST, letter);
    await expect(check()).rejects.toEqual(taken(OUT));
  });

  test.each([OUT, MANIFEST])("a folder under the name %s is refused", async (path) => {
    await disk.files.makeDirectory(path, 0o755);
    await expect(check()).rejects.toEqual(taken(path));
  });

  test("a manifest of the greatest size is read, and a larger one is refused unread", async () => {
    const manifest = formatManifest(sealed.manifest);
    const padded = new Uint8Array(MANIFEST_BYTES).fill(0x20);
    padded.set(manifest);
    await put(MANIFEST, padded);
    await check();
    await disk.files.remove(MANIFEST);
    const larger = new Uint8Array(MANIFEST_BYTES + 1).fill(0x20);
    larger.set(manifest);
    await put(MANIFEST, larger);
    await expect(check()).rejects.toEqual(taken(MANIFEST));
  });
});
