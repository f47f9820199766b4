/**
 * Whether a plug's record that its case is closed still holds, given what was heard on serial wires since. Every gate
 * before mains asks here first; afterwards the plug's journal holds the wires, or the person's word that there
 * were none.
 */
import { foldConversion, type Wires, wiresEntry } from "../../core/conversion/state.ts";
import type { JournalEntry } from "../../core/journal/entries.ts";
import { entriesOf, type StoredEntry } from "../../core/journal/stored-entry.ts";
import { JOURNAL_ENTRY_VERSION } from "../../core/journal/version.ts";
import { joined, say, type Text } from "../../core/text/text.ts";
import { readContacts, type WireContact } from "../home/contacts.ts";
import { plugFolder } from "../home/folders.ts";
import { readJournal } from "../home/journal.ts";
import { openPlugJournal } from "../home/plug-journal.ts";
import { seenPlug } from "../home/plug-records.ts";
import type { Clock, Files, Operator } from "../ports.ts";

export interface ProofPorts {
  readonly files: Files;
  /** Root of the home. */
  readonly home: string;
  readonly operator: Operator;
  readonly clock: Pick<Clock, "wallTime">;
  readonly signal?: AbortSignal | undefined;
}

/** The plug's journal, open in this run. */
export interface ProofJournal {
  readonly entries: readonly StoredEntry[];
  append(entry: JournalEntry): Promise<void>;
}

/** More are counted only. */
const NAMED = 3;

/**
 * Puts wires on record where something was heard on a wire since the closing list: this plug; or something that did not
 * say who it is, over an adapter that this plug was heard over before, or that the person says was this plug. Asks
 * once: a no is kept. @param plug 12 lower-case hex digits. Errors: aborted, needs-input, disk-full, file-*.
 */
export async function settleContacts(ports: ProofPorts, plug: string, journal: ProofJournal): Promise<void> {
  const { files, home, operator, clock, signal } = ports;
  const { finished, closing: unfinished } = foldConversion(journal.entries);
  const closing = finished.get("close-case")?.data ?? unfinished;
  if (closing === undefined) return;
  const contacts = await readContacts(files, home);
  const since = after(contacts, closing.contacts);
  const put = (where: string): Promise<void> => journal.append(wiresEntry(clock.wallTime(), where));
  const own = since.find((contact) => contact.missing && contact.plug === plug);
  if (own !== undefined) return await put(own.where);

  const open = await unanswered(ports, plug, journal, since);
  const [first] = open;
  if (first === undefined) return;
  const adapters = new Set(contacts.filter((contact) => contact.plug === plug).map(({ adapter }) => adapter));
  const same = open.find(({ adapter }) => adapters.has(adapter));
  if (same !== undefined) return await put(`${same.where}, something that did not say who it is`);

  const answer = await operator.choose(
    {
      id: "was-it-this-plug",
      text: say`Since this plug (${plug}) was closed, serial wires were used on a plug that did not identify itself: ${named(open)}. Was it this plug?`,
      options: [
        { id: "yes", text: say`Yes, or I am not sure` },
        { id: "no", text: say`No, it was a different one` },
      ],
    },
    signal,
  );
  if (answer !== "no") return await put(`${first.where}, by your word`);
  const upTo = open.at(-1)!.number;
  await journal.append({
    type: "wire-contacts-denied",
    at: new Date(clock.wallTime()).toISOString(),
    version: JOURNAL_ENTRY_VERSION,
    upTo,
  });
}

/**
 * @param mark number of the last contact before the closing list. Without one the list is from before contacts were
 * kept; a mark beyond the last contact is from a record that is gone. Then all of them count.
 */
function after(contacts: readonly WireContact[], mark: number | undefined): readonly WireContact[] {
  const last = contacts.at(-1)?.number ?? 0;
  return mark !== undefined && mark <= last ? contacts.filter(({ number }) => number > mark) : contacts;
}

/** Those that may have been this plug: never identified, not denied before, and not heard of in the network since. */
async function unanswered(
  { files, home }: ProofPorts,
  plug: string,
  { entries }: ProofJournal,
  since: readonly WireContact[],
): Promise<readonly WireContact[]> {
  const denied = entriesOf(entries, "wire-contacts-denied").map(({ upTo }) => upTo);
  const seen = (await seenPlug({ files, path: home }, plug))?.contacts ?? 0;
  const last = since.at(-1)?.number ?? 0;
  const settled = Math.max(0, ...[seen, ...denied].filter((mark) => mark <= last));
  return since.filter((contact) => contact.plug === undefined && contact.number > settled);
}

function named(contacts: readonly WireContact[]): Text {
  const words = contacts
    .slice(-NAMED)
    .map(({ at, where }) => say`${at.slice(0, 10)} at ${at.slice(11, 16)} UTC over the ${where}`);
  const more = contacts.length - words.length;
  return joined([...words, ...(more > 0 ? [say`and ${more} earlier`] : [])], "; ");
}

/** The plug's wires, after its contacts were settled; its journal is not open in this run. Errors: also locked. */
export async function wiresOnRecord(ports: ProofPorts, plug: string): Promise<Wires | undefined> {
  const { files, home } = ports;
  const folder = plugFolder(home, plug);
  const entries = await readJournal(files, folder);
  await settleContacts(ports, plug, {
    entries,
    append: async (entry) => {
      const journal = await openPlugJournal(files, home, plug);
      try {
        await journal.append(entry);
      } finally {
        await journal.close();
      }
    },
  });
  return foldConversion(await readJournal(files, folder)).wires;
}
