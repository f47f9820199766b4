import { expect, test } from "vitest";
import { say } from "../../core/text/text.ts";
import { plan, step } from "./plan.ts";

test("a plan is in the order of the flash, its digests last, and counts what goes over the wire", () => {
  const made = plan(
    "write",
    0x40000,
    [
      step("digest", { at: 0, length: 0x40000 }, say`proof`, "abc"),
      step("write", { at: 0x3000, length: 0x1000 }, say`new`),
      step("skip", { at: 0x1000, length: 0x1000 }, say`right already`),
      step("read", { at: 0x2000, length: 0x800 }, say`kept`),
      step("digest", { at: 0x1000, length: 0x1000 }, say`proof`),
    ],
    { gate: "open", gateReason: say`sealed` },
  );
  expect(made.steps.map(({ act, at }) => [act, at])).toEqual([
    ["skip", 0x1000],
    ["read", 0x2000],
    ["write", 0x3000],
    ["digest", 0],
    ["digest", 0x1000],
  ]);
  expect(made).toMatchObject({
    kind: "write",
    flashSize: 0x40000,
    transferBytes: 0x1800,
    gate: "open",
    gateReason: "sealed",
  });
  expect(made.steps[3]).toMatchObject({ length: 0x40000, md5: "abc", reason: "proof" });
});
