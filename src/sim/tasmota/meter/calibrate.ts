/**
 * PowerSet, VoltageSet, CurrentSet: the constant under which what is measured now would read the given value. Integer
 * arithmetic with 32-bit wrap-around, and the hazard: without pulses the number as typed falls through, and with it the
 * result of the first of two calibrations into the second.
 * Source: tasmota_xnrg_energy/xnrg_01_hlw8012.ino (HlwCommand), xdrv_03_energy.ino (EnergyCommandSetCal).
 */
import { CALIBRATION_READ_MAX } from "../../../core/tasmota/tables/metering.ts";
import { fixed } from "../command/json.ts";
import { commaArguments, decimalOf } from "../command/payload.ts";
import type { Quantity } from "../contract.ts";
import type { PulseDriver } from "./pulse-driver.ts";

/** Decimals with which the values of a known load are handed on. */
const HANDED_ON_DECIMALS = 5;

type Constants = Readonly<Partial<Record<Quantity, number>>>;

/** (uint32_t)(value) as the compiler does it, also for negative values. */
function toU32(value: number): number {
  return Math.trunc(value) >>> 0;
}

function constant(units: number, period: number, ratio: number): number {
  return Math.floor((Math.imul(toU32(units), period) >>> 0) / ratio);
}

/** @param typed the argument as a whole number, which stays where nothing is measured. */
export function calibrationFor(driver: PulseDriver, quantity: Quantity, argument: string, typed: number): Constants {
  if (argument.includes(",") && quantity !== "voltage") return fromKnownLoad(driver, quantity, argument, typed);
  return accepted(quantity, computed(driver, quantity, argument, typed));
}

function computed(driver: PulseDriver, quantity: Quantity, argument: string, typed: number): number {
  const { model } = driver.pins;
  const period = driver.periods[quantity];
  if (argument === "" || period === 0) return typed;
  const value = decimalOf(argument);
  switch (quantity) {
    case "power":
      return constant(Math.fround(value * 10), period, model.powerRatio);
    case "voltage":
      return constant(Math.fround(value * 10), period, model.voltageRatio);
    case "current":
      return constant(value, period, model.currentRatio);
  }
}

/** "PowerSet 60,230": a resistive load of 60 W at 230 V, seen at the voltage measured now. The other quantity goes first. */
function fromKnownLoad(driver: PulseDriver, quantity: "power" | "current", argument: string, typed: number): Constants {
  const f = Math.fround;
  const [watts = 0, volts = 0] = commaArguments(argument).map(decimalOf);
  const ohms = f(volts / f(watts / volts));
  const amps = f(f(driver.volts) / ohms);
  const power = f(f(driver.volts) * amps);
  const goals = { power: text(power), current: text(f(amps * 1000)) };
  const other = quantity === "power" ? "current" : "power";
  const first = computed(driver, other, goals[other], typed);
  return { ...accepted(other, first), ...accepted(quantity, computed(driver, quantity, goals[quantity], first)) };
}

function text(value: number): string {
  return fixed(value, HANDED_ON_DECIMALS);
}

function accepted(quantity: Quantity, value: number): Constants {
  return value > CALIBRATION_READ_MAX ? { [quantity]: value } : {};
}
