/** Uploads a flasher stub to a bare chip and talks to it. Stubs are read from the development dependencies. */
import { readFileSync } from "node:fs";
import { checksum, packet, type Rig, SYNC, slip, words } from "./chip-rig.ts";

export interface Stub {
  readonly entry: number;
  readonly text: Uint8Array;
  readonly textStart: number;
  readonly data: Uint8Array;
  readonly dataStart: number;
}

const PATHS = {
  /** Espressif's current stub (Apache-2.0 or MIT). */
  current: "esptool-js/lib/targets/stub_flasher/esp8266.json",
  /** The legacy stub (GPL), which stays inside its package. */
  legacy: "tasmota-webserial-esptool/dist/stubs/esp8266.json",
} as const;

export function readStub(which: keyof typeof PATHS): Stub {
  const json = JSON.parse(readFileSync(`node_modules/${PATHS[which]}`, "utf8"));
  return {
    entry: json.entry,
    text: Buffer.from(json.text, "base64"),
    textStart: json.text_start,
    data: Buffer.from(json.data, "base64"),
    dataStart: json.data_start,
  };
}

export class StubSession {
  readonly rig: Rig;
  #bytes: number[] = [];

  constructor(rig: Rig) {
    this.rig = rig;
  }

  /** Connects, uploads and waits for the greeting. */
  upload(stub: Stub): void {
    this.rig.pass(20);
    this.rig.send(SYNC);
    this.rig.pass(20);
    this.rig.send(SYNC);
    this.rig.pass(30);
    this.rig.take();
    for (const [start, bytes] of [
      [stub.textStart, stub.text],
      [stub.dataStart, stub.data],
    ] as const) {
      const blocks = Math.ceil(bytes.length / 0x1800);
      this.command(5, words(bytes.length, blocks, 0x1800, start));
      for (let i = 0; i < blocks; i++) {
        const block = bytes.subarray(i * 0x1800, (i + 1) * 0x1800);
        this.command(7, [...words(block.length, i, 0, 0), ...block], checksum(block), 2000);
      }
    }
    this.command(6, words(0, stub.entry));
    const greeting = this.frame(200);
    if (String.fromCharCode(...greeting) !== "OHAI") throw new Error(`no greeting but ${greeting.join(" ")}`);
  }

  /** Sends a command and returns its reply's value, body and status. Throws if it failed. */
  command(op: number, data: Iterable<number>, sum = 0, limitMs = 1000): { value: number; body: number[] } {
    this.rig.send(packet(op, data, sum));
    const reply = this.frame(limitMs);
    if (reply[0] !== 1 || reply[1] !== op) throw new Error(`odd reply to ${op}: ${reply.join(" ")}`);
    const size = reply[2]! | (reply[3]! << 8);
    const body = reply.slice(8, 8 + size - 2);
    if (reply[8 + size - 2] !== 0) throw new Error(`command ${op} failed: ${reply.slice(8).join(" ")}`);
    return { value: (reply[4]! | (reply[5]! << 8) | (reply[6]! << 16) | (reply[7]! << 24)) >>> 0, body };
  }

  /** The next frame the chip sends, unescaped. */
  frame(limitMs: number): number[] {
    const until = this.rig.clock.now + limitMs * 1000;
    for (;;) {
      this.#bytes.push(...this.rig.take().map((b) => b.value));
      const start = this.#bytes.indexOf(0xc0);
      const end = start < 0 ? -1 : this.#bytes.indexOf(0xc0, start + 1);
      if (end > 0) {
        const raw = this.#bytes.splice(0, end + 1).slice(start + 1, end);
        const bytes: number[] = [];
        for (let i = 0; i < raw.length; i++) {
          if (raw[i] === 0xdb) bytes.push(raw[++i] === 0xdc ? 0xc0 : 0xdb);
          else bytes.push(raw[i]!);
        }
        return bytes;
      }
      if (this.rig.clock.now >= until) throw new Error(`no frame within ${limitMs} ms; heard ${this.#bytes.join(" ")}`);
      this.rig.pass(1);
    }
  }

  /** READ_FLASH with 4 KiB packets and 64 in flight, as esptool asks for it; ends with the stub's MD5. */
  readFlash(offset: number, length: number): { bytes: Uint8Array; md5: string } {
    this.command(0xd2, words(offset, length, 0x1000, 64));
    const bytes = new Uint8Array(length);
    let got = 0;
    while (got < length) {
      const part = this.frame(2000);
      bytes.set(part, got);
      got += part.length;
      this.rig.send(slip(words(got)));
    }
    return {
      bytes,
      md5: this.frame(2000)
        .map((b) => b.toString(16).padStart(2, "0"))
        .join(""),
    };
  }
}
