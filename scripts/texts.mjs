/**
 * Sentences for people: extracts the source of each say`…` from the syntax tree, and those in the devices' data, and
 * compares the catalogues and the devices' texts with them.
 * Fails on an entry that no source has any more, on places that differ, and on a source that a complete language lacks.
 * `node scripts/texts.mjs --missing de` lists what a language lacks, `--sources` all sources with where they stand.
 */
import { readdirSync } from "node:fs";
import { relative } from "node:path";
import ts from "typescript";

const PLACE = /\{\{|\}\}|\{(\d+)\}/g;
const escapedBraces = (text) => text.replace(/[{}]/g, "$&$&");
const placesOf = (text) =>
  [...new Set([...text.matchAll(PLACE)].flatMap(([, place]) => (place === undefined ? [] : [place])))]
    .sort((a, b) => (a < b ? -1 : 1))
    .join(" ");

/** Sources of a file, by source, with the lines they stand at. A source without a letter has nothing to translate. */
function sourcesIn(file) {
  const found = [];
  const visit = (node) => {
    if (ts.isTaggedTemplateExpression(node) && ts.isIdentifier(node.tag) && node.tag.text === "say") {
      const { template } = node;
      const source = ts.isNoSubstitutionTemplateLiteral(template)
        ? escapedBraces(template.text)
        : escapedBraces(template.head.text) +
          template.templateSpans.map((span, index) => `{${index}}${escapedBraces(span.literal.text)}`).join("");
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      if (/\p{L}/u.test(source)) found.push([source, `${relative(".", file.fileName)}:${line + 1}`]);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Sentences that are data of a device and are not in its texts: where a limit comes from, why a setting is what it is. */
function deviceSources() {
  const SAID = new Set(["source", "chipPinsSource", "reason"]);
  const found = [];
  const visit = (value, path) => {
    for (const [name, each] of Object.entries(value ?? {})) {
      if (typeof each === "object") visit(each, path);
      else if (SAID.has(name)) found.push([escapedBraces(String(each)), path]);
    }
  };
  for (const device of readdirSync("profiles")) {
    for (const file of ["guide.json", "profile.json"]) {
      const path = `profiles/${device}/${file}`;
      visit(JSON.parse(ts.sys.readFile(path)), path);
    }
  }
  return found;
}

/** A device's texts in a language: the file is there, with the same ids as in English. */
function deviceFaults(language) {
  return readdirSync("profiles").flatMap((device) => {
    const idsOf = (of) => {
      const text = ts.sys.readFile(`profiles/${device}/texts.${of}.json`);
      return text === undefined ? [] : Object.keys(JSON.parse(text));
    };
    const [english, translated] = [idsOf("en"), idsOf(language)];
    const name = `profiles/${device}/texts.${language}.json`;
    return [
      ...english.filter((id) => !translated.includes(id)).map((id) => `${name}: no text for: ${id}`),
      ...translated.filter((id) => !english.includes(id)).map((id) => `${name}: nothing says any more: ${id}`),
    ];
  });
}

const names = ts.sys
  .readDirectory("src", [".ts", ".tsx"])
  .filter((name) => !/\.(test|long)\.ts$|\.test-support\.ts$/.test(name));
const sources = new Map();
for (const name of names) {
  const file = ts.createSourceFile(name, ts.sys.readFile(name), ts.ScriptTarget.Latest, true);
  for (const [source, place] of sourcesIn(file)) sources.set(source, [...(sources.get(source) ?? []), place]);
}
for (const [source, place] of deviceSources()) sources.set(source, [...(sources.get(source) ?? []), place]);
if (process.argv.includes("--sources")) {
  for (const [source, places] of sources) console.log(`${source}\n    ${places.join(", ")}`);
}

/** Node 20 runs no TypeScript; a catalogue imports nothing but types. */
async function load(path, language) {
  const { outputText } = ts.transpileModule(ts.sys.readFile(path), {
    compilerOptions: { module: ts.ModuleKind.ESNext },
  });
  const module = await import(`data:text/javascript,${encodeURIComponent(outputText)}`);
  return module[language];
}

const folder = "src/core/text/catalogues/";
const wanted = process.argv.includes("--missing") ? process.argv[process.argv.indexOf("--missing") + 1] : undefined;
const faults = [];
for (const name of readdirSync(folder).filter((each) => /^[a-z]{2,3}\.ts$/.test(each))) {
  const language = name.replace(".ts", "");
  const catalogue = await load(`${folder}${name}`, language);
  for (const [source, translation] of Object.entries(catalogue.texts)) {
    if (!sources.has(source)) faults.push(`${name}: nothing says any more: ${source}`);
    for (const text of typeof translation === "string" ? [translation] : Object.values(translation)) {
      if (placesOf(text) !== placesOf(source)) faults.push(`${name}: other places than in the source: ${source}`);
    }
  }
  faults.push(...deviceFaults(language));
  const missing = [...sources.keys()].filter((source) => !Object.hasOwn(catalogue.texts, source));
  if (wanted === language) for (const source of missing) console.log(source);
  if (catalogue.covers === "everything") faults.push(...missing.map((source) => `${name}: no text for: ${source}`));
  console.log(`${language}: ${sources.size - missing.length} of ${sources.size} sentences, covers ${catalogue.covers}`);
}
if (sources.size === 0) faults.push("no sentence was found: something is wrong with the extraction");
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
