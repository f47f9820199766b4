/**
 * Everything that can be wrong with a device's folder, found at once and with its place: for people who add a device
 * with data alone. Knows nothing of where the files come from.
 */
import { isPlugsmithError } from "../errors.ts";
import type { Guide } from "../guide/guide.ts";
import { readGuide, structureProblems, textProblems } from "../guide/parse-guide.ts";
import { checkTemplate } from "../tasmota/template/check.ts";
import { explainTemplate } from "../tasmota/template/explain.ts";
import { readTemplate } from "../tasmota/template/template.ts";
import { drawingProblems } from "./check-drawing.ts";
import { type Profile, readProfile } from "./profile.ts";

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
export function checkDevice(folder: DeviceFolder): readonly DeviceProblem[] {
  const problems: DeviceProblem[] = [];
  const say = (file: string, message: string, place = ""): number => problems.push({ file, place, message });
  const json = (file: string): unknown => parseJson(folder, file, say);

  const profileData = json("profile.json");
  const profile = profileData === undefined ? undefined : profileOf(profileData, say);
  if (profile !== undefined && profile.id !== folder.name) {
    say("profile.json", `is "${profile.id}", but the folder is called "${folder.name}"`, "id");
  }
  const guideData = json("guide.json");
  const guide = guideData === undefined ? undefined : guideOf(guideData, say);
  if (profile !== undefined && guide !== undefined) {
    for (const { place, message } of disagreements(profile, guide)) say("guide.json", message, place);
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

function profileOf(data: unknown, say: Say): Profile | undefined {
  let read: ReturnType<typeof readProfile>;
  try {
    read = readProfile(data);
  } catch (error) {
    if (!isPlugsmithError(error)) throw error;
    say("profile.json", error.message, "version");
    return undefined;
  }
  for (const { place, message } of read.problems) say("profile.json", message, place);
  if (read.profile === undefined) return undefined;
  const written = readTemplate(JSON.stringify((data as { template: unknown }).template));
  for (const { level, pin, text } of checkTemplate(written)) {
    if (level !== "note") say("profile.json", text, pin === undefined ? "template" : `template, ${pin}`);
  }
  return read.profile;
}

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
function disagreements(profile: Profile, guide: Guide): { readonly place: string; readonly message: string }[] {
  const problems: { place: string; message: string }[] = [];
  const { current, maxPower } = guide.limits;
  if (guide.device !== profile.id) {
    problems.push({ place: "device", message: `is "${guide.device}", but profile.json is "${profile.id}"` });
  }
  if (current.unit !== "A" || current.value !== profile.rating.amperes) {
    problems.push({ place: "limits.current", message: `profile.json rates the plug at ${profile.rating.amperes} A` });
  }
  const limit = profile.settings.find(({ name }) => name === "MaxPower")?.value;
  if (limit === undefined) {
    problems.push({
      place: "limits.maxPower",
      message: "profile.json sets no MaxPower: nothing would guard the limit",
    });
  } else if (maxPower.unit !== "W" || maxPower.value !== Number(limit)) {
    problems.push({ place: "limits.maxPower", message: `profile.json sets MaxPower to ${limit} W` });
  }
  const pins = explainTemplate(profile.template).pins;
  const speaking = pins.filter(({ name }) => /^(Led|Button|Relay|Switch)/.test(name)).map(({ pin }) => pin);
  const told = guide.roles.map(({ gpio }) => `GPIO${gpio}`);
  for (const pin of speaking.filter((each) => !told.includes(each))) {
    const name = pins.find((each) => each.pin === pin)?.name ?? "";
    problems.push({ place: "roles", message: `${pin} is ${name} in the template, and no role tells what it is` });
  }
  for (const pin of told.filter((each) => !speaking.includes(each))) {
    problems.push({ place: "roles", message: `${pin} is neither LED nor button nor relay in the template` });
  }
  return problems;
}
