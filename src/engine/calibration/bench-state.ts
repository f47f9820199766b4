/** Puts a plug into the state in which it can be measured, and back, whatever happens in between. */

import { PlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import type { BenchState } from "../../core/journal/calibration-record.ts";
import { say } from "../../core/text/text.ts";
import type { PlugMeter } from "../firmware-driver/meter.ts";
import type { Operator } from "../ports.ts";

/**
 * Asked before any measurement at mains. A reading typed in is worth nothing if taking it hurts somebody.
 * @throws PlugsmithError unsafe
 */
export async function mainsGate(operator: Operator, instrument: boolean, signal?: AbortSignal): Promise<void> {
  const answer = await operator.choose(
    {
      id: "mains-measurement",
      text: instrument
        ? say`The plug is closed and glued, no wire leaves it, and the instrument is rated for mains (CAT II 300 V or better) and has undamaged leads. Measure at a measuring adapter or read a power meter's display; never push bare probes into a live socket.`
        : say`The plugs are closed and glued, no wire leaves them, and the load stands where it may get hot.`,
      options: [
        { id: "ready", text: say`Yes, all of this is true` },
        { id: "stop", text: say`Not yet` },
      ],
    },
    signal,
  );
  if (answer === "ready") return;
  throw new PlugsmithError("unsafe", {
    message: say`The conditions for measuring at mains are not met.`,
    step: "calibrate",
    plugState: say`untouched`,
    nextStep: say`Close the case, use an instrument that is rated for mains with a measuring adapter, then calibrate again.`,
  });
}

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
