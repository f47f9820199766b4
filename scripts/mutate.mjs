/**
 * How much the unit tests notice: `npm run mutate -- src/core/slip.ts` (files or folders) makes one small mistake after the
 * other in each file and runs the unit and property tests of its folder that reach the place, until one fails. Everything
 * happens in one worker process. (StrykerJS 10 needs a newer Node than this package and starts a test thread for each mutant:
 * it took over half a second for each.) `--list` only prints the mistakes, `--brief` only the figures, `--all`
 * also what was killed.
 *
 * killed: a test failed. survived: all passed. not reached: no test of the folder runs the place. timed out: the tests did
 * not end, listed and left out of the score, which is killed / (killed + survived + not reached).
 */
import { fork } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { mutantsOf } from "./mutation/mutants.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const WORKER = fileURLToPath(new URL("mutation/worker.mjs", import.meta.url));
/** What vitest loads before each test file. */
const SETUP = /setupFiles: \[(.*?)\]/
  .exec(readFileSync(join(ROOT, "vitest.config.ts"), "utf8"))[1]
  .split(",")
  .map((name) => join(ROOT, JSON.parse(name)));
const OUTCOMES = ["killed", "survived", "not reached", "timed out"];
/** A worker that says nothing for this long goes round in a place without a count, ms. */
const SILENT_MS = 60_000;

const isTest = (name) => /\.test\.ts$/.test(name);

/** The sources under a path, which may be one itself. */
function filesOf(path) {
  const names = statSync(path).isDirectory() ? readdirSync(path, { recursive: true }) : [""];
  return names
    .map((name) => join(path, name))
    .filter((file) => file.endsWith(".ts") && !/\.(test|long|test-support|d)\.ts$/.test(file))
    .sort();
}

/** The worker process; it is replaced when a mutant hangs or ends it. */
class Worker {
  #child;

  /** @returns the failure where the job failed, undefined where it finished; `hear` gets each message before. */
  async run(job, hear) {
    if (this.#child === undefined) {
      // Node says on its standard error what a mutant broke, thousands of times.
      this.#child = fork(WORKER, { stdio: ["ignore", "ignore", "ignore", "ipc"] });
      if ((await this.#ask({ setup: SETUP }, () => undefined)) !== undefined)
        throw new Error("the worker does not start");
    }
    return this.#ask(job, hear);
  }

  #ask(job, hear) {
    const child = this.#child;
    return new Promise((done, failed) => {
      let timer;
      const listen = () => {
        clearTimeout(timer);
        timer = setTimeout(() => child.kill("SIGKILL"), SILENT_MS);
      };
      child.removeAllListeners();
      child.on("message", (message) => {
        listen();
        if (!message.finished) hear(message);
        else {
          clearTimeout(timer);
          if (message.failure === undefined) done();
          else failed(new Error(message.failure));
        }
      });
      child.on("exit", () => {
        clearTimeout(timer);
        this.#child = undefined;
        done("ended");
      });
      listen();
      child.send(job);
    });
  }

  end() {
    this.#child?.removeAllListeners();
    this.#child?.kill();
  }
}

/** @returns the outcome of each mutant, by id. */
async function measure(worker, file, mutants) {
  const folder = dirname(file);
  const tests = readdirSync(folder)
    .filter(isTest)
    .map((name) => join(folder, name));
  const outcomes = new Map();
  for (;;) {
    let current;
    const job = { file, tests, mutants, done: [...outcomes.keys()] };
    const ended = await worker.run(job, ({ began, id, outcome }) => {
      current = began;
      if (id !== undefined) outcomes.set(id, outcome);
    });
    if (ended === undefined) return outcomes;
    if (current === undefined) throw new Error(`the tests of ${folder} do not end without a mutant`);
    outcomes.set(current, "timed out");
  }
}

const zero = () => OUTCOMES.map(() => 0);

function figures(counts) {
  const [killed, survived, notReached] = counts;
  const all = killed + survived + notReached;
  const score = all === 0 ? "-" : `${((100 * killed) / all).toFixed(1)} %`;
  return `${score.padStart(7)}  ${OUTCOMES.map((name, i) => `${counts[i]} ${name}`).join(", ")}`;
}

const args = process.argv.slice(2);
const flags = args.filter((each) => each.startsWith("--"));
const targets = args.filter((each) => !each.startsWith("--"));
const isUsable = (target) => existsSync(target) && !relative(ROOT, resolve(target)).startsWith("..");
if (targets.length === 0 || !targets.every(isUsable)) {
  console.error("usage: npm run mutate -- [--list | --brief | --all] FILE-OR-FOLDER...");
  process.exit(2);
}

const files = targets.flatMap((target) => filesOf(resolve(target))).map((file) => relative(ROOT, file));
process.chdir(ROOT);
const worker = new Worker();
const totals = new Map();
const all = "all files";
for (const file of files) {
  const mutants = mutantsOf(basename(file), readFileSync(file, "utf8"));
  if (flags.includes("--list")) {
    for (const { line, what } of mutants) console.log(`${file}:${line} ${what}`);
    continue;
  }
  const outcomes = await measure(worker, file, mutants).catch((error) => {
    console.log(`not measured: ${file}: ${error.message}`);
    process.exitCode = 1;
  });
  if (outcomes === undefined) continue;
  const counts = zero();
  for (const { id, line, what } of mutants) {
    const outcome = outcomes.get(id);
    counts[OUTCOMES.indexOf(outcome)]++;
    const isListed = outcome === "killed" ? flags.includes("--all") : !flags.includes("--brief");
    if (isListed) console.log(`${outcome.padEnd(11)} ${file}:${line} ${what}`);
  }
  console.log(`${figures(counts)}  ${file}`);
  for (const name of [dirname(file), all]) {
    const sum = totals.get(name) ?? zero();
    totals.set(
      name,
      sum.map((count, i) => count + counts[i]),
    );
  }
}
if (files.length > 1) {
  const names = [...totals.keys()].filter((name) => name !== all);
  for (const name of [...names, all]) if (totals.has(name)) console.log(`${figures(totals.get(name))}  in ${name}`);
}
worker.end();
