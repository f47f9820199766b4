/**
 * What a drawing may be made of: shapes, text and how they are painted. Everything else is refused, since a drawing
 * comes from anyone who made the device's folder and is shown in a browser.
 * Source: W3C, Scalable Vector Graphics (SVG) 2: basic shapes, text, painting, coordinate systems.
 */

const NUMBER = "[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?";
const LIST = `\\s*${NUMBER}(?:px|%|em)?(?:[\\s,]+${NUMBER}(?:px|%|em)?)*\\s*`;
const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);

const NUMBERS = whole(LIST);
const PATH = /^[MmZzLlHhVvCcSsQqTtAa0-9eE.,+\-\s]*$/;
const KEYWORD = /^[a-z]+(?:-[a-z]+)*$/;
const ID = /^[A-Za-z][\w.-]*$/;
const IDS = /^[A-Za-z][\w.-]*(?: [A-Za-z][\w.-]*)*$/;
const PAINT = /^(?:[a-zA-Z]+|#[0-9a-fA-F]{3,8}|var\(--[a-z]+(?:-[a-z]+)*\))$/;
const FONTS = /^[\w ,'"-]*$/;
const LANGUAGE = /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/;

export const ELEMENTS: ReadonlySet<string> = new Set(
  "svg title desc style g path rect circle ellipse line polyline polygon text tspan".split(" "),
);

/** Classes that drawings' style and the pages know. */
const CLASSES: ReadonlySet<string> = new Set("small bold warn mid end line body cut dim pin lead earth".split(" "));

const GEOMETRY = "x y width height rx ry cx cy r x1 y1 x2 y2 dx dy points";
const WIDTHS =
  "stroke-width stroke-dasharray stroke-dashoffset stroke-miterlimit stroke-opacity fill-opacity opacity font-size letter-spacing";
const WORDS =
  "stroke-linecap stroke-linejoin fill-rule text-anchor dominant-baseline font-style font-weight paint-order vector-effect";

/** Attributes with what each may hold; `transform` is read by itself. */
const ATTRIBUTES: ReadonlyMap<string, RegExp> = new Map([
  ...`${GEOMETRY} ${WIDTHS} viewBox`.split(" ").map((name) => [name, NUMBERS] as const),
  ...WORDS.split(" ").map((name) => [name, name === "font-weight" ? /^(?:[a-z]+|[1-9]00)$/ : KEYWORD] as const),
  ...["fill", "stroke", "color"].map((name) => [name, PAINT] as const),
  ["d", PATH],
  ["font-family", FONTS],
  ["id", ID],
  ["role", KEYWORD],
  ["aria-labelledby", IDS],
  ["aria-hidden", /^(?:true|false)$/],
  ["lang", LANGUAGE],
  ["xml:lang", LANGUAGE],
  ["xmlns", /^http:\/\/www\.w3\.org\/2000\/svg$/],
]);

/** Whether the attribute may be there with this value. */
export function isAllowed(name: string, value: string): boolean {
  if (name === "class") return value.split(/\s+/).every((each) => each === "" || CLASSES.has(each));
  return ATTRIBUTES.get(name)?.test(value) === true;
}

/**
 * The one style that a drawing may bring, so that it is legible by itself, on light and on dark; a page that shows it
 * has the same classes. Word for word: style sheets can load, hide and mirror.
 */
export const HOUSE_STYLE = `
  svg { background: var(--paper); color-scheme: light dark; --paper: #ffffff; --ink: #1b2430; --soft: #5b6878; --fill: #eef1f5; --warn: #b3261e; --red: #c62828; --yellow: #8a6a00; --green: #2e7d32; --blue: #1565c0 }
  @media (prefers-color-scheme: dark) { svg { --paper: #14181d; --ink: #e6eaf0; --soft: #a3afbd; --fill: #222931; --warn: #ff8a80; --red: #ff7961; --yellow: #ffd54f; --green: #81c784; --blue: #64b5f6 } }
  text { font: 14px system-ui, sans-serif; fill: var(--ink) } .small { font-size: 12px; fill: var(--soft) } .bold { font-weight: 600 } .warn { font-weight: 600; fill: var(--warn) } .mid { text-anchor: middle } .end { text-anchor: end }
  .line { fill: none; stroke: var(--ink); stroke-width: 2 } .body { fill: var(--fill); stroke: var(--ink); stroke-width: 2 } .cut { fill: none; stroke: var(--warn); stroke-width: 2.5; stroke-dasharray: 8 5 } .dim { fill: none; stroke: var(--soft); stroke-width: 1.5 } .lead { fill: none; stroke: var(--blue); stroke-width: 2 } .earth { fill: var(--green) } .pin { fill: none; stroke: var(--ink); stroke-width: 9 }
`;
