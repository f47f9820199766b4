/** Calibration, counters and limits of the meter. Source: Tasmota xdrv_03_energy.ino, xnrg_01_hlw8012.ino. */
import { CALIBRATION_READ_MAX } from "../../../core/tasmota/tables/metering.ts";
import type { CommandCall, CommandHandler, CommandTable, Quantity } from "../contract.ts";
import type { Machine } from "../machine.ts";
import { answerIndexedNumber, numberCommand, stateText } from "./answers.ts";
import { answerNumber, answerText, fixed, pad } from "./json.ts";
import { resolution, withBits } from "./option-commands.ts";
import { atoi, parameters, within } from "./payload.ts";

const CALIBRATION_FIELDS: Readonly<Record<Quantity, string>> = {
  power: "energy_power_calibration",
  voltage: "energy_voltage_calibration",
  current: "energy_current_calibration",
};
const NAMES: Readonly<Record<Quantity, string>> = { power: "Power", voltage: "Voltage", current: "Current" };
const QUANTITIES: readonly Quantity[] = ["power", "voltage", "current"];

/** Tariff9 is the weekend's: a bit of flag3. Tariff1 1 and Tariff2 1 force a tariff: two bits of mbflag2. */
const WEEKEND_INDEX = 9;
const WEEKEND_BIT = 20;
const FORCED_BIT = 26;
const LAST_MINUTE = 1439;
const LAST_OF_HOUR = 59;

function minutesOf(text: string): number {
  const hours = /^\s*[+-]?\d+/.exec(text)?.[0] ?? "";
  const number = atoi(hours);
  if (number >= 24 || number < 0) return Math.min(LAST_MINUTE, number & 0xffff);
  // What stands between the hours and the next colon.
  const minutes = atoi(/[^:]+/.exec(text.slice(hours.length))?.[0] ?? "");
  return number * 60 + (minutes < 0 ? LAST_OF_HOUR : Math.min(LAST_OF_HOUR, minutes));
}

/** Limits: command, settings field, highest value, and what 1 stands for. */
// biome-ignore format: a table
const LIMITS: readonly (readonly [command: string, field: string, highest: number, one?: number])[] = [
  ["PowerLow", "energy_min_power", 6000], ["PowerHigh", "energy_max_power", 6000],
  ["VoltageLow", "energy_min_voltage", 500], ["VoltageHigh", "energy_max_voltage", 500],
  ["CurrentLow", "energy_min_current", 25000], ["CurrentHigh", "energy_max_current", 25000],
  ["MaxPower", "energy_max_power_limit", 6000], ["MaxPowerHold", "energy_max_power_limit_hold", 6000, 10],
  ["MaxPowerWindow", "energy_max_power_limit_window", 6000, 30],
  ["MaxEnergy", "energy_max_energy", 6000], ["MaxEnergyStart", "energy_max_energy_start", 23],
];

export function energyCommands(machine: Machine): CommandTable {
  const { settings, meter } = machine;
  let exporting = false;

  function calibration(quantity: Quantity): CommandHandler {
    const field = CALIBRATION_FIELDS[quantity];
    return (call) => {
      if (call.payload > CALIBRATION_READ_MAX) settings.set(field, call.payload);
      call.respond(answerNumber(call.key, settings.get(field)));
    };
  }

  /** PowerSet and its like: the driver computes, what comes out over 99 is stored. Of two constants the last is told. */
  function calibrate(quantity: Quantity): CommandHandler {
    return (call) => {
      const computed = meter.calibrationFor(quantity, call.data, call.payload);
      for (const each of QUANTITIES) {
        const value = computed[each];
        if (value !== undefined) settings.set(CALIBRATION_FIELDS[each], value);
      }
      call.respond(answerNumber(`${call.key}Cal`, settings.get(CALIBRATION_FIELDS[quantity])));
    };
  }

  function energies(key: string): string {
    const { total, yesterday, today } = meter.energy();
    const places = resolution(settings.get("flag2"), "EnergyRes");
    return (
      `{"${key}":{"Total":${fixed(total, places)},"Yesterday":${fixed(yesterday, places)},` +
      `"Today":${fixed(today, places)}}}`
    );
  }

  function counter(which: "total" | "today" | "yesterday"): CommandHandler {
    return (call) => {
      const [wattHours, epoch] = parameters(call.typed, 2);
      if (call.index === 1 && wattHours !== undefined) meter.setEnergy(which, wattHours, epoch);
      call.respond(energies(call.key));
    };
  }

  /** EnergyExportActive 1 would add what is given back; a plug of this kind measures none. */
  function exportActive(call: CommandCall): void {
    const [on, epoch] = parameters(call.typed, 2);
    if (call.index === 1 && on !== undefined) {
      if (!call.userIndex) exporting = (on & 1) === 1;
      else if (exporting) {
        settings.set("energy_kWhexport_ph", on);
        if (epoch !== undefined) settings.set("energy_kWhtotal_time", epoch);
      }
    }
    if (!exporting) {
      call.respond(answerText(call.key, stateText(machine, 0)));
      return;
    }
    const exported = fixed(
      Math.fround(settings.get("energy_kWhexport_ph") / 1000),
      resolution(settings.get("flag2"), "EnergyRes"),
    );
    call.respond(energies(call.key).replace(/\}\}$/, `,"ExportActive":${exported}}}`));
  }

  function powerDelta(call: CommandCall): void {
    if (!within(call.index, 1, 3)) return;
    if (within(call.payload, 0, 32000)) settings.set("energy_power_delta", call.payload, call.index - 1);
    call.respond(answerIndexedNumber(call, settings.get("energy_power_delta", call.index - 1)));
  }

  /** "Tariff1 22:00,23:00": start in standard and in daylight saving time; hours up to 23, from 24 on minutes. */
  function tariff(call: CommandCall): void {
    if (call.index === WEEKEND_INDEX) setBits("flag3", WEEKEND_BIT, 1, call.payload & 1);
    else if (within(call.index, 1, 2)) {
      if (call.payload === 0) setBits("mbflag2", FORCED_BIT, 2, 0);
      else if (call.payload === 1) setBits("mbflag2", FORCED_BIT, 2, call.index);
      else {
        const times = call.data.split(/[, ]+/).filter((part) => part !== "");
        for (const [i, part] of times.slice(0, 2).entries()) {
          settings.set("tariff", minutesOf(part), 2 * (call.index - 1) + i);
        }
      }
    }
    const at = (i: number): string => {
      const minutes = settings.get("tariff", i);
      return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
    };
    const weekend = (settings.get("flag3") >>> WEEKEND_BIT) & 1;
    const forced = (settings.get("mbflag2") >>> FORCED_BIT) & 3;
    call.respond(
      `{"${call.key}":{"Off-Peak":{"STD":"${at(0)}","DST":"${at(1)}"},"Standard":{"STD":"${at(2)}","DST":"${at(3)}"},` +
        `"Weekend":"${stateText(machine, weekend)}","Forced":"${forced}"}}`,
    );
  }

  function setBits(field: string, bit: number, width: number, value: number): void {
    settings.set(field, withBits(settings.get(field), bit, width, value));
  }

  /** Energy by tariff, kWh: used in Wh, given back in units of 10 mWh, as the two commands store them. */
  function usage(first: 0 | 2, factor: number): CommandHandler {
    return (call) => {
      for (const [i, value] of parameters(call.typed, 2).entries()) {
        settings.set("energy_usage", Math.imul(value, factor), first + i);
      }
      const places = resolution(settings.get("flag2"), "EnergyRes");
      const kwh = (i: number): string =>
        fixed(Math.fround(Math.fround(settings.get("energy_usage", i)) / 1000), places);
      call.respond(`{"${call.key}":{"Usage":[${kwh(0)},${kwh(1)}],"Export":[${kwh(2)},${kwh(3)}]}}`);
    };
  }

  return {
    ...Object.fromEntries(QUANTITIES.map((quantity) => [`${NAMES[quantity]}Cal`, calibration(quantity)])),
    ...Object.fromEntries(QUANTITIES.map((quantity) => [`${NAMES[quantity]}Set`, calibrate(quantity)])),
    /** This chip measures no frequency: refused. */
    FrequencyCal: () => {},
    FrequencySet: () => {},
    EnergyTotal: counter("total"),
    EnergyToday: counter("today"),
    EnergyYesterday: counter("yesterday"),
    PowerDelta: powerDelta,
    ...Object.fromEntries(
      LIMITS.map(([command, field, high, one]) => [
        command,
        numberCommand(machine, {
          field,
          low: 0,
          high,
          one,
          after: command === "MaxEnergy" ? () => meter.maxEnergySet() : undefined,
        }),
      ]),
    ),
    Tariff: tariff,
    EnergyUsage: usage(0, 1),
    EnergyExport: usage(2, 100),
    EnergyExportActive: exportActive,
    /** For other chips: the address is refused, the configuration is passed over in silence. */
    ModuleAddress: () => {},
    EnergyConfig: (call) => call.respond(undefined),
  };
}
