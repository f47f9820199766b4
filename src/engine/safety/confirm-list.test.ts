import { expect, test } from "vitest";
import { person } from "../../../test/support/careful-person.ts";
import { PlugsmithError } from "../../core/errors.ts";
import type { ChecklistAnswer } from "../../core/reading/typed-checklist.ts";
import { say } from "../../core/text/text.ts";
import type { OperatorChecklist } from "../ports.ts";
import { confirmList, type ItemToConfirm } from "./confirm-list.ts";

const ITEMS: readonly ItemToConfirm[] = [
  { id: "a", text: say`A is so.`, advice: say`Make A so.` },
  { id: "b", text: say`B is so.` },
  { id: "c", text: say`C is so.`, advice: say`Make C so.` },
];

/** Answers in this order. Returns what was asked, what was confirmed in which order, and how it ended. */
async function run(...answers: ChecklistAnswer[]) {
  const asked: OperatorChecklist[] = [];
  const confirmed: string[] = [];
  const check = async (list: OperatorChecklist): Promise<ChecklistAnswer> => {
    asked.push(list);
    return answers.shift()!;
  };
  const ended = await confirmList(
    { id: "list", text: say`Which?`, items: ITEMS },
    {
      operator: { ...person({}), check },
      confirmed: async (id) => void confirmed.push(id),
      refusal: ({ id }) => new PlugsmithError("unsafe", { message: say`${id} is open` }),
    },
  ).catch((error: Error) => error.message);
  return { lists: asked.map(({ items }) => items.map(({ id }) => id).join("")), asked, confirmed, ended };
}

test("all confirmed at once is one question", async () => {
  const { lists, confirmed, ended } = await run({ confirmed: ["a", "b", "c"] });
  expect(lists).toEqual(["abc"]);
  expect(confirmed).toEqual(["a", "b", "c"]);
  expect(ended).toBeUndefined();
});

test("what is open is asked for again alone, with what to do about it, until it is confirmed", async () => {
  const { lists, asked, confirmed } = await run(
    { confirmed: ["b"] },
    { confirmed: [] },
    { confirmed: ["c"] },
    { confirmed: ["a"] },
  );
  expect(lists).toEqual(["abc", "ac", "ac", "a"]);
  expect(confirmed).toEqual(["b", "c", "a"]);
  expect(asked[1]!.text).toMatch(/^Make A so\. Make C so\. plugsmith waits here/);
  expect(asked[3]!.text).toMatch(/^Make A so\. plugsmith waits/);
});

test("stopping refuses the first item that is open, after what is true was put on record", async () => {
  const { confirmed, ended } = await run({ confirmed: ["a"], stop: true });
  expect(confirmed).toEqual(["a"]);
  expect(ended).toBe("b is open");
});

test("an item that is not in the list confirms nothing", async () => {
  expect((await run({ confirmed: ["x"], stop: true })).ended).toBe("a is open");
});
