/**
 * What a Tasmota plug answers, whichever way it was asked. Knows JSON as Tasmota writes it (one object merged from
 * several messages, keys that occur twice) and nothing of transports.
 * Source: Tasmota tasmota/tasmota_support/support_command.ino (CommandHandler).
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export interface AnswerMember {
  readonly key: string;
  readonly value: Json;
}

export interface Answer {
  /** All top-level members in the order they came, duplicates kept. */
  readonly members: readonly AnswerMember[];
  /** The plug's own spelling of it ("0.000" is not "0"). */
  readonly text?: string | undefined;
  /** Members that were left out because their text was damaged: "Status.Topic". */
  readonly damaged?: readonly string[] | undefined;
}

/** Nested deeper than any plug's answer. */
export function tooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (quoted) {
      if (c === 0x5c) i++;
      else if (c === 0x22) quoted = false;
    } else if (c === 0x22) quoted = true;
    else if (c === 0x5b || c === 0x7b) {
      if (++depth > MOST_DEPTH) return true;
    } else if (c === 0x5d || c === 0x7d) depth--;
  }
  return false;
}

/** End of the JSON value that starts at `from`: the index of the comma or brace behind it. */
function valueEnd(text: string, from: number): number {
  let depth = 0;
  let quoted = false;
  for (let i = from; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === "\\") i++;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === "{" || c === "[") depth++;
    else if (c === "}" || c === "]") {
      if (depth === 0) return i;
      depth--;
    } else if (c === "," && depth === 0) return i;
  }
  return text.length;
}

/** Deepest nesting of an answer. Tasmota's own are 5 deep at most (Status 0, sensors). */
const MOST_DEPTH = 32;

/** JSON from outside; undefined where it is none, or nested deeper than any plug's. */
export function parseJson(text: string): Json | undefined {
  if (tooDeep(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/**
 * The members of the object that starts at the first "{" of `text`. Members whose value is no JSON (firmware prints
 * `nan` for a broken sensor) carry the bare text. Undefined where there is no object or it never ends.
 */
export function parseMembers(text: string): readonly AnswerMember[] | undefined {
  const start = text.indexOf("{");
  if (start < 0 || tooDeep(text)) return undefined;
  const members: AnswerMember[] = [];
  let at = start + 1;
  for (;;) {
    while (at < text.length && /[\s,]/.test(text[at]!)) at++;
    if (at >= text.length) return undefined;
    if (text[at] === "}") return members;
    const colon = keyEnd(text, at);
    if (colon === undefined) return undefined;
    const key = parseJson(text.slice(at, colon).trim());
    if (typeof key !== "string") return undefined;
    const end = valueEnd(text, colon + 1);
    if (end >= text.length) return undefined;
    const raw = text.slice(colon + 1, end).trim();
    members.push({ key, value: parseJson(raw) ?? (raw === "null" ? null : raw) });
    at = end;
  }
}

function keyEnd(text: string, from: number): number | undefined {
  if (text[from] !== '"') return undefined;
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') {
      const colon = text.indexOf(":", i);
      return colon >= 0 && text.slice(i + 1, colon).trim() === "" ? colon : undefined;
    }
  }
  return undefined;
}

/** The last member with this name, case ignored: the firmware's capitals changed over the years. */
export function memberOf(answer: Answer, key: string): Json | undefined {
  return answer.members.findLast((member) => member.key.toLowerCase() === key.toLowerCase())?.value;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Member of a JSON object, case ignored. */
export function field(value: Json | undefined, key: string): Json | undefined {
  if (!isObject(value)) return undefined;
  if (key in value) return value[key];
  const found = Object.keys(value).find((name) => name.toLowerCase() === key.toLowerCase());
  return found === undefined ? undefined : value[found];
}

/** No text of a plug is longer: all of them share 699 bytes (settings.h, settings_text_size), a rule has 511. */
const MOST_FIELD = 1024;

/** Text or number as text. One that no plug can have is cut. */
export function textField(value: Json | undefined, key: string): string | undefined {
  const found = field(value, key);
  if (typeof found === "number") return String(found);
  return typeof found === "string" ? found.slice(0, MOST_FIELD) : undefined;
}

/** Number, or text that is one. */
export function numberField(value: Json | undefined, key: string): number | undefined {
  const found = field(value, key);
  if (typeof found === "number") return found;
  if (typeof found !== "string" || found.trim() === "") return undefined;
  const number = Number(found);
  return Number.isNaN(number) ? undefined : number;
}

export type Refusal = "unknown-command" | "command-error" | "password-needed" | "command-too-long";

/** Whether an answer says that the command was not carried out. */
export function refusalOf(answer: Answer): Refusal | undefined {
  const command = memberOf(answer, "Command");
  if (command === "Unknown") return "unknown-command";
  if (command === "Error") return "command-error";
  const warning = memberOf(answer, "WARNING");
  if (typeof warning !== "string") return undefined;
  if (warning.startsWith("Need user")) return "password-needed";
  if (warning.startsWith("Enter command")) return "command-too-long";
  return undefined;
}
