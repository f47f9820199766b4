import { expect, test } from "vitest";
import { chipPicture, pinWords } from "./chip-picture.ts";

test("the package has 32 pins around it, counted anticlockwise from the dot, and the metal pad below", () => {
  expect(chipPicture([1, 17, 33])).toEqual([
    "       32  31  30  29  28  27  26  25",
    "     +----------------------------------+",
    "[ 1] | o dot                            |  24",
    "  2  |                                  |  23",
    "  3  |                                  |  22",
    "  4  |      [33: metal pad below]       |  21",
    "  5  |                                  |  20",
    "  6  |                                  |  19",
    "  7  |                                  |  18",
    "  8  |                                  | [17]",
    "     +----------------------------------+",
    "        9  10  11  12  13  14  15  16",
  ]);
});

test("the description in words places each pin as the picture does", () => {
  expect([1, 8, 9, 16, 17, 24, 25, 32].map(pinWords)).toEqual([
    "pin 1, 1st from the top on the left side",
    "pin 8, 8th from the top on the left side",
    "pin 9, 1st from the left on the bottom side",
    "pin 16, 8th from the left on the bottom side",
    "pin 17, 1st from the bottom on the right side",
    "pin 24, 8th from the bottom on the right side",
    "pin 25, 1st from the right on the top side",
    "pin 32, 8th from the right on the top side",
  ]);
});
