import { describe, expect, test } from "vitest";
import { CODE_END, COMPONENTS, USER_CODE_STORED } from "./components.ts";
import { LEGACY_GPIO } from "./legacy-gpio.ts";
import { MODULE_NAMES } from "./modules.ts";
import { SET_OPTION_RANGES } from "./set-options.ts";
import { FIELD_TYPE_SIZE, SETTINGS_FIELDS, SETTINGS_SIZE } from "./settings-fields.ts";
import { DEFAULT_TEXTS, POOL_TEXTS, TEXT } from "./text-pool.ts";

describe("the settings' field table", () => {
  test("has ascending fields that neither overlap nor leave the sector", () => {
    let end = 0;
    for (const field of SETTINGS_FIELDS) {
      expect(field.offset, field.name).toBeGreaterThanOrEqual(end);
      end = field.offset + field.count * FIELD_TYPE_SIZE[field.type];
    }
    expect(end).toBe(SETTINGS_SIZE);
  });

  test("keeps every number at an offset its size divides, as the compiler lays it out", () => {
    for (const field of SETTINGS_FIELDS) {
      expect(field.offset % FIELD_TYPE_SIZE[field.type], field.name).toBe(0);
    }
  });

  test("names each field once", () => {
    expect(new Set(SETTINGS_FIELDS.map((field) => field.name)).size).toBe(SETTINGS_FIELDS.length);
  });
});

describe("the text pool's table", () => {
  test("counts from 0 to 98 without a gap", () => {
    expect(POOL_TEXTS.map((text) => text.index)).toEqual(Array.from({ length: 99 }, (_, i) => i));
  });

  test("names the texts that the code and the defaults name", () => {
    const names = POOL_TEXTS.map((text) => text.name);
    for (const name of Object.keys(DEFAULT_TEXTS)) expect(names).toContain(name);
    expect(names[TEXT.ssid2]).toBe("SSID2");
    expect(names[TEXT.password1]).toBe("Password1");
    expect(names[TEXT.webPassword]).toBe("WebPassword");
    expect(names[TEXT.mqttPassword]).toBe("MqttPassword");
  });
});

describe("the component tables", () => {
  test("know each type from 0 to 356 once", () => {
    expect(COMPONENTS.map((component) => component.type)).toEqual(Array.from({ length: CODE_END / 32 }, (_, i) => i));
  });

  test("convert every old code to a component that exists, or to User", () => {
    expect(LEGACY_GPIO).toHaveLength(256);
    for (const code of LEGACY_GPIO) {
      if (code === USER_CODE_STORED) continue;
      const component = COMPONENTS[Math.floor(code / 32)];
      expect(code % 32, `${code} ${component?.name}`).toBeLessThan(component?.count ?? 0);
    }
  });

  test("convert no two old codes below 217 to the same component", () => {
    const codes = LEGACY_GPIO.filter((code) => code !== USER_CODE_STORED);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test("number the modules 1 to 75", () => {
    expect(MODULE_NAMES).toHaveLength(76);
    expect(MODULE_NAMES[45]).toBe("BlitzWolf SHP");
    expect(MODULE_NAMES[18]).toBe("Generic");
  });
});

test("the SetOption ranges follow one another from 0 to 177", () => {
  let next = 0;
  for (const range of SET_OPTION_RANGES) {
    expect(range.first).toBe(next);
    next = range.last + 1;
  }
  expect(next).toBe(178);
});
