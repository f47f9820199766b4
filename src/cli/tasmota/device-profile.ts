/** Devices as they ship with plugsmith, or a folder of the person's own: profile, guide, texts and drawings. */

import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type DeviceFolder,
  type Guide,
  type GuideTexts,
  guideTranslations,
  isPlugsmithError,
  PlugsmithError,
  type Profile,
  parseGuide,
  parseProfile,
  say,
} from "../../core/index.ts";
import { nodeFiles } from "../../platform/node/index.ts";

/** Of any file of a device, drawings included. */
const FILE_BYTES = 0x10_0000;
const MOST_FILES = 500;

export const DEFAULT_PROFILE = "gosund-ep2";

export interface Device {
  /** Absolute path of its folder. */
  readonly folder: string;
  readonly profile: Profile;
  readonly guide: Guide;
  readonly texts: GuideTexts;
}

/** The folder `profiles/` of this package, from the sources as from the built files. */
function profilesFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "profiles")) && existsSync(join(folder, "package.json")))
      return join(folder, "profiles");
    if (dirname(folder) === folder)
      throw new PlugsmithError("internal", {
        message: say`plugsmith's device profiles are missing. Install plugsmith again.`,
      });
  }
}

/** Names of the devices that ship with plugsmith, sorted. */
export async function shippedDevices(): Promise<string[]> {
  return (await readdir(profilesFolder()))
    .filter((name) => existsSync(join(profilesFolder(), name, "profile.json")))
    .sort();
}

/** @param name "gosund-ep2", a device's folder, or the path of a profile.json in one. */
function folderOf(name: string): string {
  if (name.endsWith(".json")) return resolve(dirname(name));
  const shipped = join(profilesFolder(), name);
  if (/^[a-z0-9-]+$/.test(name) && existsSync(join(shipped, "profile.json"))) return shipped;
  return resolve(name);
}

/** @param name "gosund-ep2", a device's folder, or the path of a profile.json. Errors: file-not-found, file-corrupt, record-newer. */
export async function loadProfile(name: string): Promise<Profile> {
  const path = name.endsWith(".json") ? name : join(folderOf(name), "profile.json");
  return parseProfile(await readJson(path, name));
}

/**
 * Profile, guide and texts. @param language "en", "de"…; where the device has no such texts, English.
 * Errors: file-not-found, file-corrupt, record-newer, bad-argument.
 */
export async function loadDevice(name: string, language = "en"): Promise<Device> {
  const folder = folderOf(name);
  const profile = await loadProfile(name);
  const wanted = join(folder, `texts.${language}.json`);
  const spoken = existsSync(wanted) ? wanted : join(folder, "texts.en.json");
  const texts = (await readJson(spoken, name)) as GuideTexts;
  const guide = parseGuide(await readJson(join(folder, "guide.json"), name), texts, join(folder, "guide.json"));
  return { folder, profile, guide, texts };
}

/** What a catalogue gains by the texts of the devices that ship with plugsmith. */
export async function shippedTranslations(language: string): Promise<Readonly<Record<string, string>>> {
  const devices = (await shippedDevices()).map((name) => folderOf(name));
  const translated = devices.filter((folder) => existsSync(join(folder, `texts.${language}.json`)));
  const each = translated.map(async (folder) => {
    const texts = async (of: string): Promise<GuideTexts> =>
      (await readJson(join(folder, `texts.${of}.json`), basename(folder))) as GuideTexts;
    return guideTranslations(await texts("en"), await texts(language));
  });
  return Object.assign({}, ...(await Promise.all(each))) as Record<string, string>;
}

async function readText(path: string): Promise<string> {
  return new TextDecoder().decode(await nodeFiles.read(path, FILE_BYTES));
}

async function readJson(path: string, name: string): Promise<unknown> {
  try {
    return JSON.parse(await readText(path)) as unknown;
  } catch (cause) {
    if (isPlugsmithError(cause, "file-unfit")) throw cause;
    throw new PlugsmithError("file-not-found", {
      message:
        cause instanceof SyntaxError
          ? say`The device profile "${name}" cannot be read: ${path} is not valid JSON (${cause.message}).`
          : say`The device profile "${name}" cannot be read: ${path} is missing or unreadable.`,
      nextStep: say`Use --profile ${DEFAULT_PROFILE}, or give the path of a device's folder. \`plugsmith profile list\` lists the devices.`,
      cause,
    });
  }
}

/** The device's folder with all its files, for the checker. Errors: file-not-found. */
export async function readDeviceFolder(name: string): Promise<DeviceFolder> {
  const folder = folderOf(name);
  const files = new Map<string, string>();
  const visit = async (inner: string): Promise<void> => {
    for (const entry of await readdir(join(folder, inner), { withFileTypes: true })) {
      const path = inner === "" ? entry.name : `${inner}/${entry.name}`;
      if (entry.isDirectory()) await visit(path);
      else files.set(path, await readText(join(folder, path)));
      if (files.size > MOST_FILES) {
        throw new PlugsmithError("file-unfit", {
          message: say`${folder} contains more than ${MOST_FILES} files, so it is not the folder of a device.`,
          nextStep: say`Give the folder that contains the device's profile.json.`,
        });
      }
    }
  };
  await visit("").catch((cause: unknown) => {
    if (isPlugsmithError(cause, "file-unfit")) throw cause;
    throw new PlugsmithError("file-not-found", {
      message: say`The folder "${folder}" is missing or cannot be read.`,
      nextStep: say`Give the folder that contains the device's profile.json.`,
      cause,
    });
  });
  return { name: basename(folder), files };
}
