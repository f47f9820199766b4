import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { drawingProblems } from "./check-drawing.ts";
import { HOUSE_STYLE } from "./drawing-rules.ts";
import { Scanner } from "./scanner.ts";

const PROFILES = new URL("../../../profiles/", import.meta.url);
const HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40" role="img" aria-labelledby="t d"';
const WORDS = '<title id="t">A board</title><desc id="d">Five pads in a row</desc>';
const drawing = (inside: string, root = ""): string =>
  `${HEAD}${root}>${WORDS}<path d="M0 0L9 9" stroke="currentColor"/>${inside}</svg>`;

test.each(
  readdirSync(PROFILES).flatMap((device) =>
    readdirSync(new URL(`${device}/drawings/`, PROFILES)).map((name) => `${device}/drawings/${name}`),
  ),
)("the shipped drawing %s may be used", (path) => {
  expect(drawingProblems(readFileSync(new URL(path, PROFILES), "utf8"))).toEqual([]);
});

test.each([
  [
    "shapes, groups and turns",
    '<g transform="rotate(90 30,20) translate(-3)"><rect x="1" y="2" width="3" height="4" rx="1"/></g>',
  ],
  ["a half turn, which is no mirror image", '<g transform="scale(-1)"><circle r="2"/></g>'],
  ["the same as a matrix", '<g transform="matrix(-1 0 0 -1 60 40)"/>'],
  [
    "text with its words emphasised",
    '<text class="bold mid" x="1" y="2">GND &amp; <tspan fill="#b3261e">3.3 V</tspan></text>',
  ],
  ["the house's style and colours", `<style>${HOUSE_STYLE}</style><path class="line" d="M0 0h4" stroke="var(--ink)"/>`],
  ["a comment", "<!-- seen from above -->"],
])("allowed: %s", (_, inside) => {
  expect(drawingProblems(drawing(inside))).toEqual([]);
});

describe("what could do more than be looked at is refused", () => {
  test.each([
    ["a script", "<script>alert(1)</script>"],
    ["a script under another prefix", '<s:script xmlns:s="http://www.w3.org/2000/svg">1</s:script>'],
    ["a script in capitals", "<SCRIPT>1</SCRIPT>"],
    ["a handler", '<rect width="1" height="1" onload="alert(1)"/>'],
    ["a handler behind a slash", '<rect/onclick="alert(1)" width="1"/>'],
    ["an animation's handler", '<animate onbegin="alert(1)" attributeName="x"/>'],
    ["an animation that sets an address", '<set attributeName="href" to="javascript:alert(1)"/>'],
    ["foreign content", "<foreignObject><body/></foreignObject>"],
    ["a frame", '<iframe src="https://example.org"/>'],
    ["a link", '<a href="javascript:alert(1)"><text>x</text></a>'],
    ["a link in characters", '<a xlink:href="&#106;avascript:alert(1)"/>'],
    ["a picture from elsewhere", '<image href="https://example.org/x.png"/>'],
    ["a use of another drawing", '<use href="other.svg#x"/>'],
    ["a paint from elsewhere", '<rect fill="url(https://example.org/x.svg#a)"/>'],
    ["a paint in characters", '<rect fill="&#117;rl(https://example.org/x.svg#a)"/>'],
    ["a filter", '<rect filter="url(#f)"/>'],
    ["a style of its own", "<style>@import 'https://example.org/x.css';</style>"],
    ["the house's style with more", `<style>${HOUSE_STYLE} svg{display:none}</style>`],
    ["a style as an attribute", '<rect style="fill:red"/>'],
    ["an unknown class", '<rect class="hidden"/>'],
    ["data for scripts", '<rect data-x="1"/>'],
    ["a drawing in the drawing", '<svg viewBox="0 0 1 1"/>'],
    ["HTML in its title", "<title><img src=x onerror=alert(1)></title>"],
    ["CDATA", "<text><![CDATA[<script>]]></text>"],
    ["an entity of its own", "<text>&xxe;</text>"],
    ["a processing instruction", "<?xml-stylesheet href='https://example.org/x.css'?>"],
    ["an attribute twice", '<rect x="1" x="2"/>'],
    ["a value without quotes", "<rect x=1 />"],
    ["an element without an end", "<g>"],
    ["text between shapes", "hello"],
  ])("%s", (_, inside) => {
    expect(drawingProblems(drawing(inside))).not.toEqual([]);
  });

  test("a document type, and another root", () => {
    expect(drawingProblems(`<!DOCTYPE svg [<!ENTITY x "y">]>${drawing("")}`)).not.toEqual([]);
    expect(drawingProblems("<html><body/></html>")).toEqual(["is no SVG"]);
    expect(drawingProblems("")).not.toEqual([]);
    expect(drawingProblems(`${drawing("")}<svg/>`)).not.toEqual([]);
  });
});

test.each([
  'transform="scale(-1 1)"',
  'transform="scale(1,-1)"',
  'transform="scale( -.1e1 , 1 )"',
  'transform="rotate(90) scale(-1\n1)"',
  'transform="&#115;cale(-1,1)"',
  'transform="matrix(0 1 1 0 0 0)"',
  'transform="scaleX(-1)"',
  'transform="rotate3d(0,1,0,180deg)"',
  'transform="scale(0 1)"',
  'transform="scale(-1,1"',
  'style="transform: scaleX(-1)"',
  'transform="SCALE(-1 1)"',
])("mirrored, or turned in an unknown way: %s", (attribute) => {
  expect(drawingProblems(drawing(`<g ${attribute}/>`))).not.toEqual([]);
});

test("a mirrored drawing is called so, whatever else is in the list of its transforms", () => {
  expect(drawingProblems(drawing('<g transform="scale(-1 1) translate(3 4)"/>'))).toEqual([
    expect.stringMatching(/^is mirrored/),
  ]);
});

test.each<[string, (times: number) => string]>([
  ["transforms that never close", (times) => drawing(`<g transform="${"scale(".repeat(times)}"/>`)],
  ["transforms that do", (times) => drawing(`<g transform="${"scale(2)".repeat(times)}"/>`)],
  ["numbers without an end", (times) => drawing(`<g transform="scale(${"1".repeat(times)}x)"/>`)],
  ["tags that never close", (times) => drawing("<g ".repeat(times))],
  ["comments that never close", (times) => drawing("<!--".repeat(times))],
  ["references that are none", (times) => drawing(`<text>${"&".repeat(times)}</text>`)],
  ["elements in each other", (times) => drawing("<g>".repeat(times))],
  ["many small shapes", (times) => drawing('<rect x="1"/>'.repeat(times))],
])("a long drawing is looked at once: %s", (_, of) => {
  for (const times of [1000, 100_000]) {
    const svg = of(times);
    const scanner = new Scanner(svg);
    drawingProblems(svg, scanner);
    expect(scanner.examined).toBeLessThan(4 * svg.length + 1000);
  }
});
