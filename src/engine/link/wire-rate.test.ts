import { describe, expect, test } from "vitest";
import { type StubRig, stubRig } from "../../../test/support/scripted-stub.ts";
import { u32le } from "../../core/bytes.ts";
import { isRate, rateOnWire } from "./wire-rate.ts";

// ESP8266 Technical Reference, UART registers: CLKDIV, AUTOBAUD, LOWPULSE, HIGHPULSE.
const DIVIDER = 0x60000014;
const AUTOBAUD = 0x60000018;
const LOW_PULSE = 0x60000028;
const HIGH_PULSE = 0x6000002c;
const NO_PULSE = 0xfffff;

interface WireRig extends StubRig {
  /** What happens on the line, in order: rates, patterns, values of the autobaud register. */
  readonly happened: string[];
  readonly measure: (target: number) => Promise<number | "refused" | undefined>;
}

/** A chip at 115200 baud (divider 451 with 26 MHz) that measured pulses of these clocks. */
function rig(low: number, high: number, refuses?: number): WireRig {
  const made = stubRig();
  const { stub, link, run } = made;
  stub.ram.set(DIVIDER, 0x80000000 + 451);
  stub.ram.set(LOW_PULSE, 0xab00000 + low);
  stub.ram.set(HIGH_PULSE, 0xcd00000 + high);
  const happened: string[] = [];
  const setBaud = stub.setBaud.bind(stub);
  stub.setBaud = (baud) => {
    if (baud === refuses) return Promise.reject(new Error("not this rate"));
    happened.push(`${baud} baud`);
    return setBaud(baud);
  };
  const write = stub.write.bind(stub);
  stub.write = (bytes) => {
    if (bytes[0] !== 0x55) return write(bytes);
    happened.push(`${bytes.length} times 0x55${bytes.every((byte) => byte === 0x55) ? "" : "?"}`);
    return new Promise((resolve) => link.port.clock.after(1, resolve));
  };
  stub.script = (name, frame) => {
    if (name === "writeReg" && u32le(frame, 8) === AUTOBAUD)
      happened.push(`autobaud 0x${u32le(frame, 12).toString(16)}`);
    if (name === "sync") happened.push("sync");
    return false;
  };
  return { ...made, happened, measure: (target) => run(rateOnWire(link, target)) };
}

describe("the rate on the wire", () => {
  test("the rate is the divider over the mean of both pulses, which read 12 clocks short", async () => {
    // 451 clocks a bit at 115200 baud; a bit of 113 clocks is 460,290 baud.
    expect(await rig(100, 102).measure(460_800)).toBeCloseTo((451 * 115_200) / 113, 6);
    expect(await rig(439, 439).measure(921_600)).toBeCloseTo(115_200, 6);
  });

  test("autobaud is started by a change of its enable bit, fed at the new rate, read at the old one, and ended", async () => {
    const { happened, measure, stub, link } = rig(100, 102);
    const epoch = link.flashEpoch;
    await measure(460_800);
    expect(happened).toEqual([
      "autobaud 0x0",
      "autobaud 0x801",
      "460800 baud",
      "28 times 0x55",
      "115200 baud",
      "sync",
      "autobaud 0x0",
    ]);
    expect(stub.baud).toBe(115_200);
    // What the chip made of the pattern is not known: three registers written, the pattern, and looking for the chip.
    expect(link.flashEpoch - epoch).toBe(5);
  });

  test("the pattern has 3 ms to leave before the rate goes back", async () => {
    const { stub, measure } = rig(100, 102);
    await measure(460_800);
    expect(stub.clock.now / 1000).toBe(1 + 3);
  });

  test("a rate that the driver refuses is reported so, and autobaud is ended", async () => {
    const { happened, measure, stub } = rig(100, 102, 460_800);
    expect(await measure(460_800)).toBe("refused");
    expect(happened).toEqual(["autobaud 0x0", "autobaud 0x801", "autobaud 0x0"]);
    expect(stub.baud).toBe(115_200);
  });

  test.each([
    ["low", NO_PULSE, 100],
    ["high", 100, NO_PULSE],
  ])("without a %s pulse there is no rate", async (_, low, high) => {
    expect(await rig(low, high).measure(460_800)).toBeUndefined();
  });
});

test("a measured rate is the one asked for within 12 %", () => {
  expect([0.881, 1.119].map((factor) => isRate(Math.round(factor * 100_000), 100_000))).toEqual([true, true]);
  expect([0.879, 1.121].map((factor) => isRate(Math.round(factor * 100_000), 100_000))).toEqual([false, false]);
});
