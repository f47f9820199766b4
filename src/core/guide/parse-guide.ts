/**
 * A device's guide: how it is opened, wired, checked and closed, as data that people can add without code. Texts are
 * kept apart, keyed by id, so that a translation is data too. Parsed here, trusted afterwards.
 */
import * as v from "valibot";
import { PlugsmithError } from "../errors.ts";
import { say } from "../text/text.ts";
import type {
  ClosingItem,
  Guide,
  GuideBenchMeasurement,
  GuideConfirmation,
  GuideLimit,
  GuideMeasurement,
  GuideStep,
  GuideTexts,
  GuideWire,
} from "./guide.ts";
import { mandatoryCheckProblems } from "./mandatory-checks.ts";

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

const MEASUREMENT = {
  id: Id,
  measure: Unit,
  atLeast: v.optional(v.number()),
  atMost: v.optional(v.number()),
  nullLeads: v.optional(v.boolean()),
  points: v.optional(v.tuple([Id, Id])),
  drawing: v.optional(Id),
  source: Source,
};

const LIMIT = "a limit: atLeast or atMost";

interface Limits {
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
}

const hasLimit = ({ atLeast, atMost }: Limits): boolean => atLeast !== undefined || atMost !== undefined;

const Measurement: v.GenericSchema<unknown, GuideMeasurement> = v.pipe(
  v.strictObject(MEASUREMENT),
  v.check((item) => hasLimit(item), LIMIT),
);

const BenchMeasurement: v.GenericSchema<unknown, GuideBenchMeasurement> = v.pipe(
  v.strictObject({ ...MEASUREMENT, on: v.picklist(["adapter", "board"]) }),
  v.check((item) => hasLimit(item), LIMIT),
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
  powerSign: v.optional(Id),
  beforePower: v.array(BenchMeasurement),
  closing: v.array(
    v.lazy((item) =>
      typeof item === "object" && item !== null && "confirm" in item ? Confirmation : Measurement,
    ) as v.GenericSchema<unknown, ClosingItem>,
  ),
  limits: v.strictObject({ current: Limit, maxPower: Limit }),
  roles: v.array(v.strictObject({ id: Id, gpio: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(16)) })),
  unknown: v.array(Id),
  variants: v.array(v.strictObject({ id: Id, supported: v.boolean() })),
});

/** @throws PlugsmithError bad-argument naming every place that is wrong. */
export function parseGuide(data: unknown, texts: GuideTexts, where: string): Guide {
  const { guide, problems } = readGuide(data);
  if (guide === undefined) {
    throw faulty(
      where,
      problems.map(({ place, message }) => `${place === "" ? "(whole file)" : place}: ${message}`),
    );
  }
  const wrong = [...structureProblems(guide), ...textProblems(guide, texts)];
  if (wrong.length > 0) throw faulty(where, wrong);
  return guide;
}

/** The guide as far as a schema can tell, or all that keeps it from being one. */
export function readGuide(data: unknown): {
  readonly guide?: Guide;
  readonly problems: readonly { readonly place: string; readonly message: string }[];
} {
  const result = v.safeParse(GuideSchema, data);
  if (result.success) return { guide: result.output, problems: [] };
  return {
    problems: result.issues.map((issue) => ({ place: v.getDotPath(issue) ?? "", message: issue.message })),
  };
}

function faulty(where: string, problems: readonly string[]): PlugsmithError {
  return new PlugsmithError("bad-argument", {
    message: say`The guide ${where} cannot be used: ${problems.join("; ")}.`,
    nextStep: say`Correct the file. \`plugsmith profile check\` lists every problem, and docs/devices.md explains how to add a device.`,
  });
}

/** What a schema cannot say: drawings that nobody declared, checks that nobody may leave out or loosen. */
export function structureProblems(guide: Guide): string[] {
  const problems = mandatoryCheckProblems(guide);
  const steps: readonly GuideStep[] = [...guide.opening, ...guide.wiring, ...guide.beforePower, ...guide.closing];
  for (const { id, drawing } of steps) {
    if (drawing !== undefined && !guide.drawings.includes(drawing)) {
      problems.push(`${id} names the drawing ${drawing}, which is not listed`);
    }
  }
  const ids = steps.map(({ id }) => id);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) problems.push(`${id} occurs twice`);
  const colours = guide.wiring.map(({ colour }) => colour);
  if (new Set(colours).size < colours.length) problems.push("wiring: two wires have the same colour");
  return [...problems, ...wiringProblems(guide)];
}

/** By the adapter's side of each wire: what the chip's side must begin with. */
const WIRES: readonly (readonly [adapter: string, chip: string])[] = [
  ["GND", "GND"],
  ["3V3", "3V3"],
  ["TX", "RX"],
  ["RX", "TX"],
  ["GND", "GPIO0"],
];

function wiringProblems({ wiring }: Guide): string[] {
  return WIRES.filter(([adapter, chip]) => !wiring.some((w) => w.adapter === adapter && w.chip.startsWith(chip))).map(
    ([adapter, chip]) => `wiring: no wire leads from the chip's ${chip} to the adapter's ${adapter}`,
  );
}

/** Ids of every text that a guide speaks with, each once, in its order. */
export function textIds(guide: Guide): string[] {
  const points = [...guide.beforePower, ...guide.closing].flatMap((item) =>
    "points" in item ? (item.points ?? []) : [],
  );
  const steps = [...guide.opening, ...guide.wiring, ...guide.beforePower, ...guide.closing, ...guide.roles];
  return [
    ...new Set([
      ...guide.tools,
      ...[...steps, ...guide.variants].map(({ id }) => id),
      ...points,
      ...guide.unknown,
      ...(guide.powerSign === undefined ? [] : [guide.powerSign]),
    ]),
  ];
}

/** Texts that one language lacks, and texts that no part of the guide speaks. */
export function textProblems(guide: Guide, texts: GuideTexts): string[] {
  const wanted = textIds(guide);
  const missing = wanted.filter((id) => typeof texts[id] !== "string" || texts[id].trim() === "");
  const extra = Object.keys(texts).filter((id) => !wanted.includes(id));
  return [...missing.map((id) => `no text for ${id}`), ...extra.map((id) => `nothing speaks the text ${id}`)];
}
