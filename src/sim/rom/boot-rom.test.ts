/** Boot texts: what the mask ROM of an ESP8266 printed when it was run with the same straps, causes and images. */
import { expect, test } from "vitest";
import {
  checksum,
  chipRig,
  connectedRig,
  exchange,
  packet,
  type Rig,
  SYNC,
  words,
} from "../../../test/support/chip-rig.ts";

interface Segment {
  readonly address: number;
  readonly bytes: readonly number[];
}

function image(segments: readonly Segment[], options: { entry?: number; badChecksum?: boolean } = {}): Uint8Array {
  const out = [0xe9, segments.length, 0, 0x20, ...words(options.entry ?? 0x40100000)];
  let sum = 0xef;
  for (const { address, bytes } of segments) {
    out.push(...words(address, bytes.length), ...bytes);
    for (const byte of bytes) sum ^= byte;
  }
  while (out.length % 16 !== 15) out.push(0);
  out.push(options.badChecksum === true ? sum ^ 1 : sum);
  return Uint8Array.from(out);
}

const fill = (length: number, value = 0): number[] => new Array<number>(length).fill(value);
/** J to itself. */
const LOOP = [0x06, 0xff, 0xff, 0x00];

function straps(rig: Rig, gpio15: 0 | 1, gpio0: 0 | 1, gpio2: 0 | 1): string {
  rig.chip.setPower(false);
  rig.take();
  rig.chip.holdPin(15, gpio15);
  rig.chip.holdPin(0, gpio0);
  rig.chip.holdPin(2, gpio2);
  rig.chip.setPower(true);
  rig.pass(100);
  return rig.text();
}

test("the straps decide the mode that is printed; with GPIO15 high the chip waits for a host on SDIO", () => {
  const rig = chipRig({ flash: { contents: new Uint8Array(16) } });
  const head = (mode: number) => `\r\n ets Jan  8 2013,rst cause:1, boot mode:(${mode},6)\r\n\r\n`;
  expect(straps(rig, 0, 0, 0)).toBe(head(0));
  expect(straps(rig, 0, 0, 1)).toBe(head(1));
  expect(straps(rig, 0, 1, 0).startsWith(head(2))).toBe(true);
  expect(straps(rig, 0, 1, 1)).toBe(`${head(3)}ets_main.c `);
  for (const gpio0 of [0, 1] as const)
    for (const gpio2 of [0, 1] as const)
      expect(straps(rig, 1, gpio0, gpio2)).toBe(`${head(4 + 2 * gpio0 + gpio2)}waiting for host\r\n`);
});

test.each([
  [0, 0, "boot mode:(1,6)\r\n\r\nunknown reset\r\n"],
  [0, 1, "boot mode:(3,6)\r\n\r\nunknown reset\r\nets_main.c "],
  [5, 1, "boot mode:(3,6)\r\n\r\nets_main.c "],
  [6, 1, "boot mode:(3,6)\r\n\r\nets_main.c "],
  [1, 0, "boot mode:(1,6)\r\n\r\n"],
  [2, 0, "boot mode:(1,6)\r\n\r\n"],
  [3, 0, "boot mode:(1,6)\r\n\r\nets_main.c "],
  [4, 0, "boot mode:(1,6)\r\n\r\nwdt reset\r\n"],
  [1, 1, "boot mode:(3,6)\r\n\r\nets_main.c "],
  [2, 1, "boot mode:(3,6)\r\n\r\nets_main.c "],
  [3, 1, "boot mode:(3,6)\r\n\r\nets_main.c "],
  [4, 1, "boot mode:(3,6)\r\n\r\nwdt reset\r\nets_main.c "],
] as const)("reset cause %i with GPIO0 at %i", (cause, gpio0, text) => {
  const rig = chipRig({ gpio0: gpio0 === 0 ? 0 : undefined });
  rig.pass(100);
  rig.take();
  rig.chip.reset(cause);
  rig.pass(100);
  expect(rig.text()).toBe(`\r\n ets Jan  8 2013,rst cause:${cause}, ${text}`);
});

test("straps are latched when the power comes and when the reset pin rises, by nothing else", () => {
  const rig = chipRig({ gpio0: 0 });
  const mode = (): string => {
    rig.pass(60);
    return /boot mode:\(\d/.exec(rig.text())?.[0].at(-1) ?? "";
  };
  expect(mode()).toBe("1");
  rig.chip.setGpio0(undefined);
  rig.chip.reset(4);
  expect(mode()).toBe("1");
  rig.chip.setReset(0);
  expect(mode()).toBe("");
  rig.chip.setReset(1);
  expect(mode()).toBe("3");
  rig.chip.setGpio0(0);
  rig.chip.setPower(false);
  rig.chip.setPower(true);
  expect(mode()).toBe("1");
});

test("segments of all lengths are loaded, with room, tail and what is carried over printed as the ROM does", () => {
  const body = (length: number, seed: number) => Array.from({ length }, (_, i) => (i * seed) & 0xff);
  const segments = [
    { address: 0x40100000, bytes: [...LOOP, ...fill(12, 3)] },
    { address: 0x3ffe8020, bytes: body(20, 5) },
    { address: 0x3ffe8044, bytes: body(36, 7) },
    { address: 0x3ffe8080, bytes: body(4, 9) },
  ];
  const rig = chipRig({ flash: { contents: image(segments) } });
  rig.pass(100);
  const sums: number[] = [];
  let sum = 0xef;
  for (const { bytes } of segments) {
    for (const byte of bytes) sum ^= byte;
    sums.push(sum);
  }
  const hex = (value: number) => `0x${value.toString(16).padStart(2, "0")}`;
  expect(rig.text()).toBe(
    "\r\n ets Jan  8 2013,rst cause:1, boot mode:(3,6)\r\n\r\n" +
      `load 0x40100000, len 16, room 16 \r\ntail 0\r\nchksum ${hex(sums[0]!)}\r\n` +
      `load 0x3ffe8020, len 20, room 8 \r\ntail 12\r\nchksum ${hex(sums[1]!)}\r\n` +
      "ho 0 tail 12 room 4\r\n" +
      `load 0x3ffe8044, len 36, room 12 \r\ntail 8\r\nchksum ${hex(sums[2]!)}\r\n` +
      `load 0x3ffe8080, len 4, room 0 \r\ntail 4\r\nchksum ${hex(sums[3]!)}\r\ncsum ${hex(sums[3]!)}\r\n`,
  );
  for (const { address, bytes } of segments) {
    expect([...rig.chip.cpu.readBlock(address, bytes.length)]).toEqual(bytes);
  }
  expect(rig.chip.cpu.pc >>> 0).toBe(0x40100000);
});

test("an image with a wrong checksum is loaded and not started", () => {
  const rig = chipRig({
    flash: { contents: image([{ address: 0x40100000, bytes: [...LOOP, ...fill(12)] }], { badChecksum: true }) },
  });
  rig.pass(100);
  expect(rig.text()).toMatch(/csum 0x[0-9a-f]{2}\r\ncsum err\r\nets_main\.c $/);
});

test("an uploaded program gets the registers that the ROM leaves, runs, and returns to it", () => {
  const rig = chipRig({ gpio0: 0 });
  rig.pass(50);
  for (let i = 0; i < 2; i++) {
    rig.send(SYNC);
    rig.pass(30);
  }
  // L32R a3, [0x40100000]; MOVI a2, 'A'; S32I a2, a3, 0; RET
  const code = [...words(0x60000000), 0x31, 0xff, 0xff, 0x22, 0xa0, 0x41, 0x22, 0x63, 0x00, 0x80, 0x00, 0x00];
  rig.send(packet(5, words(code.length, 1, code.length, 0x40100000)));
  rig.pass(30);
  rig.send(packet(7, [...words(code.length, 0, 0, 0), ...code], checksum(code)));
  rig.pass(30);
  rig.take();
  let entry: object | undefined;
  const { cpu } = rig.chip;
  cpu.hook(0x40100004, () => {
    entry = { ps: cpu.ps, intenable: cpu.intenable, vecbase: cpu.vecbase, a0: cpu.a[0]! >>> 0, a1: cpu.a[1]! >>> 0 };
    cpu.unhook(0x40100004);
  });
  rig.send(packet(6, words(0, 0x40100004)));
  rig.pass(50);
  expect(rig.text().slice(12)).toBe("Auser code done\r\n");
  expect(entry).toEqual({ ps: 0x20, intenable: 0, vecbase: 0x40000000, a0: 0x40001100, a1: 0x3ffffff0 });
});

test("a ROM dump of the owner's runs in place of the emulated ROM", () => {
  const romDump = new Uint8Array(0x10000);
  // at the reset vector: L32R a3, [0x4000007c]; MOVI a2, 'Z'; S32I a2, a3, 0; J to itself
  romDump.set(words(0x60000000), 0x7c);
  romDump.set([0x31, 0xff, 0xff, 0x22, 0xa0, 0x5a, 0x22, 0x63, 0x00, 0x06, 0xff, 0xff], 0x80);
  const rig = chipRig({ romDump });
  rig.pass(50);
  expect(rig.text()).toBe("Z");
});

test("a program prints through the ROM's printf, with arguments in registers and on the stack", () => {
  const format = [...new TextEncoder().encode("%d %u %x %08x %c %d\n\0\0\0\0")];
  const code = [
    ...words(0x3ffe8000, 0x400024cc),
    ...[0x21, 0xfe, 0xff, 0x91, 0xfe, 0xff], // L32R a2, format; L32R a9, ets_printf
    ...[0x32, 0xa0, 1, 0x42, 0xa0, 2, 0x52, 0xa0, 0xab, 0x62, 0xa0, 0xcd, 0x72, 0xa0, 0x41, 0x82, 0xaf, 0xff], // MOVI
    ...[0x12, 0xc1, 0xf0, 0x89, 0x01], // ADDI a1, a1, -16; S32I.N a8, a1, 0
    ...[0xc0, 0x09, 0x00, 0x06, 0xff, 0xff, 0], // CALLX0 a9; J to itself
  ];
  const segments = [
    { address: 0x40100000, bytes: code },
    { address: 0x3ffe8000, bytes: format },
  ];
  const rig = chipRig({ flash: { contents: image(segments, { entry: 0x40100008 }) } });
  rig.pass(200);
  expect(rig.text()).toMatch(/csum 0x..\r\n1 2 ab 000000cd A -1\r\n$/);
});

test.each([
  [0x40003cf4, "at 0x40003cf4 (SendMsg)"],
  [0x4000f800, "at 0x4000f800 (no public name)"],
  [0x40002a41, "at 0x40002a41 (inside ets_rtc_int_register)"],
  [0x4000567c, "at 0x4000567c (sip_init_attach)"],
] as const)(
  "a program that calls the ROM at %i, where nothing is emulated, ends in an accident that names it",
  (at, name) => {
    // L32R a2, [0x40100000]; CALLX0 a2
    const code = [...words(at), 0x21, 0xff, 0xff, 0xc0, 0x02, 0x00];
    const rig = chipRig({
      flash: { contents: image([{ address: 0x40100000, bytes: [...code, 0, 0] }], { entry: 0x40100004 }) },
    });
    rig.pass(200);
    expect(rig.chip.limits).toEqual(rig.chip.incidents);
    expect(rig.chip.incidents).toHaveLength(1);
    expect(rig.chip.incidents[0]).toContain(name);
    expect(rig.chip.incidents[0]).toContain("Last call from 0x40100007.");
    expect(rig.clock.nextEventAt).toBe(Number.POSITIVE_INFINITY);
  },
);

test("a missing ROM function is an accident where the program has its own exception vectors, too, and told once", () => {
  // L32R a2, [0x40100000]; L32R a3, [0x40100004]; WSR.VECBASE a3; CALLX0 a2
  const code = [
    ...words(0x40003cf4, 0x40100400),
    0x21,
    0xfe,
    0xff,
    0x31,
    0xfe,
    0xff,
    0x30,
    0xe7,
    0x13,
    0xc0,
    0x02,
    0x00,
  ];
  const rig = chipRig({
    flash: { contents: image([{ address: 0x40100000, bytes: code }], { entry: 0x40100008 }) },
  });
  rig.pass(200);
  rig.chip.reset(4);
  rig.pass(200);
  expect(rig.chip.incidents).toHaveLength(1);
  expect(rig.chip.incidents[0]).toContain("SendMsg");
  expect(rig.chip.cpu.vecbase >>> 0).toBe(0x40100400);
});

test("send_packet frames what it is given", () => {
  // L32R a2, [data's address]; MOVI a3, 4; L32R a4, [send_packet]; CALLX0 a4; J to itself
  const code = [...words(0x40003c80, 0x40100020), 0x21, 0xff, 0xff, 0x32, 0xa0, 4, 0x41, 0xfc, 0xff, 0xc0, 0x04, 0x00];
  code.push(0x06, 0xff, 0xff, ...fill(9), 0xc0, 0x01, 0xdb, 0x02);
  const rig = chipRig({
    flash: { contents: image([{ address: 0x40100000, bytes: code }], { entry: 0x40100008 }) },
  });
  rig.pass(200);
  expect(rig.hex()).toMatch(/0d0ac0dbdc01dbdd02c0$/);
});

test("an uploaded program that returns to main()'s way to the flash starts the image there, GPIO0 still low", () => {
  const contents = image([{ address: 0x40100800, bytes: [...LOOP, ...fill(12)] }], { entry: 0x40100800 });
  const rig = connectedRig({ flash: { contents } });
  // L32R a2, [0x40100000]; JX a2
  const code = [...words(0x400010a8), 0x21, 0xff, 0xff, 0xa0, 0x02, 0x00, 0, 0];
  exchange(rig, packet(5, words(code.length, 1, code.length, 0x40100000)));
  exchange(rig, packet(7, [...words(code.length, 0, 0, 0), ...code], checksum(code)));
  rig.send(packet(6, words(0, 0x40100004)));
  rig.pass(100);
  expect(rig.text().slice(12)).toMatch(/^load 0x40100800, len 16, room 16 \r\ntail 0\r\nchksum 0x..\r\ncsum 0x..\r\n$/);
  expect(rig.chip.cpu.pc >>> 0).toBe(0x40100800);
  expect(rig.chip.incidents).toEqual([]);
});
