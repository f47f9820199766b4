/**
 * How much the unit tests notice: `npm run mutate -- src/core/slip.ts` (or a folder) makes one small mistake after the other
 * in each file, runs the unit and property tests of its folder that reach the place, and tells which mistakes passed.
 * Works on a copy under .cache/mutate; one vitest process at a time. `--list` only prints the mistakes.
 *
 * killed: a test failed. survived: all passed. not reached: no test of the folder runs the place. timed out: they did not
 * end, listed and left out of the score, which is killed / (killed + survived + not reached).
 */
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { instrumented, mutantsOf, mutated } from "./mutations.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const COPY = join(ROOT, ".cache", "mutate");
const HITS = join(COPY, "hits.txt");
const OUTCOMES = ["killed", "survived", "not reached", "timed out"];
/** A run with a mistake in it may take this many times as long as one without, and this much more, ms. */
const TIMES = 4;
const MORE_MS = 15_000;

const isTest = (name) => /\.test\.ts$/.test(name);

function filesOf(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true })
    .map((name) => join(path, name))
    .filter((file) => file.endsWith(".ts") && !/\.(test|long|test-support|d)\.ts$/.test(file));
}

function makeCopy() {
  rmSync(COPY, { recursive: true, force: true });
  mkdirSync(COPY, { recursive: true });
  for (const name of readdirSync(ROOT)) {
    if (name.startsWith(".")) continue;
    if (name === "src" || name === "test") cpSync(join(ROOT, name), join(COPY, name), { recursive: true });
    else symlinkSync(join(ROOT, name), join(COPY, name));
  }
}

/** Whether these test files pass; undefined where they did not end in time. */
function passes(tests, limitMs) {
  return new Promise((done) => {
    const projects = ["--project", "unit", "--project", "property"];
    const args = [join(ROOT, "node_modules/vitest/vitest.mjs"), "run", ...projects, "--bail=1", ...tests];
    const child = spawn(process.execPath, args, { cwd: COPY, stdio: "ignore", detached: true });
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      // With the workers that it started.
      process.kill(-child.pid, "SIGKILL");
    }, limitMs);
    child.on("close", (code) => {
      clearTimeout(timer);
      done(late ? undefined : code === 0);
    });
  });
}

/** Which tests of the folder reach which mistakes. One that fails without any mistake would prove nothing. */
async function reachOf(file, text, mutants) {
  const folder = dirname(file);
  const copy = join(COPY, file);
  writeFileSync(copy, instrumented(text, mutants, HITS));
  const reach = [];
  for (const name of readdirSync(folder).filter(isTest)) {
    rmSync(HITS, { force: true });
    const test = join(folder, name);
    const began = Date.now();
    if (!(await passes([test], 600_000))) throw new Error(`${test} fails as it is`);
    const hits = existsSync(HITS) ? readFileSync(HITS, "utf8").split("\n").filter(Boolean).map(Number) : [];
    reach.push({ test, ms: Date.now() - began, hits: new Set(hits) });
  }
  writeFileSync(copy, text);
  return reach;
}

async function outcomeOf(file, text, mutant, reach) {
  const tests = reach.filter(({ hits }) => hits.has(mutant.id));
  if (tests.length === 0) return "not reached";
  writeFileSync(join(COPY, file), mutated(text, mutant));
  const usual = tests.reduce((sum, { ms }) => sum + ms, 0);
  const passed = await passes(
    tests.map(({ test }) => test),
    MORE_MS + TIMES * usual,
  );
  return passed === undefined ? "timed out" : passed ? "survived" : "killed";
}

const rate = (counts) => {
  const [killed, survived, notReached] = counts;
  const all = killed + survived + notReached;
  return all === 0 ? "-" : `${Math.round((100 * killed) / all)} %`;
};

const told = (counts) => `${OUTCOMES.map((name, i) => `${counts[i]} ${name}`).join(", ")}; score ${rate(counts)}`;

const args = process.argv.slice(2);
const listOnly = args.includes("--list");
const [target] = args.filter((each) => !each.startsWith("--"));
if (target === undefined || !existsSync(target) || relative(join(ROOT, "src"), resolve(target)).startsWith("..")) {
  console.error("usage: npm run mutate -- [--list] FILE-OR-FOLDER (in src)");
  process.exit(2);
}

const files = filesOf(resolve(target)).map((file) => relative(ROOT, file));
if (!listOnly) makeCopy();
process.chdir(ROOT);
const total = [0, 0, 0, 0];
for (const file of files) {
  const text = readFileSync(file, "utf8");
  const mutants = mutantsOf(basename(file), text);
  if (listOnly) {
    for (const { line, what } of mutants) console.log(`${file}:${line} ${what}`);
    continue;
  }
  const reach = await reachOf(file, text, mutants);
  const counts = [0, 0, 0, 0];
  for (const mutant of mutants) {
    const outcome = await outcomeOf(file, text, mutant, reach);
    counts[OUTCOMES.indexOf(outcome)]++;
    if (outcome !== "killed") console.log(`${outcome.padEnd(11)} ${file}:${mutant.line} ${mutant.what}`);
  }
  writeFileSync(join(COPY, file), text);
  for (const i of total.keys()) total[i] += counts[i];
  console.log(`${file}: ${told(counts)}`);
}
if (files.length > 1 && !listOnly) console.log(`all ${files.length} files: ${told(total)}`);
