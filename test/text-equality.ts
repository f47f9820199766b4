/** A sentence for a person equals its English: tests compare what JSON, journals and programs see. */
import { expect } from "vitest";
import { Text } from "../src/core/text/text.ts";

expect.addEqualityTesters([
  (left: unknown, right: unknown): boolean | undefined => {
    if (left instanceof Text && typeof right === "string") return left.toString() === right;
    if (right instanceof Text && typeof left === "string") return right.toString() === left;
    return undefined;
  },
]);
