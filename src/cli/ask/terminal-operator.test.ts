import { expect, test } from "vitest";
import { say } from "../../core/text/text.ts";
import { FakeTerminal } from "../render/fake-terminal.test-support.ts";
import type { Style } from "../render/terminal.ts";
import { TerminalOperator } from "./terminal-operator.ts";

const PLAIN: Style = { color: false, live: false };

function terminal(...lines: string[]) {
  const fake = new FakeTerminal({ typing: true });
  // A person types the next line when asked: each prompt ends without a line break.
  fake.onPrompt = () => {
    const next = lines.shift();
    if (next !== undefined) fake.input.write(`${next}\n`);
  };
  const operator = new TerminalOperator({ terminal: fake, style: PLAIN, interactive: true });
  return { operator, fake, shown: () => fake.stderr, input: fake.input };
}

test("a measurement is asked again until it is a number", async () => {
  const { operator, shown } = terminal("lots", "229,8");
  expect(await operator.measure({ id: "volts", text: say`Mains voltage now`, unit: "V" })).toBe(229.8);
  expect(shown()).toContain('"lots" is not a number');
});

test("a choice is taken by number or by its id", async () => {
  const choice = {
    id: "c",
    text: say`Closed?`,
    options: [
      { id: "yes", text: say`Yes` },
      { id: "no", text: say`No` },
    ],
  };
  expect(await terminal("7", "2").operator.choose(choice)).toBe("no");
  expect(await terminal("yes").operator.choose(choice)).toBe("yes");
});

test("the start of an answer's name is enough, and nonsense is asked again", async () => {
  const choice = {
    id: "c",
    text: say`Closed?`,
    options: [
      { id: "yes", text: say`Yes` },
      { id: "no", text: say`No` },
    ],
  };
  expect(await terminal("y").operator.choose(choice)).toBe("yes");
  const { operator, shown } = terminal("", "maybe", "0", "-1", "1.5", "N");
  expect(await operator.choose(choice)).toBe("no");
  expect(shown()).toContain("Please answer the question");
  expect(shown().match(/is not one of the answers/g)).toHaveLength(4);
});

test("Enter takes the option that the question names for it, and its prompt says so", async () => {
  const choice = {
    id: "same",
    text: say`The same?`,
    list: [{ id: "ssid", text: say`Wi-Fi: Home` }],
    options: [
      { id: "change", text: say`No` },
      { id: "same", text: say`Yes` },
    ],
    enter: "same",
  };
  const { operator, shown } = terminal("");
  expect(await operator.choose(choice)).toBe("same");
  expect(shown()).toContain("1 to 2 (Enter: 2):");
  expect(shown()).toContain("        -  Wi-Fi: Home");
  expect(await terminal("1").operator.choose(choice)).toBe("change");
});

test("an action counts as done only when confirmed, not when anything is typed", async () => {
  const { operator, shown } = terminal("what?", "done");
  await operator.act({ id: "a", text: say`Hold it` });
  expect(shown()).toContain("Do it first");
});

test("events during a question are printed on their own lines, and the question is shown again", async () => {
  const { operator, fake } = terminal();
  const asking = operator.act({ id: "a", text: say`Hold GPIO0` });
  operator.interject(() => fake.err("hears   nothing\n"));
  fake.input.write("\n");
  await asking;
  expect(fake.stderr.split("\n").slice(2)).toEqual([
    "        Press Enter when it is done: ",
    "hears   nothing",
    "        Press Enter when it is done: ",
  ]);
});

test("a good answer is signalled to its caller, and a remark starts a new line", async () => {
  const fake = new FakeTerminal({ tty: true, typing: true });
  const calls: string[] = [];
  const operator = new TerminalOperator({
    terminal: fake,
    style: PLAIN,
    interactive: true,
    beforeAsking: () => calls.push("before"),
    afterAsking: () => calls.push("after"),
  });
  const measuring = operator.measure({ id: "m", text: say`Voltage`, unit: "V" });
  fake.input.write("much\n");
  await new Promise((resolve) => setImmediate(resolve));
  expect(fake.stderr).toContain("is not a number");
  expect(calls).toEqual(["before", "before"]);
  fake.input.write("3.3\n");
  expect(await measuring).toBe(3.3);
  expect(calls).toEqual(["before", "before", "after"]);
});

test("a secret never appears on the screen", async () => {
  const { operator, shown } = terminal("correct horse");
  expect(await operator.provide({ id: "psk", text: say`Wi-Fi password`, secret: true })).toBe("correct horse");
  expect(shown()).toContain("Wi-Fi password");
  expect(shown()).not.toContain("horse");
});

test("the end of input aborts the question and is not an empty answer", async () => {
  const { operator, input } = terminal();
  const asking = operator.act({ id: "ground-gpio0", text: say`Hold GPIO0 to ground` });
  input.end();
  await expect(asking).rejects.toThrowError(expect.objectContaining({ code: "aborted" }));
});

test("an aborted job leaves no question open", async () => {
  const { operator } = terminal();
  const controller = new AbortController();
  const asking = operator.act({ id: "a", text: say`?` }, controller.signal);
  controller.abort();
  await expect(asking).rejects.toThrowError(expect.objectContaining({ code: "aborted" }));
});

test("--no-input fails at once and names the question", async () => {
  const operator = new TerminalOperator({ terminal: new FakeTerminal(), style: PLAIN, interactive: false });
  await expect(operator.measure({ id: "earth-resistance", text: say`Earth`, unit: "ohm" })).rejects.toThrowError(
    expect.objectContaining({ code: "needs-input", message: expect.stringContaining("earth-resistance") }),
  );
});

test("an implausible reading is asked again with the likely slip, and the same value is then accepted", async () => {
  const mains = { id: "reference-voltage", text: say`Mains voltage now`, unit: "V" } as const;
  const { operator, shown } = terminal("23", "OL", "-230", "230,3 V");
  expect(await operator.measure(mains)).toBe(230.3);
  for (const words of ["Did you mean 230 V?", "OL is not a voltage", "probes are swapped"]) {
    expect(shown().replace(/\s+/g, " ")).toContain(words);
  }
  expect(await terminal("60", "60").operator.measure(mains)).toBe(60);
});

test("a question mark explains the terms in the question and its options, and the question is asked again", async () => {
  const { operator, shown } = terminal("?", "3.3");
  expect(await operator.measure({ id: "m", text: say`Voltage of the TX pin against GND`, unit: "V" })).toBe(3.3);
  expect(shown().replace(/\s+/g, " ")).toContain("GND: Ground, the common 0 V");
  expect(shown()).toContain("RX and TX:");
  expect(shown()).not.toContain("GPIO0:");
  expect(shown().match(/Reading in volts/g)).toHaveLength(2);
});

test("a question mark at a question without terms says so, for secrets as well", async () => {
  const { operator, shown } = terminal("?", "hidden");
  expect(await operator.provide({ id: "p", text: say`Your name:`, secret: true })).toBe("hidden");
  expect(shown()).toContain("explains none of the terms");
});

const LIST = {
  id: "eye",
  text: say`Which of these are true?`,
  items: ["Shutter", "Screws", "Glue"].map((text) => ({ id: text.toLowerCase(), text: say`${text}` })),
};

test("a list is shown with a number for each item, and the numbers that are true are typed", async () => {
  const { operator, shown } = terminal("1 3");
  expect(await operator.check(LIST)).toEqual({ confirmed: ["shutter", "glue"] });
  expect(shown()).toMatch(/check +Which of these are true\?\n +1 {2}Shutter\n +2 {2}Screws\n +3 {2}Glue\n/);
});

test("Enter alone confirms nothing of a list: it is asked for again", async () => {
  const { operator, shown } = terminal("", "yes", "all");
  expect(await operator.check(LIST)).toEqual({ confirmed: ["shutter", "screws", "glue"] });
  expect(shown()).toContain("Enter alone confirms nothing");
  expect(shown()).toContain('"yes" is not an answer here');
});

test("a person may stop at a list", async () => {
  expect(await terminal("stop").operator.check(LIST)).toEqual({ confirmed: [], stop: true });
});

const READINGS = {
  id: "reference-readings",
  text: say`Read them at one moment:`,
  values: [
    { id: "reference-voltage", text: say`Mains voltage now`, unit: "V" as const },
    { id: "reference-power", text: say`Power now`, unit: "W" as const },
  ],
};

test("several readings are typed in one line", async () => {
  expect(await terminal("229,8 V, 1985 W").operator.read(READINGS)).toEqual([229.8, 1985]);
});

test("of several readings only the unlikely one is asked for again, and stands when it is typed again", async () => {
  const { operator, shown } = terminal("23 V, 1985 W", "230 V");
  expect(await operator.read(READINGS)).toEqual([230, 1985]);
  expect(shown()).toMatch(/230\s+V\?/);
  expect(shown().match(/Power now/g)).toHaveLength(1);
  expect(await terminal("60 V, 1985 W", "60 V").operator.read(READINGS)).toEqual([60, 1985]);
});

test("the work before a reading is listed, and gone through step by step where that is asked for", async () => {
  const steps = [
    { id: "black", text: say`Solder black.` },
    { id: "red", text: say`Solder red.` },
  ];
  const work = { id: "wiring", text: say`Solder the wires:`, steps };
  const { operator, shown } = terminal("steps", "", "back", "", "", "4.7k");
  const short = { id: "short-vcc-gnd", text: say`Resistance of red to black`, unit: "ohm", work } as const;
  expect(await operator.measure(short)).toEqual({ low: 4700, high: 4700, unitShown: true });
  expect(shown()).toMatch(/Solder the wires:\n +- {2}Solder black\.\n +- {2}Solder red\.\n/);
  expect(shown().match(/choose +Solder black\./g)).toHaveLength(2);
  expect(shown().match(/choose +Solder red\./g)).toHaveLength(2);
});
