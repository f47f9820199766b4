import { expect, test } from "vitest";
import { say } from "../../core/text/text.ts";
import { FakeTerminal } from "../render/fake-terminal.test-support.ts";
import { type Picture, questionLines } from "./question-text.ts";

const PICTURE = ["> TX   ---- yellow ----  RX (GPIO3)", "  GND  ---- black  ----  GND", "   1 | o dot"];
const drawn: Picture = (_, inColour) =>
  PICTURE.map((line) => line.replace(/---- (\w+) *----/, (wire, colour: string) => inColour(colour, wire)));
const ACTION = { kind: "act", id: "wire", text: say`Solder it.` } as const;

const picture = (color: boolean): string[] =>
  questionLines(ACTION, { picture: drawn }, new FakeTerminal({ tty: true }), { color, live: true }).slice(2);

test("a wire is drawn in its colour, beside the colour's name; black stays as the terminal has it", () => {
  expect(picture(true)).toEqual([
    "        > TX   \u001b[33m---- yellow ----\u001b[0m  RX (GPIO3)",
    "          GND  ---- black  ----  GND",
    "           1 | o dot",
  ]);
});

test("without colours the picture is as it is", () => {
  expect(picture(false)).toEqual(PICTURE.map((line) => `        ${line}`));
});

test("an item of a list is indented below its mark", () => {
  const list = [
    { id: "one", text: say`a step whose words are more than fit into one line of a terminal of forty columns` },
  ];
  const question = {
    kind: "choose",
    id: "page",
    text: say`Do it:`,
    list,
    options: [{ id: "done", text: say`Done` }],
  } as const;
  const lines = questionLines(question, undefined, new FakeTerminal({ columns: 45 }), { color: false, live: false });
  expect(lines.slice(2)).toEqual([
    "        -  a step whose words are more than",
    "           fit into one line of a terminal",
    "           of forty columns",
    "        1  Done",
  ]);
});
