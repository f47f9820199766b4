/** Calibration, counters and limits of the meter. Source: Tasmota xdrv_03_energy.ino, xnrg_01_hlw8012.ino. */
import { CALIBRATION_READ_MAX, DEFAULT_CALIBRATION } from "../../../core/tasmota/tables/metering.ts";
import type { CommandCall, CommandHandler, CommandTable, Quantity } from "../contract.ts";
import type { Machine } from "../machine.ts";
import { answerIndexedNumber, numberCommand, stateText } from "./answers.ts";
import { answerNumber, pad } from "./json.ts";
import { resolution } from "./option-commands.ts";
import { decimalOf, within } from "./payload.ts";

const CALIBRATION_FIELDS: Readonly<Record<Quantity, string>> = {
  power: "energy_power_calibration",
  voltage: "energy_voltage_calibration",
  current: "energy_current_calibration",
};
const NAMES: Readonly<Record<Quantity, string>> = { power: "Power", voltage: "Voltage", current: "Current" };
const QUANTITIES: readonly Quantity[] = ["power", "voltage", "current"];

/** Limits: command, settings field, highest value, and what 1 stands for. */
// biome-ignore format: a table
const LIMITS: readonly (readonly [command: string, field: string, highest: number, one?: number])[] = [
  ["PowerLow", "energy_min_power", 6000], ["PowerHigh", "energy_max_power", 6000],
  ["VoltageLow", "energy_min_voltage", 500], ["VoltageHigh", "energy_max_voltage", 500],
  ["CurrentLow", "energy_min_current", 25000], ["CurrentHigh", "energy_max_current", 25000],
  ["MaxPower", "energy_max_power_limit", 6000], ["MaxPowerHold", "energy_max_power_limit_hold", 6000, 10],
  ["MaxPowerWindow", "energy_max_power_limit_window", 6000, 30],
  ["MaxEnergy", "energy_max_energy", 6000], ["MaxEnergyStart", "energy_max_energy_start", 24],
];

export function energyCommands(machine: Machine): CommandTable {
  const { settings, meter } = machine;

  function calibration(quantity: Quantity): CommandHandler {
    const field = CALIBRATION_FIELDS[quantity];
    return (call) => {
      const asked = call.payload === 1 ? DEFAULT_CALIBRATION[quantity] : call.payload;
      if (asked > CALIBRATION_READ_MAX) settings.set(field, asked);
      call.respond(answerNumber(call.key, settings.get(field)));
    };
  }

  /** PowerSet and its like: the driver computes, what comes out over 99 is stored. */
  function calibrate(quantity: Quantity): CommandHandler {
    return (call) => {
      const computed = call.data === "" ? {} : meter.calibrationFor(quantity, call.data);
      for (const each of QUANTITIES) {
        const value = computed[each];
        if (value !== undefined) settings.set(CALIBRATION_FIELDS[each], value);
      }
      const others = QUANTITIES.filter((each) => each !== quantity && computed[each] !== undefined);
      for (const each of others) machine.publish("stat", "RESULT", setAnswer(each));
      call.respond(setAnswer(quantity));
    };
  }

  function setAnswer(quantity: Quantity): string {
    return answerNumber(`${NAMES[quantity]}SetCal`, settings.get(CALIBRATION_FIELDS[quantity]));
  }

  function counter(which: "total" | "today" | "yesterday"): CommandHandler {
    return (call) => {
      if (call.data !== "") {
        const [wattHours, epoch] = call.data.split(",");
        meter.setEnergy(
          which,
          decimalOf(wattHours ?? ""),
          ...(epoch === undefined ? [] : [Number.parseInt(epoch, 10)]),
        );
      }
      const { total, yesterday, today } = meter.energy();
      const places = resolution(settings.get("flag2"), "EnergyRes");
      call.respond(
        `{"${call.key}":{"Total":${total.toFixed(places)},"Yesterday":${yesterday.toFixed(places)},` +
          `"Today":${today.toFixed(places)}}}`,
      );
    };
  }

  function powerDelta(call: CommandCall): void {
    if (!within(call.index, 1, 3)) return;
    if (within(call.payload, 0, 31999)) settings.set("energy_power_delta", call.payload, call.index - 1);
    call.respond(answerIndexedNumber(call, settings.get("energy_power_delta", call.index - 1)));
  }

  /** Times of the two tariffs in minutes: standard and daylight saving time of each. */
  function tariff(call: CommandCall): void {
    if (within(call.index, 1, 2) && call.data !== "") {
      call.data
        .split(",")
        .slice(0, 2)
        .forEach((part, i) => {
          const [hours, minutes] = part.split(":").map((number) => Number.parseInt(number, 10) || 0);
          settings.set("tariff", ((hours ?? 0) % 24) * 60 + ((minutes ?? 0) % 60), 2 * (call.index - 1) + i);
        });
    }
    const at = (i: number): string => {
      const minutes = settings.get("tariff", i);
      return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
    };
    call.respond(
      `{"${call.key}":{"Off-Peak":{"STD":"${at(0)}","DST":"${at(1)}"},"Standard":{"STD":"${at(2)}","DST":"${at(3)}"},` +
        `"Weekend":"${stateText(machine, 0)}","Forced":"0"}}`,
    );
  }

  /** Energy by tariff, kWh; nothing is exported by a plug. */
  function usage(call: CommandCall): void {
    const places = resolution(settings.get("flag2"), "EnergyRes");
    const kwh = (i: number): string => (settings.get("energy_usage", i) / 1000).toFixed(places);
    call.respond(`{"${call.key}":{"Usage":[${kwh(0)},${kwh(1)}],"Export":[${kwh(2)},${kwh(3)}]}}`);
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
          store: (value) => (value === 1 && one !== undefined ? one : value),
        }),
      ]),
    ),
    Tariff: tariff,
    EnergyUsage: usage,
    EnergyExport: usage,
  };
}
