/**
 * The one proof that a case is closed. A step that needs mains takes a `ClosedCase`, and `requireClosed` is the only
 * function that can make one: the class stays in this file. What a journal holds is a `ClosingRecord`, which proves nothing
 * until it has been compared with the guide.
 */
import { type Wires, wiresWords } from "../../core/conversion/state.ts";
import { PlugsmithError } from "../../core/errors.ts";
import type { ClosingItem, Guide } from "../../core/guide/guide.ts";
import type { SafetyRecord, StepData } from "../../core/journal/step-data.ts";
import { joined, say } from "../../core/text/text.ts";
import { meetsLimit } from "./measurement.ts";

/** What the closing list leaves on record. */
export interface ClosingRecord extends SafetyRecord {
  /** UTC, ISO 8601. */
  readonly closedAt: string;
}

/** The private field makes it nominal: an object of the same shape is not one. */
class Proof {
  readonly #record: ClosingRecord;

  constructor(record: ClosingRecord) {
    this.#record = record;
  }

  get record(): ClosingRecord {
    return this.#record;
  }
}

/** Good for one assembly: a step that attaches wires again must drop it. */
export type ClosedCase = Proof;

/** What the step left on record; undefined where there is nothing. What is missing in it was not checked. */
export function closingOnRecord(data: StepData["close-case"] | undefined): ClosingRecord | undefined {
  if (data?.closedAt === undefined) return undefined;
  return { ...data, closedAt: data.closedAt, confirmed: data.confirmed ?? [], measured: data.measured ?? [] };
}

/**
 * The only way to a step at mains.
 * @param wires on record, which a refusal names: while there are any, no closing list counts. @throws unsafe
 */
export function requireClosed(record: ClosingRecord | undefined, guide: Guide, wires?: Wires): ClosedCase {
  const valid = wires === undefined ? record : undefined;
  const missing = guide.closing.filter((item) => !isMet(item, valid)).map(({ id }) => id);
  if (valid !== undefined && missing.length === 0) return new Proof(valid);
  const listed = [...missing.slice(0, 3), ...(missing.length > 3 ? ["…"] : [])].join(", ");
  throw new PlugsmithError("unsafe", {
    message: joined([
      ...(wires === undefined ? [] : [wiresWords(wires)]),
      say`The plug must not be connected to mains: ${missing.length} of ${guide.closing.length} closing checks are not done (${listed}).`,
    ]),
    step: "calibrate",
    plugState: say`not known to be closed`,
    nextStep: say`Go through the closing list first: run npx plugsmith close.`,
    context: { missing },
  });
}

/** Whether what is on record still meets this item of the guide. */
export function isMet(item: ClosingItem, record: SafetyRecord | undefined): boolean {
  if (record === undefined) return false;
  if ("confirm" in item) return record.confirmed.includes(item.id);
  const measured = record.measured.find(({ id }) => id === item.id);
  return measured !== undefined && meetsLimit(item, measured);
}
