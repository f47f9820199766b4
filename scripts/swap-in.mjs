/** Puts a fresh build in the place of an old one without taking a file away from a program that runs from it. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** "sim-DgrjlpOk.js": its name changes with its contents. */
const HASHED = /-[\w-]{8}\.((d\.)?[cm]?[jt]s|css|svg)$/;

/**
 * Files that others refer to by a hash come first, so that whatever is there refers to what is there. What the build
 * before had and this one has not stays for one build more: a running program may load it yet.
 *
 * @param record a file that remembers what a build had.
 */
export function swapIn(fresh, place, record) {
  const files = filesIn(fresh).sort((a, b) => HASHED.test(b) - HASHED.test(a));
  const before = lastBuild(record);
  mkdirSync(place, { recursive: true });
  const old = filesIn(place);
  for (const file of files) {
    mkdirSync(dirname(join(place, file)), { recursive: true });
    // In one step the new one is there instead of the old one (rename(2)).
    renameSync(join(fresh, file), join(place, file));
  }
  const kept = new Set([...files, ...(before ?? old)]);
  for (const file of old) if (!kept.has(file)) rmSync(join(place, file), { force: true });
  writeFileSync(record, `${JSON.stringify(files)}\n`);
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true }).filter((name) => statSync(join(folder, name)).isFile());
}

/** Undefined where no build left a record: then everything there may be in use. */
function lastBuild(record) {
  try {
    return JSON.parse(readFileSync(record, "utf8"));
  } catch {
    return undefined;
  }
}
