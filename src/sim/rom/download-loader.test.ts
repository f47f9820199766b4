/** Byte-exact vectors: what the mask ROM of an ESP8266 sent when it was run with the same input. */
import { expect, test } from "vitest";
import {
  checksum,
  chipRig,
  connectedRig,
  exchange,
  packet,
  SYNC,
  slip,
  words,
} from "../../../test/support/chip-rig.ts";

const DATA = [0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff];
const SYNC_REPLY = "c001080200070712200000c0";

test("the first SYNC is eaten by the baud measurement, the second is answered eight times", () => {
  const rig = chipRig({ gpio0: 0 });
  rig.pass(50);
  rig.take();
  expect(exchange(rig, SYNC)).toBe("");
  expect(exchange(rig, SYNC)).toBe(SYNC_REPLY.repeat(8));
  expect(rig.chip.bus.read32(0x60000014)).toBe(451);
});

test("replies repeat the last value, unknown commands the last op, and after SYNC they come eight times", () => {
  const rig = connectedRig();
  const steps: [string, number[], string][] = [
    ["read the magic", packet(10, words(0x40001000)), "c0010a020001c1f0ff0000c0"],
    ["read an efuse", packet(10, words(0x3ff00050)), "c0010a0200100000120000c0"],
    ["read without an address", packet(10, []), "c0010a0200100000120000c0"],
    ["write a register", packet(9, words(0x3ffe8000, 0x12345678, 0xffffffff, 0)), "c001090200100000120000c0"],
    ["read it", packet(10, words(0x3ffe8000)), "c0010a0200785634120000c0"],
    ["write under a mask", packet(9, words(0x3ffe8000, 0xaabbccdd, 0xff, 1000)), "c001090200785634120000c0"],
    ["read it", packet(10, words(0x3ffe8000)), "c0010a0200dd5634120000c0"],
    ["write without mask and delay: nothing", packet(9, words(0x3ffe8000, 5)), "c001090200dd5634120000c0"],
    ["read it", packet(10, words(0x3ffe8000)), "c0010a0200dd5634120000c0"],
    ["13h", packet(0x13, words(0, 0)), "c0010a0200dd5634120105c0"],
    ["0Bh, which the ROM knows, malformed", packet(0x0b, words(0, 0)), "c0010b0200dd5634120105c0"],
    ["14h", packet(0x14, words(0, 0)), "c0010b0200dd5634120105c0"],
    ["sync", SYNC, SYNC_REPLY.repeat(8)],
    ["14h after sync", packet(0x14, []), "c001080200070712200105c0".repeat(8)],
    ["garbage", slip([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), "c001080200070712200105c0".repeat(8)],
    [
      "a reply instead of a request",
      slip([1, 10, 4, 0, 0, 0, 0, 0, 0, 16, 0, 64]),
      "c001080200070712200105c0".repeat(8),
    ],
    ["read the magic", packet(10, words(0x40001000)), "c0010a020001c1f0ff0000c0"],
    ["three bytes, completed by the packet before", slip([0, 10, 4]), "c0010a020001c1f0ff0000c0"],
    ["two bytes", slip([0, 9]), "c00109020001c1f0ff0000c0"],
  ];
  for (const [name, sent, reply] of steps) expect(exchange(rig, sent), name).toBe(reply);
});

test("a RAM download fails for good at its first error, until it is started again", () => {
  const rig = connectedRig();
  const block = (sequence: number, sum = checksum(DATA)): number[] =>
    packet(7, [...words(16, sequence, 0, 0), ...DATA], sum);
  const begin = packet(5, words(16, 1, 16, 0x3ffe8000));
  const steps: [number[], string][] = [
    [block(0), "c001070200070712200105c0"],
    [begin, "c001050200070712200005c0"],
    [block(0, 0), "c001070200070712200107c0"],
    [block(5), "c001070200070712200105c0"],
    [block(0), "c001070200070712200105c0"],
    [begin, "c001050200070712200005c0"],
    [block(0), "c001070200070712200005c0"],
    [block(0), "c001070200070712200105c0"],
    [packet(10, words(0x3ffe8000)), "c0010a0200001122330000c0"],
    [packet(6, words(1, 0)), "c001060200001122330000c0"],
    [SYNC, SYNC_REPLY.repeat(8)],
    [packet(5, words(0x4000, 1, 0x4000, 0x3ffe8000)), "c001050200070712200105c0"],
    [packet(5, words(0x1800, 1, 0x1800, 0x3ffe8000)), "c001050200070712200005c0"],
    [packet(5, words(0x10, 1)), "c001050200070712200105c0"],
  ];
  for (const [sent, reply] of steps) expect(exchange(rig, sent)).toBe(reply);
});

test.each([
  [0x1000, 0, 2, 0],
  [0x4000, 0, 8, 0],
  [0x10000, 0, 32, 0],
  [0x20000, 0, 32, 1],
  [0x77190, 0, 24, 7],
  [0x8000, 0xc000, 12, 0],
  [0x4000, 0xe000, 6, 0],
])("FLASH_BEGIN for %i bytes at %i erases %i sectors and %i blocks", (size, offset, sectors, blocks) => {
  const rig = connectedRig({ flash: { contents: new Uint8Array(0x100000) } });
  expect(exchange(rig, packet(2, words(size, size / 0x400, 0x400, offset)), 8000)).toBe("c001020200070712200000c0");
  expect(rig.flash.statistics).toMatchObject({ sectorErases: sectors, block64Erases: blocks, statusWrites: 3 });
});

test("FLASH_DATA is programmed in pieces of 32 bytes and read back", () => {
  const rig = connectedRig();
  const block = Array.from({ length: 0x400 }, (_, i) => (i * 7) & 0xff);
  const data = (sequence: number, sum = checksum(block)) => packet(3, [...words(0x400, sequence, 0, 0), ...block], sum);
  expect(exchange(rig, packet(2, words(0x1000, 4, 0x400, 0)), 400)).toBe("c001020200070712200000c0");
  expect(exchange(rig, data(0), 300)).toBe("c001030200070712200000c0");
  expect(rig.flash.statistics.pagePrograms).toBe(32);
  expect([...rig.chip.flash.subarray(0, 0x400)]).toEqual(block);
  expect(exchange(rig, data(2), 300)).toBe("c001030200070712200105c0");
  expect(exchange(rig, data(1, 0), 300)).toBe("c001030200070712200107c0");
  expect(exchange(rig, packet(4, words(1)), 100)).toMatch(/^c001040200070712200106c0/);
});

test("programming what was not erased fails the read-back with error 08", () => {
  const rig = connectedRig();
  exchange(rig, packet(2, words(0x400, 1, 0x400, 0)), 400);
  rig.flash.memory.fill(0, 0, 0x400);
  const block = new Array<number>(0x400).fill(0x5a);
  block[0] = 1; // an even number of equal bytes has the same checksum whatever they are
  expect(exchange(rig, packet(3, [...words(0x400, 0, 0, 0), ...block], checksum(block)), 300)).toBe(
    "c001030200070712200108c0",
  );
});

test("leaving by FLASH_END with nothing started boots the flash although GPIO0 is still low", () => {
  const rig = connectedRig();
  exchange(rig, packet(2, words(0, 0, 0x400, 0)));
  rig.send(packet(4, words(0)));
  rig.pass(100);
  expect(rig.text()).toBe("\xc0\x01\x04\x02\x00\x07\x07\x12\x20\x00\x00\xc0ets_main.c ");
});

test("a line up to 2 Mbaud is kept up with; at 2.5 Mbaud bytes are lost and the checksum fails", () => {
  const block = Array.from({ length: 0x1000 }, (_, i) => (i * 13) & 0xff);
  const download = (baud: number): string => {
    const rig = connectedRig({ baud });
    exchange(rig, packet(5, words(0x1000, 1, 0x1000, 0x3ffe8000)));
    return exchange(rig, packet(7, [...words(0x1000, 0, 0, 0), ...block], checksum(block)), 600);
  };
  expect(download(2_000_000)).toBe("c001070200070712200000c0");
  expect(download(2_500_000)).toBe("c001070200070712200107c0");
});
