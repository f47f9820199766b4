/** Both sides of TCP on a line that loses, repeats and overtakes. That another stack gets on with it, real firmware shows (conformance). */
import { describe, expect, test } from "vitest";
import { SimClock } from "../../clock.ts";
import { SeededRandom } from "../../seeded-random.ts";
import type { Ipv4Packet } from "./packets.ts";
import type { TcpConnection, TcpEnd, TcpEvents } from "./tcp-connection.ts";
import { type IncomingConnection, TcpEndpoints } from "./tcp-endpoints.ts";
import { parseTcp, type TcpSegment, tcpPacket } from "./tcp-segment.ts";

const [A, B] = ["10.0.0.1", "10.0.0.2"];
const PORT = 80;
const SECOND = 1e6;

/** What one side has seen. */
class Side implements TcpEvents {
  connection: TcpConnection | undefined;
  bytes: number[] = [];
  seen: string[] = [];
  opened = (): void => void this.seen.push("opened");
  ended = (): void => void this.seen.push("ended");
  closed = (how: TcpEnd): void => void this.seen.push(how);
  data = (bytes: Uint8Array): void => {
    for (const byte of bytes) this.bytes.push(byte);
  };
}

type Fate = (segment: TcpSegment, from: "a" | "b", count: number) => readonly number[];
const arrives: Fate = () => [1000];

/** @param fate delays in µs at which a segment arrives: none where it is lost, two where it comes twice. */
function line(fate: Fate = arrives, answer?: (incoming: IncomingConnection, server: Side) => void) {
  const clock = new SimClock();
  const [client, server] = [new Side(), new Side()];
  let count = 0;
  const log: TcpSegment[] = [];
  const carry = (from: "a" | "b", packet: Ipv4Packet): void => {
    const segment = parseTcp(packet)!;
    log.push(segment);
    for (const delay of fate(segment, from, count++)) {
      clock.at(clock.now + delay, () => (from === "a" ? b : a).receive(packet));
    }
  };
  const accept = (incoming: IncomingConnection): void => {
    server.connection = incoming.accept(server);
  };
  const incoming = (one: IncomingConnection): void => (answer === undefined ? accept(one) : answer(one, server));
  const endpoints = (own: "a" | "b"): TcpEndpoints =>
    new TcpEndpoints({ clock, random: new SeededRandom(own), send: (packet) => carry(own, packet), incoming });
  const [a, b] = [endpoints("a"), endpoints("b")];
  client.connection = a.connect(A, B, PORT, client);
  const pass = (seconds: number): void => clock.runInternal(clock.now + seconds * SECOND);
  return { clock, client, server, pass, log, a, b };
}

const some = (count: number): Uint8Array => Uint8Array.from({ length: count }, (_, i) => (i * 7) & 0xff);

describe("a good line", () => {
  test("carries both directions, each ending by itself", () => {
    const { client, server, pass } = line();
    client.connection!.write(some(5000));
    pass(0.1);
    client.connection!.end();
    pass(0.1);
    expect([server.bytes, server.seen]).toEqual([[...some(5000)], ["opened", "ended"]]);
    server.connection!.write(some(3000));
    server.connection!.end();
    pass(0.1);
    expect([client.bytes, client.seen]).toEqual([[...some(3000)], ["opened", "ended", "ended"]]);
    expect(server.seen).toEqual(["opened", "ended", "ended"]);
  });

  test("a port without a listener refuses at once", () => {
    const { client, pass } = line(arrives, (incoming) => incoming.refuse());
    pass(0.1);
    expect(client.seen).toEqual(["refused"]);
  });

  test("an abort resets the other side, which sends no more", () => {
    const { client, server, pass, log } = line();
    pass(0.1);
    client.connection!.abort();
    pass(0.1);
    expect(server.seen).toEqual(["opened", "reset"]);
    const before = log.length;
    server.connection!.write(some(10));
    pass(100);
    expect(log).toHaveLength(before);
  });

  test("segments of an unknown connection are reset", () => {
    const { pass, b, log } = line();
    pass(0.1);
    const stray = { sourcePort: 9, destinationPort: PORT, sequence: 5, acknowledged: 77, window: 100 };
    b.receive(
      tcpPacket({ source: A, destination: B }, { ...stray, syn: false, fin: false, reset: false, payload: some(3) }),
    );
    expect(log.at(-1)).toMatchObject({ reset: true, sequence: 77, destinationPort: 9 });
  });
});

describe("a bad line", () => {
  test.each([1, 2, 3, 4, 5, 6])("loses, repeats and overtakes, and everything arrives in order (seed %i)", (seed) => {
    const random = new SeededRandom(seed);
    const { client, server, pass } = line(() => {
      const delay = random.between(500, 40_000);
      if (random.chance(0.15)) return [];
      return random.chance(0.1) ? [delay, delay + random.between(0, 50_000)] : [delay];
    });
    client.connection!.write(some(20_000));
    client.connection!.end();
    server.ended = () => {
      server.seen.push("ended");
      server.connection!.write(some(9000));
      server.connection!.end();
    };
    pass(300);
    expect([server.bytes.length, client.bytes.length]).toEqual([20_000, 9000]);
    expect([server.bytes, client.bytes]).toEqual([[...some(20_000)], [...some(9000)]]);
    expect([client.seen.at(-1), server.seen.at(-1)]).toEqual(["ended", "ended"]);
  });

  test("a lost SYN is sent again after 1 s and 2 s more, and then the connection is given up", () => {
    const { client, pass, log, clock } = line(() => []);
    pass(6.9);
    expect(log).toHaveLength(3);
    expect(client.seen).toEqual([]);
    pass(0.2);
    expect(client.seen).toEqual(["silent"]);
    expect(clock.nextEventAt).toBe(Number.POSITIVE_INFINITY);
  });

  test("one that has fallen silent is given up after six tries", () => {
    let dead = false;
    const { client, pass, log } = line(() => (dead ? [] : [1000]));
    pass(0.1);
    dead = true;
    client.connection!.write(some(10));
    const before = log.length;
    pass(200);
    expect(client.seen).toEqual(["opened", "silent"]);
    expect(log).toHaveLength(before + 6);
  });

  test("an early segment waits for the one before it and is not sent again", () => {
    let held: number | undefined;
    const { client, server, pass, log } = line((segment) => {
      if (segment.payload.length === 0 || held !== undefined) return [1000];
      held = segment.sequence;
      return [300_000];
    });
    pass(0.1);
    client.connection!.write(some(4000));
    pass(0.2);
    expect(server.bytes).toEqual([]);
    pass(0.5);
    expect(server.bytes).toEqual([...some(4000)]);
    expect(log.filter(({ payload }) => payload.length > 0)).toHaveLength(3);
  });
});

describe("the other side's window", () => {
  const SERVER_SEQUENCE = 1000;

  /** A server by hand that sets its own window. */
  function narrow(window: number) {
    const clock = new SimClock();
    const client = new Side();
    const sent: TcpSegment[] = [];
    const endpoints: TcpEndpoints = new TcpEndpoints({
      clock,
      random: new SeededRandom(1),
      send: (packet) => sent.push(parseTcp(packet)!),
      incoming: () => {},
    });
    const connection = endpoints.connect(A, B, PORT, client);
    const { sourcePort } = sent[0]!;
    const say = (acknowledged: number, size: number, syn = false): void => {
      const segment = { sourcePort: PORT, destinationPort: sourcePort, sequence: SERVER_SEQUENCE + (syn ? 0 : 1) };
      const flags = {
        syn,
        fin: false,
        reset: false,
        payload: new Uint8Array(0),
        maximumSegment: syn ? 536 : undefined,
      };
      endpoints.receive(tcpPacket({ source: B, destination: A }, { ...segment, ...flags, acknowledged, window: size }));
    };
    const first = sent[0]!.sequence + 1;
    say(first, window, true);
    sent.length = 0;
    connection.write(some(3000));
    return { clock, sent, say, first, sizes: () => sent.map(({ payload }) => payload.length) };
  }

  test("and its segment size are kept to", () => {
    const { sizes, say, first, sent } = narrow(1200);
    expect(sizes()).toEqual([536, 536, 128]);
    sent.length = 0;
    say(first + 1200, 600);
    expect(sizes()).toEqual([536, 64]);
  });

  test("when closed is probed with a byte each second until it opens, however long that takes", () => {
    const { clock, sent, say, first, sizes } = narrow(1000);
    say(first + 1000, 0);
    sent.length = 0;
    clock.runInternal(20.5 * SECOND);
    expect(sizes()).toEqual(Array.from({ length: 20 }, () => 1));
    expect(sent.every(({ sequence }) => sequence === first + 1000)).toBe(true);
    sent.length = 0;
    say(first + 1001, 2000);
    expect(sizes()).toEqual([536, 536, 536, 391]);
  });
});
