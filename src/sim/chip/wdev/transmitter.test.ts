import { describe, expect, test } from "vitest";
import { hexOf, MacRig, ROUTER, STATION } from "../../../../test/support/mac-rig.ts";
import { TX_SLOT, TX_SLOT_BYTES, WDEV, WDEV_INT } from "./registers.ts";

const HEADER = `08010000${ROUTER}${STATION}${ROUTER}1000`;
const FCS = "00000000";
const DONE = WDEV_INT.txStart | WDEV_INT.txDone;
const slotWord = (rig: MacRig, slot: number): number => rig.read(WDEV.txSlot - TX_SLOT_BYTES * slot + TX_SLOT.plcp0);

test("a frame in two descriptors is sent without the room for its FCS, at its rate, on the radio's channel", () => {
  const rig = new MacRig();
  rig.mac.channel = 6;
  rig.transmit(0, [HEADER, `cafe${FCS}`]);
  rig.time.pass(1000);
  expect(rig.sent.map(({ bytes, rate, channel }) => [hexOf(bytes), rate, channel])).toEqual([[`${HEADER}cafe`, 6, 6]]);
});

test("an acknowledged frame clears the slot's go bits and raises start and done together", () => {
  const rig = new MacRig();
  rig.transmit(2, [HEADER + FCS]);
  expect(slotWord(rig, 2) >>> 30).toBe(3);
  rig.time.pass(1000);
  expect(slotWord(rig, 2) >>> 30).toBe(0);
  expect(rig.read(WDEV.intSt)).toBe(DONE);
  expect(rig.read(WDEV.txStatus)).toBe(2 << 12);
});

test.each([
  ["a frame that expects an answer", 1, 5],
  ["a group frame", 0, 0],
])("%s and gets none ends with outcome %i", (_, expects, outcome) => {
  const rig = new MacRig();
  rig.acknowledged = false;
  rig.transmit(1, [HEADER + FCS], { expects });
  rig.time.pass(1000);
  expect(rig.read(WDEV.txStatus) >>> 28).toBe(outcome);
});

test("two slots share the air, and the second outcome waits until the driver has seen the first", () => {
  const rig = new MacRig();
  rig.transmit(0, [HEADER + FCS]);
  rig.transmit(3, [HEADER + FCS]);
  rig.time.pass(10_000);
  expect([rig.sent.length, (rig.read(WDEV.txStatus) >>> 12) & 0xf]).toEqual([1, 0]);
  rig.write(WDEV.intClr, DONE);
  rig.time.pass(10_000);
  expect([rig.sent.length, (rig.read(WDEV.txStatus) >>> 12) & 0xf]).toEqual([2, 3]);
});

test("a frame handed over between an outcome and its being seen waits, too", () => {
  const rig = new MacRig();
  rig.transmit(0, [HEADER + FCS]);
  rig.time.pass(10_000);
  rig.transmit(3, [HEADER + FCS]);
  rig.time.pass(10_000);
  expect(rig.sent).toHaveLength(1);
  rig.write(WDEV.intClr, DONE);
  rig.time.pass(10_000);
  expect(rig.sent).toHaveLength(2);
});

test("a slow rate takes its time on the air", () => {
  const rig = new MacRig();
  rig.transmit(0, [HEADER + "00".repeat(500) + FCS], { rate: 0 });
  rig.time.pass(4000);
  expect(rig.sent).toHaveLength(0);
  rig.time.pass(1000);
  expect(rig.sent.map(({ rate }) => rate)).toEqual([1]);
});

test("a slot is sent once, however often its word is written while it goes", () => {
  const rig = new MacRig();
  rig.transmit(0, [HEADER + FCS]);
  rig.write(WDEV.txSlot + TX_SLOT.plcp0, slotWord(rig, 0));
  rig.time.pass(10_000);
  rig.write(WDEV.intClr, DONE);
  rig.time.pass(10_000);
  expect(rig.sent).toHaveLength(1);
});

describe("the MAC's clock", () => {
  test("counts µs from what was loaded, over 32 bits", () => {
    const rig = new MacRig();
    rig.write(WDEV.tsfLoadHigh, 1);
    rig.write(WDEV.tsfLoadLow, 0xffff_fff0);
    rig.time.pass(0x20);
    expect([rig.read(WDEV.tsfHigh), rig.read(WDEV.tsfLow)]).toEqual([2, 0x10]);
  });

  test("the timer raises bit 26 when the counter reaches its value, and only while it is armed", () => {
    const rig = new MacRig();
    rig.write(WDEV.tsfLoadLow, 1000);
    rig.write(WDEV.timerLow, 6000);
    rig.write(WDEV.timerControl, 0x8000_0000);
    rig.time.pass(4900);
    expect(rig.read(WDEV.intSt)).toBe(0);
    rig.time.pass(200);
    expect(rig.read(WDEV.intSt)).toBe(WDEV_INT.macTimer);
    rig.write(WDEV.intClr, WDEV_INT.macTimer);
    rig.write(WDEV.timerLow, 9000);
    rig.write(WDEV.timerControl, 0x8000_0000);
    rig.write(WDEV.timerControl, 0);
    rig.time.pass(10_000);
    expect(rig.read(WDEV.intSt)).toBe(0);
  });
});
