import { expect, test } from "vitest";
import { typedChecklist } from "./typed-checklist.ts";

const ITEMS = ["a", "b", "c", "d"].map((id) => ({ id }));
const ONE = [{ id: "a" }];

const taken = (...confirmed: string[]) => ({ kind: "taken", answer: { confirmed } });

test.each<[string, string[]]>([
  ["all", ["a", "b", "c", "d"]],
  ["ALL ", ["a", "b", "c", "d"]],
  ["alle", ["a", "b", "c", "d"]],
  ["1", ["a"]],
  ["1 3", ["a", "c"]],
  ["3,1", ["a", "c"]],
  ["1, 2; 4", ["a", "b", "d"]],
  ["1-3", ["a", "b", "c"]],
  ["2 – 4", ["b", "c", "d"]],
  ["1 1 1", ["a"]],
  ["4.", ["d"]],
  ["no", []],
  ["none", []],
  ["nein", []],
  ["not yet", []],
  ["0", []],
])("%j confirms %j of four", (text, confirmed) => {
  expect(typedChecklist(text, ITEMS)).toEqual(taken(...confirmed));
});

test.each(["", " ", "y", "yes", "ok", "1 5", "x", "1 x", "-1", "1.5.9", "alll", "?"])(
  "%j confirms nothing and is asked back",
  (text) => {
    expect(typedChecklist(text, ITEMS).kind).toBe("again");
  },
);

test.each(["yes", "y", "ja", "all", "1"])("%j confirms a single item", (text) => {
  expect(typedChecklist(text, ONE)).toEqual(taken("a"));
});

test.each(["", "2", "fine"])("%j does not confirm a single item", (text) => {
  expect(typedChecklist(text, ONE).kind).toBe("again");
});

test.each(["stop", "STOP", "halt"])("%j ends the asking and confirms nothing", (text) => {
  expect(typedChecklist(text, ITEMS)).toEqual({ kind: "taken", answer: { confirmed: [], stop: true } });
});

test("Enter alone is answered with how to confirm", () => {
  expect(typedChecklist("", ITEMS)).toMatchObject({ text: expect.stringMatching(/Enter alone confirms nothing/) });
});
