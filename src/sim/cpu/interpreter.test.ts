import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { OP } from "./opcodes.ts";

/** Operations that never reach a switch: they stand for "not decoded" or fall to the default branch. */
const WITHOUT_CASE = ["UNDECODED", "ILL"];

test("the literal numbers in the two switches are those of the operations they are commented with", () => {
  const seen = new Set<string>();
  for (const file of ["interpreter.ts", "rare-operations.ts"]) {
    const source = readFileSync(new URL(file, import.meta.url), "utf8");
    const cases = [...source.matchAll(/^\s*case (\d+): (?:\{\s*)?\/\/ (\w+)$/gm)];
    expect(cases.length).toBe(source.match(/^\s*case /gm)?.length);
    for (const [, number, name] of cases) {
      expect([name, OP[name as keyof typeof OP]]).toEqual([name, Number(number)]);
      seen.add(name!);
    }
  }
  expect(Object.keys(OP).filter((name) => !seen.has(name))).toEqual(WITHOUT_CASE);
});
