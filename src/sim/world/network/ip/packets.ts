/**
 * Packets as they travel on Ethernet: ARP (RFC 826), IPv4 (RFC 791), UDP (RFC 768), ICMP echo (RFC 792), and the checksum of
 * all of them (RFC 1071). What is damaged or fragmented is not parsed: its receiver drops it.
 */
import { concatenated } from "../../wifi/bytes.ts";

export const ETHERTYPE = { ipv4: 0x0800, arp: 0x0806 } as const;
export const PROTOCOL = { icmp: 1, tcp: 6, udp: 17 } as const;
export const BROADCAST_MAC: Uint8Array = new Uint8Array(6).fill(0xff);
export const ANY_ADDRESS = "0.0.0.0";
export const BROADCAST_ADDRESS = "255.255.255.255";

const ETHERNET_HEADER = 14;
const ARP_BYTES = 28;
/** Ethernet, IPv4, lengths of their addresses. */
const ARP_KIND = [0, 1, 8, 0, 6, 4] as const;
const IPV4_HEADER = 20;
const UDP_HEADER = 8;
const TIME_TO_LIVE = 64;
/** "More fragments" and the offset. */
const FRAGMENT_BITS = 0x3fff;
const ICMP_ECHO = 8;
const ICMP_ECHO_REPLY = 0;

export interface EthernetFrame {
  readonly to: Uint8Array;
  readonly from: Uint8Array;
  readonly type: number;
  readonly payload: Uint8Array;
}

export interface ArpPacket {
  readonly operation: "request" | "reply";
  readonly senderMac: Uint8Array;
  readonly senderAddress: string;
  readonly targetMac: Uint8Array;
  readonly targetAddress: string;
}

export interface Ipv4Packet {
  readonly source: string;
  readonly destination: string;
  readonly protocol: number;
  readonly payload: Uint8Array;
}

export interface UdpDatagram {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly payload: Uint8Array;
}

/** Network byte order. */
export const be16 = (value: number): readonly number[] => [(value >> 8) & 0xff, value & 0xff];
export const be32 = (value: number): readonly number[] => [...be16(value >>> 16), ...be16(value)];
export const read16 = (bytes: Uint8Array, at: number): number => (bytes[at]! << 8) | bytes[at + 1]!;
export const read32 = (bytes: Uint8Array, at: number): number =>
  ((read16(bytes, at) << 16) | read16(bytes, at + 2)) >>> 0;

export const addressBytes = (address: string): readonly number[] => address.split(".").map(Number);
export const addressText = (bytes: Uint8Array, at = 0): string => bytes.subarray(at, at + 4).join(".");

/** Of one host, neither broadcast nor multicast. */
export const isUnicast = (address: string): boolean => Number(address.split(".")[0]) < 224 && !address.endsWith(".255");

/** The ones' complement sum of 16-bit words, complemented: 0 over data that contains its right checksum. */
export function checksum(...parts: readonly (Uint8Array | readonly number[])[]): number {
  const bytes = parts.length === 1 ? parts[0]! : concatenated(...parts);
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += (bytes[at]! << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

/** Of TCP and UDP: over a pseudo header, too. */
export function transportChecksum(
  { source, destination, protocol }: Pick<Ipv4Packet, "source" | "destination" | "protocol">,
  segment: Uint8Array,
): number {
  const pseudo = [...addressBytes(source), ...addressBytes(destination), 0, protocol, ...be16(segment.length)];
  return checksum(pseudo, segment);
}

export function parseEthernet(bytes: Uint8Array): EthernetFrame | undefined {
  if (bytes.length < ETHERNET_HEADER) return undefined;
  return {
    to: bytes.slice(0, 6),
    from: bytes.slice(6, 12),
    type: read16(bytes, 12),
    payload: bytes.subarray(ETHERNET_HEADER),
  };
}

export const ethernetFrame = ({ to, from, type, payload }: EthernetFrame): Uint8Array =>
  concatenated(to, from, be16(type), payload);

export function parseArp(bytes: Uint8Array): ArpPacket | undefined {
  if (bytes.length < ARP_BYTES || ARP_KIND.some((byte, i) => bytes[i] !== byte)) return undefined;
  const operation = read16(bytes, 6);
  if (operation !== 1 && operation !== 2) return undefined;
  return {
    operation: operation === 1 ? "request" : "reply",
    senderMac: bytes.slice(8, 14),
    senderAddress: addressText(bytes, 14),
    targetMac: bytes.slice(18, 24),
    targetAddress: addressText(bytes, 24),
  };
}

export function arpPacket(packet: ArpPacket): Uint8Array {
  const { operation, senderMac, senderAddress, targetMac, targetAddress } = packet;
  const code = be16(operation === "request" ? 1 : 2);
  return concatenated(ARP_KIND, code, senderMac, addressBytes(senderAddress), targetMac, addressBytes(targetAddress));
}

/** Undefined for what is not whole, damaged, or a fragment. */
export function parseIpv4(bytes: Uint8Array): Ipv4Packet | undefined {
  if (bytes.length < IPV4_HEADER || bytes[0]! >> 4 !== 4) return undefined;
  const header = (bytes[0]! & 0xf) * 4;
  const length = read16(bytes, 2);
  if (header < IPV4_HEADER || length < header || length > bytes.length) return undefined;
  if ((read16(bytes, 6) & FRAGMENT_BITS) !== 0 || checksum(bytes.subarray(0, header)) !== 0) return undefined;
  return {
    source: addressText(bytes, 12),
    destination: addressText(bytes, 16),
    protocol: bytes[9]!,
    payload: bytes.subarray(header, length),
  };
}

/** @param id identifies the packet among others, 16 bits. */
export function ipv4Packet({ source, destination, protocol, payload }: Ipv4Packet, id: number): Uint8Array {
  const length = be16(IPV4_HEADER + payload.length);
  const head = [0x45, 0, ...length, ...be16(id), 0, 0, TIME_TO_LIVE, protocol, 0, 0];
  const header = Uint8Array.from([...head, ...addressBytes(source), ...addressBytes(destination)]);
  header.set(be16(checksum(header)), 10);
  return concatenated(header, payload);
}

/** A checksum of 0 says that there is none. */
export function parseUdp(packet: Ipv4Packet): UdpDatagram | undefined {
  const { payload: bytes } = packet;
  if (bytes.length < UDP_HEADER) return undefined;
  const length = read16(bytes, 4);
  if (length < UDP_HEADER || length > bytes.length) return undefined;
  const whole = bytes.subarray(0, length);
  if (read16(bytes, 6) !== 0 && transportChecksum(packet, whole) !== 0) return undefined;
  return {
    sourcePort: read16(bytes, 0),
    destinationPort: read16(bytes, 2),
    payload: whole.subarray(UDP_HEADER),
  };
}

export function udpPacket(
  { source, destination }: Pick<Ipv4Packet, "source" | "destination">,
  { sourcePort, destinationPort, payload }: UdpDatagram,
): Ipv4Packet {
  const header = [...be16(sourcePort), ...be16(destinationPort), ...be16(UDP_HEADER + payload.length), 0, 0];
  const segment = concatenated(header, payload);
  const addresses = { source, destination, protocol: PROTOCOL.udp };
  segment.set(be16(transportChecksum(addresses, segment) || 0xffff), 6);
  return { ...addresses, payload: segment };
}

/** The answer to an echo request; undefined where it is none. */
export function echoReply({ source, destination, protocol, payload }: Ipv4Packet): Ipv4Packet | undefined {
  if (protocol !== PROTOCOL.icmp || payload[0] !== ICMP_ECHO || checksum(payload) !== 0) return undefined;
  const reply = payload.slice();
  reply.set([ICMP_ECHO_REPLY, 0, 0, 0]);
  reply.set(be16(checksum(reply)), 2);
  return { source: destination, destination: source, protocol, payload: reply };
}
