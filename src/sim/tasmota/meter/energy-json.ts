/** The ENERGY object of SENSOR and Status 8/10. Source: xdrv_03_energy.ino (EnergyShow). */
import type { PulseDriver } from "./pulse-driver.ts";

/** Decimals, from the settings' flag2 (tasmota_types.h, SOBitfield2). */
export interface Resolutions {
  readonly watts: number;
  readonly volts: number;
  readonly amps: number;
  readonly energy: number;
}

export function resolutions(flag2: number): Resolutions {
  return {
    amps: (flag2 >>> 15) & 3,
    volts: (flag2 >>> 17) & 3,
    watts: (flag2 >>> 19) & 3,
    energy: (flag2 >>> 23) & 7,
  };
}

export interface PowerFigures {
  readonly active: number;
  readonly apparent: number;
  readonly reactive: number;
  readonly factor: number;
}

/** Square root to the nearest integer, as the firmware rounds it (support_float.ino, RoundSqrtInt). */
function roundedRoot(value: number): number {
  return Math.floor((Math.floor(Math.sqrt(4 * Math.trunc(value))) + 1) / 2);
}

/** Single precision all through, as on the chip. */
export function powerFigures(driver: PulseDriver): PowerFigures {
  const f = Math.fround;
  const active = driver.amps === 0 ? 0 : f(driver.watts);
  const product = f(f(driver.volts) * f(driver.amps));
  const factor = active > 0 && product > 0 ? Math.min(1, f(active / product)) : 0;
  const apparent = Math.max(product, active);
  let reactive = 0;
  const difference = Math.floor((Math.trunc(f(apparent * 100)) - Math.trunc(f(active * 100))) / 10);
  // Only from 5 mA on and where active and apparent power differ by more than 1.5 VA or 1 %.
  if (driver.amps > 0.005 && (difference > 15 || difference > Math.trunc((apparent * 100) / 1000))) {
    reactive = f(roundedRoot(f(f(f(apparent * apparent) - f(active * active)) * 100)) / 10);
  }
  return { active, apparent, reactive, factor };
}

export interface EnergyReading {
  readonly driver: PulseDriver;
  readonly resolutions: Resolutions;
  readonly startTime: string;
  /** kWh. */
  readonly energy: { readonly total: number; readonly yesterday: number; readonly today: number };
  /** Wh in the last telemetry period; only in telemetry. */
  readonly period: number | undefined;
}

export function energyJson(reading: EnergyReading): string {
  const { driver, resolutions: digits, energy } = reading;
  const { active, apparent, reactive, factor } = powerFigures(driver);
  const kWh = (value: number): string => Math.fround(value).toFixed(digits.energy);
  const watts = (value: number): string => value.toFixed(digits.watts);
  const fields = [
    `"TotalStartTime":"${reading.startTime}"`,
    `"Total":${kWh(energy.total)}`,
    `"Yesterday":${kWh(energy.yesterday)}`,
    `"Today":${kWh(energy.today)}`,
  ];
  if (reading.period !== undefined) fields.push(`"Period":${watts(reading.period)}`);
  const { cf1, sel } = driver.pins;
  // Without CF1 neither voltage nor current is known, without SEL no current.
  const both = cf1 !== undefined && sel !== undefined;
  fields.push(`"Power":${watts(both ? active : driver.watts)}`);
  if (both) {
    fields.push(`"ApparentPower":${watts(apparent)}`, `"ReactivePower":${watts(reactive)}`);
    fields.push(`"Factor":${factor.toFixed(2)}`);
  }
  if (cf1 !== undefined) fields.push(`"Voltage":${driver.volts.toFixed(digits.volts)}`);
  if (both) fields.push(`"Current":${driver.amps.toFixed(digits.amps)}`);
  return `{${fields.join(",")}}`;
}
