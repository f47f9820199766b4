/** What holds for every gate between wires and mains. */
import { describe, expect, test } from "vitest";
import { CLOSED_AT, close, guide, person, texts, unsafe } from "../../../test/support/careful-person.ts";
import type { Operator } from "../ports.ts";
import { checkBeforePower } from "./before-power.ts";
import { requireClosed } from "./closed-case.ts";
import { closeCase } from "./closing-list.ts";
import { hasStayedClosed, plugIntoMains } from "./mains.ts";
import { requireUnplugged } from "./unplugged.ts";

const before = (operator: Operator, what: "adapter" | "board") => checkBeforePower(guide, texts, operator, what);

test.each([0, 1, 7, 230, 1e6])(
  "anyone who says yes to everything and reads %d everywhere never gets a proof, nor power on the board",
  async (value) => {
    const everything = Object.fromEntries(
      [...guide.closing, ...guide.beforePower].map(({ id }): [string, number[]] => [id, [value]]),
    );
    await expect(close(person(everything))).rejects.toThrowError(unsafe);
    await expect(before(person(everything), "adapter")).rejects.toThrowError(unsafe);
  },
);

const WIRES = { since: "2026-11-21T09:30:00.000Z", where: "FTDI FT232R", reopened: false };

const { signal } = new AbortController();

describe("only the word for it counts: whatever else is answered", () => {
  test.each(["no", "perhaps", ""])(
    "the answer %j to the question about the socket does not allow work on the wires",
    async (answer) => {
      const operator = person({ "away-from-mains": answer });
      await expect(requireUnplugged(operator, "wire it")).rejects.toMatchObject({
        code: "unsafe",
        step: "wire it",
        plugState: "untouched",
        nextStep: expect.stringContaining("switch off the mains first"),
      });
    },
  );

  test.each(["opened", "yes", ""])(
    "the answer %j to the question about the closed case repeats the closing list",
    async (answer) => {
      expect(await hasStayedClosed(await close(person({})), person({ "still-closed": answer }))).toBe(false);
    },
  );

  test.each(["no", "perhaps", ""])(
    "the answer %j to an item of the closing list does not close the case",
    async (answer) => {
      await expect(close(person({ screws: answer }))).rejects.toMatchObject({
        code: "unsafe",
        message: `Not confirmed: ${texts["screws"]}`,
        step: "close-case",
        plugState: expect.stringContaining("do not plug it into mains"),
      });
    },
  );
});

test("wires on record are named wherever they are the reason: before work, in the first item, in a refusal", async () => {
  const named = "Wires were attached to this plug's board on 2026-11-21 at 09:30 UTC (FTDI FT232R)";
  const before = person({});
  await requireUnplugged(before, "wire it", undefined, WIRES);
  await requireUnplugged(before, "wire it");
  expect(before.choices.map((text) => text.startsWith(named))).toEqual([true, false]);
  const closing = person({});
  await closeCase(guide, texts, closing, CLOSED_AT, undefined, WIRES);
  const confirmed = closing.choices.filter((text) => !text.startsWith("Which unit"));
  expect(confirmed.map((text) => text.startsWith(named))).toEqual(confirmed.map((_, i) => i === 0));
  expect(confirmed[0]).toContain(texts["wires-removed"]);
  const refusal = expect.objectContaining({ message: expect.stringContaining(named) });
  expect(() => requireClosed(undefined, guide, WIRES)).toThrowError(refusal);
});

test.each<readonly [string, (operator: Operator) => Promise<unknown>]>([
  ["before work", (operator) => requireUnplugged(operator, "wire it", signal)],
  ["before power", (operator) => checkBeforePower(guide, texts, operator, "adapter", signal)],
  ["of the closing list", (operator) => closeCase(guide, texts, operator, CLOSED_AT, signal)],
  ["about the shut case", async (operator) => hasStayedClosed(await close(person({})), operator, signal)],
  ["before mains", async (operator) => plugIntoMains(requireClosed(await close(person({})), guide), operator, signal)],
])("an abort reaches the questions %s", async (_, ask) => {
  const operator = person({});
  await ask(operator);
  expect([...operator.signals]).toEqual([signal]);
});
