import { expect, test } from "vitest";
import { CLOSED_AT, close, guide, person, unsafe } from "../../../test/support/careful-person.ts";
import { closingOnRecord, requireClosed } from "./closed-case.ts";
import { plugIntoMains } from "./mains.ts";

const items = guide.closing.map(({ id }) => id);

test("no step may use mains without a complete proof that the case is closed", async () => {
  expect(() => requireClosed(undefined, guide)).toThrowError(unsafe);
  const proof = await close(person({}));
  for (const { id } of guide.closing) {
    const holed = {
      ...proof,
      confirmed: proof.confirmed.filter((done) => done !== id),
      measured: proof.measured.filter((done) => done.id !== id),
    };
    expect(() => requireClosed(holed, guide), id).toThrowError(unsafe);
  }
});

test("a proof with a measurement outside the guide's limits is refused", async () => {
  const proof = await close(person({}));
  const measured = proof.measured.map((item) => (item.id === "earth-resistance" ? { ...item, value: 0.5 } : item));
  expect(() => requireClosed({ ...proof, measured }, guide)).toThrowError(unsafe);
});

test("a refusal counts the missing checks and names the first three", async () => {
  const count = guide.closing.length;
  expect(() => requireClosed(undefined, guide)).toThrowError(
    expect.objectContaining({
      message: `The plug must not be connected to mains: ${count} of ${count} closing checks are not done (${items.slice(0, 3).join(", ")}, …).`,
    }),
  );
  const proof = await close(person({}));
  const holed = { ...proof, confirmed: proof.confirmed.filter((id) => id !== "screws" && id !== "glued") };
  expect(() => requireClosed(holed, guide)).toThrowError(
    expect.objectContaining({
      message: expect.stringContaining("2 of 13 closing checks are not done (screws, glued)."),
    }),
  );
});

test("a closing list does not count while wires are on record", async () => {
  const complete = await close(person({}));
  const wires = { since: "2026-11-22T11:00:00.000Z", where: undefined, reopened: true };
  expect(() => requireClosed(complete, guide, wires)).toThrowError(unsafe);
  expect(requireClosed(complete, guide).record).toBe(complete);
});

test("neither a record nor an object of the same shape is accepted as a proof", async () => {
  const record = await close(person({}));
  const operator = person({});
  // @ts-expect-error What the journal holds has not been compared with the guide.
  await plugIntoMains(record, operator);
  // @ts-expect-error The proof's private field cannot be written down.
  await plugIntoMains({ record }, operator);
  await plugIntoMains(requireClosed(record, guide), operator);
  expect(operator.asked).toEqual(["first-mains", "first-mains", "first-mains"]);
});

test("a step record without a time holds no closing list, and missing items count as not checked", () => {
  expect(closingOnRecord(undefined)).toBeUndefined();
  expect(closingOnRecord({ confirmed: items })).toBeUndefined();
  const record = closingOnRecord({ closedAt: CLOSED_AT });
  expect(record).toEqual({ closedAt: CLOSED_AT, confirmed: [], measured: [] });
  expect(() => requireClosed(record, guide)).toThrowError(unsafe);
});
