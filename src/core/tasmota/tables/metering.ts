/**
 * Constants of the HLW8012 and BL0937 energy driver. Facts only.
 * Source: Tasmota 15.2 tasmota/tasmota_xnrg_energy/xnrg_01_hlw8012.ino, tasmota/tasmota_xdrv_driver/xdrv_03_energy.ino
 * and tasmota/include/tasmota.h (HLW_PREF_PULSE, HLW_UREF_PULSE, HLW_IREF_PULSE).
 */

export interface MeteringModel {
  readonly chip: "HLW8012" | "BL0937";
  /** W = floor(powerRatio * PowerCal / period) / 10, period in µs; likewise V (/ 10) and A (/ 1000). */
  readonly powerRatio: number;
  readonly voltageRatio: number;
  readonly currentRatio: number;
}

export const HLW8012: MeteringModel = { chip: "HLW8012", powerRatio: 10000, voltageRatio: 2200, currentRatio: 4545 };
export const BL0937: MeteringModel = { chip: "BL0937", powerRatio: 1362, voltageRatio: 822, currentRatio: 3300 };

/** PowerCal, VoltageCal, CurrentCal of a blank device. */
export const DEFAULT_CALIBRATION = { power: 12530, voltage: 1950, current: 3500 } as const;

/** If PowerCal is one of these at boot all three constants are reset to their defaults. */
export const CALIBRATION_RESET_MARKS: readonly number[] = [0, 4975];

/** A *Cal or *Set argument of this much or less only reads. */
export const CALIBRATION_READ_MAX = 99;

/** Power is updated every tick that had pulses, ms. */
export const METERING_TICK_MS = 200;
/** No CF edge for this long: load off, 0 W. Ms. */
export const LOAD_OFF_MS = 10_000;
/** No edge at all for longer than this: voltage, current and power are 0. Ms. */
export const PULSE_WATCHDOG_MS = 4_000;
/** Ticks of CF1 after SEL was switched: settle first, then collect. */
export const CF1_SETTLE_TICKS = 3;
export const CF1_MAX_TICKS = 8;
export const CF1_MAX_SAMPLES = 10;
