import { expect, test } from "vitest";
import { close, guide, person } from "../../../test/support/careful-person.ts";
import { requireClosed } from "./closed-case.ts";
import { hasStayedClosed, plugIntoMains } from "./mains.ts";

test("an old proof counts only if the person confirms that the case stayed closed", async () => {
  const proof = await close(person({}));
  expect(await hasStayedClosed(proof, person({}))).toBe(true);
  expect(await hasStayedClosed(proof, person({ "still-closed": "opened" }))).toBe(false);
});

test("the instruction to plug into mains is given only with a proof", async () => {
  const operator = person({});
  await plugIntoMains(requireClosed(await close(person({})), guide), operator);
  expect(operator.asked).toEqual(["first-mains"]);
});

test("the question about an old proof names its day, and only the first of its answers trusts it", async () => {
  const proof = { ...(await close(person({}))), closedAt: "2026-01-02T03:04:05.000Z" };
  const asked: string[] = [];
  const operator = person({});
  const asking = {
    ...operator,
    choose: (question: Parameters<typeof operator.choose>[0]) => {
      asked.push(String(question.text), ...question.options.map(({ id }) => id));
      return Promise.resolve(question.options[0]!.id);
    },
  } as typeof operator;
  expect(await hasStayedClosed(proof, asking)).toBe(true);
  expect(asked[0]).toContain("completed on 2026-01-02. Has");
  expect(asked.slice(1)).toEqual(["closed", "opened"]);
});
