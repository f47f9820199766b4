/**
 * What the firmware makes of a command line before any command sees it. A model of the documented source, written apart
 * from the firmware model. Source: Tasmota 15.2 support_command.ino (ExecuteCommand, CommandHandler), support.ino (kOptions,
 * GetStateNumber, CharToFloat); C's strtol, strtoul and atoi with 32 bits.
 */

export interface Call {
  /** Upper case, without index and leading underscore. */
  readonly name: string;
  readonly index: number;
  readonly userIndex: boolean;
  readonly silent: boolean;
  /** Blanks in front dropped; "" for a question mark alone. */
  readonly data: string;
  /** The same with the question mark. */
  readonly typed: string;
  readonly payload: number;
}

const BINARY_FROM = 300;
const NONE = -99;
const OPTION_WORDS: readonly (readonly [value: number, words: string])[] = [
  [0, "off false stop celsius down close"],
  [1, "on true start fahrenheit user"],
  [2, "toggle admin"],
  [3, "blink"],
  [4, "blinkoff"],
  [100, "up open"],
  [255, "all"],
];

export function wordValue(text: string): number | undefined {
  return OPTION_WORDS.find(([, words]) => words.split(" ").includes(text.toLowerCase()))?.[0];
}

/** Digits of a base from a place on: their value and where they end. */
function digits(text: string, from: number, base: number): readonly [value: number, end: number] {
  let value = 0;
  let at = from;
  for (; at < text.length; at++) {
    const digit = Number.parseInt(text[at]!, 36);
    if (Number.isNaN(digit) || digit >= base) break;
    value = value * base + digit;
  }
  return [value, at];
}

interface Scanned {
  readonly negative: boolean;
  readonly magnitude: number;
}

function scan(text: string, detectBase: boolean): Scanned | undefined {
  let at = 0;
  while (at < text.length && " \t\n\v\f\r".includes(text[at]!)) at++;
  const negative = text[at] === "-";
  if (negative || text[at] === "+") at++;
  const start = at;
  if (detectBase && text[at] === "0" && text[at + 1]?.toLowerCase() === "x") {
    const [value, end] = digits(text, at + 2, 16);
    return { negative, magnitude: end > at + 2 ? value : 0 };
  }
  const [value, end] = digits(text, at, detectBase && text[at] === "0" ? 8 : 10);
  return end === start ? undefined : { negative, magnitude: value };
}

/** strtol(…, 0), or with base 10 atoi; undefined where it reads nothing. */
export function signed(text: string, detectBase = true): number | undefined {
  const found = scan(text, detectBase);
  if (found === undefined) return undefined;
  return found.negative ? -Math.min(found.magnitude, 2 ** 31) : Math.min(found.magnitude, 2 ** 31 - 1);
}

/** strtoul(…, 0). */
export function unsigned(text: string): number {
  const found = scan(text, true);
  if (found === undefined) return 0;
  const held = Math.min(found.magnitude, 2 ** 32 - 1);
  return found.negative ? (2 ** 32 - held) % 2 ** 32 : held;
}

/** CharToFloat. */
export function float(text: string): number {
  const single = Math.fround;
  let rest = text.slice(0, 23).replace(/^\s+/, "");
  const sign = rest.startsWith("-") ? -1 : 1;
  if (/^[+-]/.test(rest)) rest = rest.slice(1);
  let left = 0;
  if (!rest.startsWith(".")) {
    left = single(signed(rest, false) ?? 0);
    rest = rest.replace(/^\d+/, "");
  }
  let right = 0;
  const decimals = /^\.(\d{0,8})/.exec(rest)?.[1] ?? "";
  if (decimals !== "") right = single(Number(decimals));
  for (const _ of decimals) right = single(right / single(10));
  return sign * single(left + right);
}

/** @returns undefined where there is no command in the line. */
export function parseLine(line: string): Call | undefined {
  const start = line.replace(/^\s+/, "");
  const path = /^[\w/]+/.exec(start)?.[0] ?? "";
  const word = path.slice(path.lastIndexOf("/") + 1);
  if (word === "") return undefined;
  const split = /^(.*?)(\d*)$/.exec(word.toUpperCase())!;
  const silent = split[1]!.length > 1 && split[1]!.startsWith("_");
  const userIndex = split[2] !== "";
  const index = userIndex ? (signed(split[2]!, false) ?? 0) : 1;
  const binary = index >= BINARY_FROM;
  const rest = start.slice(path.length);
  const typed = binary ? rest : rest.replace(/^\s+/, "");
  return {
    name: silent ? split[1]!.slice(1) : split[1]!,
    index,
    userIndex,
    silent,
    data: typed === "?" && !binary ? "" : typed,
    typed,
    payload: binary ? NONE : (wordValue(typed) ?? signed(typed) ?? NONE),
  };
}

export function escaped(text: string): string {
  const letters: Readonly<Record<string, string>> = {
    "\n": "n",
    "\t": "t",
    "\r": "r",
    "\f": "f",
    "\b": "b",
    '"': '"',
    "\\": "\\",
  };
  return Array.from(text, (each) => (letters[each] === undefined ? each : `\\${letters[each]}`)).join("");
}

/** HexToString: up to 16 bytes, of which 15 fit as digits; what is not printable is a blank. */
function dump(text: string): string {
  const bytes = Buffer.from(text);
  const shown = bytes.subarray(0, 16);
  const hex = shown.toString("hex").toUpperCase().slice(0, 30);
  const printable = Array.from(shown, (byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : " ")).join("");
  return `${hex} [${printable}]${bytes.length > 16 ? " ..." : ""}`;
}

/** What an error repeats: at most 63 bytes of the escaped line, or of the dump. */
export function repeated(call: Call): string {
  const data = call.typed === "" ? "" : ` ${call.index >= BINARY_FROM ? dump(call.typed) : escaped(call.typed)}`;
  return Buffer.from(`${call.name}${call.index === 1 ? "" : call.index}${data}`)
    .subarray(0, 63)
    .toString();
}
