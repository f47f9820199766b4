/** At a virtual bench: a person decides, virtual hands do it. */
import { readingFrom, readingText } from "../../core/reading/reading.ts";
import { say } from "../../core/text/text.ts";
import type { Operator } from "../../engine/ports.ts";

/**
 * A person decides, and the virtual person's hands do it. Instrument readings are given: nobody has
 * a virtual multimeter in their hands.
 * @param hold makes the virtual world wait while a person thinks.
 */
export function guidedOperator(
  person: Operator,
  operator: Operator,
  hold: <T>(work: Promise<T>) => Promise<T>,
): Operator {
  return {
    act: async (action, signal) => {
      await hold(person.act(action, signal));
      await operator.act(action, signal);
    },
    measure: async (quantity, signal) => {
      const shown = await operator.measure(quantity, signal);
      const text = say`${quantity.text}. The virtual instrument shows ${readingText(readingFrom(shown))}.`;
      return await hold(person.measure({ ...quantity, text }, signal));
    },
    choose: async (choice, signal) => {
      const chosen = await hold(person.choose(choice, signal));
      // The first answer is the one that the hands can carry out.
      if (chosen === choice.options[0]?.id) await operator.choose(choice, signal);
      return chosen;
    },
    provide: (what, signal) => hold(person.provide(what, signal)),
  };
}
