/**
 * A second firmware for the virtual plug, as small as it can be: one line protocol of three commands, over the serial port and
 * over HTTP (POST /toy). `who`, `get NAME`, `set NAME VALUE`. What is set is kept in one sector of the flash.
 */
import type { FirmwareHost, FirmwareModel, RunningFirmware } from "../../../src/sim/board/firmware.ts";
import type { Stream } from "../../../src/sim/world/network/stream.ts";

const MARK = "toy-firmware 1.0";
const MARK_AT = 0x40;
const STORE_AT = 0x80000;
const SECTOR = 0x1000;
/** The EP2's relay. */
const RELAY_GPIO = 15;
/** The start of instruction RAM (Espressif, ESP8266 Technical Reference, memory map): an image of one part, without eboot. */
const ENTRY = 0x40100000;
const BOOT_US = 200_000;
const POWER_ON = 1;

/** One segment of 16 bytes, its checksum, and the mark behind it. */
export function toyImage(): Uint8Array {
  const image = new Uint8Array(0x2000).fill(0xff);
  const view = new DataView(image.buffer);
  image.set([0xe9, 1, 3, 0x20]);
  view.setUint32(4, ENTRY, true);
  view.setUint32(8, ENTRY, true);
  view.setUint32(12, 16, true);
  image.fill(0, 16, 47);
  image[47] = 0xef;
  image.set(new TextEncoder().encode(MARK), MARK_AT);
  return image;
}

export const toyStandIn: FirmwareModel = {
  notice: "stand-in for the toy firmware of the tests",
  recognises: (read) => new TextDecoder().decode(read(MARK_AT, MARK.length)) === MARK,
  boot: (host) => new Toy(host),
};

class Toy implements RunningFirmware {
  readonly #host: FirmwareHost;
  readonly #settings: Map<string, string>;
  #address = "none";
  #line = "";
  #running = true;
  #saving = false;
  #unsaved = false;
  #leave: () => void = () => {};

  constructor(host: FirmwareHost) {
    this.#host = host;
    this.#settings = load(host);
    host.clock.at(host.clock.now + BOOT_US, () => this.#start());
  }

  stop(): void {
    this.#running = false;
    this.#leave();
  }

  #start(): void {
    if (!this.#running) return;
    const { uart0 } = this.#host;
    uart0.setBaud(115_200);
    uart0.onByte((byte) => {
      if (!this.#running) return;
      if (byte !== 0x0a) {
        this.#line += String.fromCharCode(byte);
        return;
      }
      const answer = this.#command(this.#line, true);
      this.#line = "";
      uart0.write(new TextEncoder().encode(`${answer}\n`));
    });
    this.#driveRelay();
    if (this.#settings.has("passphrase")) this.#join();
  }

  /** @param trusted whether it came over the wires, or with the key. */
  #command(line: string, trusted: boolean): string {
    const [verb, name = "", ...rest] = line.trim().split(" ");
    if (verb === "who") {
      const mac = [...this.#host.mac].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      return `toy 1.0 ${mac} ${this.#host.resetCause === POWER_ON ? "fresh-power" : "restart"}`;
    }
    if (!trusted) return "refused";
    if (verb === "get") return this.#get(name);
    if (verb !== "set") return "unknown";
    this.#settings.set(name, rest.join(" "));
    this.#save();
    if (name === "passphrase") this.#join();
    if (name === "relay") this.#driveRelay();
    return "ok";
  }

  /** One write at a time: what is set meanwhile follows it. */
  #save(): void {
    this.#unsaved = true;
    if (this.#saving) return;
    const { flash } = this.#host;
    this.#unsaved = false;
    this.#saving = true;
    const text = new TextEncoder().encode(`${JSON.stringify(Object.fromEntries(this.#settings))}\0`);
    const padded = new Uint8Array(Math.ceil(text.length / 4) * 4);
    padded.set(text);
    flash.eraseSector(STORE_AT, () =>
      flash.program(STORE_AT, padded, () => {
        this.#saving = false;
        if (this.#unsaved) this.#save();
      }),
    );
  }

  #get(name: string): string {
    if (name === "address") return this.#address;
    if (name === "readings") return this.#readings().join(" ");
    return this.#settings.get(name) ?? "none";
  }

  /** V, A and W: a constant over a pulse period, as this chip's data sheet has frequencies proportional to each. */
  #readings(): readonly string[] {
    const { meter } = this.#host;
    const reading = (constant: string, period: number, digits: number): string =>
      period === 0 ? "0" : (Number(this.#settings.get(constant)) / period).toFixed(digits);
    return [
      reading("voltage-constant", meter.cf1Period(1), 1),
      reading("current-constant", meter.cf1Period(0), 3),
      reading("power-constant", meter.cfPeriod(), 1),
    ];
  }

  #driveRelay(): void {
    this.#host.pins.output(RELAY_GPIO, this.#settings.get("relay") === "1" ? 1 : 0);
  }

  #join(): void {
    this.#leave();
    const [ssid = "", passphrase = ""] = [this.#settings.get("ssid"), this.#settings.get("passphrase")];
    this.#leave = this.#host.radio.join(
      { ssid, passphrase, hostname: "toy" },
      {
        joined: ({ machine }) => {
          this.#address = machine.address;
          machine.listen(80, (stream) => this.#serve(stream));
        },
        failed: (why) => {
          this.#address = `failed:${why}`;
        },
        lost: () => {
          this.#address = "none";
        },
      },
    );
  }

  #serve(stream: Stream): void {
    let request = "";
    stream.listen({
      data: (bytes) => {
        request += new TextDecoder().decode(bytes);
        const [head = "", body] = request.split("\r\n\r\n");
        const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
        if (body === undefined || body.length < length) return;
        const key = this.#settings.get("key");
        const given = /^x-toy-key: (.*)$/im.exec(head)?.[1]?.trim();
        const answer = this.#command(body, key === undefined || given === key);
        const text = `HTTP/1.1 200 OK\r\nContent-Length: ${answer.length}\r\nConnection: close\r\n\r\n${answer}`;
        stream.write(new TextEncoder().encode(text));
        stream.end();
      },
    });
  }
}

function load({ flash }: FirmwareHost): Map<string, string> {
  const bytes = flash.read(STORE_AT, SECTOR);
  const end = bytes.indexOf(0);
  const stored = bytes[0] === 0xff || end < 0 ? "{}" : new TextDecoder().decode(bytes.subarray(0, end));
  // This virtual plug's constants before anybody calibrates it.
  const factory = { "voltage-constant": "1602900", "current-constant": "11550", "power-constant": "1706586" };
  return new Map(Object.entries({ ...factory, ...(JSON.parse(stored) as Record<string, string>) }));
}
