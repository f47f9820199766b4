/**
 * Loads test files and what they import into one process, again and again: whatever depends on the file under test is
 * evaluated afresh for each mutant, so that code that runs at load time is tested like any other and no cached value
 * survives a mutant; everything else is loaded once.
 */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Script } from "node:vm";
import ts from "typescript";
import { switched } from "./mutants.mjs";

const OPTIONS = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.CommonJS,
  esModuleInterop: true,
  verbatimModuleSyntax: false,
  rewriteRelativeImportExtensions: false,
};

const PARAMETERS = "exports, require, $url, $m, $t";

/** @param text TypeScript. @returns the function that evaluates the module, and what it imports. */
function compile(path, text) {
  const source = text.replaceAll("import.meta.url", "$url");
  const { outputText } = ts.transpileModule(source, { compilerOptions: OPTIONS, fileName: path });
  const script = new Script(`(function (${PARAMETERS}) {${outputText}\n})`, { filename: path });
  const imports = [...outputText.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, specifier]) => specifier);
  return { evaluate: script.runInThisContext(), imports };
}

const isRelative = (specifier) => specifier.startsWith(".");

/** A package or a module of Node, with the shape that compiled imports expect. */
async function external(specifier) {
  return { ...(await import(specifier)), __esModule: true };
}

export class Modules {
  #compiled = new Map();
  #externals = new Map();
  #shared = new Map();
  #mutated;
  #fresh = new Set();

  /** @param externals packages that are replaced, by name */
  constructor(externals) {
    for (const [name, module] of Object.entries(externals)) this.#externals.set(name, module);
  }

  /** Loads what the tests' own runner loads before them. */
  async setUp(path) {
    await this.#scan(path, new Map());
    this.load(path, undefined, new Map());
  }

  /** From now on the mutants of this file can be switched on, and these tests can be loaded. */
  async prepare(file, mutants, tests) {
    this.#shared.clear();
    for (const path of new Set([this.#mutated, file])) this.#compiled.delete(path);
    this.#mutated = file;
    const program = switched(file, readFileSync(file, "utf8"), mutants);
    this.#compiled.set(file, compile(file, program));
    const seen = new Map();
    for (const test of tests) await this.#scan(test, seen);
    this.#fresh = new Set([...seen].filter(([, reached]) => reached.has(file)).map(([path]) => path));
  }

  dependsOnMutated(path) {
    return this.#fresh.has(path);
  }

  /** Everything that a module imports, itself included. */
  async #scan(path, seen) {
    const known = seen.get(path);
    if (known !== undefined) return known;
    const reached = new Set([path]);
    seen.set(path, reached);
    if (path.endsWith(".json")) return reached;
    for (const specifier of this.#program(path).imports) {
      if (isRelative(specifier)) {
        for (const each of await this.#scan(resolve(dirname(path), specifier), seen)) reached.add(each);
      } else if (!this.#externals.has(specifier)) {
        this.#externals.set(specifier, await external(specifier));
      }
    }
    return reached;
  }

  #program(path) {
    const known = this.#compiled.get(path);
    if (known !== undefined) return known;
    const text = readFileSync(path, "utf8");
    const program = compile(path, switched(path, text, []));
    this.#compiled.set(path, program);
    return program;
  }

  /**
   * Evaluates a test file.
   *
   * @param probes the `switch` and `tick` that the mutated file and its dependents call
   * @param loaded the modules of this run; pass the same map for each test file of a run
   */
  load(path, probes, loaded) {
    const cache = this.#fresh.has(path) ? loaded : this.#shared;
    const known = cache.get(path);
    if (known !== undefined) return known;
    if (path.endsWith(".json")) {
      const value = { default: JSON.parse(readFileSync(path, "utf8")), __esModule: true };
      cache.set(path, value);
      return value;
    }
    const { evaluate } = this.#program(path);
    const exports = {};
    cache.set(path, exports);
    const require = (specifier) => {
      if (isRelative(specifier)) return this.load(resolve(dirname(path), specifier), probes, loaded);
      const module = this.#externals.get(specifier);
      if (module === undefined) throw new Error(`${path} loads ${specifier} in a way that was not foreseen`);
      return module;
    };
    const { mutant, tick } = this.#fresh.has(path) ? probes : { mutant: () => false, tick: () => undefined };
    evaluate(exports, require, pathToFileURL(path).href, mutant, tick);
    return exports;
  }
}
