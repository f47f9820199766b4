import { expect, test } from "vitest";
import { close, guide, person } from "../../../test/support/careful-person.ts";
import { requireClosed } from "./closed-case.ts";
import { hasStayedClosed, plugIntoMains } from "./mains.ts";

test("an old proof counts only where the person says that the case has stayed shut", async () => {
  const proof = await close(person({}));
  expect(await hasStayedClosed(proof, person({}))).toBe(true);
  expect(await hasStayedClosed(proof, person({ "still-closed": "opened" }))).toBe(false);
});

test("the plug goes to mains only behind the proof, and then the person is told how", async () => {
  const operator = person({});
  await plugIntoMains(requireClosed(await close(person({})), guide), operator);
  expect(operator.asked).toEqual(["first-mains"]);
});
