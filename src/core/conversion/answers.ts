/**
 * What a person was asked and answered, as the plug's journal keeps it: proof, later, of who vouched for what. There is
 * no place in it for anything typed freely: an answer is a number, or the id of an option that was offered.
 */
import type { GuideUnit } from "../guide/guide.ts";
import type { AnsweredEntry, AnswerKind } from "../journal/entries.ts";
import { entriesOf, type StoredEntry } from "../journal/stored-entry.ts";
import { JOURNAL_ENTRY_VERSION } from "../journal/version.ts";
import type { Text } from "../text/text.ts";

/** @param question an option's id that was not offered is no answer, and is not kept. @param at UTC, ISO 8601. */
export function answeredEntry(
  kind: AnswerKind,
  question: {
    readonly id: string;
    readonly text: Text;
    readonly unit?: GuideUnit;
    readonly list?: readonly { readonly text: Text }[] | undefined;
    readonly options?: readonly { readonly id: string; readonly text?: Text | undefined }[];
  },
  answer: string | number | undefined,
  at: string,
): AnsweredEntry {
  const { id, unit, options, list = [] } = question;
  const text = [question.text, ...list.map((item) => item.text)].join(" ");
  const entry: AnsweredEntry = { type: "answered", version: JOURNAL_ENTRY_VERSION, at, kind, id };
  switch (kind) {
    case "act":
      return { ...entry, text };
    case "provide":
      return entry;
    case "choose": {
      const chosen = options?.find((option) => option.id === answer);
      return chosen === undefined
        ? { ...entry, text }
        : { ...entry, text, answer: chosen.id, words: chosen.text?.toString() };
    }
    case "measure": {
      if (typeof answer !== "number") return { ...entry, text };
      return {
        ...entry,
        text,
        answer: Number.isFinite(answer) ? answer : null,
        unit,
      };
    }
  }
}

/** In the order in which they were answered. @throws record-newer */
export function answersOf(entries: readonly StoredEntry[]): readonly AnsweredEntry[] {
  return entriesOf(entries, "answered");
}
