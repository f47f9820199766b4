/** Mains on the wires while a serial line is open, told by the meter before anything else: every recovery option stops and says so. */
import { createServer, type Socket } from "node:net";
import { expect, test } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { COMMANDS } from "../../src/cli/registry.ts";
import { FakeTerminal } from "../../src/cli/render/fake-terminal.test-support.ts";
import { coldStart } from "../../src/engine/jobs/boot-proof.ts";
import { ChipLink } from "../../src/engine/link/chip-link.ts";
import { connect } from "../../src/engine/link/connect.ts";
import { FramePort } from "../../src/engine/link/frame-port.ts";
import type { ByteLine, LineListener, OperatorChecklist } from "../../src/engine/ports.ts";
import { tasmotaDriver } from "../../src/engine/tasmota/driver.ts";
import { drain } from "../../src/platform/node/system.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { recorded } from "../support/recorded.ts";

const TELEMETRY =
  '00:05:12.345 MQT: tele/tasmota_A1B212/SENSOR = {"Time":"2026-01-01T00:05:12","ENERGY":{"Total":0.001,"Power":0,"Voltage":231,"Current":0.000}}\r\n';
const LINE = "DANGER  MAINS ON THE WIRES (231 V): touch nothing, switch the mains off.\n";

/** An adapter on a plug at mains: the first bytes sent to it are answered by the meter's reading. */
function liveLine(clock: SimClock): { line: ByteLine; sent: number[] } {
  const listeners = new Set<LineListener>();
  const sent: number[] = [];
  let baud = 115_200;
  const line: ByteLine = {
    identity: { path: "sim:", label: "virtual plug" },
    present: true,
    can: { baud: true, controlLines: false },
    get baud() {
      return baud;
    },
    write: () => {
      sent.push(clock.now);
      if (sent.length > 1) return Promise.resolve();
      clock.hostAt(clock.now + 5000, () => {
        for (const each of listeners) each.bytes(new TextEncoder().encode(TELEMETRY), clock.now / 1000);
      });
      return Promise.resolve();
    },
    setBaud: (rate) => {
      baud = rate;
      return Promise.resolve();
    },
    setControlLines: () => Promise.resolve(),
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => Promise.resolve(),
  };
  return { line, sent };
}

test("mains on the wires ends the cold start at once, without another byte or question", async () => {
  const clock = new SimClock();
  const { line, sent } = liveLine(clock);
  const asked: string[] = [];
  const operator = {
    act: () => Promise.reject(new Error("not asked")),
    check: ({ items }: OperatorChecklist) => {
      asked.push(...items.map(({ id }) => id));
      return Promise.resolve({ confirmed: items.map(({ id }) => id) });
    },
    measure: () => Promise.reject(new Error("not asked")),
    read: () => Promise.reject(new Error("not asked")),
    choose: () => Promise.reject(new Error("not asked")),
    provide: () => Promise.reject(new Error("not asked")),
  };
  const work = clock.complete(
    drain,
    coldStart(recorded(line, clock), { clock: clock.port(), operator, firmware: tasmotaDriver }),
  );
  await expect(work).rejects.toMatchObject({ code: "mains-on-wires" });
  expect(asked).toEqual(["release-gpio0", "cold-start"]);
  expect(sent).toHaveLength(1);
  expect(clock.now).toBeLessThan(100_000);
});

test("mains on the wires stops the wait for download mode", async () => {
  const clock = new SimClock();
  const { line } = liveLine(clock);
  const port = new FramePort(recorded(line, clock), clock.port(), undefined);
  const link = new ChipLink(port, () => {});
  const work = clock.complete(drain, connect(link, { patienceMs: 60_000, resetWires: false }));
  await expect(work).rejects.toMatchObject({ code: "mains-on-wires" });
  expect(clock.now).toBeLessThan(1_000_000);
});

/** A raw serial server with such a plug behind it. */
async function liveServer(atOnce: boolean): Promise<{ port: number; close: () => void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    if (atOnce) socket.write(`a line before\r\n${TELEMETRY}a line after\r\n`);
    else socket.once("data", () => socket.write(TELEMETRY));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

test.each([["status"], ["cmnd", "Power"]])(
  "%s over the wires reports mains in its only line and exits with 62",
  async (...command) => {
    const server = await liveServer(false);
    const terminal = new FakeTerminal();
    try {
      const argv = [...command, "--port", `tcp://127.0.0.1:${server.port}`];
      const exit = await runProgram(COMMANDS, argv, terminal, new AbortController().signal);
      expect(exit).toBe(62);
      expect(terminal.stdout).toBe("");
      expect(terminal.stderr).toBe(LINE);
    } finally {
      server.close();
    }
  },
);

test("monitor stops its output when mains is on the wires", async () => {
  const server = await liveServer(true);
  const terminal = new FakeTerminal();
  try {
    const argv = ["monitor", "--port", `tcp://127.0.0.1:${server.port}`, "--seconds", "20"];
    const exit = await runProgram(COMMANDS, argv, terminal, new AbortController().signal);
    expect(exit).toBe(62);
    expect(terminal.stdout).not.toMatch(/231|after/);
    expect(terminal.stderr).toBe(LINE);
  } finally {
    server.close();
  }
});
