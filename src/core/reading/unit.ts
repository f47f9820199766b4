/** Units as people read them off a display or type them, and what they mean for the unit that was asked for. */

import type { GuideUnit } from "../guide/guide.ts";
import { say, type Text } from "../text/text.ts";

type Kind = "voltage" | "current" | "power" | "resistance";

/** What each unit asked for measures, and its power of ten over the plain unit. */
const ASKED: Readonly<Record<GuideUnit, { readonly kind: Kind; readonly exponent: number; readonly example: string }>> =
  {
    V: { kind: "voltage", exponent: 0, example: "3.28 V" },
    A: { kind: "current", exponent: 0, example: "4.35 A" },
    W: { kind: "power", exponent: 0, example: "950 W" },
    ohm: { kind: "resistance", exponent: 0, example: "0.21 Ω or 4.7 kΩ" },
    Mohm: { kind: "resistance", exponent: 6, example: "550 MΩ or 800 kΩ" },
  };

/** SI prefixes (BIPM, The International System of Units, table 7). "K" for kilo is on many displays. */
const PREFIXES: Readonly<Record<string, number>> = { "": 0, m: -3, k: 3, K: 3, M: 6, G: 9 };

const RESISTANCE = /^(meg|kilo|giga|[mkKMG]?)(?:Ω|[oO][hH][mM][sS]?)$/;
const OTHERS: readonly (readonly [RegExp, Kind])[] = [
  [/^([mkK]?)[vV](?:olts?)?$/, "voltage"],
  [/^([mkK]?)[aA](?:mps?|mperes?)?$/, "current"],
  [/^([mkK]?)[wW](?:atts?)?$/, "power"],
];
const WORDS: Readonly<Record<string, string>> = { meg: "M", kilo: "k", giga: "G" };

/** Units of other quantities that instruments show, to say what was read instead. */
const FOREIGN: Readonly<Record<string, string>> = {
  "%": "a ratio",
  va: "apparent power",
  kva: "apparent power",
  var: "reactive power",
  hz: "a frequency",
  khz: "a frequency",
  wh: "energy",
  kwh: "energy",
  "°c": "a temperature",
  "°f": "a temperature",
  f: "capacitance",
  nf: "capacitance",
  s: "a time",
  ms: "a time",
};

export type UnitAnswer = { readonly exponent: number } | { readonly problem: Text };

/** @returns the power of ten that turns a number with this unit into the unit asked for, or why it is none of its units. */
export function unitAnswer(typed: string, asked: GuideUnit): UnitAnswer {
  const { kind, exponent, example } = ASKED[asked];
  const bare = typed.replace(/\s+/g, "").replace(/[Ωω\u2126]/g, "Ω");
  const found = identified(bare, kind);
  if (found === undefined) {
    const other = FOREIGN[bare.toLowerCase()];
    return other === undefined
      ? {
          problem: say`"${typed.trim()}" is not a unit of ${kind}. Type the reading with its unit, such as ${example}.`,
        }
      : { problem: say`${typed.trim()} is the unit of ${other}, and a ${kind} is asked for, such as ${example}.` };
  }
  if (found.kind !== kind) {
    return {
      problem: say`${typed.trim()} is a unit of ${found.kind}, and a ${kind} is asked for, such as ${example}. Check what the meter is set to.`,
    };
  }
  // Who does not care for capitals would turn an open contact of 1.2 MΩ into a perfect one.
  if (kind === "resistance" && found.exponent < 0) {
    return {
      problem: say`With a small m, "${typed.trim()}" means milliohms; with a capital M, megohms. Type MΩ if the display shows that, or convert it to Ω.`,
    };
  }
  return { exponent: found.exponent - exponent };
}

/** A prefix alone stands for its resistance: ranges of meters are marked 200k and 2M. */
function identified(bare: string, asked: Kind): { readonly kind: Kind; readonly exponent: number } | undefined {
  const resistance = RESISTANCE.exec(
    /^[mkKMG]$/.test(bare) && asked === "resistance" ? `${bare}Ω` : wordsLowered(bare),
  );
  if (resistance !== null) {
    const prefix = resistance[1]!;
    return { kind: "resistance", exponent: PREFIXES[WORDS[prefix] ?? prefix]! };
  }
  const plain = bare.replace(/(?:~|[aA][cC]|[dD][cC]|TRMS|trms|RMS|rms)$/, "");
  for (const [pattern, kind] of OTHERS) {
    const match = pattern.exec(plain);
    if (match !== null) return { kind, exponent: PREFIXES[match[1]!]! };
  }
  return undefined;
}

function wordsLowered(bare: string): string {
  return bare.replace(/^(meg|kilo|giga)a?(?=ohm)/i, (word) => word.toLowerCase().replace("mega", "meg"));
}

export function exampleOf(asked: GuideUnit): string {
  return ASKED[asked].example;
}
