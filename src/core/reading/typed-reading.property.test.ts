import fc from "fast-check";
import { expect, test } from "vitest";
import type { GuideUnit } from "../guide/guide.ts";
import { readingFrom } from "./reading.ts";
import { typedReading } from "./typed-reading.ts";

/** All that a run of digits and separators can mean to anybody: each separator groups, or one is the decimal mark. */
function meanings(mantissa: string): number[] {
  const parts = mantissa.split(/[.,]/);
  return parts.map((_, at) => Number(`${parts.slice(0, at + 1).join("") || "0"}.${parts.slice(at + 1).join("")}`));
}

const FACTORS: Readonly<Record<string, number>> = { "": 1, m: 1e-3, k: 1e3, K: 1e3, M: 1e6, G: 1e9 };
const PREFIXES = ["", "m", "k", "K", "M", "G"] as const;
const NAMES: Readonly<Record<GuideUnit, readonly string[]>> = {
  V: ["V", "v"],
  A: ["A", "a"],
  W: ["W", "w"],
  ohm: ["Ω", "\u2126", "ohm", "Ohm", "OHM"],
  Mohm: ["Ω", "\u2126", "ohm", "Ohm", "OHM"],
};
const near = (a: number, b: number): boolean => a === b || Math.abs(a - b) <= 1e-9 * Math.abs(b);

const mantissa = fc
  .array(fc.tuple(fc.constantFrom("", ".", ",", "0", "000"), fc.integer({ min: 0, max: 9999 })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => parts.map(([mark, digits]) => `${mark}${digits}`).join(""));

test("no text is taken for more favourable than anything it can mean", () => {
  let taken = 0;
  fc.assert(
    fc.property(
      fc.constantFrom<GuideUnit>("V", "A", "W", "ohm", "Mohm"),
      fc.constantFrom("", ">", "<", "> ", "≤ ", ">="),
      fc.constantFrom("", "-", "\u2212", "+"),
      mantissa,
      fc.constantFrom("", " ", "\u202f"),
      fc.constantFrom(...PREFIXES),
      fc.nat(),
      (unit, inequality, sign, digits, gap, prefix, pick) => {
        const name = NAMES[unit][pick % NAMES[unit].length]!;
        const answer = typedReading(`${inequality}${sign}${digits}${gap}${prefix}${name}`, { id: "any", unit });
        if (answer.kind !== "taken") return;
        taken++;
        const { low, high } = readingFrom(answer.answer);
        const factor = (FACTORS[prefix]! * (sign === "-" || sign === "\u2212" ? -1 : 1)) / (unit === "Mohm" ? 1e6 : 1);
        const whole = meanings(digits).map((meant) => meant * factor);
        const typed = inequality.startsWith(">") ? low : high;
        expect(
          whole.some((meant) => near(typed, meant)),
          `${typed} of ${whole.join(", ")}`,
        ).toBe(true);
        if (inequality.startsWith(">")) expect(high).toBe(Number.POSITIVE_INFINITY);
        if (/^[<≤]/.test(inequality)) expect(low).toBeLessThanOrEqual(0);
        if (inequality === "") expect(low).toBe(high);
        // A comma before three digits is a thousand to some: taken only where a thousand cannot be.
        if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(digits)) expect(["V", "A", "W"]).toContain(unit);
        // Nobody who types a small m is given a milliohm.
        if (prefix === "m") expect(["V", "A", "W"]).toContain(unit);
      },
    ),
    { numRuns: 3000 },
  );
  expect(taken).toBeGreaterThan(300);
});

test("of any text at all, what is taken was typed in digits, or is an overload that the text names", () => {
  const characters = fc.constantFrom(...Array.from("0123456789.,-+<>≥ eEkKmMGVAWΩohmlLO1\u2212\u00a0%"));
  fc.assert(
    fc.property(
      fc.array(characters, { maxLength: 10 }).map((list) => list.join("")),
      fc.constantFrom<GuideUnit>("V", "ohm", "Mohm"),
      (text, unit) => {
        const answer = typedReading(text, { id: "any", unit });
        if (answer.kind !== "taken") return;
        const { low, high } = readingFrom(answer.answer);
        expect(Number.isNaN(low) || Number.isNaN(high)).toBe(false);
        if (low === Number.POSITIVE_INFINITY) {
          expect(unit).not.toBe("V");
          expect(text).toMatch(/l|1\s+\./i);
        } else {
          expect(text).toMatch(/\d/);
          if (unit === "V") expect(low).toBeGreaterThanOrEqual(0);
        }
      },
    ),
    { numRuns: 3000 },
  );
});
