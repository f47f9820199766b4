/** A serial port of this computer as a wire, through the `serialport` package. 8N1, no flow control, exclusive. */
import { stat } from "node:fs/promises";
import { PlugsmithError } from "../../core/errors.ts";
import type { AdapterIdentity } from "../../engine/ports.ts";
import type { Wire, WireEvents, WireSettings, WireSource } from "../enduring-line.ts";
import { listAdapters, recognise } from "./adapters.ts";
import { loadSerialPort } from "./load-serialport.ts";
import { lookAround } from "./port-surroundings.ts";
import { serialOpenError } from "./serial-error.ts";

type Port = InstanceType<typeof import("serialport").SerialPort>;

/** @param others the adapters seen beside this one when it was first opened. */
export function serialSource(others: readonly AdapterIdentity[]): WireSource {
  return {
    can: { baud: true, controlLines: true },
    open: openSerial,
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

async function openSerial(identity: AdapterIdentity, settings: WireSettings, events: WireEvents): Promise<Wire> {
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
  const wire: Wire = {
    ...serialWire(port, path),
    ...(opened === undefined ? {} : { alive: async () => (await deviceAt(path)) === opened }),
  };
  try {
    await wire.setControlLines(settings);
  } catch {
    // A pseudo terminal has no such lines; a real adapter that fails here fails at the first write too.
  }
  return wire;
}

function serialWire(port: Port, path: string): Wire {
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
    setControlLines: ({ dtr, rts }) => named("does not take DTR and RTS", (done) => port.set({ dtr, rts }, done)),
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

async function pathExists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
