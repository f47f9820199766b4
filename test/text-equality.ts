/** A sentence for a person compares as its English: tests state what JSON, journals and programs see. */
import { chai, expect } from "vitest";
import { Text } from "../src/core/text/text.ts";

const inEnglish = (value: unknown): unknown => (value instanceof Text ? value.toString() : value);

expect.addEqualityTesters([
  (left: unknown, right: unknown): boolean | undefined => {
    if (left instanceof Text && typeof right === "string") return left.toString() === right;
    if (right instanceof Text && typeof left === "string") return right.toString() === left;
    return undefined;
  },
]);

// These compare by identity, and know a string only by its type.
chai.use(({ Assertion }, utils) => {
  for (const name of ["toBe", "toContain", "toMatch"]) {
    utils.overwriteMethod(
      Assertion.prototype,
      name,
      (original: (item: unknown) => unknown) =>
        function (this: Chai.AssertionStatic, item: unknown): unknown {
          const actual: unknown = utils.flag(this, "object");
          if (!(item instanceof Text)) {
            const plain = Array.isArray(actual) && name === "toContain" ? actual.map(inEnglish) : inEnglish(actual);
            utils.flag(this, "object", plain);
          }
          return original.call(this, item);
        },
    );
  }
});
