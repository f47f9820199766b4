import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadCompiled } from "./compiled-code.ts";

let folder: string;
const place = (name: string): string => join(folder, name);
const PART = "part-AAAAAAAA.cjs";
const COMPILED = `${PART}.compiled`;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plugsmith-compiled-"));
  writeFileSync(place("main.cjs"), `const part = require("./${PART}"); exports.value = part.double(21);`);
  writeFileSync(place(PART), "exports.double = (value) => 2 * value; exports.once = {};");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The program's value, and whether this run had to compile the part. */
function run(): { value: number; compiledPart: boolean } {
  const { exports, keep } = loadCompiled(place("main.cjs"));
  const before = existsSync(place(COMPILED)) ? readFileSync(place(COMPILED)) : undefined;
  rmSync(place(COMPILED), { force: true });
  keep();
  const compiledPart = existsSync(place(COMPILED));
  if (!compiledPart && before !== undefined) writeFileSync(place(COMPILED), before);
  return { value: (exports as { value: number }).value, compiledPart };
}

test("the first run compiles and keeps the code, the next one takes it", () => {
  expect(run()).toEqual({ value: 42, compiledPart: true });
  expect(run()).toEqual({ value: 42, compiledPart: false });
});

test("a file without a hash in its name is always compiled", () => {
  run();
  expect(readdirSync(folder).sort()).toEqual(["main.cjs", PART, COMPILED]);
});

test.each([
  ["empty", (): Buffer => Buffer.alloc(0)],
  ["cut short", (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length - 8)],
  [
    "with a turned bit",
    (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte, at) => (at === 200 ? byte ^ 4 : byte))),
  ],
  ["of other bytes", (): Buffer => Buffer.from("not compiled code")],
])("kept code that is %s is compiled again", (_, damage) => {
  run();
  writeFileSync(place(COMPILED), damage(readFileSync(place(COMPILED))));
  expect(run()).toEqual({ value: 42, compiledPart: true });
  expect(run()).toEqual({ value: 42, compiledPart: false });
});

test("code of another source is refused by V8", () => {
  writeFileSync(place("part-BBBBBBBB.cjs"), "exports.double = (value) => 3 * value; /* longer */ exports.once = {};");
  writeFileSync(place("other.cjs"), 'exports.value = require("./part-BBBBBBBB.cjs").double(21);');
  const other = loadCompiled(place("other.cjs"));
  other.keep();
  writeFileSync(place(COMPILED), readFileSync(place("part-BBBBBBBB.cjs.compiled")));
  expect(run()).toEqual({ value: 42, compiledPart: true });
});

test("where the folder cannot be written, the program runs and nothing is left behind", () => {
  chmodSync(folder, 0o555);
  const { exports, keep } = loadCompiled(place("main.cjs"));
  rmSync(folder, { recursive: true, force: true });
  expect(() => keep()).not.toThrow();
  expect(exports).toMatchObject({ value: 42 });
  expect(existsSync(folder)).toBe(false);
});

test("a module is run once and may be required in a circle", () => {
  writeFileSync(place("a.cjs"), 'exports.name = "a"; const b = require("./b.cjs"); exports.seen = b.seen;');
  writeFileSync(place("b.cjs"), 'const a = require("./a.cjs"); exports.seen = a.name;');
  expect(loadCompiled(place("a.cjs")).exports).toMatchObject({ name: "a", seen: "a" });
});

test("modules of Node are required as everywhere", () => {
  writeFileSync(place("main.cjs"), 'exports.path = require("node:path");');
  expect(loadCompiled(place("main.cjs")).exports).toHaveProperty("path.join");
});

test("an error in the program comes through as it is", () => {
  writeFileSync(place(PART), 'throw new TypeError("broken");');
  expect(() => loadCompiled(place("main.cjs"))).toThrow(new TypeError("broken"));
});
