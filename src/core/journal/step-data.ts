/**
 * What each step of a conversion leaves on record: digests, constants, measurements. Never a secret. Each field may be
 * missing, because other versions and single commands leave less; a field that no reader knows is kept.
 */
import * as v from "valibot";
import type { MeterConstants } from "../calibration/power-factor.ts";
import type { GuideUnit } from "../guide/guide.ts";
import type { ConversionStep } from "../step-id.ts";
import { constants } from "./calibration-record.ts";
import { flag, lenient, number, text } from "./lenient.ts";

export interface SafetyMeasurement {
  readonly id: string;
  /** In `unit`, the leads' resistance taken off; null where the display showed an overload (JSON knows no infinity). */
  readonly value: number | null;
  readonly unit: GuideUnit;
  /** What the leads alone read, in `unit`, where they had to be nulled. */
  readonly leads?: number | undefined;
  readonly limit: string;
  readonly source: string;
}

export interface SafetyRecord {
  /** Ids that the operator confirmed, in order. */
  readonly confirmed: readonly string[];
  readonly measured: readonly SafetyMeasurement[];
}

/** What feeds the plug while wires are attached. Weak: good for flashing, not for a radio. */
export type Supply = "strong" | "weak";

/** The firmware image that a conversion was prepared with. */
export interface FirmwareOnRecord {
  readonly origin: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly description: string;
}

export interface StepData {
  readonly prepare: {
    readonly supply?: Supply | undefined;
    readonly safety?: SafetyRecord | undefined;
    readonly firmware?: FirmwareOnRecord | undefined;
  };
  readonly connect: Readonly<Record<string, unknown>>;
  readonly identify: {
    readonly chip?: string | undefined;
    readonly mac?: string | undefined;
    readonly flashId?: string | undefined;
    readonly flashSize?: number | undefined;
  };
  readonly "back-up": {
    readonly file?: string | undefined;
    readonly sha256?: string | undefined;
    /** It was sealed by an earlier run. */
    readonly already?: boolean | undefined;
  };
  readonly write: { readonly md5?: string | undefined; readonly sha256?: string | undefined };
  readonly boot: {
    readonly version?: string | undefined;
    readonly restartReason?: string | undefined;
    readonly mac?: string | undefined;
    /** The first start is left for mains. */
    readonly deferred?: boolean | undefined;
  };
  readonly provision: { readonly road?: string | undefined; readonly address?: string | undefined };
  readonly configure: { readonly changed?: readonly string[] | undefined };
  /** How many refusals were proven. */
  readonly secure: { readonly refused?: number | undefined };
  readonly audit: {
    readonly passed?: readonly string[] | undefined;
    readonly facts?: Readonly<Record<string, string | number | boolean>> | undefined;
  };
  readonly "close-case": {
    /** UTC, ISO 8601. */
    readonly closedAt?: string | undefined;
    readonly confirmed?: SafetyRecord["confirmed"] | undefined;
    readonly measured?: SafetyRecord["measured"] | undefined;
    /** Number of the last wire contact before it. */
    readonly contacts?: number | undefined;
  };
  readonly calibrate: { readonly after?: MeterConstants | undefined; readonly skipped?: boolean | undefined };
  /** `tester`: who measured, as it stands on the certificate. */
  readonly report: { readonly page?: string | undefined; readonly tester?: string | undefined };
}

const texts = v.array(v.string());

export const measurement: v.GenericSchema<unknown, SafetyRecord["measured"][number]> = v.looseObject({
  id: v.string(),
  value: v.nullable(v.number()),
  unit: v.picklist(["V", "A", "W", "ohm", "Mohm"]),
  leads: number,
  limit: v.string(),
  source: v.string(),
});

const safety = v.looseObject({ confirmed: texts, measured: v.array(measurement) });

const firmware = v.looseObject({
  origin: v.string(),
  sha256: v.string(),
  bytes: v.number(),
  description: v.string(),
});

export const STEP_DATA: { readonly [S in ConversionStep]: v.GenericSchema<unknown, StepData[S]> } = {
  prepare: v.looseObject({
    supply: lenient(v.picklist(["strong", "weak"])),
    safety: lenient(safety),
    firmware: lenient(firmware),
  }),
  connect: v.looseObject({}),
  identify: v.looseObject({ chip: text, mac: text, flashId: text, flashSize: number }),
  "back-up": v.looseObject({ file: text, sha256: text, already: flag }),
  write: v.looseObject({ md5: text, sha256: text }),
  boot: v.looseObject({ version: text, restartReason: text, mac: text, deferred: flag }),
  provision: v.looseObject({ road: text, address: text }),
  configure: v.looseObject({ changed: lenient(texts) }),
  secure: v.looseObject({ refused: number }),
  audit: v.looseObject({
    passed: lenient(texts),
    facts: lenient(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
  }),
  "close-case": v.looseObject({
    closedAt: text,
    confirmed: lenient(texts),
    measured: lenient(v.array(measurement)),
    contacts: number,
  }),
  calibrate: v.looseObject({ after: lenient(constants), skipped: flag }),
  report: v.looseObject({ page: text, tester: text }),
};
