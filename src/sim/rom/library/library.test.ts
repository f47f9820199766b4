import { expect, test } from "vitest";
import { Lx106 } from "../../cpu/lx106.ts";
import { installRomLibrary, ROM_LIBRARY } from "./library.ts";
import { HEAP, TestMachine } from "./test-machine.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

test("memory functions copy, fill and compare", () => {
  const machine = new TestMachine();
  machine.put(HEAP, "one plug, two plugs");
  expect(machine.call("memcpy", HEAP + 100, HEAP, 8)).toBe(HEAP + 100);
  expect(machine.get(HEAP + 100, 8)).toBe("one plug");
  machine.call("memmove", HEAP + 2, HEAP, 8);
  expect(machine.get(HEAP, 10)).toBe("onone plug");
  machine.call("ets_memset", HEAP, 0x141, 3);
  expect(machine.get(HEAP, 5)).toBe("AAAne");
  machine.call("ets_bzero", HEAP + 1, 2);
  expect(machine.get(HEAP, 5)).toBe("A\0\0ne");
  machine.put(HEAP, "abcabd\u00ff");
  expect(machine.call("memcmp", HEAP, HEAP + 3, 2)).toBe(0);
  expect(machine.call("memcmp", HEAP, HEAP + 3, 3)).toBeLessThan(0);
  expect(machine.call("ets_memcmp", HEAP + 3, HEAP, 3)).toBeGreaterThan(0);
});

test("memset over the whole of data RAM neither runs out of it nor leaves a byte", () => {
  const machine = new TestMachine();
  machine.call("memset", HEAP, 0x5a, 0x18000);
  expect(machine.cpu.readBlock(HEAP, 0x18000).every((byte) => byte === 0x5a)).toBe(true);
});

test("string functions follow C", () => {
  const machine = new TestMachine();
  machine.put(HEAP, "gosund\0gosunk\0nd\0");
  expect(machine.call("strlen", HEAP)).toBe(6);
  expect(machine.call("strcmp", HEAP, HEAP + 7)).toBe("d".charCodeAt(0) - "k".charCodeAt(0));
  expect(machine.call("strncmp", HEAP, HEAP + 7, 5)).toBe(0);
  expect(machine.call("ets_strncmp", HEAP, HEAP + 7, 6)).toBeLessThan(0);
  expect(machine.call("strstr", HEAP, HEAP + 14)).toBe(HEAP + 4);
  expect(machine.call("ets_strstr", HEAP + 7, HEAP + 14)).toBe(0);
  expect(machine.call("strcpy", HEAP + 100, HEAP)).toBe(HEAP + 100);
  expect(machine.get(HEAP + 100, 7)).toBe("gosund\0");
  machine.put(HEAP + 200, "xxxxxxxxxx");
  machine.call("strncpy", HEAP + 200, HEAP + 14, 5);
  expect(machine.get(HEAP + 200, 7)).toBe("nd\0\0\0xx");
});

test("a null pointer in a function is the guest's exception at the function's address", () => {
  const machine = new TestMachine();
  machine.call("strlen", 0);
  expect(machine.returned).toBe(false);
  expect([machine.cpu.exccause, machine.cpu.excvaddr, machine.cpu.epc1]).toEqual([28, 0, 0x4000bf4c]);
  const storing = new TestMachine();
  storing.call("memcpy", 16, HEAP, 4);
  expect([storing.cpu.exccause, storing.cpu.excvaddr]).toEqual([29, 16]);
});

test.each([
  ["__divsi3", [-7, 2], -3],
  ["__divsi3", [-0x80000000, -1], -0x80000000],
  ["__udivsi3", [-1, 10], 429496729],
  ["__umodsi3", [-1, 10], 5],
  ["roundup2", [13, 8], 16],
  ["multofup", [13, 5], 3],
] as const)("%s of %j is %i", (name, args, result) => {
  expect(new TestMachine().call(name, ...args)).toBe(result);
});

test.each([
  ["__divsi3", 0x4000dce5],
  ["__udivsi3", 0x4000e25d],
  ["__umodsi3", 0x4000e296],
] as const)("%s by zero is an illegal instruction where programs expect it", (name, address) => {
  const machine = new TestMachine();
  machine.call(name, 5, 0);
  expect([machine.cpu.exccause, machine.cpu.epc1]).toEqual([0, address]);
});

// RFC 1321, A.5.
test.each([
  ["", "d41d8cd98f00b204e9800998ecf8427e"],
  ["a", "0cc175b9c0f1b6a831c399e269772661"],
  ["abc", "900150983cd24fb0d6963f7d28e17f72"],
  ["message digest", "f96b697d7cb7938d525a2f31aaf161d0"],
  ["abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"],
  ["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "d174ab98d277d9f5a5611c2c9f419d9f"],
  ["1234567890".repeat(8), "57edf4a22be3c955ac49da2e2107b67a"],
])("MD5 of %j is what RFC 1321 says", (text, digest) => {
  const machine = new TestMachine();
  machine.put(HEAP, text);
  machine.call("MD5Init", HEAP + 0x1000);
  machine.call("MD5Update", HEAP + 0x1000, HEAP, text.length);
  machine.call("MD5Final", HEAP + 0x2000, HEAP + 0x1000);
  expect(hex(machine.cpu.readBlock(HEAP + 0x2000, 16))).toBe(digest);
});

test("an MD5 context that was copied goes its own way", () => {
  const machine = new TestMachine();
  const [context, copied, digest] = [HEAP + 0x1000, HEAP + 0x1100, HEAP + 0x2000];
  machine.put(HEAP, "abcdefghijklmnopqrstuvwxyz");
  machine.call("MD5Init", context);
  machine.call("MD5Update", context, HEAP, 3);
  machine.call("memcpy", copied, context, 88);
  machine.call("MD5Update", context, HEAP + 3, 23);
  machine.call("MD5Final", digest, copied);
  expect(hex(machine.cpu.readBlock(digest, 16))).toBe("900150983cd24fb0d6963f7d28e17f72");
  machine.call("MD5Final", digest, context);
  expect(hex(machine.cpu.readBlock(digest, 16))).toBe("c3fcd3d76192e4007dfb496cca67e13b");
});

test("ets_delay_us takes its time at the frequency set, also across slices and interrupts", () => {
  const machine = new TestMachine();
  const { cpu } = machine;
  let start = cpu.cycles;
  machine.call("ets_delay_us", 1000);
  expect(cpu.cycles - start).toBeCloseTo(1000 * 52, -2);
  machine.call("ets_update_cpu_frequency", 80);
  expect(machine.call("ets_get_cpu_frequency")).toBe(80);
  start = cpu.cycles;
  cpu.a[2] = 1000;
  cpu.pc = 0x40002ecc;
  while (!machine.returned) cpu.run(cpu.cycles + 7777);
  expect(cpu.cycles - start).toBeCloseTo(1000 * 80, -2);
});

/** An interrupt handler: counts in the word its argument points to, then returns. l32i.n, addi.n, s32i.n, ret.n */
const COUNTING_HANDLER = Uint8Array.of(0x48, 0x02, 0x1b, 0x44, 0x49, 0x02, 0x0d, 0xf0);
/** loop: addi.n a5,a5,1; j loop */
const LOOP = Uint8Array.of(0x1b, 0x55, 0x86, 0xfe, 0xff);

test("an attached handler is called with its argument, and the interrupted code goes on with all its registers", () => {
  const machine = new TestMachine();
  const { cpu } = machine;
  cpu.writeBlock(0x40100000, COUNTING_HANDLER);
  cpu.writeBlock(0x40100100, LOOP);
  expect(machine.call("ets_isr_attach", 9, 0x40100000, HEAP)).toBe(0);
  machine.call("ets_isr_unmask", 1 << 9);
  for (let register = 2; register < 16; register++) cpu.a[register] = register * 0x1111;
  cpu.a[0] = 0x1234;
  cpu.sar = 21;
  cpu.pc = 0x40100100;
  cpu.run(cpu.cycles + 100);
  cpu.latchInterrupt(9);
  cpu.run(cpu.cycles + 1000);
  cpu.latchInterrupt(9);
  cpu.run(cpu.cycles + 1000);
  expect(cpu.read32(HEAP)).toBe(2);
  expect([cpu.a[0], cpu.a[1], cpu.a[2], cpu.a[4], cpu.a[15], cpu.sar, cpu.ps]).toEqual([
    ...[0x1234, 0x3ffffff0, 2 * 0x1111, 4 * 0x1111, 15 * 0x1111, 21, 0x20],
  ]);
  expect(cpu.a[5]).toBeGreaterThan(5 * 0x1111 + 100);
  expect(cpu.pendingInterrupts).toBe(0);
});

test("a masked interrupt waits, and one that is held up does not meet itself in its handler", () => {
  const machine = new TestMachine();
  const { cpu } = machine;
  cpu.writeBlock(0x40100000, COUNTING_HANDLER);
  cpu.writeBlock(0x40100100, LOOP);
  machine.call("ets_isr_attach", 5, 0x40100000, HEAP);
  cpu.setInterruptLevel(5, true);
  cpu.pc = 0x40100100;
  cpu.run(cpu.cycles + 1000);
  expect(cpu.read32(HEAP)).toBe(0);
  cpu.setInterruptLevel(5, false);
  machine.call("ets_isr_unmask", 1 << 5);
  cpu.pc = 0x40100100;
  cpu.setInterruptLevel(5, true);
  cpu.run(cpu.cycles + 1000);
  expect(cpu.read32(HEAP)).toBeGreaterThan(3);
  // One frame at most: the handler that is running.
  expect(cpu.a[1]).toBeGreaterThanOrEqual(0x3ffffff0 - 256);
  cpu.setInterruptLevel(5, false);
  cpu.run(cpu.cycles + 1000);
  expect(cpu.a[1]).toBe(0x3ffffff0);
  machine.call("ets_isr_mask", 1 << 5);
  expect(cpu.intenable & (1 << 5)).toBe(0);
});

test("a C handler set for cause 3 gets the frame and can step over the instruction", () => {
  const machine = new TestMachine();
  const { cpu } = machine;
  // l32i.n a4,a2,0; addi.n a4,a4,3; s32i.n a4,a2,0; ret.n: EPC1 of the frame plus 3
  cpu.writeBlock(0x40100000, Uint8Array.of(0x48, 0x02, 0x3b, 0x44, 0x49, 0x02, 0x0d, 0xf0));
  // l8ui a3,a2,0 from IRAM, then the loop
  cpu.writeBlock(0x40100100, Uint8Array.of(0x32, 0x02, 0x00, ...LOOP));
  expect(machine.call("_xtos_set_exception_handler", 3, 0x40100000)).toBe(0);
  expect(machine.call("_xtos_set_exception_handler", 3, 0x40100000)).toBe(0x40100000);
  cpu.a[2] = 0x40100200;
  cpu.a[5] = 0;
  cpu.pc = 0x40100100;
  cpu.run(cpu.cycles + 1000);
  expect(cpu.a[5]).toBeGreaterThan(100);
  expect([cpu.a[1], cpu.a[2]]).toEqual([0x3ffffff0, 0x40100200]);
});

test("an exception that nobody handles stands still, and time goes on", () => {
  const machine = new TestMachine();
  machine.cpu.pc = 0x40100000; // zeros: ILL
  machine.cpu.run(5000);
  expect([machine.cpu.cycles, machine.cpu.pc]).toEqual([5000, 0x4000dc44]);
});

test("with a ROM dump in the chip the dump's code runs, not the functions", () => {
  const rom = new Uint8Array(0x10000);
  rom.set([0x2c, 0xa2, 0x0d, 0xf0], 0xdf48); // movi.n a2,42; ret.n
  const cpu = new Lx106({ mmio: { read32: () => 0, write32: () => {} }, flash: new Uint8Array(4096), rom });
  installRomLibrary(cpu);
  cpu.pc = 0x4000df48;
  cpu.a[0] = 0x4000df48;
  cpu.run(cpu.cycles + 3);
  expect(cpu.a[2]).toBe(42);
});

test("every function costs cycles", () => {
  const free = [...ROM_LIBRARY].filter(([address, { name }]) => {
    if (/Vector|\(|unhandled|alloca|handler|return_from/.test(name)) return false;
    const machine = new TestMachine();
    const { cpu } = machine;
    const before = cpu.cycles;
    cpu.a.fill(HEAP, 2, 6);
    cpu.a[4] = 3;
    cpu.a[0] = 0x40107ff0;
    cpu.pc = address;
    cpu.run(cpu.cycles + 1e6);
    return cpu.cycles === before;
  });
  expect(free.map(([, { name }]) => name)).toEqual([]);
});

test("memcpy to the MAC's key memory writes words, and single bytes where it is not aligned", () => {
  const writes: [number, number][] = [];
  const machine = new TestMachine({
    read32: () => 0,
    write32: (address, value) => writes.push([address, value >>> 0]),
  });
  machine.put(HEAP, "abcdefgh");
  machine.call("memcpy", 0x3ff21408, HEAP, 8);
  expect(writes).toEqual([
    [0x3ff21408, 0x64636261],
    [0x3ff2140c, 0x68676665],
  ]);
  expect(machine.returned).toBe(true);
});

test("lldesc_build_chain cuts a buffer into blocks with a descriptor each, the last one without a next", () => {
  const machine = new TestMachine();
  const [descriptors, buffer, firstAt, lastAt] = [HEAP, HEAP + 0x400, HEAP + 0x200, HEAP + 0x204];
  machine.cpu.write32(machine.cpu.a[1]!, firstAt);
  machine.cpu.write32(machine.cpu.a[1]! + 4, lastAt);
  machine.call("lldesc_build_chain", descriptors, 36, buffer, 3000, 1000, 1);
  const words = Array.from({ length: 9 }, (_, i) => machine.cpu.read32(descriptors + 4 * i) >>> 0);
  const flags = 0x80000000 + (1000 << 12) + 1000;
  expect(words).toEqual([
    ...[flags, buffer, descriptors + 12],
    ...[flags, buffer + 1000, descriptors + 24],
    ...[flags, buffer + 2000, 0],
  ]);
  expect(machine.cpu.read32(firstAt)).toBe(descriptors);
  expect(machine.cpu.read32(lastAt)).toBe(descriptors + 24);
});
