/**
 * Small programs of our own, executed by the whole chip with the emulated ROM: what real firmware needs of interrupts,
 * NMI, timers, tasks, GPIO edges and the flash cache, without any firmware. ROM addresses: eagle.rom.addr.v6.ld.
 */
import { expect, test } from "vitest";
import { Assembler } from "../../../test/support/lx106-assembler.ts";
import { HEAP, RomCaller } from "../../../test/support/rom-caller.ts";
import { NOR_COMMAND } from "./flash-parts.ts";

const ROM = {
  isrAttach: 0x40000f88,
  isrUnmask: 0x40000fa8,
  task: 0x40000dd0,
  post: 0x40000e24,
  run: 0x40000e04,
  cacheEnable: 0x40004678,
} as const;
const CODE = 0x40108000;
/** ISA Reference Manual, special registers. */
const SR = { vecbase: 231, excsave3: 211 } as const;
const GPIO = { status: 0x6000031c, clear: 0x60000324, pin13: 0x6000035c } as const;
const FALLING_EDGE = 2 << 7;
const GPIO_INTERRUPT = 4;
const BUTTON = 13;

function load(caller: RomCaller, assembler: Assembler, base: number): void {
  caller.put(base, assembler.bytes);
}

test("FRC1 interrupts a program as NMI at its own vector, at the timer's pace, with interrupts locked", () => {
  const caller = new RomCaller();
  const [vectors, counter] = [0x40109000, HEAP];
  // VECBASE + 0x20 is the NMI's vector; the literal stands in front of it.
  const nmi = new Assembler(vectors + 0x1c)
    .wsr(2, SR.excsave3)
    .l32r(2, counter)
    .s32i(3, 2, 4)
    .l32i(3, 2, 0)
    .addi(3, 3, 1)
    .s32i(3, 2, 0)
    .l32i(3, 2, 4)
    .rsr(2, SR.excsave3)
    .rfi(3);
  expect(nmi.entry).toBe(vectors + 0x20);
  const main = new Assembler(CODE)
    .l32r(2, vectors)
    .wsr(2, SR.vecbase)
    .l32r(4, counter)
    .movi(3, 0)
    .s32i(3, 4, 0)
    .l32r(2, 0x3ff00000)
    .movi(3, 0xf)
    .s32i(3, 2, 0)
    .l32r(2, 0x60000600)
    .l32r(3, 51_999)
    .s32i(3, 2, 0)
    // Enabled, autoload, not divided: 1 ms at 52 MHz.
    .movi(3, 0xc0)
    .s32i(3, 2, 8)
    .movi(5, 5)
    .label("wait")
    .l32i(2, 4, 0)
    .bltu(2, 5, "wait")
    .jx(0);
  load(caller, nmi, vectors + 0x1c);
  load(caller, main, CODE);
  caller.cpu.ps |= 0xf;
  expect(caller.call(main.entry, [], 4)).toBeUndefined();
  const counted = (): number => {
    caller.rig.chip.runner.beforeInput();
    return caller.cpu.read32(counter);
  };
  const before = counted();
  caller.rig.pass(6);
  expect(counted() - before).toBe(6);
  // What the loop saw when it ended.
  expect(caller.cpu.a[2]).toBe(5);
});

test("a falling edge on a pin runs the handler, which posts, and the task gets the event", () => {
  const caller = new RomCaller();
  const [handlerAt, taskAt, queue, result] = [0x40109000, 0x4010a000, HEAP + 0x100, HEAP];
  const handler = new Assembler(handlerAt)
    .addi(1, 1, -16)
    .s32i(0, 1, 0)
    .l32r(2, GPIO.status)
    .l32i(4, 2, 0)
    .l32r(2, GPIO.clear)
    .s32i(4, 2, 0)
    .movi(2, 2)
    .movi(3, 77)
    .l32r(5, ROM.post)
    .callx0(5)
    .l32i(0, 1, 0)
    .addi(1, 1, 16)
    .jx(0);
  // Adds up the signals, and keeps the last parameter.
  const task = new Assembler(taskAt)
    .l32i(3, 2, 0)
    .l32i(5, 2, 4)
    .l32r(4, result)
    .l32i(2, 4, 0)
    .add(2, 2, 3)
    .s32i(2, 4, 0)
    .s32i(5, 4, 4)
    .jx(0);
  load(caller, handler, handlerAt);
  load(caller, task, taskAt);
  caller.cpu.write32(result, 0);
  caller.cpu.write32(GPIO.pin13, FALLING_EDGE);
  caller.call(ROM.isrAttach, [GPIO_INTERRUPT, handler.entry, 0]);
  caller.call(ROM.task, [task.entry, 2, queue, 4]);
  caller.call(ROM.isrUnmask, [1 << GPIO_INTERRUPT]);
  caller.call(ROM.run);
  const { chip } = caller.rig;
  for (let press = 0; press < 3; press++) {
    chip.holdPin(BUTTON, 0);
    caller.rig.pass(5);
    chip.holdPin(BUTTON, 1);
    caller.rig.pass(5);
  }
  chip.runner.beforeInput();
  expect(caller.cpu.read32(result)).toBe(3 * 77);
  expect(caller.cpu.read32(result + 4)).toBe(1 << BUTTON);
});

test("code in the flash runs through the cache, and is another's after the flash has changed", () => {
  const at = 0x2000;
  const answering = (value: number): Uint8Array => new Assembler(0x40200000 + at).movi(2, value).jx(0).bytes;
  const contents = new Uint8Array(0x100000).fill(0xff);
  contents.set(answering(42), at);
  const caller = new RomCaller({ flash: { contents } });
  caller.call(ROM.cacheEnable, [0, 0, 1]);
  expect(caller.call(0x40200000 + at)).toBe(42);
  // NOR: bits only go from 1 to 0. 40 is 42 without bit 1.
  const { flash, clock } = caller.rig;
  flash.transact(NOR_COMMAND.writeEnable, 0, new Uint8Array(0), 0, clock.now);
  expect(flash.program(at, answering(42 & 40), clock.now)).toBe(true);
  caller.rig.pass(10);
  flash.readStatus(clock.now);
  expect(caller.call(0x40200000 + at)).toBe(40);
});
