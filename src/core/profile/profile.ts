/**
 * A device's profile: everything about it that its firmware must be told, as data. Parsed at the edge, trusted inside.
 */
import * as v from "valibot";
import { isPlugsmithError, PlugsmithError } from "../errors.ts";
import type { DesiredSetting } from "../tasmota/desired.ts";
import { parseTemplate, type Template } from "../tasmota/template/template.ts";

export const PROFILE_VERSION = 1;

const SETTING = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[A-Za-z]+\d*$/)),
  value: v.union([v.string(), v.number()]),
  reason: v.pipe(v.string(), v.minLength(1)),
  metering: v.optional(v.boolean()),
});

const PROFILE = v.pipe(
  v.strictObject({
    version: v.literal(PROFILE_VERSION),
    id: v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)),
    name: v.pipe(v.string(), v.minLength(1)),
    /** Where the facts come from. */
    sources: v.pipe(v.array(v.pipe(v.string(), v.minLength(8, "a source that somebody can look up"))), v.minLength(1)),
    /** What an image and the running firmware must show. */
    flash: v.strictObject({
      bytes: v.pipe(v.number(), v.integer(), v.minValue(0x10_0000)),
      mode: v.picklist(["QIO", "QOUT", "DIO", "DOUT"]),
    }),
    /** Rated current of the plug, and the voltage the power limit is reckoned with. */
    rating: v.strictObject({
      amperes: v.pipe(v.number(), v.minValue(0.1)),
      volts: v.pipe(v.number(), v.minValue(1)),
      source: v.string(),
    }),
    module: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(75)),
    template: v.looseObject({ NAME: v.string(), GPIO: v.array(v.number()), BASE: v.number() }),
    /** Decisions in the template, and why. */
    notes: v.array(v.string()),
    settings: v.array(SETTING),
  }),
  v.check((profile) => {
    const limit = profile.settings.find((each) => each.name === "MaxPower")?.value;
    return limit === undefined || Number(limit) <= profile.rating.amperes * profile.rating.volts;
  }, "MaxPower exceeds the plug's rating"),
);

export interface Profile {
  readonly id: string;
  readonly name: string;
  /** Where its facts come from. */
  readonly sources: readonly string[];
  readonly flash: { readonly bytes: number; readonly mode: string };
  readonly rating: { readonly amperes: number; readonly volts: number; readonly source: string };
  readonly module: number;
  readonly template: Template;
  readonly notes: readonly string[];
  readonly settings: readonly DesiredSetting[];
}

export interface PlaceProblem {
  /** "settings.3.value"; empty where the whole file is meant. */
  readonly place: string;
  readonly message: string;
}

/** Errors: record-newer, file-corrupt with everything that is wrong, and where. */
export function parseProfile(json: unknown): Profile {
  const { profile, problems } = readProfile(json);
  if (profile !== undefined) return profile;
  const told = problems.map(({ place, message }) => (place === "" ? message : `${place}: ${message}`));
  throw new PlugsmithError("file-corrupt", {
    message: `The device profile is not usable: ${told.join("; ")}.`,
    nextStep: "Correct the profile; `plugsmith profile check` names every fault.",
  });
}

/** The profile, or all that keeps it from being one. Errors: record-newer. */
export function readProfile(json: unknown): {
  readonly profile?: Profile;
  readonly problems: readonly PlaceProblem[];
} {
  const version = v.safeParse(v.looseObject({ version: v.number() }), json);
  if (version.success && version.output.version > PROFILE_VERSION) {
    throw new PlugsmithError("record-newer", {
      message: `The device profile has version ${version.output.version}; this plugsmith reads up to ${PROFILE_VERSION}.`,
      nextStep: "Update plugsmith.",
    });
  }
  const parsed = v.safeParse(PROFILE, json);
  if (!parsed.success) {
    const problems = parsed.issues.map((issue) => ({ place: v.getDotPath(issue) ?? "", message: issue.message }));
    return { problems };
  }
  const { template, settings, ...rest } = parsed.output;
  try {
    return {
      problems: [],
      profile: {
        ...rest,
        template: parseTemplate(JSON.stringify(template)),
        settings: settings.map(({ metering, ...each }) => (metering === undefined ? each : { ...each, metering })),
      },
    };
  } catch (error) {
    if (!isPlugsmithError(error)) throw error;
    return { problems: [{ place: "template", message: error.message }] };
  }
}
