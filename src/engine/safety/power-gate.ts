/**
 * The gate of work on a plug that has its power already and that this run takes through no closing list: nobody is asked
 * for mains here, and nobody works on a plug that has mains and wires at once.
 *
 * A plug without wires on record, and without a serial line in this run, is taken as what it is for its person: in use,
 * wherever its Tasmota came from. Nothing is asked of them.
 */
import { foldConversion, wiresEntry } from "../../core/conversion/state.ts";
import { plugFolder } from "../home/folders.ts";
import { readJournal } from "../home/journal.ts";
import { openPlugJournal } from "../home/plug-journal.ts";
import type { ByteLine, Clock, Files, Operator } from "../ports.ts";
import { recordedLine } from "../wires/recorded-line.ts";
import { requireUnplugged } from "./unplugged.ts";
import { wiresOnRecord } from "./wire-contacts.ts";

export interface PowerGatePorts {
  readonly files: Files;
  /** Root of the home. */
  readonly home: string;
  readonly operator: Operator;
  readonly clock: Clock;
  /** The wires of this run; without it only the plug's records show wires. */
  readonly line?: ByteLine | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Wires of this run are put on record. Where wires and mains might meet, the person has to say that the plug is out of its
 * socket: with wires on record and none in this run, and with wires on a plug whose record says closed.
 * @param plug 12 lower-case hex digits. @throws unsafe, aborted, needs-input, locked, record-newer, file-*
 */
export async function requireSafePower(ports: PowerGatePorts, plug: string, step: string): Promise<void> {
  const { files, home, operator, clock, line, signal } = ports;
  const closedBefore = foldConversion(await readJournal(files, plugFolder(home, plug))).finished.has("close-case");
  const wires = await wiresOnRecord(ports, plug);
  if (line !== undefined && wires === undefined) {
    const journal = await openPlugJournal(files, home, plug);
    try {
      await journal.append(wiresEntry(clock.wallTime(), undefined));
    } finally {
      await journal.close();
    }
  }
  const reopened = line !== undefined && recordedLine(line, ports).reopened.has(plug);
  const doubtful = line === undefined ? wires !== undefined : closedBefore || reopened;
  if (doubtful) await requireUnplugged(operator, step, signal, wires);
}
