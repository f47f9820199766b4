/** What every flash operation works with: the connection, the plug's folder with its journal, and the clock. */

import { isPlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import { type NewEntry, withTime } from "../../core/journal/entries.ts";
import type { ChipIdentity } from "../../core/loader/chip.ts";
import type { StepId } from "../../core/step-id.ts";
import type { Text } from "../../core/text/text.ts";
import { plugFolder } from "../home/folders.ts";
import type { Journal } from "../home/journal.ts";
import { openPlugJournal } from "../home/plug-journal.ts";
import type { Files } from "../ports.ts";
import { runStep } from "../step.ts";
import { Connection } from "./connection.ts";
import type { SessionOptions } from "./contract.ts";
import { type Change, withPlugState } from "./plug-state.ts";

export class Operation {
  readonly options: SessionOptions;
  readonly events: EventSink;
  readonly connection: Connection;
  #journal: Promise<Journal> | undefined;
  #change: Change | undefined;

  constructor(options: SessionOptions) {
    this.options = options;
    this.events = options.events ?? (() => {});
    this.connection = new Connection(options);
  }

  get files(): Files {
    return this.options.files;
  }

  get skips(): boolean {
    return this.options.skip ?? true;
  }

  folderOf(identity: ChipIdentity): string {
    return plugFolder(this.options.home, identity.plug);
  }

  /** The plug's journal; opening it takes the plug's folder for this run. Errors: locked, file-*, disk-full. */
  journal(identity: ChipIdentity): Promise<Journal> {
    this.#journal ??= openPlugJournal(this.files, this.options.home, identity.plug).catch((error: unknown) => {
      this.#journal = undefined;
      throw error;
    });
    return this.#journal;
  }

  /** Appends an entry, flushed before this resolves. */
  async record(identity: ChipIdentity, entry: NewEntry): Promise<void> {
    const at = new Date(this.options.clock.wallTime()).toISOString();
    await (await this.journal(identity)).append(withTime(entry, at));
  }

  /** Runs a named step with its events. */
  async step<T>(name: StepId, title: Text, work: () => Promise<T>, summary: (result: T) => Text): Promise<T> {
    return await runStep({ events: this.events, clock: this.options.clock }, name, title, async () => {
      const result = await work();
      return [result, summary(result)];
    });
  }

  /** Called when a change of the flash was announced, and again when the chip's digest has proven it. */
  changes(change: Change): void {
    this.#change = change;
  }

  /** Called when the next work begins: its errors do not mention a change that is proven. */
  concluded(): void {
    if (this.#change?.proven === true) this.#change = undefined;
  }

  /** The error with all that a person needs: see plug-state.ts. What is no PlugsmithError is returned as it is. */
  async withPlugState(error: unknown, step: StepId): Promise<unknown> {
    if (!isPlugsmithError(error)) return error;
    const { identity } = this.connection;
    const folder = identity === undefined ? undefined : this.folderOf(identity);
    return withPlugState(error, step, this.files, folder, this.#change);
  }

  async close(): Promise<void> {
    this.connection.close();
    const journal = this.#journal;
    this.#journal = undefined;
    await (await journal)?.close();
  }
}
