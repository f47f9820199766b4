/** Segments of TCP (RFC 9293, 3.1) with the one option that is used, the maximum segment size. */
import { concatenated } from "../../wifi/bytes.ts";
import { be16, be32, type Ipv4Packet, PROTOCOL, read16, read32, transportChecksum } from "./packets.ts";

const FIN = 0x01;
const SYN = 0x02;
const RST = 0x04;
const PSH = 0x08;
const ACK = 0x10;
const HEADER = 20;
const OPTION = { end: 0, nothing: 1, maximumSegment: 2 } as const;

export interface TcpSegment {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
  /** Undefined: the ACK flag is not set. */
  readonly acknowledged: number | undefined;
  readonly syn: boolean;
  readonly fin: boolean;
  readonly reset: boolean;
  readonly window: number;
  /** Sent with SYN. */
  readonly maximumSegment?: number | undefined;
  readonly payload: Uint8Array;
}

/** What a segment takes of the sequence numbers. */
export const lengthOf = ({ payload, syn, fin }: Pick<TcpSegment, "payload" | "syn" | "fin">): number =>
  payload.length + (syn ? 1 : 0) + (fin ? 1 : 0);

/** How far `a` is ahead of `b`, modulo 2^32. */
export const ahead = (a: number, b: number): number => (a - b) | 0;
export const plus = (sequence: number, count: number): number => (sequence + count) >>> 0;

/** Undefined for what is not whole or damaged. */
export function parseTcp(packet: Ipv4Packet): TcpSegment | undefined {
  const { payload: bytes } = packet;
  if (bytes.length < HEADER || transportChecksum(packet, bytes) !== 0) return undefined;
  const header = (bytes[12]! >> 4) * 4;
  if (header < HEADER || header > bytes.length) return undefined;
  const flags = bytes[13]!;
  return {
    sourcePort: read16(bytes, 0),
    destinationPort: read16(bytes, 2),
    sequence: read32(bytes, 4),
    acknowledged: flags & ACK ? read32(bytes, 8) : undefined,
    syn: (flags & SYN) !== 0,
    fin: (flags & FIN) !== 0,
    reset: (flags & RST) !== 0,
    window: read16(bytes, 14),
    maximumSegment: maximumSegmentIn(bytes.subarray(HEADER, header)),
    payload: bytes.slice(header),
  };
}

export function tcpPacket(
  { source, destination }: Pick<Ipv4Packet, "source" | "destination">,
  segment: TcpSegment,
): Ipv4Packet {
  const { sourcePort, destinationPort, sequence, acknowledged, syn, fin, reset, window, payload } = segment;
  const { maximumSegment } = segment;
  const options = maximumSegment === undefined ? [] : [OPTION.maximumSegment, 4, ...be16(maximumSegment)];
  const flag = (is: boolean, bit: number): number => (is ? bit : 0);
  const flags =
    flag(syn, SYN) |
    flag(fin, FIN) |
    flag(reset, RST) |
    flag(acknowledged !== undefined, ACK) |
    flag(payload.length > 0, PSH);
  const bytes = concatenated(
    [...be16(sourcePort), ...be16(destinationPort), ...be32(sequence), ...be32(acknowledged ?? 0)],
    [((HEADER + options.length) / 4) << 4, flags, ...be16(window), 0, 0, 0, 0],
    options,
    payload,
  );
  const addresses = { source, destination, protocol: PROTOCOL.tcp };
  bytes.set(be16(transportChecksum(addresses, bytes)), 16);
  return { ...addresses, payload: bytes };
}

function maximumSegmentIn(options: Uint8Array): number | undefined {
  for (let at = 0; at < options.length; ) {
    const kind = options[at]!;
    if (kind === OPTION.end) return undefined;
    if (kind === OPTION.maximumSegment) return read16(options, at + 2);
    at += kind === OPTION.nothing ? 1 : Math.max(2, options[at + 1] ?? 0);
  }
  return undefined;
}
