import { expect, test } from "vitest";
import { toldIn } from "./sentences.ts";

const LONG = "a word ".repeat(20).trim();

test.each([
  ["Let go of the button.", "Let go of the button.", ""],
  ["Press first, then plug in. Keep pressing.", "Press first, then plug in.", "Keep pressing."],
  [
    "Name of the Wi-Fi network: The network is called Home.",
    "Name of the Wi-Fi network:",
    "The network is called Home.",
  ],
  // German: the dots of "z. B." end no sentence.
  ["Nehmen Sie z. B. einen Wasserkocher. Er heizt.", "Nehmen Sie z. B. einen Wasserkocher.", "Er heizt."],
  // A question inside brackets is no heading's end.
  [
    "Voltage of the tester (no tester? Stop here: a multimeter cannot do this). Set it to 500 V.",
    "Voltage of the tester (no tester? Stop here: a multimeter cannot do this).",
    "Set it to 500 V.",
  ],
  [`Earth resistance, nothing plugged in: ${LONG}`, "Earth resistance, nothing plugged in", LONG],
  [LONG, "Measure this", LONG],
])("of %j the heading is %j", (text, heading, rest) => {
  expect(toldIn(text, "Measure this")).toEqual({ heading, rest });
});
