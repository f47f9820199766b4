import { expect, test } from "vitest";
import { parseAccuracy, voltmeterAccuracy } from "./instrument.ts";

test.each(["unknown", "Unknown ", "", "  "])("a voltmeter's accuracy of %j is assumed, and says so", (text) => {
  expect(voltmeterAccuracy(text, 0.1)).toEqual({ percent: 2, digits: 0, resolution: 0.1, assumed: true });
});

test("a voltmeter's accuracy that is known is read as printed", () => {
  expect(voltmeterAccuracy("0.8 % + 3 digits", 0.1)).toEqual(parseAccuracy("0.8 % + 3 digits", 0.1));
  expect(() => parseAccuracy("unknown", 0.1)).toThrowError(expect.objectContaining({ code: "bad-argument" }));
});
