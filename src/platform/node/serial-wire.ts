/** A serial port of this computer as a wire, through the `serialport` package. 8N1, no flow control, exclusive. */
import { stat } from "node:fs/promises";
import { PlugsmithError } from "../../core/errors.ts";
import type { AdapterIdentity } from "../../engine/ports.ts";
import type { Wire, WireEvents, WireSettings, WireSource } from "../enduring-line.ts";
import { listAdapters, recognise } from "./adapters.ts";
import { latencyTimerOf, lowerLatency, type PortNotice } from "./latency-timer.ts";
import { loadSerialPort } from "./load-serialport.ts";
import { pathExists } from "./port-presence.ts";
import { lookAround } from "./port-surroundings.ts";
import { serialOpenError } from "./serial-error.ts";

type Port = InstanceType<typeof import("serialport").SerialPort>;

export interface SerialSurroundings {
  /** The adapters seen beside this one when it was first opened. */
  readonly others: readonly AdapterIdentity[];
  /** Told once what was done to the adapter, or could not be. */
  readonly notice?: ((notice: PortNotice) => void) | undefined;
  /** Where sysfs is mounted. */
  readonly sys?: string | undefined;
}

export function serialSource({ others, notice, sys }: SerialSurroundings): WireSource {
  let told: string | undefined;
  const tell = (news: PortNotice): void => {
    if (news.text !== told) notice?.(news);
    told = news.text;
  };
  return {
    can: { baud: true, controlLines: true },
    open: (identity, settings, events) => openSerial(identity, settings, events, tell, sys),
    find: async (wanted) => {
      if (wanted.vendorId === undefined) return (await pathExists(wanted.path)) ? wanted : undefined;
      return recognise(wanted, (await listAdapters()).adapters, others);
    },
  };
}

/** What the port's path names: an adapter from the listing, or just a path the listing does not know. */
export async function identifySerial(
  path: string,
): Promise<{ identity: AdapterIdentity; others: readonly AdapterIdentity[] }> {
  const { adapters } = await listAdapters().catch(() => ({ adapters: [] }));
  const identity = adapters.find((adapter) => adapter.path === path) ?? { path, label: "serial port" };
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
  const setFlag = (lowLatency: boolean): Promise<void> =>
    called((done) => port.set({ dtr, rts, ...{ lowLatency } }, done));
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
    ...(opened === undefined ? {} : { alive: async () => (await deviceAt(path)) === opened }),
  };
  try {
    await wire.setControlLines(settings);
  } catch {
    // A pseudo terminal has no such lines; a real adapter that fails here fails at the first write too.
  }
  return wire;
}

function serialWire(port: Port, path: string, lowLatency: boolean): Wire {
  const named = async (what: string, start: (done: (error?: Error | null) => void) => void): Promise<void> => {
    try {
      await called(start);
    } catch (cause) {
      throw port.isOpen ? failed(path, what, cause) : lineLost(path, cause);
    }
  };
  return {
    write: (bytes) => named("could not be written to", (done) => port.write(bytes, done)),
    setBaud: async (baudRate) => {
      // tcdrain: the bytes before leave at the old rate.
      await named("could not be drained", (done) => port.drain(done));
      await named(`does not take ${baudRate} baud`, (done) => port.update({ baudRate }, done));
    },
    setControlLines: ({ dtr, rts }) =>
      named("does not take DTR and RTS", (done) => port.set({ dtr, rts, ...(lowLatency ? { lowLatency } : {}) }, done)),
    close: async () => {
      if (port.isOpen) await called((done) => port.close(done)).catch(() => {});
    },
  };
}

function called(start: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => (error instanceof Error ? reject(error) : resolve()));
  });
}

function failed(path: string, what: string, cause: unknown): PlugsmithError {
  return new PlugsmithError("port-failed", {
    message: `${path} ${what}.`,
    nextStep: "Unplug the adapter, plug it in again, and try again.",
    cause,
  });
}

function lineLost(path: string, cause: unknown): PlugsmithError {
  return new PlugsmithError("line-lost", {
    message: `${path} has vanished.`,
    nextStep: "Plug the adapter in again.",
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
