/** A Wi-Fi station for tests of an access point: says what a test wants, and does its half of WPA2 when asked to. */

import type { Ether, EtherFrame, EtherStation } from "../../src/sim/board/ether.ts";
import { CCMP_HEADER, ccmpDecrypt, ccmpEncrypt, ccmpKeyId, macHeaderLength } from "../../src/sim/crypto/ccmp.ts";
import { unwrapKey } from "../../src/sim/crypto/key-wrap.ts";
import { toHex } from "../../src/sim/hex.ts";
import { concatenated, u16 } from "../../src/sim/world/wifi/bytes.ts";
import {
  isConfirmed,
  KEY_INFO,
  keyFrame,
  masterKey,
  type PairwiseKeys,
  pairwiseKeys,
  readKeyFrame,
} from "../../src/sim/world/wifi/eapol-key.ts";
import { address, BROADCAST, header, KIND, PROTECTED, TO_DS } from "../../src/sim/world/wifi/frames.ts";

const EAPOL = "888e";
const NONCE = new Uint8Array(32).fill(7);
const SNAP = [0xaa, 0xaa, 3, 0, 0, 0];

export class ScriptedStation implements EtherStation {
  readonly heard: Uint8Array[] = [];
  /** Data that arrived, as type and payload in hex. */
  readonly data: string[] = [];
  readonly groupKeys: Map<number, Uint8Array> = new Map();
  keys: PairwiseKeys | undefined;
  /** Gets each of them as a frame of Ethernet. */
  onData: ((ethernet: Uint8Array) => void) | undefined;
  readonly #ether: Ether;
  readonly #own: Uint8Array;
  readonly #bssid: Uint8Array;
  readonly #master: Uint8Array | undefined;
  readonly channel: number;
  #packets = 0;

  constructor(
    ether: Ether,
    own: Uint8Array,
    bssid: Uint8Array,
    secret?: { ssid: string; passphrase: string },
    channel = 6,
  ) {
    this.#ether = ether;
    this.#own = own;
    this.#bssid = bssid;
    this.#master = secret === undefined ? undefined : masterKey(secret.passphrase, secret.ssid);
    this.channel = channel;
    ether.join(this);
  }

  /** Frames of a kind, to this station or to all. */
  of(kind: number): readonly Uint8Array[] {
    return this.heard.filter((frame) => frame[0] === kind);
  }

  hear({ bytes }: EtherFrame): boolean {
    const to = toHex(address(bytes, 1));
    if (to !== toHex(this.#own) && to !== toHex(BROADCAST)) return false;
    this.heard.push(bytes);
    if (bytes[0] === KIND.data) this.#take(bytes);
    return to === toHex(this.#own);
  }

  probe(ssid: string): void {
    const name = new TextEncoder().encode(ssid);
    this.#say(concatenated(header(KIND.probeRequest, 0, [BROADCAST, this.#own, BROADCAST], 1), [0, name.length], name));
  }

  authenticate(): boolean {
    return this.#manage(KIND.authentication, [0, 0, 1, 0, 0, 0]);
  }

  associate(): boolean {
    return this.#manage(KIND.associationRequest, [0x31, 0, 100, 0, 0, 0]);
  }

  leave(): void {
    this.#manage(KIND.deauthentication, u16(3));
  }

  /** @param to receiver. @param type and payload in hex. */
  sendData(to: Uint8Array, typeAndPayload: string, clear = false): void {
    const body = concatenated(SNAP, Uint8Array.from(Buffer.from(typeAndPayload, "hex")));
    const key = clear ? undefined : this.keys?.temporal;
    const flags = TO_DS | (key === undefined ? 0 : PROTECTED);
    const top = header(KIND.data, flags, [this.#bssid, this.#own, to], 2);
    if (key === undefined) this.#say(concatenated(top, body));
    else this.#say(ccmpEncrypt(key, concatenated(top, [++this.#packets, 0, 0, 0x20, 0, 0, 0, 0], body)));
  }

  #manage(kind: number, body: readonly number[]): boolean {
    return this.#say(concatenated(header(kind, 0, [this.#bssid, this.#own, this.#bssid], 1), body));
  }

  #say(bytes: Uint8Array): boolean {
    return this.#ether.send(this, { bytes, channel: this.channel, rate: 6 });
  }

  #take(frame: Uint8Array): void {
    const clear = this.#decrypted(frame);
    if (clear === undefined) return;
    const at = macHeaderLength(frame) + (clear === frame ? 0 : CCMP_HEADER) + SNAP.length;
    const body = clear.subarray(at, clear === frame ? undefined : -8);
    const text = toHex(body);
    if (!text.startsWith(EAPOL)) {
      this.data.push(text);
      this.onData?.(concatenated(address(frame, 1), address(frame, 3), body));
    } else if (this.#master !== undefined) this.#handshake(body.slice(2), this.#master);
  }

  #decrypted(frame: Uint8Array): Uint8Array | undefined {
    if ((frame[1]! & PROTECTED) === 0) return frame;
    const isGroup = (frame[4]! & 1) !== 0;
    const key = isGroup ? this.groupKeys.get(ccmpKeyId(frame)) : this.keys?.temporal;
    return key === undefined ? undefined : ccmpDecrypt(key, frame);
  }

  #handshake(eapol: Uint8Array, master: Uint8Array): void {
    const message = readKeyFrame(eapol)!;
    const answer = (info: number): void => {
      const reply = keyFrame({ info: info | KEY_INFO.mic, replay: message.replay, nonce: NONCE }, this.keys!.kck);
      this.sendData(this.#bssid, EAPOL + toHex(reply), (info & KEY_INFO.pairwise) !== 0);
    };
    if ((message.info & KEY_INFO.mic) === 0) {
      this.keys = pairwiseKeys(master, [this.#bssid, this.#own], [message.nonce!, NONCE]);
      answer(KEY_INFO.pairwise);
      return;
    }
    if (!isConfirmed(this.keys!.kck, eapol)) return;
    const elements = unwrapKey(this.keys!.kek, message.data!)!;
    const at = toHex(elements).indexOf("000fac01") / 2;
    this.groupKeys.set(elements[at + 4]! & 3, elements.slice(at + 6, at + 22));
    answer(message.info & KEY_INFO.pairwise ? KEY_INFO.pairwise | KEY_INFO.secure : KEY_INFO.secure);
  }
}
