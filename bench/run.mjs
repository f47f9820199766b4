/**
 * Bundles the benchmarks and runs them in plain Node: the transforms of a test runner or a loader would be measured
 * along. `npm run bench` runs all, `npm run bench -- flash setup` some, `--quick` a part of each.
 */
import { spawn } from "node:child_process";
import { bundle } from "../scripts/bundle.mjs";

const program = await bundle("bench", "bench/main.ts");
const args = ["--expose-gc", "--max-semi-space-size=32", program, ...process.argv.slice(2)];
spawn(process.execPath, args, { stdio: "inherit" }).on("close", (code) => {
  process.exitCode = code ?? 1;
});
