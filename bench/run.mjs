/**
 * Bundles the benchmarks and runs them in plain Node: the transforms of a test runner or a loader would be measured
 * along. `npm run bench` runs all, `npm run bench -- flash setup` some, `--quick` a part of each.
 */
import { spawn } from "node:child_process";
import { build } from "tsdown";

// Two folders below the root, so that paths relative to the sources' own folders stay right.
const OUT = ".cache/bench";

await build({
  config: false,
  entry: { main: "bench/main.ts" },
  outDir: OUT,
  format: "esm",
  platform: "node",
  dts: false,
  clean: true,
  logLevel: "error",
  // It loads its stubs relative to its own files.
  deps: { neverBundle: [/^esptool-js$/] },
});
const args = ["--expose-gc", "--max-semi-space-size=32", `${OUT}/main.mjs`, ...process.argv.slice(2)];
spawn(process.execPath, args, { stdio: "inherit" }).on("close", (code) => {
  process.exitCode = code ?? 1;
});
