import { expect, test } from "vitest";
import { backUpWithTurnedBit } from "./turned-bit.ts";

const BITS = [0, 1, 2, 3, 4, 5, 6, 7];

test.each([
  ["FLASH_BEGIN, which proves a rate", 0x02],
  ["READ_FLASH", 0xd2],
  ["SPI_FLASH_MD5", 0x13],
])("no turned bit in the opcode of %s changes the flash", async (_, opcode) => {
  for (const bit of BITS) {
    expect(await backUpWithTurnedBit({ opcode, number: 1, where: "opcode", bit }), `bit ${bit}`).toEqual([]);
  }
});

test("a proof of a rate that becomes a write of many bytes writes none", async () => {
  for (const [field, bit] of [
    [0, 4],
    [1, 4],
    [2, 1],
    [15, 6],
  ] as const) {
    const turned = { opcode: 0x02, number: 1, where: { field }, bit } as const;
    expect(await backUpWithTurnedBit(turned), `bit ${bit} of byte ${field}`).toEqual([]);
  }
});
