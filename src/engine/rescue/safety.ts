/** The gates of a rescue: mains and wires never meet, whatever a person sees or hopes. */
import { foldConversion, type Wires } from "../../core/conversion/state.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { JOURNAL_ENTRY_VERSION } from "../../core/journal/version.ts";
import { isOverNetwork, lineLostRemedy } from "../../core/line-lost.ts";
import { joined, say } from "../../core/text/text.ts";
import { lastContact } from "../home/contacts.ts";
import { plugFolder } from "../home/folders.ts";
import { readJournal } from "../home/journal.ts";
import { type ConversionLog, openConversionLog } from "../jobs/conversion-log.ts";
import { appearsWithin } from "../jobs/operator-actions.ts";
import type { ByteLine } from "../ports.ts";
import { openAndWire } from "../safety/before-power.ts";
import { type ClosedCase, closingOnRecord } from "../safety/closed-case.ts";
import { type ClosingJournal, closeOnRecord } from "../safety/closing-record.ts";
import { hasStayedClosed } from "../safety/mains.ts";
import { requireUnplugged } from "../safety/unplugged.ts";
import { wiresOnRecord } from "../safety/wire-contacts.ts";
import type { RescueOptions, RescuePorts } from "./contract.ts";

/** Before anything goes over the wires; wires that are not on record are put on first. Errors: unsafe, aborted, needs-input. */
export async function requireAwayFromMains(
  ports: RescuePorts,
  { guide, texts }: RescueOptions,
  attachedBefore: boolean,
): Promise<void> {
  const { operator, line, signal } = ports;
  await requireUnplugged(operator, "look", signal);
  if (!attachedBefore) await openAndWire(guide, texts, operator, signal);
  if (line !== undefined && !line.present) await plugIn(line, ports);
}

/** An adapter is there some seconds after it was plugged in, ms. */
const ADAPTER_MS = 30_000;

async function plugIn(line: ByteLine, { operator, clock, signal }: RescuePorts): Promise<void> {
  await operator.act(
    { id: "plug-adapter", text: say`Plug the USB adapter into the computer: it supplies the plug with power.` },
    signal,
  );
  if (await appearsWithin(line, clock, ADAPTER_MS, signal)) return;
  const { path } = line.identity;
  throw new PlugsmithError("line-lost", {
    message: isOverNetwork(path) ? say`There is no connection to ${path}.` : say`The USB adapter is not connected.`,
    step: "look",
    plugState: say`untouched`,
    nextStep: joined([lineLostRemedy(path), say`Then run rescue again.`]),
    context: { port: path },
  });
}

/** Before anybody is asked to give the plug mains. Errors: unsafe, aborted, needs-input. */
export async function requireClosedCase(
  ports: RescuePorts,
  options: RescueOptions,
  plug: string | undefined,
): Promise<void> {
  const { files, home, operator, signal } = ports;
  const wires = plug === undefined ? undefined : await wiresOnRecord(ports, plug);
  const { finished } = foldConversion(plug === undefined ? [] : await readJournal(files, plugFolder(home, plug)));
  const closing = closingOnRecord(finished.get("close-case")?.data);
  if (wires === undefined) {
    const closed = closing === undefined ? await neverOpened(ports) : await hasStayedClosed(closing, operator, signal);
    if (closed) return;
  }
  if (plug !== undefined) {
    await closeAndRecord(ports, options, plug, wires);
    return;
  }
  throw new PlugsmithError("unsafe", {
    message: say`The case is open, and plugsmith does not know which plug it is. The plug must not be connected to mains.`,
    step: "close-case",
    plugState: say`untouched`,
    nextStep: say`Run rescue again with --plug and the plug's MAC address. It guides you through the closing list.`,
  });
}

async function neverOpened({ operator, signal }: RescuePorts): Promise<boolean> {
  const answer = await operator.choose(
    {
      id: "case-closed",
      text: say`There is no record that this plug was ever open. Is its case closed as it was delivered, with no wire on the board?`,
      options: [
        { id: "yes", text: say`Yes` },
        { id: "no", text: say`No, or I am not sure` },
      ],
    },
    signal,
  );
  return answer === "yes";
}

export async function wiresAttached({ files, home }: RescuePorts, plug: string | undefined): Promise<boolean> {
  if (plug === undefined) return false;
  return foldConversion(await readJournal(files, plugFolder(home, plug))).wiresAttached;
}

/** On record before anything else happens: only the closing list takes it off again. */
export async function recordWires(ports: RescuePorts, plug: string): Promise<void> {
  if (await wiresAttached(ports, plug)) return;
  await onRecord(ports, plug, (log) => log.note({ type: "wires-attached", version: JOURNAL_ENTRY_VERSION }));
}

/** Goes through the closing list and puts it on record. Errors: unsafe, aborted, needs-input. */
export async function closeAndRecord(
  ports: RescuePorts,
  { guide, texts }: RescueOptions,
  plug: string,
  wires?: Wires,
): Promise<ClosedCase> {
  const { files, home, operator, clock, signal } = ports;
  const journal: ClosingJournal = {
    soFar: async () => {
      await wiresOnRecord(ports, plug);
      return foldConversion(await readJournal(files, plugFolder(home, plug))).closing;
    },
    append: (entry) => onRecord(ports, plug, (log) => log.note(entry)),
    lastContact: () => lastContact(files, home),
  };
  const proof = await closeOnRecord({ guide, texts, operator, clock, signal }, journal, wires);
  await onRecord(ports, plug, (log) => log.finish("close-case", { ...proof.record }));
  return proof;
}

/** With the plug's journal open. */
export async function onRecord(
  { files, home, clock }: RescuePorts,
  plug: string,
  write: (log: ConversionLog) => Promise<void>,
): Promise<void> {
  const log = await openConversionLog(files, home, plug, clock);
  try {
    await write(log);
  } finally {
    await log.close();
  }
}
