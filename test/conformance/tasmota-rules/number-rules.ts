/** Commands that keep a number in a range: what is outside leaves it as it was, and the answer tells what is kept. */
import { type Call, float } from "./call.ts";
import { keyed, type Model } from "./model.ts";
import type { Random } from "./random.ts";
import { indexed, numberArgument, plain, type Rule } from "./rule.ts";

interface Row {
  readonly command: string;
  readonly standard: number;
  readonly low: number;
  readonly high: number;
  readonly source: string;
  /** What 1 stands for. */
  readonly one?: number;
  /** What is kept of a value in range. */
  readonly keep?: (value: number) => number;
  readonly restarts?: boolean;
}

const SUPPORT = "support_command.ino";
const ENERGY = "xdrv_03_energy.ino";

const bits = (value: number): number => 2 ** Math.ceil(Math.log2(value + 1)) - 1;

// biome-ignore format: a table
const ROWS: readonly Row[] = [
  { command: "BlinkTime", standard: 10, low: 2, high: 3600, source: `${SUPPORT} CmndBlinktime` },
  { command: "BlinkCount", standard: 10, low: 0, high: 32000, source: `${SUPPORT} CmndBlinkcount` },
  { command: "TempRes", standard: 1, low: 0, high: 3, source: `${SUPPORT} CmndTemperatureResolution` },
  { command: "HumRes", standard: 1, low: 0, high: 3, source: `${SUPPORT} CmndHumidityResolution` },
  { command: "PressRes", standard: 1, low: 0, high: 3, source: `${SUPPORT} CmndPressureResolution` },
  { command: "WattRes", standard: 0, low: 0, high: 3, source: `${SUPPORT} CmndPowerResolution` },
  { command: "VoltRes", standard: 0, low: 0, high: 3, source: `${SUPPORT} CmndVoltageResolution` },
  { command: "FreqRes", standard: 0, low: 0, high: 3, source: `${SUPPORT} CmndFrequencyResolution` },
  { command: "AmpRes", standard: 3, low: 0, high: 3, source: `${SUPPORT} CmndCurrentResolution` },
  { command: "EnergyRes", standard: 3, low: 0, high: 5, source: `${SUPPORT} CmndEnergyResolution` },
  { command: "WeightRes", standard: 0, low: 0, high: 3, source: `${SUPPORT} CmndWeightResolution` },
  { command: "SpeedUnit", standard: 0, low: 0, high: 6, source: `${SUPPORT} CmndSpeedUnit` },
  { command: "ButtonDebounce", standard: 50, low: 40, high: 1000, source: `${SUPPORT} CmndButtonDebounce` },
  { command: "SwitchDebounce", standard: 50, low: 40, high: 1009, source: `${SUPPORT} CmndSwitchDebounce` },
  { command: "LogPort", standard: 514, low: 1, high: 65535, one: 514, source: `${SUPPORT} CmndLogport` },
  { command: "DnsTimeout", standard: 1000, low: 100, high: 20000, source: `${SUPPORT} CmndDnsTimeout` },
  { command: "LedState", standard: 1, low: 0, high: 7, source: `${SUPPORT} CmndLedState` },
  { command: "PWMFrequency", standard: 977, low: 40, high: 4000, one: 977, source: "support_pwm.ino CmndPwmfrequency" },
  { command: "PWMRange", standard: 1023, low: 255, high: 1023, one: 1023, keep: bits, source: "support_pwm.ino CmndPwmrange" },
  { command: "CalcRes", standard: 3, low: 0, high: 7, source: "xdrv_10_rules.ino CmndCalcResolution" },
  { command: "Sunrise", standard: 0, low: 0, high: 3, source: "xdrv_09_timers.ino CmndSunrise" },
  { command: "DzUpdateTimer", standard: 0, low: 0, high: 3600, source: "xdrv_07_domoticz.ino CmndDomoticzUpdateTimer" },
  { command: "MqttRetry", standard: 10, low: 10, high: 32000, source: "xdrv_02_9_mqtt.ino CmndMqttRetry" },
  { command: "MqttKeepAlive", standard: 30, low: 1, high: 100, source: "xdrv_02_9_mqtt.ino CmndMqttKeepAlive" },
  { command: "MqttTimeout", standard: 4, low: 1, high: 100, source: "xdrv_02_9_mqtt.ino CmndMqttTimeout" },
  { command: "MqttLog", standard: 0, low: 0, high: 4, source: "xdrv_02_9_mqtt.ino CmndMqttlog" },
  { command: "MqttWifiTimeout", standard: 200, low: 100, high: 20000, keep: (ms) => Math.floor(ms / 100) * 100, source: "xdrv_02_9_mqtt.ino CmndMqttWifiTimeout" },
  { command: "MqttPort", standard: 1883, low: 1, high: 65535, one: 1883, restarts: true, source: "xdrv_02_9_mqtt.ino CmndMqttPort" },
  { command: "PowerLow", standard: 0, low: 0, high: 6000, source: `${ENERGY} CmndPowerLow` },
  { command: "PowerHigh", standard: 0, low: 0, high: 6000, source: `${ENERGY} CmndPowerHigh` },
  { command: "VoltageLow", standard: 0, low: 0, high: 500, source: `${ENERGY} CmndVoltageLow` },
  { command: "VoltageHigh", standard: 0, low: 0, high: 500, source: `${ENERGY} CmndVoltageHigh` },
  { command: "CurrentLow", standard: 0, low: 0, high: 25000, source: `${ENERGY} CmndCurrentLow` },
  { command: "CurrentHigh", standard: 0, low: 0, high: 25000, source: `${ENERGY} CmndCurrentHigh` },
  { command: "MaxPower", standard: 0, low: 0, high: 6000, source: `${ENERGY} CmndMaxPower` },
  { command: "MaxPowerHold", standard: 10, low: 0, high: 6000, one: 10, source: `${ENERGY} CmndMaxPowerHold` },
  { command: "MaxPowerWindow", standard: 30, low: 0, high: 6000, one: 30, source: `${ENERGY} CmndMaxPowerWindow` },
  { command: "MaxEnergy", standard: 0, low: 0, high: 6000, source: `${ENERGY} CmndMaxEnergy` },
  { command: "MaxEnergyStart", standard: 0, low: 0, high: 23, source: `${ENERGY} CmndMaxEnergyStart` },
  { command: "PowerCal", standard: 12530, low: 100, high: 2147483647, source: `${ENERGY} EnergyCommandCalSetResponse` },
  { command: "VoltageCal", standard: 1950, low: 100, high: 2147483647, source: `${ENERGY} EnergyCommandCalSetResponse` },
  { command: "CurrentCal", standard: 3500, low: 100, high: 2147483647, source: `${ENERGY} EnergyCommandCalSetResponse` },
];

function ranged(row: Row): Rule {
  return {
    command: row.command,
    source: row.source,
    sample: (random) =>
      plain(numberArgument(random, Math.min(row.low, row.one === undefined ? row.low : 1), Math.min(row.high, 70_000))),
    expect: (call, model) => {
      const asked = call.payload === 1 && row.one !== undefined ? row.one : call.payload;
      if (asked >= row.low && asked <= row.high) {
        model.numbers.set(row.command, row.keep?.(asked) ?? asked);
        if (row.restarts) model.restart = true;
      }
      return keyed(row.command, model.number(row.command, row.standard));
    },
  };
}

/** Families: a number each, by index; without one the first. */
interface Family {
  readonly command: string;
  readonly source: string;
  readonly count: number;
  readonly standard: (index: number) => number;
  readonly low: number;
  readonly high: number;
}

// biome-ignore format: a table
const FAMILIES: readonly Family[] = [
  { command: "PowerDelta", count: 3, standard: () => 0, low: 0, high: 32000, source: `${ENERGY} CmndPowerDelta` },
  { command: "DzKeyIdx", count: 4, standard: () => 0, low: 0, high: 2147483647, source: "xdrv_07_domoticz.ino CmndDomoticzKeyIdx" },
  { command: "DzIdx", count: 32, standard: () => 0, low: 0, high: 2147483647, source: "xdrv_07_domoticz.ino CmndDomoticzIdx" },
];

function family(row: Family): Rule {
  return {
    command: row.command,
    source: row.source,
    sample: (random) => indexed(random, row.count, numberArgument(random, row.low, Math.min(row.high, 40_000))),
    expect: (call, model) => {
      if (row.command === "DzIdx" && call.index === 0) {
        if (call.payload >= 0) for (let i = 1; i <= row.count; i++) model.numbers.set(`DzIdx${i}`, 0);
        return keyed("DzIdx0", 0);
      }
      if (call.index < 1 || call.index > row.count) return "error";
      const name = `${row.command}${call.index}`;
      if (call.payload >= row.low && call.payload <= row.high) model.numbers.set(name, call.payload);
      return keyed(name, model.number(name, row.standard(call.index)));
    },
  };
}

/** Any argument counts, and is held to the range. */
function held(command: string, standard: number, source: string): Rule {
  return {
    command,
    source,
    sample: (random) => plain(numberArgument(random, 0, 255)),
    expect: (call, model) => {
      if (call.data !== "") model.numbers.set(command, Math.max(0, Math.min(255, call.payload)));
      return keyed(command, model.number(command, standard));
    },
  };
}

/** A decimal kept in tenths of a signed byte. */
function tenths(command: string, bound: number, source: string): Rule {
  return {
    command,
    source,
    sample: (random) =>
      plain(random.pick(["", "1", "-3.3", "0.05", "12.6", "-12.65", "99", "abc", "10.04", ".5", "-.5", "+2"])),
    expect: (call, model) => {
      const value = Math.trunc(Math.fround(float(call.data) * 10));
      if (call.data !== "" && value > -bound && value < bound) model.numbers.set(command, value);
      return `{"${command}":${Math.fround(model.number(command, 0) / 10).toFixed(1)}}`;
    },
  };
}

const DEGREES: readonly string[] = [
  "",
  "48.858360",
  "-12.345678",
  "0",
  "180",
  "-90.5",
  "abc",
  "7.1",
  "52.123456789",
  ".25",
  "1e2",
  "+5.5",
  "0.000001",
];

function degrees(command: string, standard: number): Rule {
  return {
    command,
    source: `xdrv_09_timers.ino Cmnd${command}`,
    sample: (random) =>
      plain(random.chance(50) ? random.pick(DEGREES) : `${random.int(-180, 180)}.${random.int(0, 9999999)}`),
    expect: (call, model) => {
      const single = Math.fround;
      if (call.data !== "")
        model.numbers.set(command, Math.trunc(single(single(float(call.data)) * single(1_000_000))));
      return `{"${command}":${single(single(model.number(command, standard)) / single(1_000_000)).toFixed(6)}}`;
    },
  };
}

const OTHERS: readonly Rule[] = [
  held("LedPwmOn", 255, `${SUPPORT} CmndLedPwmOn`),
  held("LedPwmOff", 0, `${SUPPORT} CmndLedPwmOff`),
  tenths("TempOffset", 127, `${SUPPORT} CmndTempOffset`),
  tenths("HumOffset", 101, `${SUPPORT} CmndHumOffset`),
  degrees("Latitude", 48_858_360),
  degrees("Longitude", 2_294_442),
  {
    command: "Altitude",
    source: `${SUPPORT} CmndAltitude`,
    sample: (random) => plain(numberArgument(random, -30_000, 30_000)),
    expect: (call, model) => {
      if (call.data !== "" && Math.abs(call.payload) <= 30_000) model.numbers.set("Altitude", call.payload);
      return keyed("Altitude", model.number("Altitude", 0));
    },
  },
  {
    command: "BatteryPercentage",
    source: `${SUPPORT} UpdateBatteryPercent`,
    sample: (random) => plain(numberArgument(random, 0, 101)),
    expect: (call, model) => {
      if (call.payload >= 0) model.numbers.set("Battery", call.payload > 101 ? 100 : call.payload);
      return keyed("BatteryPercentage", model.number("Battery", 101));
    },
  },
  {
    command: "Sleep",
    source: `${SUPPORT} CmndSleep`,
    sample: (random) => plain(numberArgument(random, 0, 250)),
    expect: (call, model) => {
      if (call.payload >= 0 && call.payload < 251) model.numbers.set("Sleep", call.payload);
      const value = model.number("Sleep", 50);
      return `{"Sleep":{"${value}":{"Active":"${value}"}}}`;
    },
  },
  {
    command: "LedMask",
    source: `${SUPPORT} CmndLedMask`,
    sample: (random) => plain(numberArgument(random, 0, 65_535)),
    expect: (call, model) => {
      if (call.data !== "") model.numbers.set("LedMask", call.payload & 0xffff);
      const mask = model.number("LedMask", 0xffff);
      return keyed("LedMask", `${mask} (0x${mask.toString(16).toUpperCase().padStart(4, "0")})`);
    },
  },
  {
    command: "SaveData",
    source: `${SUPPORT} CmndSavedata`,
    sample: (random) => plain(numberArgument(random, 0, 3600)),
    expect: (call, model) => {
      if (call.payload >= 0 && call.payload <= 3600) model.numbers.set("SaveData", call.payload);
      const every = model.number("SaveData", 1);
      return keyed("SaveData", every > 1 ? `Every ${every} sec` : model.state(every));
    },
  },
  {
    command: "DeepSleepTime",
    source: "xdrv_29_deepsleep.ino CmndDeepsleepTime",
    // Never a time: the device would sleep.
    sample: (random) => plain(random.pick(["", "0", "1", "10", "-1", "abc", "off"])),
    expect: () => keyed("DeepSleepTime", 0),
  },
];

function globalSensor(command: string, source: string): Rule {
  return {
    command,
    source,
    sample: (random: Random) => `2${plain(numberArgument(random, 0, 250))}`,
    expect: (call: Call, model: Model) => {
      if (call.payload >= 0 && call.payload < 251) model.numbers.set(command, call.payload);
      return keyed(`${command}2`, model.number(command, 0));
    },
  };
}

export const NUMBER_RULES: readonly Rule[] = [
  ...ROWS.map(ranged),
  ...FAMILIES.map(family),
  ...OTHERS,
  ...["Temp", "Hum", "Press"].map((what) => globalSensor(`Global${what}`, `${SUPPORT} CmndGlobal${what}`)),
];
