/**
 * Measures source files, one after the other, as its parent sends them: first all tests of the folder without a mutant, to
 * learn which tests reach which places, then for each mutant the tests that reach it, until one fails.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { collect, finish, runTest, vitest } from "./harness.mjs";
import { Modules } from "./modules.mjs";

/** A run with a mutant may pass this many times as many places as one without, and this many more. */
const TIMES = 50;
const MORE = 200_000;
/** A test that passes no place for this long, while the process is idle, waits for something that does not come, ms. */
const STUCK_MS = 2_000;
const IDLE_CPU_MS = 100;
/** What code that has no counters may work on a test with a mutant in it, ms of CPU. */
const MOST_CPU_MS = 15_000;

// The same cases for each mutant, and no search for the smallest one: that a case fails is enough.
fc.configureGlobal({ seed: 12, endOnFailure: true });

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Of this process: another may be measuring at the same time. */
const FOLDER = join(ROOT, ".cache", "mutate", String(process.pid));
const modules = new Modules(ROOT, FOLDER, { vitest });

/** Thrown to end a run that goes on for ever. */
class Endless extends Error {}

/** What one run with one mutant (or none) sees of itself. */
class Run {
  ticks = 0;
  isEndless = false;
  isOver = false;
  hits = new Set();

  constructor(active, limit) {
    this.probes = {
      mutant: (id) => {
        this.#tick(limit);
        this.hits.add(id);
        return id === active;
      },
      tick: () => this.#tick(limit),
    };
  }

  #tick(limit) {
    this.ticks++;
    if (this.ticks > limit) this.isEndless = true;
    // What a run left behind ends here as well.
    if (this.isEndless || this.isOver) throw new Endless();
  }
}

let rejections = 0;
process.on("unhandledRejection", (reason) => {
  if (!(reason instanceof Endless)) rejections++;
});
process.on("uncaughtException", (error) => {
  if (!(error instanceof Endless)) rejections++;
});

const settle = () => new Promise((resolve) => setImmediate(resolve));

function pause(ms) {
  let timer;
  const ended = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return { ended, stop: () => clearTimeout(timer) };
}

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Whether the test ends, with or without a failure, before nothing moves any more. */
async function endsInTime(run, ending) {
  let done = false;
  const ended = ending.then(() => {
    done = true;
  });
  const began = cpuMs();
  for (let before = -1, cpu = began; !done && (before !== run.ticks || cpuMs() - cpu > IDLE_CPU_MS); ) {
    if (cpuMs() - began > MOST_CPU_MS) return false;
    before = run.ticks;
    cpu = cpuMs();
    const { ended: waited, stop } = pause(STUCK_MS);
    await Promise.race([ended, waited]);
    stop();
  }
  return done;
}

/** @returns undefined where the test passes, else the failure. */
async function failureOf(run, test) {
  rejections = 0;
  let failure;
  const ending = runTest(test).catch((error) => {
    failure = error ?? new Error("nothing thrown");
  });
  if (!(await endsInTime(run, ending))) return new Endless("nothing moves any more");
  await settle();
  if (run.isEndless) return new Endless("goes round for ever");
  return failure ?? (rejections > 0 ? new Error("unhandled rejection") : undefined);
}

const outcomeOf = (failure) => (failure instanceof Endless ? "timed out" : "killed");

/** Which places each test reaches, and how many steps it takes. Places that are passed at load time belong to every test. */
async function survey(tests) {
  const reach = [];
  for (const path of tests) {
    const run = new Run(undefined, Number.POSITIVE_INFINITY);
    const loaded = new Map();
    const found = collect(path, () => modules.load(path, run.probes, loaded));
    const atLoad = run.hits;
    for (const [index, test] of found.entries()) {
      run.hits = new Set();
      const before = run.ticks;
      const began = cpuMs();
      const failure = await failureOf(run, test);
      if (failure !== undefined)
        throw new Error(`test ${index + 1} of ${path} fails without a mutant: ${failure.stack}`);
      const ms = cpuMs() - began;
      // The parent hears that something moves.
      process.send({});
      reach.push({
        path,
        index,
        hits: new Set([...run.hits, ...atLoad]),
        ticks: run.ticks - before,
        ms,
        tried: 0,
        failed: 0,
      });
    }
    await finish(found);
    run.isOver = true;
  }
  return reach;
}

/**
 * The tests in the order in which they are tried: those first that have failed often for their time so far; before any
 * has failed, those named after the file, then the quick ones.
 */
function inOrder(file, tests) {
  const stem = file.replace(/ts$/, "");
  const failures = (test) => (test.path.startsWith(stem) ? 5 : 0.5) + test.failed;
  const rank = (test) => (test.ms * (test.tried + 1)) / failures(test);
  return tests.toSorted((a, b) => rank(a) - rank(b));
}

async function tryMutant(mutant, tests) {
  const limit = MORE + TIMES * tests.reduce((sum, { ticks }) => sum + ticks, 0);
  const run = new Run(mutant.id, limit);
  const loaded = new Map();
  const files = new Map();
  try {
    for (const tried of tests) {
      const { path, index } = tried;
      if (!files.has(path)) {
        try {
          files.set(
            path,
            collect(path, () => modules.load(path, run.probes, loaded)),
          );
        } catch (error) {
          return outcomeOf(error);
        }
      }
      const test = files.get(path)[index];
      // The mutant changed how many tests there are.
      if (test === undefined) return "killed";
      tried.tried++;
      const failure = await failureOf(run, test);
      if (failure === undefined) continue;
      tried.failed++;
      return outcomeOf(failure);
    }
    return "survived";
  } finally {
    for (const found of files.values()) await finish(found).catch(() => undefined);
    run.isOver = true;
  }
}

async function measure({ file, tests, mutants, done }) {
  const path = join(ROOT, file);
  const paths = tests.map((each) => join(ROOT, each));
  await modules.prepare(path, mutants, paths);
  const relevant = paths.filter((each) => modules.dependsOnMutated(each));
  const reach = await survey(relevant);
  for (const mutant of mutants) {
    if (done.includes(mutant.id)) continue;
    process.send({ began: mutant.id });
    const reaching = reach.filter(({ hits }) => hits.has(mutant.id));
    const outcome = reaching.length === 0 ? "not reached" : await tryMutant(mutant, inOrder(path, reaching));
    process.send({ id: mutant.id, outcome });
  }
}

process.on("exit", () => rmSync(FOLDER, { recursive: true, force: true }));
process.on("disconnect", () => process.exit());
process.on("message", (job) => void handle(job));

async function handle(job) {
  try {
    if (job.setup !== undefined) for (const path of job.setup) await modules.setUp(path);
    else await measure(job);
    process.send({ finished: true });
  } catch (error) {
    process.send({ finished: true, failure: error.stack });
  }
}
