import { expect, test } from "vitest";
import { identifyFirmware } from "./identify.ts";

const MARKER = "\xa5\x5a\xa5\x5a\xff\xff\xff\xff\x5a\xa5\x5a\xa5";
const image = (...texts: string[]): Uint8Array => Uint8Array.from(`\xe9${texts.join("\0")}\0`, (c) => c.charCodeAt(0));

const tasmota = [
  MARKER,
  "http://ota.tasmota.com/tasmota/release/tasmota-DE.bin.gz",
  "x @|PowerCal|VoltageCal|CurrentCal|PowerSet",
  "SDK ver: %s compiled @ Jul  3 2019 15:53:05",
  "Dec 24 2025",
  "2_7_8",
];

test("Tasmota is known by its marker, its variant by the compiled-in OTA address, its date beside the SDK's", () => {
  expect(identifyFirmware(image(...tasmota))).toMatchObject({
    kind: "tasmota",
    buildDate: "Dec 24 2025",
    core: "2_7_8",
    otaImage: "tasmota-DE",
    metering: true,
    minimal: false,
  });
});

test("without the metering commands it says so", () => {
  const facts = identifyFirmware(image(MARKER, "DVES_%06X", "This version does not support persistent settings"));
  expect(facts).toMatchObject({ kind: "tasmota", metering: false, minimal: true });
});

test("an old Tasmota without the marker needs two signs; one mention is not enough", () => {
  expect(identifyFirmware(image("DVES_%06X", "%prefix%/%topic%/")).kind).toBe("tasmota");
  expect(identifyFirmware(image("see http://ota.tasmota.com/tasmota/")).kind).toBe("unknown");
});

/** What people change in a build of their own (Tasmota, user_config_override_sample.h). */
const OWN_NAMES = [
  "http://thehackbox.org/tasmota/release/tasmota-minimal.bin",
  "my-plug-%04d",
  "iot-2/evt/%prefix%|%topic%",
];

test.each<[string, string[]]>([
  ["8.x, by the foot of its pages", ['Tasmota %s by Theo Arends"', "TuyaMCU", "SonoffSC"]],
  ["a German one", ["Tasmota %s %s von Theo Arends"]],
  ["6.x, under its old name", ["Sonoff-Tasmota %s by Theo Arends"]],
  [
    "one whose pages are compressed, by its commands",
    ["|Backlog|Delay|Power|Status|State|Sleep|Upgrade|Upload|OtaUrl|Seri"],
  ],
  ["one without a web server", ["SetOption|TempRes|HumRes|PressRes|WattRes", "Tuya"]],
  ["one with Tuya's driver only", ["@|TuyaMCU|TuyaSend"]],
  ["one by its meter's commands", ["x|PowerCal|VoltageCal|CurrentCal|PowerSet"]],
])("a Tasmota with a person's own names is Tasmota: %s", (_, texts) => {
  const facts = identifyFirmware(image(...OWN_NAMES, ...texts, "tuya", "Tuya"));
  expect(facts.kind).toBe("tasmota");
  expect(facts.evidence.length).toBeGreaterThan(0);
});

test.each([
  ["8.1 and later", "x @|PowerCal|VoltageCal|CurrentCal|FrequencyCal|PowerSet", true],
  ["6.x and 7.x", "PowerLow|PowerHigh|PowerCal|PowerSet|VoltageCal|VoltageSet|CurrentCal|CurrentSet|EnergyReset", true],
  ["a list without the last of them", "PowerCal|PowerSet|VoltageCal|VoltageSet|EnergyReset", false],
  ["names that stand apart", "PowerCal|\0VoltageCal|\0CurrentCal", false],
])("the commands of a meter are known in any order: %s", (_, list, metering) => {
  expect(identifyFirmware(image(MARKER, list))).toMatchObject({ kind: "tasmota", metering });
});

test.each([
  ["a driver for Tuya's boards", "TYA: Tuya MCU, tuya baud"],
  ["Tasmota's own names, once", '"mf":"Tasmota"'],
  ["a word about its commands", "Upgrade, Upload and OtaUrl"],
])("what proves nothing is called unknown: %s", (_, text) => {
  expect(identifyFirmware(image(text))).toMatchObject({ kind: "unknown", evidence: [] });
});

test("others are named with the place that shows it", () => {
  expect(identifyFirmware(image("esphome:"))).toMatchObject({
    kind: "esphome",
    evidence: [{ offset: 1, text: "esphome" }],
  });
  expect(identifyFirmware(image("ESPurna 1.14"))).toMatchObject({ kind: "espurna", metering: undefined });
  for (const sign of ["tuya_sdk", "TUYA IOT SDK V:2.3.3", "https://a1.tuyaeu.com/gw.json", "mq.gw.airtakeapp.com"]) {
    expect(identifyFirmware(image(sign)).kind).toBe("tuya");
  }
});

test("what the bytes do not prove stays undefined: two dates, two cores, noise, nothing at all", () => {
  const two = identifyFirmware(image(MARKER, "Dec 24 2025", "Jan  1 2020", "2_7_8", "2_7_4_9"));
  expect(two).toMatchObject({ buildDate: undefined, core: undefined, otaImage: undefined });
  const nothing = { kind: "unknown", evidence: [], buildDate: undefined, metering: undefined };
  expect(identifyFirmware(new Uint8Array(0))).toMatchObject(nothing);
  expect(identifyFirmware(new Uint8Array(4096).fill(0xff))).toMatchObject(nothing);
});
