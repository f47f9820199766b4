import { expect, test } from "vitest";
import { chipRig, type Rig, SYNC, words } from "../../../test/support/chip-rig.ts";

/** A "ROM" whose program at the reset vector finds 0x60000000 + 1Ch in a3 and 0x3ffe8000 in a6. */
function program(code: number[]): Uint8Array {
  const rom = new Uint8Array(0x10000);
  rom.set(words(0x6000001c, 0x3ffe8000), 0x70);
  rom.set([0x31, 0xfc, 0xff, 0x61, 0xfc, 0xff, ...code], 0x80);
  return rom;
}

/** Polls UART_STATUS until a byte is there, then stores CCOUNT at a6 and stays. */
const WAIT_FOR_BYTE = [
  ...[0x48, 0x03], // L32I.N a4, a3, 0
  ...[0x40, 0x40, 0x74], // EXTUI a4, a4, 0, 8
  ...[0x16, 0x74, 0xff], // BEQZ a4, back to the load
  ...[0x50, 0xea, 0x03], // RSR a5, CCOUNT
  ...[0x59, 0x06], // S32I.N a5, a6, 0
  ...[0x06, 0xff, 0xff], // J to itself
];

/** The same, counting its laps in a7. */
const COUNT_UNTIL_BYTE = [
  ...[0x48, 0x03],
  ...[0x1b, 0x77], // ADDI.N a7, a7, 1
  ...[0x40, 0x40, 0x74],
  ...[0x16, 0x54, 0xff],
  ...[0x79, 0x06], // S32I.N a7, a6, 0
  ...[0x06, 0xff, 0xff],
];

/** Events so close together that no wait between them is worth skipping. */
function keepBusy(rig: Rig, untilMs: number): void {
  const tick = (): void => {
    if (rig.clock.now < untilMs * 1000) rig.clock.at(rig.clock.now + 17.3, tick);
  };
  tick();
}

function waitedFor(code: number[], atMs: number, busy: boolean): { word: number; skippedMs: number } {
  const rig = chipRig({ romDump: program(code) });
  if (busy) keepBusy(rig, atMs);
  rig.pass(atMs);
  rig.send([0x41]);
  rig.pass(1);
  return { word: rig.chip.cpu.read32(0x3ffe8000), skippedMs: rig.chip.runner.skippedUs / 1000 };
}

test.each([20.0137, 55.5, 123.4567])(
  "a polling loop skipped for %f ms ends in the same cycle as one executed",
  (ms) => {
    const skipped = waitedFor(WAIT_FOR_BYTE, ms, false);
    const executed = waitedFor(WAIT_FOR_BYTE, ms, true);
    expect(skipped.word).toBe(executed.word);
    expect(skipped.skippedMs).toBeGreaterThan(ms * 0.98);
    expect(executed.skippedMs).toBeLessThan(1);
    expect(skipped.word / 52_000).toBeCloseTo(ms + 10 / 115.2, 1);
  },
);

test("a loop that counts its laps has counted them all", () => {
  expect(waitedFor(COUNT_UNTIL_BYTE, 30, false).word).toBe(waitedFor(COUNT_UNTIL_BYTE, 30, true).word);
});

/** Looks at UART_STATUS, adding `step` to a7 (from `start`), as long as a7 compares with `limit` in this way. */
function givingUp(branch: number, start: number, step: number, limit: number): Uint8Array {
  const rom = new Uint8Array(0x10000);
  rom.set(words(limit, start, 0x6000001c, 0x3ffe8000), 0x68);
  const code = [
    ...[0x31, 0xfc, 0xff, 0x61, 0xfc, 0xff], // L32R a3, status; L32R a6, RAM
    ...[0x81, 0xf8, 0xff, 0x71, 0xf8, 0xff], // L32R a8, limit; L32R a7, start
    ...[0x72, 0xc7, step & 0xff], // ADDI a7, a7, step
    ...[0x48, 0x03], // L32I.N a4, a3, 0
    ...[0x87, (branch << 4) | 7, 0xf7], // branch a7, a8, back to the ADDI
    ...[0x50, 0xea, 0x03, 0x59, 0x06, 0x79, 0x16, 0x06, 0xff, 0xff], // CCOUNT and a7 to RAM; J to itself
  ];
  rom.set(code, 0x80);
  return rom;
}

const BRANCH = { BLT: 2, BLTU: 3, BNE: 9, BGE: 10, BGEU: 11 } as const;

test.each([
  [BRANCH.BLTU, 0, 1, 200_000],
  [BRANCH.BLTU, 0x7fff_0000, 3, 0x8000_0000],
  [BRANCH.BLT, -100_000, 1, 77],
  [BRANCH.BLT, -100_000, 7, 0],
  [BRANCH.BNE, 0, -1, -150_000],
  [BRANCH.BNE, 12, 4, 12 + 4 * 33_333],
  [BRANCH.BGE, 150_000, -1, 3],
  [BRANCH.BGEU, 150_001, -2, 3],
  [BRANCH.BLT, 0x7fff_0000, 1, 0x7fff_ffff],
])(
  "a loop that counts and gives up (branch %i from %i by %i to %i) does so in the same cycle",
  (branch, start, step, limit) => {
    const outcome = (busy: boolean): { ccount: number; counter: number; skippedMs: number } => {
      const rig = chipRig({ romDump: givingUp(branch, start, step, limit) });
      if (busy) keepBusy(rig, 100);
      rig.pass(100);
      const { cpu, runner } = rig.chip;
      const skippedMs = runner.skippedUs / 1000;
      return { ccount: cpu.read32(0x3ffe8000), counter: cpu.read32(0x3ffe8004), skippedMs };
    };
    const [skipped, executed] = [outcome(false), outcome(true)];
    expect(skipped.ccount).toBe(executed.ccount);
    expect(skipped.counter).toBe(executed.counter);
    expect(skipped.skippedMs).toBeGreaterThan(2);
    expect(executed.skippedMs).toBeLessThan(1);
  },
);

test("a chip that waits for its first SYNC schedules nothing, for hours", () => {
  const rig = chipRig({ gpio0: 0 });
  rig.pass(100);
  rig.take();
  expect(rig.clock.nextEventAt).toBe(Number.POSITIVE_INFINITY);
  rig.pass(7_200_000);
  rig.send(SYNC);
  rig.pass(30);
  expect(rig.hex()).toBe("");
  rig.send(SYNC);
  rig.pass(30);
  expect(rig.hex()).toBe("c001080200070712200000c0".repeat(8));
  expect(rig.clock.nextEventAt).toBe(Number.POSITIVE_INFINITY);
});

test("cutting the power stops everything the chip had planned", () => {
  const rig = chipRig({ gpio0: 0 });
  rig.pass(5);
  rig.chip.setPower(false);
  const heard = rig.take().length;
  rig.pass(1000);
  expect(heard).toBeGreaterThan(0);
  expect(rig.take()).toEqual([]);
  expect(rig.clock.nextEventAt).toBe(Number.POSITIVE_INFINITY);
});

test("the same seed gives the same run, another seed other RAM", () => {
  const ram = (seed: number) => chipRig({ gpio0: 0, seed }).chip.cpu.readBlock(0x3ffe8000, 64);
  expect(ram(1)).toEqual(ram(1));
  expect(ram(1)).not.toEqual(ram(2));
});

test("a dearer cycle table makes the boot text no slower on the wire but the core later to begin it", () => {
  const first = (costScale: number): number => {
    const rig = chipRig({ gpio0: 0, costScale, romDump: program(WAIT_FOR_BYTE) });
    rig.pass(10);
    rig.send([1]);
    rig.pass(1);
    return rig.chip.cpu.read32(0x3ffe8000);
  };
  expect(first(1)).not.toBe(first(2));
});
