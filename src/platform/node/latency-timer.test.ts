import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { latencyTimerOf, lowerLatency, type TimerAccess } from "./latency-timer.ts";

/** A timer as the kernel keeps it, with the given permissions; `flag` as ftdi_sio's low-latency flag. */
function fakeTimer(
  ms: number,
  may: { readonly sysfs: boolean; readonly flag: boolean },
): TimerAccess & { now: () => number } {
  let set = ms;
  let flag = false;
  const now = (): number => (flag ? 1 : set);
  return {
    now,
    read: () => Promise.resolve(now()),
    write: (value) => {
      if (!may.sysfs) return Promise.reject(new Error("EACCES"));
      set = value;
      return Promise.resolve();
    },
    setFlag: (on) => {
      // The native module says nothing where the driver refuses.
      if (may.flag) flag = on;
      return Promise.resolve();
    },
  };
}

describe("an FTDI adapter's latency timer", () => {
  test("is lowered through sysfs where that may be written, and set back", async () => {
    const timer = fakeTimer(16, { sysfs: true, flag: true });
    const lowered = await lowerLatency("/dev/ttyUSB0", timer);
    expect(timer.now()).toBe(1);
    expect(lowered.notice).toMatchObject({ level: "info", text: expect.stringMatching(/16 ms to 1 ms.*restores it/) });
    expect(lowered.flagged).toBe(false);
    await lowered.restore();
    expect(timer.now()).toBe(16);
  });

  test("is lowered by the port's flag where sysfs belongs to root, and every setting carries the flag", async () => {
    const timer = fakeTimer(16, { sysfs: false, flag: true });
    const lowered = await lowerLatency("/dev/ttyUSB0", timer);
    expect([timer.now(), lowered.flagged, lowered.notice?.level]).toEqual([1, true, "info"]);
    await lowered.restore();
    expect(timer.now()).toBe(16);
  });

  test("is named as the bottleneck where neither may be done, with what to do", async () => {
    const timer = fakeTimer(16, { sysfs: false, flag: false });
    const { notice, restore } = await lowerLatency("/dev/ttyUSB0", timer);
    expect(notice?.level).toBe("warning");
    expect(notice?.text).toMatch(/is 16 ms.*setserial \/dev\/ttyUSB0 low_latency.*ATTR\{latency_timer\}="1"/);
    await restore();
    expect(timer.now()).toBe(16);
  });

  test("is left alone where it is low already, and stays low", async () => {
    const timer = fakeTimer(1, { sysfs: true, flag: true });
    const { notice, flagged, restore } = await lowerLatency("/dev/ttyUSB0", timer);
    expect([notice, flagged]).toEqual([undefined, true]);
    await restore();
    expect(timer.now()).toBe(1);
  });
});

describe("sysfs", () => {
  let sys: string;
  beforeAll(() => {
    sys = mkdtempSync(join(tmpdir(), "plugsmith-sys-"));
    mkdirSync(join(sys, "bus/usb-serial/devices/ttyUSB3"), { recursive: true });
    mkdirSync(join(sys, "bus/usb-serial/devices/ttyUSB4"), { recursive: true });
    writeFileSync(join(sys, "bus/usb-serial/devices/ttyUSB3/latency_timer"), "16\n");
    writeFileSync(join(sys, "ttyUSB3"), "");
    symlinkSync(join(sys, "ttyUSB3"), join(sys, "by-id"));
  });
  afterAll(() => rmSync(sys, { recursive: true, force: true }));
  const noFlag = (): Promise<void> => Promise.reject(new Error("no such port"));

  test("names the timer by the port's device, through links such as /dev/serial/by-id", async () => {
    const timer = await latencyTimerOf(join(sys, "by-id"), noFlag, sys);
    expect(await timer?.read()).toBe(16);
    await lowerLatency("/dev/ttyUSB3", timer!);
    expect(readFileSync(join(sys, "bus/usb-serial/devices/ttyUSB3/latency_timer"), "utf8")).toBe("1\n");
  });

  test("has no timer for adapters of other makers and for ports without USB", async () => {
    expect(await latencyTimerOf("/dev/ttyUSB4", noFlag, sys)).toBeUndefined();
    expect(await latencyTimerOf("/dev/ttyS0", noFlag, sys)).toBeUndefined();
  });
});
