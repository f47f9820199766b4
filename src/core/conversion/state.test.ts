import { expect, test } from "vitest";
import { parseEntry } from "../journal/stored-entry.ts";
import { nextStep } from "./next-step.ts";
import { CONVERSION_STEPS, type ConversionState, type ConversionStep, foldConversion } from "./state.ts";

const at = "2026-11-22T10:00:00Z";
const started = { type: "conversion-begun", version: 1, at };
const step = (name: ConversionStep, data = {}) => ({ type: "conversion-step", version: 1, at, step: name, data });
const wires = { type: "wires-attached", version: 1, at };

/** As a journal that holds them is read. */
const fold = (entries: readonly object[]): ConversionState => foldConversion(entries.map((each) => parseEntry(each)!));

test("an empty journal, and one of other entries only, has everything before it", () => {
  expect(nextStep(fold([]))).toBe("prepare");
  expect(nextStep(fold([{ type: "backup-sealed", at }]))).toBe("prepare");
});

test("each finished step moves the next one on, to the end", () => {
  const entries: { type: string }[] = [started];
  for (const name of CONVERSION_STEPS) {
    expect(nextStep(fold(entries))).toBe(name);
    entries.push(step(name));
  }
  expect(nextStep(fold(entries))).toBeUndefined();
});

test("touching the plug with wires takes the closed case back, whenever it happens", () => {
  const all = [started, ...CONVERSION_STEPS.map((name) => step(name))];
  const state = fold([...all, wires]);
  expect(state.wiresAttached).toBe(true);
  expect(nextStep(state)).toBe("close-case");
  expect(fold([...all, wires, step("close-case")]).wiresAttached).toBe(false);
});

const item = (id: string, measured?: object, contacts = 4) => ({
  type: "closing-item",
  version: 1,
  at,
  item: id,
  measured,
  contacts,
});
const EARTH = { id: "earth-resistance", value: 0.1, unit: "ohm", limit: "at most 0.3 Ω", source: "DIN VDE" };

test("items of a closing list add up until the list is finished", () => {
  const some = [started, wires, item("wires-removed"), item("earth-resistance", EARTH, 5)];
  expect(fold(some).closing).toEqual({ at, contacts: 4, confirmed: ["wires-removed"], measured: [EARTH] });
  expect(fold([...some, step("close-case")]).closing).toBeUndefined();
});

test.each([
  ["wires", wires],
  ["a backup", { type: "backup-sealed", at }],
  ["a write", { type: "target-proven", at }],
  ["another conversion", started],
])("%s on record void every item of a closing list", (_, entry) => {
  expect(fold([started, item("wires-removed"), item("glued"), entry]).closing).toBeUndefined();
});

test("an item whose reading cannot be understood does not count as confirmed", () => {
  const { closing } = fold([started, item("wires-removed"), item("earth-resistance", { value: "low" })]);
  expect(closing).toMatchObject({ confirmed: ["wires-removed"], measured: [] });
});

test("a second conversion starts over, but wires still attached stay attached", () => {
  const state = fold([started, wires, step("write"), started]);
  expect(state.finished.size).toBe(0);
  expect(state.wiresAttached).toBe(true);
});

test("an entry of a newer version is refused, not misread", () => {
  expect(() => fold([started, { ...step("boot"), version: 2 }])).toThrowError(
    expect.objectContaining({ code: "record-newer" }),
  );
});

test.each(["backup-sealed", "erase-begun", "target-proven", "restore-proven"])(
  "%s, written by any command over the wires, takes the closed case back",
  (type) => {
    const closed = [started, wires, ...CONVERSION_STEPS.slice(0, -2).map((name) => step(name))];
    expect(fold(closed).wiresAttached).toBe(false);
    const state = fold([...closed, { type, at }]);
    expect(state.wiresAttached).toBe(true);
    expect(state.finished.has("close-case")).toBe(false);
  },
);

test("with the vendor's firmware back, nothing of the conversion is left to go on with", () => {
  const state = fold([started, ...CONVERSION_STEPS.map((name) => step(name)), { type: "restore-proven", at }]);
  expect(state.startedAt).toBeUndefined();
  expect(state.finished.size).toBe(0);
});

test("since when the vendor's firmware is back is known until something is written over it, or what was put back was Tasmota", () => {
  const restored = { type: "restore-proven", at, firmware: "unknown" };
  expect(fold([started, step("write"), restored]).vendorSince).toBe(at);
  expect(fold([restored, { type: "erase-begun", at }]).vendorSince).toBeUndefined();
  const own = fold([started, step("write"), { ...restored, firmware: "tasmota" }]);
  expect(own.vendorSince).toBeUndefined();
  expect(own.finished.has("write")).toBe(true);
});

test.each([
  ["sealed before anything was changed", ["seal A", "change", "seal B"], "A", true],
  ["sealed after a change", ["seal A", "change", "seal B"], "B", false],
  ["sealed before, and again after a change", ["seal A", "change", "seal A"], "A", true],
  ["sealed after only a restore was started", ["seal A", "restore", "seal B"], "B", true],
  ["sealed after what came with it was put back", ["seal A", "change", "back A", "seal B"], "B", true],
  ["sealed after another change", ["seal A", "change", "back A", "change", "seal B"], "B", false],
] as const)(
  "a backup %s is told from the order of the journal, whatever its bytes look like",
  (_, made, back, original) => {
    const entries = made.map((each) => {
      const [what, md5] = each.split(" ");
      if (what === "seal") return { type: "backup-sealed", at, md5 };
      if (what === "back") return { type: "restore-proven", at, md5 };
      return { type: "erase-begun", at, kind: what === "restore" ? what : "write" };
    });
    for (const firmware of ["tasmota", "tuya", "unknown"]) {
      const restored = { type: "restore-proven", at, md5: back, firmware };
      const state = fold([started, ...entries, step("write"), restored]);
      expect(state.vendorSince).toBe(original ? at : undefined);
      expect(state.finished.has("write")).toBe(!original);
    }
  },
);

test("what this conversion began and cannot take back is known: erasing, and letting the plug into the network", () => {
  const erased = { type: "erase-begun", at, backup: "x" };
  const joining = { type: "provision-begun", version: 1, at };
  expect(fold([started, erased])).toMatchObject({ erasing: true, provisioning: false });
  expect(fold([started, erased, joining])).toMatchObject({ erasing: true, provisioning: true });
  expect(fold([started, erased, joining, started])).toMatchObject({ erasing: false, provisioning: false });
});
