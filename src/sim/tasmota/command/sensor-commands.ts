/**
 * What sensors share, though an EP2 has none: offsets, global values, which sensors work. Non-persistent values live here.
 * Source: Tasmota tasmota_support/support_command.ino (CmndTempOffset … CmndGlobalPress, CmndAltitude, CmndBatteryPercent,
 * CmndSetSensor), support.ino (ConvertTempToCelsius, ConvertHgToHpa), tasmota_xx2c_global/xsns_interface.ino (XsnsSensorState).
 */
import type { CommandCall, CommandHandler, CommandTable } from "../contract.ts";
import type { Machine } from "../machine.ts";
import { numberCommand } from "./answers.ts";
import { answerNumber, fixed } from "./json.ts";
import { decimalOf, within } from "./payload.ts";

const FAHRENHEIT = 8;
const HG = 24;
const INCHES = 139;
const HIGHEST_INDEX = 250;
const SENSORS = 128;
const HIGHEST_BATTERY = 101;

export function sensorCommands(machine: Machine): CommandTable {
  const { settings } = machine;
  const f = Math.fround;

  /** Tenths, stored in a byte. */
  function offset(field: "temp_comp" | "hum_comp", bound: number): CommandHandler {
    return (call) => {
      const tenths = Math.trunc(f(decimalOf(call.data) * 10));
      if (call.data !== "" && Math.abs(tenths) < bound) settings.set(field, tenths);
      call.respond(answerNumber(call.key, fixed(f(settings.get(field) / 10), 1)));
    };
  }

  /** GlobalTemp 20: a value for all; GlobalTemp2 3: take it from the third sensor. */
  function global(which: 0 | 1 | 2, start: number, convert: (value: number) => number, low: number, high: number) {
    let value = start;
    return (call: CommandCall): void => {
      if (call.index === 2) {
        if (within(call.payload, 0, HIGHEST_INDEX)) settings.set("global_sensor_index", call.payload, which);
        call.respond(answerNumber(`${call.key}2`, settings.get("global_sensor_index", which)));
        return;
      }
      const given = convert(decimalOf(call.data));
      if (call.data !== "" && within(given, low, high)) value = given;
      call.respond(answerNumber(call.key, fixed(value, 1)));
    };
  }

  function celsius(value: number): number {
    return settings.option(FAHRENHEIT) ? f(f(value - 32) / f(1.8)) : value;
  }

  function hectopascal(value: number): number {
    if (settings.option(HG) === 0) return value;
    return f(value * f(settings.option(INCHES) ? 33.86389 : 1.3332239));
  }

  function altitude(call: CommandCall): void {
    if (call.data !== "" && within(call.payload, -30_000, 30_000)) settings.set("altitude", call.payload);
    call.respond(answerNumber(call.key, settings.get("altitude")));
  }

  function battery(call: CommandCall): void {
    const percent = call.payload > HIGHEST_BATTERY ? 100 : call.payload;
    if (percent >= 0) settings.set("battery_level_percent", percent);
    call.respond(answerNumber(call.key, settings.get("battery_level_percent")));
  }

  /** Which sensor drivers may work; those that may not are marked with an exclamation mark. */
  function setSensor(call: CommandCall): void {
    if (call.index >= SENSORS) return;
    const word = Math.floor(call.index / 32);
    const bit = 1 << (call.index % 32);
    if (call.payload >= 0) {
      const old = settings.get("sensors", word);
      settings.set("sensors", call.payload & 1 ? old | bit : old & ~bit, word);
      if (call.payload === 1) machine.restartFlag = 2;
    }
    call.respond(`{"${call.key}":"${sensorsText(machine)}"}`);
  }

  return {
    TempOffset: offset("temp_comp", 127),
    HumOffset: offset("hum_comp", 101),
    GlobalTemp: global(0, Number.NaN, celsius, -50, 100),
    GlobalHum: global(1, 0, (value) => value, 0, 100),
    GlobalPress: global(2, 0, hectopascal, 0, 1200),
    Altitude: altitude,
    BatteryPercentage: battery,
    SetSensor: setSensor,
    /** Known; without a sensor or driver that takes them they are refused. */
    Sensor: () => {},
    Driver: () => {},
    PWM: () => {},
    PWMFrequency: numberCommand(machine, { field: "pwm_frequency", low: 40, high: 4000, one: 977 }),
    /** 8, 9 or 10 bits. */
    PWMRange: numberCommand(machine, {
      field: "pwm_range",
      low: 255,
      high: 1023,
      one: 1023,
      store: (value) => 2 ** (32 - Math.clz32(value)) - 1,
    }),
    I2CScan: () => {},
  };
}

/** "1,2,!3": the sensors compiled in, a mark on those that are switched off. */
export function sensorsText({ settings, build }: Pick<Machine, "settings" | "build">): string {
  return build.sensors
    .split(",")
    .map((number) => {
      const on = (settings.get("sensors", Math.floor(Number(number) / 32)) >>> (Number(number) % 32)) & 1;
      return `${on ? "" : "!"}${number}`;
    })
    .join(",");
}
