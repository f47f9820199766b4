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
