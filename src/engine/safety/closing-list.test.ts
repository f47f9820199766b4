import { expect, test } from "vitest";
import { CLOSED_AT, close, guide, person, texts, unsafe } from "../../../test/support/careful-person.ts";
import { closeCase } from "./closing-list.ts";

const items = guide.closing.map(({ id }) => id);

test("completing every item in order allows mains", async () => {
  const operator = person({});
  const closed = await closeCase(guide, texts, operator, CLOSED_AT);
  expect(operator.asked.filter((id) => items.includes(id))).toEqual(items);
  expect(closed.record.measured.find(({ id }) => id === "earth-resistance")).toMatchObject({
    value: 0.08,
    leads: 0,
    limit: "at most 0.3 Ω",
  });
});

test.each(guide.closing.filter((item) => "confirm" in item).map(({ id }) => id))(
  "answering no to %s stops the closing list there",
  async (id) => {
    const operator = person({ [id]: "no" });
    await expect(close(operator)).rejects.toThrowError(unsafe);
    expect(operator.asked.at(-1)).toBe(id);
  },
);

test("a proof records when the case was closed, with its confirmations and measurements", async () => {
  const proof = await close(person({}));
  expect(proof.closedAt).toBe("2026-11-22T10:00:00Z");
  expect(proof.confirmed).toEqual(guide.closing.flatMap((item) => ("confirm" in item ? [item.id] : [])));
  expect(proof.measured.map(({ id }) => id)).toEqual(
    guide.closing.flatMap((item) => ("measure" in item ? [item.id] : [])),
  );
});
