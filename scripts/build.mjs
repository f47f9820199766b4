/**
 * Builds program, library and pages into a folder of its own and then moves the files to dist/ one by one, so that a plugsmith that runs from there
 * keeps what it runs from: `npm install` builds, and somebody's plug may just be half written. `--quiet` says nothing.
 */
import { rmSync } from "node:fs";
import { build } from "tsdown";
import { build as buildPages } from "vite";
import { swapIn } from "./swap-in.mjs";

const fresh = `.cache/build-${process.pid}`;
const quiet = process.argv.includes("--quiet");
try {
  process.env["PLUGSMITH_BUILD_DIR"] = fresh;
  await build({ logLevel: quiet ? "error" : "info" });
  process.env["PLUGSMITH_WEB_DIR"] = `${fresh}/web`;
  await buildPages({ logLevel: quiet ? "error" : "info" });
  swapIn(fresh, "dist", ".cache/last-build.json");
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
