import { describe, expect, test } from "vitest";
import { SimClock } from "../../sim/world/clock.ts";
import { drain } from "../node/system.ts";
import { openWebSerial } from "./web-serial-line.ts";

/** A port as the Web Serial specification describes it; streams are replaced after an error, null once it is gone. */
class FakePort {
  readonly log: string[] = [];
  readable: ReadableStream<Uint8Array> | null = null;
  writable: WritableStream<Uint8Array> | null = null;
  connected = true;
  refuse: DOMException | undefined;
  refusedRate: number | undefined;
  noSignals = false;
  #in: ReadableStreamDefaultController<Uint8Array> | undefined;

  getInfo(): SerialPortInfo {
    return { usbVendorId: 0x10c4, usbProductId: 0xea60 };
  }

  async open({ baudRate }: SerialOptions): Promise<void> {
    if (this.refuse !== undefined) throw this.refuse;
    if (baudRate === this.refusedRate) throw new DOMException("baud", "UnknownError");
    this.log.push(`open ${baudRate}`);
    this.#fresh();
    this.writable = new WritableStream({ write: (chunk) => void this.log.push(`write ${[...chunk].join(" ")}`) });
  }

  async close(): Promise<void> {
    if (this.readable === null) throw new DOMException("closed", "InvalidStateError");
    if (this.readable?.locked === true || this.writable?.locked === true) throw new TypeError("locked");
    this.log.push("close");
    this.readable = null;
    this.writable = null;
  }

  async setSignals(signals: SerialOutputSignals): Promise<void> {
    if (this.noSignals) throw new DOMException("Failed to set control signals.", "NetworkError");
    this.log.push(`dtr=${signals.dataTerminalReady} rts=${signals.requestToSend}`);
  }

  receive(...bytes: number[]): void {
    this.#in?.enqueue(Uint8Array.from(bytes));
  }

  framingError(): void {
    const broken = this.#in;
    this.#fresh();
    broken?.error(new DOMException("framing", "FramingError"));
  }

  pull(): void {
    const broken = this.#in;
    this.connected = false;
    this.readable = null;
    broken?.error(new DOMException("gone", "NetworkError"));
  }

  #fresh(): void {
    this.readable = new ReadableStream({
      start: (controller) => {
        this.#in = controller;
      },
    });
  }
}

const asPort = (port: FakePort): SerialPort => port as unknown as SerialPort;

describe("a Web Serial port as a line", () => {
  test("a rate the port cannot be opened at leaves it open at the one before", async () => {
    const port = new FakePort();
    const line = await openWebSerial(asPort(port), { clock: new SimClock().port(), ports: async () => [] });
    port.refusedRate = 74_880;
    await expect(line.setBaud(74_880)).rejects.toMatchObject({ code: "port-failed" });
    expect(line.present).toBe(true);
    expect(line.baud).toBe(115_200);
    expect(port.log.at(-1)).toBe("open 115200");
  });

  test("a port without control signals opens, and a reset that asks for them is not refused", async () => {
    const port = new FakePort();
    port.noSignals = true;
    const line = await openWebSerial(asPort(port), { clock: new SimClock().port(), ports: async () => [] });
    expect(line.can).toEqual({ baud: true, controlLines: false });
    await line.setControlLines({ dtr: true });
    await line.write(Uint8Array.of(1));
    expect(port.log.at(-1)).toBe("write 1");
  });

  test("reads, writes, and reopens at another rate", async () => {
    const port = new FakePort();
    const line = await openWebSerial(asPort(port), { clock: new SimClock().port(), ports: async () => [] });
    const heard: number[] = [];
    line.listen({ bytes: (chunk) => heard.push(...chunk) });
    port.receive(1, 2);
    await line.write(Uint8Array.of(3, 4));
    await line.setBaud(460_800);
    port.receive(5);
    await drain();
    expect(heard).toEqual([1, 2, 5]);
    expect(port.log).toEqual(["open 115200", "dtr=false rts=false", "write 3 4", "close", "open 460800"]);
    expect(line.identity.label).toBe("Silicon Labs CP2102/CP2104");
    await line.close();
    expect(port.log.at(-1)).toBe("close");
  });

  test("keeps reading after a framing error", async () => {
    const port = new FakePort();
    const line = await openWebSerial(asPort(port), { clock: new SimClock().port(), ports: async () => [] });
    const heard: number[] = [];
    line.listen({ bytes: (chunk) => heard.push(...chunk) });
    port.framingError();
    await drain();
    port.receive(9);
    await drain();
    expect(heard).toEqual([9]);
    expect(line.present).toBe(true);
  });

  test("is lost when the adapter is pulled, and found again as the only one of its kind", async () => {
    const clock = new SimClock();
    const port = new FakePort();
    const again = new FakePort();
    let plugged = [asPort(port)];
    const line = await openWebSerial(asPort(port), { clock: clock.port(), ports: async () => plugged });
    const events: string[] = [];
    const note = (name: string) => () => void events.push(name);
    line.listen({ bytes: () => {}, lost: note("lost"), reappeared: note("reappeared") });
    plugged = [];
    port.pull();
    await drain();
    expect(events).toEqual(["lost"]);
    await expect(line.write(Uint8Array.of(1))).rejects.toMatchObject({ code: "line-lost" });
    plugged = [asPort(again)];
    await clock.run(drain, () => line.present);
    expect(events).toEqual(["lost", "reappeared"]);
    expect(again.log[0]).toBe("open 115200");
    await line.close();
  });

  test("a port that another tab holds is busy", async () => {
    const port = new FakePort();
    port.refuse = new DOMException("in use", "NetworkError");
    const opening = openWebSerial(asPort(port), { clock: new SimClock().port(), ports: async () => [] });
    await expect(opening).rejects.toMatchObject({ code: "port-busy" });
  });
});
