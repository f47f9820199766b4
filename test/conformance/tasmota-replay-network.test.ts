/**
 * The whole stand-in, network half included, against recordings of the real Tasmota 15.2.0.2: every HTTP exchange as
 * bytes (status, headers, body or page facts, when it was closed), every console line, every MQTT message.
 */
import { expect, test } from "vitest";
import type { TasmotaCore } from "../../src/sim/tasmota/contract.ts";
import { createMeter } from "../../src/sim/tasmota/meter/meter.ts";
import { createNetwork } from "../../src/sim/tasmota/net/network.ts";
import { createTasmotaStandIn } from "../../src/sim/tasmota/stand-in.ts";
import { buildStandInImage } from "../../src/sim/tasmota/stand-in-image.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { Air } from "../../src/sim/world/network/air.ts";
import { Lan, type Machine } from "../../src/sim/world/network/lan.ts";
import { VirtualBroker } from "../../src/sim/world/network/mqtt-broker.ts";
import { TestBoard } from "../support/tasmota-host.ts";
import { type Pair, replay } from "./tasmota-replay-driver.ts";
import { judge } from "./tasmota-replay-exceptions.ts";
import { excuseNetwork } from "./tasmota-replay-network-exceptions.ts";
import { loadRecording } from "./tasmota-replay-recording.ts";
import {
  type Bench,
  describe,
  describeAnswer,
  exchange,
  leaveOpen,
  loadRows,
  type WebRecord,
} from "./tasmota-replay-web.ts";

/** The bench's load simulator: what the meter's pins gave for 60 W, 0.27 A and 230 V. */
const PERIODS = { W: 30_515 * 60, A: 44_580 * 0.27, V: 664 * 230 };
const FIRMWARE_SIZE = 208_912;
const TEXT_FILE_SIZE = 14_000;
/** Answers that took less than the first took no time but the loop's; those above the second waited for another client. */
const STALLED_MS = 1500;
const BLOCKED_MS = 4200;
/** A scan, or the wait for the client to close, without a stall. */
const LINGER_S = 2.2;

/** The bench had no time server and stalled while it asked for one, at moments of its own; here nobody answers and nothing stalls. */
class TimelessLan extends Lan {
  override askTime(): () => void {
    return () => {};
  }
}

class ReplayWorld implements Bench {
  readonly clock: SimClock = new SimClock();
  readonly lan: Lan;
  readonly air: Air;
  readonly board: TestBoard;
  readonly broker: VirtualBroker;
  #client: Machine | undefined;
  /** The last backup that was downloaded. */
  dump: Uint8Array = new Uint8Array(0);

  constructor(number: string) {
    const heard = JSON.stringify(loadRecording(number));
    const address = /127\.0\.0\.(\d+)/.exec(/IP [Aa]ddress (127\.0\.0\.\d+)/.exec(heard)?.[0] ?? "")?.[1] ?? "9";
    const id = /tasmota-([0-9A-F]{6})-/.exec(heard)![1]!;
    const mac = Uint8Array.from([0x5c, 0xcf, 0x7f, ...[0, 2, 4].map((i) => Number.parseInt(id.slice(i, i + 2), 16))]);
    this.lan = new TimelessLan(this.clock, { subnet: "127.0.0", firstLease: Number(address) });
    this.air = new Air(this.clock);
    this.air.handshakeGivesUpUs = 0;
    const { lan } = this;
    this.air.add({
      ssid: "TestNet",
      passphrase: "testpass123",
      bssid: "02:11:22:33:44:01",
      channel: 6,
      signal: -55,
      lan,
    });
    this.air.add({
      ssid: "OtherNet",
      passphrase: "x".repeat(9),
      bssid: "02:11:22:33:44:02",
      channel: 11,
      signal: -67,
      lan,
    });
    this.broker = new VirtualBroker(this.clock, lan, { address: "127.0.0.1", port: 1889, users: { plug: "plugpw" } });
    const standIn = createTasmotaStandIn({ network: createNetwork, meter: createMeter });
    const flash = new Uint8Array(0x100000).fill(0xff);
    flash.set(buildStandInImage());
    const { clock } = this;
    this.board = new TestBoard({ standIn, flash, mac, clock, chipName: "ESP8266EX", jedecId: [0xef, 0x40, 0x14] });
    this.board.radio = this.air.radio(mac);
    for (const note of ["W=60", "A=0.27", "V=230"]) this.act(`load simulator: ${note}`);
  }

  get core(): TasmotaCore {
    return this.board.running as unknown as TasmotaCore;
  }

  /** On the plug's own network while it is up, else at home. */
  from(): { readonly machine: Machine; readonly address: string } {
    const own = this.air.accessPoints.find((ap) => ap.ssid.startsWith("tasmota-"));
    const lan = own?.lan ?? this.lan;
    if (this.#client?.lan !== lan || !this.#client.alive()) {
      this.#client = lan.join({ name: "client", address: lan === this.lan ? "127.0.0.200" : "192.168.4.2" });
    }
    return { machine: this.#client, address: own === undefined ? this.core.network.station.ip : "192.168.4.1" };
  }

  act(note: string): void {
    const load = /load simulator: ([WAV])=([\d.]+)/.exec(note);
    if (load !== null) {
      const period = Number(load[2]) === 0 ? 0 : PERIODS[load[1] as "W" | "A" | "V"] / Number(load[2]);
      this.board.signals[({ W: "cf", A: "current", V: "voltage" } as const)[load[1] as "W" | "A" | "V"]] = period;
    }
    const frame = /^improv .*: send ([0-9a-f ]+)$/.exec(note);
    if (frame !== null) this.board.type(Uint8Array.from(frame[1]!.split(" "), (byte) => Number.parseInt(byte, 16)));
    const message = /^mqtt publish (\S+) ?(.*)$/.exec(note);
    if (message !== null) this.broker.publish(message[1]!, new TextEncoder().encode(message[2]), false);
    if (note === "broker gone") this.broker.stop();
    if (note.startsWith("idle TCP connection open")) leaveOpen(this, "");
    if (note === "half a request header pending") leaveOpen(this, "GET /cm?cmnd=Power HT");
  }

  file(kind: WebRecord["file"]): Uint8Array | undefined {
    const damaged = this.dump.slice();
    switch (kind) {
      case undefined:
        return undefined;
      case "dump":
        return this.dump;
      case "half dump":
        return this.dump.slice(0, 2000);
      case "damaged dump":
        damaged[2000]! ^= 0x10;
        return damaged;
      case "garbage":
        return new TextEncoder().encode("\0garbage".repeat(100));
      case "text":
        return new TextEncoder().encode("not a firmware".repeat(TEXT_FILE_SIZE / 14));
      case "image":
        return Uint8Array.from({ length: FIRMWARE_SIZE }, (_, i) => [0xe9, 1, 3, 0x20, 0, 0, 0x10, 0x40][i] ?? 0xff);
    }
  }
}

/** How long before its end a recorded exchange was begun, s: a stall of the bench's loop delays the answer, not more. */
function asked(closedMs: number): number {
  if (closedMs < STALLED_MS) return 0.045;
  return closedMs < BLOCKED_MS ? Math.min(closedMs / 1000, LINGER_S) : closedMs / 1000;
}

function run(number: string) {
  const rows = new Map(loadRows<WebRecord>(`${number}.web.jsonl`).map((row) => [`${row.t} ${row.req}`, row]));
  const world = new ReplayWorld(number);
  const byReplayTime = new Map<string, WebRecord>();
  // The bench noted when an answer had arrived; what counts is when the question was asked.
  const events = loadRecording(number).map((event) => {
    if (!("req" in event)) return event;
    const row = rows.get(`${event.t} ${event.req}`);
    if (row === undefined) throw new Error(`no facts of ${event.t} ${event.req}`);
    // The driver puts the recorded status in front.
    const words = describe(event.status, row);
    const body = event.status === 0 ? words : words.slice(String(event.status).length + 1);
    const t = event.t - asked(row.closed);
    byReplayTime.set(`${t} ${event.req}`, row);
    return { ...event, t, body };
  });
  const inOrder = events.toSorted((a, b) => a.t - b.t);
  const pairs = replay(world.board, inOrder, {
    request: (_core, asked) => {
      const row = byReplayTime.get(`${asked.t} ${asked.req}`);
      const answer = exchange(world, asked.req, row ?? {}, world.file(row?.file));
      if (row === undefined) return undefined;
      if (asked.req === "GET /dl" && answer !== undefined) world.dump = answer.body;
      const words = describeAnswer(answer, row);
      return asked.status === 0 ? `0 ${words}` : words;
    },
    act: (_board, note) => world.act(note),
  });
  return { world, pairs };
}

function report(number: string, pairs: readonly Pair[]): readonly Pair[] {
  const { pairs: excused, used } = excuseNetwork(pairs);
  const { compared, equal, excused: others, unexcused } = judge(excused);
  for (const [name, count] of others) used.set(name, (used.get(name) ?? 0) + count);
  const names = [...used].map(([name, count]) => `${name} ${count}`).join(", ");
  process.stdout.write(
    `recording ${number}, whole: ${compared} compared, ${equal} equal, excused: ${names}, ${unexcused.length} differ\n`,
  );
  if (process.env["SHOW"] !== undefined) {
    for (const p of unexcused) {
      const a = p.recorded ?? "(nothing)";
      const b = p.given ?? "(nothing)";
      let k = 0;
      while (k < a.length && a[k] === b[k]) k++;
      const from = Math.max(0, k - 60);
      process.stdout.write(`${p.t} ${p.what}\n   - ${a.slice(from, from + 260)}\n   + ${b.slice(from, from + 260)}\n`);
    }
  }
  return unexcused;
}

test.each((process.env["REC"] ?? "01,04,05,06,09,10,11,12").split(","))("recording %s", (number) => {
  const { pairs } = run(number);
  expect(report(number, pairs).map(({ t, what, recorded, given }) => ({ t, what, recorded, given }))).toEqual([]);
});

interface Message {
  readonly topic: string;
  readonly payload: string;
}

test("recording 10: every topic carries the recorded messages in the recorded order", () => {
  const { world } = run("10");
  const given = world.broker.published.map(({ topic, payload }) => ({
    topic,
    payload: new TextDecoder().decode(payload),
  }));
  const recorded = loadRows<Message>("10.messages.jsonl");
  const ofTopic = (messages: readonly Message[], topic: string): readonly string[] =>
    messages.filter((message) => message.topic === topic).map(({ payload }) => `${topic} ${payload}`);
  const topics = [...new Set([...recorded, ...given].map(({ topic }) => topic))];
  const pairs = topics.flatMap((topic): Pair[] => {
    const [a, b] = [ofTopic(recorded, topic), ofTopic(given, topic)];
    return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => ({
      t: i,
      what: "message",
      recorded: a[i],
      given: b[i],
    }));
  });
  expect(report("10 (messages)", pairs)).toEqual([]);
  // The order of what the plug says across topics, ticks apart: a stalled answer came after the bench's next question.
  const order = (messages: readonly Message[]): readonly string[] =>
    messages.map(({ topic }) => topic).filter((topic) => !/^cmnd|STATE$|SENSOR$/.test(topic));
  expect(order(given)).toEqual(order(recorded));
});
