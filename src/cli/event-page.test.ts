import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { EVENT_VERSION } from "../core/events.ts";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");

test("the page of events has a row for every type that there is, and the version in force", () => {
  const declared = [...read("../core/events.ts").matchAll(/readonly type: "([a-z-]+)"/g)].map(([, type]) => type!);
  const page = read("../../docs/data.md");
  const rows = [...page.matchAll(/^\| `([a-z-]+)` +\|/gm)].map(([, type]) => type!).filter((type) => type !== "type");
  expect(declared.length).toBeGreaterThan(8);
  expect(new Set(rows)).toEqual(new Set(declared));
  expect(page).toContain(`(of this table, now ${EVENT_VERSION})`);
});
