/** Whether a conversion's plug is closed, by its journal and by its person: the closing list, and what stands before mains. */
import { JOURNAL_ENTRY_VERSION } from "../../core/journal/version.ts";
import { say } from "../../core/text/text.ts";
import type { CalibrationRequest } from "../calibration/calibrate.ts";
import { lastContact } from "../home/contacts.ts";
import { type ClosedCase, type ClosingRecord, closingOnRecord, requireClosed } from "../safety/closed-case.ts";
import { type ClosingJournal, closeOnRecord } from "../safety/closing-record.ts";
import { hasStayedClosed, plugIntoMains } from "../safety/mains.ts";
import { mainsCondition } from "../safety/mains-measurement.ts";
import { settleContacts } from "../safety/wire-contacts.ts";
import type { ConversionOptions, ConversionPorts } from "./conversion-contract.ts";
import { type ConversionLog, stepOnRecord } from "./conversion-log.ts";

/** Whether a person reads an instrument for it. */
export function readsInstrument({ method }: CalibrationRequest): boolean {
  return method.kind !== "reference-plug";
}

export class CaseClosing {
  readonly #ports: ConversionPorts;
  readonly #device: Pick<ConversionOptions, "guide" | "texts">;
  readonly #log: ConversionLog;
  readonly #plug: string;
  /** The closing list was gone through in this run, or its person has said in this run that the case stayed shut. */
  #vouched = false;
  /** The plug was put into its socket in this run, and whether an instrument may be read there was confirmed with it. */
  #atMains: { readonly confirmed: boolean } | undefined;

  /** @param ports its operator puts the answers on record. */
  constructor(
    ports: ConversionPorts,
    device: Pick<ConversionOptions, "guide" | "texts">,
    log: ConversionLog,
    plug: string,
  ) {
    this.#ports = ports;
    this.#device = device;
    this.#log = log;
    this.#plug = plug;
  }

  /** Errors: unsafe, aborted. */
  async close(): Promise<ClosedCase> {
    const { operator, clock, signal } = this.#ports;
    const noMains = this.#log.state.finished.has("calibrate");
    const recorded = noMains ? this.#closed() : await this.#stillClosed();
    const { guide, texts } = this.#device;
    if (recorded !== undefined) return requireClosed(recorded, guide);
    const { wires } = this.#log.state;
    const reason = wires?.reopened === true ? wires : undefined;
    return stepOnRecord(this.#ports, this.#log, "close-case", say`Close the case, item by item`, async () => {
      const proof = await closeOnRecord({ guide, texts, operator, clock, signal }, this.#journal, reason);
      this.#vouched = true;
      const { confirmed, measured } = proof.record;
      return [proof, { ...proof.record }, say`${confirmed.length} confirmed, ${measured.length} measured`];
    });
  }

  /**
   * Into mains, once it is closed; once in a run. @param request what is measured there afterwards.
   * @returns whether the conditions for that measurement were confirmed. Errors: unsafe, aborted.
   */
  async powerAtMains(request: CalibrationRequest | undefined): Promise<boolean> {
    const { operator, signal } = this.#ports;
    const closing = await this.#stillClosed();
    const proof = requireClosed(closing, this.#device.guide, this.#log.state.wires);
    if (this.#atMains !== undefined) return this.#atMains.confirmed;
    const confirmed = request !== undefined && readsInstrument(request);
    await plugIntoMains(proof, operator, signal, confirmed ? mainsCondition(true) : undefined);
    this.#atMains = { confirmed };
    return confirmed;
  }

  /** Undefined while wires are on record. */
  #closed(): ClosingRecord | undefined {
    const { wiresAttached, finished } = this.#log.state;
    return wiresAttached ? undefined : closingOnRecord(finished.get("close-case")?.data);
  }

  /** What another run saw closed may have been opened since: the person is asked once, and a no is put on record. */
  async #stillClosed(): Promise<ClosingRecord | undefined> {
    await this.#settleContacts();
    const closing = this.#closed();
    const { operator, signal } = this.#ports;
    if (closing === undefined || this.#vouched) return closing;
    this.#vouched = await hasStayedClosed(closing, operator, signal);
    if (this.#vouched) return closing;
    await this.#log.note({ type: "wires-attached", version: JOURNAL_ENTRY_VERSION });
    return undefined;
  }

  get #journal(): ClosingJournal {
    const { files, home } = this.#ports;
    return {
      soFar: async () => {
        await this.#settleContacts();
        return this.#log.state.closing;
      },
      append: (entry) => this.#log.note(entry),
      lastContact: () => lastContact(files, home),
    };
  }

  #settleContacts(): Promise<void> {
    const log = this.#log;
    return settleContacts(this.#ports, this.#plug, { entries: log.entries, append: (entry) => log.note(entry) });
  }
}
