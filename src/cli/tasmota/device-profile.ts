/** Device profiles as they ship with plugsmith, or a file of the person's own. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PlugsmithError } from "../../core/errors.ts";
import { type Profile, parseProfile } from "../../core/profile/profile.ts";

export const DEFAULT_PROFILE = "gosund-ep2";

/** The folder `profiles/` of this package, from the sources as from the built files. */
function profilesFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "profiles")) && existsSync(join(folder, "package.json")))
      return join(folder, "profiles");
    if (dirname(folder) === folder)
      throw new PlugsmithError("internal", { message: "The device profiles are missing." });
  }
}

/** Path of another file of a shipped profile: its guide, its texts. */
export function profileFile(name: string, file: string): string {
  return name.endsWith(".json") ? join(dirname(name), file) : join(profilesFolder(), name, file);
}

/** @param name "gosund-ep2", or a path to a profile.json. Errors: file-not-found, file-corrupt, record-newer. */
export async function loadProfile(name: string): Promise<Profile> {
  const path = name.endsWith(".json") ? name : join(profilesFolder(), name, "profile.json");
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new PlugsmithError("file-not-found", {
      message: `There is no readable device profile "${name}".`,
      nextStep: `Use --profile ${DEFAULT_PROFILE}, or the path of a profile.json.`,
      cause,
    });
  }
  return parseProfile(json);
}
