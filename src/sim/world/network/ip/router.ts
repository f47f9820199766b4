/**
 * The home's router as a chip's own IP stack meets it: behind the access point it answers ARP for everything that is not on
 * the air itself, leases addresses, answers names and time, and carries connections both ways between real segments and
 * the machines of the virtual network. Every station that shows an address is a machine there, which others can connect to.
 *
 * Nothing leaves the virtual network: a name that is not known there gets an address of TEST-NET-2 (RFC 5737), as if it
 * existed, and a connection to that address is refused. The network's ledger records both.
 */

import { macText, toHex } from "../../../hex.ts";
import type { SimClock } from "../../clock.ts";
import type { SeededRandom } from "../../seeded-random.ts";
import type { CallKind, CallOutcome } from "../call-ledger.ts";
import type { Lan, Machine } from "../lan.ts";
import { DHCP, DHCP_PORT, type DhcpMessage, dhcpMessage, parseDhcp } from "./dhcp-message.ts";
import { dialThrough } from "./dial.ts";
import { answerTo, parseQuestion } from "./dns-message.ts";
import { IpHost, type ReceivedDatagram } from "./ip-host.ts";
import { timeAnswer } from "./ntp-message.ts";
import { BROADCAST_ADDRESS, isUnicast } from "./packets.ts";
import { intoSegments, intoStream } from "./tcp-bridge.ts";
import type { IncomingConnection } from "./tcp-endpoints.ts";

const PORT = { names: 53, time: 123 } as const;
const LEASE_SECONDS = 86_400;
const OUTSIDE = "198.51.100";
const OUTSIDE_ADDRESSES = 254;

export interface RouterOptions {
  readonly clock: SimClock;
  readonly random: SeededRandom;
  readonly lan: Lan;
  /** Of the router on the Ethernet side. */
  readonly mac: Uint8Array;
  /** A frame of Ethernet for the stations. */
  readonly send: (ethernet: Uint8Array) => void;
  /** When its DHCP server starts to answer, µs. Default at once. */
  readonly leasesFrom?: (() => number) | undefined;
}

export class Router {
  readonly #options: RouterOptions;
  readonly #host: IpHost;
  /** Stations by hardware address, 12 hex digits. */
  readonly #guests: Map<string, Machine> = new Map();
  readonly #hostnames: Map<string, string> = new Map();
  readonly #outside: Map<string, string> = new Map();

  constructor(options: RouterOptions) {
    this.#options = options;
    const { clock, random, mac, lan, send } = options;
    this.#host = new IpHost({
      clock,
      random,
      mac,
      send,
      holds: (address, neighbour) => !this.#isGuests(address) && lan.lease(macText(neighbour)) !== address,
      seen: (address, from) => this.#seen(address, from),
      datagram: (datagram) => this.#datagram(datagram),
      incoming: (connection) => this.#incoming(connection),
      pinged: (source, destination) => this.#pinged(source, destination),
    });
  }

  /** A frame of Ethernet from a station. */
  receive(ethernet: Uint8Array): void {
    this.#host.receive(ethernet);
  }

  #isGuests(address: string): boolean {
    return [...this.#guests.values()].some((guest) => guest.address === address);
  }

  #seen(address: string, mac: Uint8Array): void {
    const { lan } = this.#options;
    const id = toHex(mac);
    const before = this.#guests.get(id);
    const name = this.#hostnames.get(id) ?? id;
    if (!lan.contains(address) || address === lan.gateway) return;
    if (before?.alive() === true && before.address === address && before.name === name) return;
    before?.vanish();
    this.#guests.set(id, lan.join({ name, address, dial: dialThrough(this.#host, address) }));
  }

  /** A station opens a connection. */
  #incoming(connection: IncomingConnection): void {
    const { lan } = this.#options;
    const { remoteAddress, localAddress, localPort } = connection.flow;
    const guest = lan.machineAt(remoteAddress);
    if (guest === undefined || !lan.contains(localAddress)) {
      if (guest !== undefined) this.#record(guest, "tcp", localAddress, "not-allowed", localPort);
      connection.refuse();
      return;
    }
    guest.connect(localAddress, localPort, {
      connected: (stream) => intoSegments(stream, connection.accept(intoStream(stream))),
      failed: (why) => (why === "refused" ? connection.refuse() : connection.ignore()),
    });
  }

  #datagram(datagram: ReceivedDatagram): void {
    const { lan } = this.#options;
    const { destinationPort, destination, source } = datagram;
    if (destinationPort === DHCP_PORT.server) {
      this.#lease(datagram);
      return;
    }
    const guest = lan.machineAt(source);
    if (guest === undefined) return;
    if (destinationPort === PORT.names && isUnicast(destination)) this.#answerName(datagram, guest);
    else if (destinationPort === PORT.time && isUnicast(destination)) this.#answerTime(datagram, guest);
    else {
      const isHere = lan.contains(destination) || !isUnicast(destination);
      this.#record(guest, "udp", destination, isHere ? "unanswered" : "not-allowed", destinationPort);
    }
  }

  #lease({ payload }: ReceivedDatagram): void {
    const { lan, clock, leasesFrom } = this.#options;
    const asked = parseDhcp(payload);
    if (asked === undefined || !lan.leasing || (leasesFrom?.() ?? 0) > clock.now) return;
    const { type, mac, hostname } = asked;
    if (asked.server !== undefined && asked.server !== lan.gateway) return;
    if (hostname !== undefined) this.#hostnames.set(toHex(mac), hostname);
    // The key with which the radio of a stand-in leases its address: the same plug gets the same one.
    const address = lan.lease(macText(mac));
    if (type === DHCP.discover) this.#answerLease(asked, DHCP.offer, address);
    if (type !== DHCP.request) return;
    const wanted = asked.requested ?? asked.clientAddress;
    if (wanted !== undefined && wanted !== address) this.#answerLease(asked, DHCP.nak, undefined);
    else {
      this.#answerLease(asked, DHCP.ack, address);
      this.#seen(address, mac);
    }
  }

  #answerLease({ transaction, mac }: DhcpMessage, type: number, address: string | undefined): void {
    const { gateway, netmask } = this.#options.lan;
    const message = dhcpMessage({
      type,
      transaction,
      mac,
      yourAddress: address,
      server: gateway,
      netmask,
      router: gateway,
      leaseSeconds: LEASE_SECONDS,
    });
    this.#host.sendDatagram(
      { source: gateway, destination: BROADCAST_ADDRESS },
      { sourcePort: DHCP_PORT.server, destinationPort: DHCP_PORT.client, payload: message },
      mac,
    );
  }

  #answerName(datagram: ReceivedDatagram, guest: Machine): void {
    const { lan } = this.#options;
    const question = parseQuestion(datagram.payload);
    if (question === undefined || !lan.naming) return;
    const { name } = question;
    if (!question.asksForAddress) {
      this.#reply(datagram, answerTo(question, "none"));
      return;
    }
    guest.resolve(name, (known) => {
      const address = known ?? (lan.timeService === "unknown" ? undefined : this.#outsideAddress(name));
      this.#reply(datagram, answerTo(question, address));
    });
  }

  #answerTime(datagram: ReceivedDatagram, guest: Machine): void {
    guest.askTime((utcMs) => {
      const answer = utcMs === undefined ? undefined : timeAnswer(datagram.payload, utcMs);
      this.#record(guest, "time", datagram.destination, answer === undefined ? "unanswered" : "answered", PORT.time);
      if (answer !== undefined) this.#reply(datagram, answer);
    });
  }

  #reply({ source, destination, sourcePort, destinationPort }: ReceivedDatagram, payload: Uint8Array): void {
    this.#host.sendDatagram(
      { source: destination, destination: source },
      { sourcePort: destinationPort, destinationPort: sourcePort, payload },
    );
  }

  #pinged(source: string, destination: string): boolean {
    const { lan } = this.#options;
    const answers = destination === lan.gateway || lan.machineAt(destination) !== undefined;
    const guest = lan.machineAt(source);
    const outcome = answers ? "answered" : lan.contains(destination) ? "unanswered" : "not-allowed";
    if (guest !== undefined) this.#record(guest, "ping", destination, outcome);
    return answers;
  }

  /** As if the name existed. */
  #outsideAddress(name: string): string {
    let address = this.#outside.get(name);
    if (address === undefined) {
      address = `${OUTSIDE}.${1 + (this.#outside.size % OUTSIDE_ADDRESSES)}`;
      this.#outside.set(name, address);
    }
    return address;
  }

  #record(guest: Machine, kind: CallKind, target: string, outcome: CallOutcome, port?: number): void {
    const { lan, clock } = this.#options;
    const name = [...this.#outside].find(([, address]) => address === target)?.[0];
    lan.ledger.record({ from: guest.address, caller: guest.name, kind, target, port, name, outcome }, clock.now);
  }
}
