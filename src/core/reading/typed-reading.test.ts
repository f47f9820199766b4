import { expect, test } from "vitest";
import type { GuideUnit } from "../guide/guide.ts";
import type { ReadingAnswer } from "./reading.ts";
import { typedReading } from "./typed-reading.ts";

const OPEN = Number.POSITIVE_INFINITY;

/** A reading with its unit. */
const shown = (low: number, high = low): ReadingAnswer => ({ low, high, unitShown: true });
/** An inequality whose unit is still to be asked for. */
const bare = (low: number, high: number): ReadingAnswer => ({ low, high, unitShown: false });

test.each<[string, GuideUnit, ReadingAnswer]>([
  ["3.3", "V", 3.3],
  [" 229,8 ", "V", 229.8],
  ["3,3 V", "V", 3.3],
  ["3.3V", "V", 3.3],
  ["3,28\u00a0V DC", "V", 3.28],
  ["230 VAC", "V", 230],
  ["230.3 volts", "V", 230.3],
  ["3300 mV", "V", 3.3],
  ["0.23 kV", "V", 230],
  ["3.312", "V", 3.312],
  ["3,312 V", "V", 3.312],
  ["+5", "V", 5],
  ["> 550", "V", bare(550, OPEN)],
  [">=550 V", "V", shown(550, OPEN)],
  ["4350 mA", "A", 4.35],
  ["0,95 kW", "W", 950],
  ["950w", "W", 950],
  ["1,234.5 W", "W", 1234.5],
  ["1.234,5 W", "W", 1234.5],
  ["1e3", "W", 1000],
  ["0.21", "ohm", 0.21],
  [".21", "ohm", 0.21],
  ["0.21 Ω", "ohm", shown(0.21)],
  ["0.21 \u2126", "ohm", shown(0.21)],
  ["0,3 Ohm", "ohm", shown(0.3)],
  ["0.3ohms", "ohm", shown(0.3)],
  ["4.7k", "ohm", shown(4700)],
  ["4,7 kΩ", "ohm", shown(4700)],
  ["4.7 K", "ohm", shown(4700)],
  ["1.2 MΩ", "ohm", shown(1_200_000)],
  ["\u22120.02 Ω", "ohm", shown(-0.02)],
  ["> 0,3", "ohm", bare(0.3, OPEN)],
  ["< 0,1 Ω", "ohm", shown(0, 0.1)],
  ["≤0.1Ω", "ohm", shown(0, 0.1)],
  ["OL", "ohm", OPEN],
  ["o.l", "ohm", OPEN],
  ["0.L MΩ", "ohm", OPEN],
  ["1 .", "ohm", OPEN],
  ["550", "Mohm", 550],
  ["550 MΩ", "Mohm", shown(550)],
  ["550 Megohm", "Mohm", shown(550)],
  ["550 k", "Mohm", shown(0.55)],
  ["550 Ω", "Mohm", shown(0.000_55)],
  ["> 550 MΩ", "Mohm", shown(550, OPEN)],
  [">20 GΩ", "Mohm", shown(20_000, OPEN)],
  ["20G", "Mohm", shown(20_000)],
  ["> OL", "Mohm", OPEN],
  ["≥ 550 MΩ", "Mohm", shown(550, OPEN)],
  ["\uff1e 550", "V", bare(550, OPEN)],
  ["\uff1c 0.1 Ω", "ohm", shown(0, 0.1)],
  ["<= 0.1 Ω", "ohm", shown(0, 0.1)],
  ["0", "V", 0],
  ["-0 V", "V", 0],
  ["< 0 Ω", "ohm", shown(0)],
  ["4.7 kilo ohm", "ohm", shown(4700)],
  ["4.7 Kiloohm", "ohm", shown(4700)],
  ["2 Gigaohms", "Mohm", shown(2000)],
  ["2 Mega ohm", "ohm", shown(2_000_000)],
  ["0.5e1 V", "V", 5],
  ["230 V~", "V", 230],
  ["0.26 A RMS", "A", 0.26],
  ["0.26 amperes", "A", 0.26],
  ["60 watts", "W", 60],
])("%j, asked for in %s, is taken as it is meant", (text, unit, answer) => {
  expect(typedReading(text, { id: "any", unit })).toEqual({ kind: "taken", answer });
});

test.each<[string, GuideUnit, RegExp]>([
  ["", "V", /Type what the display shows/],
  ["lots", "V", /is not a number/],
  ["Infinity", "V", /is not a number/],
  ["0x10", "V", /not a/],
  ["1 000", "ohm", /not a/],
  ["3.3.3", "V", /is not a number/],
  ["12,34,567", "W", /is not a number/],
  ["~3.3", "V", /is not a number/],
  ["1.", "ohm", /Type OL/],
  ["1,000", "ohm", /can mean 1.0000 or 1000/],
  ["1.000 MΩ", "Mohm", /can mean 1.0000 or 1000/],
  ["4.712 kΩ", "ohm", /can mean 4.7120 or 4712/],
  ["1.234 W", "W", /can mean/],
  ["1,000", "V", /can mean/],
  ["550 V", "Mohm", /unit of voltage.*type a resistance/],
  ["3.3 Ω", "V", /unit of resistance.*type a voltage/],
  ["12 kΩ", "W", /unit of resistance.*type a power/],
  ["230 VA", "W", /apparent power/],
  ["1 kVA", "W", /apparent power/],
  ["10 var", "W", /reactive power/],
  ["0.05 kHz", "V", /a frequency/],
  ["3 Wh", "W", /energy/],
  ["3 kWh", "W", /energy/],
  ["20 °C", "V", /a temperature/],
  ["68 °F", "V", /a temperature/],
  ["3 F", "V", /capacitance/],
  ["3 nF", "V", /capacitance/],
  ["3 s", "V", /a time/],
  ["3 ms", "V", /a time/],
  ["lots", "A", /such as 4\.35 A/],
  ["lots", "W", /such as 950 W/],
  ["lots", "ohm", /such as 0\.21 Ω or 4\.7 kΩ/],
  ["lots", "Mohm", /such as 550 MΩ or 800 kΩ/],
  ["lots", "V", /such as 3\.28 V/],
  ["50 Hz", "V", /a frequency/],
  ["3 %", "V", /a ratio/],
  ["3 k", "V", /not a unit of voltage/],
  ["3 MV", "V", /not a unit of voltage/],
  ["3 furlongs", "V", /not a unit/],
  ["1.2 mΩ", "ohm", /milliohms.*megohms/],
  ["1.2 mohm", "ohm", /milliohms.*megohms/],
  ["550 mΩ", "Mohm", /milliohms.*megohms/],
  ["OL", "V", /OL is not a voltage. Is the meter set to V/],
  ["O.L V", "V", /OL is not a voltage/],
  ["OL", "A", /larger range/],
  ["OL V", "ohm", /unit of voltage/],
  ["-3.3 V", "V", /probes are swapped/],
  ["\u22123,3", "V", /probes are swapped/],
  ["-1 A", "A", /wrong way round/],
])("%j, asked for in %s, is asked back with the reason", (text, unit, words) => {
  const answer = typedReading(text, { id: "any", unit });
  expect(answer).toMatchObject({ kind: "again", text: expect.stringMatching(words) });
});

test.each<[string, GuideUnit, string, string]>([
  ["adapter-vcc", "V", "33", "Did you mean 3.3 V?"],
  ["adapter-vcc", "V", "0,33", "Did you mean 3.3 V?"],
  ["adapter-vcc", "V", "3300", "Did you mean 3.3 V?"],
  ["reference-voltage", "V", "23", "Did you mean 230 V?"],
  ["reference-voltage", "V", "2298", "Did you mean 229.8 V?"],
  ["reference-power", "W", "0.95", "Did you mean 950 W?"],
  ["reference-current", "A", "4350", "Did you mean 4.35 A?"],
  ["insulation-voltage", "V", "5000", "Did you mean 500 V?"],
  ["insulation", "Mohm", "550 GΩ", "Did you mean 550 MΩ?"],
])("%s in %s of %s is asked back with the likely slip, and typed again it stands", (id, unit, text, words) => {
  const first = typedReading(text, { id, unit });
  if (first.kind !== "again") throw new Error("taken at once");
  expect(first.text).toContain(words);
  expect(typedReading(text, { id, unit }, first.typed).kind).toBe("taken");
});

test("another unlikely reading does not confirm the one before it", () => {
  const question = { id: "adapter-vcc", unit: "V" } as const;
  expect(typedReading("34", question, "33").kind).toBe("again");
});

test("what is bad but possible is not taken for a slip", () => {
  for (const [id, unit, text] of [
    ["adapter-vcc", "V", "5"],
    ["adapter-tx", "V", "0"],
    ["reference-voltage", "V", "115"],
    ["insulation-voltage", "V", "250"],
    ["earth-resistance", "ohm", "21 Ω"],
    ["short-vcc-gnd", "ohm", "0.4 Ω"],
  ] as const) {
    expect(typedReading(text, { id, unit }).kind, id).toBe("taken");
  }
});

test("a meter is not calibrated against an inequality", () => {
  expect(typedReading("> 229", { id: "reference-voltage", unit: "V" })).toMatchObject({
    kind: "again",
    text: expect.stringContaining("an exact reading is necessary"),
  });
});
