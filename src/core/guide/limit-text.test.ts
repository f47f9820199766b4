import { expect, test } from "vitest";
import { limitText, unitText } from "./limit-text.ts";

const limit = (measure: "V" | "ohm" | "Mohm", atLeast?: number, atMost?: number): string =>
  String(limitText({ id: "any", source: "a data sheet", measure, atLeast, atMost }));

test("a limit is written with the ends that it has", () => {
  expect(limit("V", 2.7, 3.6)).toBe("2.7 to 3.6 V");
  expect(limit("Mohm", 1)).toBe("at least 1 MΩ");
  expect(limit("ohm", undefined, 0.3)).toBe("at most 0.3 Ω");
  expect(limit("V", 0, 0)).toBe("0 to 0 V");
});

test("ohms and megohms have their signs, the others their letters", () => {
  expect((["ohm", "Mohm", "V", "A", "W"] as const).map(unitText)).toEqual(["Ω", "MΩ", "V", "A", "W"]);
});
