/** At a virtual bench: a person decides, virtual hands do it. */
import { type ReadingAnswer, readingFrom, readingText } from "../../core/reading/reading.ts";
import { say, type Text } from "../../core/text/text.ts";
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
      return await hold(person.measure({ ...quantity, text: withShown(quantity.text, shown) }, signal));
    },
    read: async (readings, signal) => {
      const shown = await operator.read(readings, signal);
      const values = readings.values.map((value, index) => ({ ...value, text: withShown(value.text, shown[index]!) }));
      return await hold(person.read({ ...readings, values }, signal));
    },
    check: async (list, signal) => {
      const answer = await hold(person.check(list, signal));
      // The hands do what is true from now on, and nothing else.
      const items = list.items.filter(({ id }) => answer.confirmed.includes(id));
      if (items.length > 0) await operator.check({ ...list, items }, signal);
      return answer;
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

function withShown(text: Text, shown: ReadingAnswer): Text {
  return say`${text}. The virtual instrument shows ${readingText(readingFrom(shown))}.`;
}
