import { describe, expect, test } from "vitest";
import { ACCESS_POINT, MacRig, RING, ROUTER, RX_BUFFERS, STATION } from "../../../../test/support/mac-rig.ts";
import { WDEV, WDEV_INT } from "./registers.ts";

const ALL = "ffffffffffff";
const OTHER = "001122334455";
/** Frame control, duration, three addresses, sequence control, two bytes of body. */
const frame = (control: string, a1: string, a2: string, a3: string): string => `${control}0000${a1}${a2}${a3}1000cafe`;
const FOR_STATION = frame("0802", STATION, ROUTER, OTHER);
const BEACON = frame("8000", ALL, ROUTER, ROUTER);

describe("the ring", () => {
  test("a frame goes into the buffer of the first descriptor: twelve bytes about it, the frame, four for the FCS", () => {
    const rig = new MacRig();
    rig.ring(2);
    expect(rig.hear(FOR_STATION)).toBe(true);
    const length = FOR_STATION.length / 2;
    expect(rig.ram(RX_BUFFERS + 12, length + 4)).toBe(`${FOR_STATION}00000000`);
    // Size kept, length filled in, end of frame set, no longer the hardware's.
    expect(rig.word(RING)).toBe(0x40000000 + ((12 + length + 4) << 12) + 256);
    expect(rig.read(WDEV.rxLast)).toBe(RING);
    expect(rig.read(WDEV.rxNext)).toBe(RING + 12);
    expect(rig.read(WDEV.intSt)).toBe(WDEV_INT.rxData);
    expect(rig.interrupt).toBe(true);
  });

  test("the next frame waits until the interrupt for the one before has been cleared", () => {
    const rig = new MacRig();
    rig.ring(2);
    rig.hear(FOR_STATION);
    rig.hear(BEACON);
    rig.time.pass(1000);
    expect(rig.read(WDEV.rxLast)).toBe(RING);
    rig.write(WDEV.intClr, WDEV_INT.rxData);
    rig.time.pass(1000);
    expect(rig.read(WDEV.rxLast)).toBe(RING + 12);
    expect(rig.ram(RX_BUFFERS + 256 + 12, 4)).toBe("80000000");
  });

  test("the last descriptor is never filled: frames are lost until the driver hangs another one behind it", () => {
    const rig = new MacRig();
    rig.ring(2);
    for (let i = 0; i < 3; i++) {
      rig.hear(FOR_STATION);
      rig.write(WDEV.intClr, WDEV_INT.rxData);
      rig.time.pass(1000);
    }
    expect(rig.read(WDEV.rxLast)).toBe(RING + 12);
    rig.hear(BEACON);
    expect(rig.read(WDEV.intSt)).toBe(0);
    rig.link(2, 0);
    rig.hear(BEACON);
    expect(rig.read(WDEV.rxLast)).toBe(RING + 24);
    expect(rig.ram(RX_BUFFERS + 512 + 12, 4)).toBe("80000000");
  });

  test("a descriptor that is not the hardware's is left alone", () => {
    const rig = new MacRig();
    rig.ring(1);
    rig.own(0, false);
    rig.hear(FOR_STATION);
    expect(rig.read(WDEV.intSt)).toBe(0);
    rig.own(0, true);
    rig.hear(FOR_STATION);
    expect(rig.read(WDEV.rxLast)).toBe(RING);
  });

  test("while the driver has the MAC's interrupts off no frame is stored: it would be taken with the one before", () => {
    const rig = new MacRig();
    rig.ring(3);
    rig.hear(FOR_STATION);
    // What wDev_ProcessFiq does, in its order: interrupts off, clear, look which descriptor was filled last.
    rig.write(WDEV.intEna, 0);
    rig.hear(BEACON);
    rig.write(WDEV.intClr, WDEV_INT.rxData);
    rig.time.pass(1000);
    expect(rig.read(WDEV.rxLast)).toBe(RING);
    expect(rig.read(WDEV.intSt)).toBe(0);
    rig.write(WDEV.intEna, 0xffffffff);
    rig.time.pass(1000);
    expect(rig.read(WDEV.rxLast)).toBe(RING + 12);
    expect(rig.interrupt).toBe(true);
  });

  test("a frame that is longer than its buffer is lost, and the descriptor stays", () => {
    const rig = new MacRig();
    rig.ring(2, 64);
    rig.hear(FOR_STATION + "00".repeat(64));
    expect(rig.read(WDEV.intSt)).toBe(0);
    rig.hear(FOR_STATION);
    expect(rig.read(WDEV.rxLast)).toBe(RING);
  });

  test("the chip is on the air once the ring is given, and off it after a reset", () => {
    const rig = new MacRig();
    expect(rig.joined).toBe(0);
    rig.ring(1);
    rig.write(WDEV.rxHead, RING);
    expect(rig.joined).toBe(1);
    rig.mac.reset();
    expect(rig.joined).toBe(0);
    expect(rig.read(WDEV.rxNext)).toBe(0);
  });
});

describe("what is said about a frame", () => {
  const about = (hear: (rig: MacRig) => void): { word: number; channel: number } => {
    const rig = new MacRig();
    rig.ring(1);
    hear(rig);
    return { word: rig.word(RX_BUFFERS), channel: rig.word(RX_BUFFERS + 8) >>> 16 };
  };

  test("signal above -96 dBm, rate code, group bit, length with FCS, channel", () => {
    const { word, channel } = about((rig) => rig.hear(BEACON, { signal: -60, rate: 1, channel: 11 }));
    expect([word & 0xff, (word >>> 8) & 0xf, (word >>> 12) & 1, (word >>> 16) & 0xfff]).toEqual([36, 0, 1, 30]);
    expect(channel).toBe(11);
  });

  test.each([
    [6, 0xb],
    [54, 0xc],
    [11, 3],
    [5.5, 2],
  ])("%f Mbit/s is code %i", (rate, code) => {
    expect((about((rig) => rig.hear(FOR_STATION, { rate })).word >>> 8) & 0xf).toBe(code);
  });

  test.each([
    ["a frame from the station's network", FOR_STATION, 0b0101],
    ["a frame to the access point", frame("0801", ACCESS_POINT, OTHER, ALL), 0b1010],
    ["a beacon of the station's network", BEACON, 0b0100],
    ["a beacon of another network", frame("8000", ALL, OTHER, OTHER), 0],
    ["an answer from another network", frame("5000", STATION, OTHER, OTHER), 0b0001],
  ])("%s matches %i", (_, bytes, match) => {
    expect(about((rig) => rig.hear(bytes)).word >>> 28).toBe(match);
  });

  test.each([
    [0, 0],
    [0x10000, 0b1000],
  ])("a probe request to no BSSID matches the access point if its address counts (mask word %i)", (mask, match) => {
    const probe = frame("4000", ALL, OTHER, ALL);
    const { word } = about((rig) => {
      rig.write(WDEV.addressMask + 12, mask);
      rig.hear(probe);
    });
    expect(word >>> 28).toBe(match);
  });
});

describe("the filter", () => {
  test.each([
    ["for another station", frame("0802", OTHER, ROUTER, ROUTER)],
    ["for another BSSID", frame("0801", ROUTER, OTHER, ALL)],
  ])("a frame %s is neither stored nor acknowledged", (_, bytes) => {
    const rig = new MacRig();
    rig.ring(1);
    expect(rig.hear(bytes)).toBe(false);
    expect(rig.read(WDEV.intSt)).toBe(0);
  });

  test("a group frame is stored and not acknowledged", () => {
    const rig = new MacRig();
    rig.ring(1);
    expect(rig.hear(BEACON)).toBe(false);
    expect(rig.read(WDEV.intSt)).toBe(WDEV_INT.rxData);
  });

  test("a frame on another channel is not heard, once the radio is tuned", () => {
    const rig = new MacRig();
    rig.ring(1);
    rig.mac.channel = 6;
    expect(rig.hear(FOR_STATION, { channel: 1 })).toBe(false);
    expect(rig.hear(FOR_STATION, { channel: 6 })).toBe(true);
  });
});

test("the interrupt line is up only for bits that are enabled", () => {
  const rig = new MacRig();
  rig.write(WDEV.intEna, WDEV_INT.txDone);
  rig.ring(1);
  rig.hear(FOR_STATION);
  expect(rig.interrupt).toBe(false);
  rig.write(WDEV.intEna, WDEV_INT.rxData);
  expect(rig.interrupt).toBe(true);
  rig.write(WDEV.intClr, WDEV_INT.rxData);
  expect(rig.interrupt).toBe(false);
});
