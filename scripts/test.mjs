/**
 * The test command: every check, each with its time. Checks of the sources run side by side, one for each core; then the
 * tests, one project after the other. `npm test -- types unit` runs only the parts named. Ends with
 * "tests: N passed, M failed".
 */
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";

let passed = 0;
let failed = 0;

const run = (command, args) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ["ignore", "pipe", "pipe"],
      // What npm puts into .bin is a command file there, which only a shell starts.
      shell: process.platform === "win32",
      env: { ...process.env, FORCE_COLOR: "0" },
    });
    let output = "";
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (output += data));
    child.on("error", (error) => resolve({ code: 1, output: String(error) }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });

const bin = (name) => join("node_modules", ".bin", name);

const command =
  (name, ...args) =>
  async () => {
    const { code, output } = await run(bin(name), args);
    return { ok: code === 0, output, note: "" };
  };

const script =
  (name, ...args) =>
  async () => {
    const { code, output } = await run("node", [`scripts/${name}`, ...args]);
    return { ok: code === 0, output, note: "" };
  };

const both =
  (...parts) =>
  async () => {
    const results = [];
    for (const part of parts) results.push(await part());
    return {
      ok: results.every((result) => result.ok),
      output: results.map((result) => result.output).join("\n"),
      note: results
        .map((result) => result.note)
        .filter(Boolean)
        .join(", "),
    };
  };

/** dependency-cruiser once cruised nothing and reported success: the number of modules is part of the check. */
const boundaries = async () => {
  const { code, output } = await run(bin("depcruise"), ["src", "--config", ".dependency-cruiser.mjs"]);
  const modules = Number(/\((\d+) modules/.exec(output)?.[1] ?? 0);
  const { output: files } = await run("git", [
    "ls-files",
    "--cached",
    "--others",
    "--exclude-standard",
    "src/**/*.ts",
    "src/**/*.tsx",
  ]);
  const sources = files.split("\n").filter((file) => file && !file.endsWith(".d.ts")).length;
  const looked = modules >= sources;
  return {
    ok: code === 0 && looked,
    output: looked ? output : `${output}\nonly ${modules} modules were looked at; src has ${sources} files`,
    note: `${modules} modules`,
  };
};

const vitest =
  (project, ...options) =>
  async () => {
    const report = `.vitest-report-${project}.json`;
    rmSync(report, { force: true });
    const { code, output } = await run(bin("vitest"), [
      ...["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
      ...options,
    ]);
    let counts;
    try {
      counts = JSON.parse(readFileSync(report, "utf8"));
    } catch {
      return { ok: false, output, note: "no report" };
    } finally {
      rmSync(report, { force: true });
    }
    passed += counts.numPassedTests;
    failed += counts.numFailedTests;
    const slowest = counts.testResults
      .map(({ name, startTime, endTime }) => ({ name: basename(name), seconds: (endTime - startTime) / 1000 }))
      .sort((a, b) => b.seconds - a.seconds)
      .filter(({ seconds }, place) => place < 6 && seconds > 5)
      .map(({ name, seconds }) => `${name} ${seconds.toFixed(0)} s`);
    const skipped = counts.numPendingTests + (counts.numTodoTests ?? 0);
    return {
      ok: code === 0 && counts.numPassedTests > 0,
      output,
      note: `${counts.numPassedTests} passed${skipped ? `, ${skipped} skipped` : ""}${slowest.length > 0 ? `; slowest: ${slowest.join(", ")}` : ""}`,
    };
  };

/** The longest first. */
const checks = {
  types: command("tsc", "-p", "tsconfig.json"),
  pure: command("tsc", "-p", "tsconfig.pure.json"),
  build: both(script("build.mjs", "--quiet"), command("publint", "--strict")),
  unused: command("knip", "--no-progress"),
  lint: command(
    "oxlint",
    "--type-aware",
    "--deny-warnings",
    "-c",
    ".oxlintrc.json",
    "src",
    "test",
    "bench",
    "examples",
  ),
  boundaries,
  api: script("api-report.mjs", "--check"),
  format: command("biome", "ci", "--error-on-warnings", "."),
  texts: script("texts.mjs"),
};

const tests = {
  unit: vitest("unit"),
  property: vitest("property"),
  conformance: vitest("conformance"),
  // Many of them wait for real processes: two beside each other would leave a core idle.
  e2e: vitest("e2e", "--maxWorkers=4"),
  // A browser has processes of its own.
  web: vitest("web", "--maxWorkers=1"),
};

const parts = { ...checks, ...tests };
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(", ")}; there are: ${Object.keys(parts).join(", ")}`);
  process.exit(2);
}
const broken = [];
const started = performance.now();

async function runPart(name) {
  if (wanted.length > 0 && !wanted.includes(name)) return;
  const start = performance.now();
  const { ok, output, note } = await parts[name]();
  const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
  console.log(`${ok ? "ok    " : "FAILED"} ${name.padEnd(12)} ${seconds} s  ${note}`);
  if (!ok) {
    broken.push(name);
    console.log(output.trimEnd());
  }
}

const waiting = Object.keys(checks);
async function lane() {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await runPart(name);
}
await Promise.all(Array.from({ length: availableParallelism() }, lane));
for (const name of Object.keys(tests)) await runPart(name);
console.log(`total ${((performance.now() - started) / 1000).toFixed(1)} s`);
if (broken.length > 0) console.log(`broken: ${broken.join(", ")}`);
console.log(`tests: ${passed} passed, ${failed} failed`);
process.exitCode = broken.length > 0 ? 1 : 0;
