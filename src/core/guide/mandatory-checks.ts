/**
 * What every guide must check, whatever the device, and the limits that no guide may loosen: without these nobody may be
 * asked to plug it in. They are for protection class I, a plug with an earth contact; no other is supported.
 */
import type { ClosingItem, Guide, GuideUnit } from "./guide.ts";

interface MandatoryCheck {
  readonly id: string;
  /** Undefined: to be confirmed. */
  readonly measure?: GuideUnit;
  /** A guide may ask for more than this, never for less. */
  readonly atLeast?: number;
  /** A guide may allow less than this, never more. */
  readonly atMost?: number;
  /** Contacts of a few tenths of an ohm mean nothing with the leads in them. */
  readonly nullLeads?: true;
  readonly points?: true;
}

/**
 * Sources. Voltages: Espressif, ESP8285 Datasheet, Electrical Characteristics (VDD and inputs at most 3.6 V). Earth and
 * insulation: DIN VDE 0701-0702:2008, protection class I (0.3 Ω with a cord up to 5 m; 1 MΩ at 500 V DC). Short: a
 * choice; boards read a few hundred ohms or more, a solder bridge near none.
 */
export const MANDATORY_CHECKS: {
  readonly beforePower: readonly MandatoryCheck[];
  readonly closing: readonly MandatoryCheck[];
} = {
  beforePower: [
    { id: "adapter-vcc", measure: "V", atLeast: 2.7, atMost: 3.6 },
    { id: "adapter-tx", measure: "V", atMost: 3.6 },
    { id: "short-vcc-gnd", measure: "ohm", atLeast: 100 },
  ],
  closing: [
    { id: "wires-removed" },
    { id: "earth-resistance", measure: "ohm", atMost: 0.3, nullLeads: true, points: true },
    { id: "insulation-voltage", measure: "V", atLeast: 500 },
    { id: "insulation", measure: "Mohm", atLeast: 1, points: true },
    { id: "child-protection" },
    { id: "screws" },
    // Glue moves what it holds: what counts is the contact as it stays.
    { id: "final-earth-resistance", measure: "ohm", atMost: 0.3, nullLeads: true, points: true },
    { id: "first-mains-protected" },
    { id: "first-mains-no-load" },
  ],
};

export function mandatoryCheckProblems(guide: Guide): string[] {
  const problems: string[] = [];
  for (const part of ["beforePower", "closing"] as const) {
    for (const check of MANDATORY_CHECKS[part]) {
      const item = (guide[part] as readonly ClosingItem[]).find(({ id }) => id === check.id);
      if (item === undefined) problems.push(`${part} lacks ${check.id}`);
      else problems.push(...loosened(check, item).map((what) => `${part}: ${check.id} ${what}`));
    }
  }
  return [...problems, ...orderProblems(guide)];
}

function loosened(check: MandatoryCheck, item: ClosingItem): string[] {
  const { measure, atLeast, atMost, nullLeads, points } = check;
  if (measure === undefined) return "confirm" in item ? [] : ["is to be confirmed, not measured"];
  if (!("measure" in item)) return ["is to be measured, not confirmed"];
  return [
    ...(item.measure === measure ? [] : [`is measured in ${measure}`]),
    ...(atLeast === undefined || (item.atLeast ?? Number.NEGATIVE_INFINITY) >= atLeast
      ? []
      : [`must ask for at least ${atLeast} ${measure}`]),
    ...(atMost === undefined || (item.atMost ?? Number.POSITIVE_INFINITY) <= atMost
      ? []
      : [`must allow at most ${atMost} ${measure}`]),
    ...(nullLeads === undefined || item.nullLeads === true ? [] : ["must have its leads nulled"]),
    ...(points === undefined || item.points !== undefined ? [] : ["must name its two points"]),
  ];
}

/** Nothing is closed over wires, and nothing comes between the word about the first socket and the socket. */
function orderProblems({ closing, beforePower }: Guide): string[] {
  const problems: string[] = [];
  if (closing[0]?.id !== "wires-removed") problems.push("closing: wires-removed must come first");
  const last = closing.slice(-2).map(({ id }) => id);
  if (!last.includes("first-mains-protected") || !last.includes("first-mains-no-load")) {
    problems.push("closing: first-mains-protected and first-mains-no-load must come last");
  }
  const at = (id: string): number => closing.findIndex((item) => item.id === id);
  if (at("insulation-voltage") > at("insulation")) problems.push("closing: insulation-voltage must precede insulation");
  if (at("final-earth-resistance") < at("screws")) problems.push("closing: final-earth-resistance must follow screws");
  for (const { id, on } of beforePower) {
    const wanted = id.startsWith("adapter-") ? "adapter" : id === "short-vcc-gnd" ? "board" : on;
    if (on !== wanted) problems.push(`beforePower: ${id} is measured on the ${wanted}`);
  }
  return problems;
}
