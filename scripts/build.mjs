/**
 * Builds program, library and pages into a folder of its own and then moves the files to dist/ one by one, so that a
 * plugsmith that runs from there keeps what it runs from: `npm install` builds, and somebody's plug may just be half
 * written. `--quiet` says nothing.
 */
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { build } from "tsdown";
import { build as buildPages } from "vite";
import { swapIn } from "./swap-in.mjs";

const fresh = `.cache/build-${process.pid}`;
const quiet = process.argv.includes("--quiet");
try {
  process.env["PLUGSMITH_BUILD_DIR"] = fresh;
  await build({ logLevel: quiet ? "error" : "info" });
  refuseCircles(`${fresh}/program`);
  process.env["PLUGSMITH_WEB_DIR"] = `${fresh}/web`;
  await buildPages({ logLevel: quiet ? "error" : "info" });
  swapIn(fresh, "dist", ".cache/last-build.json");
} finally {
  rmSync(fresh, { recursive: true, force: true });
}

/** CommonJS files that require each other in a circle see each other half made: the groups in tsdown.config.ts do not fit. */
function refuseCircles(folder) {
  const ended = new Set();
  const walk = (file, way) => {
    if (way.includes(file)) throw new Error(`Files of the program require each other: ${[...way, file].join(" > ")}`);
    if (ended.has(file)) return;
    const text = readFileSync(`${folder}/${file}`, "utf8");
    for (const [, target] of text.matchAll(/^(?:(?:const|let) \w+ = )?require\("\.\/([^"]+)"\)/gm)) {
      walk(target, [...way, file]);
    }
    ended.add(file);
  };
  for (const name of readdirSync(folder)) if (name.endsWith(".cjs")) walk(name, []);
}
