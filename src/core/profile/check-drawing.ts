/**
 * What a drawing must be: described in words for those who cannot see it, legible on light and on dark, complete in itself,
 * made of nothing but shapes and text, and never mirrored, since a mirrored chip has its pins on the wrong side.
 */
import { ELEMENTS, HOUSE_STYLE, isAllowed } from "./drawing-rules.ts";
import { readSvg, type SvgElement } from "./read-svg.ts";
import { Scanner } from "./scanner.ts";

/** Enough to see what is wrong with a drawing from elsewhere. */
const MOST_REPORTED = 8;
const LONGEST_REPORTED = 40;
const TURNS = /\s*(?:translate|rotate|scale|matrix)\s*\(\s*/y;
const NUMBER = /[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?/y;
const BETWEEN = /\s*,?\s*/y;
const REFERENCES = /(?:^|:)(?:href|src)$/;

/** In the drawing's own order of importance; empty: it may be used. @param scanner counts what is looked at. */
export function drawingProblems(svg: string, scanner: Scanner = new Scanner(svg)): string[] {
  const root = readSvg(svg, scanner);
  if (typeof root === "string") return [root];
  if (root.name !== "svg" || root.attributes.get("xmlns") === undefined) return ["is no SVG"];
  const elements = allOf(root);
  const problems: string[] = [];
  const [title, desc] = ["title", "desc"].map((name) => root.children.find((child) => child.name === name));
  if (isBlank(title) || isBlank(desc)) problems.push("needs a <title> and a <desc> for those who cannot see it");
  const labels = root.attributes.get("aria-labelledby")?.split(" ") ?? [];
  const labelled = [title, desc].every((each) => labels.includes(each?.attributes.get("id") ?? ""));
  if (root.attributes.get("role") !== "img" || !labelled) {
    problems.push('needs role="img" and aria-labelledby naming its title and description');
  }
  const view = (root.attributes.get("viewBox") ?? "").trim().split(/[\s,]+/);
  if (view.length !== 4 || !(Number(view[2]) > 0) || !(Number(view[3]) > 0)) {
    problems.push("needs a viewBox, so that it can be scaled");
  }
  if (!elements.some(followsTheme)) {
    problems.push("must follow light and dark: prefers-color-scheme, or currentColor");
  }
  const turns = elements.flatMap(({ attributes }) => {
    const transform = attributes.get("transform");
    return transform === undefined ? [] : [turnOf(transform, scanner)];
  });
  if (turns.includes("mirrored")) problems.push("is mirrored; it may be turned, never mirrored");
  else if (turns.includes("unknown")) {
    problems.push("is mirrored, or moved in a way that is not known: only translate, rotate, scale and matrix are");
  }
  const found = elements.flatMap((element) => foreignParts(element, element === root));
  const foreign = [...new Set(found.flatMap(({ part }) => part ?? []))];
  if (foreign.length > 0) {
    const more = foreign.length > MOST_REPORTED ? ", …" : "";
    problems.push(`may hold shapes and text only, not ${foreign.slice(0, MOST_REPORTED).join(", ")}${more}`);
  }
  if (found.some(({ elsewhere }) => elsewhere === true)) problems.push("may not refer to anything outside");
  return problems;
}

/** With itself; a drawing is never deeper than its reader allows. */
function allOf(element: SvgElement): readonly SvgElement[] {
  return [element, ...element.children.flatMap(allOf)];
}

const isBlank = (element: SvgElement | undefined): boolean => (element?.text ?? "").trim() === "";

function followsTheme({ name, text, attributes }: SvgElement): boolean {
  if (name === "style") return /prefers-color-scheme:\s*dark/.test(text);
  return ["fill", "stroke"].some((paint) => attributes.get(paint)?.toLowerCase() === "currentcolor");
}

interface ForeignPart {
  /** What is not on the list, to be reported. */
  readonly part?: string;
  /** It leads out of the drawing. */
  readonly elsewhere?: true;
}

function foreignParts({ name, attributes, text, children }: SvgElement, isRoot: boolean): readonly ForeignPart[] {
  const parts: ForeignPart[] = [];
  if (!ELEMENTS.has(name) || (name === "svg") !== isRoot) parts.push({ part: `<${short(name)}>` });
  if (name === "style" && (text !== HOUSE_STYLE || children.length > 0)) parts.push({ part: "a style of its own" });
  if (!/^(?:style|title|desc|text|tspan)$/.test(name) && text.trim() !== "") parts.push({ part: `text in <${name}>` });
  for (const [attribute, value] of attributes) {
    if (REFERENCES.test(attribute) || /url\s*\(/i.test(value)) parts.push({ elsewhere: true });
    if (attribute !== "transform" && !isAllowed(attribute, value)) parts.push({ part: `${short(attribute)}="…"` });
  }
  return parts;
}

const short = (name: string): string => (name.length > LONGEST_REPORTED ? `${name.slice(0, LONGEST_REPORTED)}…` : name);

/** What a list of transforms does: one of them that turns the plane over is enough to be called mirrored. */
function turnOf(transform: string, count: Scanner): "turned" | "mirrored" | "unknown" {
  const scanner = new Scanner(transform);
  let turned: "turned" | "mirrored" | "unknown" = "turned";
  scanner.take(/\s*/y);
  while (!scanner.done) {
    const name = scanner.take(TURNS)?.replace("(", "").trim();
    const values: number[] = [];
    for (let value = scanner.take(NUMBER); value !== undefined; value = scanner.take(NUMBER)) {
      values.push(Number(value));
      scanner.take(BETWEEN);
    }
    const area = name === undefined || !scanner.skip(")") ? undefined : areaOf(name, values);
    scanner.take(BETWEEN);
    if (area === undefined || area === 0 || Number.isNaN(area)) {
      turned = "unknown";
      break;
    }
    if (area < 0) turned = "mirrored";
  }
  count.examined += scanner.examined;
  return turned;
}

/** By how much a transform scales areas: negative where it turns them over, undefined where it has other values. */
function areaOf(name: string, values: readonly number[]): number | undefined {
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN, d = Number.NaN] = values;
  if (name === "matrix") return values.length === 6 ? a * d - b * c : undefined;
  if (name === "scale") return values.length === 1 ? a * a : values.length === 2 ? a * b : undefined;
  if (name === "translate") return values.length === 1 || values.length === 2 ? 1 : undefined;
  return values.length === 1 || values.length === 3 ? 1 : undefined;
}
