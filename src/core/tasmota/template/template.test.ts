import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isPlugsmithError } from "../../errors.ts";
import type { Json } from "../answer.ts";
import { LEGACY_ADC, LEGACY_GPIO } from "../tables/legacy-gpio.ts";
import { checkTemplate } from "./check.ts";
import { codeName, explainTemplate } from "./explain.ts";
import { parsePublishedList, searchTemplates } from "./published-list.ts";
import {
  convertTemplate,
  parseTemplate,
  readTemplate,
  sameTemplate,
  templateJson,
  toLegacyTemplate,
} from "./template.ts";

const EP2_LEGACY = '{"NAME":"Gosund EP2","GPIO":[56,255,158,255,132,134,0,0,131,17,0,21,0],"FLAG":0,"BASE":45}';
const EP2 = '{"NAME":"Gosund EP2","GPIO":[320,1,576,1,2656,2720,0,0,2624,32,0,224,0,0],"FLAG":0,"BASE":45}';

function refusal(source: string): string | undefined {
  try {
    parseTemplate(source);
  } catch (error) {
    return isPlugsmithError(error, "bad-argument") ? error.message : "other error";
  }
  return undefined;
}

describe("converting templates", () => {
  test("gives for the EP2's old form what the real firmware answered", () => {
    expect(templateJson(parseTemplate(EP2_LEGACY))).toBe(EP2);
    expect(templateJson(parseTemplate(EP2))).toBe(EP2);
  });

  test("follows the code table for all 256 old codes on every pin, and all 16 values of FLAG", () => {
    for (let old = 0; old <= 255; old++) {
      const entry = old % 13;
      const gpio = Array.from({ length: 13 }, (_, i) => (i === entry ? old : 0));
      const expected = LEGACY_GPIO[old] === 65504 ? 1 : LEGACY_GPIO[old];
      expect(parseTemplate(JSON.stringify({ NAME: "x", GPIO: gpio, FLAG: 0, BASE: 1 })).gpio[entry], `${old}`).toBe(
        expected,
      );
    }
    for (let flag = 0; flag <= 15; flag++) {
      const expected = flag > 7 ? 1 : LEGACY_ADC[flag];
      const source = JSON.stringify({ NAME: "x", GPIO: Array(13).fill(0), FLAG: flag, BASE: 1 });
      expect(parseTemplate(source).gpio[13], `${flag}`).toBe(expected);
    }
  });

  test("and back gives the old form again wherever that exists", () => {
    const legacy = JSON.parse(EP2_LEGACY) as Json;
    expect(JSON.parse(templateJson(toLegacyTemplate(parseTemplate(EP2))))).toEqual(legacy);
    expect(() =>
      toLegacyTemplate(parseTemplate('{"NAME":"x","GPIO":[7584,0,0,0,0,0,0,0,0,0,0,0,0,0],"BASE":1}')),
    ).toThrow(/did not exist/);
  });

  test("treats 13 entries as old only if none is over 255", () => {
    const thirteen = readTemplate('{"NAME":"x","GPIO":[320,1,576,1,0,0,0,0,0,32,0,224,0],"BASE":45}');
    expect(thirteen.form).toBe("new");
    expect(convertTemplate(thirteen).gpio).toEqual([320, 1, 576, 1, 0, 0, 0, 0, 0, 32, 0, 224, 0, 0]);
  });

  test("takes 18 for a BASE that is no module, whatever the keys' capitals", () => {
    for (const base of [0, 75, 76, 255, undefined]) {
      expect(parseTemplate(JSON.stringify({ name: "x", gpio: Array(14).fill(0), base })).base).toBe(18);
    }
  });

  test("refuses what the firmware would merge, wrap or misread", () => {
    expect(refusal('{"NAME":"x","GPIO":[1,2,3]}')).toMatch(/3 pins/);
    expect(refusal('{"NAME":"x","GPIO":[99999,0,0,0,0,0,0,0,0,0,0,0,0,0]}')).toMatch(/65535/);
    expect(refusal('{"NAME":"x"}')).toMatch(/no list of pins/);
    expect(refusal("notjson")).toMatch(/not JSON/);
    expect(refusal("[]")).toMatch(/not an object/);
  });

  const pairs = new URL("../../../../../shared/data/legacy-template-pairs.jsonl", import.meta.url);
  test.skipIf(!existsSync(pairs))(
    "agrees with all 691 published pairs (skipped where ../shared/data is not there)",
    () => {
      const lines = readFileSync(pairs, "utf8").trim().split("\n");
      expect(lines).toHaveLength(691);
      for (const line of lines) {
        const pair = JSON.parse(line) as { device: string; legacy: Json; current: Json };
        const converted = parseTemplate(pair.legacy);
        expect(sameTemplate(converted, parseTemplate(pair.current)), `${pair.device}: ${templateJson(converted)}`).toBe(
          true,
        );
      }
    },
  );
});

describe("explaining templates", () => {
  test("names the EP2's pins as the firmware does, and says what they are for", () => {
    const explained = explainTemplate(parseTemplate(EP2));
    expect(explained.base).toBe("BlitzWolf SHP (45)");
    expect(explained.pins.map((pin) => `${pin.pin} ${pin.name}`)).toEqual([
      "GPIO0 Led_i1",
      "GPIO1 User",
      "GPIO2 LedLink_i",
      "GPIO3 User",
      "GPIO4 HLWBL CF1",
      "GPIO5 BL0937 CF",
      "GPIO9 None",
      "GPIO10 None",
      "GPIO12 HLWBL SEL_i",
      "GPIO13 Button1",
      "GPIO14 None",
      "GPIO15 Relay1",
      "GPIO16 None",
      "A0 None",
    ]);
    expect(explained.pins[11]?.words).toBe("relay, on when the pin is high");
  });

  test("does not invent a name for a number that is no component", () => {
    expect(codeName(20000)).toBe("unknown (20000)");
  });
});

describe("checking templates", () => {
  const findings = (gpio: readonly number[], extra: object = {}) =>
    checkTemplate(readTemplate(JSON.stringify({ NAME: "x", GPIO: gpio, FLAG: 0, BASE: 18, ...extra })));
  const pins = (assigned: Readonly<Record<number, number>>): number[] =>
    [0, 1, 2, 3, 4, 5, 9, 10, 12, 13, 14, 15, 16, 17].map((gpio) => assigned[gpio] ?? 0);
  const errors = (list: ReturnType<typeof findings>): string[] =>
    list.filter((each) => each.level === "error").map((each) => `${each.pin}: ${each.text}`);

  test("finds nothing wrong with the EP2's", () => {
    const list = checkTemplate(readTemplate(EP2));
    expect(list.filter((each) => each.level !== "note")).toEqual([]);
    expect(list.map((each) => each.pin)).toEqual(["GPIO15"]);
  });

  test("says which BASE becomes 18", () => {
    const aboutBase = (extra: object): string[] =>
      findings(pins({ 12: 224 }), extra).flatMap(({ text }) => (text.includes("BASE") ? [text] : []));
    for (const base of [1, 18, 45, 74]) expect(aboutBase({ BASE: base })).toEqual([]);
    for (const base of [0, 75, 76, 255, -1]) {
      expect(aboutBase({ BASE: base })).toEqual([
        `BASE ${base} is no module of the plain Tasmota image; the firmware takes 18 (Generic).`,
      ]);
    }
    expect(aboutBase({ BASE: undefined })).toEqual([
      "BASE is missing; the plug keeps the one it has, 18 (Generic) on a new plug.",
    ]);
  });

  test("finds a function on two pins", () => {
    expect(errors(findings(pins({ 12: 224, 14: 224 })))).toEqual(["GPIO14: Relay1 is on GPIO12 already."]);
  });

  test("finds relays on straps and on the serial console", () => {
    expect(errors(findings(pins({ 0: 224 })))[0]).toMatch(/^GPIO0: Relay1 is on a strap/);
    expect(errors(findings(pins({ 2: 256 })))[0]).toMatch(/^GPIO2: Relay_i1 is on a strap/);
    expect(errors(findings(pins({ 15: 256 })))[0]).toMatch(/on before the firmware runs/);
    expect(errors(findings(pins({ 15: 224 })))).toEqual([]);
    expect(errors(findings(pins({ 1: 224 })))[0]).toMatch(/chatters/);
  });

  test("finds components on pins that cannot carry them", () => {
    expect(errors(findings(pins({ 17: 32 })))).toEqual(["A0: Button1 cannot be on the analog input."]);
    expect(errors(findings(pins({ 4: 4736 })))).toEqual(["GPIO4: ADC Temp works on the analog input only."]);
    expect(errors(findings(pins({ 4: 20000 })))).toEqual(["GPIO4: 20000 is no component of this firmware."]);
    expect(errors(findings(pins({ 4: 7 * 32 + 20, 14: 288 })))[0]).toMatch(/no number 21/);
  });

  test("finds old codes in a list of another length than 13", () => {
    const list = checkTemplate(
      readTemplate('{"NAME":"x","GPIO":[56,255,158,255,132,134,0,0,131,17,0,21,0,0],"BASE":45}'),
    );
    expect(errors(list)[0]).toMatch(/converts exactly 13/);
  });

  test("finds half a metering chip", () => {
    expect(errors(findings(pins({ 4: 2656 })))).toEqual([
      "undefined: Metering pins without CF: no power, no metering.",
    ]);
    expect(findings(pins({ 5: 2720 })).map((each) => each.text)).toContain(
      "Metering without CF1: no voltage and no current.",
    );
  });

  test("shows commands that a template brings along", () => {
    expect(findings(pins({}), { CMND: "SetOption1 1" })[0]?.text).toContain("SetOption1 1");
  });
});

describe("the published list", () => {
  const list = parsePublishedList(
    [
      "# Templates",
      "",
      "## Plug",
      "```",
      'Gosund EP2                     {"NAME":"Gosund EP2","GPIO":[576,1,320,1,2656,2720,0,0,2624,32,0,224,0,0],"FLAG":0,"BASE":45}',
      'Gosund SP1                     {"NAME":"SP1","GPIO":[0,0,0,0,0,0,0,0,0,32,0,224,0,0],"FLAG":0,"BASE":45}',
      'Other chip                     {"NAME":"C3","GPIO":[0,0,0],"FLAG":0,"BASE":1}',
      "```",
      '{"category":"Bulb","device":"Lamp","template":{"NAME":"Lamp","GPIO":[0,0,0,0,416,0,0,0,0,0,0,0,0,0],"FLAG":0,"BASE":18}}',
    ].join("\n"),
  );

  test("is read with its categories; what is for another chip is left out", () => {
    expect(list.map((each) => `${each.category}/${each.device}`)).toEqual([
      "Plug/Gosund EP2",
      "Plug/Gosund SP1",
      "Bulb/Lamp",
    ]);
  });

  test("is searched by every word, case ignored", () => {
    expect(searchTemplates(list, "GOSUND").map((each) => each.device)).toEqual(["Gosund EP2", "Gosund SP1"]);
    expect(searchTemplates(list, "ep2 gosund").map((each) => each.device)).toEqual(["Gosund EP2"]);
    expect(searchTemplates(list, "  ")).toEqual([]);
  });
});
