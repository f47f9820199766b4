import { expect, test } from "vitest";
import { sparkline } from "./sparkline.ts";

test("rising values rise, falling ones fall, the last ones are kept", () => {
  expect(sparkline([1, 2, 3, 4, 5, 6, 7, 8], 8)).toBe("▁▂▃▄▅▆▇█");
  expect(sparkline([8, 7, 6, 5, 4, 3, 2, 1], 4)).toHaveLength(4);
  expect(sparkline([0, 0, 1, 0], 2)).toBe("█▁");
});

test("constant readings stay in the middle of the sparkline", () => {
  expect(new Set(sparkline([1000, 1000.1, 999.9, 1000], 8))).toEqual(new Set("▅▄"));
  expect(sparkline([], 8)).toBe("");
  expect(sparkline([0, 0], 8)).toHaveLength(2);
});
