/**
 * The latency timer of FTDI adapters under Linux: how long the adapter keeps received bytes that do not fill a packet,
 * 16 ms unless told otherwise. Every answer of the chip waits for it, so it is set to 1 ms while plugsmith has the port
 * and set back afterwards.
 *
 * Two ways: the driver's attribute in sysfs, which belongs to root unless a udev rule says otherwise; and the port's
 * low-latency flag, which anyone who may open the port may set. Sources: FTDI AN232B-04; Linux drivers/usb/serial/ftdi_sio.c
 * (latency_timer_store, set_serial_info, write_latency_timer).
 */

import { readFile, realpath, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { say, type Text } from "../../core/text/text.ts";

export interface PortNotice {
  readonly level: "info" | "warning";
  readonly text: Text;
}

export interface LatencyTimer {
  /** The message, if there is one. */
  readonly notice: PortNotice | undefined;
  /** Every setting of the control lines has to carry the low-latency flag, or the driver takes it back. */
  readonly flagged: boolean;
  /** Sets back what was changed. Never fails. */
  readonly restore: () => Promise<void>;
}

export interface TimerAccess {
  /** ms as the driver reports them. */
  read(): Promise<number>;
  /** Through sysfs. Fails without permission. */
  write(ms: number): Promise<void>;
  /** The port's low-latency flag. Some drivers ignore it without a word. */
  setFlag(on: boolean): Promise<void>;
}

/** The shortest the driver takes, ms. */
const SHORTEST_MS = 1;

/** @param sys where sysfs is mounted. Undefined where the port has no such timer. */
export async function latencyTimerOf(
  path: string,
  setFlag: (on: boolean) => Promise<void>,
  sys = "/sys",
): Promise<TimerAccess | undefined> {
  const device = basename(await realpath(path).catch(() => path));
  const file = `${sys}/bus/usb-serial/devices/${device}/latency_timer`;
  const read = async (): Promise<number> => Number((await readFile(file, "utf8")).trim());
  const now = await read().catch(() => Number.NaN);
  return now > 0 ? { read, write: (ms) => writeFile(file, `${ms}\n`), setFlag } : undefined;
}

const UDEV_RULE = 'ACTION=="add", SUBSYSTEM=="usb-serial", DRIVER=="ftdi_sio", ATTR{latency_timer}="1"';

/** Lowers the timer as far as it may. Errors: none; what cannot be done is in the notice. */
export async function lowerLatency(path: string, timer: TimerAccess): Promise<LatencyTimer> {
  const before = await timer.read();
  const nothing = (): Promise<void> => Promise.resolve();
  if (before <= SHORTEST_MS) return { notice: undefined, flagged: true, restore: nothing };
  const lowered: PortNotice = {
    level: "info",
    text: say`${path}: plugsmith lowers the adapter's latency timer from ${before} ms to ${SHORTEST_MS} ms and restores it at the end.`,
  };
  const isLow = async (): Promise<boolean> => (await timer.read().catch(() => before)) <= SHORTEST_MS;
  await timer.write(SHORTEST_MS).catch(() => undefined);
  if (await isLow()) {
    return { notice: lowered, flagged: false, restore: () => timer.write(before).catch(() => undefined) };
  }
  await timer.setFlag(true).catch(() => undefined);
  if (await isLow()) {
    return { notice: lowered, flagged: true, restore: () => timer.setFlag(false).catch(() => undefined) };
  }
  return {
    notice: {
      level: "warning",
      text: say`${path}: the adapter's latency timer is ${before} ms, and plugsmith could not lower it. It delays every answer of the chip, which makes reading slow. To lower it once, run: sudo setserial ${path} low_latency. To lower it permanently, add this line to /etc/udev/rules.d/99-ftdi-latency.rules: ${UDEV_RULE}`,
    },
    flagged: true,
    restore: nothing,
  };
}
