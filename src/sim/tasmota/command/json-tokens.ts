/**
 * JSON as the firmware reads it: a tokenizer that does not mind missing or trailing commas, keys in any case, numbers in
 * any of C's bases. Written for the firmware model alone.
 * Source: Tasmota lib/default/jsmn-shadinger (jsmn in strict mode, JsonParser: getStr, getUInt, json_unescape).
 */
import { leadingInteger, unsignedInteger } from "./payload.ts";

type Kind = "object" | "array" | "string" | "primitive";

interface Token {
  readonly kind: Kind;
  readonly text: string;
  /** What belongs to it: values of an array, keys of an object, the value of a key. */
  size: number;
  closed: boolean;
}

const BLANKS = " \t\r\n";
const PRIMITIVE_STARTS = "-0123456789tfnTFN";
const ESCAPED = '"/\\bfrnt';
const CONTROL: Readonly<Record<string, string>> = { b: "\b", f: "\f", r: "\r", n: "\n", t: "\t" };

/** A value found in the JSON. */
export interface JsonValue {
  readonly isTrue: boolean;
  /** Values of an array, undefined for anything else. */
  readonly items: readonly JsonValue[] | undefined;
  readonly isObject: boolean;
  text(): string;
  int(): number;
  unsigned(): number;
}

export interface JsonObject {
  /** Keys in order with their values. */
  readonly entries: readonly (readonly [key: string, value: JsonValue])[];
  /** Value of the first key of this name, in any case. */
  get(key: string): JsonValue | undefined;
}

/** @returns undefined where the text is no JSON object. */
export function parseJsonObject(json: string): JsonObject | undefined {
  const tokens = tokenize(json);
  if (tokens?.[0]?.kind !== "object") return undefined;
  const entries: (readonly [string, JsonValue])[] = [];
  for (let left = tokens[0].size, at = 1; left > 0 && at < tokens.length; left--) {
    const key = tokens[at]!;
    if (key.kind === "string" && key.size === 1 && tokens[at + 1] !== undefined) {
      entries.push([key.text, valueAt(tokens, at + 1)]);
    }
    at = afterValue(tokens, at + 1);
  }
  return {
    entries,
    get: (wanted) => entries.find(([key]) => key.toLowerCase() === wanted.toLowerCase())?.[1],
  };
}

function valueAt(tokens: readonly Token[], at: number): JsonValue {
  const token = tokens[at]!;
  const single = token.kind === "string" || token.kind === "primitive";
  const isTrue = token.kind === "primitive" && /^t/i.test(token.text);
  return {
    isTrue,
    isObject: token.kind === "object",
    get items() {
      return token.kind === "array" ? itemsOf(tokens, at) : undefined;
    },
    text: () => {
      if (token.kind === "primitive") return /^n/i.test(token.text) ? "null" : token.text;
      return token.kind === "string" ? unescaped(token.text) : "";
    },
    int: () => (isTrue ? 1 : single ? (leadingInteger(token.text) ?? 0) : 0),
    unsigned: () => (isTrue ? 1 : single ? unsignedInteger(token.text) : 0),
  };
}

function itemsOf(tokens: readonly Token[], at: number): readonly JsonValue[] {
  const items: JsonValue[] = [];
  for (let left = tokens[at]!.size, i = at + 1; left > 0 && i < tokens.length; left--) {
    items.push(valueAt(tokens, i));
    i = afterValue(tokens, i);
  }
  return items;
}

function afterValue(tokens: readonly Token[], at: number): number {
  const token = tokens[at];
  if (token === undefined) return at;
  let next = at + 1;
  if (token.kind !== "object" && token.kind !== "array") return next;
  for (let left = token.size; left > 0 && next < tokens.length; left--) {
    next = afterValue(tokens, token.kind === "object" ? next + 1 : next);
  }
  return next;
}

/** Nested containers by where they are open; a colon makes the token before it the one that the next belongs to. */
function tokenize(json: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  const open: Token[] = [];
  let owner: Token | undefined;
  const add = (kind: Kind, text: string, closed: boolean): Token => {
    const token = { kind, text, size: 0, closed };
    tokens.push(token);
    if (owner !== undefined) owner.size++;
    return token;
  };
  for (let at = 0; at < json.length; at++) {
    const character = json[at]!;
    if (character === "{" || character === "[") {
      if (owner?.kind === "object") return undefined;
      owner = add(character === "{" ? "object" : "array", "", false);
      open.push(owner);
    } else if (character === "}" || character === "]") {
      const closing = open.pop();
      if (closing === undefined || (closing.kind === "object") !== (character === "}")) return undefined;
      closing.closed = true;
      owner = open.at(-1);
    } else if (character === '"') {
      const end = endOfString(json, at);
      if (end === undefined) return undefined;
      add("string", json.slice(at + 1, end), true);
      at = end;
    } else if (character === ":") owner = tokens.at(-1);
    else if (character === ",") owner = owner === undefined || !isContainer(owner) ? (open.at(-1) ?? owner) : owner;
    else if (PRIMITIVE_STARTS.includes(character)) {
      if (owner?.kind === "object" || (owner?.kind === "string" && owner.size !== 0)) return undefined;
      const match = /^[\x20-\x7e]*?(?=[\t\r\n ,\]}])/.exec(json.slice(at));
      if (match === null) return undefined;
      add("primitive", match[0], true);
      at += match[0].length - 1;
    } else if (!BLANKS.includes(character)) return undefined;
  }
  return tokens.length === 0 || open.length > 0 ? undefined : tokens;
}

function isContainer(token: Token): boolean {
  return token.kind === "object" || token.kind === "array";
}

/** Index of the closing quote; undefined without one, or with an escape that JSON does not know. */
function endOfString(json: string, start: number): number | undefined {
  for (let at = start + 1; at < json.length; at++) {
    if (json[at] === '"') return at;
    if (json[at] !== "\\" || at + 1 >= json.length) continue;
    at++;
    if (json[at] === "u") {
      const digits = /^[0-9a-fA-F]{0,4}/.exec(json.slice(at + 1, at + 5))![0];
      if (digits.length < Math.min(4, json.length - at - 1)) return undefined;
      at += digits.length;
    } else if (!ESCAPED.includes(json[at]!)) return undefined;
  }
  return undefined;
}

/** \uXXXX moves each of its digits by one bit less than the one before, not by four: \u0041 becomes 9. */
function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_, hex: string | undefined, letter: string) => {
    if (hex === undefined) return CONTROL[letter] ?? letter;
    return String.fromCodePoint(
      Array.from(hex).reduce((sum, digit, i) => sum | (Number.parseInt(digit, 16) << (3 - i)), 0),
    );
  });
}
