/**
 * The driver against its source alone: the chip here is two numbers, one for each level of SEL.
 * Source: Tasmota 15.2 tasmota_xnrg_energy/xnrg_01_hlw8012.ino (HlwDrvInit: ui_flag; HlwEvery200ms: SEL is toggled
 * first, select_ui_flag compared with ui_flag after).
 */
import { expect, it } from "vitest";
import type { FirmwareMeter } from "../../board/firmware.ts";
import { driverPins, PulseDriver } from "./pulse-driver.ts";

const CF = 5;
const CF1 = 4;
const SEL = 12;
/** GPIO_NRG_SEL, GPIO_NRG_SEL_INV, GPIO_NRG_CF1, GPIO_HJL_CF of tasmota_template.h. */
const CODES = { sel: 2592, selInverted: 2624, cf1: 2656, hjlCf: 2720 };
const CALIBRATION = { power: 12530, voltage: 1950, current: 3500 };
/** Periods on CF1, µs: HJL_UREF 822 x 1950 / 700 is 228.9 V, HJL_IREF 3300 x 3500 / 20000 is 0.577 A. */
const VOLTAGE_PERIOD = 700;
const CURRENT_PERIOD = 20_000;
const TICKS_OF_TWO_SLOTS = 20;

function run(code: number, cf1: Readonly<Record<0 | 1, number>>) {
  const codes = new Map([
    [CODES.hjlCf, CF],
    [CODES.cf1, CF1],
    [code, SEL],
  ]);
  const pins = driverPins({ at: () => 0, pinOf: (wanted) => codes.get(wanted), isFree: () => false })!;
  let level: 0 | 1 | undefined;
  const meter: FirmwareMeter = {
    wiring: { cf: CF, cf1: CF1, sel: SEL },
    cfPeriod: () => 20_000,
    cf1Period: (sel) => {
      expect(sel, "the pin stands where the pulses are asked for").toBe(level);
      return cf1[sel];
    },
    takeCfPulses: () => 10,
  };
  const driver = new PulseDriver(
    meter,
    {
      output: (gpio, driven) => {
        if (gpio === SEL) level = driven;
      },
      release: () => {},
      level: () => 0,
      onChange: () => {},
    },
    pins,
  );
  for (let tick = 0; tick < TICKS_OF_TWO_SLOTS; tick++) driver.tick(CALIBRATION, true);
  return { volts: driver.volts, amps: driver.amps };
}

const RIGHT = { volts: 228.9, amps: 0.577 };

it("takes what comes while SEL is high for the voltage where the template says SEL_i", () => {
  expect(run(CODES.selInverted, { 0: CURRENT_PERIOD, 1: VOLTAGE_PERIOD })).toEqual(RIGHT);
});

it("takes what comes while SEL is low for the voltage where the template says SEL", () => {
  expect(run(CODES.sel, { 0: VOLTAGE_PERIOD, 1: CURRENT_PERIOD })).toEqual(RIGHT);
});

it("reads 8 V and 16.5 A where the template has the wrong one of the two", () => {
  // 822 x 1950 / 20000 and 3300 x 3500 / 700, each floored at its last digit.
  const swapped = { volts: 8, amps: 16.5 };
  expect(run(CODES.selInverted, { 0: VOLTAGE_PERIOD, 1: CURRENT_PERIOD })).toEqual(swapped);
  expect(run(CODES.sel, { 0: CURRENT_PERIOD, 1: VOLTAGE_PERIOD })).toEqual(swapped);
});
