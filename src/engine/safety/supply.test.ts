import { expect, test } from "vitest";
import type { ByteLine, Operator } from "../ports.ts";
import { classifySupply } from "./supply.ts";

const lineOf = (label: string): ByteLine => ({ identity: { path: "/dev/ttyUSB0", label } }) as unknown as ByteLine;

interface Answering extends Operator {
  readonly asked: string[];
}

function answering(answer: string): Answering {
  const asked: string[] = [];
  const choose: Operator["choose"] = async ({ text }) => {
    asked.push(text.toString());
    return answer;
  };
  return { asked, choose } as unknown as Answering;
}

test.each([
  ["CP2102", "adapter-strong", "strong"],
  ["CP2102", "separate", "strong"],
  ["CP2102", "adapter-weak", "weak"],
  ["CP2102", "whatever", "weak"],
  // 50 mA at its 3.3 V pin (FTDI, FT232R data sheet, 3V3OUT), whatever its person says of it.
  ["FTDI FT232R", "adapter-strong", "weak"],
  ["FT231X", "adapter-strong", "weak"],
  ["FTDI FT232R", "separate", "strong"],
])("with an adapter %s the answer %s means a %s supply", async (label, answer, supply) => {
  expect(await classifySupply(lineOf(label), answering(answer))).toBe(supply);
});

test("the question says so if the adapter is known to be weak", async () => {
  const operator = answering("adapter-weak");
  await classifySupply(lineOf("FTDI FT232R"), operator);
  await classifySupply(lineOf("CP2102"), operator);
  expect(operator.asked.map((text) => text.includes("50 mA"))).toEqual([true, false]);
});

test("the question is about the supply, and 150 mA are what a radio needs", async () => {
  const questions: Parameters<Operator["choose"]>[0][] = [];
  const operator = {
    choose: (question: Parameters<Operator["choose"]>[0]) => {
      questions.push(question);
      return Promise.resolve("separate");
    },
  } as unknown as Operator;
  await classifySupply(lineOf("CP2102"), operator);
  expect(questions[0]).toMatchObject({ id: "supply" });
  expect(questions[0]!.options.map(({ id }) => id)).toEqual(["adapter-strong", "separate", "adapter-weak"]);
  // Tasmota documentation, Getting Started, "Power": at least 150 mA.
  expect(String(questions[0]!.options[0]!.text)).toContain("150 mA");
});
