import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { sha256Hex } from "../digest.ts";
import { belongsInArchive, type PlugArchive, packPlug, unpackPlug } from "./plug-archive.ts";

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const ARCHIVE: PlugArchive = {
  plug: "c44f33a1b212",
  at: "2026-11-30T16:40:00.000Z",
  tool: "plugsmith 0.1.0",
  virtual: false,
  files: [
    { path: "backups/2026-11-30T10-15-00.000Z/manifest.json", bytes: text("{}") },
    { path: "backups/2026-11-30T10-15-00.000Z/original.bin", bytes: new Uint8Array(4096).map((_, i) => i * 7) },
    { path: "journal.jsonl", bytes: text('{"type":"conversion-begun"}\n') },
    { path: "settings/before-upgrade.dmp", bytes: new Uint8Array(0) },
  ],
};
const packed = packPlug(ARCHIVE);
const corrupt = expect.objectContaining({ code: "file-corrupt", plugState: "untouched; nothing was imported" });

test("what is packed is unpacked, and the same files make the same archive", () => {
  expect(unpackPlug(packed)).toEqual(ARCHIVE);
  expect(packPlug({ ...ARCHIVE, files: ARCHIVE.files.toReversed() })).toEqual(packed);
});

test("an archive that ends at any byte before its last is refused", () => {
  for (let length = 0; length < packed.length; length++) {
    expect(() => unpackPlug(packed.subarray(0, length)), `${length} bytes`).toThrowError(corrupt);
  }
});

test("a turned bit in any byte is refused or changes nothing that is placed", () => {
  for (let at = 0; at < packed.length; at++) {
    const damaged = packed.slice();
    damaged[at]! ^= 1 << (at % 8);
    let read: PlugArchive | undefined;
    try {
      read = unpackPlug(damaged);
    } catch (error) {
      expect(error, `byte ${at}`).toEqual(corrupt);
    }
    if (read !== undefined) expect(read, `byte ${at}`).toEqual(ARCHIVE);
  }
});

/** An archive as somebody else might make it: any names, any list, a seal that fits. */
function forged(files: Readonly<Record<string, Uint8Array>>, change: Record<string, unknown> = {}): Uint8Array {
  const listed = Object.entries(files).map(([path, bytes]) => ({
    path,
    bytes: bytes.length,
    sha256: sha256Hex(bytes),
  }));
  const { plug, at, tool, virtual } = ARCHIVE;
  const manifest = text(
    JSON.stringify({ kind: "plugsmith-plug", version: 1, plug, at, tool, virtual, files: listed, ...change }),
  );
  return zipSync({
    "plugsmith-archive.json": manifest,
    "plugsmith-archive.sha256": text(`${sha256Hex(manifest)}\n`),
    ...files,
  });
}

test("an archive forged like this, with nothing wrong in it, is read", () => {
  expect(unpackPlug(forged({ "journal.jsonl": text("x") })).files).toHaveLength(1);
});

describe("a name that no file of a plug's folder has", () => {
  test.each([
    "../journal.jsonl",
    "/etc/passwd",
    "backups/../../x/original.bin",
    "backups/../original.bin",
    "settings/../secrets.json",
    "settings/..",
    "settings/a/b",
    "C:\\journal.jsonl",
    "settings\\x",
    "journal.jsonl/",
    "lock",
    "settings/.hidden",
    "settings/a\u0000b",
    "journal.jsonl\n",
    "JOURNAL.JSONL",
  ])("%j is refused", (path) => {
    expect(belongsInArchive(path)).toBe(false);
    expect(() => unpackPlug(forged({ [`${path}`]: text("x") }))).toThrowError(corrupt);
  });
});

/** The same with another unpacked size told for every file (PKWARE APPNOTE 4.3.12: 24 bytes into the central header). */
function telling(size: number, archive: Uint8Array): Uint8Array {
  const changed = archive.slice();
  const view = new DataView(changed.buffer);
  for (let at = 0; at + 46 < changed.length; at++) {
    if (view.getUint32(at, true) === 0x0201_4b50) view.setUint32(at + 24, size, true);
  }
  return changed;
}

const many = (count: number): Readonly<Record<string, Uint8Array>> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`settings/a${i}`, text("")]));

test.each<[string, () => Uint8Array, string]>([
  ["a file that would unpack to more than a plug has", () => telling(0x200_0001, packed), "file-corrupt"],
  ["many files that together would", () => telling(0x200_0000, forged(many(9))), "file-corrupt"],
  ["a size that lies about what unpacks", () => telling(10, packed), "file-corrupt"],
  ["more files than a plug has", () => forged(many(2001)), "file-corrupt"],
  ["a file that its list does not name", () => forged({ "journal.jsonl": text("x") }, { files: [] }), "file-corrupt"],
  ["a newer version", () => forged({}, { version: 2 }), "record-newer"],
  ["another kind", () => forged({}, { kind: "photos" }), "file-corrupt"],
  ["a plug that is no MAC", () => forged({}, { plug: "../../../../" }), "file-corrupt"],
  ["no ZIP archive at all", () => text("hello"), "file-corrupt"],
  ["a ZIP archive of something else", () => zipSync({ "journal.jsonl": text("x") }), "file-corrupt"],
])("%s is refused", (_, make, code) => {
  const archive = make();
  expect(() => unpackPlug(archive)).toThrowError(expect.objectContaining({ code }));
});

test("sizes are refused before anything is unpacked", () => {
  expect(() => unpackPlug(telling(0x200_0001, packed))).toThrowError(/more than any plug's folder holds/);
  expect(() => unpackPlug(telling(0x200_0000, forged(many(9))))).toThrowError(/more than any plug's folder holds/);
});
