/** Several readings in one typed answer, "229.8 V, 1985 W": each with its unit, or in the order in which they are asked for. */
import { joined, say } from "../text/text.ts";
import { type ReadingQuestion, type TypedReading, typedReading } from "./typed-reading.ts";
import { exampleOf, unitAnswer } from "./unit.ts";

/** Between two readings; a comma inside a number has no blank after it. */
const SEPARATOR = /\s*;\s*|,\s+|\s+(?:and|und|&|\/|\|)\s+/;
/** A blank in front of the next number, if nothing belongs to that number in front of it. */
const NEXT_NUMBER =
  /(?<![<>=≥≤+\-−\d.,]\s*)\s+(?=[<>≥≤+\-−]|\.?\d|[o0]\.?l\b)|(?<=\d)\s+(?=[<>≥≤+\-−]|\.?\d|[o0]\.?l\b)/i;

/**
 * @param earlier what was typed when this question was last asked back.
 * @returns for each question, in their order, what its reading means. One that has none is asked for.
 */
export function typedReadings(
  text: string,
  questions: readonly ReadingQuestion[],
  earlier: readonly (string | undefined)[] = [],
): readonly TypedReading[] {
  const parts = partsOf(text, questions.length);
  if (parts.length > questions.length) {
    const example = joined(
      questions.map(({ unit }) => exampleOf(unit)),
      "; ",
    );
    return questions.map(() => ({
      kind: "again",
      text: say`More readings were typed than the ${questions.length} that are asked for. Type them in this order, such as ${example}.`,
    }));
  }
  const order = orderOf(parts, questions);
  return questions.map((question, index) => {
    const part = parts[order[index] ?? -1];
    return part === undefined
      ? { kind: "again", text: say`This reading is missing: ${exampleOf(question.unit)}, for example.` }
      : typedReading(part, question, earlier[index]);
  });
}

function partsOf(text: string, count: number): readonly string[] {
  const line = text.replace(/\s+/g, " ").trim();
  const given = (parts: readonly string[]): readonly string[] => parts.map((part) => part.trim()).filter(Boolean);
  const separated = given(line.split(SEPARATOR));
  return separated.length >= count ? separated : separated.flatMap((part) => given(part.split(NEXT_NUMBER)));
}

/** For each question the index of its part: by the units that were typed where they tell all apart, else in order. */
function orderOf(parts: readonly string[], questions: readonly ReadingQuestion[]): readonly number[] {
  const inOrder = questions.map((_, index) => index);
  const fitting = parts.map((part) => {
    const unit = /[^\d\s.,]\D*$/.exec(part)?.[0];
    if (unit === undefined) return [];
    return inOrder.filter((index) => "exponent" in unitAnswer(unit, questions[index]!.unit));
  });
  const clear = fitting.every((list) => list.length === 1) && new Set(fitting.flat()).size === parts.length;
  return clear ? inOrder.map((index) => fitting.findIndex(([only]) => only === index)) : inOrder;
}
