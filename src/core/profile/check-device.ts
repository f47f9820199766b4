/**
 * Everything that can be wrong with a device's folder, found at once and with its place: for people who add a device
 * with data alone. Knows nothing of where the files come from.
 */
import { isPlugsmithError } from "../errors.ts";
import type { Guide } from "../guide/guide.ts";
import { readGuide, structureProblems, textProblems } from "../guide/parse-guide.ts";
import { drawingProblems } from "./check-drawing.ts";
import { type PlaceProblem, within } from "./device.ts";
import type { FirmwarePart } from "./firmware-part.ts";
import { FIRMWARE_PARTS, type Profile, readProfile } from "./profile.ts";

export interface DeviceFolder {
  /** The folder's own name, which is the device's id. */
  readonly name: string;
  /** Contents by path within the folder, "/" between names. */
  readonly files: ReadonlyMap<string, string>;
}

export interface DeviceProblem {
  readonly file: string;
  /** Where in the file: "closing.4.source", "GPIO15"; empty where the whole file is meant. */
  readonly place: string;
  readonly message: string;
}

const TEXTS = /^texts\.([a-z]{2,3}(?:-[A-Z]{2})?)\.json$/;
/** `cut-line.svg`, or `cut-line.de.svg` where a translation draws its own words. */
const DRAWING = /^drawings\/([a-z0-9-]+)(?:\.[a-z]{2,3}(?:-[A-Z]{2})?)?\.svg$/;

/** An empty list: the device can be used. In the order of the files. */
export function checkDevice(
  folder: DeviceFolder,
  parts: readonly FirmwarePart[] = FIRMWARE_PARTS,
): readonly DeviceProblem[] {
  const problems: DeviceProblem[] = [];
  const say = (file: string, message: string, place = ""): number => problems.push({ file, place, message });
  const json = (file: string): unknown => parseJson(folder, file, say);

  const profileData = json("profile.json");
  const profile = profileData === undefined ? undefined : profileOf(profileData, parts, say);
  if (profile !== undefined && profile.device.id !== folder.name) {
    say("profile.json", `is "${profile.device.id}", but the folder is called "${folder.name}"`, "device.id");
  }
  const guideData = json("guide.json");
  const guide = guideData === undefined ? undefined : guideOf(guideData, say);
  if (profile !== undefined && guide !== undefined) {
    for (const { place, message } of disagreements(profile, guide, parts)) say("guide.json", message, place);
  }

  const languages = [...folder.files.keys()].flatMap((path) => TEXTS.exec(path)?.[1] ?? []);
  if (!languages.includes("en")) say("texts.en.json", "is missing: English is what every other language falls back to");
  for (const language of languages) {
    const file = `texts.${language}.json`;
    const texts = json(file);
    if (texts === undefined) continue;
    if (!isTexts(texts)) say(file, "must be an object of texts by id");
    else if (guide !== undefined) for (const message of textProblems(guide, texts)) say(file, message);
  }

  for (const [path, text] of folder.files) {
    const drawing = DRAWING.exec(path)?.[1];
    if (drawing !== undefined) {
      if (guide !== undefined && !guide.drawings.includes(drawing)) say(path, "is not listed in guide.json");
      for (const message of drawingProblems(text)) say(path, message);
    } else if (!["profile.json", "guide.json"].includes(path) && !TEXTS.test(path)) {
      say(path, "does not belong here: profile.json, guide.json, texts.LANGUAGE.json and drawings/NAME.svg do");
    }
  }
  for (const drawing of guide?.drawings ?? []) {
    const file = `drawings/${drawing}.svg`;
    if (!folder.files.has(file)) say(file, "is listed in guide.json and missing");
  }
  return problems;
}

type Say = (file: string, message: string, place?: string) => void;

function parseJson(folder: DeviceFolder, file: string, say: Say): unknown {
  const text = folder.files.get(file);
  if (text === undefined) {
    say(file, "is missing");
    return undefined;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    say(file, `is no JSON: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function profileOf(data: unknown, parts: readonly FirmwarePart[], say: Say): Profile | undefined {
  let read: ReturnType<typeof readProfile>;
  try {
    read = readProfile(data, parts);
  } catch (error) {
    if (!isPlugsmithError(error)) throw error;
    say("profile.json", error.message, "version");
    return undefined;
  }
  const { profile } = read;
  for (const { place, message } of read.problems) say("profile.json", message, place);
  if (profile === undefined) return undefined;
  const { firmware } = data as { firmware: Readonly<Record<string, unknown>> };
  for (const part of partsIn(profile, parts)) {
    for (const { place, message } of within(`firmware.${part.id}`, part.review(firmware[part.id]))) {
      say("profile.json", message, place);
    }
  }
  return profile;
}

const partsIn = ({ firmware }: Profile, parts: readonly FirmwarePart[]): readonly FirmwarePart[] =>
  parts.filter(({ id }) => firmware[id] !== undefined);

function guideOf(data: unknown, say: Say): Guide | undefined {
  const { guide, problems } = readGuide(data);
  for (const { place, message } of problems) say("guide.json", message, place);
  if (guide !== undefined) for (const message of structureProblems(guide)) say("guide.json", message);
  return guide;
}

function isTexts(data: unknown): data is Record<string, string> {
  return typeof data === "object" && data !== null && Object.values(data).every((text) => typeof text === "string");
}

/** What the profile and the guide say differently about one plug. */
function disagreements(profile: Profile, guide: Guide, parts: readonly FirmwarePart[]): readonly PlaceProblem[] {
  const problems: PlaceProblem[] = [];
  const { id, rating } = profile.device;
  const { current } = guide.limits;
  if (guide.device !== id) {
    problems.push({ place: "device", message: `is "${guide.device}", but profile.json is "${id}"` });
  }
  if (current.unit !== "A" || current.value !== rating.amperes) {
    problems.push({ place: "limits.current", message: `profile.json rates the plug at ${rating.amperes} A` });
  }
  for (const part of partsIn(profile, parts)) problems.push(...part.compare(profile.firmware[part.id], guide));
  return problems;
}
