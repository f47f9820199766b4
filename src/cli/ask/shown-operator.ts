/** Somebody else answers (the virtual person), and the person who watches sees each question and its answer as if they sat there. */
import {
  asText,
  type GuideUnit,
  joined,
  type ReadingAnswer,
  readingFrom,
  readingText,
  say,
  type Text,
} from "../../core/index.ts";
import type { Operator, OperatorChecklist } from "../../engine/index.ts";
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
    read: (readings, signal) =>
      reported(
        { kind: "readings", ...readings },
        () => answering.read(readings, signal),
        (answers) =>
          joined(
            readings.values.map(({ unit }, index) => shownReading(answers[index]!, unit)),
            "; ",
          ),
      ),
    check: (list, signal) =>
      reported(
        { kind: "checklist", ...list },
        () => answering.check(list, signal),
        ({ confirmed }) => shownItems(list, confirmed),
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

/** As the person would type it. */
function shownItems({ items }: OperatorChecklist, confirmed: readonly string[]): Text {
  if (confirmed.length === items.length) return say`all`;
  if (confirmed.length === 0) return say`no`;
  return asText(items.flatMap(({ id }, index) => (confirmed.includes(id) ? [index + 1] : [])).join(" "));
}

/** With its unit where the display shows one. */
function shownReading(answer: ReadingAnswer, unit: GuideUnit): Text {
  const reading = readingFrom(answer);
  return asText(readingText(reading, reading.unitShown ? unit : undefined));
}

/** The same operator, each of its answers passed through a function: virtual time waits for it, or something follows it. */
export function operatorThrough(operator: Operator, pass: <T>(answer: Promise<T>) => Promise<T>): Operator {
  return {
    act: (action, signal) => pass(operator.act(action, signal)),
    measure: (quantity, signal) => pass(operator.measure(quantity, signal)),
    read: (readings, signal) => pass(operator.read(readings, signal)),
    check: (list, signal) => pass(operator.check(list, signal)),
    choose: (choice, signal) => pass(operator.choose(choice, signal)),
    provide: (what, signal) => pass(operator.provide(what, signal)),
  };
}
