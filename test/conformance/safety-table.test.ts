/** docs/safety.md names gates and tests; each of them must exist, and every gate of a guide must be in it. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { MANDATORY_CHECKS } from "../../src/core/guide/mandatory-checks.ts";

const ROOT = new URL("../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), "utf8");

interface Row {
  readonly step: string;
  readonly hazard: string;
  readonly gates: readonly string[];
  readonly tests: readonly string[];
}

const rows = read("docs/safety.md")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^[|\s:-]+$/.test(line))
  .map((line) => line.slice(1, -1).split("|"))
  .map((cells) => cells.map((cell) => cell.trim()))
  .slice(1)
  .map(
    ([step = "", hazard = "", gate = "", test = ""]): Row => ({
      step,
      hazard,
      gates: [...gate.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ""),
      tests: [...test.matchAll(/"([^"]+)"/g)].map(([, title]) => title ?? ""),
    }),
  );

/** Titles as they stand in the sources: of tests, and of groups of tests. */
const TITLE = /\b(?:test|describe|it)(?:\.\w+)*(?:<[^>]*>)?\(\s*"((?:[^"\\]|\\.)*)"/g;
/** A table of cases, its title behind it. */
const EACH_TITLE = /\]\)?(?: as const)?\)\(\s*"((?:[^"\\]|\\.)*)"/g;
const OTHER_EACH = /\.each(?:<[^>]*>)?\([^;]*?\)\(\s*"((?:[^"\\]|\\.)*)"/gs;

const sources = ["src", "test"].flatMap((folder) =>
  readdirSync(fileURLToPath(new URL(folder, ROOT)), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".test.ts") && !path.endsWith("safety-table.test.ts"))
    .map((path) => read(`${folder}/${path.replaceAll("\\", "/")}`)),
);
const titles = new Set(
  sources.flatMap((source) =>
    [TITLE, EACH_TITLE, OTHER_EACH].flatMap((pattern) => [...source.matchAll(pattern)].map(([, title]) => title)),
  ),
);
const guide = JSON.parse(read("profiles/gosund-ep2/guide.json")) as Record<"beforePower" | "closing", { id: string }[]>;
const items = [...guide.beforePower, ...guide.closing].map(({ id }) => id);

test("the hazard table exists, with complete rows and no duplicates", () => {
  expect(rows.length).toBeGreaterThan(20);
  expect(new Set(rows.map(({ step, hazard }) => `${step} ${hazard}`)).size).toBe(rows.length);
});

test.each(rows)("$step: $hazard", ({ step, hazard, gates, tests }) => {
  expect(step.length).toBeGreaterThan(3);
  expect(hazard.length).toBeGreaterThan(10);
  expect(gates).not.toEqual([]);
  expect(tests).not.toEqual([]);
  for (const gate of gates) {
    const item = /^guide: (.+)$/.exec(gate)?.[1];
    if (item !== undefined) expect(items).toContain(item);
    else {
      const [path = "", name = ""] = gate.split("#");
      expect(read(path), gate).toMatch(new RegExp(`^(export )?(async )?(function|const|class) ${name}\\b`, "m"));
    }
  }
  for (const title of tests) expect(titles.has(title), `no test is called "${title}"`).toBe(true);
});

test("every mandatory check is the gate of some hazard", () => {
  const gates = rows.flatMap((row) => row.gates);
  for (const { id } of [...MANDATORY_CHECKS.beforePower, ...MANDATORY_CHECKS.closing])
    expect(gates).toContain(`guide: ${id}`);
});
