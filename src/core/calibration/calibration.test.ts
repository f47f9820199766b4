import { expect, test } from "vitest";
import { isPlugsmithError } from "../errors.ts";
import { isCredibleReference, newConstant, settingCommands } from "./constants.ts";
import { EXACT, parseAccuracy, reading } from "./instrument.ts";
import { LOAD_KINDS, powerAt } from "./load.ts";
import { adviseLoad } from "./load-advice.ts";
import { BL0937, periodOf } from "./meter.ts";
import { allowsResistive, impliedCurrentGain, meanReading } from "./power-factor.ts";
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
    "whole-number steps of the meter",
    "rounding of the constant",
    "drift between reading and reference",
  ]);
  expect(result.budget.contributions.map(({ type }) => type)).toEqual(["B", "A", "B", "B", "B"]);
  for (const { basis } of result.budget.contributions) expect(basis).not.toBe("");
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

const ACCURACY = { relative: 0.005, basis: "power meter", drift: 0.001 };

test("each line of a constant's budget is what its source gives", () => {
  const pairs = [66, 66.1, 66, 66.1].map((read) => ({ reading: read, reference: 60 }));
  const {
    budget: { contributions },
    reference,
    after,
    reading: mean,
  } = newConstant("power", pairs, 12530, ACCURACY);
  const line = (name: string): number => contributions.find((each) => String(each.name) === name)!.relative;
  expect(line("reference")).toBe(0.005);
  // Mean deviation of 0.1 W between two values, four readings, t for three degrees of freedom (GUM table G.2).
  expect(line("scatter of the readings")).toBeCloseTo(((0.1 / Math.sqrt(12) / 66.0987) * 3.31) / 2, 6);
  expect(line("rounding of the constant")).toBeCloseTo(0.5 / Math.sqrt(3) / after, 12);
  expect(line("drift between reading and reference")).toBeCloseTo(0.001 / Math.sqrt(3), 12);
  expect(contributions[1]?.basis).toBe("4 readings, standard deviation 0.087 %");
  expect(reference).toEqual({ value: 60, u: 0.3 });
  // Cut to a step of 0.1 W and to 1 µs of the period of 25.8 ms: 0.05 W less what half a µs is, 0.001 W.
  expect(mean).toBeCloseTo(66.05 + 0.05 - 0.0013, 3);
});

test("a reference at the moment of the reading leaves no drift in the budget", () => {
  const {
    budget: { contributions },
  } = newConstant("power", [{ reading: 60, reference: 60 }], 12530, { ...ACCURACY, drift: 0 });
  expect(contributions.map(({ name }) => name)).not.toContain("drift between reading and reference");
});

test("a reference is credible from 0.7 to 1.4 times the reading", () => {
  expect([70, 100, 140].map((reference) => isCredibleReference(100, reference))).toEqual([true, true, true]);
  expect([69.9, 140.1].map((reference) => isCredibleReference(100, reference))).toEqual([false, false]);
});

test.each([
  [0.71, true],
  [1.39, true],
  [0.69, false],
  [1.41, false],
])("a constant %d times the default is plausible: %s", (ratio, plausible) => {
  const attempt = (): unknown => newConstant("voltage", [{ reading: 230, reference: 230 * ratio }], 1950, ACCURACY);
  if (plausible) expect(attempt).not.toThrow();
  else
    expect(attempt).toThrowError(expect.objectContaining({ code: "not-measurable", plugState: "constants unchanged" }));
});

test.each([
  ["no readings", []],
  ["one reading of 0 among others", [230, 0]],
  ["a reading that is no number", [Number.NaN]],
])("%s give no constant, and the constants stay", (_, readings) => {
  const pairs = readings.map((each) => ({ reading: each, reference: 230 }));
  expect(() => newConstant("voltage", pairs, 1950, ACCURACY)).toThrowError(
    expect.objectContaining({
      code: "not-measurable",
      step: "calibrate",
      plugState: "constants unchanged",
      nextStep: expect.stringMatching(/\.$/),
    }),
  );
});

test.each([
  ["voltage", 0.5, "CF and CF1"],
  ["current", 2, "SEL pin"],
  ["current", 0.001, "milliamperes"],
  ["power", 1000, "kilowatts"],
  ["power", 2, "not resistive"],
] as const)("%s %d times too great for its constant is put down to %s", (quantity, ratio, reason) => {
  const { defaultConstant } = BL0937[quantity];
  const attempt = (): unknown =>
    newConstant(quantity, [{ reading: 100, reference: 100 * ratio }], defaultConstant, ACCURACY);
  expect(attempt).toThrowError(reason);
});

/** xnrg_01_hlw8012.ino: HLW_PREF 10000, HLW_UREF 2200, HLW_IREF 4545 beside HJL_PREF 1362, HJL_UREF 822, HJL_IREF 3300. */
test.each([
  ["power", 10_000 / 1362],
  ["voltage", 2200 / 822],
] as const)(
  "%s off by the ratio of the two chips, within a fifth, is put down to the wrong chip",
  (quantity, ratio) => {
    const reason =
      (factor: number): unknown =>
      () =>
        newConstant(quantity, [{ reading: 100, reference: 100 * factor }], BL0937[quantity].defaultConstant, ACCURACY);
    for (const factor of [ratio * 1.19, ratio / 1.19, 1 / ratio]) expect(reason(factor)).toThrowError("wrong chip");
    for (const factor of [ratio * 1.21, ratio / 1.21]) expect(reason(factor)).not.toThrowError("wrong chip");
  },
);

test("constants are set in the order voltage, power, current", () => {
  const set = (quantity: "power" | "voltage" | "current"): ReturnType<typeof newConstant> =>
    newConstant(quantity, [{ reading: 100, reference: 100 }], BL0937[quantity].defaultConstant, ACCURACY);
  const commands = settingCommands([set("current"), set("power"), set("voltage")]);
  expect(commands.map((command) => command.split(" ")[0])).toEqual(["VoltageCal", "PowerCal", "CurrentCal"]);
});

test("an instrument with a display of one volt adds half a digit", () => {
  expect(reading(230, { percent: 0, digits: 0, resolution: 1 }).u).toBeCloseTo(0.5 / Math.sqrt(3), 12);
  expect(reading(-230, { percent: 1, digits: 0, resolution: 0 }).u).toBeCloseTo(2.3 / Math.sqrt(3), 12);
  expect(reading(230, EXACT)).toEqual({ value: 230, u: 0 });
});

test("an accuracy may be printed in capitals and with its brackets anywhere, on a display of any resolution", () => {
  expect(parseAccuracy("(0.5%)+2 DGT", 0)).toEqual({ percent: 0.5, digits: 2, resolution: 0 });
  expect(parseAccuracy("0.5 % RDG + 2", 0.1)).toEqual({ percent: 0.5, digits: 2, resolution: 0.1 });
  for (const resolution of [-0.1, Number.NaN]) {
    expect(() => parseAccuracy("0.5 %", resolution)).toThrowError(
      expect.objectContaining({ code: "bad-argument", nextStep: expect.stringContaining("0.8 % + 3 digits") }),
    );
  }
});

test("an unmeasured load's power is as uncertain as its kind's standard allows", () => {
  const at = (kind: "heater" | "filament"): number =>
    powerAt({ kind, ratedPower: 100, ratedVoltage: 230 }, { value: 230, u: 0 }).u;
  // IEC 60335-1, clause 10.1: -10 %; IEC 60064: a few percent.
  expect(at("heater")).toBeCloseTo(10 / Math.sqrt(3), 9);
  expect(at("filament")).toBeCloseTo(6 / Math.sqrt(3), 9);
  for (const { name, source } of Object.values(LOAD_KINDS))
    for (const words of [name, source]) expect(words).not.toBe("");
});

test("away from its rated voltage a load's power is as uncertain as its exponent", () => {
  const at = (kind: "heater" | "filament"): number => {
    const { value, u } = powerAt({ kind, ratedPower: 100, ratedVoltage: 200, tolerance: 0 }, { value: 220, u: 0 });
    return u / value;
  };
  expect(at("heater")).toBeCloseTo((Math.log(1.1) * 0.04) / Math.sqrt(3), 9);
  expect(at("filament")).toBeCloseTo((Math.log(1.1) * 0.08) / Math.sqrt(3), 9);
});

/** A 1 mA step at 230 V is 0.23 W; half of it, rectangular, over half of the accuracy wanted is the load. */
test.each([
  [0.01, 2300, "14 W or more, for example a 40 W filament bulb."],
  [0.0027, 2300, "50 W or more, for example a 60 W filament bulb."],
  [0.0015, 2300, "89 W or more, for example a 100 W filament bulb."],
  [0.0004, 2300, "332 W or more, for example a small heater of 400 W."],
  [0.00015, 2300, "886 W or more, for example an iron or heater of 1000 W."],
  [0.00008, 2300, "1660 W or more, for example a kettle or heater of 2000 W."],
  [0.00006, 2300, "2214 W or more."],
  [0.00015, 900, "886 W or more."],
])("an accuracy of %d on a plug for %i W takes %s", (target, maximum, words) => {
  const advice = adviseLoad(target, 0, 230, maximum);
  expect(advice.words).toBe(`A purely resistive load of ${words}`);
  expect(advice.smallestPower).toBeCloseTo((0.0005 / Math.sqrt(3) / (target / 2)) * 230, 6);
});

test("a load of just the size of an example is met by it", () => {
  const { smallestPower } = adviseLoad(0.01, 0, 230, 2300);
  const target = (0.01 * smallestPower!) / 60;
  expect(adviseLoad(target * 1.000001, 0, 230, 2300).words).toContain("a 60 W filament bulb");
  expect(adviseLoad(target * 1.000001, 0, 230, 60).words).toContain("a 60 W filament bulb");
});

test("at a low voltage the step of the power decides", () => {
  expect(adviseLoad(0.01, 0, 50, 2300).smallestPower).toBeCloseTo(0.05 / Math.sqrt(3) / 0.005, 9);
});

test("an accuracy that would need more than the plug carries is refused with both figures", () => {
  expect(adviseLoad(0.00005, 0, 230, 2300)).toEqual({
    possible: false,
    smallestPower: undefined,
    words: "±0.0050 % would need a load of 2656 W, which is more than the plug is rated for (2300 W).",
  });
});

test("what reference and scatter take up leaves less to the load, down to nothing", () => {
  expect(adviseLoad(0.01, 0.004, 230, 2300).smallestPower).toBeCloseTo((0.0005 / Math.sqrt(3) / 0.003) * 230, 6);
  const none = adviseLoad(0.01, 0.005, 230, 2300);
  expect(none.possible).toBe(false);
  expect(none.words).toContain("No load achieves ±1.0 %: the reference and the scatter alone contribute ±1.0 %.");
  expect(none.words).toMatch(/instead of using its label\.$/);
});

test("a calibrated meter allows a power factor 1 % from 1, and twice its uncertainty more", () => {
  expect([1.01, 0.99].map((value) => allowsResistive({ value, u: 1e-9 }, true))).toEqual([true, true]);
  expect([1.011, 0.989].map((value) => allowsResistive({ value, u: 0 }, true))).toEqual([false, false]);
  expect([1.029, 1.031].map((value) => allowsResistive({ value, u: 0.01 }, true))).toEqual([true, false]);
});

test("an uncalibrated meter 15 % off is allowed with instruments at their limits, and not more", () => {
  // ±0.5 % + 0.3 V and ±1 % + 0.2 W, both at the end of what they may be off (half-width = √3 u), the wrong way.
  const [volts, watts] = [242.9, 21.7];
  const limits = { volts: 0.005 * volts + 0.3, watts: 0.01 * watts + 0.2 };
  const voltage = { value: volts + limits.volts, u: limits.volts / Math.sqrt(3) };
  const power = { value: watts - limits.watts, u: limits.watts / Math.sqrt(3) };
  const allowed = (meter: number): boolean =>
    allowsResistive(impliedCurrentGain({ value: (meter * watts) / volts, u: 0.0003 }, voltage, power), false);
  expect([1.15, 1.18].map(allowed)).toEqual([true, false]);
});

test("a gain has the relative uncertainties of all three quantities", () => {
  const gain = impliedCurrentGain({ value: 0.5, u: 0.001 }, { value: 230, u: 0.69 }, { value: 115, u: 0.69 });
  expect(gain.value).toBeCloseTo(1, 12);
  expect(gain.u).toBeCloseTo(Math.hypot(0.002, 0.003, 0.006), 12);
});

test("a mean reading is corrected for the cut and has scatter and steps in its uncertainty", () => {
  const readings = { voltage: [230, 230, 230, 230], power: [60, 61, 60, 61], current: [] };
  const constants = { voltage: 1950, power: 12530, current: 3500 };
  const voltage = meanReading("voltage", readings, constants);
  const period = periodOf(BL0937.voltage, 1950, 230);
  expect(voltage.value).toBeCloseTo(230 + 0.05 - 230 / period / 2, 9);
  expect(voltage.u).toBeCloseTo(Math.hypot(0.1, 230 / period) / 2 / Math.sqrt(3), 9);
  const power = meanReading("power", readings, constants);
  expect(power.u).toBeGreaterThan(statistics(readings.power).deviationOfMean);
  expect(power.u).toBeLessThan(statistics(readings.power).deviationOfMean * 1.1);
});
