/**
 * Which frames the MAC lets in, and what it says of them: whether they are for the own address of the station or of the
 * access point, and whether they come from or belong to one of the two BSSIDs.
 */
import { WDEV } from "./registers.ts";

/** RxControl's bits 28 to 31. */
export const MATCH = { station: 1, accessPoint: 2, stationBssid: 4, accessPointBssid: 8 } as const;

/** In the word after a mask's first four bytes: the pair counts. */
const ENABLED = 1 << 16;
const GROUP = 0x01;
const CONTROL_TYPE = 0x04;
const TYPE_MASK = 0x0c;
const WILDCARD = 0xff;
const ADDRESS_BYTES = 6;

export const isGroup = (frame: Uint8Array): boolean => (frame[4]! & GROUP) !== 0;
export const isControl = (frame: Uint8Array): boolean => (frame[0]! & TYPE_MASK) === CONTROL_TYPE;

/** Where a frame carries its BSSID depends on the two bits of the distribution system (IEEE 802.11-2016, 9.3.2.1). */
function bssidOf(frame: Uint8Array): Uint8Array {
  const at = [16, 4, 10, 16][frame[1]! & 3]!;
  return frame.subarray(at, at + ADDRESS_BYTES);
}

/** @param words the MAC's registers. */
export function matchOf(words: Uint32Array, frame: Uint8Array): number {
  const bytes = new Uint8Array(words.buffer);
  const same = (register: number, address: Uint8Array): boolean =>
    address.every((byte, i) => byte === bytes[register + i]);
  let match = 0;
  const receiver = frame.subarray(4, 4 + ADDRESS_BYTES);
  if (same(WDEV.address, receiver)) match |= MATCH.station;
  if (same(WDEV.address + 8, receiver)) match |= MATCH.accessPoint;
  if (isControl(frame)) return match;
  const bssid = bssidOf(frame);
  if (same(WDEV.bssid, bssid)) match |= MATCH.stationBssid;
  if (same(WDEV.bssid + 8, bssid)) match |= MATCH.accessPointBssid;
  // Probe requests go to no BSSID in particular: they reach each interface whose own address counts.
  if (isGroup(frame) && bssid.every((byte) => byte === WILDCARD)) {
    if (words[(WDEV.addressMask + 4) >> 2]! & ENABLED) match |= MATCH.stationBssid;
    if (words[(WDEV.addressMask + 12) >> 2]! & ENABLED) match |= MATCH.accessPointBssid;
  }
  return match;
}

/** Whether the receiver puts the frame into memory: group frames always, others for an own address. */
export const letsIn = (frame: Uint8Array, match: number): boolean =>
  isGroup(frame) || (match & (MATCH.station | MATCH.accessPoint)) !== 0;
