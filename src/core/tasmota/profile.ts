/** Tasmota's part of a device's profile: the template, the settings, and the reasons for both. */
import * as v from "valibot";
import { isPlugsmithError } from "../errors.ts";
import type { Guide } from "../guide/guide.ts";
import { type DeviceFacts, type PlaceProblem, problemsOf } from "../profile/device.ts";
import type { FirmwarePart, ReadPart } from "../profile/firmware-part.ts";
import type { DesiredSetting } from "./desired.ts";
import { checkTemplate } from "./template/check.ts";
import { explainTemplate } from "./template/explain.ts";
import { parseTemplate, readTemplate, type Template } from "./template/template.ts";

export interface TasmotaProfile {
  readonly module: number;
  readonly template: Template;
  /** Decisions in the template, and why. */
  readonly notes: readonly string[];
  readonly settings: readonly DesiredSetting[];
}

const SETTING = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[A-Za-z]+\d*$/)),
  value: v.union([v.string(), v.number()]),
  reason: v.pipe(v.string(), v.minLength(1)),
  metering: v.optional(v.boolean()),
});

const TASMOTA = v.strictObject({
  module: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(75)),
  template: v.looseObject({ NAME: v.string(), GPIO: v.array(v.number()), BASE: v.number() }),
  notes: v.array(v.string()),
  settings: v.array(SETTING),
});

export const TASMOTA_PART: FirmwarePart<TasmotaProfile> & { readonly id: "tasmota" } = {
  id: "tasmota",
  read,
  review,
  compare,
};

/** W, the limit at which the firmware opens the relay; undefined where the plug has no meter to watch it. */
export function powerLimit({ settings }: Pick<TasmotaProfile, "settings">): number | undefined {
  const limit = settings.find(({ name }) => name === "MaxPower")?.value;
  return limit === undefined ? undefined : Number(limit);
}

function read(json: unknown, device: DeviceFacts | undefined): ReadPart<TasmotaProfile> {
  const parsed = v.safeParse(TASMOTA, json);
  if (!parsed.success) return { problems: problemsOf(parsed.issues) };
  const { template, ...rest } = parsed.output;
  const limit = powerLimit(rest);
  if (limit !== undefined && device !== undefined && !(limit <= device.rating.amperes * device.rating.volts)) {
    return { problems: [{ place: "settings", message: "MaxPower exceeds the plug's rating" }] };
  }
  try {
    return { part: { ...rest, template: parseTemplate(JSON.stringify(template)) }, problems: [] };
  } catch (error) {
    if (!isPlugsmithError(error)) throw error;
    return { problems: [{ place: "template", message: error.message }] };
  }
}

function review(json: unknown): readonly PlaceProblem[] {
  const written = readTemplate(JSON.stringify((json as { template: unknown }).template));
  return checkTemplate(written).flatMap(({ level, pin, text }) =>
    level === "note" ? [] : [{ place: pin === undefined ? "template" : `template, ${pin}`, message: text }],
  );
}

function compare(part: TasmotaProfile, guide: Guide): readonly PlaceProblem[] {
  const problems: PlaceProblem[] = [];
  const { maxPower } = guide.limits;
  const limit = powerLimit(part);
  if (limit === undefined) {
    problems.push({
      place: "limits.maxPower",
      message: "profile.json sets no MaxPower: nothing would guard the limit",
    });
  } else if (maxPower.unit !== "W" || maxPower.value !== limit) {
    problems.push({ place: "limits.maxPower", message: `profile.json sets MaxPower to ${limit} W` });
  }
  const pins = explainTemplate(part.template).pins;
  const speaking = pins.filter(({ name }) => /^(Led|Button|Relay|Switch)/.test(name)).map(({ pin }) => pin);
  const reported = guide.roles.map(({ gpio }) => `GPIO${gpio}`);
  for (const pin of speaking.filter((each) => !reported.includes(each))) {
    const name = pins.find((each) => each.pin === pin)?.name ?? "";
    problems.push({ place: "roles", message: `${pin} is ${name} in the template, and no role tells what it is` });
  }
  for (const pin of reported.filter((each) => !speaking.includes(each))) {
    problems.push({ place: "roles", message: `${pin} is neither LED nor button nor relay in the template` });
  }
  return problems;
}
