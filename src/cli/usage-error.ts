/** What commander says of a wrong line, as texts: its own messages are English. */
import { asText, joined, say, type Text } from "../core/index.ts";

/** Commander's messages (lib/command.js, lib/option.js, lib/suggestSimilar.js), with what is said instead. */
const MESSAGES: readonly (readonly [RegExp, (...words: string[]) => Text])[] = [
  [/^unknown option '(.*)'$/s, (option) => say`unknown option '${option}'`],
  [/^unknown command '(.*)'$/s, (command) => say`unknown command '${command}'`],
  [/^missing required argument '(.*)'$/s, (argument) => say`missing required argument '${argument}'`],
  [/^option '(.*)' argument missing$/s, (option) => say`option '${option}' needs a value`],
  [/^required option '(.*)' not specified$/s, (option) => say`required option '${option}' is missing`],
  [
    /^option '(.*?)' argument '(.*)' is invalid\. Allowed choices are (.*)\.$/s,
    (option, value, choices) => say`option '${option}' cannot be '${value}'. Choose one of: ${choices}`,
  ],
  [
    /^too many arguments for '(.*)'\. Expected (\d+) arguments? but got (\d+)\.$/s,
    (command, expected, got) => say`too many arguments for '${command}': ${expected} expected, ${got} given`,
  ],
];
const HINTS: typeof MESSAGES = [
  [/^\(Did you mean one of ([a-z, -]+)\?\)$/, (names) => say`(Did you mean one of ${names}?)`],
  [/^\(Did you mean ([a-z -]+)\?\)$/, (name) => say`(Did you mean ${name}?)`],
];

export interface UsageError {
  /** Quotes words of the line, which may hold anything. */
  readonly message: Text;
  /** What was probably meant. */
  readonly hint: Text | undefined;
}

/** @param words as commander throws or prints them: "error: unknown option '--x'\n(Did you mean --y?)". */
export function usageError(words: string): UsageError {
  const [, body = "", hint] = /^(?:error: )?(.*?)(?:\n(\(Did you mean [a-z, -]+\?\)))?\s*$/s.exec(words) ?? [];
  return { message: translated(body, MESSAGES), hint: hint === undefined ? undefined : translated(hint, HINTS) };
}

/** On one line. */
export function usageText(words: string): Text {
  const { message, hint } = usageError(words);
  return hint === undefined ? message : joined([message, hint]);
}

function translated(words: string, table: typeof MESSAGES): Text {
  for (const [pattern, text] of table) {
    const [matched, ...values] = pattern.exec(words) ?? [];
    if (matched !== undefined) return text(...values);
  }
  return asText(words);
}
