/** A plug's meter as a calibration sees it, whatever firmware runs on the plug. Every write is read back. */
import type { MeterConstants } from "../../core/calibration/power-factor.ts";
import type { Resolutions } from "../../core/journal/calibration-record.ts";

export interface EnergyReading {
  /** V, A, W as shown by the plug. */
  readonly voltage: number;
  readonly current: number;
  readonly power: number;
  /** P / (U·I) as the firmware computes it, clamped to 1; undefined where it does not say. */
  readonly factor: number | undefined;
}

export interface PlugMeter {
  /** The finest resolutions that its readings can have. */
  readonly finest: Resolutions;
  /** Refuses what would make a calibration worthless, before a person is asked anything or the plug is changed. @throws not-measurable */
  refuseUnfit(signal?: AbortSignal): Promise<void>;
  read(signal?: AbortSignal): Promise<EnergyReading>;
  /** Ms after which all three quantities have been measured again, at such a reading with these constants. */
  refreshMs(reading: Pick<EnergyReading, "voltage" | "current">, constants: MeterConstants): number;
  readConstants(signal?: AbortSignal): Promise<MeterConstants>;
  /** Sets constants one by one and reads each back. @throws not-settled naming the constant that did not take. */
  writeConstants(constants: Partial<MeterConstants>, signal?: AbortSignal): Promise<void>;
  readResolutions(signal?: AbortSignal): Promise<Resolutions>;
  /** @throws not-settled */
  writeResolutions(wanted: Resolutions, signal?: AbortSignal): Promise<void>;
  relayIsOn(signal?: AbortSignal): Promise<boolean>;
  /** @throws not-settled */
  switchRelay(on: boolean, signal?: AbortSignal): Promise<void>;
}
