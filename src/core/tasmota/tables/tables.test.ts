import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CODE_END, COMPONENTS, USER_CODE_SHOWN, USER_CODE_STORED } from "./components.ts";
import {
  LEGACY_ADC,
  LEGACY_ADC_USER,
  LEGACY_CODES,
  LEGACY_GPIO,
  LEGACY_TEMPLATE_LENGTH,
  LEGACY_USER,
  TEMPLATE_LENGTH,
  TEMPLATE_PINS,
} from "./legacy-gpio.ts";
import { LOG_WORDS, type LogWords, OLDER_WORDS, wordsFor } from "./log-words.ts";
import * as metering from "./metering.ts";
import { GENERIC_MODULE, MODULE_NAMES, USER_MODULE, USER_MODULE_STORED, ZIGBEE_MODULE } from "./modules.ts";
import { BITS_OF_OTHER_COMMANDS, SET_OPTION_RANGES } from "./set-options.ts";
import {
  CFG_HOLDER,
  CRC32_SINCE,
  DMP_CLEAR_BYTES,
  DMP_XOR_SEED,
  FIELD_TYPE_SIZE,
  POOL_SINCE,
  SETTINGS_FIELDS,
  SETTINGS_SECTORS,
  SETTINGS_SIZE,
} from "./settings-fields.ts";
import { DEFAULT_TEXTS, POOL_TEXTS, TEXT, TEXT_POOL_SIZE } from "./text-pool.ts";

const FIXTURES = new URL("../../../../test/fixtures/", import.meta.url);
const fixture = (name: string): string => readFileSync(new URL(name, FIXTURES), "utf8");

/** What the real Tasmota 15.2.0.2 answered on its serial line, as objects by the name of the answer. */
const ANSWERS = fixture("tasmota-recordings/02.jsonl")
  .split("\n")
  .filter((line) => line !== "")
  .flatMap((line) => /^\S+ RSL: \S+ = (\{.*\})\\r\\n$/.exec((JSON.parse(line) as { rx?: string }).rx ?? "")?.[1] ?? [])
  .map((json) => JSON.parse(json) as Record<string, unknown>);

function answered<T>(name: string): T {
  return ANSWERS.find((answer) => name in answer)![name] as T;
}

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

describe("the real firmware's own lists", () => {
  test("name each component of the plain build with its code", () => {
    const listed = ANSWERS.flatMap((answer) =>
      Object.entries(answer).filter(([name]) => /^GPIOs\d$/.test(name)),
    ).reduce((all, [, list]) => Object.assign(all, list), {} as Record<string, number>);
    expect(Object.keys(listed).length).toBeGreaterThan(100);
    const plain = Object.fromEntries(
      COMPONENTS.filter(({ plainBuild }) => plainBuild).map((each) => [each.name, each]),
    );
    for (const [name, code] of Object.entries(listed)) expect(plain[name]?.type, name).toBe(code / 32);
    // The recorded process has no SPI, no infrared light and no light strip; the image for a chip has.
    const others = Object.keys(plain).filter((name) => !(name in listed));
    expect(others.map((name) => name.split(" ")[0]!)).toEqual(
      "SPI SPI SPI SPI SPI IRsend IRrecv WS2812 SDCard ADE7953".split(" "),
    );
  });

  test("name each module by its number", () => {
    const listed = answered<Record<string, string>>("Modules");
    const { [USER_MODULE]: template, ...modules } = listed;
    // The name of the template that it holds.
    expect(template).toBe("Generic");
    const named = MODULE_NAMES.map((name, number) => [number, name] as const).slice(1);
    expect(modules).toEqual(Object.fromEntries(named.filter(([number]) => number !== ZIGBEE_MODULE)));
    expect(MODULE_NAMES[GENERIC_MODULE]).toBe("Generic");
  });

  test("have the SetOptions of a blank device in the order of the ranges", () => {
    const { SetOption: words } = answered<{ readonly SetOption: string[] }>("StatusLOG");
    expect(SET_OPTION_RANGES.map(({ defaults }) => defaults)).toEqual(words);
    for (const { first, last, kind, defaults } of SET_OPTION_RANGES) {
      expect(defaults.length).toBe(kind === "bit" ? 8 : 2 * (last - first + 1));
      if (kind === "bit") expect(last - first).toBe(31);
    }
  });

  test("begin with the topics, names and servers of a blank device", () => {
    const mac = "0D0E0F";
    const filled = (text: string): string =>
      text.replace("%06X", mac).replace("%s", "tasmota-0D0E0F").replace("%04d", "3599");
    const of = (name: string): string => filled(DEFAULT_TEXTS[name]!);
    expect(answered<Record<string, unknown>>("Status")).toMatchObject({
      DeviceName: of("DeviceName"),
      FriendlyName: [of("FriendlyName1")],
      Topic: expect.stringMatching(/^tasmota_[0-9A-F]{6}$/),
      ButtonTopic: of("ButtonTopic"),
      SwitchTopic: of("SwitchTopic"),
    });
    expect(of("Topic")).toMatch(/^tasmota_[0-9A-F]{6}$/);
    expect(of("MqttClient")).toMatch(/^DVES_[0-9A-F]{6}$/);
    expect(of("Hostname")).toMatch(/^tasmota-[0-9A-F]{6}-\d{4}$/);
    expect(answered<Record<string, unknown>>("StatusPRM")).toMatchObject({
      OtaUrl: of("OtaUrl"),
      GroupTopic: of("GroupTopic1"),
    });
    expect(answered<Record<string, unknown>>("StatusMQT")).toMatchObject({ MqttUser: of("MqttUser") });
  });
});

/** tasmota/include/tasmota.h: MAX_KEYS, MAX_SWITCHES … of an ESP8266; tasmota_template.h: kGpioNiceList, AGMAX. */
test.each([
  [8, ["Button", "Button_n", "Button_i", "Button_in", "ADC Button", "ADC Button_i"]],
  [8, ["Switch", "Switch_n"]],
  [8, ["Relay", "Relay_i", "Relay_b", "Relay_bi"]],
  [4, ["Led", "Led_i"]],
  [4, ["Counter", "Counter_n"]],
  [5, ["PWM", "PWM_i"]],
  [2, ["Rotary A", "Rotary B", "Rotary A_n", "Rotary B_n"]],
  [16, ["IRsend"]],
  [4, ["DS18x20", "DS18x20_o"]],
  [6, ["ADE7953 IRQ"]],
  [2, ["ADE7953 CS"]],
  [10, ["SM2135 Dat"]],
  [16, ["SM2335 Dat", "BP1658CJ Dat"]],
  [8, ["BL0942 Rx"]],
  [3, ["A4988 MS1"]],
  [9, ["Option A"]],
  [
    1,
    [
      "ADC Input",
      "ADC Temp",
      "ADC Light",
      "ADC Range",
      "ADC CT Power",
      "ADC Joystick",
      "ADC pH",
      "ADC MQ",
      "ADC Voltage",
      "ADC Current",
    ],
  ],
  [1, ["None", "LedLink", "HLWBL SEL_i", "HLWBL CF1", "BL0937 CF", "HLW8012 CF"]],
])("there may be %i each of %j", (count, names) => {
  for (const name of names) expect(COMPONENTS.find((each) => each.name === name)?.count, name).toBe(count);
});

test("each component has a name of its own, and only what is read by the ADC is analog", () => {
  for (const { name, analog } of COMPONENTS) {
    expect(name).not.toBe("");
    expect(analog, name).toBe(name.startsWith("ADC ") || name === "None");
  }
  expect(new Set(COMPONENTS.map(({ name }) => name)).size).toBe(COMPONENTS.length);
});

test("User is type 2047, shown as code 1, and the last known type ends where SENSOR_END says", () => {
  // tasmota/include/tasmota_template.h: GPIO_USER, AGPIO(x) = x << 5.
  expect(USER_CODE_STORED).toBe(2047 << 5);
  expect(USER_CODE_SHOWN).toBe(1);
  expect(CODE_END).toBe(357 << 5);
});

/** JsonTemplate in tasmota/tasmota_support/support.ino: an old FLAG's low four bits are ADC0_NONE to ADC0_CT_POWER, or ADC0_USER. */
test("an old template's FLAG names the ADC's components in the order of the old firmware", () => {
  const names = LEGACY_ADC.map((code) => COMPONENTS[code / 32]?.name);
  expect(names).toEqual([
    "None",
    "ADC Input",
    "ADC Temp",
    "ADC Light",
    "ADC Button",
    "ADC Button_i",
    "ADC Range",
    "ADC CT Power",
  ]);
  expect(LEGACY_ADC_USER).toBe(0x0f);
});

test("old firmware had 217 codes and User as 255; a template had 13 pins, today it has the ADC as well", () => {
  expect([LEGACY_CODES, LEGACY_USER]).toEqual([217, 255]);
  expect(LEGACY_GPIO[LEGACY_CODES]).toBe(USER_CODE_STORED);
  expect([LEGACY_TEMPLATE_LENGTH, TEMPLATE_LENGTH]).toEqual([13, 14]);
  // GPIO6 to 8 and 11 are the flash's; 17 stands for the ADC.
  expect(TEMPLATE_PINS).toEqual([0, 1, 2, 3, 4, 5, 9, 10, 12, 13, 14, 15, 16, 17]);
});

/** tasmota/include/tasmota_template_legacy.h, kGpioConvert: GPIO_NONE is 0, GPIO_KEY1 17, GPIO_REL1 21 … in the firmware of 2020. */
test.each([
  [0, "None", 0],
  [17, "Button", 0],
  [20, "Button", 3],
  [9, "Switch", 0],
  [21, "Relay", 0],
  [24, "Relay", 3],
  [29, "Relay_i", 0],
  [52, "Led", 0],
  [56, "Led_i", 0],
  [90, "Button_n", 0],
  [130, "HLWBL SEL", 0],
  [131, "HLWBL SEL_i", 0],
  [132, "HLWBL CF1", 0],
  [133, "HLW8012 CF", 0],
  [134, "BL0937 CF", 0],
  [157, "LedLink", 0],
  [158, "LedLink_i", 0],
])("the old code %i is %s, the one after %i of them", (old, name, index) => {
  const code = LEGACY_GPIO[old]!;
  expect(COMPONENTS[Math.floor(code / 32)]?.name).toBe(name);
  expect(code % 32).toBe(index);
});

test("the module of a template is number 0, stored as 255", () => {
  // tasmota/include/tasmota_template.h: USER_MODULE 255; kModuleNiceList.
  expect([USER_MODULE, USER_MODULE_STORED, ZIGBEE_MODULE]).toEqual([0, 255, 75]);
  expect(MODULE_NAMES[USER_MODULE]).toBe("User template");
  expect(MODULE_NAMES[ZIGBEE_MODULE]).toBe("Sonoff ZbBridge");
});

test("bits of the first word that other commands own are refused by SetOption", () => {
  // CmndSetOption in tasmota/tasmota_support/support_command.ino: 5, 6, 7, 9, 14, 22, 23, 25, 27.
  expect(BITS_OF_OTHER_COMMANDS).toEqual([5, 6, 7, 9, 14, 22, 23, 25, 27]);
});

describe("the settings' constants", () => {
  test("are those of the firmware's settings.ino", () => {
    expect(SETTINGS_SIZE).toBe(4096);
    expect(CFG_HOLDER).toBe(4617);
    expect([DMP_XOR_SEED, DMP_CLEAR_BYTES]).toEqual([0x5a, 2]);
    // VERSION_MARKER in settings.ino: 8.1.0.0 and 6.6.0.11, a byte per part.
    expect(POOL_SINCE).toBe(0x08_01_00_00);
    expect(CRC32_SINCE).toBe(0x06_06_00_0b);
  });

  test("put the eight slots in the sectors up to the EEPROM's of a 1 MiB chip", () => {
    // settings.ino: SETTINGS_LOCATION and CFG_ROTATES sectors below it; EEPROM at 0x402fb000 in eagle.flash.1m.ld.
    expect(SETTINGS_SECTORS).toEqual([0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa, 0xfb]);
  });

  test("open a backup downloaded from the real firmware", () => {
    const dump = new Uint8Array(readFileSync(new URL("tasmota/config-backup.dmp", FIXTURES)));
    expect(dump).toHaveLength(SETTINGS_SIZE);
    const clear = dump.map((byte, i) => (i < DMP_CLEAR_BYTES ? byte : byte ^ ((DMP_XOR_SEED + i) & 0xff)));
    const view = new DataView(clear.buffer);
    expect(view.getUint16(0, true)).toBe(CFG_HOLDER);
    expect(view.getUint16(2, true)).toBe(SETTINGS_SIZE);
    expect(view.getUint32(8, true)).toBe(0x0f_02_00_02);
  });
});

test.each(SETTINGS_FIELDS.map((field) => [field.name, field] as const))(
  "the field %s has a meaning, and a name as in C",
  (name, { meaning, count }) => {
    expect(name).toMatch(/^[a-z]\w*$/i);
    expect(meaning).not.toBe("");
    expect(count).toBeGreaterThan(0);
  },
);

test("the text pool has 699 bytes", () => {
  // tasmota/include/tasmota_types.h: settings_text_size = 699.
  expect(TEXT_POOL_SIZE).toBe(699);
  expect(SETTINGS_FIELDS.find(({ type }) => type === "pool")?.count).toBe(TEXT_POOL_SIZE);
});

test("passwords and tokens are secret, and nothing else is", () => {
  const secret = POOL_TEXTS.filter((text) => text.secret).map(({ name }) => name);
  expect(secret).toEqual([
    "Password1",
    "Password2",
    "WebPassword",
    "MqttPassword",
    "TelegramToken",
    "RgxPassword",
    "InfluxToken",
  ]);
});

/** tasmota/include/tasmota.h, enum SettingsTextIndex, counted from SET_OTAURL. */
test.each([
  [0, "OtaUrl"],
  [1, "Prefix1"],
  [3, "Prefix3"],
  [8, "Hostname"],
  [9, "LogHost"],
  [11, "Cors"],
  [12, "MqttHost"],
  [13, "MqttClient"],
  [14, "MqttUser"],
  [16, "FullTopic"],
  [17, "Topic"],
  [18, "ButtonTopic"],
  [19, "SwitchTopic"],
  [20, "GroupTopic1"],
  [21, "StateText1"],
  [24, "StateText4"],
  [25, "NtpServer1"],
  [28, "Mem1"],
  [43, "Mem16"],
  [44, "FriendlyName1"],
  [51, "FriendlyName8"],
  [52, "ButtonText1"],
  [68, "GroupTopic2"],
  [71, "TemplateName"],
  [72, "DevGroupName1"],
  [76, "DeviceName"],
  [77, "TelegramToken"],
  [80, "SwitchText1"],
  [98, "TelegramFingerprint"],
])("text %i of the pool is %s", (index, name) => {
  expect(POOL_TEXTS[index]).toMatchObject({ index, name });
});

test("each text of the pool and each text of a blank device has a name and a content", () => {
  for (const { name } of POOL_TEXTS) expect(name).toMatch(/^[A-Z]\w+$/);
  for (const [name, text] of Object.entries(DEFAULT_TEXTS)) expect(text, name).not.toBe("");
  // tasmota/my_user_config.h: SUB_PREFIX, PUB_PREFIX, PUB_PREFIX2, MQTT_FULLTOPIC, MQTT_STATUS_*.
  expect(DEFAULT_TEXTS).toMatchObject({
    Prefix1: "cmnd",
    Prefix2: "stat",
    Prefix3: "tele",
    FullTopic: "%prefix%/%topic%/",
    StateText1: "OFF",
    StateText2: "ON",
    StateText3: "TOGGLE",
    StateText4: "HOLD",
    GroupTopic1: "tasmotas",
  });
});

/** xnrg_01_hlw8012.ino, xdrv_03_energy.ino and tasmota.h, by the names there. */
test("the energy driver's constants are those of its source", () => {
  expect(metering.HLW8012).toEqual({ chip: "HLW8012", powerRatio: 10_000, voltageRatio: 2200, currentRatio: 4545 });
  expect(metering.BL0937).toEqual({ chip: "BL0937", powerRatio: 1362, voltageRatio: 822, currentRatio: 3300 });
  expect(metering.DEFAULT_CALIBRATION).toEqual({ power: 12_530, voltage: 1950, current: 3500 });
  // HLW_PREF_PULSE of firmware before 6: "was 4975us = 201Hz = 1000W".
  expect(metering.CALIBRATION_RESET_MARKS).toEqual([0, 4975]);
  // CmndPowerCal and its like: a payload above 99 is set.
  expect(metering.CALIBRATION_READ_MAX).toBe(99);
  // HlwEvery200ms; HLW_POWER_PROBE_TIME 10 s; Energy->data_valid and the pulse watchdog.
  expect(metering.METERING_TICK_MS).toBe(200);
  expect(metering.LOAD_OFF_MS).toBe(10_000);
  expect(metering.PULSE_WATCHDOG_MS).toBe(4000);
  // HlwEvery200ms: cf1_timer >= 8 switches SEL, pulses count from the third tick, HLW_SAMPLE_COUNT 10.
  expect([metering.CF1_SETTLE_TICKS, metering.CF1_MAX_TICKS, metering.CF1_MAX_SAMPLES]).toEqual([3, 8, 10]);
});

describe("the words of the log", () => {
  const kinds = Object.keys(LOG_WORDS["en_GB"]!) as (keyof LogWords)[];

  test.each(Object.entries(LOG_WORDS))("are all there in %s", (_language, words) => {
    expect(Object.keys(words).sort()).toEqual([...kinds].sort());
    for (const word of Object.values(words)) expect(word.trim()).not.toBe("");
  });

  test("in English are those that the real firmware printed", () => {
    const heard = ["01", "02", "08", "10"].map((number) => fixture(`tasmota-recordings/${number}.jsonl`)).join("");
    const rare: readonly (keyof LogWords)[] = ["noAddress", "timeout", "accessPoint", "accessPointAndStation"];
    for (const kind of kinds) if (!rare.includes(kind)) expect(heard, kind).toContain(LOG_WORDS["en_GB"]![kind]);
  });

  test.each(kinds)("for %s are found in each language and in older firmware, the longest first, each once", (kind) => {
    const words = wordsFor(kind);
    expect(words).toEqual([...words].sort((a, b) => b.length - a.length));
    expect(new Set(words).size).toBe(words.length);
    for (const language of Object.values(LOG_WORDS)) expect(words).toContain(language[kind]);
    for (const older of OLDER_WORDS[kind] ?? []) {
      expect(older).not.toBe("");
      expect(words).toContain(older);
    }
  });
});
