import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isPlugsmithError } from "../errors.ts";
import { checkTemplate } from "../tasmota/template/check.ts";
import { readTemplate } from "../tasmota/template/template.ts";
import { parseProfile } from "./profile.ts";

const JSON_TEXT = readFileSync(new URL("../../../profiles/gosund-ep2/profile.json", import.meta.url), "utf8");
const ep2 = (): Record<string, unknown> => JSON.parse(JSON_TEXT) as Record<string, unknown>;

function fault(json: unknown): string {
  try {
    parseProfile(json);
  } catch (error) {
    if (isPlugsmithError(error)) return `${error.code} ${error.message}`;
  }
  return "accepted";
}

test("the EP2's profile is valid, its template without fault", () => {
  const profile = parseProfile(ep2());
  expect(profile.template.gpio).toEqual([320, 1, 576, 1, 2656, 2720, 0, 0, 2624, 32, 0, 224, 0, 0]);
  const findings = checkTemplate(readTemplate(JSON.stringify(ep2()["template"])));
  expect(findings.filter((each) => each.level !== "note")).toEqual([]);
});

test("a profile that is broken is refused with the place of the fault", () => {
  expect(fault({ ...ep2(), version: 2 })).toMatch(/^record-newer/);
  expect(fault({ ...ep2(), module: 99 })).toMatch(/^file-corrupt .*module/);
  expect(fault({ ...ep2(), surprise: 1 })).toMatch(/^file-corrupt .*surprise/);
  expect(fault({ ...ep2(), settings: [{ name: "MaxPower", value: 2301, reason: "too much" }] })).toMatch(
    /exceeds the plug's rating/,
  );
  expect(fault({ ...ep2(), settings: [{ name: "Tele Period", value: 1, reason: "x" }] })).toMatch(/settings\.0\.name/);
  expect(fault(null)).toMatch(/^file-corrupt/);
});
