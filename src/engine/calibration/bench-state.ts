/** Puts a plug into the state in which it can be measured, and back, whatever happens in between. */

import type { EventSink } from "../../core/events.ts";
import type { BenchState } from "../../core/journal/calibration-record.ts";
import { say } from "../../core/text/text.ts";
import type { PlugMeter } from "../firmware-driver/meter.ts";

/** Where the state to be put back is kept, should this run be cut off. */
export interface BenchMemory {
  /** What a run that was cut off did not put back. */
  readonly left: BenchState | undefined;
  note(kind: "measuring" | "put-back", state: BenchState): Promise<void>;
}

export async function whileMeasurable<T>(
  meter: PlugMeter,
  events: EventSink,
  work: () => Promise<T>,
  signal?: AbortSignal,
  memory?: BenchMemory,
): Promise<T> {
  const before = memory?.left ?? {
    resolutions: await meter.readResolutions(signal),
    relayOn: await meter.relayIsOn(signal),
  };
  const { resolutions, relayOn: wasOn } = before;
  if (memory !== undefined && memory.left === undefined) await memory.note("measuring", before);
  const restore = async (): Promise<void> => {
    await meter.writeResolutions(resolutions);
    if (!wasOn) await meter.switchRelay(false);
    await memory?.note("put-back", before);
  };
  let result: T;
  try {
    await meter.writeResolutions(meter.finest, signal);
    if (!wasOn) await meter.switchRelay(true, signal);
    result = await work();
  } catch (error) {
    // The way back must neither hide the reason nor be stopped by the same signal.
    await restore().catch(() => {
      const { VoltRes, WattRes, AmpRes } = resolutions;
      const relay = wasOn ? "on" : "off";
      events({
        type: "notice",
        level: "warning",
        text: say`These settings of the plug could not be restored: VoltRes ${VoltRes}, WattRes ${WattRes}, AmpRes ${AmpRes}, relay ${relay}.`,
      });
    });
    throw error;
  }
  await restore();
  return result;
}
