/**
 * A host on an Ethernet-like link: finds its neighbours by ARP, answers echo requests, sends and receives UDP and TCP. It
 * may hold one address or, as a router does for a whole network, many.
 */

import type { SimClock } from "../../clock.ts";
import type { SeededRandom } from "../../seeded-random.ts";
import { equal } from "../../wifi/bytes.ts";
import {
  ANY_ADDRESS,
  arpPacket,
  BROADCAST_ADDRESS,
  BROADCAST_MAC,
  ETHERTYPE,
  type EthernetFrame,
  echoReply,
  ethernetFrame,
  type Ipv4Packet,
  ipv4Packet,
  isUnicast,
  PROTOCOL,
  parseArp,
  parseEthernet,
  parseIpv4,
  parseUdp,
  type UdpDatagram,
  udpPacket,
} from "./packets.ts";
import { type IncomingConnection, TcpEndpoints } from "./tcp-endpoints.ts";

/** Packets that wait for a neighbour's hardware address; older ones are lost. */
const WAITING_PACKETS = 4;

export interface ReceivedDatagram extends UdpDatagram {
  readonly source: string;
  readonly destination: string;
  readonly mac: Uint8Array;
}

export interface IpHostPorts {
  readonly clock: SimClock;
  readonly random: SeededRandom;
  readonly mac: Uint8Array;
  /** Whether an address is this host's, asked by the neighbour with this hardware address. */
  holds(address: string, neighbour: Uint8Array): boolean;
  /** A frame of Ethernet. */
  send(ethernet: Uint8Array): void;
  datagram(datagram: ReceivedDatagram): void;
  incoming(connection: IncomingConnection): void;
  /** A neighbour has shown its address. */
  seen?(address: string, mac: Uint8Array): void;
  /** An echo request for an address of this host. @returns whether it is answered. */
  pinged?(source: string, destination: string): boolean;
}

export class IpHost {
  readonly tcp: TcpEndpoints;
  readonly #ports: IpHostPorts;
  readonly #neighbours: Map<string, Uint8Array> = new Map();
  readonly #waiting: Map<string, Ipv4Packet[]> = new Map();
  #id = 1;

  constructor(ports: IpHostPorts) {
    this.#ports = ports;
    const { clock, random } = ports;
    this.tcp = new TcpEndpoints({
      clock,
      random,
      send: (packet) => this.#send(packet),
      incoming: (connection) => ports.incoming(connection),
    });
  }

  receive(ethernet: Uint8Array): void {
    const frame = parseEthernet(ethernet);
    const { mac } = this.#ports;
    if (frame === undefined || (!equal(frame.to, mac) && (frame.to[0]! & 1) === 0)) return;
    if (frame.type === ETHERTYPE.arp) this.#arp(frame);
    if (frame.type === ETHERTYPE.ipv4) this.#ipv4(frame);
  }

  /** @param mac of the receiver, where it has no address yet that it could be found by. */
  sendDatagram(addresses: Pick<Ipv4Packet, "source" | "destination">, datagram: UdpDatagram, mac?: Uint8Array): void {
    this.#send(udpPacket(addresses, datagram), mac);
  }

  /** Says which hardware address an own address has. */
  announce(address: string): void {
    this.#ask(address, address);
  }

  #arp({ payload, from }: EthernetFrame): void {
    const packet = parseArp(payload);
    if (packet === undefined) return;
    const { operation, senderAddress, senderMac, targetAddress } = packet;
    this.#learn(senderAddress, senderMac);
    const isProbe = senderAddress === targetAddress;
    if (operation !== "request" || isProbe || !this.#ports.holds(targetAddress, from)) return;
    this.#frame(
      from,
      ETHERTYPE.arp,
      arpPacket({
        operation: "reply",
        senderMac: this.#ports.mac,
        senderAddress: targetAddress,
        targetMac: senderMac,
        targetAddress: senderAddress,
      }),
    );
  }

  #ipv4({ payload, from }: EthernetFrame): void {
    const packet = parseIpv4(payload);
    if (packet === undefined) return;
    const { source, destination, protocol } = packet;
    this.#learn(source, from);
    const isMine = isUnicast(destination) && this.#ports.holds(destination, from);
    if (protocol === PROTOCOL.udp) {
      const datagram = parseUdp(packet);
      if (datagram !== undefined && (isMine || !isUnicast(destination))) {
        this.#ports.datagram({ ...datagram, source, destination, mac: from });
      }
      return;
    }
    if (!isMine) return;
    if (protocol === PROTOCOL.tcp) this.tcp.receive(packet);
    if (protocol === PROTOCOL.icmp) this.#echo(packet);
  }

  #echo(packet: Ipv4Packet): void {
    const reply = echoReply(packet);
    if (reply !== undefined && this.#ports.pinged?.(packet.source, packet.destination) !== false) this.#send(reply);
  }

  #learn(address: string, mac: Uint8Array): void {
    if (address === ANY_ADDRESS || !isUnicast(address)) return;
    this.#neighbours.set(address, mac);
    this.#ports.seen?.(address, mac);
    const waiting = this.#waiting.get(address) ?? [];
    this.#waiting.delete(address);
    for (const packet of waiting) this.#send(packet);
  }

  #send(packet: Ipv4Packet, to?: Uint8Array): void {
    const { destination, source } = packet;
    const mac = to ?? (destination === BROADCAST_ADDRESS ? BROADCAST_MAC : this.#neighbours.get(destination));
    if (mac !== undefined) {
      this.#frame(mac, ETHERTYPE.ipv4, ipv4Packet(packet, this.#id++ & 0xffff));
      return;
    }
    const waiting = this.#waiting.get(destination) ?? [];
    this.#waiting.set(destination, [...waiting, packet].slice(-WAITING_PACKETS));
    this.#ask(source, destination);
  }

  #ask(senderAddress: string, targetAddress: string): void {
    const { mac } = this.#ports;
    const targetMac = new Uint8Array(6);
    const request = arpPacket({ operation: "request", senderMac: mac, senderAddress, targetMac, targetAddress });
    this.#frame(BROADCAST_MAC, ETHERTYPE.arp, request);
  }

  #frame(to: Uint8Array, type: number, payload: Uint8Array): void {
    this.#ports.send(ethernetFrame({ to, from: this.#ports.mac, type, payload }));
  }
}
