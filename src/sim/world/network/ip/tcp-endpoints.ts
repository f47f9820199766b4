/** The TCP connections of a host, one per pair of addresses and ports. A segment of no connection is answered with RST (RFC 9293, 3.10.7.1). */
import type { SimClock } from "../../clock.ts";
import type { SeededRandom } from "../../seeded-random.ts";
import type { Ipv4Packet } from "./packets.ts";
import { TcpConnection, type TcpEvents } from "./tcp-connection.ts";
import { lengthOf, parseTcp, plus, type TcpSegment, tcpPacket } from "./tcp-segment.ts";

export interface Flow {
  /** Of this side. */
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
}

/** A request to connect. Nothing is sent until it is accepted or refused; the other side repeats its SYN. */
export interface IncomingConnection {
  readonly flow: Flow;
  accept(events: TcpEvents): TcpConnection;
  refuse(): void;
  /** Sends nothing. */
  ignore(): void;
}

export interface TcpEndpointsPorts {
  readonly clock: SimClock;
  readonly random: SeededRandom;
  send(packet: Ipv4Packet): void;
  incoming(connection: IncomingConnection): void;
}

/** IANA's dynamic ports. */
const FIRST_OWN_PORT = 49_152;
const OWN_PORTS = 16_384;

export class TcpEndpoints {
  readonly #ports: TcpEndpointsPorts;
  readonly #connections: Map<string, TcpConnection> = new Map();
  readonly #asking: Set<string> = new Set();
  #nextPort = 0;

  constructor(ports: TcpEndpointsPorts) {
    this.#ports = ports;
  }

  connect(localAddress: string, remoteAddress: string, remotePort: number, events: TcpEvents): TcpConnection {
    const localPort = FIRST_OWN_PORT + (this.#nextPort++ % OWN_PORTS);
    return this.#open({ localAddress, localPort, remoteAddress, remotePort }, events);
  }

  receive(packet: Ipv4Packet): void {
    const segment = parseTcp(packet);
    if (segment === undefined) return;
    const flow: Flow = {
      localAddress: packet.destination,
      localPort: segment.destinationPort,
      remoteAddress: packet.source,
      remotePort: segment.sourcePort,
    };
    const connection = this.#connections.get(keyOf(flow));
    if (connection !== undefined) connection.receive(segment);
    else if (segment.syn && segment.acknowledged === undefined) this.#ask(flow, segment);
    else if (!segment.reset) this.#reset(flow, segment);
  }

  #ask(flow: Flow, syn: TcpSegment): void {
    const key = keyOf(flow);
    if (this.#asking.has(key)) return;
    this.#asking.add(key);
    const answered = (): boolean => this.#asking.delete(key);
    this.#ports.incoming({
      flow,
      accept: (events) => {
        answered();
        return this.#open(flow, events, syn);
      },
      refuse: () => {
        answered();
        this.#reset(flow, syn);
      },
      ignore: answered,
    });
  }

  #open(flow: Flow, events: TcpEvents, syn?: TcpSegment): TcpConnection {
    const { clock, random } = this.#ports;
    const key = keyOf(flow);
    const connection = new TcpConnection(
      {
        clock,
        initialSequence: random.uint32(),
        send: (segment) => this.#send(flow, segment),
        over: () => {
          if (this.#connections.get(key) === connection) this.#connections.delete(key);
        },
      },
      events,
      syn,
    );
    this.#connections.set(key, connection);
    return connection;
  }

  #reset(flow: Flow, segment: TcpSegment): void {
    const { acknowledged, sequence } = segment;
    const none = { syn: false, fin: false, window: 0, payload: new Uint8Array(0), reset: true };
    if (acknowledged !== undefined) this.#send(flow, { ...none, sequence: acknowledged, acknowledged: undefined });
    else this.#send(flow, { ...none, sequence: 0, acknowledged: plus(sequence, lengthOf(segment)) });
  }

  #send(flow: Flow, segment: Omit<TcpSegment, "sourcePort" | "destinationPort">): void {
    const { localAddress, localPort, remoteAddress, remotePort } = flow;
    const addresses = { source: localAddress, destination: remoteAddress };
    this.#ports.send(tcpPacket(addresses, { ...segment, sourcePort: localPort, destinationPort: remotePort }));
  }
}

const keyOf = ({ localAddress, localPort, remoteAddress, remotePort }: Flow): string =>
  `${localAddress}:${localPort} ${remoteAddress}:${remotePort}`;
