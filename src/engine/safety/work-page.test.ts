import { expect, test } from "vitest";
import { person } from "../../../test/support/careful-person.ts";
import { say } from "../../core/text/text.ts";
import type { Operator, OperatorChoice } from "../ports.ts";
import { doPage, type WorkPage } from "./work-page.ts";

const PAGE: WorkPage = {
  id: "page",
  text: say`Do this:`,
  steps: ["one", "two", "three"].map((id) => ({ id, text: say`Step ${id}` })),
};

/** Answers in this order, then "done". */
function answering(...answers: string[]): { readonly operator: Operator; readonly asked: OperatorChoice[] } {
  const asked: OperatorChoice[] = [];
  const choose = async (choice: OperatorChoice): Promise<string> => {
    asked.push(choice);
    return answers.shift() ?? "done";
  };
  return { operator: { ...person({}), choose }, asked };
}

const doneBy = async (...answers: string[]): Promise<string[]> => {
  const { operator, asked } = answering(...answers);
  await doPage(operator, PAGE);
  return asked.map(({ id }) => id);
};

test("a page is one question that lists every step", async () => {
  const { operator, asked } = answering("done");
  await doPage(operator, PAGE);
  expect(asked).toHaveLength(1);
  expect(asked[0]!.list).toEqual(PAGE.steps);
});

test("step by step each one is asked for, and back leads to the one before", async () => {
  expect(await doneBy("one-by-one")).toEqual(["page", "one", "two", "three"]);
  expect(await doneBy("one-by-one", "done", "back")).toEqual(["page", "one", "two", "one", "two", "three"]);
});

test("before the first step there is no way back", async () => {
  const { operator, asked } = answering("one-by-one");
  await doPage(operator, PAGE);
  expect(asked.map(({ options }) => options.map(({ id }) => id))).toEqual([
    ["done", "one-by-one"],
    ["done"],
    ["done", "back"],
    ["done", "back"],
  ]);
});
