/**
 * The one place that decides what counts as wires on a plug: a serial line that puts on record what it hears. Whatever
 * reads a line in the engine (frames, the console) reads a RecordedLine, and gets no byte before the journal holds that
 * one was heard. Where the journal cannot be written, nothing is sent any more; what comes is still passed on, because
 * it may be the alarm that mains is on the wires.
 *
 * A contact begins with the first byte and lasts until the plug is identified, by the chip's own MAC or by the one that
 * its firmware tells. A byte after the adapter was away, or after nobody listened, begins the next one. Silence is no
 * contact.
 */
import { foldConversion, wiresEntry } from "../../core/conversion/state.ts";
import { asError, isPlugsmithError } from "../../core/errors.ts";
import { MacScanner } from "../../core/tasmota/mac-scanner.ts";
import { adapterWords, noteContact, noteIdentified, type WireRecords } from "../home/contacts.ts";
import { plugFolder } from "../home/folders.ts";
import { readJournal } from "../home/journal.ts";
import { openPlugJournal } from "../home/plug-journal.ts";
import type { AdapterIdentity, ByteLine, LineListener } from "../ports.ts";
import { ForwardingLine } from "./forwarding-line.ts";

/** One for each line, so that anyone who comes later on the same line goes on with the same contact. */
const RECORDED = new WeakMap<ByteLine, RecordedLine>();

/** The line with its contacts on record in that home. A line that is recorded already is itself. */
export function recordedLine(line: ByteLine, records: WireRecords): RecordedLine {
  if (line instanceof RecordedLine) return line;
  const known = RECORDED.get(line);
  if (known?.home === records.home) return known;
  const recorded = new RecordedLine(line, records);
  RECORDED.set(line, recorded);
  return recorded;
}

interface Contact {
  /** Undefined while its entry is being written. */
  number: number | undefined;
}

export class RecordedLine extends ForwardingLine {
  readonly #records: WireRecords;
  readonly #listeners = new Set<LineListener>();
  readonly #spoken = new MacScanner();
  readonly #unrecordable = new Set<(error: Error) => void>();
  readonly #reopened = new Set<string>();
  #unlisten: (() => void) | undefined;
  #contact: Contact | undefined;
  #plug: string | undefined;
  #pending: Promise<void> | undefined;
  /** What came while an entry was being written. */
  #held: (() => void)[] = [];
  #failure: Error | undefined;
  /** What could not be put on record. Tried again before anything is sent: a full disk may have room by then. */
  #unrecorded: (() => Promise<void>)[] = [];

  constructor(line: ByteLine, records: WireRecords) {
    super(line);
    this.#records = records;
  }

  get home(): string {
    return this.#records.home;
  }

  /** Plugs (12 lower-case hex digits) that were on record as closed until this line heard them. */
  get reopened(): ReadonlySet<string> {
    return this.#reopened;
  }

  /** The plug that is heard now, 12 lower-case hex digits; undefined until it is identified. */
  get plug(): string | undefined {
    return this.#plug;
  }

  /** Sends nothing before what was heard is on record. Errors: also disk-full, file-*, locked of the record. */
  override write(bytes: Uint8Array): Promise<void> {
    if (this.#pending === undefined && this.#failure === undefined) return this.line.write(bytes);
    if (this.#pending === undefined) this.#tryAgain();
    return this.settled().then(() => this.line.write(bytes));
  }

  override listen(listener: LineListener): () => void {
    this.#listeners.add(listener);
    this.#unlisten ??= this.line.listen({
      bytes: (chunk, at) => this.#heard(chunk, at),
      lost: () => {
        this.#over();
        this.#pass((each) => each.lost?.());
      },
      reappeared: (identity) => this.#pass((each) => each.reappeared?.(identity)),
    });
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#unlisten?.();
      this.#unlisten = undefined;
      this.#over();
    };
  }

  /** Called with the error when a contact cannot be put on record: nothing is sent any more. */
  onUnrecordable(listener: (error: Error) => void): () => void {
    this.#unrecordable.add(listener);
    return () => this.#unrecordable.delete(listener);
  }

  /** Resolves when all that was heard is on record. Errors: disk-full, file-*, locked. */
  async settled(): Promise<void> {
    while (this.#pending !== undefined) await this.#pending;
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** The plug at the wires is this one. Resolves once that is on record. @param plug 12 lower-case hex digits. */
  async met(plug: string): Promise<void> {
    this.#identified(plug);
    await this.settled();
  }

  override async close(): Promise<void> {
    await this.settled().catch(() => undefined);
    await super.close();
  }

  #heard(chunk: Uint8Array, at: number): void {
    if (this.#contact === undefined) this.#begin();
    const plug = this.#spoken.hear(chunk);
    if (plug !== undefined) this.#identified(plug);
    this.#pass((listener) => listener.bytes(chunk, at));
  }

  #begin(): Contact {
    const contact: Contact = { number: undefined };
    this.#contact = contact;
    this.#plug = undefined;
    const { identity } = this.line;
    this.#record(async () => {
      contact.number = await noteContact(this.#records, identity);
    });
    return contact;
  }

  #identified(plug: string): void {
    if (plug === this.#plug) return;
    // Another plug than the one before on the same wires is a contact of its own.
    const contact = this.#contact === undefined || this.#plug !== undefined ? this.#begin() : this.#contact;
    this.#plug = plug;
    const { identity } = this.line;
    this.#record(async () => {
      const missing = !(await this.#putWires(plug, identity));
      await noteIdentified(this.#records, contact.number!, plug, missing);
    });
  }

  /** False where another run has the plug's journal: safety/wire-contacts.ts finds the contact before anybody goes to mains. */
  async #putWires(plug: string, adapter: AdapterIdentity): Promise<boolean> {
    const { files, home, clock } = this.#records;
    const state = foldConversion(await readJournal(files, plugFolder(home, plug)));
    if (state.finished.has("close-case")) this.#reopened.add(plug);
    if (state.wiresAttached) return true;
    try {
      const journal = await openPlugJournal(files, home, plug);
      try {
        await journal.append(wiresEntry(clock.wallTime(), adapterWords(adapter)));
      } finally {
        await journal.close();
      }
      return true;
    } catch (error) {
      if (!isPlugsmithError(error, "locked")) throw error;
      return false;
    }
  }

  /** An identified contact ends here; one that nobody identified yet goes on. */
  #over(): void {
    this.#spoken.forget();
    if (this.#plug === undefined) return;
    this.#contact = undefined;
    this.#plug = undefined;
  }

  #record(work: () => Promise<void>): void {
    const before = this.#pending ?? Promise.resolve();
    const mine: Promise<void> = before
      .then(() => {
        if (this.#failure !== undefined) throw this.#failure;
        return work();
      })
      .catch((error: unknown) => {
        this.#failure ??= asError(error);
        this.#unrecorded.push(work);
      })
      .then(() => {
        if (this.#pending !== mine) return;
        this.#pending = undefined;
        this.#release();
      });
    this.#pending = mine;
  }

  #tryAgain(): void {
    const works = this.#unrecorded;
    this.#unrecorded = [];
    this.#failure = undefined;
    for (const work of works) this.#record(work);
  }

  #release(): void {
    const held = this.#held;
    this.#held = [];
    for (const tell of held) tell();
    if (this.#failure === undefined) return;
    for (const listener of [...this.#unrecordable]) listener(this.#failure);
  }

  #pass(tell: (listener: LineListener) => void): void {
    const listeners = [...this.#listeners];
    const pass = (): void => {
      for (const listener of listeners) if (this.#listeners.has(listener)) tell(listener);
    };
    if (this.#pending === undefined) pass();
    else this.#held.push(pass);
  }
}
