/**
 * The part of vitest's interface that unit tests use (`describe`, `test`, hooks, `expect`), collected and run in this
 * process: thousands of runs cannot each start a test runner.
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  addCustomEqualityTesters,
  chai,
  customMatchers,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from "@vitest/expect";

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);

const expect = Object.assign((value, message) => chai.expect(value, message), chai.expect, {
  ...globalThis[ASYMMETRIC_MATCHERS_OBJECT],
  addEqualityTesters: addCustomEqualityTesters,
});
setState({}, expect);
globalThis[GLOBAL_EXPECT] = expect;
chai.expect.extend(expect, {
  ...customMatchers,
  toMatchFileSnapshot: (text, path) => ({
    pass: text === readFileSync(new URL(path, running), "utf8"),
    message: () => `${path} is different`,
  }),
});

/** The test file that is being collected, as a URL. */
let collecting;
/** A suite that is being collected; hooks and tests go to the innermost. */
let current;

const newSuite = (parent) => ({
  parent,
  beforeAll: [],
  afterAll: [],
  beforeEach: [],
  afterEach: [],
  isPrepared: false,
});
let collected = [];
/** The test file that runs, as a URL. */
let running;

function addTest(_name, ...rest) {
  const run = rest.find((each) => typeof each === "function");
  if (run !== undefined) collected.push({ suite: current, run, url: collecting });
}

function addSuite(_name, ...rest) {
  const build = rest.find((each) => typeof each === "function");
  const outer = current;
  current = newSuite(outer);
  try {
    build();
  } finally {
    current = outer;
  }
}

const nothing = () => undefined;

/** The forms of `test` and `describe`. A row of a table that is an array is spread over the parameters. */
function withForms(add) {
  const each =
    (rows, spread) =>
    (name, ...rest) => {
      const at = rest.findIndex((part) => typeof part === "function");
      for (const row of rows) {
        const call = () => (spread && Array.isArray(row) ? rest[at](...row) : rest[at](row));
        add(name, ...rest.with(at, call));
      }
    };
  const form = (name, ...rest) => add(name, ...rest);
  return Object.assign(form, {
    each: (rows) => each(rows, true),
    for: (rows) => each(rows, false),
    skipIf: (isSkipped) => (isSkipped ? withForms(nothing) : withForms(add)),
    runIf: (isRun) => (isRun ? withForms(add) : withForms(nothing)),
    skip: nothing,
    todo: nothing,
  });
}

const hook = (kind) => (run) => current[kind].push(run);

/** What `import … from "vitest"` gives here. */
export const vitest = {
  __esModule: true,
  chai,
  expect,
  test: withForms(addTest),
  it: withForms(addTest),
  describe: withForms(addSuite),
  beforeAll: hook("beforeAll"),
  afterAll: hook("afterAll"),
  beforeEach: hook("beforeEach"),
  afterEach: hook("afterEach"),
};

/** @returns the tests that `load` registers when it evaluates this file. */
export function collect(path, load) {
  collecting = pathToFileURL(path);
  collected = [];
  current = newSuite(undefined);
  load();
  return collected;
}

const lineage = (suite) => (suite === undefined ? [] : [...lineage(suite.parent), suite]);

/** Runs one collected test with its hooks; `beforeAll` runs before the first test of its suite. Throws what the test throws. */
export async function runTest({ suite, run, url }) {
  running = url;
  const suites = lineage(suite);
  for (const each of suites) {
    if (each.isPrepared) continue;
    each.isPrepared = true;
    for (const before of each.beforeAll) {
      const after = await before();
      if (typeof after === "function") each.afterAll.push(after);
    }
  }
  const finishing = [];
  const context = { expect, onTestFinished: (finish) => finishing.push(finish), skip: nothing };
  try {
    for (const each of suites) {
      for (const before of each.beforeEach) {
        const after = await before(context);
        if (typeof after === "function") finishing.push(after);
      }
    }
    await run(context);
  } finally {
    for (const each of suites.toReversed()) for (const after of each.afterEach) await after(context);
    for (const finish of finishing.toReversed()) await finish(context);
  }
}

/** Ends the suites of tests that ran. */
export async function finish(tests) {
  for (const suite of new Set(tests.flatMap((each) => lineage(each.suite)))) {
    if (!suite.isPrepared) continue;
    for (const after of suite.afterAll) await after();
  }
}
