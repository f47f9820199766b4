import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { checkDevice, type DeviceFolder } from "./check-device.ts";

const PROFILES = fileURLToPath(new URL("../../../profiles/", import.meta.url));

function folderOf(name: string): { name: string; files: Map<string, string> } {
  const files = new Map<string, string>();
  const visit = (inner: string): void => {
    for (const entry of readdirSync(join(PROFILES, name, inner))) {
      const path = inner === "" ? entry : `${inner}/${entry}`;
      if (statSync(join(PROFILES, name, path)).isDirectory()) visit(path);
      else files.set(path, readFileSync(join(PROFILES, name, path), "utf8"));
    }
  };
  visit("");
  return { name, files };
}

const reported = (folder: DeviceFolder): string[] =>
  checkDevice(folder).map(({ file, place, message }) => `${file}${place === "" ? "" : `, ${place}`}: ${message}`);

test.each(readdirSync(PROFILES))("the shipped device %s has no problem", (name) => {
  expect(reported(folderOf(name))).toEqual([]);
});

/** What the checker says of the EP2 after a file has been changed as text; undefined deletes it. */
function changed(file: string, change: (text: string) => string | undefined): string[] {
  const folder = folderOf("gosund-ep2");
  const text = change(folder.files.get(file) ?? "");
  if (text === undefined) folder.files.delete(file);
  else folder.files.set(file, text);
  return reported(folder);
}

/** The same facts as version 1 had them: side by side. */
function flattened(text: string): string {
  const { device, firmware } = JSON.parse(text) as { device: object; firmware: { tasmota: object } };
  return JSON.stringify({ version: 1, ...device, ...firmware.tasmota });
}

describe("each problem is told with its file and its place", () => {
  test.each<[string, string, (text: string) => string | undefined, RegExp]>([
    ["no profile", "profile.json", () => undefined, /^profile\.json: is missing/],
    ["broken JSON", "guide.json", (text) => text.slice(1), /^guide\.json: is no JSON/],
    [
      "another id",
      "profile.json",
      (text) => text.replace('"gosund-ep2"', '"gosund-ep3"'),
      /^profile\.json, device\.id: .*gosund-ep3/,
    ],
    [
      "an unknown field",
      "profile.json",
      (text) => text.replace('"module"', '"modul"'),
      /^profile\.json, firmware\.tasmota\.modul/,
    ],
    [
      "two faults at once",
      "profile.json",
      (text) => text.replace('"DOUT"', '"X"').replace('"volts": 230', '"volts": 0'),
      /^profile\.json, device\.rating\.volts/,
    ],
    [
      "a newer version",
      "profile.json",
      (text) => text.replace('"version": 2', '"version": 9'),
      /^profile\.json, version: .*version 9/,
    ],
    [
      "a relay on a strap",
      "profile.json",
      (text) => text.replace("320, 1, 576", "224, 1, 576").replace("32, 0, 224", "32, 0, 0"),
      /^profile\.json, firmware\.tasmota\.template, GPIO0: /,
    ],
    [
      "metering without CF1",
      "profile.json",
      (text) => text.replace("2656", "0"),
      /^profile\.json, firmware\.tasmota\.template: Metering without CF1/,
    ],
    [
      "a template that is none",
      "profile.json",
      (text) => text.replace("[320,", '["x",'),
      /^profile\.json, firmware\.tasmota\.template\.GPIO\.0/,
    ],
    [
      "a firmware that plugsmith does not know",
      "profile.json",
      (text) => text.replace('"tasmota": {', '"espurna": {'),
      /^profile\.json, firmware\.espurna: is no firmware that plugsmith knows \(tasmota\)/,
    ],
    [
      "a profile of the older form",
      "profile.json",
      flattened,
      /^profile\.json, version: the file has the older form.*"device".*"firmware"/,
    ],
    [
      "a limit above the rating",
      "profile.json",
      (text) => text.replace('"value": 2300', '"value": 2400'),
      /^profile\.json, firmware\.tasmota\.settings: MaxPower exceeds/,
    ],
    [
      "limits that disagree",
      "guide.json",
      (text) => text.replace('"value": 2300', '"value": 2200'),
      /^guide\.json, limits\.maxPower: .*2300 W/,
    ],
    [
      "another device's guide",
      "guide.json",
      (text) => text.replace('"gosund-ep2"', '"gosund-ep3"'),
      /^guide\.json, device: /,
    ],
    [
      "an LED that no role tells of",
      "guide.json",
      (text) => text.replace(/\{\s*"id": "role-led-network",\s*"gpio": 2\s*\},/, ""),
      /^guide\.json, roles: GPIO2 is LedLink_i/,
    ],
    [
      "a role without a part",
      "guide.json",
      (text) => text.replace(/"gpio": 2\b/, '"gpio": 14'),
      /^guide\.json, roles: GPIO14 is neither/,
    ],
    [
      "a looser limit",
      "guide.json",
      (text) => text.replaceAll('"atMost": 0.3', '"atMost": 3'),
      /^guide\.json: closing: earth-resistance must allow at most 0\.3 ohm/,
    ],
    [
      "RX on RX",
      "guide.json",
      (text) => text.replace('"adapter": "TX"', '"adapter": "RX"'),
      /^guide\.json: wiring: no wire leads from the chip's RX/,
    ],
    ["no English", "texts.en.json", () => undefined, /^texts\.en\.json: is missing/],
    [
      "a text that is missing",
      "texts.en.json",
      (text) => text.replace('"screws"', '"screw"'),
      /^texts\.en\.json: no text for screws/,
    ],
    [
      "a text too many",
      "texts.en.json",
      (text) => text.replace('"screws"', '"screw"'),
      /^texts\.en\.json: nothing speaks the text screw/,
    ],
    [
      "a translation with a hole",
      "texts.de.json",
      () => '{"screws":"Fünf Schrauben sind drin."}',
      /^texts\.de\.json: no text for glued/,
    ],
    ["texts that are no texts", "texts.de.json", () => '{"screws":5}', /^texts\.de\.json: must be an object of texts/],
    [
      "a drawing that is missing",
      "drawings/wiring.svg",
      () => undefined,
      /^drawings\/wiring\.svg: is listed .* missing/,
    ],
    ["a drawing too many", "drawings/board.svg", () => "", /^drawings\/board\.svg: is not listed/],
    ["a file too many", "notes.txt", () => "hello", /^notes\.txt: does not belong here/],
    [
      "a drawing without words",
      "drawings/wiring.svg",
      (text) => text.replace(/<desc.*?<\/desc>/s, ""),
      /^drawings\/wiring\.svg: needs a <title> and a <desc>/,
    ],
    [
      "a drawing that nobody names",
      "drawings/wiring.svg",
      (text) => text.replace(/aria-labelledby="[^"]*"/, ""),
      /^drawings\/wiring\.svg: needs role/,
    ],
    [
      "a drawing for light only",
      "drawings/wiring.svg",
      (text) => text.replace(/prefers-color-scheme/g, "x"),
      /^drawings\/wiring\.svg: must follow light and dark/,
    ],
    [
      "a mirrored drawing",
      "drawings/wiring.svg",
      (text) => text.replace("<g", '<g transform="scale(-1, 1)"'),
      /^drawings\/wiring\.svg: is mirrored/,
    ],
    [
      "a drawing mirrored by a matrix",
      "drawings/wiring.svg",
      (text) => text.replace("<g", '<g transform="matrix(1 0 0 -1 0 0)"'),
      /^drawings\/wiring\.svg: is mirrored/,
    ],
    [
      "a drawing with a script",
      "drawings/wiring.svg",
      (text) => text.replace("</svg>", "<script>1</script></svg>"),
      /^drawings\/wiring\.svg: may hold shapes/,
    ],
    [
      "a drawing from elsewhere",
      "drawings/wiring.svg",
      (text) => text.replace("</svg>", '<a href="https://example.org">x</a></svg>'),
      /^drawings\/wiring\.svg: may not refer/,
    ],
  ])("%s", (_, file, change, expected) => {
    expect(changed(file, change)).toContainEqual(expect.stringMatching(expected));
  });
});

test("all faults are told at once, a whole translation is taken, a turned drawing is no fault", () => {
  const faults = changed("profile.json", (text) => text.replace('"DOUT"', '"X"').replace('"volts": 230', '"volts": 0'));
  expect(faults.filter((line) => line.startsWith("profile.json,"))).toHaveLength(2);
  const english = folderOf("gosund-ep2").files.get("texts.en.json")!;
  expect(changed("texts.de.json", () => english)).toEqual([]);
  const both = changed("profile.json", (text) => text.replace('"DOUT"', '"X"').replace('"module": 0', '"module": 99'));
  expect(both.map((line) => line.split(":")[0])).toEqual([
    "profile.json, device.flash.mode",
    "profile.json, firmware.tasmota.module",
  ]);
  expect(changed("drawings/wiring.svg", (text) => text.replace("<g", '<g transform="rotate(90)"'))).toEqual([]);
});
