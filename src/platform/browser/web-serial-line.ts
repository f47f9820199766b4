/**
 * A Web Serial port (wicg.github.io/serial) as a ByteLine. Changing the rate means closing and opening the port, since
 * the API has no other way; the adapter keeps DTR and RTS in between as its driver pleases.
 */

import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import type { AdapterIdentity, ByteLine, Clock } from "../../engine/ports.ts";
import { adapterName } from "../adapter-names.ts";
import { setFirstControlLines } from "../control-lines.ts";
import {
  openReconnectingLine,
  type Wire,
  type WireEvents,
  type WireSettings,
  type WireSource,
} from "../reconnecting-line.ts";

export interface WebSerialOptions {
  /** Default 115200. */
  readonly baud?: number | undefined;
  readonly clock: Clock;
  /** The ports this page may use, for finding an adapter again. Default: navigator.serial.getPorts(). */
  readonly ports?: () => Promise<readonly SerialPort[]>;
}

/** Bytes the browser may hold for us: more than a second at 921600 baud (10 bits a byte). */
const BUFFER_BYTES = 128 * 1024;

/** @param port as navigator.serial.requestPort() gave it after a click. Errors: port-busy, port-failed. */
export async function openWebSerial(port: SerialPort, options: WebSerialOptions): Promise<ByteLine> {
  const ports = options.ports ?? (() => navigator.serial.getPorts());
  const source = new WebSerialSource(port, ports);
  return openReconnectingLine(source, identityOf(port), options.baud ?? 115_200, options.clock);
}

export function identityOf(port: SerialPort): AdapterIdentity {
  const { usbVendorId, usbProductId } = port.getInfo();
  const hex = (id: number | undefined): string | undefined => id?.toString(16).padStart(4, "0");
  const vendorId = hex(usbVendorId);
  const productId = hex(usbProductId);
  const label = adapterName(vendorId, productId) ?? (vendorId ? `USB ${vendorId}:${productId}` : "serial port");
  const path = "web-serial:";
  return vendorId === undefined || productId === undefined ? { path, label } : { path, vendorId, productId, label };
}

class WebSerialSource implements WireSource {
  #controlLines = true;
  readonly #ports: () => Promise<readonly SerialPort[]>;
  #port: SerialPort;

  constructor(port: SerialPort, ports: () => Promise<readonly SerialPort[]>) {
    this.#port = port;
    this.#ports = ports;
  }

  get can(): ByteLine["can"] {
    return { baud: true, controlLines: this.#controlLines };
  }

  async open(_identity: AdapterIdentity, settings: WireSettings, events: WireEvents): Promise<Wire> {
    const { wire, controlLines } = await setFirstControlLines(await openPort(this.#port, settings, events), settings);
    this.#controlLines = controlLines;
    return wire;
  }

  async find(identity: AdapterIdentity): Promise<AdapterIdentity | undefined> {
    const ports = await this.#ports();
    // Chromium hands out the same object for an adapter with a serial number, a new one for others; `connected` is new.
    const usable = ports.filter((port) => (port as { connected?: boolean }).connected !== false);
    const alike = usable.filter((port) => {
      const other = identityOf(port);
      return other.vendorId === identity.vendorId && other.productId === identity.productId;
    });
    const found = usable.includes(this.#port) ? this.#port : alike.length === 1 ? alike[0] : undefined;
    if (found === undefined) return undefined;
    this.#port = found;
    return identityOf(found);
  }
}

async function openPort(port: SerialPort, settings: WireSettings, events: WireEvents): Promise<Wire> {
  let over = false;
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  let reading: Promise<void> = Promise.resolve();

  const start = async (baudRate: number): Promise<void> => {
    try {
      await port.open({ baudRate, bufferSize: BUFFER_BYTES });
    } catch (cause) {
      throw openError(cause);
    }
    reading = read();
  };
  /** Resolves when reading was ended by `stop`; a vanished adapter ends it with an error that cannot be recovered. */
  const read = async (): Promise<void> => {
    while (port.readable !== null && !over) {
      const current = port.readable.getReader();
      reader = current;
      try {
        for (;;) {
          const { value, done } = await current.read();
          if (done) return;
          events.bytes(value);
        }
      } catch {
        // Framing errors and overruns end one stream; the port then offers a fresh one (Web Serial, section 4.4).
      } finally {
        current.releaseLock();
      }
    }
    if (!over) {
      over = true;
      await port.close().catch(() => {});
      events.gone();
    }
  };
  const stop = async (): Promise<void> => {
    await reader?.cancel().catch(() => {});
    await reading;
    // Closed already where a rate was refused: such a port can be opened at another.
    if (port.readable !== null) await port.close();
  };

  await start(settings.baud);
  return {
    write: async (bytes) => {
      if (port.writable === null || over) throw lostError();
      const writer = port.writable.getWriter();
      try {
        await writer.write(Uint8Array.from(bytes));
      } catch (cause) {
        throw lostError(cause);
      } finally {
        writer.releaseLock();
      }
    },
    setBaud: async (baud) => {
      // Closing the writable waits until what was written has been sent.
      await port.writable?.close();
      await stop();
      await start(baud);
    },
    setControlLines: ({ dtr, rts }) => port.setSignals({ dataTerminalReady: dtr, requestToSend: rts }),
    close: async () => {
      over = true;
      await stop().catch(() => {});
    },
  };
}

function openError(cause: unknown): PlugsmithError {
  const name = cause instanceof Error ? cause.name : "";
  if (name === "InvalidStateError" || name === "NetworkError") {
    return new PlugsmithError("port-busy", {
      message: say`The browser cannot open the port: another tab or program uses it.`,
      step: "open-port",
      plugState: say`untouched`,
      nextStep: say`Close the other tab or program, then try again.`,
      cause,
    });
  }
  return new PlugsmithError("port-failed", {
    message: name === "" ? say`The browser cannot open the port.` : say`The browser cannot open the port (${name}).`,
    step: "open-port",
    plugState: say`untouched`,
    nextStep: say`Unplug the adapter, plug it in again, and try again.`,
    cause,
    context: { reason: name },
  });
}

function lostError(cause?: unknown): PlugsmithError {
  return new PlugsmithError("line-lost", {
    message: say`The serial adapter was disconnected.`,
    nextStep: say`Plug the adapter in again.`,
    cause,
  });
}
