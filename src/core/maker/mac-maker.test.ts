import { expect, test } from "vitest";
import { makerOf, typedPrefix } from "./mac-maker.ts";
import { PREFIXES } from "./mac-prefixes.ts";

/** Entries of https://standards-oui.ieee.org/oui/oui.txt. */
test.each([
  ["18fe34", { kind: "espressif" }],
  ["5ccf7f0a0b0c", { kind: "espressif" }],
  ["840d8e123456", { kind: "espressif" }],
  // Espressif Systems (Singapore) Pte. Ltd
  ["1c8b84000000", { kind: "espressif" }],
  ["c8478c123456", { kind: "other-chip", maker: "Beken" }],
  ["00e04c123456", { kind: "other-chip", maker: "Realtek" }],
  ["b4e842123456", { kind: "other-chip", maker: "Bouffalo Lab" }],
  ["d81f12123456", { kind: "product", maker: "Tuya Smart" }],
  ["045c8e123456", { kind: "product", maker: "Gosund" }],
  // Raspberry Pi Foundation: registered, and not in the list.
  ["b827eb123456", { kind: "unknown" }],
  // The access point of an ESP8266 with 5c:cf:7f has the bit for local addresses set.
  ["5ecf7f0a0b0c", { kind: "local" }],
])("%s is told by its registered prefix", (digits, maker) => {
  expect(makerOf(digits)).toEqual(maker);
});

test.each([
  ["5C:CF:7F:0A:0B:0C", "5ccf7f0a0b0c"],
  ["5c-cf-7f-0a-0b-0c", "5ccf7f0a0b0c"],
  ["5ccf.7f0a.0b0c", "5ccf7f0a0b0c"],
  [" 5C CF 7F ", "5ccf7f"],
  ["5CCF7F0A", "5ccf7f0a"],
  ["5C:CF", undefined],
  ["5C:CF:7F:0A:0B:0C:0D", undefined],
  ["5C:CF:7F:0", undefined],
  ["192.168.1.51", undefined],
  ["192.168.1.7", undefined],
  ["5C:CF7F", undefined],
  ["no idea", undefined],
  ["", undefined],
])("%j is read as %j", (typed, digits) => {
  expect(typedPrefix(typed)).toBe(digits);
});

test("each prefix is six lower-case hex digits of the registry, not local, and of one maker only", () => {
  const all = Object.values(PREFIXES).flatMap((list) => list.trim().split(/\s+/));
  expect(all.filter((prefix) => !/^[0-9a-f][048c][0-9a-f]{4}$/.test(prefix))).toEqual([]);
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBeGreaterThan(400);
});

test("the makers of products, whose prefix does not name the chip, are in the table", () => {
  for (const maker of ["Gosund", "Tuya Smart"]) expect(Object.keys(PREFIXES)).toContain(maker);
});
