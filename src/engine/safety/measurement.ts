/**
 * A measurement that opens a gate: the value in the unit that the display shows, the leads' own resistance taken off,
 * compared with the guide's limit. Knows nothing of what the gate leads to.
 */
import { PlugsmithError } from "../../core/errors.ts";
import type { GuideMeasurement, GuideTexts, GuideUnit } from "../../core/guide/guide.ts";
import { guideText } from "../../core/guide/guide-text.ts";
import { limitText } from "../../core/guide/limit-text.ts";
import type { SafetyMeasurement } from "../../core/journal/step-data.ts";
import { connectionAdvice } from "../../core/reading/plausible.ts";
import { type Reading, type ReadingAnswer, readingFrom, readingText, typedValue } from "../../core/reading/reading.ts";
import { asText, joined, say, type Text } from "../../core/text/text.ts";
import type { Operator, OperatorQuantity, OperatorWork } from "../ports.ts";

/** From where to where the true value may lie. */
type Ends = Pick<Reading, "low" | "high">;

/** How often a measurement may be repeated before the job gives up: a bad contact is bent and measured again. */
const MEASURE_ATTEMPTS = 5;

/**
 * Ω. Leads that read more are worn or their tips are dirty: the 0.3 Ω that matter would drown in them. A choice of this
 * project; sound leads read 0.1 to 0.5 Ω.
 */
const LEADS_AT_MOST = 1;

/** Ω. How far below the leads alone a reading may fall before one of the two must be wrong: a hand meter's last digit. */
const LAST_DIGIT = 0.1;

/** What a display may show instead of the unit asked for, with its factor; the unit asked for comes first. */
const DISPLAYS: Readonly<Partial<Record<GuideUnit, readonly (readonly [string, string, number])[]>>> = {
  ohm: [
    ["ohm", "Ω", 1],
    ["kohm", "kΩ", 1e3],
    ["Mohm", "MΩ", 1e6],
  ],
  Mohm: [
    ["Mohm", "MΩ", 1],
    ["kohm", "kΩ", 1e-3],
    ["ohm", "Ω", 1e-6],
    ["Gohm", "GΩ", 1e3],
  ],
};

/** What is measured in one situation, and how it is asked for. */
export interface MeasuringTask {
  readonly items: readonly GuideMeasurement[];
  /** Of the question, where more than one value is read. */
  readonly id: string;
  /** How things are connected for it. */
  readonly text?: Text | undefined;
  /** What is done before. */
  readonly work?: OperatorWork | undefined;
}

export interface Measuring {
  readonly texts: GuideTexts;
  readonly operator: Operator;
  readonly plugState: Text;
  readonly signal?: AbortSignal | undefined;
}

/**
 * All values of one situation in one question; of those that are not good enough, each is asked for again alone, until it
 * is within its limit. @throws unsafe after some attempts
 */
export async function measureTogether(
  { items, id, text, work }: MeasuringTask,
  measuring: Measuring,
): Promise<readonly SafetyMeasurement[]> {
  const { operator, signal } = measuring;
  const asked = items.flatMap((item) => [
    ...(item.nullLeads === true ? [leadsQuestion(item)] : []),
    { id: item.id, text: itemQuestion(item, measuring.texts), unit: item.measure },
  ]);
  const [only] = asked;
  const answers =
    asked.length === 1 && only !== undefined
      ? [
          await operator.measure(
            { ...only, text: joined([...(text === undefined ? [] : [text]), only.text]), work },
            signal,
          ),
        ]
      : await operator.read({ id, text: text ?? say`Measure:`, values: asked, work }, signal);
  const first = new Map(asked.map((question, index) => [question.id, answers[index]]));
  const measured: SafetyMeasurement[] = [];
  for (const item of items) {
    if (item.nullLeads !== true) measured.push(await withinLimit(item, measuring, undefined, first.get(item.id)));
    else {
      const leads = await usableLeads(item, measuring, first.get(`${item.id}-leads`));
      // What was read with leads that had to be put right says nothing.
      measured.push(await withinLimit(item, measuring, leads.value, leads.atOnce ? first.get(item.id) : undefined));
    }
  }
  return measured;
}

/** One value by itself, with the leads in front of it where they are to be nulled. @throws unsafe after some attempts */
export async function measureWithin(
  item: GuideMeasurement,
  texts: GuideTexts,
  operator: Operator,
  plugState: Text,
  signal?: AbortSignal,
): Promise<SafetyMeasurement> {
  const text = item.nullLeads === true ? LEADS_THEN_CONTACT : undefined;
  const [measured] = await measureTogether(
    { items: [item], id: item.id, text },
    { texts, operator, plugState, signal },
  );
  return measured!;
}

/** What is asked where the leads come first. */
export const LEADS_THEN_CONTACT: Text = say`Two readings with the multimeter on its lowest Ω range, as the display shows them; plugsmith subtracts the leads:`;

function itemQuestion(item: GuideMeasurement, texts: GuideTexts, leads?: number): Text {
  const name = guideText(texts, item.id);
  const limit = limitText(item);
  const condition =
    leads === undefined || leads === 0 ? limit : say`${limit}; the ${leads} Ω of the leads are subtracted`;
  const [from, to] = item.points?.map((id) => guideText(texts, id)) ?? [];
  return from === undefined || to === undefined
    ? say`${name} (${condition})`
    : say`${name}: ${from} to ${to} (${condition})`;
}

/** @param first read already; undefined: it is asked for. */
async function withinLimit(
  item: GuideMeasurement,
  { texts, operator, plugState, signal }: Measuring,
  leads: number | undefined,
  first: ReadingAnswer | undefined,
): Promise<SafetyMeasurement> {
  const name = guideText(texts, item.id);
  const limit = limitText(item);
  const nextStep = NEXT_STEPS[item.id.replace(/^final-/, "")] ?? say`Find and remove the cause before you continue.`;
  const question = itemQuestion(item, texts, leads);
  let said = asText("");
  let advice = nextStep;
  for (let attempt = 0; attempt < MEASURE_ATTEMPTS; attempt++) {
    const text =
      attempt === 0 ? question : joined([say`${question}. Your last reading, ${said}, is outside the limit.`, advice]);
    const given = attempt === 0 ? first : undefined;
    const answer = given ?? (await operator.measure({ id: item.id, text, unit: item.measure }, signal));
    const shown = await inUnit(item, readingFrom(answer), operator, signal);
    const taken = leads === undefined ? shown : withoutLeads(shown, leads);
    const result = readingText(rounded(taken), item.measure);
    said = leads === undefined ? asText(result) : joined([readingText(rounded(shown)), "−", leads, "=", result]);
    advice = connectionAdvice(item.measure, taken.low) ?? nextStep;
    if (isWithin(item, taken)) {
      // The end that speaks against it. Where there is a maximum, an open end has not got here.
      const value = round(item.atMost === undefined ? taken.low : taken.high);
      return {
        id: item.id,
        value: Number.isFinite(value) ? value : null,
        unit: item.measure,
        leads,
        limit: limit.toString(),
        source: item.source,
      };
    }
  }
  throw new PlugsmithError("unsafe", {
    message: say`${name}: measured ${said}, required ${limit}.`,
    step: item.id,
    plugState,
    nextStep: advice,
    context: { check: item.id, unit: item.measure, atLeast: item.atLeast, atMost: item.atMost },
  });
}

/** Both ends of a reading must be within. A negative resistance or voltage is a mistyped or swapped reading, never a pass. */
function isWithin({ atLeast, atMost }: GuideMeasurement, { low, high }: Ends): boolean {
  return low >= Math.max(0, atLeast ?? 0) && high >= low && high <= (atMost ?? Number.POSITIVE_INFINITY);
}

/** Whether what is on record still meets the guide, which may have become stricter since. */
export function meetsLimit(item: GuideMeasurement, { value }: SafetyMeasurement): boolean {
  const measured = value ?? Number.POSITIVE_INFINITY;
  return isWithin(item, { low: measured, high: measured });
}

function leadsQuestion(item: GuideMeasurement): OperatorQuantity {
  return {
    id: `${item.id}-leads`,
    text: say`Hold the two probe tips together, on the meter's lowest Ω range. What does the display show? (0 if you pressed REL or ZERO in this position; at most ${LEADS_AT_MOST} Ω)`,
    unit: item.measure,
  };
}

/**
 * What the two probes read when they touch each other. A meter that was nulled with its own key reads 0.
 * @param first read already; undefined: it is asked for.
 */
async function usableLeads(
  item: GuideMeasurement,
  { operator, plugState, signal }: Measuring,
  first: ReadingAnswer | undefined,
): Promise<{ readonly value: number; readonly atOnce: boolean }> {
  const question = leadsQuestion(item);
  let said = asText("");
  for (let attempt = 0; attempt < MEASURE_ATTEMPTS; attempt++) {
    const text =
      attempt === 0
        ? question.text
        : joined([
            question.text,
            say`Your last reading, ${said}, is too high or too low for good leads. Check that the probe tips touch, that the meter is on its lowest Ω range, and that both plugs sit firmly in the meter.`,
          ]);
    const given = attempt === 0 ? first : undefined;
    const reading = readingFrom(given ?? (await operator.measure({ ...question, text }, signal)));
    said = asText(readingText(reading, item.measure));
    // The less is taken off, the more is left for the contact: the low end speaks against it.
    if (reading.low >= 0 && reading.high <= LEADS_AT_MOST) return { value: reading.low, atOnce: attempt === 0 };
  }
  throw new PlugsmithError("unsafe", {
    message: say`The leads alone read ${said}. At most ${LEADS_AT_MOST} Ω are allowed: otherwise a contact of ${limitText(item)} cannot be measured with them.`,
    step: item.id,
    plugState,
    nextStep: say`Clean the probe tips, or use other leads or another meter.`,
    context: { check: item.id, unit: "ohm", atMost: LEADS_AT_MOST },
  });
}

function withoutLeads({ low, high }: Ends, leads: number): Ends {
  const left = high - leads;
  const most = left < 0 && left >= -LAST_DIGIT ? 0 : left;
  return { low: low === high ? most : Math.max(0, low - leads), high: most };
}

/** A reading of resistance without its prefix says nothing: 0.3 may be Ω or kΩ, 550 may be MΩ or kΩ. */
async function inUnit(
  item: GuideMeasurement,
  reading: Reading,
  operator: Operator,
  signal?: AbortSignal,
): Promise<Ends> {
  const displays = DISPLAYS[item.measure];
  const typed = typedValue(reading);
  // Nothing to scale where the unit is known, or the display shows an overload, a zero or nonsense.
  if (displays === undefined || reading.unitShown || !Number.isFinite(typed) || typed <= 0) return reading;
  const answer = await operator.choose(
    {
      id: `${item.id}-unit`,
      text: say`Which unit does the display show next to ${typed}?`,
      options: displays.map(([id, text]) => ({ id, text: asText(text) })),
    },
    signal,
  );
  const factor = displays.find(([id]) => id === answer)?.[2] ?? Number.NaN;
  return { low: reading.low * factor, high: reading.high * factor };
}

const NEXT_STEPS: Readonly<Record<string, Text>> = {
  "short-vcc-gnd": say`Look for a solder bridge between the two pads. Do not connect the adapter.`,
  "adapter-vcc": say`Set the adapter to 3.3 V (jumper or switch), or use another one. 5 V destroys the chip.`,
  "adapter-tx": say`This adapter's signals are not 3.3 V. Use another adapter or a level shifter. 5 V destroys the chip.`,
  "earth-resistance": say`Clean the earth contacts, bend them so that they press harder, and measure again.`,
  "insulation-voltage": say`A multimeter cannot test insulation. Use an insulation tester, set to 500 V DC.`,
  insulation: say`Look for metal filings, solder or a trapped wire between mains and earth.`,
};

function rounded({ low, high }: Ends): Ends {
  return { low: round(low), high: round(high) };
}

/** Differences of readings, without the tail that binary fractions leave. */
function round(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : value;
}
