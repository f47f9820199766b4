/**
 * Reads an answer of which a text may be damaged: Tasmota prints names and topics as they are stored, so a control
 * byte, a line end or a quotation mark in one of them makes the JSON invalid. What is whole is kept, the damaged member
 * is left out and named. What was cut off is no answer.
 * Source: Tasmota tasmota/tasmota_support/support_command.ino (CmndStatus: texts go into the format unescaped).
 */
import { type Answer, type AnswerMember, type Json, parseJson, parseMembers, tooDeep } from "./answer.ts";

/** More damage than this is no damaged text but something else. */
const MOST_DAMAGED = 16;
/** Quotation marks in damaged texts may hide braces from `tooDeep`. */
const MOST_DEPTH = 32;

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids just these inside a text
const STRING = /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const KEY = /\s*"([^"\\:,{}[\]\x00-\x1f]+)"\s*:\s*/uy;
/** A number, or a word that the firmware prints for a broken sensor. */
const BARE = /[^\s"{}[\],:]+/y;
/** The next member behind a damaged one; what closes before it says at which level. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const NEXT = /(.?)([\]}\s]*),\s*"[^"\\:,{}[\]\x00-\x1f]+"\s*:/gsu;

class CutOff extends Error {}
class Unfit extends Error {}

class DamagedReader {
  readonly damaged: string[] = [];
  readonly #text: string;
  #at: number;
  /** How many objects end before the next member, after a damaged one. */
  #closing = 0;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  /** Members of the object that starts here. Throws CutOff where it never ends. */
  members(path: readonly string[] = []): AnswerMember[] {
    if (path.length > MOST_DEPTH) throw new CutOff();
    const found: AnswerMember[] = [];
    this.#at++;
    if (this.#ends("}")) return found;
    for (;;) {
      const from = this.#at;
      const key = this.#take(KEY)?.replace(/^\s*"|"\s*:\s*$/g, "");
      const place = [...path, key ?? "?"];
      try {
        if (key === undefined) throw new Unfit();
        const value = this.#value(place);
        if (this.#closing === 0 && !this.#follows()) {
          // Its own members would be taken for those that come next.
          throw typeof value === "object" ? new CutOff() : new Unfit();
        }
        found.push({ key, value });
      } catch (error) {
        if (!(error instanceof Unfit)) throw error;
        this.#skip(from, place);
      }
      if (this.#closing > 0) {
        this.#closing--;
        return found;
      }
      if (this.#ends("}")) return found;
      if (this.#text[this.#at] !== ",") throw new CutOff();
      this.#at++;
    }
  }

  /** Whether a whole member ends here: another one, or the object's end comes next. */
  #follows(): boolean {
    this.#take(/\s*/y);
    const here = this.#at;
    const next = this.#text[this.#at];
    if (next === undefined) throw new CutOff();
    if (next === "}") return true;
    if (next !== ",") return false;
    this.#at++;
    const whole = this.#take(KEY) !== undefined;
    this.#at = here;
    return whole;
  }

  #value(path: readonly string[]): Json {
    const next = this.#text[this.#at];
    if (next === "{") return Object.fromEntries(this.members(path).map(({ key, value }) => [key, value]));
    if (next === "[") return this.#array(path);
    const token = this.#take(next === '"' ? STRING : BARE);
    if (token === undefined) throw new Unfit();
    return parseJson(token) ?? (token === "null" ? null : token);
  }

  #array(path: readonly string[]): Json {
    const items: Json[] = [];
    this.#at++;
    if (this.#ends("]")) return items;
    for (;;) {
      this.#take(/\s*/y);
      // A list with a damaged part is damaged as a whole: its places would shift.
      const before = this.damaged.length;
      items.push(this.#value(path));
      if (this.damaged.length > before) throw this.#closing > 0 ? new CutOff() : new Unfit();
      if (this.#ends("]")) return items;
      if (this.#text[this.#at] !== ",") throw new Unfit();
      this.#at++;
    }
  }

  #skip(from: number, path: readonly string[]): void {
    this.damaged.push(path.join("."));
    if (this.damaged.length > MOST_DAMAGED) throw new CutOff();
    // Behind the damaged member's own key.
    this.#at = from;
    this.#take(KEY);
    NEXT.lastIndex = this.#at;
    const next = NEXT.exec(this.#text);
    if (next === null) {
      // The last member of all: everything that is open must end here.
      const end = /"\]?((?:\s*\})+)\s*$/.exec(this.#text.slice(this.#at));
      if (end === null || end[1]!.replace(/\s/g, "").length !== path.length) throw new CutOff();
      this.#closing = path.length;
      this.#at = this.#text.length;
      return;
    }
    // An object may begin there, whose members would be taken for those that come next.
    if (this.#text.slice(this.#at, next.index).includes("{")) throw new CutOff();
    const closed = next[2]!.replace(/[^}]/g, "").length;
    // A brace that no quotation mark precedes may be the text's own.
    if (closed >= path.length || (closed > 0 && next[1] !== '"')) throw new CutOff();
    this.#closing = closed;
    this.#at = next.index + next[1]!.length + next[2]!.length;
  }

  #ends(close: string): boolean {
    this.#take(/\s*/y);
    if (this.#text[this.#at] !== close) return false;
    this.#at++;
    return true;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }
}

/** Undefined where there is no object or it never ends. */
export function readAnswer(text: string): Answer | undefined {
  const trimmed = text.trim();
  const members = parseMembers(text);
  // A member that is no JSON comes as text: an object so damaged still begins with its brace.
  const whole = members?.every(
    ({ value }) => typeof value !== "string" || !/^[{["]/.test(value) || quotedIn(text, value),
  );
  if (members !== undefined && whole === true) {
    return { members, text: trimmed };
  }
  const start = text.indexOf("{");
  if (start < 0 || tooDeep(text)) return undefined;
  const reader = new DamagedReader(text, start);
  try {
    const read = reader.members();
    const { damaged } = reader;
    return { members: read, text: trimmed, damaged: damaged.length === 0 ? undefined : damaged };
  } catch (error) {
    if (error instanceof CutOff) return undefined;
    throw error;
  }
}

function quotedIn(text: string, value: string): boolean {
  return text.includes(JSON.stringify(value));
}
