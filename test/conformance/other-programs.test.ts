/**
 * What programs around Tasmota read from a plug, by their own published formats: Home Assistant's parser of discovery
 * messages and the decoder of settings backups. Their field lists are written down here; none of their code is.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { VirtualBroker } from "../../src/sim/world/network/mqtt-broker.ts";
import { PlugRig } from "../support/plug-rig.ts";

const EP2 = '{"NAME":"Gosund EP2","GPIO":[320,1,576,1,2656,2720,0,0,2624,32,0,224,0,0],"FLAG":0,"BASE":45}';
const MAC = "5CCF7FA1B2C3";

let rig: PlugRig;
let broker: VirtualBroker;
let address: string;

beforeAll(async () => {
  rig = new PlugRig();
  address = await rig.provision();
  broker = new VirtualBroker(rig.clock, rig.lan);
  rig.type(`Backlog Template ${EP2};Module 0`, 15);
  rig.type("Backlog MqttHost broker;Topic kettle;DeviceName Kettle plug;FriendlyName1 Kettle;TelePeriod 60", 25);
});

/** One value of a message, as the parser's schema has it. */
type Rule = (value: unknown) => boolean;

const isText: Rule = (value) => ["string", "number", "boolean"].includes(typeof value);
const isOptionalText: Rule = (value) => value === null || isText(value);
const isInteger: Rule = (value) => Number.isInteger(value);
const isNatural: Rule = (value) => isInteger(value) && (value as number) >= 0;
const isBit: Rule = (value) => value === 0 || value === 1;
/** The schema wraps what is no list. */
const listOf =
  (rule: Rule): Rule =>
  (value) =>
    value === null || (Array.isArray(value) ? value : [value]).every(rule);
const isObject: Rule = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * hatasmota (github.com/emontnemery/hatasmota), commit ee69941: discovery.py, TASMOTA_DISCOVERY_SCHEMA, with the names of
 * const.py. Unknown fields are allowed.
 */
const REQUIRED: Readonly<Record<string, Rule>> = {
  btn: listOf(isNatural),
  dn: isText,
  fn: listOf(isOptionalText),
  ft: isText,
  hn: isText,
  ip: isText,
  lt_st: isNatural,
  lk: isBit,
  mac: isText,
  md: isText,
  ofln: isText,
  onln: isText,
  so: isObject,
  tp: listOf(isText),
  rl: listOf(isNatural),
  state: listOf(isText),
  sw: isText,
  swc: listOf(isInteger),
  t: isText,
  ty: isBit,
  ver: (value) => value === 1,
};
const OPTIONAL: Readonly<Record<string, Rule>> = {
  bat: isNatural,
  dslp: isNatural,
  if: isBit,
  cam: isBit,
  sho: listOf(isNatural),
  sht: listOf(listOf(isInteger)),
  swn: listOf(isOptionalText),
};
/** TASMOTA_OPTIONS_SCHEMA: SetOptions that must be told, and those that may. */
const REQUIRED_OPTIONS = ["11", "13", "17", "20", "30", "68", "73", "82"];
const OPTIONAL_OPTIONS = ["4", "80", "114", "117"];

describe("Home Assistant's parser of discovery messages", () => {
  const message = (topic: string): Record<string, unknown> =>
    JSON.parse(new TextDecoder().decode(broker.retained(`tasmota/discovery/${MAC}/${topic}`))) as Record<
      string,
      unknown
    >;

  test("Home Assistant's parser accepts every field of the discovery message", () => {
    const config = message("config");
    const wrong = Object.entries(REQUIRED).filter(([name, rule]) => !(name in config && rule(config[name])));
    expect(wrong.map(([name]) => name)).toEqual([]);
    const odd = Object.entries(OPTIONAL).filter(([name, rule]) => name in config && !rule(config[name]));
    expect(odd.map(([name]) => name)).toEqual([]);
    const options = config["so"] as Record<string, unknown>;
    expect(REQUIRED_OPTIONS.filter((option) => !isBit(options[option]))).toEqual([]);
    expect(OPTIONAL_OPTIONS.filter((option) => option in options && !isBit(options[option]))).toEqual([]);
  });

  test("Home Assistant's parser knows no field that the device sends under another name", () => {
    const known = [...Object.keys(REQUIRED), ...Object.keys(OPTIONAL)];
    expect(Object.keys(message("config")).filter((name) => !known.includes(name))).toEqual([]);
  });

  /** utils.py, discovery_topic_get_mac: the topic's MAC is the message's; discovery.py refuses a message where it is not. */
  test("Home Assistant's parser finds the topic's MAC and one relay for a switch", () => {
    const config = message("config");
    expect(config["mac"]).toBe(MAC);
    const relays = config["rl"] as number[];
    expect(relays.filter((kind) => kind === 1)).toEqual([1]);
    expect(config).toMatchObject({ t: "kettle", dn: "Kettle plug", md: "Gosund EP2", ft: "%prefix%/%topic%/" });
    expect((config["fn"] as unknown[])[0]).toBe("Kettle");
  });

  /** TASMOTA_SENSOR_DISCOVERY_SCHEMA and sensor.py: keys of "sn" by the names of const.py, SENSOR_*. */
  test("Home Assistant's parser finds the meter's readings by names that it has units for", () => {
    const sensors = message("sensors");
    expect(sensors["ver"]).toBe(1);
    const energy = (sensors["sn"] as { ENERGY: Record<string, unknown> }).ENERGY;
    const names = [
      "TotalStartTime",
      "Total",
      "Yesterday",
      "Today",
      "Power",
      "ApparentPower",
      "ReactivePower",
      "Factor",
    ];
    for (const name of [...names, "Voltage", "Current"]) expect(Object.keys(energy)).toContain(name);
  });
});

/** A field of the decoded settings: where it is and how it is stored, as Python's struct module writes it. */
type Field = readonly [name: string, format: "B" | "<H" | "<h" | "<L" | "<i", offset: number];

/**
 * decode-config (github.com/tasmota/decode-config), commit d11a131: the SETTING_ tables of decode-config.py as they stand
 * for 14.6.0.1 on an ESP8266, and its functions decrypt_encrypt, get_settingcrc and get_settingcrc32.
 */
const FIELDS: readonly Field[] = [
  ["cfg_holder", "<H", 0x000],
  ["cfg_size", "<H", 0x002],
  ["version", "<L", 0x008],
  ["cfg_crc", "<H", 0x00e],
  ["tele_period", "<H", 0x2f8],
  ["ledstate", "B", 0x2fb],
  ["energy_power_calibration", "<L", 0x364],
  ["energy_voltage_calibration", "<L", 0x368],
  ["energy_current_calibration", "<L", 0x36c],
  ["mqtt_retry", "<H", 0x396],
  ["poweronstate", "B", 0x398],
  ["sleep", "B", 0x453],
  ["module", "B", 0x474],
  ["latitude", "<i", 0x6b0],
  ["web_refresh", "<H", 0x7cc],
  ["mqtt_port", "<H", 0xefc],
  ["config_version", "B", 0xf36],
  ["cfg_crc32", "<L", 0xffc],
];
const TEMPLATE = { base: 0x71f, name: [0x720, 15], gpio: [0x3fc, 14], flag: 0x418 } as const;
const TEXTS = { offset: 0x017, length: 699 };

function readField(view: DataView, format: Field[1], offset: number): number {
  switch (format) {
    case "B":
      return view.getUint8(offset);
    case "<H":
      return view.getUint16(offset, true);
    case "<h":
      return view.getInt16(offset, true);
    case "<L":
      return view.getUint32(offset, true);
    case "<i":
      return view.getInt32(offset, true);
  }
}

/** From the third byte on each is crossed with 0x5a plus its place. */
function uncovered(file: Uint8Array): Uint8Array {
  return file.map((byte, place) => (place < 2 ? byte : byte ^ ((0x5a + place) & 0xff)));
}

describe("the decoder of settings backups", () => {
  let settings: Uint8Array;
  let values: Record<string, number>;
  beforeAll(async () => {
    const commands = [
      ...["TelePeriod 77", "LedState 3", "PowerCal 12345", "VoltageCal 1456", "CurrentCal 3210", "MqttRetry 22"],
      ...["PowerOnState 4", "Sleep 61", "Latitude 52.5", "WebRefresh 2500", "MqttPort 1884", "SaveData 1"],
    ];
    for (const command of commands) await rig.command(address, command);
    rig.board.run(25);
    settings = uncovered((await rig.get(`http://${address}/dl`)).body);
    const view = new DataView(settings.buffer, settings.byteOffset);
    values = Object.fromEntries(FIELDS.map(([name, format, offset]) => [name, readField(view, format, offset)]));
  });

  test("the settings decoder finds size, version and platform", () => {
    expect(settings.length).toBe(0x1000);
    expect(values).toMatchObject({ cfg_holder: 4617, cfg_size: 0x1000, version: 0x0f020002, config_version: 0 });
  });

  test("the settings decoder computes the file's digest", () => {
    let crc = 0;
    for (const byte of settings.subarray(0, -4)) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    expect(values["cfg_crc32"]).toBe(~crc >>> 0);
  });

  test("the settings decoder reads the values at the offsets of its tables", () => {
    expect(values).toMatchObject({
      tele_period: 77,
      ledstate: 3,
      mqtt_retry: 22,
      poweronstate: 4,
      sleep: 61,
      web_refresh: 2500,
      energy_power_calibration: 12345,
      energy_voltage_calibration: 1456,
      energy_current_calibration: 3210,
      module: 255,
      latitude: 52_500_000,
      mqtt_port: 1884,
    });
  });

  test("the settings decoder reads the template and the texts", () => {
    const view = new DataView(settings.buffer, settings.byteOffset);
    const [gpioAt, pins] = TEMPLATE.gpio;
    const gpio = Array.from({ length: pins }, (_, pin) => view.getUint16(gpioAt + 2 * pin, true));
    // tasmota_support/support.ino, JsonTemplate: a template's 1 (User) is kept as AGPIO(GPIO_USER), 2047 << 5.
    const kept = (JSON.parse(EP2) as { GPIO: number[] }).GPIO.map((code) => (code === 1 ? 2047 << 5 : code));
    expect(gpio).toEqual(kept);
    // Stored from 0, told from 1.
    expect(view.getUint8(TEMPLATE.base) + 1).toBe(45);
    const texts = new TextDecoder().decode(settings.subarray(TEXTS.offset, TEXTS.offset + TEXTS.length)).split("\0");
    for (const text of ["broker", "kettle", "Kettle plug", "Kettle", "TestNet"]) expect(texts).toContain(text);
  });
});
