/**
 * A ByteLine as a Web Serial port (wicg.github.io/serial), for other people's code that wants a SerialPort: flashers
 * written for browsers run on the virtual plug, or on any line plugsmith can open, in a browser or in Node.
 *
 * Opening sets the rate and asserts DTR and RTS, as operating systems do; closing lets both go. The line itself stays
 * open: it belongs to the caller.
 */
import type { ByteLine } from "../engine/ports.ts";

/** Default of SerialOptions.bufferSize in the specification. */
const BUFFER_BYTES = 255;

/** Ids are reported if the line knows them. */
export function webSerialPort(line: ByteLine): SerialPort {
  return new LineSerialPort(line);
}

class LineSerialPort extends EventTarget implements SerialPort {
  onconnect: SerialPort["onconnect"] = null;
  ondisconnect: SerialPort["ondisconnect"] = null;
  readonly #line: ByteLine;
  #state: "closed" | "opening" | "opened" | "closing" | "forgotten" = "closed";
  #bufferSize = BUFFER_BYTES;
  #readable: ReadableStream<Uint8Array> | null = null;
  #writable: WritableStream<Uint8Array> | null = null;
  #readController: ReadableStreamController<Uint8Array> | undefined;
  #writeController: WritableStreamDefaultController | undefined;
  /** Received while nobody had taken `readable`; a browser's buffer. */
  #early: Uint8Array[] = [];
  #stopListening: () => void = () => {};
  /** After the device is lost the streams do not come back until the port is opened again. */
  #lost = false;

  constructor(line: ByteLine) {
    super();
    this.#line = line;
    line.listen({
      bytes: () => {},
      lost: () => this.#deviceLost(),
      reappeared: () => this.#announce("connect"),
    });
  }

  get connected(): boolean {
    return this.#line.present;
  }

  get readable(): ReadableStream<Uint8Array> | null {
    if (this.#state !== "opened" || (this.#lost && this.#readable === null)) return null;
    this.#readable ??= new ReadableStream<Uint8Array>(
      {
        type: "bytes",
        start: (controller) => {
          this.#readController = controller;
          for (const chunk of this.#early.splice(0)) controller.enqueue(chunk as Uint8Array<ArrayBuffer>);
        },
        cancel: () => this.#forgetReadable(),
      },
      { highWaterMark: this.#bufferSize },
    );
    return this.#readable;
  }

  get writable(): WritableStream<Uint8Array> | null {
    if (this.#state !== "opened" || (this.#lost && this.#writable === null)) return null;
    this.#writable ??= new WritableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#writeController = controller;
        },
        write: (chunk) => this.#line.write(chunk).catch((error: unknown) => Promise.reject(networkError(error))),
        close: () => this.#forgetWritable(),
        abort: () => this.#forgetWritable(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: this.#bufferSize }),
    );
    return this.#writable;
  }

  async open(options: SerialOptions): Promise<void> {
    if (this.#state !== "closed") throw new DOMException("The port is already open.", "InvalidStateError");
    if (!(options.baudRate > 0)) throw new TypeError("Requested baud rate must be greater than zero.");
    if (options.bufferSize === 0) throw new TypeError("Requested buffer size must be greater than zero.");
    this.#state = "opening";
    try {
      await this.#line.setBaud(options.baudRate);
      if (this.#line.can.controlLines) await this.#line.setControlLines({ dtr: true, rts: true });
    } catch (error) {
      this.#state = "closed";
      throw networkError(error, "Failed to open serial port.");
    }
    this.#bufferSize = options.bufferSize ?? BUFFER_BYTES;
    this.#lost = false;
    this.#state = "opened";
    this.#stopListening = this.#line.listen({ bytes: (chunk) => this.#take(chunk) });
  }

  async setSignals(signals: SerialOutputSignals): Promise<void> {
    this.#mustBeOpen();
    const { dataTerminalReady: dtr, requestToSend: rts } = signals;
    if (dtr === undefined && rts === undefined) {
      if (signals.break === undefined) throw new TypeError("Signals dictionary must contain at least one member.");
      return;
    }
    if (!this.#line.can.controlLines) throw new DOMException("Failed to set control signals.", "NetworkError");
    await this.#line
      .setControlLines({ dtr, rts })
      .catch((error: unknown) => Promise.reject(networkError(error, "Failed to set control signals.")));
  }

  /** Nothing is wired to the adapter's inputs. */
  async getSignals(): Promise<SerialInputSignals> {
    this.#mustBeOpen();
    return { clearToSend: false, dataCarrierDetect: false, dataSetReady: false, ringIndicator: false };
  }

  getInfo(): SerialPortInfo {
    const { vendorId, productId } = this.#line.identity;
    if (vendorId === undefined || productId === undefined) return {};
    return { usbVendorId: Number.parseInt(vendorId, 16), usbProductId: Number.parseInt(productId, 16) };
  }

  /** Rejects while a reader or writer holds its stream locked. */
  async close(): Promise<void> {
    if (this.#state !== "opened") throw new DOMException("The port is already closed.", "InvalidStateError");
    this.#state = "closing";
    try {
      await Promise.all([this.#readable?.cancel(), this.#writable?.abort()]);
      if (this.#line.present && this.#line.can.controlLines) {
        await this.#line.setControlLines({ dtr: false, rts: false });
      }
    } catch (error) {
      this.#state = "opened";
      throw error;
    }
    this.#stopListening();
    this.#early = [];
    this.#forgetReadable();
    this.#forgetWritable();
    this.#state = "closed";
  }

  async forget(): Promise<void> {
    if (this.#state === "opened") await this.close();
    this.#state = "forgotten";
  }

  #mustBeOpen(): void {
    if (this.#state !== "opened") throw new DOMException("The port is closed.", "InvalidStateError");
  }

  #take(chunk: Uint8Array): void {
    if (this.#readController === undefined) this.#early.push(chunk);
    else this.#readController.enqueue(chunk as Uint8Array<ArrayBuffer>);
  }

  #deviceLost(): void {
    if (this.#state === "opened") {
      this.#lost = true;
      const error = new DOMException("The device has been lost.", "NetworkError");
      this.#readController?.error(error);
      this.#writeController?.error(error);
      this.#forgetReadable();
      this.#forgetWritable();
    }
    this.#announce("disconnect");
  }

  #forgetReadable(): void {
    this.#readable = null;
    this.#readController = undefined;
  }

  #forgetWritable(): void {
    this.#writable = null;
    this.#writeController = undefined;
  }

  #announce(type: "connect" | "disconnect"): void {
    const event = new Event(type, { bubbles: true });
    this.dispatchEvent(event);
    if (type === "connect") this.onconnect?.(event);
    else this.ondisconnect?.(event);
  }
}

function networkError(cause: unknown, text?: string): DOMException {
  return new DOMException(
    text ?? (cause instanceof Error ? cause.message : "The device has been lost."),
    "NetworkError",
  );
}
