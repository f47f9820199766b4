/**
 * A typed answer to "which of these are true?". Nothing is confirmed by an empty answer: the person types the numbers of
 * the items, or says that all of them are true.
 */
import { say, type Text } from "../text/text.ts";

export interface ChecklistAnswer {
  /** Ids of the items that are true, in the order of the list. */
  readonly confirmed: readonly string[];
  /** The person does not want to be asked again about what is still open. */
  readonly stop?: boolean | undefined;
}

export type TypedChecklist =
  | { readonly kind: "taken"; readonly answer: ChecklistAnswer }
  /** Ask again, with this. */
  | { readonly kind: "again"; readonly text: Text };

const ALL = /^(?:all|alle|alles)$/i;
const YES = /^(?:y|yes|j|ja)$/i;
const NONE = /^(?:0|n|no|none|not yet|nein|keine?|keins|noch nicht)$/i;
const STOP = /^(?:s|stop|stopp|halt)$/i;
const NUMBERS = /^\d{1,3}(?:\s*[-–]\s*\d{1,3})?(?:[\s,;.+&]+\d{1,3}(?:\s*[-–]\s*\d{1,3})?)*[.,;]?$/;

/** @param items in the order in which they are numbered, from 1. */
export function typedChecklist(text: string, items: readonly { readonly id: string }[]): TypedChecklist {
  const typed = text.trim();
  if (ALL.test(typed) || (items.length === 1 && YES.test(typed))) return taken(items, () => true);
  if (NONE.test(typed)) return taken(items, () => false);
  if (STOP.test(typed)) return { kind: "taken", answer: { confirmed: [], stop: true } };
  const numbers = NUMBERS.test(typed) ? numbersIn(typed) : undefined;
  if (numbers === undefined) return { kind: "again", text: howTo(typed, items.length) };
  const beyond = numbers.find((number) => number < 1 || number > items.length);
  if (beyond !== undefined) return { kind: "again", text: say`There is no number ${beyond} in this list.` };
  return taken(items, (index) => numbers.includes(index + 1));
}

function taken(items: readonly { readonly id: string }[], isTrue: (index: number) => boolean): TypedChecklist {
  return { kind: "taken", answer: { confirmed: items.filter((_, index) => isTrue(index)).map(({ id }) => id) } };
}

function howTo(typed: string, count: number): Text {
  if (typed === "") {
    return count === 1
      ? say`Enter alone confirms nothing. Type all if it is true, no if it is not true yet.`
      : say`Enter alone confirms nothing. Type the numbers of what is true, such as 1 3, or all.`;
  }
  return count === 1
    ? say`"${typed}" is not an answer here. Type all if it is true, no if it is not true yet, or stop.`
    : say`"${typed}" is not an answer here. Type the numbers of what is true, such as 1 3; all; no for none of them; or stop.`;
}

/** "1 3", "1,3", "1-3". */
function numbersIn(typed: string): readonly number[] {
  return [...typed.matchAll(/(\d+)(?:\s*[-–]\s*(\d+))?/g)].flatMap(([, from, to = from]) => {
    const [first, last] = [Number(from), Number(to)];
    return Array.from({ length: Math.max(0, last - first) + 1 }, (_, i) => first + i);
  });
}
