/**
 * The campaign in plain Node: bundled, so that neither a test runner's transforms nor a loader are paid for with every
 * seed, and run in a process of its own. A deliberate break replaces a piece of one source file on the way.
 */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { build } from "tsdown";
import type { RunReport } from "./campaign.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
/** Young garbage is what a virtual plug makes most of: a larger nursery, MiB, saves a sixth of the time. */
const NODE_ARGUMENTS = ["--max-semi-space-size=64"];

export interface Replacement {
  /** From the root of the repository. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Path of the bundle. Throws where the text to be replaced is not there exactly once. */
export async function bundleCampaign(name: string, replacement?: Replacement): Promise<string> {
  const outDir = path.join(ROOT, ".cache/faults", name);
  await build({
    config: false,
    cwd: ROOT,
    entry: { "run-seeds": "test/faults/run-seeds.ts" },
    outDir,
    format: "esm",
    platform: "node",
    dts: false,
    clean: true,
    logLevel: "error",
    plugins: replacement === undefined ? [] : [breaking(replacement)],
  });
  return path.join(outDir, "run-seeds.mjs");
}

function breaking({ file, from, to }: Replacement): { name: string; load: (id: string) => Promise<unknown> } {
  const broken = path.join(ROOT, file);
  return {
    name: "break",
    load: async (id) => {
      if (id !== broken) return undefined;
      const parts = (await readFile(broken, "utf8")).split(from);
      if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${from}`);
      return { code: parts.join(to), moduleType: "ts" };
    },
  };
}

export interface SeedRange {
  readonly first: number;
  readonly last: number;
  readonly step?: number;
  /** Ends at the first seed whose promises are broken. */
  readonly untilBroken?: boolean;
  /** Default "small". "mixed": every hundredth seed is a whole 1 MiB plug. */
  readonly sizes?: "small" | "mixed";
}

/** Runs seeds in a process of its own and tells each report, without its log, as it comes. */
export function runSeeds(
  bundle: string,
  { first, last, step = 1, untilBroken = false, sizes = "small" }: SeedRange,
  report: (report: RunReport) => void,
): Promise<void> {
  const child = spawn(
    process.execPath,
    [...NODE_ARGUMENTS, bundle, String(first), String(last), String(step), String(untilBroken), sizes],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let text = "";
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (chunk: string) => {
    const lines = (text + chunk).split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) report(JSON.parse(line) as RunReport);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`the campaign's process ended with ${code}`)),
    );
  });
}
