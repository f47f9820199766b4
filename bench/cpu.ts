/**
 * How fast the virtual CPU is against the real one: virtual seconds per second of wall time at 80 MHz, on code like a
 * flasher stub's (byte loops with sums, words mixed with shifts, multiplies and calls). Prints a line for each scale of
 * the cycle costs, since they are known to about 20 % only.
 */
import { Lx106 } from "../src/sim/cpu/lx106.ts";
import { type Bench, heading, table } from "./support/report.ts";

/** The real chip's clock with its firmware running. */
const REAL_HZ = 80e6;
const CODE_ADDRESS = 0x40100000;
/**
 * Machine code, to be loaded at a multiple of 4. Forever: an Adler-32 over 1024 bytes at 0x3ffe8000 (l8ui, addi,
 * add.n, bltu, sub, bnez), then 256 words mixed by a function (l32i.n, call0, xor, extui, ssai, src, addx4, mull,
 * srli, moveqz, bbci, l32r, ret.n, s32i.n).
 */
const PROGRAM =
  "060300000080fe3ff1ff00002083b8ed21fdff32a40042a00152a00091fbff62020022c2016a444a559734029044c09735029055c00b335643fe" +
  "21f2ff32a10072afff6802c5000079024b220b335613ffc6eeff607730708374004d407077818078a090a782a0854160788307670581e7ff8077300df0";

interface CpuMeasurement {
  /** Millions of instructions per wall second. */
  readonly mips: number;
  /** Virtual seconds per wall second. */
  readonly ratio: number;
}

/**
 * @param wallSeconds how long to measure, after a warm-up of a quarter of that
 * @param costScale what the table of cycle costs is multiplied by: the ratio moves with it, the MIPS hardly do
 */
function measureCpu(wallSeconds = 2, costScale = 1): CpuMeasurement {
  const cpu = new Lx106({
    mmio: { read32: () => 0, write32: () => {} },
    flash: new Uint8Array(0x100000).fill(0xff),
    costScale,
  });
  cpu.writeBlock(
    CODE_ADDRESS,
    Uint8Array.from(PROGRAM.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)),
  );
  // The instructions of one round, counted by stepping: fewer cycles than any instruction costs are asked for.
  let instructions = 0;
  cpu.pc = CODE_ADDRESS;
  const first = CODE_ADDRESS + 0x10;
  const step = (): void => {
    cpu.run(cpu.cycles + 0.01);
    instructions++;
  };
  step();
  instructions = 0;
  const startCycles = cpu.cycles;
  do step();
  while (cpu.pc !== first);
  const cyclesPerInstruction = (cpu.cycles - startCycles) / instructions;

  const runFor = (seconds: number): number => {
    const start = performance.now();
    const from = cpu.cycles;
    while (performance.now() - start < seconds * 1000) cpu.run(cpu.cycles + 1e6);
    return ((cpu.cycles - from) / (performance.now() - start)) * 1000;
  };
  runFor(wallSeconds / 4);
  const hertz = runFor(wallSeconds);
  return { mips: hertz / cyclesPerInstruction / 1e6, ratio: hertz / REAL_HZ };
}

export const cpuBench: Bench = async () => {
  heading("The virtual CPU (wall time on this machine)");
  const rows = [0.8, 1, 1.25].map((costScale) => ({ costScale, ...measureCpu(1, costScale) }));
  table(
    "Code like a flasher stub's",
    ["costs x", "MIPS", "x real time at 80 MHz"],
    rows.map(({ costScale, mips, ratio }) => [String(costScale), mips.toFixed(0), ratio.toFixed(1)]),
  );
  const { ratio } = rows[1]!;
  return [{ goal: "virtual CPU at 2 x real time or better", met: ratio >= 2, found: `${ratio.toFixed(1)} x` }];
};
