import { expect, test } from "vitest";
import { ERROR_CODES, type ErrorCode } from "../core/errors.ts";
import { exitCodeOf, exitCodePage } from "./exit-codes.ts";

test("every error code has an exit code of its own that a shell can tell from success", () => {
  const codes = Object.keys(ERROR_CODES) as ErrorCode[];
  const exits = codes.map(exitCodeOf);
  expect(new Set(exits).size).toBe(codes.length);
  for (const exit of exits) expect(exit > 0 && exit < 256 && Number.isInteger(exit)).toBe(true);
});

test("the page of exit codes is what the table says", async () => {
  await expect(exitCodePage()).toMatchFileSnapshot("../../docs/exit-codes.md");
});
