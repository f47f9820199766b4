import { expect, test } from "vitest";
import { CONVERSION_STEPS, stepText } from "./step-id.ts";

test("a conversion goes from preparing to the report, and the case is closed before mains is measured", () => {
  expect(CONVERSION_STEPS).toEqual([
    "prepare",
    "connect",
    "identify",
    "back-up",
    "write",
    "boot",
    "provision",
    "configure",
    "secure",
    "audit",
    "close-case",
    "calibrate",
    "report",
  ]);
});

test.each([
  ["back-up", "back up"],
  ["check-device", "check the device"],
  ["close-case", "close the case"],
  ["inspect-image", "inspect the image"],
  ["keep-settings", "keep settings"],
  ["open-journal", "open the journal"],
  ["open-port", "open port"],
  ["plan-upgrade", "plan the upgrade"],
  ["read-backup", "read a backup"],
  ["restore-settings", "restore settings"],
  ["serve-image", "serve the image"],
  ["set-up", "set up"],
])("the step %s reads %s in a sentence", (id, text) => {
  expect(stepText(id)).toBe(text);
});

test("a step whose text is its id, and an item of a guide, stand for themselves", () => {
  for (const id of ["write", "earth-resistance", "constructor", "toString"]) expect(stepText(id)).toBe(id);
});
