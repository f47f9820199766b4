/**
 * Loads test files and what they import into one process, again and again: whatever depends on the file under test is
 * evaluated afresh for each mutant, so that code that runs at load time is tested like any other and no cached value
 * survives a mutant. Everything else is loaded once, as plain modules of Node: the emulated chip needs its speed.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Script } from "node:vm";
import ts from "typescript";
import { switched } from "./mutants.mjs";

const TARGET = ts.ScriptTarget.ES2023;
const AGAIN = { target: TARGET, module: ts.ModuleKind.CommonJS, esModuleInterop: true };
const ONCE = { target: TARGET, module: ts.ModuleKind.ESNext, rewriteRelativeImportExtensions: true };

const PARAMETERS = "exports, require, $m, $t";

/** A module stays at its place for what it reads beside itself, wherever it is compiled to. */
function transpile(path, text, compilerOptions) {
  const source = text.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href));
  return ts.transpileModule(source, { compilerOptions, fileName: path }).outputText;
}

/** @param text TypeScript. @returns the function that evaluates the module, and what it imports. */
function compile(path, text) {
  const code = transpile(path, text, AGAIN);
  const script = new Script(`(function (${PARAMETERS}) {${code}\n})`, { filename: path });
  const imports = [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, specifier]) => specifier);
  return { evaluate: script.runInThisContext(), imports };
}

const isRelative = (specifier) => specifier.startsWith(".");
const isJson = (path) => path.endsWith(".json");

/** An imported module with the shape that compiled imports expect. */
const asRequired = (module) => ({ ...module, __esModule: true });

export class Modules {
  #root;
  #folder;
  #replaced;
  #compiled = new Map();
  #once = new Map();
  #mutated;
  /** Depends on the mutated file. */
  #fresh = new Set();

  /**
   * @param root of the repository
   * @param folder for modules that are loaded once, below the root
   * @param replaced modules that stand in for packages, by name
   */
  constructor(root, folder, replaced) {
    this.#root = root;
    this.#folder = folder;
    this.#replaced = new Map(Object.entries(replaced));
  }

  /** Loads what the tests' own runner loads before them. */
  async setUp(path) {
    await this.#arrange([path]);
    this.load(path, { mutant: () => false, tick: () => undefined }, new Map());
  }

  /** From now on the mutants of this file can be switched on, and these tests can be loaded. */
  async prepare(file, mutants, tests) {
    this.#compiled.delete(this.#mutated);
    this.#mutated = file;
    this.#compiled.set(file, compile(file, switched(file, readFileSync(file, "utf8"), mutants)));
    await this.#arrange(tests);
  }

  dependsOnMutated(path) {
    return this.#fresh.has(path);
  }

  /** Decides which modules are evaluated once and loads them. */
  async #arrange(tests) {
    const seen = new Map();
    for (const test of tests) this.#scan(test, seen);
    this.#fresh = new Set([...seen].filter(([, reached]) => reached.has(this.#mutated)).map(([path]) => path));
    const isOnce = ([path, reached]) =>
      !reached.has(this.#mutated) && ![...reached].some((each) => this.#replaced.has(each)) && !this.#once.has(path);
    const once = [...seen].filter(isOnce).map(([path]) => path);
    for (const path of once.filter(isAbsolute)) this.#write(path);
    for (const path of once) {
      const from = isAbsolute(path) ? pathToFileURL(this.#place(path)).href : path;
      this.#once.set(path, asRequired(await import(from, isJson(path) ? { with: { type: "json" } } : {})));
    }
  }

  #place(path) {
    return join(this.#folder, relative(this.#root, path)).replace(/\.ts$/, ".js");
  }

  #write(path) {
    const place = this.#place(path);
    mkdirSync(dirname(place), { recursive: true });
    if (isJson(path)) copyFileSync(path, place);
    else writeFileSync(place, transpile(path, readFileSync(path, "utf8"), ONCE));
  }

  /** Everything that a module imports, itself included: paths, and names of packages. */
  #scan(path, seen) {
    const known = seen.get(path);
    if (known !== undefined) return known;
    const reached = new Set([path]);
    seen.set(path, reached);
    if (isJson(path) || !isAbsolute(path)) return reached;
    for (const specifier of this.#program(path).imports) {
      const target = isRelative(specifier) ? resolve(dirname(path), specifier) : specifier;
      for (const each of this.#scan(target, seen)) reached.add(each);
    }
    return reached;
  }

  #program(path) {
    const known = this.#compiled.get(path);
    if (known !== undefined) return known;
    const program = compile(path, switched(path, readFileSync(path, "utf8"), []));
    this.#compiled.set(path, program);
    return program;
  }

  /**
   * Evaluates a test file.
   *
   * @param probes the `mutant` and `tick` that evaluated modules call
   * @param loaded the modules of this run; pass the same map for each test file of a run
   */
  load(path, probes, loaded) {
    const once = this.#fresh.has(path) ? undefined : this.#once.get(path);
    const known = this.#replaced.get(path) ?? once ?? loaded.get(path);
    if (known !== undefined) return known;
    const exports = {};
    loaded.set(path, exports);
    const require = (specifier) =>
      this.load(isRelative(specifier) ? resolve(dirname(path), specifier) : specifier, probes, loaded);
    this.#program(path).evaluate(exports, require, probes.mutant, probes.tick);
    return exports;
  }
}
