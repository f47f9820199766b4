/** The gates of a rescue: mains and wires never meet, whatever a person sees or hopes. */
import { CONVERSION_ENTRY_VERSION, foldConversion } from "../../core/conversion/state.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { plugFolder } from "../home/folders.ts";
import { readJournal } from "../home/journal.ts";
import { openPlugJournal } from "../home/plug-journal.ts";
import { checkBeforePower, closeCase } from "../jobs/safety.ts";
import type { RescueOrder, RescuePorts } from "./contract.ts";

const now = ({ clock }: RescuePorts): string => new Date(clock.wallTime()).toISOString();

/** Before anything goes over the wires. Errors: unsafe, aborted, needs-input. */
export async function requireAwayFromMains(
  { operator, signal }: RescuePorts,
  { guide, texts }: RescueOrder,
  attachedBefore: boolean,
): Promise<void> {
  const answer = await operator.choose(
    {
      id: "away-from-mains",
      text: "Wires and mains never meet. Is the plug out of its socket?",
      options: [
        { id: "yes", text: "Yes, it is out of its socket and stays out" },
        { id: "no", text: "No" },
      ],
    },
    signal,
  );
  if (answer !== "yes") {
    throw new PlugsmithError("unsafe", {
      message: "The plug is not known to be out of its socket: nothing is done over its wires.",
      step: "look",
      plugState: "untouched",
      nextStep: "Do not touch the wires. Switch the mains off first, take the plug out, then run rescue again.",
    });
  }
  if (!attachedBefore) await checkBeforePower(guide, texts, operator, signal);
}

export async function wiresAttached({ files, home }: RescuePorts, plug: string | undefined): Promise<boolean> {
  if (plug === undefined) return false;
  return foldConversion(await readJournal(files, plugFolder(home, plug))).wiresAttached;
}

/** On record before anything else happens: only the closing list takes it off again. */
export async function recordWires(ports: RescuePorts, plug: string): Promise<void> {
  if (await wiresAttached(ports, plug)) return;
  await append(ports, plug, { type: "wires-attached", at: now(ports), version: CONVERSION_ENTRY_VERSION });
}

/** Goes through the closing list and puts it on record. Errors: unsafe, aborted, needs-input. */
export async function closeAndRecord(ports: RescuePorts, { guide, texts }: RescueOrder, plug: string): Promise<void> {
  const proof = await closeCase(guide, texts, ports.operator, now(ports), ports.signal);
  await append(ports, plug, {
    type: "conversion-step",
    at: now(ports),
    version: CONVERSION_ENTRY_VERSION,
    step: "close the case",
    data: { ...proof },
  });
}

export async function append(
  { files, home }: RescuePorts,
  plug: string,
  entry: { readonly type: string; readonly at: string; readonly [field: string]: unknown },
): Promise<void> {
  const journal = await openPlugJournal(files, home, plug);
  try {
    await journal.append(entry);
  } finally {
    await journal.close();
  }
}
