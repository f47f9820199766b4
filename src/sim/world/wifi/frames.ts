/**
 * Frames of IEEE 802.11-2016 as an access point sends and reads them: management frames with their elements (9.3.3, 9.4),
 * data frames with LLC/SNAP (IEEE 802.2, RFC 1042) around what would travel on Ethernet.
 */
import { CCMP_HEADER, macHeaderLength } from "../../crypto/ccmp.ts";
import { concatenated, u16 } from "./bytes.ts";

/** Frame control's first byte: type and subtype. */
export const KIND = {
  associationRequest: 0x00,
  associationResponse: 0x10,
  reassociationRequest: 0x20,
  reassociationResponse: 0x30,
  probeRequest: 0x40,
  probeResponse: 0x50,
  beacon: 0x80,
  disassociation: 0xa0,
  authentication: 0xb0,
  deauthentication: 0xc0,
  data: 0x08,
} as const;

const TYPE = { mask: 0x0c, management: 0x00, data: 0x08 } as const;
/** A data frame without data: it only tells whether its sender sleeps. */
const NULL_DATA = 0x40;
/** Frame control's second byte. */
export const TO_DS = 0x01;
export const FROM_DS = 0x02;
export const PROTECTED = 0x40;

export const HEADER = 24;
export const ADDRESS = 6;
export const BROADCAST: Uint8Array = new Uint8Array(ADDRESS).fill(0xff);

/** Elements (9.4.2). */
const ELEMENT = { ssid: 0, rates: 1, channel: 3, tim: 5, rsn: 48, moreRates: 50 } as const;
/** 1, 2, 5.5 and 11 Mbit/s required; 6 to 54. In units of 500 kbit/s. */
const RATES = [0x82, 0x84, 0x8b, 0x96, 0x0c, 0x12, 0x18, 0x24];
const MORE_RATES = [0x30, 0x48, 0x60, 0x6c];
/** Version 1, CCMP for group and pairs, PSK, no capabilities. */
export const RSN: readonly number[] = [
  ELEMENT.rsn,
  20,
  1,
  0,
  0,
  0x0f,
  0xac,
  4,
  1,
  0,
  0,
  0x0f,
  0xac,
  4,
  1,
  0,
  0,
  0x0f,
  0xac,
  2,
  0,
  0,
];
/** Capabilities: a network with an access point; short preamble and slot; encrypted. */
const CAPABILITIES = 0x0421;
const PRIVACY = 0x0010;
const BEACON_INTERVAL = 100;
/** DTIM every third beacon; nothing is held back. */
const DTIM_PERIOD = 3;
const SNAP = [0xaa, 0xaa, 0x03, 0, 0, 0];

/** After header, timestamp, interval and capabilities. */
const ANNOUNCED_ELEMENTS = HEADER + 12;

export interface NetworkFacts {
  readonly ssid: string;
  readonly channel: number;
  readonly isProtected: boolean;
}

export const isManagement = (frame: Uint8Array): boolean => (frame[0]! & TYPE.mask) === TYPE.management;
/** Data frames that carry something. */
export const carriesData = (frame: Uint8Array): boolean =>
  (frame[0]! & TYPE.mask) === TYPE.data && (frame[0]! & NULL_DATA) === 0;
export const address = (frame: Uint8Array, number: 1 | 2 | 3): Uint8Array =>
  frame.slice(4 + ADDRESS * (number - 1), 4 + ADDRESS * number);

/** @param flags frame control's second byte. @param sequence its number, 12 bits. */
export function header(
  kind: number,
  flags: number,
  addresses: readonly [Uint8Array, Uint8Array, Uint8Array],
  sequence: number,
): Uint8Array {
  return concatenated([kind, flags, 0, 0], ...addresses, u16((sequence & 0xfff) << 4));
}

/** Body of a beacon or, without the count, of a probe response. @param tsf µs. @param dtim beacons until the next DTIM. */
export function announcement(facts: NetworkFacts, tsf: number, dtim?: number): Uint8Array {
  const name = new TextEncoder().encode(facts.ssid);
  const time = new DataView(new ArrayBuffer(8));
  time.setBigUint64(0, BigInt(Math.floor(tsf)), true);
  return concatenated(
    new Uint8Array(time.buffer),
    u16(BEACON_INTERVAL),
    u16(CAPABILITIES | (facts.isProtected ? PRIVACY : 0)),
    [ELEMENT.ssid, name.length],
    name,
    rateElements(),
    [ELEMENT.channel, 1, facts.channel],
    dtim === undefined ? [] : [ELEMENT.tim, 4, dtim, DTIM_PERIOD, 0, 0],
    facts.isProtected ? RSN : [],
  );
}

export const DTIM_BEACONS: number = DTIM_PERIOD;

export function associationResponse(isProtected: boolean, status: number, id: number): Uint8Array {
  const capabilities = CAPABILITIES | (isProtected ? PRIVACY : 0);
  return concatenated(u16(capabilities), u16(status), u16(0xc000 | id), rateElements());
}

/** Of a station that is always awake. */
export function associationRequest(ssid: string): Uint8Array {
  const name = new TextEncoder().encode(ssid);
  return concatenated(u16(CAPABILITIES), u16(1), [ELEMENT.ssid, name.length], name, rateElements());
}

/** What a beacon or a probe response says; undefined where it is cut off. */
export function readAnnouncement(frame: Uint8Array): (NetworkFacts & { readonly bssid: Uint8Array }) | undefined {
  const elements = new Map<number, Uint8Array>();
  for (let at = ANNOUNCED_ELEMENTS; at + 2 <= frame.length; at += 2 + frame[at + 1]!) {
    const end = at + 2 + frame[at + 1]!;
    if (end <= frame.length) elements.set(frame[at]!, frame.slice(at + 2, end));
  }
  const ssid = elements.get(ELEMENT.ssid);
  const channel = elements.get(ELEMENT.channel)?.[0];
  if (ssid === undefined || channel === undefined) return undefined;
  const isProtected = (frame[ANNOUNCED_ELEMENTS - 2]! & PRIVACY) !== 0;
  return { ssid: new TextDecoder().decode(ssid), channel, isProtected, bssid: address(frame, 3) };
}

/** Status of an answer to an association request; 0: let in. */
export const associationStatus = (frame: Uint8Array): number => frame[HEADER + 2]! | (frame[HEADER + 3]! << 8);

function rateElements(): Uint8Array {
  return concatenated([ELEMENT.rates, RATES.length], RATES, [ELEMENT.moreRates, MORE_RATES.length], MORE_RATES);
}

/** The name in a probe request; empty for "any". */
export function probedName(frame: Uint8Array): string {
  return new TextDecoder().decode(frame.slice(HEADER + 2, HEADER + 2 + frame[HEADER + 1]!));
}

/** What a data frame carries, as a frame of Ethernet: receiver, sender, type, payload. */
export function toEthernet(frame: Uint8Array, wasProtected: boolean): Uint8Array {
  const body = frame.subarray(macHeaderLength(frame) + (wasProtected ? CCMP_HEADER : 0));
  return concatenated(address(frame, 3), address(frame, 2), body.subarray(SNAP.length));
}

/** The same of a data frame that comes from an access point. */
export function deliveredEthernet(frame: Uint8Array): Uint8Array {
  const body = frame.subarray(macHeaderLength(frame));
  return concatenated(address(frame, 1), address(frame, 3), body.subarray(SNAP.length));
}

/** Body of the data frame that carries it. */
export const fromEthernet = (ethernet: Uint8Array): Uint8Array => concatenated(SNAP, ethernet.subarray(2 * ADDRESS));
