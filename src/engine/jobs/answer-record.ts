/** A person whose answers are put on record, each before the job goes on. What they provide (names, secrets) is not kept. */
import { answeredEntry } from "../../core/conversion/answers.ts";
import type { AnsweredEntry } from "../../core/journal/entries.ts";
import { typedValue } from "../../core/reading/reading.ts";
import { say } from "../../core/text/text.ts";
import type { Clock, ListedItem, Operator, OperatorWork } from "../ports.ts";

/** How each item of a list stands on record. */
const CONFIRMATION: readonly ListedItem[] = [
  { id: "yes", text: say`Confirmed` },
  { id: "no", text: say`Not yet` },
];

/** @param put resolves when the entry is on the medium; its errors end the question. */
export function onRecordOperator(
  operator: Operator,
  clock: Pick<Clock, "wallTime">,
  put: (entry: AnsweredEntry) => Promise<void>,
): Operator {
  const at = (): string => new Date(clock.wallTime()).toISOString();
  const putWork = async (work: OperatorWork | undefined): Promise<void> => {
    if (work !== undefined) await put(answeredEntry("act", { ...work, list: work.steps }, undefined, at()));
  };
  return {
    act: async (action, signal) => {
      await operator.act(action, signal);
      await put(answeredEntry("act", action, undefined, at()));
    },
    measure: async (quantity, signal) => {
      const value = await operator.measure(quantity, signal);
      await putWork(quantity.work);
      await put(answeredEntry("measure", quantity, typedValue(value), at()));
      return value;
    },
    read: async (readings, signal) => {
      const values = await operator.read(readings, signal);
      await putWork(readings.work);
      for (const [index, quantity] of readings.values.entries()) {
        await put(answeredEntry("measure", quantity, typedValue(values[index] ?? Number.NaN), at()));
      }
      return values;
    },
    check: async (list, signal) => {
      const answer = await operator.check(list, signal);
      for (const item of list.items) {
        const confirmed = answer.confirmed.includes(item.id) ? "yes" : "no";
        await put(answeredEntry("choose", { ...item, options: CONFIRMATION }, confirmed, at()));
      }
      return answer;
    },
    choose: async (choice, signal) => {
      const answer = await operator.choose(choice, signal);
      await put(answeredEntry("choose", choice, answer, at()));
      return answer;
    },
    provide: async (what, signal) => {
      const value = await operator.provide(what, signal);
      await put(answeredEntry("provide", what, undefined, at()));
      return value;
    },
  };
}
