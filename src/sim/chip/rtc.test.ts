/** Sleep and its alarm, and the slow clock. Sources as in rtc.ts. */
import { describe, expect, test } from "vitest";
import { chipRig } from "../../../test/support/chip-rig.ts";
import { BlockTime } from "../../../test/support/chip-time.ts";
import { RTC } from "./registers.ts";
import { Rtc, SLOW_CLOCK_HZ } from "./rtc.ts";
import { SlowClockCalibration } from "./slow-clock-calibration.ts";

const SLEEP_NOW = 0x10_0000;
const BY_ALARM = 8;
const CORE_OFF = 0x20;

function setUp() {
  const time = new BlockTime();
  const interrupts: boolean[] = [];
  const sleeps: (number | undefined)[] = [];
  const rtc = new Rtc(time, {
    softwareReset: () => {},
    deepSleep: (until) => sleeps.push(until),
    interrupt: (on) => interrupts.push(on),
  });
  const sleep = (ticks: number, wakeSource = BY_ALARM): void => {
    rtc.write(RTC.wakeSource, wakeSource);
    rtc.write(RTC.alarm, (rtc.read(RTC.counter) + ticks) >>> 0);
    rtc.write(RTC.sleep, SLEEP_NOW);
  };
  return { time, rtc, sleep, interrupts, sleeps };
}

describe("light sleep", () => {
  test("the state a program polls changes when the counter reaches the alarm, and is cleared by writing to it", () => {
    const { time, rtc, sleep } = setUp();
    sleep(1700);
    time.pass(9_900);
    expect(rtc.read(RTC.intSt)).toBe(0);
    time.pass(200);
    expect(rtc.read(RTC.intSt)).toBe(1);
    expect(rtc.read(RTC.sleep)).toBe(0);
    rtc.write(RTC.intClr, 0xffffffff);
    expect(rtc.read(RTC.intSt)).toBe(0);
  });

  test("an alarm that the counter has passed already wakes at once", () => {
    const { time, rtc } = setUp();
    time.pass(1000);
    rtc.write(RTC.wakeSource, BY_ALARM);
    rtc.write(RTC.alarm, rtc.read(RTC.counter) - 3);
    rtc.write(RTC.sleep, SLEEP_NOW);
    time.pass(1);
    expect(rtc.read(RTC.intSt)).toBe(1);
  });

  test("without the alarm as a source nothing wakes", () => {
    const { time, rtc, sleep } = setUp();
    sleep(17, 4);
    time.pass(1e6);
    expect(rtc.read(RTC.intSt)).toBe(0);
  });

  test("waking raises the RTC's interrupt only where it is enabled", () => {
    const { time, rtc, sleep, interrupts } = setUp();
    sleep(17);
    time.pass(1000);
    expect(interrupts.at(-1)).toBe(false);
    rtc.write(RTC.intEna, 7);
    expect(interrupts.at(-1)).toBe(true);
    rtc.write(RTC.intClr, 1);
    expect(interrupts.at(-1)).toBe(false);
  });

  test("a reset in the middle of it takes the alarm away", () => {
    const { time, rtc, sleep } = setUp();
    sleep(17);
    rtc.reset();
    time.pass(1e6);
    expect(rtc.read(RTC.intSt)).toBe(0);
  });
});

test("with the core switched off it is deep sleep, until the alarm or for ever", () => {
  const { rtc, sleep, sleeps } = setUp();
  rtc.write(RTC.powerDown, CORE_OFF);
  sleep(SLOW_CLOCK_HZ);
  sleep(SLOW_CLOCK_HZ, 0);
  expect(sleeps.map((until) => until && Math.round(until))).toEqual([1e6, undefined]);
});

describe("a chip in deep sleep", () => {
  function asleep(ticks: number) {
    const rig = chipRig();
    rig.pass(50);
    const { bus } = rig.chip;
    const scratch = 0x60001200;
    bus.write32(scratch, 0x12345678);
    bus.write32(0x60000718, BY_ALARM);
    bus.write32(0x60000744, CORE_OFF);
    bus.write32(0x60000704, bus.read32(0x6000071c) + ticks);
    rig.take();
    bus.write32(0x60000708, SLEEP_NOW);
    return { rig, scratch };
  }

  test("is silent until the alarm, then boots with cause 5, its RTC memory kept and its RAM lost", () => {
    const { rig, scratch } = asleep(17_000);
    rig.chip.cpu.write32(0x3ffe8000, 0x0badcafe);
    rig.pass(99);
    expect(rig.text()).toBe("");
    rig.pass(50);
    expect(rig.text()).toContain("rst cause:5, boot mode:(3,6)");
    expect(rig.chip.bus.read32(scratch)).toBe(0x12345678);
    expect(rig.chip.cpu.read32(0x3ffe8000) >>> 0).not.toBe(0x0badcafe);
  });

  test("is woken by the reset pin, and no more by its alarm after that", () => {
    const { rig } = asleep(17_000);
    rig.pass(10);
    rig.chip.setReset(0);
    rig.chip.setReset(1);
    rig.pass(300);
    expect(rig.text().match(/rst cause:\d/g)).toEqual(["rst cause:2"]);
  });

  test("hears nothing meanwhile", () => {
    const { rig } = asleep(17_000);
    rig.send([0x41, 0x42]);
    rig.pass(20);
    expect(rig.chip.uart0.rx.count).toBe(0);
  });
});

describe("the calibration of the slow clock", () => {
  test("counts the crystal's cycles in so many slow ones, and is ready after as long", () => {
    const time = new BlockTime();
    const calibration = new SlowClockCalibration(time);
    calibration.control = 170;
    calibration.control = 0x8000_0000 + 170;
    time.pass(900);
    expect(calibration.value).toBe(0);
    time.pass(200);
    expect(calibration.value).toBe(0x8000_0000 + 26_000);
  });

  test("starts again only when the start bit has been 0", () => {
    const time = new BlockTime();
    const calibration = new SlowClockCalibration(time);
    calibration.control = 0x8000_0000 + 17;
    time.pass(1000);
    calibration.control = 0x8000_0000 + 170;
    expect(calibration.value).toBe(0x8000_0000 + 2600);
  });
});
