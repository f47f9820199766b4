import { expect, test } from "vitest";
import { chipPicture, pinWords } from "./chip-picture.ts";

test("the package has 32 pins around it, counted anticlockwise from the dot, and the metal pad below", () => {
  expect(chipPicture([1, 17, 33], String)).toEqual([
    "       32  31  30  29  28  27  26  25",
    "     +----------------------------------+",
    "[ 1] | o dot                            |  24",
    "  2  |                                  |  23",
    "  3  |                                  |  22",
    "  4  |    [33: metal pad underneath]    |  21",
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
    "pin 1 (left side, number 1 from the top)",
    "pin 8 (left side, number 8 from the top)",
    "pin 9 (bottom side, number 1 from the left)",
    "pin 16 (bottom side, number 8 from the left)",
    "pin 17 (right side, number 1 from the bottom)",
    "pin 24 (right side, number 8 from the bottom)",
    "pin 25 (top side, number 1 from the right)",
    "pin 32 (top side, number 8 from the right)",
  ]);
});
