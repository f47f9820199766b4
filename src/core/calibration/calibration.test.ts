import { expect, test } from "vitest";
import { isPlugsmithError } from "../errors.ts";
import { newConstant, settingCommands } from "./constants.ts";
import { parseAccuracy, reading } from "./instrument.ts";
import { powerAt } from "./load.ts";
import { adviseLoad } from "./load-advice.ts";
import { BL0937, periodOf } from "./meter.ts";
import { allowsResistive, impliedCurrentGain } from "./power-factor.ts";
import { stability } from "./stability.ts";
import { budget, formatQuantity, rectangular, statistics, typeA } from "./uncertainty.ts";

test("a data sheet's accuracy is read in the forms that data sheets use", () => {
  for (const text of ["±(0.8 % + 3 digits)", "0.8%+3", "0,8 % rdg + 3 dgt", "± (0.8% of reading + 3 counts)"]) {
    expect(parseAccuracy(text, 0.1)).toEqual({ percent: 0.8, digits: 3, resolution: 0.1 });
  }
  expect(parseAccuracy("1.5 %", 1)).toEqual({ percent: 1.5, digits: 0, resolution: 1 });
});

test("text that is not an accuracy is refused with an example, never guessed", () => {
  for (const text of ["", "good", "0.8", "3 digits", "0.8 % + lots"]) {
    expect(() => parseAccuracy(text, 0.1), text).toThrowError(expect.objectContaining({ code: "bad-argument" }));
  }
});

test("a multimeter's 230.0 V at ±(0.8 % + 3 digits) has a standard uncertainty of 1.24 V", () => {
  // Limit 1.84 + 0.3 = 2.14 V; rectangular: 2.14/√3 = 1.2355; half a digit 0.05/√3 = 0.0289.
  const { u } = reading(230, { percent: 0.8, digits: 3, resolution: 0.1 });
  expect(u).toBeCloseTo(Math.hypot(2.14 / Math.sqrt(3), 0.05 / Math.sqrt(3)), 12);
});

test("GUM example H.6-style scatter: few readings are widened by Student's t, many are not", () => {
  const two = statistics([1, 2]);
  expect(typeA(two)).toBeCloseTo((two.deviationOfMean * 13.97) / 2, 12);
  const many = statistics(Array.from({ length: 400 }, (_, i) => i % 2));
  expect(typeA(many) / many.deviationOfMean).toBeCloseTo(1, 1);
});

test("a 60 W bulb at 115 % of its voltage takes 1.6 powers of it, a heater two", () => {
  const voltage = { value: 230 * 1.15, u: 0 };
  expect(powerAt({ kind: "filament", ratedPower: 60, ratedVoltage: 230 }, voltage).value).toBeCloseTo(60 * 1.15 ** 1.6);
  const heater = powerAt({ kind: "heater", ratedPower: 1000, ratedVoltage: 230, tolerance: 0 }, { value: 230, u: 2.3 });
  expect(heater.value).toBe(1000);
  expect(heater.u / heater.value, "1 % of voltage is 2 % of power").toBeCloseTo(0.02, 12);
});

test("the pulse period behind 230 V and 60 W with default constants is the driver's", () => {
  expect(periodOf(BL0937.voltage, 1950, 230)).toBeCloseTo(1602900 / 2300, 9);
  expect(periodOf(BL0937.power, 12530, 60)).toBeCloseTo(17065860 / 600, 9);
});

test("a plug that reads 10 % too much gets a constant 10 % smaller, and its budget names every source", () => {
  const result = newConstant(
    "power",
    [66, 66.1, 66, 66.1].map((read) => ({ reading: read, reference: 60 })),
    12530,
    { relative: 0.005, basis: "power meter", drift: 0.001 },
  );
  expect(result.after / 12530).toBeCloseTo(60 / 66.1, 3);
  expect(result.errorBefore).toBeCloseTo(0.1017, 3);
  expect(result.budget.contributions.map(({ name }) => name)).toEqual([
    "reference",
    "scatter of the readings",
    "meter's integer steps",
    "rounding of the constant",
    "drift between reading and reference",
  ]);
  expect(result.budget.expanded).toBeGreaterThan(2 * 0.005);
  expect(settingCommands([result])).toEqual([`PowerCal ${result.after}`]);
});

test("without pulses nothing is computed", () => {
  const attempt = (): unknown =>
    newConstant("voltage", [{ reading: 0, reference: 230 }], 1950, { relative: 0.01, basis: "multimeter", drift: 0 });
  expect(attempt).toThrowError(expect.objectContaining({ code: "not-measurable" }));
});

test("implausible constants are refused with the likely reason", () => {
  const reason = (quantity: "power" | "voltage" | "current", read: number, reference: number): string => {
    try {
      newConstant(quantity, [{ reading: read, reference }], BL0937[quantity].defaultConstant, {
        relative: 0,
        basis: "",
        drift: 0,
      });
    } catch (error) {
      if (isPlugsmithError(error, "not-measurable")) return error.message;
    }
    return "accepted";
  };
  expect(reason("power", 60 * 7.34, 60)).toContain("wrong chip");
  expect(reason("voltage", 230 / 2.68, 230)).toContain("wrong chip");
  expect(reason("power", 60, 0.06)).toContain("kilowatts");
  expect(reason("current", 0.26, 260)).toContain("milliamperes");
  expect(reason("power", 100, 60)).toContain("not resistive");
  expect(reason("power", 60, 60)).toBe("accepted");
});

test("a load with power factor 0.6 is refused, a resistive one behind a meter 15 % off is not", () => {
  const voltage = { value: 230, u: 0.5 };
  const power = { value: 60, u: 0.2 };
  const gain = (factor: number, meter: number): boolean =>
    allowsResistive(impliedCurrentGain({ value: (meter * 60) / 230 / factor, u: 0.0005 }, voltage, power), false);
  expect(gain(0.6, 1)).toBe(false);
  expect(gain(0.7, 0.9)).toBe(false);
  expect(gain(1, 1.15)).toBe(true);
  expect(gain(1, 0.85)).toBe(true);
});

test("rising readings are not stable, restless ones neither, steady ones are; each said in words", () => {
  const at = (values: number[]): ReturnType<typeof stability> =>
    stability(values.map((value, i) => ({ at: i * 2500, value })));
  expect(at([100, 101, 102, 103, 104, 105, 106, 107])).toMatchObject({ stable: false, words: "still rising" });
  expect(at([107, 106, 105, 104, 103, 102, 101, 100])).toMatchObject({ stable: false, words: "still falling" });
  expect(at([100, 80, 120, 90, 110, 85, 115, 100])).toMatchObject({ stable: false });
  expect(at([100, 100.1, 99.9, 100, 100.1, 100, 99.9, 100])).toMatchObject({ stable: true, words: "steady" });
  expect(at([100, 100])).toMatchObject({ stable: false, words: "waiting for readings" });
});

test("advice: 1 % needs a bigger load than 5 %, and 1 % is out of reach with a 2 % instrument", () => {
  const one = adviseLoad(0.01, 0.001, 230, 2300);
  const five = adviseLoad(0.05, 0.001, 230, 2300);
  expect(one.possible && five.possible && one.smallestPower > five.smallestPower).toBe(true);
  expect(adviseLoad(0.01, 0.01, 230, 2300)).toMatchObject({ possible: false });
});

test("results are written with the uncertainty's two digits", () => {
  expect(formatQuantity({ value: 59.8765, u: 0.0613 }, "W")).toBe("59.88 W ± 0.12 W (k = 2)");
  expect(budget([{ name: "", type: "B", relative: rectangular(0.03), basis: "" }]).expanded).toBeCloseTo(0.03464, 5);
});
