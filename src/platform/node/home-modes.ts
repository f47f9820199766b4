/**
 * A home that others can read: made by a copy, a restored archive, or a hand. It holds passwords and backups, so it is
 * closed before anything else is done, and that is reported. Windows keeps such things in the profile's folder and has no
 * modes.
 */
import { chmod, lstat, readdir } from "node:fs/promises";
import { errnoOf, fileError } from "./file-error.ts";

/** Group and others. */
const OPEN_BITS = 0o077;
/** What a home can hold by itself. A folder with anything else in it is somebody's, who alone decides who reads it. */
const OURS = /^(plugs|virtual|firmware|cache|contacts|errors|lock|adapters\.json(\.new)?|room-.*\.probe)$/;
const PLUG = /^[0-9a-f]{12}$/;
/** What a plug's folder holds that opens a plug. */
const SECRETS = /^secrets\.json(\.new)?$/;

/** @returns a sentence for each thing that was open, for people; whether it could be closed. Errors: file-*. */
export async function closeOpenHome(home: string): Promise<readonly string[]> {
  if (process.platform === "win32") return [];
  const names = await namesIn(home);
  const isOurs = names.length > 0 && names.every((name) => OURS.test(name));
  const paths = isOurs ? [home, ...names.map((name) => `${home}/${name}`)] : [];
  for (const root of [home, `${home}/virtual`]) {
    const plugs = (await namesIn(`${root}/plugs`))
      .filter((name) => PLUG.test(name))
      .map((name) => `${root}/plugs/${name}`);
    if (plugs.length > 0 && !paths.includes(`${root}/plugs`)) paths.push(`${root}/plugs`);
    for (const plug of plugs) {
      const secrets = (await namesIn(plug)).filter((name) => SECRETS.test(name));
      paths.push(plug, ...secrets.map((name) => `${plug}/${name}`));
    }
  }
  const reported = await Promise.all(paths.map(closed));
  return reported.filter((text) => text !== undefined);
}

async function closed(path: string): Promise<string | undefined> {
  try {
    const found = await lstat(path);
    // A link's mode means nothing, and what it leads to is not for this home to change.
    if (found.isSymbolicLink() || (found.mode & OPEN_BITS) === 0) return undefined;
    const before = (found.mode & 0o777).toString(8);
    const after = found.mode & 0o700;
    // Another user's, or on a file system without modes: there it fails, or changes nothing.
    await chmod(path, after).catch(() => undefined);
    if (((await lstat(path)).mode & OPEN_BITS) !== 0) {
      return `${path} is open to other users of this computer (mode ${before}) and cannot be closed; choose another place with --home.`;
    }
    return `${path} was open to other users of this computer (mode ${before}); it is closed now (${after.toString(8)}).`;
  } catch (error) {
    // Another run may just be replacing it.
    if (errnoOf(error) === "ENOENT") return undefined;
    throw fileError(path, error);
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(errnoOf(error))) return [];
    throw fileError(folder, error);
  }
}
