import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isPlugsmithError } from "../errors.ts";
import { checkTemplate } from "../tasmota/template/check.ts";
import { readTemplate } from "../tasmota/template/template.ts";
import type { FirmwarePart } from "./firmware-part.ts";
import { FIRMWARE_PARTS, parseProfile, tasmotaOf } from "./profile.ts";

const JSON_TEXT = readFileSync(new URL("../../../profiles/gosund-ep2/profile.json", import.meta.url), "utf8");

interface Written {
  readonly version: number;
  readonly device: Readonly<Record<string, unknown>>;
  readonly firmware: { readonly tasmota: Readonly<Record<string, unknown>> };
}

const ep2 = (): Written => JSON.parse(JSON_TEXT) as Written;
const withTasmota = (changes: Readonly<Record<string, unknown>>): unknown => {
  const whole = ep2();
  return { ...whole, firmware: { tasmota: { ...whole.firmware.tasmota, ...changes } } };
};

function fault(json: unknown, parts: readonly FirmwarePart[] = FIRMWARE_PARTS): string {
  try {
    parseProfile(json, parts);
  } catch (error) {
    if (isPlugsmithError(error)) return `${error.code} ${error.message}`;
  }
  return "accepted";
}

test("the EP2's profile is valid, its template without fault", () => {
  const profile = parseProfile(ep2());
  expect(tasmotaOf(profile).template.gpio).toEqual([320, 1, 576, 1, 2656, 2720, 0, 0, 2624, 32, 0, 224, 0, 0]);
  const findings = checkTemplate(readTemplate(JSON.stringify(ep2().firmware.tasmota["template"])));
  expect(findings.filter((each) => each.level !== "note")).toEqual([]);
});

test("a profile that is broken is refused with the place of the fault", () => {
  expect(fault({ ...ep2(), version: 3 })).toMatch(/^record-newer/);
  expect(fault(withTasmota({ module: 99 }))).toMatch(/^file-corrupt .*firmware\.tasmota\.module/);
  expect(fault({ ...ep2(), surprise: 1 })).toMatch(/^file-corrupt .*surprise/);
  expect(fault({ ...ep2(), device: { ...ep2().device, surprise: 1 } })).toMatch(/^file-corrupt .*device\.surprise/);
  expect(fault(withTasmota({ settings: [{ name: "MaxPower", value: 2301, reason: "too much" }] }))).toMatch(
    /exceeds the plug's rating/,
  );
  expect(fault(withTasmota({ settings: [{ name: "MaxPower", value: "lots", reason: "no number" }] }))).toMatch(
    /exceeds the plug's rating/,
  );
  expect(fault(withTasmota({ settings: [{ name: "Tele Period", value: 1, reason: "x" }] }))).toMatch(
    /settings\.0\.name/,
  );
  expect(fault({ version: 2, firmware: ep2().firmware })).toMatch(/^file-corrupt .*device/);
  expect(fault({ version: 2, device: ep2().device })).toMatch(/^file-corrupt .*firmware/);
  expect(fault({ ...ep2(), firmware: {} })).toMatch(/^file-corrupt .*names no firmware; plugsmith knows tasmota/);
  expect(fault({ ...ep2(), firmware: [] })).toMatch(/^file-corrupt/);
  expect(fault(null)).toMatch(/^file-corrupt/);
});

test.each([
  ["version 1", { version: 1, ...ep2().device, ...ep2().firmware.tasmota }],
  ["version 1 with a field missing", { version: 1, id: "gosund-ep2" }],
  ["version 1 renumbered", { version: 2, ...ep2().device, ...ep2().firmware.tasmota }],
])("of a profile in the older form (%s) one error says what moves where", (_, json) => {
  expect(fault(json)).toMatch(
    /^file-corrupt .*version: the file has the older form.*Set "version" to 2; move id, name, sources, flash and rating into "device"; move module, template, notes and settings into "tasmota" within "firmware"\.$/,
  );
});

test("a second firmware brings its own part: known where it is given, refused where it is not", () => {
  const toy: FirmwarePart<{ readonly greeting: string }> = {
    id: "toy",
    read: (json) => {
      const { greeting } = json as { greeting?: string };
      if (greeting === undefined) return { problems: [{ place: "greeting", message: "is missing" }] };
      return { part: { greeting }, problems: [] };
    },
    review: () => [],
    compare: () => [],
  };
  const written = { ...ep2(), firmware: { toy: { greeting: "hello" } } };
  const profile = parseProfile(written, [...FIRMWARE_PARTS, toy]);
  expect(profile.firmware["toy"]).toEqual({ greeting: "hello" });
  expect(() => tasmotaOf(profile)).toThrowError(expect.objectContaining({ code: "not-supported" }));
  expect(fault(written)).toMatch(/firmware\.toy: is no firmware that plugsmith knows \(tasmota\)/);
  expect(fault({ ...written, firmware: { toy: {} } }, [toy])).toMatch(/firmware\.toy\.greeting: is missing/);
});
