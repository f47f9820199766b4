/**
 * Tasmota's pulse driver for HLW8012 and BL0937: from pulse periods to watts, volts and amperes, in its 32-bit integer
 * arithmetic and at its 200 ms cadence. Source: tasmota_xnrg_energy/xnrg_01_hlw8012.ino.
 */
import {
  BL0937,
  CF1_MAX_SAMPLES,
  CF1_MAX_TICKS,
  CF1_SETTLE_TICKS,
  HLW8012,
  LOAD_OFF_MS,
  METERING_TICK_MS,
  type MeteringModel,
} from "../../../core/tasmota/tables/metering.ts";
import type { FirmwareMeter, FirmwarePins } from "../../board/firmware.ts";
import type { PinFunctions, Quantity } from "../contract.ts";

/** Template codes, tasmota_template.h: GPIO_NRG_SEL, SEL_INV, CF1, GPIO_HLW_CF, GPIO_HJL_CF. */
const CODE = { sel: 2592, selInverted: 2624, cf1: 2656, hlwCf: 2688, bl0937Cf: 2720 } as const;

/** Which pins the active template gives the driver; undefined where it has no CF. */
export interface DriverPins {
  readonly model: MeteringModel;
  readonly cf: number;
  readonly cf1: number | undefined;
  readonly sel: number | undefined;
  /** ui_flag: the slot that ends when SEL is driven to this level was the voltage's (HlwDrvInit: 0 for SEL_i). */
  readonly voltageEndsAt: 0 | 1;
}

export function driverPins(pins: PinFunctions): DriverPins | undefined {
  const bl0937 = pins.pinOf(CODE.bl0937Cf);
  const cf = bl0937 ?? pins.pinOf(CODE.hlwCf);
  if (cf === undefined) return undefined;
  const inverted = pins.pinOf(CODE.selInverted);
  return {
    model: bl0937 === undefined ? HLW8012 : BL0937,
    cf,
    cf1: pins.pinOf(CODE.cf1),
    sel: inverted ?? pins.pinOf(CODE.sel),
    voltageEndsAt: inverted === undefined ? 1 : 0,
  };
}

export type Calibration = Readonly<Record<Quantity, number>>;

const TICK_US: number = METERING_TICK_MS * 1000;
const TICKS_PER_SECOND: number = 1000 / METERING_TICK_MS;

function divide(dividend: number, divisor: number): number {
  return Math.floor((dividend >>> 0) / divisor);
}

/** What the interrupt handlers leave for the ticks, and what the ticks make of it. */
export class PulseDriver {
  readonly pins: DriverPins;
  /** 0.1 W, 0.1 V, 1 mA resolution. */
  watts = 0;
  volts = 0;
  amps = 0;
  /** Period in µs behind each value; 0 where there is none: then *Set has nothing to compute with. */
  readonly periods: Record<Quantity, number> = { power: 0, voltage: 0, current: 0 };
  readonly #meter: FirmwareMeter;
  readonly #gpio: FirmwarePins;
  /** CF: no edge seen for long, so the next one only starts a measurement. */
  #loadOff = true;
  #cfPeriod = 0;
  #ticksWithoutCf = 0;
  #powerRetry = 0;
  #secondPulses = 0;
  /** CF1 slot: ticks since SEL was switched, the part of a period run since the last edge or since then, pulses counted and summed. */
  #slotTicks = 0;
  #phase = 0;
  #slotPulses = 0;
  #slotSum = 0;
  /** µs since the last edge, whichever quantity it belonged to. */
  #sinceEdge = 0;
  /** select_ui_flag: the level SEL is driven to. */
  #selLevel: 0 | 1 = 0;
  #pulsesHeard = false;

  constructor(meter: FirmwareMeter, gpio: FirmwarePins, pins: DriverPins) {
    this.#meter = meter;
    this.#gpio = gpio;
    this.pins = pins;
    if (pins.sel !== undefined) gpio.output(pins.sel, this.#selLevel);
    meter.takeCfPulses();
  }

  /** Whether any pulse came since the last call. */
  takeSign(): boolean {
    const heard = this.#pulsesHeard;
    this.#pulsesHeard = false;
    return heard;
  }

  /** CF pulses counted since the last call (once a second). */
  takeSecondPulses(): number {
    const pulses = this.#secondPulses;
    this.#secondPulses = 0;
    return pulses;
  }

  /** No pulses at all for seconds: nothing measured is valid any more. */
  forget(): void {
    this.periods.power = 0;
    this.periods.voltage = 0;
    this.periods.current = 0;
  }

  tick(calibration: Calibration, powerOn: boolean): void {
    this.#power(calibration, powerOn);
    if (this.pins.cf1 !== undefined) this.#voltageAndCurrent(calibration, powerOn);
  }

  /** Pulses since the last tick, as the interrupt handler would have taken them. */
  #cfEdges(): number {
    const pulses = this.#meter.wiring.cf === this.pins.cf ? this.#meter.takeCfPulses() : 0;
    if (pulses === 0) return 0;
    this.#pulsesHeard = true;
    this.#ticksWithoutCf = 0;
    const measured = this.#loadOff ? pulses - 1 : pulses;
    this.#loadOff = false;
    if (measured > 0) this.#cfPeriod = Math.floor(this.#meter.cfPeriod());
    this.#secondPulses += measured;
    return measured;
  }

  #power(calibration: Calibration, powerOn: boolean): void {
    this.#ticksWithoutCf++;
    this.#cfEdges();
    if (this.#ticksWithoutCf > LOAD_OFF_MS / METERING_TICK_MS) {
      this.#cfPeriod = 0;
      this.#loadOff = true;
    }
    this.periods.power = this.#cfPeriod;
    if (this.periods.power > 0 && powerOn && !this.#loadOff) {
      this.watts = divide(this.pins.model.powerRatio * calibration.power, this.periods.power) / 10;
      this.#powerRetry = 1;
    } else if (this.#powerRetry > 0) this.#powerRetry--;
    else this.watts = 0;
  }

  #voltageAndCurrent(calibration: Calibration, powerOn: boolean): void {
    this.#cf1Edges();
    this.#slotTicks++;
    if (this.#slotTicks < CF1_MAX_TICKS) return;
    const period = this.#slotPulses > 0 ? Math.floor(this.#slotSum / this.#slotPulses) : 0;
    this.#slotTicks = 0;
    this.#phase = 0;
    this.#slotPulses = 0;
    this.#slotSum = 0;
    // SEL is switched before the flags are compared: what was collected belongs to the level before.
    this.#selLevel = this.#selLevel === 0 ? 1 : 0;
    if (this.pins.sel !== undefined) this.#gpio.output(this.pins.sel, this.#selLevel);
    const { voltageRatio, currentRatio } = this.pins.model;
    if (this.#selLevel === this.pins.voltageEndsAt) {
      this.periods.voltage = period;
      this.volts = period > 0 && powerOn ? divide(voltageRatio * calibration.voltage, period) / 10 : 0;
    } else {
      this.periods.current = period;
      this.amps = period > 0 && this.watts > 0 ? divide(currentRatio * calibration.current, period) / 1000 : 0;
    }
  }

  /**
   * Edges of CF1 in the tick that ends now. The chip counts from zero when SEL is switched, so the first edge comes one
   * period later. Only edges after the settling time are collected, no more than ten, each with the time since the edge before.
   */
  #cf1Edges(): void {
    const { wiring } = this.#meter;
    const level = wiring.sel === this.pins.sel ? this.#selLevel : 0;
    const period = wiring.cf1 === this.pins.cf1 ? this.#meter.cf1Period(level) : 0;
    const before = this.#phase;
    if (period > 0) this.#phase += TICK_US / period;
    const edges = Math.floor(this.#phase);
    if (edges === 0) {
      this.#sinceEdge += TICK_US;
      return;
    }
    this.#pulsesHeard = true;
    this.#phase -= edges;
    const length = this.#sinceEdge + (1 - before) * period;
    this.#sinceEdge = this.#phase * period;
    if (this.#slotTicks < CF1_SETTLE_TICKS || this.#slotTicks >= CF1_MAX_TICKS) return;
    const counted = Math.min(edges, CF1_MAX_SAMPLES - this.#slotPulses);
    this.#slotPulses += counted;
    this.#slotSum += length + (counted - 1) * period;
    if (this.#slotPulses === CF1_MAX_SAMPLES) this.#slotTicks = CF1_MAX_TICKS;
  }

  /** Energy of one second's pulses in 1e-5 Wh steps (HlwEverySecond). */
  energyOf(pulses: number, powerCalibration: number): number {
    if (pulses === 0) return 0;
    const length = Math.floor(1_000_000 / pulses);
    if (length === 0) return 0;
    const perHour = Math.floor(((this.pins.model.powerRatio * powerCalibration) >>> 0) / 36);
    return divide(perHour * 100, length);
  }
}

export { TICK_US, TICKS_PER_SECOND };
