/**
 * Sentences that were put on record. A journal keeps them as English strings; to show one in another language, its source
 * and its values are found again among the sentences of that language's catalogue. What is not found stays as it is on record.
 */
import { type Catalogue, ENGLISH } from "./catalogue.ts";
import { asText, decimal, escapedBraces, filled, joined, placesOf, Text, type TextValue } from "./text.ts";

interface Pattern {
  readonly source: string;
  readonly places: readonly number[];
  /** What stands before the first place, between two places, and after the last one. */
  readonly parts: readonly string[];
  /** Letters of the sentence itself. */
  readonly letters: number;
}

/** A pattern with fewer letters of its own fits almost anything: then its values must be known sentences, or figures and symbols. */
const SURE_LETTERS = 6;
const WORD = /\p{L}{4}/u;

/** Sentences without words of their own, which no catalogue has. */
const SHAPES: readonly string[] = ["{0} ({1})", "{0}: {1}"];

const patterns = new WeakMap<Catalogue, readonly Pattern[]>();

/** A language, and what was found in it for each piece of the text at hand: many patterns cut out the same pieces. */
interface Search {
  readonly catalogue: Catalogue;
  readonly pieces: Map<string, Text | undefined>;
}

/** @param recorded a text, or what a journal kept of one. */
export function recordedText(recorded: Text | string, catalogue: Catalogue): Text {
  if (recorded instanceof Text) return recorded;
  if (catalogue === ENGLISH || !/\p{L}/u.test(recorded)) return asText(recorded);
  const search: Search = { catalogue, pieces: new Map() };
  const whole = found(recorded, search);
  if (whole !== undefined) return whole;
  const parts: Text[] = [];
  for (let rest = recorded; rest !== ""; ) {
    const { length, text } = firstSentence(rest, search);
    parts.push(text);
    rest = rest.slice(length).trimStart();
  }
  return parts.length === 1 ? asText(recorded) : joined(parts);
}

/** The catalogue's longest plain sentences at the beginning of a text, else its shortest sentence with values, else any. */
function firstSentence(text: string, search: Search): { readonly length: number; readonly text: Text } {
  const ends = [...text.matchAll(/[.?!:)](?=\s)/g)].map(({ index }) => index + 1).concat(text.length);
  const plain = ends.findLast((end) => plainText(text.slice(0, end), search.catalogue) !== undefined);
  const end = plain ?? ends.find((each) => found(text.slice(0, each), search) !== undefined) ?? ends[0]!;
  const sentence = text.slice(0, end);
  return { length: end, text: found(sentence, search) ?? asText(sentence) };
}

function found(english: string, search: Search): Text | undefined {
  const { catalogue, pieces } = search;
  if (!pieces.has(english)) pieces.set(english, plainText(english, catalogue) ?? textWithValues(english, search));
  return pieces.get(english);
}

function plainText(english: string, catalogue: Catalogue): Text | undefined {
  const source = escapedBraces(english);
  return typeof entryOf(source, catalogue) === "string" ? new Text(source) : undefined;
}

const entryOf = (source: string, { texts }: Catalogue): unknown =>
  Object.hasOwn(texts, source) ? texts[source] : undefined;

function textWithValues(english: string, search: Search): Text | undefined {
  for (const { source, places, parts, letters } of patternsOf(search.catalogue)) {
    for (const values of [valuesBetween(english, parts, "early"), valuesBetween(english, parts, "late")]) {
      const texts = values?.map((value) => textValueOf(value, search));
      if (texts === undefined) continue;
      if (letters < SURE_LETTERS && texts.some((value) => typeof value === "string" && WORD.test(value))) continue;
      const byPlace: TextValue[] = [];
      for (const [index, place] of places.entries()) byPlace[place] = texts[index]!;
      return new Text(source, byPlace);
    }
  }
  return undefined;
}

/** The values, where the parts occur in their order. @param where a value ends: at the next part's first occurrence or its last. */
function valuesBetween(text: string, parts: readonly string[], where: "early" | "late"): string[] | undefined {
  const [head = "", ...rest] = parts;
  if (!text.startsWith(head)) return undefined;
  const values: string[] = [];
  let from = head.length;
  for (const [index, part] of rest.entries()) {
    const last = index === rest.length - 1;
    const at = last
      ? text.endsWith(part)
        ? text.length - part.length
        : -1
      : where === "early"
        ? text.indexOf(part, from + 1)
        : text.lastIndexOf(part);
    if (at <= from) return undefined;
    values.push(text.slice(from, at));
    from = at + part.length;
  }
  return values;
}

function textValueOf(english: string, search: Search): TextValue {
  const figure = /^(\d+)\.(\d+)$/.exec(english);
  if (figure !== null) return decimal(Number(english), figure[2]!.length);
  const [, sign = "", number, unit = ""] = /^([±+−-]?)(\d+\.\d+)(\s\S{1,3})$/.exec(english) ?? [];
  if (number !== undefined) return new Text(`${sign}{0}${unit}`, [textValueOf(number, search)]);
  return found(english, search) ?? english;
}

/** Those that say most first. */
function patternsOf(catalogue: Catalogue): readonly Pattern[] {
  const known = patterns.get(catalogue);
  if (known !== undefined) return known;
  const translated = Object.entries(catalogue.texts)
    .filter(([source, translation]) => typeof translation === "string" && placesOf(source).length > 0)
    .map(([source]) => source);
  const made = [...translated, ...SHAPES].map((source) => patternOf(source)).sort((a, b) => b.letters - a.letters);
  patterns.set(catalogue, made);
  return made;
}

function patternOf(source: string): Pattern {
  const parts = source.split(/(?<!\{)\{\d+\}/).map((part) => filled(part, [], String));
  const places = [...source.matchAll(/(?<!\{)\{(\d+)\}/g)].map(([, place]) => Number(place));
  return { source, places, parts, letters: parts.join("").replace(/\P{L}/gu, "").length };
}
