/**
 * The BL0937's readings as Tasmota makes them, as far as a calibration has to know: every reading is an integer
 * division of a constant times a calibration value by a pulse period in whole microseconds, cut to a display step
 * (tasmota/tasmota_xnrg_energy/xnrg_01_hlw8012.ino, HlwEvery200ms and HlwSnsPower…).
 */

import { CF1_MAX_SAMPLES, CF1_MAX_TICKS, CF1_SETTLE_TICKS, METERING_TICK_MS } from "../tasmota/tables/metering.ts";
import { say, type Text } from "../text/text.ts";
import { rectangular } from "./uncertainty.ts";

export type MeterQuantity = "power" | "voltage" | "current";

export const METER_QUANTITIES: readonly MeterQuantity[] = ["voltage", "power", "current"];

/** As a word inside a sentence. */
export const QUANTITY_TEXTS: Readonly<Record<MeterQuantity, Text>> = {
  voltage: say`voltage`,
  power: say`power`,
  current: say`current`,
};

export interface MeterChannel {
  readonly command: "PowerCal" | "VoltageCal" | "CurrentCal";
  readonly unit: "W" | "V" | "A";
  /** HLW_PREF/UREF/IREF scaled for the BL0937 (xnrg_01_hlw8012.ino: HJL_PREF 1362, HJL_UREF 822, HJL_IREF 3300). */
  readonly ratio: number;
  /** HLW_PREF_PULSE 12530, HLW_UREF_PULSE 1950, HLW_IREF_PULSE 3500. */
  readonly defaultConstant: number;
  /** Smallest step of a reading, in the unit, before any display rounding. */
  readonly step: number;
}

export const BL0937: Readonly<Record<MeterQuantity, MeterChannel>> = {
  power: { command: "PowerCal", unit: "W", ratio: 1362, defaultConstant: 12530, step: 0.1 },
  voltage: { command: "VoltageCal", unit: "V", ratio: 822, defaultConstant: 1950, step: 0.1 },
  current: { command: "CurrentCal", unit: "A", ratio: 3300, defaultConstant: 3500, step: 0.001 },
};

/** Pulse period in µs behind a reading with the given constant. */
export function periodOf(channel: MeterChannel, constant: number, reading: number): number {
  return (channel.ratio * constant * channel.step) / reading;
}

/**
 * Ms in which voltage and current are each measured once. They take turns on one pin: after SEL is switched the driver
 * lets the chip settle, then averages ten pulses, and switches again when it has them or after 1.6 s (HlwEvery200ms,
 * HlwCf1Interrupt; the same since Sonoff-Tasmota 5). At 230 V that is 0.8 s for the voltage; the current takes 0.8 s
 * from 0.6 A on and 1.6 s at 0.1 A. Power is renewed every 200 ms.
 * @param reading V and A as the plug shows them with these constants; 0 is taken for no pulses.
 */
export function refreshMs(
  reading: Readonly<Record<"voltage" | "current", number>>,
  constants: Readonly<Record<"voltage" | "current", number>>,
): number {
  return slotMs("voltage", reading.voltage, constants.voltage) + slotMs("current", reading.current, constants.current);
}

function slotMs(quantity: "voltage" | "current", reading: number, constant: number): number {
  const ticks =
    reading > 0
      ? CF1_SETTLE_TICKS +
        Math.ceil((CF1_MAX_SAMPLES * periodOf(BL0937[quantity], constant, reading)) / (METERING_TICK_MS * 1000))
      : CF1_MAX_TICKS;
  return Math.min(ticks, CF1_MAX_TICKS) * METERING_TICK_MS;
}

/** What truncation hides: the reading lies up to one step below the true quotient, whose period is cut to whole µs. */
export interface StepEffect {
  /** To be added to a mean of readings: half a step, the middle of what truncation can have cut off. */
  readonly correction: number;
  /** Standard uncertainty left after the correction, absolute. */
  readonly u: number;
}

/**
 * @param deviation scatter of the readings: when they scatter over several steps, the steps average out and only the
 *   mean cut remains; when they stand still, anything within the step is possible (GUM F.2.2.1).
 */
export function stepEffect(
  channel: MeterChannel,
  constant: number,
  reading: number,
  deviation: number,
  count: number,
): StepEffect {
  // One µs of period is this much of the reading.
  const periodStep = reading / periodOf(channel, constant, reading);
  // The driver averages periods by integer division, so on average half a µs is cut off the period too, which raises
  // the reading by half a period step.
  const correction = channel.step / 2 - periodStep / 2;
  const cell = Math.hypot(channel.step, periodStep);
  const dithered = Math.min(1, (3 * deviation) / cell);
  const still = rectangular(cell / 2);
  return { correction, u: still * (1 - dithered * (1 - 1 / Math.sqrt(Math.max(1, count)))) };
}
