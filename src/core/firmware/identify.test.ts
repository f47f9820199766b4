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

test("others are named with the place that shows it", () => {
  expect(identifyFirmware(image("esphome:"))).toMatchObject({
    kind: "esphome",
    evidence: [{ offset: 1, text: "esphome" }],
  });
  expect(identifyFirmware(image("ESPurna 1.14"))).toMatchObject({ kind: "espurna", metering: undefined });
  expect(identifyFirmware(image("tuya_sdk"))).toMatchObject({ kind: "tuya" });
});

test("what the bytes do not prove stays undefined: two dates, two cores, noise, nothing at all", () => {
  const two = identifyFirmware(image(MARKER, "Dec 24 2025", "Jan  1 2020", "2_7_8", "2_7_4_9"));
  expect(two).toMatchObject({ buildDate: undefined, core: undefined, otaImage: undefined });
  const nothing = { kind: "unknown", evidence: [], buildDate: undefined, metering: undefined };
  expect(identifyFirmware(new Uint8Array(0))).toMatchObject(nothing);
  expect(identifyFirmware(new Uint8Array(4096).fill(0xff))).toMatchObject(nothing);
});
