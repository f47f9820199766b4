/**
 * A device's guide: how it is opened, wired, checked and closed, as data that people can add without code. Texts are
 * kept apart, keyed by id, so that a translation is data too. Parsed here, trusted afterwards.
 */
import * as v from "valibot";
import { PlugsmithError } from "../errors.ts";

export type GuideUnit = "V" | "A" | "W" | "ohm" | "Mohm";

export interface GuideStep {
  readonly id: string;
  readonly drawing?: string | undefined;
}

export interface GuideWire extends GuideStep {
  readonly chip: string;
  readonly adapter: string;
  readonly colour: string;
  /** Pin numbers of the chip's package, to find the pad by continuity: no pad position is ever drawn. */
  readonly chipPins: readonly number[];
}

export interface GuideConfirmation extends GuideStep {
  readonly confirm: true;
}

export interface GuideMeasurement extends GuideStep {
  readonly measure: GuideUnit;
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
  readonly nullLeads?: boolean | undefined;
  /** The two points to touch, by text id. */
  readonly points?: readonly [string, string] | undefined;
  readonly source: string;
}

export type ClosingItem = GuideConfirmation | GuideMeasurement;

export interface GuideLimit {
  readonly value: number;
  readonly unit: GuideUnit;
  readonly source: string;
}

export interface Guide {
  readonly version: 1;
  readonly device: string;
  readonly drawings: readonly string[];
  readonly tools: readonly string[];
  readonly opening: readonly GuideStep[];
  readonly wiring: readonly GuideWire[];
  readonly chipPinsSource: string;
  readonly beforePower: readonly GuideMeasurement[];
  readonly closing: readonly ClosingItem[];
  readonly limits: { readonly current: GuideLimit; readonly maxPower: GuideLimit };
  readonly variants: readonly { readonly id: string; readonly supported: boolean }[];
}

export type GuideTexts = Readonly<Record<string, string>>;

const Id = v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "an id in lower-case kebab form"));
const Source = v.pipe(v.string(), v.minLength(8, "a source that somebody can look up"));

const Step: v.GenericSchema<unknown, GuideStep> = v.strictObject({ id: Id, drawing: v.optional(Id) });

const Wire: v.GenericSchema<unknown, GuideWire> = v.strictObject({
  id: Id,
  chip: v.string(),
  adapter: v.string(),
  colour: v.string(),
  chipPins: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(1))), v.minLength(1)),
  drawing: v.optional(Id),
});

const Unit = v.picklist(["V", "A", "W", "ohm", "Mohm"]);

const Confirmation: v.GenericSchema<unknown, GuideConfirmation> = v.strictObject({
  id: Id,
  confirm: v.literal(true),
  drawing: v.optional(Id),
});

const Measurement: v.GenericSchema<unknown, GuideMeasurement> = v.pipe(
  v.strictObject({
    id: Id,
    measure: Unit,
    atLeast: v.optional(v.number()),
    atMost: v.optional(v.number()),
    nullLeads: v.optional(v.boolean()),
    points: v.optional(v.tuple([Id, Id])),
    drawing: v.optional(Id),
    source: Source,
  }),
  v.check(({ atLeast, atMost }) => atLeast !== undefined || atMost !== undefined, "a limit: atLeast or atMost"),
);

const Limit: v.GenericSchema<unknown, GuideLimit> = v.strictObject({
  value: v.pipe(v.number(), v.gtValue(0)),
  unit: Unit,
  source: Source,
});

const GuideSchema: v.GenericSchema<unknown, Guide> = v.strictObject({
  version: v.literal(1),
  device: Id,
  drawings: v.array(Id),
  tools: v.array(Id),
  opening: v.array(Step),
  wiring: v.array(Wire),
  chipPinsSource: Source,
  beforePower: v.array(Measurement),
  closing: v.array(v.union([Confirmation, Measurement])),
  limits: v.strictObject({ current: Limit, maxPower: Limit }),
  variants: v.array(v.strictObject({ id: Id, supported: v.boolean() })),
});

/**
 * What every guide must check, whatever the device: without these nobody may be asked to plug it in. A metal-free
 * class II device would need a list of its own; none is supported.
 */
export const OBLIGATORY: {
  readonly beforePower: readonly string[];
  readonly closing: readonly string[];
} = {
  beforePower: ["short-vcc-gnd", "adapter-vcc", "adapter-tx"],
  closing: [
    "wires-removed",
    "earth-resistance",
    "insulation",
    "child-protection",
    "screws",
    "first-mains-protected",
    "first-mains-no-load",
  ],
};

/** @throws PlugsmithError bad-argument naming every place that is wrong. */
export function parseGuide(data: unknown, texts: GuideTexts, where: string): Guide {
  const result = v.safeParse(GuideSchema, data);
  if (!result.success) {
    const issues = result.issues.map((issue) => `${v.getDotPath(issue) ?? "(whole file)"}: ${issue.message}`);
    throw faulty(where, issues);
  }
  const problems = guideProblems(result.output, texts);
  if (problems.length > 0) throw faulty(where, problems);
  return result.output;
}

function faulty(where: string, problems: readonly string[]): PlugsmithError {
  return new PlugsmithError("bad-argument", {
    message: `${where} is not a usable guide: ${problems.join("; ")}.`,
    nextStep: "Correct the file; CONTRIBUTING tells how a device is added.",
  });
}

/** What a schema cannot say: texts that are missing, drawings that nobody declared, checks that nobody may leave out. */
export function guideProblems(guide: Guide, texts: GuideTexts): string[] {
  const problems: string[] = [];
  const spoken: readonly { readonly id: string; readonly drawing?: string | undefined }[] = [
    ...guide.opening,
    ...guide.wiring,
    ...guide.beforePower,
    ...guide.closing,
    ...guide.variants,
    ...guide.tools.map((id) => ({ id })),
    ...[...guide.beforePower, ...guide.closing].flatMap((item) =>
      "points" in item && item.points ? item.points.map((id) => ({ id })) : [],
    ),
  ];
  for (const { id, drawing } of spoken) {
    if (!texts[id]) problems.push(`no text for ${id}`);
    if (drawing !== undefined && !guide.drawings.includes(drawing)) {
      problems.push(`${id} names the drawing ${drawing}, which is not listed`);
    }
  }
  for (const part of ["beforePower", "closing"] as const) {
    const present = guide[part].map(({ id }) => id);
    for (const id of OBLIGATORY[part]) if (!present.includes(id)) problems.push(`${part} lacks ${id}`);
  }
  const ids = [...guide.opening, ...guide.wiring, ...guide.beforePower, ...guide.closing].map(({ id }) => id);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) problems.push(`${id} occurs twice`);
  return problems;
}
