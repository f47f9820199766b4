import { expect, test } from "vitest";
import { dayOf, say } from "../text/text.ts";
import { amount, moment, plusMinus, shortDay, signedPercent } from "./format.ts";

const MONTHS = "January February March April May June July August September October November December".split(" ");

test.each(MONTHS.map((month, i) => [month, `2026-${String(i + 1).padStart(2, "0")}-05T23:59:59Z`]))(
  "a day in %s is written with the month's name",
  (month, at) => {
    expect(say`${dayOf(at)}`).toBe(`5 ${month} 2026`);
    expect(say`${shortDay(at)}`).toBe(`5 ${month.slice(0, 3)} 2026`);
  },
);

test.each(["", "yesterday", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z"])(
  "%j is no time and is shown as it is",
  (at) => {
    expect([dayOf(at), shortDay(at)]).toEqual([at, at]);
  },
);

test("a moment is written to the minute, in UTC", () => {
  expect(moment("2026-11-30T16:31:59.123Z")).toBe("2026-11-30 16:31 UTC");
  expect(moment("2026-11-30T16:31:59Z")).toBe("2026-11-30 16:31 UTC");
  expect(moment("soon")).toBe("soon");
});

test("a number and its unit are not torn apart at the end of a line", () => {
  expect(amount(0.12, "Ω")).toBe("0.12\u00a0Ω");
});

test.each([
  [0.0264, undefined, "+2.6\u00a0%"],
  [-0.0264, undefined, "\u22122.6\u00a0%"],
  [0.0004, undefined, "0.0\u00a0%"],
  [-0.0004, undefined, "0.0\u00a0%"],
  [0, undefined, "0.0\u00a0%"],
  [0.0126, 2, "+1.26\u00a0%"],
  [1, 0, "+100\u00a0%"],
])("a share of %d with %s places is written as %s", (share, places, words) => {
  expect(signedPercent(share, places)).toBe(words);
});

test("an uncertainty has both signs and one place, unless another is asked for", () => {
  expect(plusMinus(0.0114)).toBe("±\u00a01.1\u00a0%");
  expect(plusMinus(0.0114, 2)).toBe("±\u00a01.14\u00a0%");
});
