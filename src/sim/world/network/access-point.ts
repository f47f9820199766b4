/** One Wi-Fi network in the air, a router's or a plug's own. Knows nothing of who joins. */

import { sha1 } from "@noble/hashes/legacy.js";
import { pbkdf2 } from "@noble/hashes/pbkdf2.js";
import { macText, toHex } from "../../hex.ts";
import type { Lan, LinkQuality } from "./lan.ts";

export interface AccessPointOptions {
  readonly ssid: string;
  /** 8 to 63 characters, or 64 hex digits. Absent: an open network. */
  readonly passphrase?: string | undefined;
  /** Lower-case hex with colons. Default made up from the SSID. */
  readonly bssid?: string;
  /** 1 … 13. Default 6. */
  readonly channel?: number;
  /** dBm where the plug is. Default -55. */
  readonly signal?: number;
  /** The network behind it. */
  readonly lan: Lan;
  /** Does not tell its name. */
  readonly hidden?: boolean;
  /** How many stations it lets in. Default any number. */
  readonly maxStations?: number;
  /** World time in µs from which its beacons are heard (a router that needs minutes to start). Default 0. */
  readonly heardFrom?: number;
  /** … from which stations may associate. Default 0. */
  readonly associatesFrom?: number;
  /** … from which its DHCP server answers. Default 0. */
  readonly leasesFrom?: number;
}

/** Below this nothing is heard at all, dBm. */
export const SENSITIVITY_LIMIT = -94;
/** Delivery loss by signal, dBm: values of everyday experience, not of a standard. */
const LOSS_BY_SIGNAL = [
  [-78, 0],
  [-83, 0.03],
  [-87, 0.12],
  [-90, 0.3],
] as const;
const WEAKEST_LOSS = 0.6;

export function linkAt(signal: number): LinkQuality {
  for (const [above, loss] of LOSS_BY_SIGNAL) {
    if (signal >= above) return { delayUs: loss * 40_000, loss };
  }
  return { delayUs: 40_000, loss: WEAKEST_LOSS };
}

function madeUpBssid(ssid: string): string {
  let hash = 0;
  for (let i = 0; i < ssid.length; i++) hash = (Math.imul(hash, 31) + ssid.charCodeAt(i)) >>> 0;
  return macText(Uint8Array.of(0x02, 0x11, hash >>> 24, hash >>> 16, hash >>> 8, hash));
}

export class AccessPoint {
  readonly ssid: string;
  readonly bssid: string;
  readonly channel: number;
  readonly lan: Lan;
  readonly hidden: boolean;
  readonly maxStations: number;
  /** dBm where the plug is. */
  signal: number;
  heardFrom: number;
  associatesFrom: number;
  leasesFrom: number;
  stations = 0;
  #passphrase: string | undefined;

  constructor(options: AccessPointOptions) {
    this.ssid = options.ssid;
    this.#passphrase = options.passphrase;
    this.bssid = options.bssid ?? madeUpBssid(options.ssid);
    this.channel = options.channel ?? 6;
    this.signal = options.signal ?? -55;
    this.lan = options.lan;
    this.hidden = options.hidden ?? false;
    this.maxStations = options.maxStations ?? Number.POSITIVE_INFINITY;
    this.heardFrom = options.heardFrom ?? 0;
    this.associatesFrom = options.associatesFrom ?? 0;
    this.leasesFrom = options.leasesFrom ?? 0;
  }

  get open(): boolean {
    return this.#passphrase === undefined;
  }

  /** The owner changes the Wi-Fi password. */
  set passphrase(passphrase: string | undefined) {
    this.#passphrase = passphrase;
  }

  /** Whether a station with this passphrase or key gets through the handshake (IEEE 802.11i: PBKDF2, 4096 rounds). */
  accepts(offered: string): boolean {
    const own = this.#passphrase;
    if (own === undefined) return offered === "";
    if (own === offered) return true;
    if (isKey(own) === isKey(offered)) return isKey(own) && own.toLowerCase() === offered.toLowerCase();
    const [key, phrase] = isKey(own) ? [own, offered] : [offered, own];
    return key.toLowerCase() === this.#keyOf(phrase);
  }

  #keyOf(passphrase: string): string {
    const encoder = new TextEncoder();
    const key = pbkdf2(sha1, encoder.encode(passphrase), encoder.encode(this.ssid), { c: 4096, dkLen: 32 });
    return toHex(key);
  }
}

function isKey(text: string): boolean {
  return /^[0-9a-fA-F]{64}$/.test(text);
}
