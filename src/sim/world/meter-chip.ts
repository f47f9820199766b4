/**
 * A BL0937 metering chip as its pulse outputs show it: CF gives pulses proportional to active power, CF1 proportional
 * to voltage or current, as SEL chooses. Knows nothing of firmware.
 *
 * The nominal rates are those at which Tasmota's default calibration reads right (xnrg_01_hlw8012.ino: HJL_PREF 1362 x
 * HLW_PREF_PULSE 12530, HJL_UREF 822 x 1950, HJL_IREF 3300 x 3500; energy model 1). A real plug differs from them by the
 * tolerance of its shunt, divider and reference: the manufacturing error.
 */
import type { FirmwareMeter } from "../board/firmware.ts";
import type { SimClock } from "./clock.ts";
import type { Load } from "./load.ts";
import type { Mains } from "./mains.ts";
import { SeededRandom } from "./seeded-random.ts";

/** Nominal pulse rates in Hz per watt, volt and ampere. */
const CF_PER_WATT = 1e6 / (1362 * 12530 * 0.1);
const CF1_PER_VOLT = 1e6 / (822 * 1950 * 0.1);
const CF1_PER_AMP = 1e6 / (3300 * 3500 * 0.001);

/** Factors by which this plug's chip reads too much (> 1) or too little. */
export interface MeterError {
  readonly voltage: number;
  readonly current: number;
  readonly power: number;
}

/** A plausible error for a seed: within ±8 % each, power near the product of the other two as in one and the same chip. */
export function meterError(seed: number): MeterError {
  const random = new SeededRandom(seed).fork("meter-error");
  const voltage = random.between(0.92, 1.08);
  const current = random.between(0.92, 1.08);
  return { voltage, current, power: voltage * current * random.between(0.995, 1.005) };
}

export interface MeterChipOptions {
  readonly error?: MeterError;
  /**
   * SEL level at which CF1 shows the voltage, at the ESP's pin. Default 1, as in the BL0937's data sheet (SEL high: RMS
   * voltage, low: RMS current), whose pin the EP2's GPIO12 reaches directly. 0: a board with an inverter between the two.
   */
  readonly voltageAtSel?: 0 | 1;
  /** Where the voltage divider hangs. The EP2's sits behind the relay: no voltage while it is off. Default "load". */
  readonly divider?: "load" | "mains";
  /** GPIOs of CF, CF1 and SEL. Default the EP2's. */
  readonly wiring?: FirmwareMeter["wiring"];
}

/** Source: the EP2's published template (HLWBL CF1 on GPIO4, BL0937 CF on GPIO5, HLWBL SEL_i on GPIO12). */
const EP2_WIRING = { cf: 5, cf1: 4, sel: 12 } as const;

export class MeterChip implements FirmwareMeter {
  readonly wiring: FirmwareMeter["wiring"];
  readonly #clock: SimClock;
  readonly #mains: Mains;
  readonly #load: Load;
  readonly #relayClosed: () => boolean;
  readonly #error: MeterError;
  readonly #voltageAtSel: 0 | 1;
  readonly #divider: "load" | "mains";
  #countedTo: number;
  #pulses = 0;

  constructor(clock: SimClock, mains: Mains, load: Load, relayClosed: () => boolean, options: MeterChipOptions = {}) {
    this.#clock = clock;
    this.#mains = mains;
    this.#load = load;
    this.#relayClosed = relayClosed;
    this.#error = options.error ?? { voltage: 1, current: 1, power: 1 };
    this.#voltageAtSel = options.voltageAtSel ?? 1;
    this.#divider = options.divider ?? "load";
    this.wiring = options.wiring ?? EP2_WIRING;
    this.#countedTo = clock.now;
    this.watch(() => this.settle());
  }

  watch(beforeChange: () => void): void {
    this.#mains.watch(beforeChange);
    this.#load.watch(beforeChange);
  }

  /** Counts the pulses up to now. To be called just before the relay moves. */
  settle(): void {
    const period = this.cfPeriod();
    if (period > 0) this.#pulses += (this.#clock.now - this.#countedTo) / period;
    this.#countedTo = this.#clock.now;
  }

  cfPeriod(): number {
    const rate = this.#load.draw(this.#loadVoltage()).watts * CF_PER_WATT * this.#error.power;
    return rate > 0 ? 1e6 / rate : 0;
  }

  cf1Period(sel: 0 | 1): number {
    const rate = sel === this.#voltageAtSel ? this.#voltageRate() : this.#currentRate();
    return rate > 0 ? 1e6 / rate : 0;
  }

  takeCfPulses(): number {
    this.settle();
    const whole = Math.floor(this.#pulses);
    this.#pulses -= whole;
    return whole;
  }

  #loadVoltage(): number {
    return this.#relayClosed() ? this.#mains.voltage : 0;
  }

  #voltageRate(): number {
    const volts = this.#divider === "mains" ? this.#mains.voltage : this.#loadVoltage();
    return volts * CF1_PER_VOLT * this.#error.voltage;
  }

  #currentRate(): number {
    return this.#load.draw(this.#loadVoltage()).amps * CF1_PER_AMP * this.#error.current;
  }
}
