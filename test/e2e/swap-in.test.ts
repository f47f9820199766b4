/** A new build in the place of one that a program runs from: scripts/swap-in.mjs. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const { swapIn } = (await import(new URL("../../scripts/swap-in.mjs", import.meta.url).href)) as {
  swapIn: (fresh: string, place: string, record: string) => void;
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plugsmith-swap-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const place = (): string => join(folder, "dist");

function build(files: Readonly<Record<string, string>>): void {
  const fresh = join(folder, "fresh");
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(fresh, name)), { recursive: true });
    writeFileSync(join(fresh, name), text);
  }
  swapIn(fresh, place(), join(folder, "record.json"));
  rmSync(fresh, { recursive: true });
}

function built(): Record<string, string> {
  const names = readdirSync(place(), { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => statSync(join(place(), name)).isFile()).sort();
  return Object.fromEntries(
    files.map((name) => [name.replaceAll("\\", "/"), readFileSync(join(place(), name), "utf8")]),
  );
}

const FIRST = { "cli/main.js": "one", "sim-AAAAAAAA.js": "sim one", "sim-AAAAAAAA.d.ts": "type" };
const SECOND = { "cli/main.js": "two", "sim-BBBBBBBB.js": "sim two" };
const THIRD = { "cli/main.js": "three", "sim-CCCCCCCC.js": "sim three" };

test("the first build is what is there", () => {
  build(FIRST);
  expect(built()).toEqual(FIRST);
});

test("the build before keeps what a program that runs from it may load yet, one build long", () => {
  build(FIRST);
  build(SECOND);
  expect(built()).toEqual({ ...FIRST, ...SECOND });
  build(THIRD);
  expect(built()).toEqual({ ...SECOND, ...THIRD });
});

test("files of a build that left no record are kept once", () => {
  mkdirSync(place());
  writeFileSync(join(place(), "old-DDDDDDDD.js"), "old");
  build(FIRST);
  expect(built()).toEqual({ ...FIRST, "old-DDDDDDDD.js": "old" });
  build(SECOND);
  expect(existsSync(join(place(), "old-DDDDDDDD.js"))).toBe(false);
});

test("a build that never came to its end changes nothing", () => {
  build(FIRST);
  expect(() => swapIn(join(folder, "no such build"), place(), join(folder, "record.json"))).toThrow(/ENOENT/);
  expect(built()).toEqual(FIRST);
});
