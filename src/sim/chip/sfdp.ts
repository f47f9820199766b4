/** The Serial Flash Discoverable Parameters of a part (JEDEC JESD216: header, one basic parameter table of 9 words). */
import { NOR_COMMAND } from "./flash-parts.ts";

const TABLE_OFFSET = 0x30;

/** @param size bytes. Unprogrammed bytes around the table read as FFh, as on the parts. */
export function sfdpTable(size: number): Uint8Array {
  const bytes = new Uint8Array(0x80).fill(0xff);
  const words = new DataView(bytes.buffer);
  bytes.set([0x53, 0x46, 0x44, 0x50, 0x00, 0x01, 0x00, 0xff], 0); // "SFDP", revision 1.0, one parameter header
  bytes.set([0x00, 0x00, 0x01, 9, TABLE_OFFSET, 0x00, 0x00, 0xff], 8); // JEDEC basic table, revision 1.0, 9 words
  // 1: 4K erase supported, 64-byte write granularity, its opcode, dual and quad reads, 3-byte addresses
  words.setUint32(TABLE_OFFSET, 0xfff1_00e5 | (NOR_COMMAND.sectorErase << 8), true);
  words.setUint32(TABLE_OFFSET + 4, size * 8 - 1, true); // 2: density in bits minus one
  words.setUint32(TABLE_OFFSET + 8, 0x6b08_eb44, true); // 3: quad reads: 1-4-4 EBh, 1-1-4 6Bh
  words.setUint32(TABLE_OFFSET + 12, 0xbb42_3b08, true); // 4: dual reads: 1-1-2 3Bh, 1-2-2 BBh
  words.setUint32(TABLE_OFFSET + 16, 0xffff_ffee, true); // 5: no 2-2-2, no 4-4-4
  words.setUint32(TABLE_OFFSET + 20, 0xff00_ffff, true);
  words.setUint32(TABLE_OFFSET + 24, 0xff00_ffff, true);
  // 8, 9: erase sizes as powers of two with their opcodes: 4K, 32K, 64K
  words.setUint32(
    TABLE_OFFSET + 28,
    0x0c | (NOR_COMMAND.sectorErase << 8) | (0x0f << 16) | (NOR_COMMAND.block32Erase << 24),
    true,
  );
  words.setUint32(TABLE_OFFSET + 32, (0x10 | (NOR_COMMAND.block64Erase << 8) | (0xff << 24)) >>> 0, true);
  return bytes;
}
