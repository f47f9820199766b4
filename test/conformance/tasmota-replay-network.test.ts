/**
 * The whole firmware model, network half included, against recordings of the real Tasmota 15.2.0.2: every HTTP exchange as
 * bytes (status, headers, body or page facts, when it was closed), every console line, every MQTT message.
 */
import { expect, test } from "vitest";
import type { TasmotaCore } from "../../src/sim/tasmota/contract.ts";
import type { Machine } from "../../src/sim/world/network/lan.ts";
import { VirtualBroker } from "../../src/sim/world/network/mqtt-broker.ts";
import { type Pair, replay } from "./tasmota-replay-driver.ts";
import { judge } from "./tasmota-replay-exceptions.ts";
import { excuseNetwork } from "./tasmota-replay-network-exceptions.ts";
import { type Exchange, loadRecording } from "./tasmota-replay-recording.ts";
import {
  type Bench,
  describe,
  describeAnswer,
  exchange,
  leaveOpen,
  loadRows,
  type WebRecord,
} from "./tasmota-replay-web.ts";
import { type BenchFacts, BenchWorld } from "./tasmota-replay-world.ts";

/** The bench's load simulator: what the meter's pins gave for 60 W, 0.27 A and 230 V; periods in µs, times the load. */
const PERIODS = { W: 30_515 * 60, A: 44_580 * 0.27, V: 664 * 230 };
const SIGNALS = { W: "cf", A: "current", V: "voltage" } as const;
const FIRMWARE_SIZE = 208_912;
const TEXT_FILE_SIZE = 14_000;
/** In its access point, too, the bench's loop stalled for a second now and then: answers that took less took a turn. */
const STALLED_MS = 1500;
const TURN_MS = 45;
const PATIENCE_US = 20e6;

/** The bench, asking and listening as it did, and telling all it got. */
class ListeningBench extends BenchWorld implements Bench {
  readonly broker: VirtualBroker;
  readonly #rows: ReadonlyMap<string, WebRecord>;
  readonly #open = new Set<{ readonly over: boolean }>();
  #client: Machine | undefined;
  /** The last backup that was downloaded. */
  #backup: (() => Uint8Array) | undefined;

  constructor(facts: BenchFacts, rows: ReadonlyMap<string, WebRecord>) {
    super(facts);
    this.#rows = rows;
    // The bench's radio knew a wrong password at once.
    this.medium.handshakeGivesUpUs = 0;
    const { lan } = this.computer;
    // … and its loop stalled over its missing time server at moments of its own: here it does not.
    lan.timeService = "unknown";
    this.broker = new VirtualBroker(this.clock, lan, { machine: this.computer, port: 1889, users: { plug: "plugpw" } });
    for (const load of ["W=60", "A=0.27", "V=230"]) this.act(`load simulator: ${load}`);
  }

  override get waiting(): number {
    return [...this.#open].filter((request) => !request.over).length;
  }

  /** The bench had patience: it read every answer to its end before it went on. */
  override giveUp(): void {
    const until = this.clock.now + PATIENCE_US;
    while (this.waiting > 0 && this.clock.now < until) this.clock.runInternal(this.clock.now + 1000);
    this.#open.clear();
  }

  override request(asked: Exchange): () => string {
    const row = this.#rows.get(`${asked.t} ${asked.req}`);
    const request = exchange(this, asked.req, row ?? {}, this.#file(row?.file));
    this.#open.add(request);
    if (asked.req === "GET /dl") this.#backup = () => request.answer()?.body ?? new Uint8Array(0);
    return () => {
      const answer = request.answer();
      if (row === undefined || answer === undefined) return "0 nothing";
      const words = describeAnswer(answer, row);
      return answer.status === 0 ? `0 ${words}` : words;
    };
  }

  /** On the plug's own network while it is up, else at home. */
  from(): { readonly machine: Machine; readonly address: string } {
    const own = this.medium.accessPoints.find((ap) => ap.ssid.startsWith("tasmota-"));
    if (own === undefined) return { machine: this.computer, address: this.#core.network.station.ip };
    if (this.#client?.lan !== own.lan || !this.#client.alive()) {
      this.#client = own.lan.join({ name: "client", address: "192.168.4.2" });
    }
    return { machine: this.#client, address: "192.168.4.1" };
  }

  act(note: string): void {
    const load = /load simulator: ([WAV])=([\d.]+)/.exec(note);
    if (load !== null) {
      const quantity = load[1] as keyof typeof PERIODS;
      this.board.signals[SIGNALS[quantity]] = Number(load[2]) === 0 ? 0 : PERIODS[quantity] / Number(load[2]);
    }
    const frame = /^improv .*: send ([0-9a-f ]+)$/.exec(note);
    if (frame !== null) this.board.type(Uint8Array.from(frame[1]!.split(" "), (byte) => Number.parseInt(byte, 16)));
    const message = /^mqtt publish (\S+) ?(.*)$/.exec(note);
    if (message !== null) this.broker.publish(message[1]!, new TextEncoder().encode(message[2]), false);
    if (note === "broker gone") this.broker.stop();
    if (note.startsWith("idle TCP connection open")) leaveOpen(this, "");
    if (note === "half a request header pending") leaveOpen(this, "GET /cm?cmnd=Power HT");
  }

  get #core(): TasmotaCore {
    return this.board.running as unknown as TasmotaCore;
  }

  #file(kind: WebRecord["file"]): Uint8Array | undefined {
    const dump = this.#backup?.() ?? new Uint8Array(0);
    const damaged = dump.slice();
    switch (kind) {
      case undefined:
        return undefined;
      case "dump":
        return dump;
      case "half dump":
        return dump.slice(0, 2000);
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

function run(number: string) {
  const facts = new Map(loadRows<WebRecord>(`${number}.web.jsonl`).map((row) => [`${row.t} ${row.req}`, row]));
  const recording = loadRecording(number);
  const everything = JSON.stringify(recording);
  const rows = new Map<string, WebRecord>();
  const joined = recording.find((event) => "rx" in event && event.rx.includes("WIF: Connected"))?.t ?? 0;
  const events = recording.map((event) => {
    if (!("req" in event)) return event;
    const row = facts.get(`${event.t} ${event.req}`);
    if (row === undefined) throw new Error(`no facts of ${event.t} ${event.req}`);
    rows.set(`${event.t} ${event.req}`, row);
    // The driver puts the recorded status in front; it sends a request so long before the time of its end.
    const words = describe(event.status, row);
    const body = event.status === 0 ? words : words.slice(String(event.status).length + 1);
    const stalled = event.t < joined && row.closed < STALLED_MS;
    return { ...event, body, ms: stalled ? TURN_MS : row.closed };
  });
  const bench = new ListeningBench(
    {
      id: /tasmota-([0-9A-F]{6})-/.exec(everything)![1]!,
      address: /IP [Aa]ddress (127\.0\.0\.\d+)/.exec(everything)![1]!,
    },
    rows,
  );
  const pairs = replay(bench, events, (_world, note) => bench.act(note));
  return { bench, pairs };
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

test.each((process.env["REC"] ?? "01,04,05,06,09,10,11,12").split(","))(
  "recording %s is reproduced over the network",
  (number) => {
    const { pairs } = run(number);
    expect(report(number, pairs).map(({ t, what, recorded, given }) => ({ t, what, recorded, given }))).toEqual([]);
  },
);

interface Message {
  readonly topic: string;
  readonly payload: string;
}

test("recording 10: every topic carries the recorded messages in the recorded order", () => {
  const { bench } = run("10");
  const given = bench.broker.published.map(({ topic, payload }) => ({
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
