import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ByteLine } from "../../engine/ports.ts";
import { openLine } from "./open-line.ts";
import { isSamePort } from "./port-presence.ts";
import { type SerialPortCalls, serialWire } from "./serial-wire.ts";

const hasSocat = ((): boolean => {
  try {
    execFileSync("socat", ["-V"], { stdio: "ignore" });
    return process.platform === "linux";
  } catch {
    return false;
  }
})();

const heard = (line: ByteLine, count: number): Promise<number[]> =>
  new Promise((resolve) => {
    const bytes: number[] = [];
    line.listen({
      bytes: (chunk) => {
        bytes.push(...chunk);
        if (bytes.length === count) resolve(bytes);
      },
    });
  });

/** Two pseudo terminals joined by socat, where it is installed: the native module on a port without hardware. */
describe.skipIf(!hasSocat)("the native serial port on a pseudo terminal", () => {
  let directory: string;
  let socat: ChildProcess;
  let name: (end: string) => string;

  const start = async (): Promise<void> => {
    const end = (which: string): string => `pty,rawer,link=${name(which)}`;
    socat = spawn("socat", ["-d", "-d", end("a"), end("b")], { stdio: ["ignore", "ignore", "pipe"] });
    await new Promise<void>((resolve, reject) => {
      let said = "";
      socat.stderr?.on("data", (data) => {
        said += String(data);
        if (said.includes("starting data transfer")) resolve();
      });
      socat.once("exit", () => reject(new Error(said)));
    });
  };
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => socat.once("exit", resolve));
    socat.kill();
    await ended;
  };

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "plugsmith-pty-"));
    name = (end) => join(directory, end);
    await start();
  });
  afterAll(async () => {
    await stop();
    rmSync(directory, { recursive: true, force: true });
  });

  test("carries every byte value both ways, at rates that are no standard", async () => {
    const a = await openLine(name("a"), { baud: 74_880 });
    const b = await openLine(name("b"));
    const all = Uint8Array.from({ length: 256 }, (_, index) => index);
    const there = heard(b, 256);
    await a.write(all);
    expect(await there).toEqual([...all]);
    await b.setBaud(460_800);
    const back = heard(a, 256);
    await b.write(all);
    expect(await back).toEqual([...all]);
    await Promise.all([a.close(), b.close()]);
  });

  test("an FTDI's latency timer is low while the port is open, told once, and set back", async () => {
    const timer = join(directory, "bus/usb-serial/devices", basename(realpathSync(name("a"))));
    mkdirSync(timer, { recursive: true });
    writeFileSync(join(timer, "latency_timer"), "16\n");
    const notices: string[] = [];
    const a = await openLine(name("a"), { sys: directory, notice: ({ text }) => notices.push(text.toString()) });
    await a.setControlLines({ dtr: false }).catch(() => undefined);
    expect(readFileSync(join(timer, "latency_timer"), "utf8")).toBe("1\n");
    await a.close();
    expect(readFileSync(join(timer, "latency_timer"), "utf8")).toBe("16\n");
    expect(notices).toEqual([expect.stringContaining("16 ms to 1 ms")]);
  });

  test("a second opener is told that the port is busy, and by whom is not invented", async () => {
    const a = await openLine(name("a"));
    await expect(openLine(name("a"))).rejects.toMatchObject({ code: "port-busy", plugState: "untouched" });
    await a.close();
  });

  test("the line is lost when the port vanishes and works again when it is back", async () => {
    const line = await openLine(name("a"));
    const events: string[] = [];
    const back = new Promise<void>((resolve) => {
      line.listen({
        bytes: () => {},
        lost: () => {
          events.push("lost");
        },
        reappeared: () => {
          events.push("reappeared");
          resolve();
        },
      });
    });
    // One after the other: the old socat removes its links as it ends, a new one's too.
    await stop();
    await start();
    await back;
    expect(events).toEqual(["lost", "reappeared"]);
    const b = await openLine(name("b"));
    const there = heard(b, 2);
    await line.write(Uint8Array.of(1, 2));
    expect(await there).toEqual([1, 2]);
    await Promise.all([line.close(), b.close()]);
  });

  test("the rate that is read back on Linux is the one that was set, a standard one or not", async () => {
    const a = await openLine(name("a"));
    for (const rate of [74_880, 460_800, 921_600, 115_200]) {
      await a.setBaud(rate);
      expect(a.baud).toBe(rate);
    }
    await a.close();
  });

  test("a port that does not exist is named so", async () => {
    await expect(openLine(name("nothing"))).rejects.toMatchObject({ code: "port-not-found" });
  });
});

const hasPython = ((): boolean => {
  try {
    execFileSync("python3", ["-c", "import pty, tty"], { stdio: "ignore" });
    return process.platform === "linux" || process.platform === "darwin";
  } catch {
    return false;
  }
})();

/** Names its far end, and sends back what comes from there. */
const ECHO_PTY = `
import os, pty, sys, tty
near, far = pty.openpty()
tty.setraw(far)
print(os.ttyname(far), flush=True)
while True:
    os.write(near, os.read(near, 4096))
`;

test.skipIf(!hasPython)("a port without modem control lines opens, says so once, and carries bytes", async () => {
  const echo = spawn("python3", ["-c", ECHO_PTY], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const name = await new Promise<string>((resolve) => {
      echo.stdout.once("data", (data) => resolve(String(data).trim()));
    });
    const notices: string[] = [];
    const line = await openLine(name, { notice: ({ level, text }) => notices.push(`${level}: ${String(text)}`) });
    expect(line.can).toEqual({ baud: true, controlLines: false });
    expect(notices).toEqual([expect.stringMatching(/^warning: .* has no DTR and RTS lines/)]);
    // Whoever asks all the same, as a reset does, is not refused.
    await line.setControlLines({ dtr: true, rts: false });
    await line.setBaud(74_880);
    const back = heard(line, 3);
    await line.write(Uint8Array.of(0, 0x7f, 0xff));
    expect(await back).toEqual([0, 0x7f, 0xff]);
    await line.close();
  } finally {
    echo.kill();
  }
});

/** The open port as `serialport` shows it, on a driver that runs at no more than `highest` baud and reports success. */
function fakePort(highest: number): SerialPortCalls & { isOpen: boolean; readonly log: string[] } {
  const log: string[] = [];
  let baudRate = 115_200;
  return {
    log,
    isOpen: true,
    port: { getBaudRate: async () => ({ baudRate }) },
    // Closing, it keeps both for a next opening.
    write(_bytes: unknown, done?: unknown) {
      if (this.isOpen && typeof done === "function") done();
      return true;
    },
    drain(done) {
      if (this.isOpen) done?.(null);
    },
    update(options, done) {
      log.push(`update ${options.baudRate}`);
      baudRate = Math.min(options.baudRate, highest);
      done?.(null);
    },
    set: (_options, done) => done?.(null),
    close: (done) => done?.(null),
  };
}

describe("a serial wire", () => {
  test("a rate that the driver clamps and calls a success is refused, and one within what a frame forgives is not", async () => {
    const port = fakePort(921_600);
    const wire = serialWire(port, "/dev/ttyUSB0", false);
    await wire.setBaud(460_800);
    await wire.setBaud(940_000);
    await expect(wire.setBaud(1_500_000)).rejects.toMatchObject({
      code: "baud-failed",
      message: expect.stringContaining("runs at 921600 baud instead of 1500000"),
    });
  });

  test("where the rate cannot be read back the driver is believed", async () => {
    const port = { ...fakePort(115_200), port: { getBaudRate: () => Promise.reject(new Error("not implemented")) } };
    await serialWire(port, "/dev/cu.usbserial", false).setBaud(460_800);
  });

  test("a write and a change of rate while the port is closing are a lost line at once", async () => {
    const port = fakePort(921_600);
    const wire = serialWire(port, "/dev/ttyUSB0", false);
    port.isOpen = false;
    await expect(wire.write(Uint8Array.of(1))).rejects.toMatchObject({ code: "line-lost" });
    await expect(wire.setBaud(74_880)).rejects.toMatchObject({ code: "line-lost" });
    expect(port.log).toEqual([]);
  });
});

test("a COM port is the same in any case and with its prefix; a device file is not", () => {
  expect(isSamePort("COM3", "com3", "win32")).toBe(true);
  expect(isSamePort("COM3", "\\\\.\\Com3", "win32")).toBe(true);
  expect(isSamePort("COM3", "COM30", "win32")).toBe(false);
  expect(isSamePort("/dev/ttyUSB0", "/dev/ttyusb0", "linux")).toBe(false);
});
