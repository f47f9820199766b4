/** The recording bench as a virtual world: its two networks, its load simulator, its computer that asks over HTTP. */
import { createMeter } from "../../src/sim/tasmota/meter/meter.ts";
import { buildModelImage } from "../../src/sim/tasmota/model-image.ts";
import { createNetwork } from "../../src/sim/tasmota/net/network.ts";
import { createTasmotaModel } from "../../src/sim/tasmota/tasmota-model.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import type { AccessPoint } from "../../src/sim/world/network/access-point.ts";
import { Lan, type Machine } from "../../src/sim/world/network/lan.ts";
import { RadioMedium } from "../../src/sim/world/network/radio-medium.ts";
import type { Stream } from "../../src/sim/world/network/stream.ts";
import { TestBoard } from "../support/tasmota-host.ts";
import type { Exchange } from "./tasmota-replay-recording.ts";

/** Address of the bench's own computer. */
const BENCH = "127.0.0.1";
const ACCESS_POINT = "192.168.4.1";
const UPDATE_PORT = 8099;
/** The bench's flash was a file: erasing took no time to speak of, µs. */
const ERASE_TIME = 500;
/** The bench's network was the loopback of one computer, µs. */
const LATENCY = 50;
/** The bench's access point told at once that a password is wrong. */
const WRONG_PASSWORD_US = 50_000;
/** Length of the image the bench served. */
const UPDATE_SIZE = 208_928;

export interface BenchFacts {
  /** Last three bytes of the MAC, as in the names. */
  readonly id: string;
  /** Address the network gave the plug: "127.0.0.3". */
  readonly address: string;
}

export class BenchWorld {
  readonly clock: SimClock = new SimClock();
  readonly medium: RadioMedium;
  readonly router: AccessPoint;
  readonly board: TestBoard;
  readonly computer: Machine;
  /** Paths the plug asked the update server for. */
  readonly updates: string[] = [];
  readonly #address: string;
  readonly #open: Set<Exchange> = new Set();

  constructor(facts: BenchFacts) {
    this.#address = facts.address;
    const lease = Number(facts.address.split(".")[3]);
    const lan = new Lan(this.clock, { subnet: "127.0.0", firstLease: lease, timeService: false, latencyUs: LATENCY });
    this.medium = new RadioMedium(this.clock, 1);
    this.medium.handshakeGivesUpUs = WRONG_PASSWORD_US;
    this.router = this.medium.add({
      ssid: "TestNet",
      passphrase: "testpass123",
      bssid: "02:11:22:33:44:01",
      channel: 6,
      signal: -55,
      lan,
    });
    this.medium.add({
      ssid: "OtherNet",
      passphrase: "otherpass1",
      bssid: "02:11:22:33:44:02",
      channel: 11,
      signal: -67,
      lan,
    });
    const flash = new Uint8Array(0x100000).fill(0xff);
    flash.set(buildModelImage());
    const mac = Uint8Array.from([
      0x5c,
      0xcf,
      0x7f,
      ...[0, 2, 4].map((i) => Number.parseInt(facts.id.slice(i, i + 2), 16)),
    ]);
    this.board = new TestBoard({
      clock: this.clock,
      model: createTasmotaModel({ network: createNetwork, meter: createMeter }),
      chipName: "ESP8266EX",
      eraseTime: ERASE_TIME,
      jedecId: [0xef, 0x40, 0x14],
      flash,
      mac,
    });
    this.board.radio = this.medium.radio(mac);
    this.computer = lan.join({ name: "bench", address: BENCH });
    this.computer.listen(UPDATE_PORT, (stream) => this.#serveUpdate(stream));
  }

  /** By the home network; by the plug's own where it is an access point. */
  #route(): readonly [from: Machine, address: string] {
    const own = this.medium.accessPoints.find(({ ssid }) => ssid.startsWith("tasmota-"));
    if (own === undefined) return [this.computer, this.#address];
    return [own.lan.join({ name: "bench" }), ACCESS_POINT];
  }

  #serveUpdate(stream: Stream): void {
    let raw = "";
    stream.listen({
      data: (bytes) => {
        raw += Buffer.from(bytes).toString("latin1");
        if (!raw.endsWith("\r\n\r\n")) return;
        const path = raw.split(" ")[1] ?? "";
        this.updates.push(path);
        const body = path === "/good.bin" ? updateImage() : new Uint8Array(0);
        const status = body.length > 0 ? "200 OK" : "404 Not Found";
        stream.write(new TextEncoder().encode(`HTTP/1.0 ${status}\r\nContent-Length: ${body.length}\r\n\r\n`));
        if (body.length > 0) stream.write(body);
        stream.end();
      },
      end: () => stream.end(),
    });
  }

  /** Requests sent and neither answered nor given up. */
  get waiting(): number {
    return this.#open.size;
  }

  giveUp(): void {
    this.#open.clear();
  }

  /** Sends a request now. The returned function tells what has come of it by then: "200 {…}", status 0 for nothing. */
  request(exchange: Exchange): () => string {
    let raw = "";
    const [method = "GET", target = "/"] = exchange.req.split(" ");
    const body = exchange.reqBody ?? "";
    const headers: Record<string, string> = { Host: this.#address, ...exchange.headers };
    if (body !== "") headers["Content-Length"] = String(body.length);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const text = `${method} ${target} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${body}`;
    this.#open.add(exchange);
    const [from, address] = this.#route();
    from.connect(address, 80, {
      connected: (stream) => {
        stream.listen({
          data: (bytes) => {
            raw += Buffer.from(bytes).toString("latin1");
          },
          end: () => {
            this.#open.delete(exchange);
            stream.end();
          },
        });
        stream.write(Uint8Array.from(text, (character) => character.charCodeAt(0)));
      },
      failed: () => this.#open.delete(exchange),
    });
    return () => readAnswer(raw, exchange.body !== undefined);
  }
}

/** The firmware of the update server: the built-in image, as long as the recorded one. */
function updateImage(): Uint8Array {
  const image = new Uint8Array(UPDATE_SIZE).fill(0xff);
  image.set(buildModelImage());
  new DataView(image.buffer).setUint32(0x1010, UPDATE_SIZE, true);
  return image;
}

/** Status and, where it is compared, the body with its chunks joined. */
function readAnswer(raw: string, withBody: boolean): string {
  const status = Number(/^HTTP\/1\.[01] (\d+)/.exec(raw)?.[1] ?? 0);
  const end = raw.indexOf("\r\n\r\n");
  if (status === 0 || end < 0) return withBody ? "0 " : "0";
  let body = raw.slice(end + 4);
  if (/Transfer-Encoding: chunked/i.test(raw.slice(0, end))) body = unchunk(body);
  const text = new TextDecoder().decode(Uint8Array.from(body, (character) => character.charCodeAt(0)));
  return withBody ? `${status} ${text}` : `${status}`;
}

function unchunk(body: string): string {
  let rest = body;
  let joined = "";
  for (;;) {
    const line = rest.indexOf("\r\n");
    const size = Number.parseInt(rest.slice(0, line), 16);
    if (line < 0 || !(size > 0)) return joined;
    joined += rest.slice(line + 2, line + 2 + size);
    rest = rest.slice(line + 2 + size + 2);
  }
}
