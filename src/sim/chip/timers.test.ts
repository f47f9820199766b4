import { expect, test } from "vitest";
import { BlockTime } from "../../../test/support/chip-time.ts";
import { TIMER } from "./registers.ts";
import { Timers } from "./timers.ts";

const ENABLE = 0x80;
const AUTOLOAD = 0x40;
const BY16 = 4;

function setUp() {
  const time = new BlockTime();
  const clocks = { apbHz: 80e6, cpuHz: 80e6 };
  const fired: [number, number][] = [];
  const timers = new Timers(time, clocks, (timer) => fired.push([timer, Math.round(time.now * 1000) / 1000]));
  return { time, clocks, timers, fired };
}

test("FRC1 counts down from its load and fires once", () => {
  const { time, timers, fired } = setUp();
  timers.write(TIMER.frc1Ctrl, ENABLE | BY16);
  timers.write(TIMER.frc1Load, 4999);
  time.pass(500);
  expect(timers.read(TIMER.frc1Count)).toBe(2499);
  time.pass(1000);
  expect(fired).toEqual([[1, 1000]]);
  expect(timers.read(TIMER.frc1Ctrl) & 0x100).toBe(0x100);
  timers.write(TIMER.frc1Int, 0);
  expect(timers.read(TIMER.frc1Ctrl) & 0x100).toBe(0);
});

test("FRC1 with autoload fires again and again", () => {
  const { time, timers, fired } = setUp();
  timers.write(TIMER.frc1Ctrl, ENABLE | AUTOLOAD);
  timers.write(TIMER.frc1Load, 7999);
  time.pass(350);
  expect(fired.map(([, at]) => at)).toEqual([100, 200, 300]);
});

test("FRC2 counts up, wraps at 32 bits and fires at its alarm", () => {
  const { time, timers, fired } = setUp();
  timers.write(TIMER.frc2Ctrl, ENABLE | BY16);
  timers.write(TIMER.frc2Load, 0xffff_fff0);
  timers.write(TIMER.frc2Alarm, 0x10);
  time.pass(6.4 + 1e-3);
  expect(fired).toEqual([[2, 6.4]]);
  expect(timers.read(TIMER.frc2Count)).toBe(0x10);
});

test("a change of the APB clock keeps what has been counted", () => {
  const { time, clocks, timers } = setUp();
  timers.write(TIMER.frc2Ctrl, ENABLE);
  timers.write(TIMER.frc2Load, 0);
  time.pass(100);
  const changed = timers.rescale();
  clocks.apbHz = 52e6;
  changed();
  time.pass(100);
  expect(timers.read(TIMER.frc2Count)).toBe(8000 + 5200);
});

test("a stopped timer stands still and fires nothing", () => {
  const { time, timers, fired } = setUp();
  timers.write(TIMER.frc1Ctrl, ENABLE);
  timers.write(TIMER.frc1Load, 8000);
  time.pass(50);
  timers.write(TIMER.frc1Ctrl, 0);
  time.pass(1000);
  expect(timers.read(TIMER.frc1Count)).toBe(4000);
  expect(fired).toEqual([]);
});
