/** Somebody else answers (the virtual person), and who watches sees it as if they sat there: question and answer. */
import {
  asText,
  type GuideUnit,
  type ReadingAnswer,
  readingFrom,
  readingText,
  say,
  type Text,
} from "../../core/index.ts";
import type { Operator } from "../../engine/index.ts";
import type { Question } from "./question-text.ts";
import type { TerminalOperator } from "./terminal-operator.ts";

/**
 * @param screen where it is shown; it is never asked.
 * @param pace awaited between a question and its answer: time to read.
 */
export function shownOperator(
  answering: Operator,
  screen: TerminalOperator,
  pace: (text: string) => Promise<void> = () => Promise.resolve(),
): Operator {
  const reported = async <T>(question: Question, answer: () => Promise<T>, words: (given: T) => Text): Promise<T> => {
    screen.show(question);
    await pace(question.text.toString());
    const given = await answer();
    screen.showAnswer(question, words(given));
    return given;
  };
  return {
    act: (action, signal) =>
      reported(
        { kind: "act", ...action },
        () => answering.act(action, signal),
        () => say`done`,
      ),
    measure: (quantity, signal) =>
      reported(
        { kind: "measure", ...quantity },
        () => answering.measure(quantity, signal),
        (answer) => shownReading(answer, quantity.unit),
      ),
    choose: (choice, signal) =>
      reported(
        { kind: "choose", ...choice },
        () => answering.choose(choice, signal),
        (id) => asText(String(choice.options.findIndex((option) => option.id === id) + 1)),
      ),
    provide: (what, signal) =>
      reported(
        { kind: "provide", ...what },
        () => answering.provide(what, signal),
        (text) => asText(what.secret ? "" : text),
      ),
  };
}

/** With its unit where the display shows one. */
function shownReading(answer: ReadingAnswer, unit: GuideUnit): Text {
  const reading = readingFrom(answer);
  return asText(readingText(reading, reading.unitShown ? unit : undefined));
}

/**
 * A person at the terminal decides, and the virtual person's hands do it. Instrument readings are given: nobody has
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
