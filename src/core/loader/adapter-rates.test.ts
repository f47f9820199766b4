import { expect, test } from "vitest";
import { ceilingOf, USUAL_CEILING } from "./adapter-rates.ts";

test.each([
  ["0403", "6001", 3_000_000],
  ["10c4", "ea60", 1_500_000],
  ["1a86", "55d3", 2_000_000],
])("adapter %s:%s is tried at up to %i baud", (vendorId, productId, ceiling) => {
  expect(ceilingOf(vendorId, productId)).toBe(ceiling);
});

test.each([
  // A CH340G failed above 115200 in github.com/nuket/esptool-test: nothing above the usual rate is tried.
  ["1a86", "7523"],
  ["dead", "beef"],
  [undefined, undefined],
])("adapter %s:%s is tried at the usual rate", (vendorId, productId) => {
  expect(ceilingOf(vendorId, productId)).toBe(USUAL_CEILING);
});
