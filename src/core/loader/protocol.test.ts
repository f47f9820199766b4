import { ESPLoader } from "esptool-js";
import { expect, test } from "vitest";
import { toHex } from "../bytes.ts";
import {
  blocksOf,
  COMMANDS,
  type CommandName,
  dataFields,
  encodeCommand,
  encodeReadAck,
  isGoodReply,
  isReadAck,
  padToWord,
  parseReply,
  type Reply,
  refusalText,
  STUB_GREETING,
} from "./protocol.ts";
import { ROM_ERROR_DAMAGED, ROM_ERRORS, STUB_DAMAGED_FRAME, STUB_ERRORS } from "./tables.ts";

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

/** Espressif, "Serial Protocol" (esptool documentation), "Supported by ... Loader": the input data of each command. */
const FRAMES: readonly (readonly [title: string, frame: Uint8Array, hex: string])[] = [
  [
    "FLASH_BEGIN: size to erase, number of packets, size of a packet, offset",
    encodeCommand("flashBegin", { size: 1, blocks: 2, blockSize: 3, at: 4 }),
    "0002100000000000 01000000020000000300000004000000",
  ],
  [
    "FLASH_DATA: size of the data, sequence number, two zeros, data",
    encodeCommand("flashData", dataFields(Uint8Array.of(0xaa), 2), Uint8Array.of(0xaa)),
    "0003110045000000 01000000020000000000000000000000 aa",
  ],
  ["FLASH_END: 1 to stay in the loader", encodeCommand("flashEnd", { stay: 1 }), "0004040000000000 01000000"],
  [
    "MEM_BEGIN: total size, number of packets, size of a packet, offset",
    encodeCommand("memBegin", { size: 1, blocks: 2, blockSize: 3, at: 0x4010e000 }),
    "0005100000000000 010000000200000003000000 00e01040",
  ],
  [
    "MEM_END: stay flag, entry point",
    encodeCommand("memEnd", { stay: 0, entry: 0x4010e004 }),
    "0006080000000000 0000000004e01040",
  ],
  [
    "WRITE_REG: address, value, mask, delay in microseconds",
    encodeCommand("writeReg", { address: 0x60000200, value: 2, mask: 0xffffffff, delayUs: 4 }),
    "0009100000000000 0002006002000000ffffffff04000000",
  ],
  ["READ_REG: address", encodeCommand("readReg", { address: 0x3ff00050 }), "000a040000000000 5000f03f"],
  [
    "CHANGE_BAUDRATE: new rate, old rate",
    encodeCommand("changeBaud", { baud: 460800, old: 115200 }),
    "000f080000000000 0008070000c20100",
  ],
  [
    "FLASH_DEFL_BEGIN: uncompressed size, number of packets, size of a packet, offset",
    encodeCommand("deflBegin", { size: 1, blocks: 2, blockSize: 3, at: 4 }),
    "0010100000000000 01000000020000000300000004000000",
  ],
  [
    "FLASH_DEFL_DATA: size of the data, sequence number, two zeros, data",
    encodeCommand("deflData", dataFields(Uint8Array.of(0x01, 0x02), 7), Uint8Array.of(0x01, 0x02)),
    "00111200ec000000 02000000070000000000000000000000 0102",
  ],
  ["FLASH_DEFL_END: 1 to stay in the loader", encodeCommand("deflEnd", { stay: 1 }), "0012040000000000 01000000"],
  [
    "SPI_FLASH_MD5: offset, size, two zeros",
    encodeCommand("flashMd5", { at: 1, length: 2, reserved0: 0, reserved1: 0 }),
    "0013100000000000 01000000020000000000000000000000",
  ],
  ["ERASE_FLASH: nothing", encodeCommand("eraseFlash", {}), "00d0000000000000"],
  [
    "ERASE_REGION: offset, size",
    encodeCommand("eraseRegion", { at: 1, length: 2 }),
    "00d1080000000000 0100000002000000",
  ],
  [
    "READ_FLASH: offset, length, size of a packet, most packets in flight",
    encodeCommand("readFlash", { at: 1, length: 2, packet: 3, inFlight: 4 }),
    "00d2100000000000 01000000020000000300000004000000",
  ],
  ["RUN_USER_CODE: nothing", encodeCommand("runUserCode", {}), "00d3000000000000"],
];

test.each(FRAMES)("the payload of %s", (_title, frame, hex) => {
  expect(toHex(frame)).toBe(hex.replaceAll(" ", ""));
});

test("opcodes are those of Espressif's esptool-js", () => {
  const theirs = new ESPLoader({
    transport: { trace: () => undefined, getInfo: () => "" } as never,
    baudrate: 115200,
    terminal: { clean: () => undefined, write: () => undefined, writeLine: () => undefined },
  });
  const opcodes: Partial<Record<CommandName, number>> = {
    flashBegin: theirs.ESP_FLASH_BEGIN,
    flashData: theirs.ESP_FLASH_DATA,
    flashEnd: theirs.ESP_FLASH_END,
    memBegin: theirs.ESP_MEM_BEGIN,
    memEnd: theirs.ESP_MEM_END,
    memData: theirs.ESP_MEM_DATA,
    writeReg: theirs.ESP_WRITE_REG,
    readReg: theirs.ESP_READ_REG,
    changeBaud: theirs.ESP_CHANGE_BAUDRATE,
    deflBegin: theirs.ESP_FLASH_DEFL_BEGIN,
    deflData: theirs.ESP_FLASH_DEFL_DATA,
    deflEnd: theirs.ESP_FLASH_DEFL_END,
    flashMd5: theirs.ESP_SPI_FLASH_MD5,
    eraseFlash: theirs.ESP_ERASE_FLASH,
    eraseRegion: theirs.ESP_ERASE_REGION,
    readFlash: theirs.ESP_READ_FLASH,
    runUserCode: theirs.ESP_RUN_USER_CODE,
  };
  for (const [name, opcode] of Object.entries(opcodes)) expect(COMMANDS[name as CommandName].opcode, name).toBe(opcode);
  // The one that esptool-js writes as a literal.
  expect(COMMANDS.sync.opcode).toBe(0x08);
});

/** A reply to a command with so many bytes before its status. */
function reply(opcode: number, body: number, status: number): Reply {
  const frame = Uint8Array.of(1, opcode, body + 2, 0, 0, 0, 0, 0, ...new Uint8Array(body), status, 0);
  return parseReply(frame)!;
}

/** Only the MD5 of a region comes with data: 16 raw bytes from the stub. */
const replyBody = (name: CommandName): number => (name === "flashMd5" ? 16 : 0);

test.each(Object.keys(COMMANDS) as CommandName[])(
  "a good reply to %s has its opcode, status 0 and a body of its length",
  (name) => {
    const { opcode } = COMMANDS[name];
    const body = replyBody(name);
    expect(isGoodReply(name, reply(opcode, body, 0))).toBe(true);
    expect(isGoodReply(name, reply(opcode ^ 0x40, body, 0))).toBe(false);
    expect(isGoodReply(name, reply(opcode, body, 1))).toBe(false);
    expect(isGoodReply(name, reply(opcode, body + 1, 0))).toBe(false);
  },
);

test("a reply is its opcode, its value, its body and two bytes of status", () => {
  const frame = Uint8Array.of(1, 0x13, 5, 0, 0x01, 0xc1, 0xf0, 0xff, 0xaa, 0xbb, 0xcc, 3, 4);
  expect(parseReply(frame)).toEqual({
    opcode: 0x13,
    value: 0xfff0c101,
    body: Uint8Array.of(0xaa, 0xbb, 0xcc),
    status: 3,
    reason: 4,
  });
});

test("a reply without its two bytes of status is none", () => {
  expect(parseReply(Uint8Array.of(1, 0x0a, 1, 0, 0, 0, 0, 0, 0))).toBeUndefined();
  expect(parseReply(Uint8Array.of(1, 0x0a, 0, 0, 0, 0, 0, 0))).toBeUndefined();
});

test.each(Object.entries(ROM_ERRORS))("reason %s of the ROM is told in words", (reason, text) => {
  expect(text).not.toBe("");
  expect(refusalText({ ...reply(3, 0, 1), reason: Number(reason) })).toBe(text);
});

test.each(Object.entries(STUB_ERRORS))("status %s of the stub is told in words", (status, text) => {
  expect(text).not.toBe("");
  expect(refusalText(reply(3, 0, Number(status)))).toBe(text);
});

test("a refusal that no document lists is told by its numbers", () => {
  expect(refusalText({ ...reply(3, 0, 1), reason: 0x42 })).toBe("status 1, reason 66");
});

test("damage on the way is 0x07 from the ROM, 0xC0 (length) and 0xC1 (checksum) from the stub", () => {
  // Espressif, "Serial Protocol": "Error codes" of the ROM loader and of the stub loader.
  expect(ROM_ERROR_DAMAGED).toBe(0x07);
  expect([...STUB_DAMAGED_FRAME]).toEqual([0xc0, 0xc1]);
});

test("packets of flash are acknowledged by the total received so far, as one little-endian word", () => {
  expect(encodeReadAck(0x01020304)).toEqual(Uint8Array.of(4, 3, 2, 1));
  expect([3, 4, 5, 8].map((length) => isReadAck(new Uint8Array(length)))).toEqual([false, true, false, false]);
});

test("a stub that started says OHAI", () => {
  expect(new TextDecoder().decode(STUB_GREETING)).toBe("OHAI");
});

test("data is cut into blocks, the last one as long as what is left", () => {
  const cut = (length: number): number[][] =>
    [
      ...blocksOf(
        Uint8Array.from({ length }, (_, i) => i),
        3,
      ),
    ].map((block) => [...block]);
  expect(cut(7)).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
  expect(cut(3)).toEqual([[0, 1, 2]]);
  expect(cut(0)).toEqual([]);
});

test("data for RAM is padded with zeros to whole words", () => {
  expect(padToWord(Uint8Array.of(1, 2, 3, 4, 5))).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 0, 0, 0));
  expect(padToWord(Uint8Array.of(1, 2, 3))).toEqual(Uint8Array.of(1, 2, 3, 0));
  const whole = Uint8Array.of(1, 2, 3, 4);
  expect(padToWord(whole)).toBe(whole);
});
