import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { parseNumber, terminalOperator } from "./terminal-operator.ts";

function terminal(...lines: string[]) {
  const input = new PassThrough();
  const output = new PassThrough();
  let shown = "";
  output.on("data", (chunk) => {
    shown += chunk;
  });
  // A person types the next line when asked: each prompt ends without a line break.
  output.on("data", (chunk: Buffer) => {
    if (!chunk.toString().endsWith("\n") && lines.length > 0) input.write(`${lines.shift()}\n`);
  });
  return { operator: terminalOperator({ input, output, interactive: true }), shown: () => shown, input };
}

test("a measurement is asked again until it is a number", async () => {
  const { operator, shown } = terminal("lots", "229,8");
  expect(await operator.measure({ id: "volts", text: "Mains voltage now", unit: "V" })).toBe(229.8);
  expect(shown()).toContain('"lots" is not a number');
});

test("a choice is taken by number or by its id", async () => {
  const choice = {
    id: "c",
    text: "Closed?",
    options: [
      { id: "yes", text: "Yes" },
      { id: "no", text: "No" },
    ],
  };
  expect(await terminal("7", "2").operator.choose(choice)).toBe("no");
  expect(await terminal("yes").operator.choose(choice)).toBe("yes");
});

test("a secret never appears on the screen", async () => {
  const { operator, shown } = terminal("correct horse");
  expect(await operator.provide({ id: "psk", text: "Wi-Fi password", secret: true })).toBe("correct horse");
  expect(shown()).toContain("Wi-Fi password");
  expect(shown()).not.toContain("horse");
});

test("the end of input is somebody giving up, not an empty answer", async () => {
  const { operator, input } = terminal();
  const asking = operator.act({ id: "ground-gpio0", text: "Hold GPIO0 to ground" });
  input.end();
  await expect(asking).rejects.toThrowError(expect.objectContaining({ code: "aborted" }));
});

test("an aborted job leaves no question open", async () => {
  const { operator } = terminal();
  const controller = new AbortController();
  const asking = operator.act({ id: "a", text: "?" }, controller.signal);
  controller.abort();
  await expect(asking).rejects.toThrowError(expect.objectContaining({ code: "aborted" }));
});

test("--no-input fails at once and names the question", async () => {
  const operator = terminalOperator({ input: new PassThrough(), output: new PassThrough(), interactive: false });
  await expect(operator.measure({ id: "earth-resistance", text: "Earth", unit: "ohm" })).rejects.toThrowError(
    expect.objectContaining({ code: "needs-input", message: expect.stringContaining("earth-resistance") }),
  );
});

test.each([
  ["3.3", 3.3],
  [" 229,8 ", 229.8],
  ["OL", Number.POSITIVE_INFINITY],
  ["o.l", Number.POSITIVE_INFINITY],
  ["-0.5", -0.5],
  ["", undefined],
  ["3.3 V", undefined],
  ["Infinity", undefined],
  ["0x10", undefined],
])("%j is read as %s", (text, value) => {
  expect(parseNumber(text)).toBe(value);
});
