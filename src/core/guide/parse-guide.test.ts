import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { GuideTexts } from "./guide.ts";
import { MANDATORY_CHECKS } from "./mandatory-checks.ts";
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
  limits: { current: { value: number } };
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

const checks = [...MANDATORY_CHECKS.beforePower, ...MANDATORY_CHECKS.closing];

describe.each(checks)("a guide may not do without $id", ({ id, measure, atLeast, atMost, nullLeads, points }) => {
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

test("no guide may ask for less than data sheets and standards do", () => {
  const limits = checks.map(({ id, atLeast, atMost }) => [id, atLeast, atMost]);
  expect(limits.filter(([, atLeast, atMost]) => atLeast !== undefined || atMost !== undefined)).toEqual([
    // ESP8285 Datasheet, Electrical Characteristics: VDD 2.7 to 3.6 V, inputs at most VDD.
    ["adapter-vcc", 2.7, 3.6],
    ["adapter-tx", undefined, 3.6],
    ["short-vcc-gnd", 100, undefined],
    // DIN VDE 0701-0702:2008, protection class I: 0.3 Ω; 1 MΩ at 500 V DC.
    ["earth-resistance", undefined, 0.3],
    ["insulation-voltage", 500, undefined],
    ["insulation", 1, undefined],
    ["final-earth-resistance", undefined, 0.3],
  ]);
});

test("what is to be confirmed may not be measured instead", () => {
  const measured = { id: "screws", measure: "V", atLeast: 1, source: "a data sheet" };
  expect(
    fault((guide) => {
      guide.closing = guide.closing.map((each) => (each.id === "screws" ? measured : each));
    }),
  ).toContain("closing: screws is to be confirmed, not measured");
});

test("the tester's voltage is read before the insulation", () => {
  expect(
    fault((guide) => {
      const at = guide.closing.findIndex(({ id }) => id === "insulation-voltage");
      guide.closing.splice(at + 1, 0, ...guide.closing.splice(at, 1));
    }),
  ).toContain("insulation-voltage must precede insulation");
});

test("a short is looked for on the board, not on the adapter", () => {
  expect(fault((guide) => Object.assign(item(guide, "short-vcc-gnd"), { on: "adapter" }))).toContain(
    "short-vcc-gnd is measured on the board",
  );
});

test.each([
  ["GND", "GND"],
  ["3V3", "3V3"],
  ["TX", "RX"],
  ["RX", "TX"],
  ["GND", "GPIO0"],
])("a wire from the adapter's %s to the chip's %s may not be missing", (adapter, chip) => {
  expect(
    fault((guide) => {
      guide.wiring = guide.wiring.filter(
        (wire) => wire["adapter"] !== adapter || !String(wire["chip"]).startsWith(chip),
      );
    }),
  ).toContain(`no wire leads from the chip's ${chip} to the adapter's ${adapter}`);
});

test.each([
  ["an id with capitals", (guide: LooseGuide) => Object.assign(guide.opening[0]!, { id: "Open" }), "kebab form"],
  [
    "a source of seven letters",
    (guide: LooseGuide) => Object.assign(item(guide, "insulation"), { source: "a sheet" }),
    "look up",
  ],
  ["a wire to no pin", (guide: LooseGuide) => Object.assign(guide.wiring[0]!, { chipPins: [] }), "wiring.0.chipPins"],
  ["a wire to pin 0", (guide: LooseGuide) => Object.assign(guide.wiring[0]!, { chipPins: [0] }), "wiring.0.chipPins"],
  ["a limit of 0", (guide: LooseGuide) => Object.assign(guide.limits.current, { value: 0 }), "limits.current.value"],
  ["a GPIO 17", (guide: LooseGuide) => Object.assign(guide, { roles: [{ id: "led", gpio: 17 }] }), "roles.0.gpio"],
  ["a GPIO below 0", (guide: LooseGuide) => Object.assign(guide, { roles: [{ id: "led", gpio: -1 }] }), "roles.0.gpio"],
] as const)("%s is refused with its place and the reason", (_, change, words) => {
  expect(fault((guide) => change(guide))).toContain(words);
});

test("the chip's GPIO0 and GPIO16 can have a role, and pin 1 a wire", () => {
  const roles = [0, 16].map((gpio) => ({ id: `led-${gpio}`, gpio }));
  const spoken = { ...texts, "led-0": "first", "led-16": "second" };
  const message = fault((guide) => {
    Object.assign(guide, { roles });
    Object.assign(guide.wiring[0]!, { chipPins: [1] });
  }, spoken);
  expect(message ?? "").not.toMatch(/roles\.|chipPins/);
});

test("all faults are named at once, with what to do", () => {
  const message = fault((guide) => {
    guide.opening.push(guide.opening[0]!);
    Object.assign(guide.opening[0]!, { drawing: "magic" });
  });
  expect(message).toMatch(/the drawing magic, which is not listed; .*occurs twice/);
});

test("a file that is no object is refused as a whole", () => {
  expect(() => parseGuide(null, texts, "guide.json")).toThrowError("(whole file): ");
  expect(() => parseGuide(null, texts, "guide.json")).toThrowError(
    expect.objectContaining({ nextStep: expect.stringContaining("plugsmith profile check") }),
  );
});
