/** A serial port of this computer as a wire, through the `serialport` package. 8N1, no flow control, exclusive. */
import { stat } from "node:fs/promises";
import { PlugsmithError } from "../../core/errors.ts";
import { lineLost } from "../../core/line-lost.ts";
import { say, type Text } from "../../core/text/text.ts";
import type { AdapterIdentity } from "../../engine/ports.ts";
import { noControlLinesNotice, setFirstControlLines } from "../control-lines.ts";
import type { Wire, WireEvents, WireSettings, WireSource } from "../reconnecting-line.ts";
import { listAdapters, recognise } from "./adapters.ts";
import { latencyTimerOf, lowerLatency, type PortNotice } from "./latency-timer.ts";
import { loadSerialPort } from "./load-serialport.ts";
import { isPortThere, isSamePort } from "./port-presence.ts";
import { lookAround } from "./port-surroundings.ts";
import { serialOpenError } from "./serial-error.ts";

type Port = InstanceType<typeof import("serialport").SerialPort>;

/** Of an open port, what a wire is made of. */
export type SerialPortCalls = Pick<Port, "isOpen" | "write" | "drain" | "update" | "set" | "close"> & {
  /** The native side, which alone knows the rate; absent while the port is closed. */
  readonly port?: { getBaudRate(): Promise<{ readonly baudRate: number }> } | undefined;
};

/** Deviation of a rate that a UART frame forgives, as a share. */
const RATE_TOLERANCE = 0.03;

export interface SerialSurroundings {
  /** The adapters seen beside this one when it was first opened. */
  readonly others: readonly AdapterIdentity[];
  /** Told once what was done to the adapter, or could not be. */
  readonly notice?: ((notice: PortNotice) => void) | undefined;
  /** Where sysfs is mounted. */
  readonly sys?: string | undefined;
}

export function serialSource({ others, notice, sys }: SerialSurroundings): WireSource {
  let reported: string | undefined;
  const tell = (news: PortNotice): void => {
    const text = news.text.toString();
    if (text !== reported) notice?.(news);
    reported = text;
  };
  let controlLines = true;
  return {
    get can() {
      return { baud: true, controlLines };
    },
    open: async (identity, settings, events) => {
      const opened = await setFirstControlLines(await openSerial(identity, settings, events, tell, sys), settings);
      controlLines = opened.controlLines;
      if (!controlLines) tell({ level: "warning", text: noControlLinesNotice(identity.path) });
      return opened.wire;
    },
    find: async (wanted) => {
      if (wanted.vendorId === undefined) return (await isPortThere(wanted.path)) ? wanted : undefined;
      return recognise(wanted, (await listAdapters()).adapters, others);
    },
  };
}

/** What the port's path names: an adapter from the listing, or just a path the listing does not know. */
export async function identifySerial(
  path: string,
): Promise<{ identity: AdapterIdentity; others: readonly AdapterIdentity[] }> {
  const { adapters } = await listAdapters().catch(() => ({ adapters: [] }));
  const identity = adapters.find((adapter) => isSamePort(adapter.path, path)) ?? { path, label: "serial port" };
  return { identity, others: adapters.filter((adapter) => adapter !== identity) };
}

async function openSerial(
  identity: AdapterIdentity,
  settings: WireSettings,
  events: WireEvents,
  tell: (notice: PortNotice) => void,
  sys: string | undefined,
): Promise<Wire> {
  const SerialPort = await loadSerialPort();
  const { path } = identity;
  const port = new SerialPort({ path, baudRate: settings.baud, autoOpen: false });
  try {
    await called((done) => port.open(done));
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^Error:? /, "") : String(error);
    throw serialOpenError(path, reason, await lookAround(path), error);
  }
  port.on("data", (chunk: Buffer) => events.bytes(new Uint8Array(chunk)));
  port.on("error", () => {});
  port.on("close", () => events.gone());
  const opened = await deviceAt(path);
  const { dtr, rts } = settings;
  const setFlag = (lowLatency: boolean): Promise<void> => called((done) => port.set({ dtr, rts, lowLatency }, done));
  const timer = process.platform === "linux" ? await latencyTimerOf(path, setFlag, sys) : undefined;
  const latency = timer === undefined ? undefined : await lowerLatency(path, timer);
  if (latency?.notice !== undefined) tell(latency.notice);
  const bare = serialWire(port, path, latency?.flagged === true);
  const wire: Wire = {
    ...bare,
    close: async () => {
      await latency?.restore();
      await bare.close();
    },
    alive: opened === undefined ? undefined : async () => (await deviceAt(path)) === opened,
  };
  try {
    await confirmRate(port, path, settings.baud);
  } catch (error) {
    await wire.close();
    throw error;
  }
  return wire;
}

export function serialWire(port: SerialPortCalls, path: string, lowLatency: boolean): Wire {
  const named = async (message: Text, start: (done: (error?: Error | null) => void) => void): Promise<void> => {
    // Asked while it is closing, `serialport` keeps a write and a drain for its next opening, which never comes.
    if (!port.isOpen) throw lineLost(path);
    try {
      await called(start);
    } catch (cause) {
      throw port.isOpen ? failed(path, message, cause) : lineLost(path, { cause });
    }
  };
  return {
    write: (bytes) => named(say`Writing to ${path} failed.`, (done) => port.write(bytes, done)),
    setBaud: async (baudRate) => {
      // tcdrain: the bytes before leave at the old rate.
      await named(say`Waiting for ${path} to send everything failed.`, (done) => port.drain(done));
      await named(say`${path} does not accept ${baudRate} baud.`, (done) => port.update({ baudRate }, done));
      await confirmRate(port, path, baudRate);
    },
    setControlLines: ({ dtr, rts }) =>
      named(say`${path} does not accept DTR and RTS.`, (done) =>
        port.set({ dtr, rts, lowLatency: lowLatency || undefined }, done),
      ),
    close: async () => {
      if (port.isOpen) await called((done) => port.close(done)).catch(() => {});
    },
  };
}

/**
 * Linux' tcsetattr succeeds though the driver did not take the rate, and `serialport` does not look at its result: the
 * rate is read back. On macOS its binding cannot read one; what cannot be read is believed. A driver that reports the rate
 * it was asked for and runs at another is found out by the proof of a pattern only.
 */
async function confirmRate(port: SerialPortCalls, path: string, asked: number): Promise<void> {
  const reported = await port.port?.getBaudRate().catch(() => undefined);
  if (reported === undefined || Math.abs(reported.baudRate - asked) <= asked * RATE_TOLERANCE) return;
  throw new PlugsmithError("baud-failed", {
    message: say`${path} runs at ${reported.baudRate} baud instead of ${asked}.`,
    nextStep: say`Choose a rate that the adapter supports.`,
    context: { port: path, baud: asked, actualBaud: reported.baudRate },
  });
}

function called(start: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => (error instanceof Error ? reject(error) : resolve()));
  });
}

function failed(path: string, message: Text, cause: unknown): PlugsmithError {
  return new PlugsmithError("port-failed", {
    message,
    context: { port: path },
    nextStep: say`Unplug the adapter, plug it in again, and try again.`,
    cause,
  });
}

/** Tells one device node from its successor under the same name; undefined where paths cannot be looked at (COM ports). */
async function deviceAt(path: string): Promise<string | undefined> {
  return stat(path).then(
    ({ dev, ino, rdev, birthtimeMs }) => [dev, ino, rdev, birthtimeMs].join(":"),
    () => undefined,
  );
}
