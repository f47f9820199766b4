import { expect, test } from "vitest";
import { PS_EXCM, PS_UM } from "./core.ts";
import { Lx106 } from "./lx106.ts";

const IRAM = 0x40100000;
const DRAM = 0x3ffe8000;
const FLASH = 0x40200000;

interface Machine {
  readonly cpu: Lx106;
  readonly flash: Uint8Array;
  readonly writes: { address: number; value: number }[];
}

/** A core with code (hex bytes as the assembler lists them) at an address, about to execute it. */
function machine(code: string, at: number = IRAM, read: (address: number) => number = () => 0): Machine {
  const writes: { address: number; value: number }[] = [];
  const flash = new Uint8Array(0x100000).fill(0xff);
  const cpu = new Lx106({
    mmio: { read32: read, write32: (address, value) => writes.push({ address, value }) },
    flash,
  });
  const bytes = Uint8Array.from(code.replaceAll(" ", "").match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
  if (at >= FLASH) flash.set(bytes, at - FLASH);
  else cpu.writeBlock(at, bytes);
  cpu.pc = at;
  cpu.ps = PS_UM;
  cpu.vecbase = 0x40000000;
  return { cpu, flash, writes };
}

/** Executes so many instructions. */
function step(cpu: Lx106, count = 1): void {
  for (let i = 0; i < count; i++) cpu.run(cpu.cycles + 0.01);
}

test("a byte store to a register's address reaches the bus as a word, and a load brings the register's value", () => {
  const { cpu, writes } = machine("32 42 00 42 22 01", IRAM, (address) => address ^ 0x5a); // s8i a3,a2,0; l32i a4,a2,4
  cpu.a[2] = 0x60000000;
  cpu.a[3] = 0x141;
  step(cpu, 2);
  expect(writes).toEqual([{ address: 0x60000000, value: 0x41 }]);
  expect(cpu.a[4]).toBe(0x60000004 ^ 0x5a);
  expect(cpu.pc).toBe(IRAM + 6);
});

test.each([
  ["byte load from IRAM", "32 02 00", IRAM + 1, 3],
  ["half word load from cached flash", "32 12 00", FLASH + 2, 3],
  ["byte load from ROM", "32 02 00", 0x40000400, 3],
  ["byte store to IRAM", "32 42 00", IRAM, 3],
  ["word store to cached flash", "32 62 00", FLASH, 3],
  ["unaligned word load from data RAM", "32 22 00", DRAM + 2, 9],
  ["unaligned half word store to data RAM", "32 52 00", DRAM + 1, 9],
  ["load through a null pointer", "32 22 00", 0, 28],
  ["store through a null pointer", "32 62 00", 0, 29],
])("%s is exception %3$d with the address in EXCVADDR", (_name, code, address, cause) => {
  const { cpu } = machine(code);
  cpu.a[2] = address;
  cpu.a[3] = 77;
  step(cpu);
  expect({ cause: cpu.exccause, vaddr: cpu.excvaddr >>> 0, epc1: cpu.epc1, pc: cpu.pc, a3: cpu.a[3] }).toEqual({
    cause,
    vaddr: address,
    epc1: IRAM,
    pc: 0x40000050,
    a3: 77,
  });
  expect(cpu.ps & PS_EXCM).toBe(PS_EXCM);
});

test("jumping to a null pointer is exception 20", () => {
  const { cpu } = machine("a0 02 00"); // jx a2
  step(cpu, 2);
  expect([cpu.exccause, cpu.epc1, cpu.excvaddr]).toEqual([20, 0, 0]);
});

test("code that is stored over itself is executed as it is now", () => {
  // l32i a4,a2,0; s32i a4,a3,0; then the word at +8: "movi.n a5,1; nop.n", replaced by the word at +16.
  const { cpu } = machine("42 22 00 42 63 00 3d f0 0c 15 3d f0 3d f0 3d f0 0c 75 3d f0");
  cpu.pc = IRAM + 8;
  step(cpu);
  expect(cpu.a[5]).toBe(1);
  cpu.pc = IRAM;
  cpu.a[2] = IRAM + 16;
  cpu.a[3] = IRAM + 8;
  step(cpu, 4);
  expect(cpu.a[5]).toBe(7);
});

test("code in cached flash changes when the NOR array does and the chip says so", () => {
  const { cpu, flash } = machine("0c 15", FLASH); // movi.n a5,1
  step(cpu);
  expect(cpu.a[5]).toBe(1);
  flash[0] = 0x0c;
  flash[1] = 0x75;
  cpu.flashChanged(0, 2);
  cpu.pc = FLASH;
  step(cpu);
  expect(cpu.a[5]).toBe(7);
});

test("with the cache off the flash window holds no code", () => {
  const { cpu } = machine("0c 15", FLASH);
  cpu.mapFlash(undefined);
  step(cpu);
  expect([cpu.exccause, cpu.epc1]).toEqual([0, FLASH]);
  expect(cpu.read32(FLASH)).toBe(0);
  cpu.mapFlash(0);
  expect(cpu.read32(FLASH)).toBe(0xffff150c | 0);
});

test("the flash window shows another part of the flash when the chip maps it", () => {
  const { cpu, flash } = machine("0c 15", FLASH); // movi.n a5,1
  flash.set([0x0c, 0x75], 0x80000); // movi.n a5,7
  step(cpu);
  cpu.mapFlash(0x80000);
  cpu.pc = FLASH;
  step(cpu);
  expect(cpu.a[5]).toBe(7);
  // The flash ends in the middle of the window.
  expect([cpu.read32(FLASH + 0x7fffc), cpu.read32(FLASH + 0x80000)]).toEqual([-1, 0]);
});

test("L32R finds its literal in IRAM, in flash and through LITBASE, as it is now", () => {
  // l32r a5,. -4 at +4
  const { cpu } = machine("00 00 00 00 51 ff ff", IRAM);
  cpu.write32(IRAM, 0x1234);
  cpu.pc = IRAM + 4;
  step(cpu);
  expect(cpu.a[5]).toBe(0x1234);
  cpu.write32(IRAM, 0x5678);
  cpu.pc = IRAM + 4;
  step(cpu);
  expect(cpu.a[5]).toBe(0x5678);
  cpu.write32(DRAM + 0xffc, 0x9abc);
  cpu.setLitbase((DRAM + 0x1000) | 1);
  cpu.pc = IRAM + 4;
  step(cpu);
  expect(cpu.a[5]).toBe(0x9abc);
});

test("CCOUNT counts cycles and is set by writing it", () => {
  // rsr a2,ccount; nop; rsr a3,ccount; wsr a4,ccount; rsr a5,ccount
  const { cpu } = machine("20 ea 03 f0 20 00 30 ea 03 40 ea 13 50 ea 03");
  cpu.a[4] = -1;
  step(cpu, 5);
  expect(cpu.a[3]! - cpu.a[2]!).toBe(2);
  expect(cpu.a[5]).toBe(0);
});

test("the timer interrupt comes when CCOUNT reaches CCOMPARE0, and writing CCOMPARE0 takes it away", () => {
  // wsr a4,ccompare0; j .
  const { cpu } = machine("40 f0 13 06 ff ff");
  cpu.a[4] = 3000;
  cpu.intenable = 1 << 6;
  cpu.hook(0x40000050, (port) => port.yieldSoon());
  cpu.run(2999);
  expect(cpu.pendingInterrupts).toBe(0);
  cpu.run(4000);
  expect(cpu.cycles).toBeGreaterThanOrEqual(3000);
  expect(cpu.cycles).toBeLessThan(3010);
  expect(cpu.pendingInterrupts).toBe(1 << 6);
  cpu.pc = IRAM;
  cpu.a[4] = 9000;
  step(cpu);
  expect(cpu.pendingInterrupts).toBe(0);
});

test("a hook takes the place of code, and native code returns from calling it", () => {
  const { cpu } = machine("c0 03 00 0c 75"); // callx0 a3; movi.n a5,7
  cpu.hook(0x4000df48, (port) => {
    port.a[2] = 42;
    port.cycles += 100;
    port.pc = port.a[0]!;
  });
  cpu.a[3] = 0x4000df48;
  const before = cpu.cycles;
  step(cpu, 3);
  expect([cpu.a[2], cpu.a[5]]).toEqual([42, 7]);
  expect(cpu.cycles - before).toBeGreaterThan(100);
});

test("waiting for an interrupt passes at once, up to the limit or the timer", () => {
  const { cpu } = machine("40 f0 13 00 70 00"); // wsr a4,ccompare0; waiti 0
  cpu.a[4] = 5000;
  cpu.intenable = 1 << 6;
  cpu.run(2000);
  expect(cpu.cycles).toBe(2000);
  cpu.hook(0x40000050, (port) => port.yieldSoon());
  cpu.run(100_000);
  expect([cpu.exccause, cpu.epc1]).toEqual([4, IRAM + 6]);
  expect(cpu.cycles).toBeGreaterThanOrEqual(5000);
  expect(cpu.cycles).toBeLessThan(5010);
});

test("a level-1 interrupt waits for EXCM to go, the NMI waits for nobody", () => {
  const { cpu } = machine("f0 20 00 f0 20 00 f0 20 00"); // nop
  cpu.ps = PS_UM | PS_EXCM;
  cpu.intenable = 1 << 5;
  cpu.setInterruptLevel(5, true);
  step(cpu);
  expect(cpu.pc).toBe(IRAM + 3);
  cpu.ps = PS_UM;
  cpu.hook(0x40000050, (port) => port.yieldSoon());
  step(cpu);
  expect([cpu.epc1, cpu.exccause]).toEqual([IRAM + 3, 4]);
  cpu.hook(0x40000020, (port) => port.yieldSoon());
  cpu.latchInterrupt(14);
  step(cpu);
  expect(cpu.epc3).toBe(0x40000050);
});

test("yieldSoon from a register access ends the slice after that instruction", () => {
  const { cpu } = machine("32 22 00 f0 20 00 06 fe ff", IRAM, () => {
    cpu.yieldSoon();
    return 0;
  }); // l32i a3,a2,0; nop; j .-4
  cpu.a[2] = 0x60000000;
  cpu.run(1e9);
  expect(cpu.pc).toBe(IRAM + 3);
});

test("cycle costs scale as told", () => {
  const cyclesAt = (costScale: number): number => {
    const cpu = new Lx106({
      mmio: { read32: () => 0, write32: () => {} },
      flash: new Uint8Array(0x100000),
      costScale,
    });
    cpu.writeBlock(IRAM, Uint8Array.of(0xf0, 0x20, 0x00, 0x46, 0xfe, 0xff)); // nop; j .-3
    cpu.pc = IRAM;
    step(cpu, 20);
    return cpu.cycles;
  };
  expect(cyclesAt(1)).toBe(10 * (1 + 3));
  expect(cyclesAt(2)).toBe(20 * (1 + 3));
});

test("a ROM dump of the wrong size is refused", () => {
  const mmio = { read32: () => 0, write32: () => {} };
  expect(() => new Lx106({ mmio, flash: new Uint8Array(4), rom: new Uint8Array(5) })).toThrow("65536");
});
