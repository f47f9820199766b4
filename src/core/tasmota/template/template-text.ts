/**
 * A template as people paste it: bare, in a console line, in quotes, with a comment, from a web page. Gives its JSON, or
 * an error that shows the place. What surrounds it must be of a known kind; what was cut is never completed.
 * Source: Tasmota's documentation (Templates, Commands: Template, Backlog).
 */
import { PlugsmithError } from "../../errors.ts";
import { say } from "../../text/text.ts";
import type { Json } from "../answer.ts";

export function badTemplate(message: string): PlugsmithError {
  return new PlugsmithError("bad-argument", {
    message: say`The template cannot be used: ${message}`,
    nextStep: say`A template looks like {"NAME":"…","GPIO":[14 numbers],"FLAG":0,"BASE":18}.`,
  });
}

const ENTITIES: readonly (readonly [RegExp, string])[] = [
  [/&(?:quot|#0*34|#x0*22);/gi, '"'],
  [/&(?:apos|#0*39|#x0*27);/gi, "'"],
  [/&nbsp;/gi, " "],
  [/&(?:amp|#0*38|#x0*26);/gi, "&"],
];

/** Quotes as web pages, text processors and shells write them, where no plain quote opens the first name. */
function plainQuotes(text: string): string {
  const first = /\{\s*(&|\\"|[“”„])/.exec(text)?.[1];
  if (first === undefined) return text;
  if (first === "&") return ENTITIES.reduce((result, [entity, char]) => result.replace(entity, char), text);
  return first === '\\"' ? text.replaceAll('\\"', '"') : text.replace(/[“”„]/g, '"');
}

const COMMENT = String.raw`(?:\/\/|#|--)[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/`;
const BEFORE = new RegExp(
  [
    `^(?:\\s|${COMMENT})*`,
    // A log line: time, tag, topic.
    String.raw`(?:\d\d:\d\d:\d\d\S* )?(?:[A-Z]{3}: ?)?(?:\S+ ?= ?)?`,
    "[\\s'\"`>]*",
    // A command, or several with the template among them.
    "(?:Backlog0? +(?:[^{};]*;)*\\s*)?(?:Template\\b[\\s=]*)?[\\s'\"`]*$",
  ].join(""),
  "i",
);
const AFTER = new RegExp(`^[\\s'"\`]*(?:[;,.][^{}\\n]*|\\(\\p{L}[^()\\n]*\\))?[\\s'"\`;,.]*(?:\\s|${COMMENT})*$`, "u");

/** Errors: bad-argument with line, column and what was expected there. */
export function templateJsonOf(written: string): Json {
  const text = plainQuotes(written.replace(/^\ufeff/, ""));
  const start = startOf(text);
  if (start < 0) throw badTemplate(`it is not JSON; no "{" was found.`);
  if (start > MOST_AROUND || !BEFORE.test(text.slice(0, start))) {
    throw badTemplate(`what stands before ${place(text, start)} is neither a command nor a comment.`);
  }
  const reader = new JsonReader(text, start);
  const json = reader.value();
  if (text.length - reader.at > MOST_AROUND || !AFTER.test(text.slice(reader.at))) {
    const next = reader.at + /^[\s'"`;,.]*/.exec(text.slice(reader.at))![0].length;
    throw badTemplate(`at ${place(text, next)} the end was expected, but there is ${shown(text, next)}.`);
  }
  return json;
}

/** Characters of comment and command around a template. */
const MOST_AROUND = 4096;

/** The first brace (or bracket, as its very first character) in no comment. */
function startOf(text: string): number {
  let at = 0;
  for (const line of text.split("\n")) {
    const found = /^\s*(?:\/\/|#|--)/.test(line) ? -1 : line.search(/\{|^\s*\[/);
    if (found >= 0) return at + found;
    at += line.length + 1;
  }
  return -1;
}

function place(text: string, at: number): string {
  const before = text.slice(0, at).split("\n");
  return `line ${before.length}, column ${before.at(-1)!.length + 1}`;
}

function shown(text: string, at: number): string {
  const rest = text.slice(at, at + 16).split("\n")[0]!;
  if (at >= text.length) return "the end of the text";
  return rest.trim() === "" ? "the end of the line" : `"${rest}${at + 16 < text.length ? "…" : ""}"`;
}

/** No template is nested deeper than its list of pins. */
const MOST_DEPTH = 8;
const GAP = new RegExp(`(?:\\s|${COMMENT})*`, "y");
const STRING = /"(?:[^"\\\n]|\\.)*"/y;
const WORD = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y;

/** JSON with comments between its parts, which knows where it stands. */
class JsonReader {
  at: number;
  readonly #text: string;

  constructor(text: string, at: number) {
    this.#text = text;
    this.at = at;
  }

  value(depth = 0): Json {
    if (depth > MOST_DEPTH) throw badTemplate("it is nested too deep.");
    this.#take(GAP);
    const next = this.#text[this.at];
    if (next === "{") {
      const members = this.#list("}", "a name in quotes", () => this.#member(depth));
      return Object.fromEntries(members);
    }
    if (next === "[") return this.#list("]", "a value", () => this.value(depth + 1));
    const token = next === '"' ? this.#take(STRING) : this.#take(WORD);
    if (token === undefined) throw this.#expected(next === '"' ? "a closing quote in this line" : "a value");
    try {
      return JSON.parse(token) as Json;
    } catch {
      this.at -= token.length;
      throw this.#expected("a valid value");
    }
  }

  #member(depth: number): readonly [string, Json] {
    if (this.#text[this.at] !== '"') throw this.#expected("a name in quotes");
    const key = this.value(depth + 1) as string;
    this.#take(GAP);
    if (this.#text[this.at] !== ":") throw this.#expected('":"');
    this.at++;
    return [key, this.value(depth + 1)];
  }

  #list<T>(end: string, what: string, read: () => T): T[] {
    const items: T[] = [];
    this.at++;
    this.#take(GAP);
    if (this.#text[this.at] === end) {
      this.at++;
      return items;
    }
    for (;;) {
      items.push(read());
      this.#take(GAP);
      const next = this.#text[this.at];
      if (next !== "," && next !== end) throw this.#expected(`"," or "${end}"`);
      this.at++;
      if (next === end) return items;
      this.#take(GAP);
      if (this.#text[this.at] === end) throw this.#expected(what);
    }
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  #expected(what: string): PlugsmithError {
    const { at } = this;
    return badTemplate(
      `it is not JSON: at ${place(this.#text, at)} ${what} was expected, but there is ${shown(this.#text, at)}.`,
    );
  }
}
