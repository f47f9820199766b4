import { execFileSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
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

  test("is waited for where that is asked, until it is released", async () => {
    const path = `${directory}/lock`;
    const order: string[] = [];
    const release = await nodeFiles.lock(path);
    const waiting = [1, 2, 3].map(async (number) => {
      const mine = await nodeFiles.lock(path, "wait");
      order.push(`in ${number}`);
      await Promise.resolve();
      order.push("out");
      await mine();
    });
    order.push("first out");
    await release();
    await Promise.all(waiting);
    expect(order).toHaveLength(7);
    expect(order[0]).toBe("first out");
    // Nobody is in together with another.
    expect(order.slice(1).map((each) => each.slice(0, 2))).toEqual(["in", "ou", "in", "ou", "in", "ou"]);
  });

  test("two folders are locked apart", async () => {
    const first = await nodeFiles.lock(`${directory}/one`);
    const second = await nodeFiles.lock(`${directory}/two`);
    await first();
    await second();
  });
});

describe("what is read", () => {
  const LIMIT = 1000;

  /** What is there, the words for it in the error, and what makes it at a path. */
  const unfit: readonly (readonly [string, string, (path: string) => void])[] = [
    ["a folder", "a folder", (path) => mkdirSync(path)],
    [
      "a file a byte too long",
      "1001 bytes; plugsmith reads at most 1000",
      (path) => writeFileSync(path, new Uint8Array(LIMIT + 1)),
    ],
    ["a sparse file of 2 GB", "2147483648 bytes", (path) => closeSync(sparse(path, 2 ** 31))],
    ["a link to a sparse file", "2147483648 bytes", (path) => linkTo(path, (to) => closeSync(sparse(to, 2 ** 31)))],
  ];
  const onlyUnix: typeof unfit = [
    ["a pipe that nobody writes", "a pipe", (path) => execFileSync("mkfifo", [path])],
    ["a link to a pipe", "a pipe", (path) => linkTo(path, (to) => execFileSync("mkfifo", [to]))],
    ["a device without an end", "a device", (path) => symlinkSync("/dev/zero", path)],
    ["a device without anything in it", "a device", (path) => symlinkSync("/dev/null", path)],
    ["a terminal", "a device", (path) => symlinkSync("/dev/ptmx", path)],
  ];

  function linkTo(path: string, make: (to: string) => void): void {
    make(`${path}.target`);
    symlinkSync(`${path}.target`, path);
  }

  function sparse(path: string, size: number): number {
    const file = openSync(path, "w");
    ftruncateSync(file, size);
    return file;
  }

  test.each([...unfit, ...(process.platform === "win32" ? [] : onlyUnix)])(
    "%s is refused at once",
    async (_, words, make) => {
      const path = `${directory}/there`;
      make(path);
      await expect(nodeFiles.read(path, LIMIT)).rejects.toMatchObject({
        code: "file-unfit",
        message: expect.stringContaining(words),
      });
    },
  );

  test("a socket is no file", async () => {
    const server = createServer();
    const path = process.platform === "win32" ? String.raw`\\.\pipe\plugsmith-test` : `${directory}/socket`;
    await new Promise<void>((resolve) => server.listen(path, resolve));
    const error = await nodeFiles.read(path, LIMIT).catch((thrown: unknown) => thrown);
    await new Promise((resolve) => server.close(resolve));
    expect(error).toMatchObject({ code: "file-unfit" });
  });

  test.each([0, 1, LIMIT - 1, LIMIT])("a file of %d bytes is read whole", async (size) => {
    const contents = Uint8Array.from({ length: size }, (_, i) => i & 0xff);
    writeFileSync(`${directory}/there`, contents);
    expect(await nodeFiles.read(`${directory}/there`, LIMIT)).toEqual(contents);
  });

  test("a link to a file is read", async () => {
    writeFileSync(`${directory}/file`, "x");
    symlinkSync(`${directory}/file`, `${directory}/link`);
    expect(text(await nodeFiles.read(`${directory}/link`, LIMIT))).toBe("x");
  });

  test.skipIf(process.platform !== "linux")(
    "a file that says it is empty, as in /proc, is read up to the limit",
    async () => {
      expect(text(await nodeFiles.read("/proc/self/status", 100_000))).toContain("Pid:");
      await expect(nodeFiles.read("/proc/self/status", 10)).rejects.toMatchObject({ code: "file-unfit" });
    },
  );
});
