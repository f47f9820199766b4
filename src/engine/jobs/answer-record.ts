/** A person whose answers are put on record, each before the job goes on. What they provide (names, secrets) is not kept. */
import { answeredEntry } from "../../core/conversion/answers.ts";
import type { AnsweredEntry } from "../../core/journal/entries.ts";
import { typedValue } from "../../core/reading/reading.ts";
import type { Clock, Operator } from "../ports.ts";

/** @param put resolves when the entry is on the medium; its errors end the question. */
export function onRecordOperator(
  operator: Operator,
  clock: Pick<Clock, "wallTime">,
  put: (entry: AnsweredEntry) => Promise<void>,
): Operator {
  const at = (): string => new Date(clock.wallTime()).toISOString();
  return {
    act: async (action, signal) => {
      await operator.act(action, signal);
      await put(answeredEntry("act", action, undefined, at()));
    },
    measure: async (quantity, signal) => {
      const value = await operator.measure(quantity, signal);
      await put(answeredEntry("measure", quantity, typedValue(value), at()));
      return value;
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
