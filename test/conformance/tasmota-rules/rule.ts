/** One thing that the source says of a command: what may be typed, and what must come of it. */
import type { Call } from "./call.ts";
import type { Model } from "./model.ts";
import type { Random } from "./random.ts";

export interface Rule {
  /** As documented ("PowerOnState"). */
  readonly command: string;
  /** File and function of Tasmota 15.2's source. */
  readonly source: string;
  /** What follows the name: index and argument. */
  sample(random: Random): string;
  /**
   * JSON of the answer; lines for commands that publish by themselves; "error" where the source returns without an answer;
   * "skip" where the model does not know, and then the command is not sent.
   */
  expect(call: Call, model: Model): string | readonly string[];
}

const TEXTS: readonly string[] = [
  "abc",
  "a b  c",
  '"',
  '"x',
  'x"y',
  "a\\b",
  "1x",
  "äöü",
  "%s-%d",
  "on top",
  "value ",
  "#+ x",
  "a,b",
  "0",
  "1",
  "2",
];
const WORDS: readonly string[] = ["on", "OFF", "Toggle", "blink", "blinkoff", "up", "all", "true", "stop", "user"];

export function textArgument(random: Random): string {
  if (random.chance(15)) return "";
  if (random.chance(60)) return random.pick(TEXTS);
  return Array.from({ length: random.int(1, random.chance(5) ? 120 : 24) }, () =>
    random.pick(Array.from("abcXYZ019 _-./:@!")),
  ).join("");
}

/** Numbers in, at and beyond a range, in every spelling that C reads, and what is no number. */
export function numberArgument(random: Random, low: number, high: number): string {
  const inside = random.int(low, high);
  switch (random.int(0, 13)) {
    case 0:
      return "";
    case 1:
      return random.pick(["?", "abc", "{}", "é", "-", "x5", '"', "? "]);
    case 2:
      return random.pick(WORDS);
    case 3:
      return String(random.pick([low, high]));
    case 4:
      return String(random.pick([low - 1, high + 1, -1, -99, 65536, 4294967295, 99999999999]));
    case 5:
      return `0x${Math.max(0, inside).toString(16)}`;
    case 6:
      return `0${Math.max(0, inside).toString(8)}`;
    case 7:
      return `${inside}.${random.int(0, 99)}`;
    case 8:
      return random.pick([` ${inside}`, `${inside} `, `+${inside}`, `${inside}x`, `${inside} 7`, `${inside},3`]);
    default:
      return String(inside);
  }
}

/** With and without a number behind the command's name. */
export function indexed(random: Random, highest: number, argument: string): string {
  const index = random.chance(10) ? random.pick(["", "0", String(highest + 1), "99"]) : String(random.int(1, highest));
  return argument === "" ? index : `${index} ${argument}`;
}

export function plain(argument: string): string {
  return argument === "" ? "" : ` ${argument}`;
}
