/** What every measurement of a meter begins with: a fit plug, a safe bench, and readings of a load that is on. */

import type { MeterConstants } from "../../core/calibration/power-factor.ts";
import { wiresWords } from "../../core/conversion/state.ts";
import { PlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import { CALIBRATION_RECORD_VERSION } from "../../core/journal/version.ts";
import { say } from "../../core/text/text.ts";
import type { PlugMeter } from "../firmware-driver/meter.ts";
import type { Clock, Operator, OperatorWork } from "../ports.ts";
import { mainsGate } from "../safety/mains-measurement.ts";
import { sleep } from "../time.ts";
import { whileMeasurable } from "./bench-state.ts";
import { type CalibrationRecords, unfinishedMeasurement } from "./records.ts";
import { createSampler, type Sampler } from "./sampler.ts";

export interface CalibrationParts {
  readonly clock: Clock;
  readonly meter: PlugMeter;
  readonly operator: Operator;
  readonly events: EventSink;
  readonly records: CalibrationRecords;
  readonly signal?: AbortSignal | undefined;
  /** The gate before the measurement was passed already, at this plug and in this run. */
  readonly mainsConfirmed?: boolean | undefined;
  /** How the load gets into the plug, where it is not in yet: asked together with the first reading. */
  readonly loadIn?: OperatorWork | undefined;
}

/** How long a load may take to be switched on, and to warm up. */
export const STEADY_LIMIT_MS: number = 10 * 60_000;

/**
 * Until a plug that loses its power would still know a change: SaveData is 1 s by default and saves at the same quarter of
 * each second (Every250mSeconds in support_tasmota.ino); writing and a late loop on top.
 */
const KEPT_MS = 1500;

/**
 * Runs `work` once the load is on, with the constants in force. Resolutions and relay are put back afterwards.
 * @param instrument a person reads an instrument at mains, which the gate asks about.
 * @throws not-measurable, unsafe, and what `work` throws.
 */
export async function underSteadyLoad<T>(
  parts: CalibrationParts,
  instrument: boolean,
  work: (sampler: Sampler, constants: MeterConstants) => Promise<T>,
): Promise<T> {
  const { meter, operator, events, clock, records, signal } = parts;
  await refuseWired(parts);
  await meter.refuseUnfit(signal);
  const constants = await meter.readConstants(signal);
  if (parts.mainsConfirmed !== true) await mainsGate(operator, instrument, signal);
  return whileMeasurable(
    meter,
    events,
    async () => {
      const sampler = createSampler({
        clock,
        events,
        read: (during) => meter.read(during),
        refreshMs: (reading) => meter.refreshMs(reading, constants),
        signal,
      });
      if (parts.loadIn === undefined) await sampler.untilOn(STEADY_LIMIT_MS);
      return work(sampler, constants);
    },
    signal,
    {
      left: unfinishedMeasurement(await records.all()),
      note: async (kind, state) => {
        if (kind === "put-back") await sleep(clock, KEPT_MS);
        await records.append({
          version: CALIBRATION_RECORD_VERSION,
          kind,
          at: new Date(clock.wallTime()).toISOString(),
          resolutions: state.resolutions,
          relayOn: state.relayOn,
        });
      },
    },
  );
}

/**
 * Measuring is done at mains, and the journal weighs more than what a person says in a hurry.
 * @throws unsafe
 */
export async function refuseWired(
  { records, operator, clock, signal }: CalibrationParts,
  name?: string,
): Promise<void> {
  const wires = await records.wires?.({ operator, clock, signal });
  if (wires === undefined) return;
  throw new PlugsmithError("unsafe", {
    message: wiresWords(wires, name),
    step: "calibrate",
    plugState: say`untouched; the case is not proven closed, so keep it away from mains`,
    nextStep: say`Take the plug out of its socket. Go through the closing list with \`plugsmith close\`, then calibrate.`,
  });
}
