import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fileError } from "./file-error.ts";
import { nodeFiles } from "./files.ts";

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "plugsmith-files-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

describe("files on disk", () => {
  test("a created file has the mode asked for and holds what was written", async () => {
    const path = `${directory}/secret`;
    const handle = await nodeFiles.open(path, "create", 0o600);
    await handle.write(bytes("one "));
    await handle.write(bytes("two"));
    await handle.sync();
    await handle.close();
    expect(text(await nodeFiles.read(path))).toBe("one two");
    expect((await nodeFiles.stat(path))?.mode).toBe(0o600);
  });

  test("creating over an existing file is refused by name", async () => {
    writeFileSync(`${directory}/there`, "x");
    await expect(nodeFiles.open(`${directory}/there`, "create", 0o600)).rejects.toMatchObject({ code: "file-exists" });
  });

  test("appending starts at the end and updating writes where it is told", async () => {
    const path = `${directory}/log`;
    for (const part of ["abc", "def"]) {
      const handle = await nodeFiles.open(path, "append", 0o600);
      await handle.write(bytes(part));
      await handle.close();
    }
    const update = await nodeFiles.open(path, "update", 0o600);
    await update.write(bytes("XY"), 2);
    await update.close();
    expect(text(await nodeFiles.read(path))).toBe("abXYef");
  });

  test("what is missing is undefined, an empty list or file-not-found", async () => {
    expect(await nodeFiles.stat(`${directory}/no`)).toBeUndefined();
    expect(await nodeFiles.list(`${directory}/no`)).toEqual([]);
    await expect(nodeFiles.read(`${directory}/no`)).rejects.toMatchObject({ code: "file-not-found" });
  });

  test("names are listed in order, and a rename replaces", async () => {
    writeFileSync(`${directory}/b`, "new");
    writeFileSync(`${directory}/a`, "old");
    expect(await nodeFiles.list(directory)).toEqual(["a", "b"]);
    await nodeFiles.rename(`${directory}/b`, `${directory}/a`);
    await nodeFiles.syncDirectory(directory);
    expect(await nodeFiles.list(directory)).toEqual(["a"]);
    expect(text(await nodeFiles.read(`${directory}/a`))).toBe("new");
  });

  test.skipIf(process.platform !== "linux")(
    "a folder that no system can flush is no failure, nor is the root",
    async () => {
      await nodeFiles.syncDirectory("/proc");
      await nodeFiles.syncDirectory("");
    },
  );

  test.skipIf(process.getuid?.() === 0)("a folder without permission is named as such", async () => {
    chmodSync(directory, 0o500);
    await expect(nodeFiles.open(`${directory}/x`, "create", 0o600)).rejects.toMatchObject({ code: "file-permission" });
  });

  test("a full disk keeps its own code", () => {
    expect(fileError("/x", Object.assign(new Error("no"), { code: "ENOSPC" })).code).toBe("disk-full");
    expect(fileError("/x", new Error("odd")).code).toBe("file-failed");
  });
});

describe("the lock", () => {
  test("is exclusive until released", async () => {
    const path = `${directory}/lock`;
    const release = await nodeFiles.lock(path);
    await expect(nodeFiles.lock(path)).rejects.toMatchObject({ code: "locked" });
    await release();
    await (await nodeFiles.lock(path))();
  });

  test("two folders are locked apart", async () => {
    const first = await nodeFiles.lock(`${directory}/one`);
    const second = await nodeFiles.lock(`${directory}/two`);
    await first();
    await second();
  });
});
