/**
 * An access point on the ether: announces its network, lets stations in (open or WPA2-PSK with CCMP), and carries frames
 * of Ethernet between them and the network behind it. Stations are taken to be awake always.
 */

import type { Ether, EtherFrame, EtherStation } from "../../board/ether.ts";
import { ccmpDecrypt, ccmpEncrypt } from "../../crypto/ccmp.ts";
import { toHex } from "../../hex.ts";
import type { SimClock } from "../clock.ts";
import type { SeededRandom } from "../seeded-random.ts";
import { Authenticator, type GroupKey } from "./authenticator.ts";
import { concatenated, equal, u16 } from "./bytes.ts";
import { masterKey } from "./eapol-key.ts";
import {
  ADDRESS,
  address,
  announcement,
  associationResponse,
  BROADCAST,
  carriesData,
  DTIM_BEACONS,
  FROM_DS,
  fromEthernet,
  HEADER,
  header,
  isManagement,
  KIND,
  PROTECTED,
  probedName,
  toEthernet,
} from "./frames.ts";

const BEACON_US = 102_400;
/** Management and data at 6 Mbit/s: access to the air, preamble, then the bytes. µs. */
const RATE = 6;
const ACCESS_US = 80;
const HANDSHAKE_AFTER_US = 5000;
/** Type of EAPOL in Ethernet (IEEE 802.1X). */
const EAPOL_TYPE = [0x88, 0x8e] as const;
const ETHERNET_HEADER = 14;
const GROUP = 0x01;
const OPEN_SYSTEM_OK = [0, 0, 2, 0, 0, 0];
/** Reason codes (table 9-45). */
export const REASON = { leaving: 3, classThree: 7 } as const;
const CCMP_MIC = 8;

export interface WifiAccessPointOptions {
  readonly clock: SimClock;
  readonly ether: Ether;
  readonly random: SeededRandom;
  readonly ssid: string;
  /** Without one the network is open. */
  readonly passphrase?: string | undefined;
  readonly bssid: Uint8Array;
  readonly channel: number;
  /** A frame of Ethernet for the network behind the access point. */
  receive(ethernet: Uint8Array): void;
}

interface Member {
  readonly address: Uint8Array;
  state: "authenticated" | "associated" | "open";
  authenticator: Authenticator | undefined;
  temporal: Uint8Array | undefined;
  /** Of the last frame encrypted for it. */
  packets: number;
}

export class WifiAccessPoint implements EtherStation {
  readonly #options: WifiAccessPointOptions;
  readonly #members: Map<string, Member> = new Map();
  readonly #master: Uint8Array | undefined;
  #group: { readonly id: number; readonly key: Uint8Array; packets: number };
  #sequence = 0;
  #beacons = 0;
  #airFree = 0;
  #cancelBeacon: (() => void) | undefined;
  readonly #leave: () => void;

  constructor(options: WifiAccessPointOptions) {
    this.#options = options;
    const { passphrase, ssid, random } = options;
    this.#master = passphrase === undefined ? undefined : masterKey(passphrase, ssid);
    this.#group = { id: 1, key: random.bytes(16), packets: 0 };
    this.#leave = options.ether.join(this);
    this.#beacon();
  }

  /** Stations that may use the network, as 12 hex digits. */
  get stations(): readonly string[] {
    return [...this.#members].filter(([, { state }]) => state === "open").map(([id]) => id);
  }

  /** Off the air, without a word. */
  stop(): void {
    this.#cancelBeacon?.();
    for (const { authenticator } of this.#members.values()) authenticator?.stop();
    this.#members.clear();
    this.#leave();
  }

  /** A frame of Ethernet from behind, for one station or for all. */
  send(ethernet: Uint8Array): void {
    const to = ethernet.slice(0, ADDRESS);
    const isGroup = (to[0]! & GROUP) !== 0;
    const member = this.#members.get(toHex(to));
    if (!isGroup && member?.state !== "open") return;
    this.#sendData(ethernet, isGroup ? "group" : member);
  }

  /** @param station 12 hex digits. */
  deauthenticate(station: string, reason: number = REASON.leaving): void {
    const member = this.#members.get(station);
    if (member === undefined) return;
    member.authenticator?.stop();
    this.#members.delete(station);
    this.#manage(KIND.deauthentication, member.address, Uint8Array.from(u16(reason)));
  }

  /** A new group key, with the other of the two key ids in use. */
  rekey(): void {
    this.#group = { id: this.#group.id === 1 ? 2 : 1, key: this.#options.random.bytes(16), packets: 0 };
    for (const { authenticator } of this.#members.values()) authenticator?.rekey();
  }

  hear({ bytes, channel }: EtherFrame): boolean {
    const { bssid } = this.#options;
    if (channel !== undefined && channel !== this.#options.channel) return false;
    const forMe = equal(address(bytes, 1), bssid);
    if (bytes.length < HEADER) return forMe;
    if (isManagement(bytes)) this.#management(bytes, forMe);
    else if (forMe && carriesData(bytes)) this.#data(bytes);
    return forMe;
  }

  #management(frame: Uint8Array, forMe: boolean): void {
    const from = address(frame, 2);
    const kind = frame[0]!;
    if (kind === KIND.probeRequest) {
      const name = probedName(frame);
      if (name !== "" && name !== this.#options.ssid) return;
      this.#manage(KIND.probeResponse, from, announcement(this.#facts(), this.#options.clock.now));
    }
    if (!forMe) return;
    if (kind === KIND.authentication) this.#authenticate(from);
    if (kind === KIND.associationRequest || kind === KIND.reassociationRequest) this.#associate(from, kind);
    if (kind === KIND.deauthentication || kind === KIND.disassociation) this.#forget(from);
  }

  #authenticate(from: Uint8Array): void {
    this.#forget(from);
    const member: Member = {
      ...{ address: from, state: "authenticated", authenticator: undefined, temporal: undefined },
      packets: 0,
    };
    this.#members.set(toHex(from), member);
    this.#manage(KIND.authentication, from, Uint8Array.from(OPEN_SYSTEM_OK));
  }

  #associate(from: Uint8Array, kind: number): void {
    const member = this.#members.get(toHex(from));
    if (member === undefined) return;
    const answer = kind === KIND.associationRequest ? KIND.associationResponse : KIND.reassociationResponse;
    this.#manage(answer, from, associationResponse(this.#master !== undefined, 0, 1));
    member.state = this.#master === undefined ? "open" : "associated";
    if (this.#master === undefined) return;
    const authenticator = this.#authenticatorOf(member, this.#master);
    member.authenticator = authenticator;
    const { clock } = this.#options;
    clock.at(clock.now + HANDSHAKE_AFTER_US, () => {
      if (this.#members.get(toHex(from)) === member) authenticator.start();
    });
  }

  #authenticatorOf(member: Member, master: Uint8Array): Authenticator {
    const { clock, random, bssid } = this.#options;
    return new Authenticator({
      clock,
      master,
      addresses: [bssid, member.address],
      nonce: () => random.bytes(32),
      groupKey: (): GroupKey => ({
        id: this.#group.id,
        key: this.#group.key,
        sequence: () => packetNumber(this.#group.packets),
      }),
      send: (eapol) => this.#sendData(concatenated(member.address, bssid, EAPOL_TYPE, eapol), member),
      established: (temporal) => {
        member.temporal = temporal;
        member.state = "open";
      },
      failed: (reason) => this.deauthenticate(toHex(member.address), reason),
    });
  }

  #forget(from: Uint8Array): void {
    this.#members.get(toHex(from))?.authenticator?.stop();
    this.#members.delete(toHex(from));
  }

  #data(frame: Uint8Array): void {
    const from = address(frame, 2);
    const member = this.#members.get(toHex(from));
    if (member === undefined || member.state === "authenticated") {
      this.#manage(KIND.deauthentication, from, Uint8Array.from(u16(REASON.classThree)));
      return;
    }
    const isProtected = (frame[1]! & PROTECTED) !== 0;
    const clear = isProtected ? decrypted(frame, member) : frame;
    if (clear === undefined) return;
    const ethernet = toEthernet(clear, isProtected);
    if (ethernet[12] === EAPOL_TYPE[0] && ethernet[13] === EAPOL_TYPE[1]) {
      member.authenticator?.receive(ethernet.subarray(ETHERNET_HEADER));
      return;
    }
    if (member.state !== "open" || (this.#master !== undefined && !isProtected)) return;
    const to = ethernet.slice(0, ADDRESS);
    const isGroup = (to[0]! & GROUP) !== 0;
    if (isGroup || this.#members.has(toHex(to))) this.send(ethernet);
    if (isGroup || !this.#members.has(toHex(to))) this.#options.receive(ethernet);
  }

  /** Encrypted where there is a key for it. */
  #sendData(ethernet: Uint8Array, to: Member | "group" | undefined): void {
    const key = to === "group" ? this.#master && this.#group.key : to?.temporal;
    const flags = FROM_DS | (key === undefined ? 0 : PROTECTED);
    const addresses = [ethernet.slice(0, 6), this.#options.bssid, ethernet.slice(6, 12)] as const;
    const top = header(KIND.data, flags, addresses, this.#sequence++);
    const body = fromEthernet(ethernet);
    if (key === undefined) {
      this.#transmit(concatenated(top, body));
      return;
    }
    const counter = to === "group" ? this.#group : (to as Member);
    const id = to === "group" ? this.#group.id : 0;
    this.#transmit(ccmpEncrypt(key, concatenated(top, ccmpHeader(++counter.packets, id), body)));
  }

  #manage(kind: number, to: Uint8Array, body: Uint8Array): void {
    const { bssid } = this.#options;
    this.#transmit(concatenated(header(kind, 0, [to, bssid, bssid], this.#sequence++), body));
  }

  #beacon(): void {
    const { clock } = this.#options;
    const dtim = (DTIM_BEACONS - (this.#beacons++ % DTIM_BEACONS)) % DTIM_BEACONS;
    this.#manage(KIND.beacon, BROADCAST, announcement(this.#facts(), clock.now, dtim));
    this.#cancelBeacon = clock.at(clock.now + BEACON_US, () => this.#beacon());
  }

  #facts(): { readonly ssid: string; readonly channel: number; readonly isProtected: boolean } {
    const { ssid, channel } = this.#options;
    return { ssid, channel, isProtected: this.#master !== undefined };
  }

  /** One frame after the other. */
  #transmit(bytes: Uint8Array): void {
    const { clock, ether, channel } = this.#options;
    this.#airFree = Math.max(this.#airFree, clock.now) + ACCESS_US + (bytes.length * 8) / RATE;
    clock.at(this.#airFree, () => ether.send(this, { bytes, channel, rate: RATE }));
  }
}

/** In place, without CCMP's own MIC. */
function decrypted(frame: Uint8Array, { temporal }: Member): Uint8Array | undefined {
  return temporal === undefined ? undefined : ccmpDecrypt(temporal, frame)?.subarray(0, -CCMP_MIC);
}

const packetNumber = (count: number): Uint8Array =>
  Uint8Array.from([0, 1, 2, 3, 4, 5], (byte) => Math.floor(count / 256 ** byte) & 0xff);

/** Packet number and key id (12.5.3.2). */
function ccmpHeader(count: number, keyId: number): Uint8Array {
  const [p0, p1, p2, p3, p4, p5] = packetNumber(count) as unknown as readonly number[];
  return Uint8Array.from([p0!, p1!, 0, 0x20 | (keyId << 6), p2!, p3!, p4!, p5!]);
}
