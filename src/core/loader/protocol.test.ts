import { expect, test } from "vitest";
import { toHex } from "../bytes.ts";
import { dataFields, encodeCommand, parseReply, refusalText } from "./protocol.ts";

test("SYNC is the 36 bytes that Espressif's protocol document gives", () => {
  expect(toHex(encodeCommand("sync", {}))).toBe(`0008240000000000${"07071220"}${"55".repeat(32)}`);
});

test("words of a command are little-endian and in the document's order", () => {
  const frame = encodeCommand("flashBegin", { size: 0x10000, blocks: 64, blockSize: 0x400, at: 0x1000 });
  expect(toHex(frame)).toBe("00021000000000000000010040000000" + "0004000000100000");
});

test("the checksum of a data command covers the data alone, seeded with EF", () => {
  const data = Uint8Array.of(1, 2, 4);
  const frame = encodeCommand("memData", dataFields(data, 5), data);
  expect(toHex(frame.subarray(0, 8))).toBe("00071300e8000000");
  expect(toHex(frame.subarray(8))).toBe("03000000050000000000000000000000" + "010204");
});

test("a refusal is told in words, the ROM's by its second byte and the stub's by its first", () => {
  const rom = parseReply(Uint8Array.of(1, 3, 2, 0, 0, 0, 0, 0, 1, 7))!;
  const stub = parseReply(Uint8Array.of(1, 3, 2, 0, 0, 0, 0, 0, 0xc1, 0))!;
  expect(refusalText(rom)).toContain("checksum");
  expect(refusalText(stub)).toContain("checksum");
});
