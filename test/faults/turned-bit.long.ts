/** Every bit of every kind of command that a backup sends, the first and the third of each kind. */
import { expect, test } from "vitest";
import { backUpWithTurnedBit } from "./turned-bit.ts";

/** Opcodes of a backup (serial protocol document), and how many of their fields' bytes there are. */
const COMMANDS = [
  ["FLASH_BEGIN", 0x02, 16, [1]],
  ["FLASH_DATA", 0x03, 16, [1, 2]],
  ["FLASH_END", 0x04, 4, [1]],
  ["MEM_BEGIN", 0x05, 16, [1, 2]],
  ["MEM_END", 0x06, 8, [1]],
  ["MEM_DATA", 0x07, 16, [1, 3]],
  ["SYNC", 0x08, 16, [1, 3]],
  ["WRITE_REG", 0x09, 16, [1, 3]],
  ["READ_REG", 0x0a, 4, [1, 3, 20]],
  ["CHANGE_BAUD", 0x0f, 8, [1]],
  ["SPI_FLASH_MD5", 0x13, 16, [1, 3]],
  ["READ_FLASH", 0xd2, 16, [1, 2]],
] as const;

for (const [name, opcode, bytes, numbers] of COMMANDS) {
  test(`${name}: no turned bit changes the flash`, { timeout: 0 }, async () => {
    const broken: string[] = [];
    for (const number of numbers) {
      for (let bit = 0; bit < 8; bit++) {
        const places = ["opcode" as const, ...Array.from({ length: bytes }, (_, field) => ({ field }))];
        for (const where of places) {
          const wrong = await backUpWithTurnedBit({ opcode, number, where, bit });
          if (wrong.length > 0) broken.push(`${number}, ${JSON.stringify(where)}, bit ${bit}: ${wrong.join("; ")}`);
        }
      }
    }
    expect(broken).toEqual([]);
  });
}
