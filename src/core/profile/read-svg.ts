/**
 * A strict reader of the little XML that a drawing needs: elements, attributes, text, comments, the five named
 * characters and numbered ones. No document type, no entities of one's own, no processing instructions, no CDATA.
 * Source: W3C, Extensible Markup Language (XML) 1.0, fifth edition, sections 2 and 4.
 */
import { Scanner } from "./scanner.ts";

export interface SvgElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly SvgElement[];
  /** Its own, without that of its children. */
  readonly text: string;
}

interface OpenElement {
  readonly name: string;
  readonly attributes: Map<string, string>;
  readonly children: OpenElement[];
  text: string;
}

const NAME = /[A-Za-z_][A-Za-z0-9_.-]*(?::[A-Za-z_][A-Za-z0-9_.-]*)?/y;
const SPACE = /[ \t\r\n]*/y;
const CHARACTERS = /[^<&]+/y;
const REFERENCE = /&(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});/y;
const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
/** No drawing needs more groups in groups. */
const DEEPEST = 32;

/** The root element, or what is wrong and at which character. */
export function readSvg(svg: string, scanner: Scanner = new Scanner(svg)): SvgElement | string {
  const wrong = (what: string): string => `cannot be read: ${what} at character ${scanner.at}`;
  scanner.skip("\ufeff");
  if (scanner.skip("<?xml ") && scanner.upTo("?>") === undefined) return wrong("a declaration without an end");
  const open: OpenElement[] = [];
  let root: OpenElement | undefined;
  while (!scanner.done) {
    if (scanner.skip("<!--")) {
      if (scanner.upTo("-->") === undefined) return wrong("a comment without an end");
    } else if (scanner.skip("</")) {
      const closed = open.pop();
      if (closed === undefined || scanner.take(NAME) !== closed.name) return wrong("an end without its beginning");
      scanner.take(SPACE);
      if (!scanner.skip(">")) return wrong("an end that is not closed");
    } else if (scanner.skip("<")) {
      const element = startOf(scanner);
      if (typeof element === "string") return wrong(element);
      if (open.length === 0 && root !== undefined) return wrong("a second root");
      root ??= element;
      open.at(-1)?.children.push(element);
      if (scanner.skip("/>")) continue;
      if (!scanner.skip(">")) return wrong("a tag that is not closed");
      if (open.push(element) > DEEPEST) return wrong("too many elements in each other");
    } else {
      const text = textOf(scanner);
      if (text === undefined) return wrong("an unknown reference");
      const inside = open.at(-1);
      if (inside !== undefined) inside.text += text;
      else if (text.trim() !== "") return wrong("text outside the drawing");
    }
  }
  if (open.length > 0) return wrong("an element without an end");
  return root ?? wrong("nothing");
}

/** Name and attributes; what is wrong with them. */
function startOf(scanner: Scanner): OpenElement | string {
  const name = scanner.take(NAME);
  if (name === undefined) return "no element";
  const attributes = new Map<string, string>();
  for (;;) {
    const spaces = scanner.take(SPACE);
    const attribute = scanner.take(NAME);
    if (attribute === undefined) return { name, attributes, children: [], text: "" };
    if (spaces === "" || attributes.has(attribute)) return `an attribute ${attribute} too many`;
    scanner.take(SPACE);
    if (!scanner.skip("=")) return "an attribute without a value";
    scanner.take(SPACE);
    const quote = scanner.skip('"') ? '"' : scanner.skip("'") ? "'" : undefined;
    const raw = quote === undefined ? undefined : scanner.upTo(quote);
    if (raw === undefined || raw.includes("<")) return "a value that is not quoted";
    const value = decoded(raw);
    if (value === undefined) return "an unknown reference";
    attributes.set(attribute, value);
  }
}

function decoded(raw: string): string | undefined {
  const scanner = new Scanner(raw);
  let value = "";
  while (!scanner.done) {
    const text = textOf(scanner);
    if (text === undefined) return undefined;
    value += text;
  }
  return value;
}

function textOf(scanner: Scanner): string | undefined {
  const plain = scanner.take(CHARACTERS);
  if (plain !== undefined) return plain;
  const reference = scanner.take(REFERENCE)?.slice(1, -1);
  if (reference === undefined) return undefined;
  const named = NAMED[reference];
  if (named !== undefined) return named;
  const code = reference[1] === "x" ? Number.parseInt(reference.slice(2), 16) : Number(reference.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
