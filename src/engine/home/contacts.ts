/**
 * Every time something was heard on a serial wire, with the adapter and, once it is known, the plug. One journal for the
 * whole home, because at the first byte nobody knows which plug it is. The numbers give the order: clocks jump.
 */
import { isPlugsmithError } from "../../core/errors.ts";
import { entriesOf } from "../../core/journal/stored-entry.ts";
import { JOURNAL_ENTRY_VERSION } from "../../core/journal/version.ts";
import type { AdapterIdentity, Clock, Files } from "../ports.ts";
import { sleep } from "../time.ts";
import { adapterKey } from "./adapters.ts";
import { type Journal, readJournal } from "./journal.ts";
import { openLockedJournal } from "./plug-journal.ts";

export interface WireRecords {
  readonly files: Files;
  /** Root of the home. */
  readonly home: string;
  readonly clock: Clock;
}

export interface WireContact {
  /** 1, 2, 3 … in the order in which they were heard. */
  readonly number: number;
  /** UTC, ISO 8601. */
  readonly at: string;
  /** See adapterKey. */
  readonly adapter: string;
  /** For people: "FTDI FT232R at /dev/ttyUSB0". */
  readonly where: string;
  /** 12 lower-case hex digits; undefined where it was never identified. */
  readonly plug: string | undefined;
  /** Another run had that plug's journal open: it knows nothing of this contact. */
  readonly missing: boolean;
}

/** Two runs rarely hear their first byte at once, and an entry takes milliseconds. */
const TURN_MS = 25;
const TURNS = 200;

const folderOf = (home: string): string => `${home}/contacts`;

/** "FTDI FT232R at /dev/ttyUSB0" */
export function adapterWords({ label, path }: AdapterIdentity): string {
  return `${label} at ${path}`;
}

/** All contacts of this home, oldest first. Errors: file-corrupt, record-newer, file-*. */
export async function readContacts(files: Files, home: string): Promise<readonly WireContact[]> {
  return contactsOf(await readJournal(files, folderOf(home)));
}

/** 0 where there was none yet. */
export async function lastContact(files: Files, home: string): Promise<number> {
  return (await readContacts(files, home)).at(-1)?.number ?? 0;
}

/** Resolves to the contact's number once it is on the medium. Errors: locked, disk-full, file-*. */
export function noteContact(records: WireRecords, adapter: AdapterIdentity): Promise<number> {
  return inTurn(records, async (journal) => {
    const contact = (contactsOf(journal.entries).at(-1)?.number ?? 0) + 1;
    await journal.append({
      type: "wire-contact",
      at: now(records.clock),
      version: JOURNAL_ENTRY_VERSION,
      contact,
      adapter: adapterKey(adapter),
      where: adapterWords(adapter),
    });
    return contact;
  });
}

/**
 * Resolves once it is on the medium.
 * @param plug 12 lower-case hex digits. @param missing see WireContact. Errors: locked, disk-full, file-*.
 */
export function noteIdentified(records: WireRecords, contact: number, plug: string, missing: boolean): Promise<void> {
  return inTurn(records, (journal) =>
    journal.append({
      type: "wire-contact-identified",
      at: now(records.clock),
      version: JOURNAL_ENTRY_VERSION,
      contact,
      plug,
      missing,
    }),
  );
}

const now = (clock: Clock): string => new Date(clock.wallTime()).toISOString();

function contactsOf(entries: Journal["entries"]): readonly WireContact[] {
  const plugs = new Map<number, Pick<WireContact, "plug" | "missing">>();
  for (const { contact, plug, missing } of entriesOf(entries, "wire-contact-identified")) {
    plugs.set(contact, { plug, missing: missing === true });
  }
  const nobody = { plug: undefined, missing: false };
  return entriesOf(entries, "wire-contact").map(({ at, contact, adapter, where }) => ({
    number: contact,
    at,
    adapter,
    where,
    ...(plugs.get(contact) ?? nobody),
  }));
}

async function inTurn<T>({ files, home, clock }: WireRecords, work: (journal: Journal) => Promise<T>): Promise<T> {
  for (let turn = 1; ; turn++) {
    let journal: Journal;
    try {
      journal = await openLockedJournal(files, home, folderOf(home));
    } catch (error) {
      if (!isPlugsmithError(error, "locked") || turn >= TURNS) throw error;
      await sleep(clock, TURN_MS);
      continue;
    }
    try {
      return await work(journal);
    } finally {
      await journal.close();
    }
  }
}
