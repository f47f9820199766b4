import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { GuideTexts } from "./guide.ts";
import { OBLIGATORY } from "./obligations.ts";
import { parseGuide } from "./parse-guide.ts";

const folder = new URL("../../../profiles/gosund-ep2/", import.meta.url);
const data = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), "utf8"));
const texts = data("texts.en.json") as GuideTexts;

interface LooseItem {
  id: string;
  [field: string]: unknown;
}
interface LooseGuide {
  opening: LooseItem[];
  wiring: LooseItem[];
  beforePower: LooseItem[];
  closing: LooseItem[];
}

/** What is wrong with the EP2's guide after a change; undefined where it is taken. */
function fault(change: (guide: LooseGuide) => void, spoken: GuideTexts = texts): string | undefined {
  const whole = structuredClone(data("guide.json")) as LooseGuide;
  change(whole);
  try {
    parseGuide(whole, spoken, "guide.json");
    return undefined;
  } catch (error) {
    expect(error).toMatchObject({ code: "bad-argument" });
    return (error as Error).message;
  }
}

const item = (guide: LooseGuide, id: string): LooseItem =>
  [...guide.beforePower, ...guide.closing].find((each) => each.id === id)!;

test("the EP2's guide is taken as it is", () => {
  expect(fault(() => {})).toBeUndefined();
});

const obligations = [...OBLIGATORY.beforePower, ...OBLIGATORY.closing];

describe.each(obligations)("a guide may not do without $id", ({ id, measure, atLeast, atMost, nullLeads, points }) => {
  test("left out, it is refused", () => {
    const without = (list: LooseItem[]): LooseItem[] => list.filter((each) => each.id !== id);
    expect(
      fault((guide) => {
        guide.closing = without(guide.closing);
        guide.beforePower = without(guide.beforePower);
      }),
    ).toContain(`lacks ${id}`);
  });

  if (measure !== undefined)
    test("merely confirmed or measured in another unit, it is refused", () => {
      expect(fault((guide) => Object.assign(item(guide, id), { measure: "A" }))).toContain(`${id} is measured in`);
      const confirmed = fault((guide) => {
        guide.closing = guide.closing.map((each) => (each.id === id ? { id, confirm: true } : each));
        guide.beforePower = guide.beforePower.map((each) => (each.id === id ? { id, confirm: true } : each));
      });
      expect(confirmed).toMatch(/is to be measured, not confirmed|beforePower\.\d+/);
    });

  if (atLeast !== undefined)
    test("asking for less, it is refused", () => {
      expect(fault((guide) => Object.assign(item(guide, id), { atLeast: atLeast! * 0.9 }))).toContain(
        `at least ${atLeast}`,
      );
    });

  if (atMost !== undefined)
    test("allowing more, it is refused; allowing less, it is taken", () => {
      expect(fault((guide) => Object.assign(item(guide, id), { atMost: atMost! * 1.1 }))).toContain(
        `at most ${atMost}`,
      );
      expect(fault((guide) => Object.assign(item(guide, id), { atMost: atMost! * 0.95 }))).toBeUndefined();
    });

  if (nullLeads === true)
    test("without nulled leads it is refused", () => {
      expect(fault((guide) => delete item(guide, id)["nullLeads"])).toContain("leads nulled");
    });

  if (points === true)
    test("without its two points it is refused", () => {
      expect(fault((guide) => delete item(guide, id)["points"])).toContain("two points");
    });
});

test("wires come off first and the first socket comes last; anything else is refused", () => {
  expect(fault((guide) => guide.closing.push(guide.closing.shift()!))).toMatch(/wires-removed must come first/);
  expect(fault((guide) => guide.closing.push({ id: "screws-again", confirm: true }))).toMatch(/must come last/);
  expect(
    fault((guide) => {
      const at = guide.closing.findIndex(({ id }) => id === "final-earth-resistance");
      guide.closing.splice(1, 0, ...guide.closing.splice(at, 1));
    }),
  ).toMatch(/must follow screws/);
  expect(fault((guide) => Object.assign(item(guide, "adapter-vcc"), { on: "board" }))).toMatch(
    /measured on the adapter/,
  );
});

test("a measurement without a limit or a source is refused with its place", () => {
  expect(fault((guide) => delete item(guide, "earth-resistance")["source"])).toMatch(/closing\.\d+/);
  expect(fault((guide) => delete item(guide, "short-vcc-gnd")["atLeast"])).toMatch(/beforePower\.\d+: a limit/);
});

test("a missing translation is named, and a text that nothing speaks", () => {
  expect(fault(() => {}, { ...texts, screws: " " })).toContain("no text for screws");
  expect(fault(() => {}, { ...texts, screw: "One screw" })).toContain("nothing speaks the text screw");
});

test("a drawing that is not listed, a step that occurs twice and two wires of one colour are refused", () => {
  expect(fault((guide) => Object.assign(guide.opening[0]!, { drawing: "magic" }))).toContain("the drawing magic");
  expect(fault((guide) => guide.opening.push(guide.opening[0]!))).toContain("occurs twice");
  expect(fault((guide) => Object.assign(guide.wiring[0]!, { colour: "red" }))).toContain("same colour");
});
