import { describe, expect, test } from "vitest";
import { MemoryFiles } from "../../../test/support/memory-files.ts";
import { md5Hex } from "../../core/digest.ts";
import { LARGEST_FLASH } from "../../core/image/header.ts";
import type { StoredEntry } from "../../core/journal/stored-entry.ts";
import { writeWholeFile } from "../home/folders.ts";
import { readTarget, targetName, unfinishedChange } from "./unfinished.ts";

const AT = "2026-01-01T00:00:00.000Z";
const MD5 = "0123456789abcdef0123456789abcdef";
const entry = (type: string, more: object = {}): StoredEntry => ({ type, at: AT, ...more }) as StoredEntry;
const begun = (more: object = {}): StoredEntry =>
  entry("erase-begun", { kind: "write", from: 0x1000, md5: MD5, backup: "b", ...more });

describe("a change of the flash", () => {
  test("is open from its announcement until it is proven", () => {
    const open = { kind: "write", from: 0x1000, md5: MD5, backup: "b" };
    expect(unfinishedChange([])).toBeUndefined();
    expect(unfinishedChange([begun()])).toEqual(open);
    expect(unfinishedChange([begun(), entry("backup-sealed")])).toEqual(open);
    for (const type of ["target-proven", "restore-proven"]) {
      expect(unfinishedChange([begun(), entry(type)])).toBeUndefined();
      expect(unfinishedChange([entry(type), begun()])).toEqual(open);
    }
  });

  test("is the newest that was announced", () => {
    expect(unfinishedChange([begun(), begun({ kind: "restore", from: 0, backup: undefined })])).toEqual({
      kind: "restore",
      from: 0,
      md5: MD5,
      backup: undefined,
    });
  });

  test.each(["kind", "from", "md5"])("that an old version announced without its %s cannot be gone on with", (field) => {
    expect(unfinishedChange([begun({ [field]: undefined })])).toBeUndefined();
  });
});

describe("its target", () => {
  const bytes = Uint8Array.of(1, 2, 3);
  const change = { kind: "write", from: 0, md5: md5Hex(bytes), backup: undefined } as const;
  const path = `/plug/${targetName(change.md5)}`;

  test("is kept under a name made of its digest, and read back", async () => {
    const files = new MemoryFiles();
    await writeWholeFile(files, path, bytes);
    expect(targetName(MD5)).toBe(`pending-${MD5}.bin`);
    expect(await readTarget(files, "/plug", change)).toEqual(bytes);
  });

  test("counts as gone where it is spoilt, larger than any flash, or not there", async () => {
    const files = new MemoryFiles();
    expect(await readTarget(files, "/plug", change)).toBeUndefined();
    await writeWholeFile(files, path, Uint8Array.of(1, 2, 4));
    expect(await readTarget(files, "/plug", change)).toBeUndefined();
    const huge = { ...change, md5: "f".repeat(32) };
    await writeWholeFile(files, `/plug/${targetName(huge.md5)}`, new Uint8Array(LARGEST_FLASH + 1));
    expect(await readTarget(files, "/plug", huge)).toBeUndefined();
    await files.makeDirectory(`/other/${targetName(change.md5)}`);
    expect(await readTarget(files, "/other", change)).toBeUndefined();
  });
});
