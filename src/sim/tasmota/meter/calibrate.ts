/**
 * PowerSet, VoltageSet, CurrentSet: the constant under which what is measured now would read the given value. Integer
 * arithmetic with 32-bit wrap-around, and the hazard: without pulses the raw number falls through.
 * Source: tasmota_xnrg_energy/xnrg_01_hlw8012.ino (HlwCommand), xdrv_03_energy.ino.
 */
import { CALIBRATION_READ_MAX } from "../../../core/tasmota/tables/metering.ts";
import type { Quantity } from "../contract.ts";
import type { PulseDriver } from "./pulse-driver.ts";

/** strtol and strtof: the number at the start of the text, or 0. */
function leadingNumber(text: string): number {
  return Number(/^\s*[+-]?(\d+(\.\d*)?|\.\d+)/.exec(text)?.[0] ?? 0);
}

/** (uint32_t)(value) as the compiler does it, also for negative values. */
function toU32(value: number): number {
  return Math.trunc(value) >>> 0;
}

function constant(units: number, period: number, ratio: number): number {
  return Math.floor((Math.imul(toU32(units), period) >>> 0) / ratio);
}

export function calibrationFor(
  driver: PulseDriver,
  quantity: Quantity,
  argument: string,
): Readonly<Partial<Record<Quantity, number>>> {
  if (argument === "") return {};
  const pair = /^([^,]+),([^,]+)/.exec(argument);
  if (pair !== null && quantity !== "voltage") {
    return fromKnownLoad(driver, leadingNumber(pair[1]!), leadingNumber(pair[2]!));
  }
  return accepted(quantity, single(driver, quantity, leadingNumber(argument)));
}

function single(driver: PulseDriver, quantity: Quantity, value: number): number {
  const { model } = driver.pins;
  const period = driver.periods[quantity];
  // No pulses: the payload stays the number as typed (strtol reads whole numbers).
  if (period === 0) return Math.trunc(value);
  switch (quantity) {
    case "power":
      return constant(value * 10, period, model.powerRatio);
    case "voltage":
      return constant(value * 10, period, model.voltageRatio);
    case "current":
      return constant(value, period, model.currentRatio);
  }
}

/** "PowerSet 60,230": a resistive load of 60 W at 230 V, seen at the voltage measured now. */
function fromKnownLoad(driver: PulseDriver, watts: number, volts: number): Readonly<Partial<Record<Quantity, number>>> {
  const { power, current } = driver.periods;
  if (power === 0 || current === 0 || driver.volts === 0 || watts <= 0) return {};
  const ohms = (volts * volts) / watts;
  const amps = driver.volts / ohms;
  const { model } = driver.pins;
  return {
    ...accepted("current", constant(amps * 1000, current, model.currentRatio)),
    ...accepted("power", constant(driver.volts * amps * 10, power, model.powerRatio)),
  };
}

function accepted(quantity: Quantity, value: number): Readonly<Partial<Record<Quantity, number>>> {
  return value > CALIBRATION_READ_MAX ? { [quantity]: value } : {};
}
