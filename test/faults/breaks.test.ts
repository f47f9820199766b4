import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { BREAKS } from "./breaks.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

test("each deliberate break matches its source exactly once", () => {
  for (const { what, file, from } of BREAKS) {
    expect(readFileSync(path.join(ROOT, file), "utf8").split(from).length - 1, what).toBe(1);
  }
});
