/** The home's router against a station's IP stack and, where formats matter, against bytes written out by hand. */
import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../../hex.ts";
import { SimClock } from "../../clock.ts";
import { SeededRandom } from "../../seeded-random.ts";
import { Lan } from "../lan.ts";
import type { Stream } from "../stream.ts";
import { DhcpClient, type Lease } from "./dhcp-client.ts";
import { DHCP, DHCP_PORT, dhcpMessage, parseDhcp } from "./dhcp-message.ts";
import { IpHost, type ReceivedDatagram } from "./ip-host.ts";
import { ANY_ADDRESS, BROADCAST_ADDRESS, ETHERTYPE, ethernetFrame, ipv4Packet, PROTOCOL } from "./packets.ts";
import { Router } from "./router.ts";
import type { TcpConnection } from "./tcp-connection.ts";

const MAC = fromHex("c44f33a1b212");
const ROUTER_MAC = fromHex("02005e005301");
const LEASED = "192.168.1.50";
const WALL = Date.UTC(2026, 5, 1, 12, 0, 0, 250);

function setUp(lanOptions: ConstructorParameters<typeof Lan>[1] = {}) {
  const clock = new SimClock(WALL);
  const lan = new Lan(clock, lanOptions);
  const heard: string[] = [];
  const datagrams: ReceivedDatagram[] = [];
  const accepted: TcpConnection[] = [];
  const received: string[] = [];
  let address: string | undefined;
  let listens = true;
  const later = (action: () => void): void => void clock.at(clock.now + 500, action);
  const router = new Router({
    clock,
    lan,
    random: new SeededRandom(1),
    mac: ROUTER_MAC,
    send: (ethernet) => {
      heard.push(toHex(ethernet));
      later(() => station.receive(ethernet));
    },
  });
  const events = (opened: () => void = () => {}) => ({
    opened,
    data: (bytes: Uint8Array) => void received.push(new TextDecoder().decode(bytes)),
    ended: () => void received.push("(end)"),
    closed: (how: string) => void received.push(`(${how})`),
  });
  const station: IpHost = new IpHost({
    clock,
    random: new SeededRandom(2),
    mac: MAC,
    holds: (asked) => asked === address,
    send: (ethernet) => later(() => router.receive(ethernet)),
    datagram: (datagram) => void datagrams.push(datagram),
    incoming: (incoming) => (listens ? accepted.push(incoming.accept(events())) : incoming.refuse()),
  });
  const pass = (seconds: number): void => clock.runInternal(clock.now + seconds * 1e6);
  const has = (own: string): void => {
    address = own;
    station.announce(own);
    pass(0.01);
  };
  const ask = (to: string, port: number, payload: Uint8Array): readonly ReceivedDatagram[] => {
    datagrams.length = 0;
    const addresses = { source: address ?? ANY_ADDRESS, destination: to };
    station.sendDatagram(addresses, { sourcePort: 4000, destinationPort: port, payload }, ROUTER_MAC);
    pass(6);
    return datagrams;
  };
  const deaf = (): void => {
    listens = false;
  };
  return { clock, lan, router, station, heard, received, accepted, events, pass, has, ask, deaf, datagrams };
}

/** A question for an address, with identifier 0x1234 and recursion desired. */
function question(name: string, type = 1): Uint8Array {
  const labels = name.split(".").map((label) => [label.length, ...Buffer.from(label)]);
  return Uint8Array.from([0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...labels.flat(), 0, 0, type, 0, 1]);
}

describe("addresses", () => {
  function lease(lanOptions: ConstructorParameters<typeof Lan>[1] = {}) {
    const at = setUp(lanOptions);
    const outcome: (Lease | "failed")[] = [];
    const client: DhcpClient = new DhcpClient({
      clock: at.clock,
      mac: MAC,
      hostname: "tasmota-1",
      transaction: Uint8Array.of(1, 2, 3, 4),
      send: (payload) => {
        at.station.sendDatagram(
          { source: ANY_ADDRESS, destination: BROADCAST_ADDRESS },
          { sourcePort: DHCP_PORT.client, destinationPort: DHCP_PORT.server, payload },
        );
      },
      leased: (one) => outcome.push(one),
      failed: () => outcome.push("failed"),
    });
    const feed = (): void => {
      for (const { payload } of at.datagrams.splice(0)) client.receive(payload);
    };
    const pass = (seconds: number): void => {
      for (let i = 0; i < seconds * 100; i++) {
        at.pass(0.01);
        feed();
      }
    };
    return { ...at, outcome, pass };
  }

  test("are leased, and who has one is a machine of the network under its own name", () => {
    const { lan, pass, outcome } = lease();
    pass(0.1);
    expect(outcome).toEqual([{ address: LEASED, router: "192.168.1.1" }]);
    expect(lan.machines.map(({ name, address }) => [name, address])).toEqual([["tasmota-1", LEASED]]);
    // The same as the radio of a stand-in with this MAC is given.
    expect(lan.lease("c4:4f:33:a1:b2:12")).toBe(LEASED);
  });

  test("are not given by a server that is off; the client asks four times and gives up", () => {
    const { lan, pass, outcome } = lease();
    lan.leasing = false;
    pass(7.9);
    expect(outcome).toEqual([]);
    pass(0.2);
    expect(outcome).toEqual(["failed"]);
    expect(lan.machines).toEqual([]);
  });

  test("another one that a station asks for is refused", () => {
    const { ask } = setUp();
    const wanted = { type: DHCP.request, transaction: Uint8Array.of(1, 2, 3, 4), mac: MAC, requested: "192.168.1.99" };
    const answers = ask(BROADCAST_ADDRESS, DHCP_PORT.server, dhcpMessage(wanted));
    expect(answers.map(({ payload }) => parseDhcp(payload)!.type)).toEqual([DHCP.nak]);
  });

  test("a fixed one that a station shows is that of a machine, too", () => {
    const { lan, has } = setUp();
    has("192.168.1.200");
    expect(lan.machineAt("192.168.1.200")?.name).toBe("c44f33a1b212");
    has("10.1.1.1");
    expect(lan.machines).toHaveLength(1);
  });

  test.each([
    ["another machine's", "192.168.1.77", true],
    ["the router's", "192.168.1.1", true],
    ["the station's own lease, which it probes for", LEASED, false],
  ])("a question by ARP for %s is answered: %3$s", (_, target, answered) => {
    const { router, lan, heard } = setUp();
    lan.lease("c4:4f:33:a1:b2:12");
    const bytes = target
      .split(".")
      .map((part) => Number(part).toString(16).padStart(2, "0"))
      .join("");
    router.receive(
      fromHex(`ffffffffffff c44f33a1b212 0806 0001080006040001 c44f33a1b212 00000000 000000000000 ${bytes}`),
    );
    const reply = `02005e005301${bytes}c44f33a1b21200000000`;
    expect(heard).toEqual(answered ? [`c44f33a1b21202005e00530108060001080006040002${reply}`] : []);
  });
});

describe("names", () => {
  test("of machines are answered with their addresses, and are in the ledger", () => {
    const { lan, has, ask } = setUp();
    lan.join({ name: "broker", address: "192.168.1.9" });
    has(LEASED);
    const [answer] = ask(lan.nameServer, 53, question("broker"));
    // The question again, one answer: pointer to the name, A, IN, 60 s, four bytes.
    expect(toHex(answer!.payload)).toBe(
      "1234818000010001000000000662726f6b65720000010001c00c000100010000003c0004c0a80109",
    );
    expect(lan.ledger.calls).toMatchObject([
      { from: LEASED, kind: "name", target: "broker", outcome: "answered", count: 1 },
    ]);
  });

  test("from outside the home get an address that no machine has, and the same name gets the same one", () => {
    const { lan, has, ask } = setUp();
    has(LEASED);
    const last = (name: string): string => toHex(ask(lan.nameServer, 53, question(name))[0]!.payload).slice(-8);
    expect([last("a.example"), last("b.example"), last("a.example")]).toEqual(["c6336401", "c6336402", "c6336401"]);
    expect(lan.ledger.callsOutside.map(({ target, count }) => [target, count])).toEqual([
      ["a.example", 2],
      ["b.example", 1],
    ]);
  });

  test("are unknown where the home has no internet, and have no addresses of IPv6", () => {
    const { lan, has, ask } = setUp({ timeService: "unknown" });
    has(LEASED);
    expect(toHex(ask(lan.nameServer, 53, question("a.example"))[0]!.payload).slice(4, 16)).toBe("818300010000");
    expect(toHex(ask(lan.nameServer, 53, question("a.example", 28))[0]!.payload).slice(4, 16)).toBe("818000010000");
  });

  test("are not answered by a name server that is silent", () => {
    const { lan, has, ask } = setUp();
    has(LEASED);
    lan.naming = false;
    expect(ask(lan.nameServer, 53, question("a.example"))).toEqual([]);
  });
});

describe("time", () => {
  const REQUEST = Uint8Array.from([0x1b, ...new Uint8Array(39), 1, 2, 3, 4, 5, 6, 7, 8]);

  test("is answered for any time server, with the request's time stamp", () => {
    const { has, ask, clock } = setUp();
    has(LEASED);
    const before = clock.port().wallTime();
    const [answer] = ask("198.51.100.1", 123, REQUEST);
    const view = new DataView(answer!.payload.buffer, answer!.payload.byteOffset, 48);
    expect([view.getUint8(0), view.getUint8(1), view.getBigUint64(24)]).toEqual([0x24, 2, 0x0102030405060708n]);
    const seconds = view.getUint32(40) - 2_208_988_800 + view.getUint32(44) / 2 ** 32;
    expect(seconds).toBeGreaterThan(before / 1000);
    expect(seconds).toBeLessThan(before / 1000 + 0.1);
  });

  test("is not answered where no time server is reachable", () => {
    const { has, ask, lan } = setUp({ timeService: false });
    has(LEASED);
    expect(ask("198.51.100.1", 123, REQUEST)).toEqual([]);
    expect(lan.ledger.calls).toMatchObject([{ kind: "time", outcome: "unanswered" }]);
  });
});

describe("connections", () => {
  const say = (stream: Stream | TcpConnection, text: string): void => stream.write(new TextEncoder().encode(text));

  test("of a machine reach the station's own stack, and go on both ways until both have ended", () => {
    const { lan, has, pass, accepted, received } = setUp();
    has(LEASED);
    const seen: string[] = [];
    const computer = lan.join({ name: "computer" });
    computer.connect(LEASED, 80, {
      connected: (stream) => {
        stream.listen({
          data: (bytes) => seen.push(new TextDecoder().decode(bytes)),
          end: () => seen.push("(end)"),
          closed: (how) => seen.push(`(${how})`),
        });
        say(stream, "GET /");
        stream.end();
      },
      failed: (why) => seen.push(why),
    });
    pass(0.1);
    expect(received).toEqual(["GET /", "(end)"]);
    say(accepted[0]!, "200 OK");
    accepted[0]!.end();
    pass(0.1);
    expect([seen, received.at(-1)]).toEqual([["200 OK", "(end)", "(ended)"], "(ended)"]);
  });

  test.each([
    ["a station that does not listen", "refused", true],
    ["a station that is gone", "unreachable", false],
  ])("of a machine to %s fail as %s", (_, why, isThere) => {
    const { lan, has, pass, deaf } = setUp();
    has(LEASED);
    if (isThere) deaf();
    else has("10.9.9.9");
    const seen: string[] = [];
    lan.join({ name: "computer" }).connect(LEASED, 80, {
      connected: () => seen.push("connected"),
      failed: (how) => seen.push(how),
    });
    pass(10);
    expect(seen).toEqual([why]);
  });

  test("of the station reach the machines of the home, and none outside; all are in the ledger", () => {
    const { lan, has, pass, ask, station, events, received } = setUp();
    has(LEASED);
    lan.join({ name: "broker", address: "192.168.1.9" }).listen(1883, (stream) => {
      stream.listen({ data: (bytes) => stream.write(bytes) });
    });
    ask(lan.nameServer, 53, question("cloud.example"));
    const connect = (to: string, port: number): TcpConnection => {
      const connection: TcpConnection = station.tcp.connect(
        LEASED,
        to,
        port,
        events(() => say(connection, `to ${port}`)),
      );
      return connection;
    };
    connect("192.168.1.9", 1883);
    connect("192.168.1.9", 80);
    connect("198.51.100.1", 8886);
    pass(1);
    expect(received.sort()).toEqual(["(refused)", "(refused)", "to 1883"]);
    const calls = lan.ledger.calls.filter(({ kind }) => kind === "tcp");
    expect([...calls].sort((a, b) => a.port! - b.port!)).toMatchObject([
      { target: "192.168.1.9", port: 80, outcome: "refused" },
      { target: "192.168.1.9", port: 1883, outcome: "answered" },
      { target: "198.51.100.1", port: 8886, name: "cloud.example", outcome: "not-allowed" },
    ]);
  });

  test("a machine that breaks off resets the station's connection, and the other way round", () => {
    const { lan, has, pass, accepted, received } = setUp();
    has(LEASED);
    const computer = lan.join({ name: "computer" });
    const streams: Stream[] = [];
    const how: string[] = [];
    for (let i = 0; i < 2; i++) {
      computer.connect(LEASED, 80, {
        connected: (stream) => {
          stream.listen({ closed: (why) => how.push(why) });
          streams.push(stream);
        },
        failed: () => {},
      });
    }
    pass(0.1);
    streams[0]!.reset();
    accepted[1]!.abort();
    pass(0.1);
    expect([received, how]).toEqual([["(reset)"], ["reset"]]);
  });
});

test("a datagram to an unknown port, and an echo request, are in the ledger", () => {
  const { lan, has, ask, router, heard, pass } = setUp();
  has(LEASED);
  ask("239.255.255.250", 1900, Uint8Array.of(1));
  ask("203.0.113.5", 6667, Uint8Array.of(1));
  const echo = fromHex("0800f7ff00000000");
  for (const destination of [lan.gateway, "203.0.113.5"]) {
    const packet = ipv4Packet({ source: LEASED, destination, protocol: PROTOCOL.icmp, payload: echo }, 1);
    heard.length = 0;
    router.receive(ethernetFrame({ to: ROUTER_MAC, from: MAC, type: ETHERTYPE.ipv4, payload: packet }));
    pass(0.1);
    expect(heard).toHaveLength(destination === lan.gateway ? 1 : 0);
  }
  expect(lan.ledger.calls.map(({ kind, target, port, outcome }) => [kind, target, port, outcome])).toEqual([
    ["udp", "239.255.255.250", 1900, "unanswered"],
    ["udp", "203.0.113.5", 6667, "not-allowed"],
    ["ping", lan.gateway, undefined, "answered"],
    ["ping", "203.0.113.5", undefined, "not-allowed"],
  ]);
});
