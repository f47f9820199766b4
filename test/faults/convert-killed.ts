/**
 * The conversion as the built command, in a process that is really killed (SIGKILL) at a change on the disk that the
 * seed chooses, perhaps twice, and started again until it is done.
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { JobEvent } from "../../src/core/events.ts";
import { readJournal } from "../../src/engine/home/journal.ts";
import { readSecrets } from "../../src/engine/home/plug-records.ts";
import { nodeFiles } from "../../src/platform/node/index.ts";
import { HOME_NETWORK } from "../../src/sim/home/virtual-home.ts";
import {
  type BenchOptions,
  buildModelImage,
  createBench,
  PLUG_FILES,
  recordOf,
  SeededRandom,
  SimClock,
  serialisePlug,
} from "../../src/sim/index.ts";
import { brokenRecords, lacking } from "./record-laws.ts";
import { sparseFlash } from "./sparse-flash.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MAIN = join(ROOT, "dist/cli/main.js");
const KILLER = new URL("../support/killed-at.mjs", import.meta.url).href;
const MOST_RUNS = 5;
/** Changes that a whole conversion makes on the disk, the flash's own among them, about. */
const CHANGES = 430;

interface Ended {
  readonly killed: boolean;
  readonly exit: number | null;
  readonly events: readonly JobEvent[];
  readonly stderr: string;
}

export interface KilledReport {
  /** Where the process was killed: the numbers of the changes. */
  readonly killedAt: readonly number[];
  readonly runs: number;
  readonly broken: readonly string[];
}

export async function convertKilled(seed: number): Promise<KilledReport> {
  const random = new SeededRandom(`killed/${seed}`);
  const folder = mkdtempSync(join(tmpdir(), "plugsmith-killed-"));
  const broken: string[] = [];
  const killedAt: number[] = [];
  try {
    const { plug, original } = virtualPlugIn(folder, seed);
    const doom = Array.from({ length: random.chance(0.3) ? 2 : 1 }, () => random.below(CHANGES));
    let entries = 0;
    for (let run = 0; run < MOST_RUNS; run++) {
      const ended = await convertOnce(folder, doom[run]);
      if (ended.killed) killedAt.push(doom[run]!);
      const path = `${folder}/home`;
      const flash = new Uint8Array(readFileSync(join(folder, PLUG_FILES.flash)));
      const { webPassword, nextWebPassword } = await readSecrets({ files: nodeFiles, path }, plug);
      const secrets = [HOME_NETWORK.passphrase, webPassword, nextWebPassword].filter((text) => text !== undefined);
      const image = buildModelImage();
      broken.push(...(await brokenRecords({ files: nodeFiles, path, plug, flash, original, image, secrets })));
      const now = (await readJournal(nodeFiles, `${path}/plugs/${plug}`)).length;
      if (now < entries) broken.push("the journal lost entries");
      entries = now;
      for (const event of ended.events) {
        if (event.type === "notice" && event.text.includes("Accident")) broken.push(event.text.toString());
      }
      if (ended.killed) continue;
      if (ended.exit !== 0) broken.push(`run ${run} ended with ${ended.exit}: ${lastOf(ended)}`);
      else broken.push(...(await lacking(nodeFiles, `${path}/plugs/${plug}`)));
      if (webPassword === undefined || nextWebPassword !== undefined)
        broken.push("no single web password is on record");
      return { killedAt, runs: run + 1, broken };
    }
    broken.push(`not done after ${MOST_RUNS} runs`);
    return { killedAt, runs: MOST_RUNS, broken };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A plug with little in its flash, so that a story is short. */
function virtualPlugIn(folder: string, seed: number): { plug: string; original: Uint8Array } {
  const flash = sparseFlash(new SeededRandom(`killed/${seed}/vendor`));
  const options: BenchOptions = {
    clock: new SimClock(),
    seed,
    flash,
    pluggedIn: false,
    wiring: { chipRx: "open", chipTx: "open", ground: "open", vcc: "open" },
  };
  const record = recordOf(createBench(options), options);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, PLUG_FILES.record), serialisePlug(record));
  writeFileSync(join(folder, PLUG_FILES.flash), flash);
  return { plug: record.mac, original: flash };
}

function convertOnce(folder: string, killedAt: number | undefined): Promise<Ended> {
  const env = { ...process.env, PLUGSMITH_KILLED_AT: killedAt === undefined ? undefined : String(killedAt) };
  const argv = ["--import", KILLER, MAIN, "convert", "--port", `sim:${folder}`, "--json"];
  const child = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "pipe"], env });
  let out = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exit, signal) => {
      const lines = out.slice(0, out.lastIndexOf("\n") + 1).split("\n");
      const events = lines.flatMap((line) => (line === "" ? [] : [JSON.parse(line) as JobEvent]));
      resolve({ killed: signal === "SIGKILL", exit, events, stderr });
    });
  });
}

function lastOf({ events, stderr }: Ended): string {
  const last = events.at(-1);
  return last?.type === "result" && !last.ok ? `${last.error.code} ${String(last.error.message)}` : stderr.slice(-200);
}
