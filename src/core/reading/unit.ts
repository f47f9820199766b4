/** Units as people read them off a display or type them, and what they mean for the unit that was asked for. */

import type { GuideUnit } from "../guide/guide.ts";
import { quantity, say, type Text } from "../text/text.ts";

type Kind = "voltage" | "current" | "power" | "resistance";

/** What each unit asked for measures, and its power of ten over the plain unit. */
const ASKED: Readonly<Record<GuideUnit, { readonly kind: Kind; readonly exponent: number; readonly example: Text }>> = {
  V: { kind: "voltage", exponent: 0, example: say`${quantity(3.28, "V")}` },
  A: { kind: "current", exponent: 0, example: say`${quantity(4.35, "A")}` },
  W: { kind: "power", exponent: 0, example: say`${quantity(950, "W")}` },
  ohm: { kind: "resistance", exponent: 0, example: say`${quantity(0.21, "Ω")} or ${quantity(4.7, "kΩ")}` },
  Mohm: { kind: "resistance", exponent: 6, example: say`${quantity(550, "MΩ")} or ${quantity(800, "kΩ")}` },
};

/** The quantities as they stand inside a sentence. */
const KINDS: Readonly<Record<Kind, Text>> = {
  voltage: say`voltage`,
  current: say`current`,
  power: say`power`,
  resistance: say`resistance`,
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
const FOREIGN: Readonly<Record<string, Text>> = {
  "%": say`a ratio`,
  va: say`apparent power`,
  kva: say`apparent power`,
  var: say`reactive power`,
  hz: say`a frequency`,
  khz: say`a frequency`,
  wh: say`energy`,
  kwh: say`energy`,
  "°c": say`a temperature`,
  "°f": say`a temperature`,
  f: say`capacitance`,
  nf: say`capacitance`,
  s: say`a time`,
  ms: say`a time`,
};

export type UnitAnswer = { readonly exponent: number } | { readonly problem: Text };

/** @returns the power of ten that turns a number with this unit into the unit asked for, or why it is none of its units. */
export function unitAnswer(typed: string, asked: GuideUnit): UnitAnswer {
  const { kind, exponent, example } = ASKED[asked];
  const bare = typed.replace(/\s+/g, "").replace(/[Ωω\u2126]/g, "Ω");
  const found = identified(bare, kind);
  if (found === undefined) {
    const unit = bare.toLowerCase();
    const other = Object.hasOwn(FOREIGN, unit) ? FOREIGN[unit] : undefined;
    return other === undefined
      ? {
          problem: say`"${typed.trim()}" is not a unit of ${KINDS[kind]}. Type the reading with its unit, such as ${example}.`,
        }
      : { problem: say`${typed.trim()} is the unit of ${other}. Type a ${KINDS[kind]}, such as ${example}.` };
  }
  if (found.kind !== kind) {
    return {
      problem: say`${typed.trim()} is a unit of ${KINDS[found.kind]}. Check what the meter is set to, and type a ${KINDS[kind]}, such as ${example}.`,
    };
  }
  // Ignoring capitals would turn an open contact of 1.2 MΩ into a perfect one.
  if (kind === "resistance" && found.exponent < 0) {
    return {
      problem: say`"${typed.trim()}" with a small m means milliohms, with a capital M megohms. Type MΩ if the display shows it, or convert the value to Ω.`,
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

export function exampleOf(asked: GuideUnit): Text {
  return ASKED[asked].example;
}
