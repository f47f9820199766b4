/**
 * A device's profile, as data: `device` holds what is true whatever runs on it, `firmware` what each firmware must be set
 * to. Parsed at the edge, trusted inside.
 */

import * as v from "valibot";
import { PlugsmithError } from "../errors.ts";
import { TASMOTA_PART, type TasmotaProfile } from "../tasmota/profile.ts";
import { say } from "../text/text.ts";
import { DEVICE, type DeviceFacts, type PlaceProblem, problemsOf, within } from "./device.ts";
import type { FirmwarePart } from "./firmware-part.ts";

export const PROFILE_VERSION = 2;

/** The firmware that a profile can speak of. Each has a driver in engine/firmware-drivers.ts: the compiler asks for it. */
export const FIRMWARE_PARTS: readonly [typeof TASMOTA_PART] = [TASMOTA_PART];

export type FirmwareId = (typeof FIRMWARE_PARTS)[number]["id"];

const SHELL = v.strictObject({
  version: v.literal(PROFILE_VERSION),
  device: v.unknown(),
  firmware: v.record(v.string(), v.unknown()),
});

/** By the firmware's id; each part as its `FirmwarePart` reads it. */
export interface FirmwareProfiles {
  readonly tasmota?: TasmotaProfile | undefined;
  readonly [id: string]: unknown;
}

export interface Profile {
  readonly device: DeviceFacts;
  readonly firmware: FirmwareProfiles;
}

/** @throws not-supported where the profile has no Tasmota part. */
export function tasmotaOf({ device, firmware }: Profile): TasmotaProfile {
  if (firmware.tasmota !== undefined) return firmware.tasmota;
  throw new PlugsmithError("not-supported", {
    message: say`The profile of the ${device.name} has no Tasmota part.`,
    plugState: say`untouched`,
    nextStep: say`Add a "tasmota" part to "firmware" in its profile.json, or choose another profile.`,
  });
}

/** Errors: record-newer, file-corrupt with everything that is wrong, and where. */
export function parseProfile(json: unknown, parts: readonly FirmwarePart[] = FIRMWARE_PARTS): Profile {
  const { profile, problems } = readProfile(json, parts);
  if (profile !== undefined) return profile;
  const reported = problems.map(({ place, message }) => (place === "" ? message : `${place}: ${message}`));
  throw new PlugsmithError("file-corrupt", {
    message: say`The device profile is not usable: ${reported.join("; ")}.`,
    nextStep: say`Correct the profile; \`plugsmith profile check\` lists all faults.`,
  });
}

export interface ReadProfile {
  readonly profile?: Profile | undefined;
  readonly problems: readonly PlaceProblem[];
}

/** The profile, or all that keeps it from being one. Errors: record-newer. */
export function readProfile(json: unknown, parts: readonly FirmwarePart[] = FIRMWARE_PARTS): ReadProfile {
  const version = v.safeParse(v.looseObject({ version: v.number() }), json);
  if (version.success && version.output.version > PROFILE_VERSION) {
    throw new PlugsmithError("record-newer", {
      message: say`The device profile has version ${version.output.version}; this plugsmith reads up to ${PROFILE_VERSION}.`,
      nextStep: say`Update plugsmith.`,
    });
  }
  if (isFlat(json)) return { problems: [{ place: "version", message: FLAT }] };
  const shell = v.safeParse(SHELL, json);
  const { device: deviceData, firmware: firmwareData } = partsOf(json);
  const device = v.safeParse(DEVICE, deviceData);
  const facts = device.success ? device.output : undefined;
  const firmware = readParts(firmwareData, facts, parts);
  const problems = [
    ...(shell.issues === undefined ? [] : problemsOf(shell.issues)),
    ...(device.success || deviceData === undefined ? [] : within("device", problemsOf(device.issues))),
    ...firmware.problems,
  ];
  if (problems.length > 0 || facts === undefined) return { problems };
  return { problems, profile: { device: facts, firmware: firmware.read } };
}

/** Version 1 had the device's facts and Tasmota's settings side by side. */
function isFlat(json: unknown): boolean {
  if (typeof json !== "object" || json === null || "device" in json) return false;
  return ("version" in json && json.version === 1) || "template" in json;
}

const FLAT =
  `the file has the older form, which did not separate device and firmware. Set "version" to ${PROFILE_VERSION}; ` +
  'move id, name, sources, flash and rating into "device"; ' +
  'move module, template, notes and settings into "tasmota" within "firmware"';

interface Parts {
  readonly device: unknown;
  readonly firmware: Readonly<Record<string, unknown>> | undefined;
}

/** As far as they are there: what else is wrong with the file does not hide what is wrong in them. */
function partsOf(json: unknown): Parts {
  const parsed = v.safeParse(v.looseObject({ device: v.unknown(), firmware: v.unknown() }), json);
  if (!parsed.success) return { device: undefined, firmware: undefined };
  const firmware = v.safeParse(SHELL.entries.firmware, parsed.output.firmware);
  return { device: parsed.output.device, firmware: firmware.success ? firmware.output : undefined };
}

interface ReadParts {
  readonly read: FirmwareProfiles;
  readonly problems: readonly PlaceProblem[];
}

function readParts(
  firmware: Readonly<Record<string, unknown>> | undefined,
  device: DeviceFacts | undefined,
  parts: readonly FirmwarePart[],
): ReadParts {
  if (firmware === undefined) return { read: {}, problems: [] };
  const known = parts.map(({ id }) => id).join(", ");
  if (Object.keys(firmware).length === 0) {
    return { read: {}, problems: [{ place: "firmware", message: `names no firmware; plugsmith knows ${known}` }] };
  }
  const problems: PlaceProblem[] = [];
  const read: [string, unknown][] = [];
  for (const [id, json] of Object.entries(firmware)) {
    const part = parts.find((each) => each.id === id);
    if (part === undefined) {
      problems.push({ place: `firmware.${id}`, message: `is no firmware that plugsmith knows (${known})` });
      continue;
    }
    const result = part.read(json, device);
    read.push([id, result.part]);
    problems.push(...within(`firmware.${id}`, result.problems));
  }
  return { read: Object.fromEntries(read), problems };
}
