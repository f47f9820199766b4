/**
 * The doctor's visit: listens and calls repeatedly, reports what it hears and what it means, and once somebody answers
 * says who it is. Reads only: no stub is uploaded and the flash is not touched.
 */
import { supplyNote } from "../../core/doctor/adapters.ts";
import { isPlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import { type Answering, ChipLink, isTransient } from "../link/chip-link.ts";
import { connect } from "../link/connect.ts";
import { FramePort } from "../link/frame-port.ts";
import { readCoreIdentity } from "../link/identify.ts";
import type { ByteLine, Clock, Files } from "../ports.ts";
import { recordedLine } from "../wires/recorded-line.ts";

export interface DiagnoseOptions {
  readonly line: ByteLine;
  readonly clock: Clock;
  /** What is heard is put on record here: anyone who hears a plug over wires has wires on it. */
  readonly files: Files;
  /** Root of the home. */
  readonly home: string;
  readonly events: EventSink;
  readonly signal?: AbortSignal;
  /** ms; undefined: until somebody answers. */
  readonly patienceMs?: number | undefined;
  /** Whether DTR and RTS may be used to reset the chip into download mode. */
  readonly resetWires: boolean;
}

export interface Diagnosed {
  readonly answering: Answering;
  readonly variant: string;
  /** Station MAC, "c4:4f:33:…". */
  readonly mac: string;
  /** Ids of what was found on the way, in order. */
  readonly findings: readonly string[];
}

/** Errors: no-sync (patience over; the message says what was heard last), wrong-chip, aborted, port-*. */
export async function diagnose(options: DiagnoseOptions): Promise<Diagnosed> {
  const { line, clock, events, signal } = options;
  const findings: string[] = [];
  const port = new FramePort(recordedLine(line, options), clock, signal);
  const link = new ChipLink(port, (event) => {
    if (event.type === "hearing") findings.push(event.finding);
    events(event);
  });
  try {
    const note = supplyNote(line.identity);
    if (note !== undefined) events({ type: "notice", level: "warning", text: note });
    const began = clock.now();
    for (;;) {
      const spent = clock.now() - began;
      const patienceMs = options.patienceMs === undefined ? undefined : Math.max(0, options.patienceMs - spent);
      await connect(link, { patienceMs, resetWires: options.resetWires });
      try {
        const { variant, mac } = await readCoreIdentity(link);
        return { answering: link.answering, variant, mac, findings };
      } catch (error) {
        // Wires are being moved, the adapter is pulled again: that is what patience is for.
        if (!isPlugsmithError(error, "line-lost") && !isTransient(error)) throw error;
        events({ type: "retry", step: "connect", attempt: 1, reason: error.texts.message });
      }
    }
  } finally {
    port.close();
  }
}
