/**
 * What a person was asked and answered, as the plug's journal keeps it: proof, later, of who vouched for what. There is
 * no place in it for anything typed freely: an answer is a number, or the id of an option that was offered.
 */
import { PlugsmithError } from "../errors.ts";
import type { GuideUnit } from "../guide/guide.ts";

const ANSWERED = "answered";

export const ANSWER_VERSION = 1;

export type AnswerKind = "act" | "choose" | "measure" | "provide";

export interface AnsweredEntry {
  readonly type: typeof ANSWERED;
  readonly version: number;
  /** UTC, ISO 8601: when it was answered. */
  readonly at: string;
  readonly kind: AnswerKind;
  /** The question's own, e.g. "earth-resistance". */
  readonly id: string;
  /** As it was shown. What is asked with "provide" is left out: a name, a path, a secret. */
  readonly text?: string;
  /** `choose`: the option's id. `measure`: the reading, null beyond the instrument's range. Else there is none. */
  readonly answer?: string | number | null;
  /** Of a reading. */
  readonly unit?: GuideUnit;
}

/** @param question an option's id that was not offered is no answer, and is not kept. @param at UTC, ISO 8601. */
export function answeredEntry(
  kind: AnswerKind,
  question: {
    readonly id: string;
    readonly text: string;
    readonly unit?: GuideUnit;
    readonly options?: readonly { readonly id: string }[];
  },
  answer: string | number | undefined,
  at: string,
): AnsweredEntry {
  const { id, text, unit, options } = question;
  const entry: AnsweredEntry = { type: ANSWERED, version: ANSWER_VERSION, at, kind, id };
  switch (kind) {
    case "act":
      return { ...entry, text };
    case "provide":
      return entry;
    case "choose":
      return {
        ...entry,
        text,
        ...(options?.some((option) => option.id === answer) ? { answer: answer as string } : {}),
      };
    case "measure": {
      if (typeof answer !== "number") return { ...entry, text };
      return {
        ...entry,
        text,
        answer: Number.isFinite(answer) ? answer : null,
        ...(unit === undefined ? {} : { unit }),
      };
    }
  }
}

/** In the order in which they were answered. @throws record-newer */
export function answersOf(
  entries: readonly { readonly type: string; readonly [field: string]: unknown }[],
): readonly AnsweredEntry[] {
  return entries.flatMap((entry) => {
    if (entry.type !== ANSWERED) return [];
    const answered = entry as unknown as AnsweredEntry;
    if (answered.version <= ANSWER_VERSION) return [answered];
    throw new PlugsmithError("record-newer", {
      message: `The plug's journal was written by a newer plugsmith (answer version ${answered.version}).`,
      step: "open the journal",
      plugState: "untouched by this run",
      nextStep: "Update plugsmith, then run it again; nothing was changed.",
    });
  });
}
