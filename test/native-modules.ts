/**
 * Sources as the engine of Node runs them. The test runner wraps every name that a module imports in a property read, which
 * makes an emulated chip several times slower; so what lies in src/ is stripped of its types, kept under .cache/ and
 * imported from there as plain modules. Tests and their helpers go through the runner as ever.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { Plugin } from "vitest/config";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SOURCES = join(ROOT, "src");
const STRIPPED = join(ROOT, ".cache", "native");

const MANIFEST = "package.json";

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
  inlineSourceMap: true,
};

const isTest = (path: string): boolean => /\.(test|property\.test|long|test-support)\.ts$/.test(path);

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts"))
    .map((entry) => join(entry.parentPath, entry.name));
}

const strippedPath = (source: string): string => join(STRIPPED, relative(ROOT, source)).replace(/\.ts$/, ".js");

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.NaN;
}

function strip(source: string): void {
  const target = strippedPath(source);
  if (changedAt(target) >= changedAt(source)) return;
  const { outputText } = ts.transpileModule(readFileSync(source, "utf8"), {
    compilerOptions: OPTIONS,
    fileName: source,
  });
  // A bundler gives the manifest's fields by name, Node does not.
  const code = outputText.replace(`/${MANIFEST}" with { type: "json" }`, `/${MANIFEST}.js"`);
  mkdirSync(dirname(target), { recursive: true });
  // Two runs may strip at once: each its own file, the last rename wins, all are equal.
  const fresh = `${target}.${process.pid}`;
  writeFileSync(fresh, code);
  renameSync(fresh, target);
}

/** Strips what changed, then sends every import of a source to its stripped module. */
export function nativeModules(): Plugin {
  for (const source of sources(SOURCES)) strip(source);
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
  writeFileSync(join(STRIPPED, `${MANIFEST}.js`), `export const version = ${JSON.stringify(version)};\n`);
  return {
    name: "plugsmith:native-modules",
    enforce: "pre",
    resolveId(specifier, importer) {
      if (importer === undefined || !specifier.startsWith(".") || !specifier.endsWith(".ts")) return undefined;
      const path = resolve(dirname(importer.split("?")[0]!), specifier);
      if (!path.startsWith(SOURCES + sep) || isTest(path)) return undefined;
      return { id: strippedPath(path), external: true };
    },
  };
}
