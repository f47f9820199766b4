/** scripts/mutate.mjs on a small file whose mutants' fates are known. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const SOURCE = `export const LIMIT = 3;
const NEXT = new Map<number, number>();
export const clamp = (value: number): number => (value > LIMIT ? LIMIT : value);
export const neverCalled = (): number => 7;
export function after(value: number): number {
  if (!NEXT.has(value)) NEXT.set(value, value + 1);
  return NEXT.get(value)!;
}
export function count(end: number): number {
  let at = 0;
  while (at < end) at += 1;
  return at;
}
export function signal(resolve: (value: string) => void): void {
  resolve("done");
}
`;

const TEST = `import { beforeEach, describe, expect, test } from "vitest";
import { clamp, count, LIMIT, signal, after } from "./planted.ts";

let given = 0;
beforeEach(() => {
  given = 5;
});
describe("clamp", () => {
  test.each([[1, 1], [5, 3]])("clamp of %i is %i", (value, clamped) => expect(clamp(value)).toBe(clamped));
  test("5 is clamped to the limit", () => expect(clamp(given)).toEqual(LIMIT));
});
test("5 comes after 4", () => expect(after(4)).toBe(5));
test("counts to 5", () => expect(count(given)).toBe(5));
test("signals", async () => {
  await expect(new Promise<string>(signal)).resolves.toBe("done");
});
`;

let folder: string;
let lines: string[];

beforeAll(() => {
  mkdirSync(join(ROOT, ".cache"), { recursive: true });
  folder = mkdtempSync(join(ROOT, ".cache", "mutate-"));
  writeFileSync(join(folder, "planted.ts"), SOURCE);
  writeFileSync(join(folder, "planted.test.ts"), TEST);
  const file = relative(ROOT, join(folder, "planted.ts"));
  const { stdout } = spawnSync(process.execPath, ["scripts/mutate.mjs", "--all", file], {
    cwd: ROOT,
    encoding: "utf8",
  });
  lines = stdout.split("\n").map((line) => line.replace(file, "planted.ts"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ["a mistake that a test sees is killed", "killed      planted.ts:3 value > LIMIT -> !(value > LIMIT)"],
  ["a mistake in a constant that is set at load time is killed", "killed      planted.ts:1 3 -> (3 + 1)"],
  ["a value that an earlier mutant cached does not hide a mistake", "killed      planted.ts:6 + -> -"],
  ["a mistake that no test sees survives", "survived    planted.ts:3 > -> >="],
  ["a mistake in a function that no test calls is not reached", "not reached planted.ts:4 7 -> (7 + 1)"],
  ["a loop that does not end is ended and timed out", "timed out   planted.ts:11 1 -> (1 - 1)"],
  ["a promise that is never settled is timed out", 'timed out   planted.ts:15 resolve("done") -> undefined'],
])("%s", (_name, line) => {
  expect(lines).toContain(line);
});

test("the score leaves out what timed out", () => {
  const all = ["killed", "survived", "not reached"].map(
    (outcome) => lines.filter((line) => line.startsWith(outcome)).length,
  );
  const [killed] = all;
  const score = (100 * killed!) / all.reduce((sum, count) => sum + count);
  expect(lines.at(-2)).toMatch(new RegExp(`^ *${score.toFixed(1)} %  ${killed} killed, `));
});
