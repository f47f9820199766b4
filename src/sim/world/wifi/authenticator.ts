/**
 * The access point's side of a station's keys: the four-way handshake after association, and new group keys later
 * (IEEE 802.11-2016, 12.7.6, 12.7.7). What is not answered is said again, four times in all, a second apart, as hostapd
 * does it (wpa_auth.c); then the station is let go.
 */
import type { SimClock } from "../clock.ts";
import { concatenated } from "./bytes.ts";
import {
  groupKeyElement,
  isConfirmed,
  KEY_INFO,
  keyFrame,
  type PairwiseKeys,
  pairwiseKeys,
  readKeyFrame,
  wrappedData,
} from "./eapol-key.ts";
import { RSN } from "./frames.ts";

const TRIES = 4;
const RETRY_US = 1_000_000;
/** Reason code 15: 4-way handshake timeout (table 9-45). */
const HANDSHAKE_TIMEOUT = 15;

export interface GroupKey {
  readonly id: number;
  readonly key: Uint8Array;
  /** Number of the last frame, six bytes, little-endian. */
  readonly sequence: () => Uint8Array;
}

export interface AuthenticatorPorts {
  readonly clock: SimClock;
  readonly master: Uint8Array;
  /** Of the access point and of the station. */
  readonly addresses: readonly [Uint8Array, Uint8Array];
  nonce(): Uint8Array;
  groupKey(): GroupKey;
  send(eapol: Uint8Array): void;
  /** The station is in. */
  established(temporal: Uint8Array): void;
  failed(reason: number): void;
}

type Stage = "first" | "third" | "established" | "group" | "over";

export class Authenticator {
  readonly #ports: AuthenticatorPorts;
  readonly #nonce: Uint8Array;
  #stage: Stage = "first";
  #keys: PairwiseKeys | undefined;
  #replay = 0;
  #cancel: (() => void) | undefined;

  constructor(ports: AuthenticatorPorts) {
    this.#ports = ports;
    this.#nonce = ports.nonce();
  }

  start(): void {
    this.#repeat(() => this.#send(KEY_INFO.pairwise | KEY_INFO.ack));
  }

  /** The group key has changed. */
  rekey(): void {
    if (this.#stage !== "established") return;
    this.#stage = "group";
    this.#repeat(() => this.#sendGroupKey(KEY_INFO.ack, new Uint8Array(0)));
  }

  stop(): void {
    this.#stage = "over";
    this.#cancel?.();
  }

  receive(eapol: Uint8Array): void {
    const message = readKeyFrame(eapol);
    if (message?.nonce === undefined || message.replay !== this.#replay) return;
    if (this.#stage === "first") this.#second(eapol, message.nonce);
    else if (this.#keys !== undefined && isConfirmed(this.#keys.kck, eapol)) this.#confirmed();
  }

  /** A MIC that is wrong shows another passphrase: it is passed over, as if nothing had come. */
  #second(eapol: Uint8Array, nonce: Uint8Array): void {
    const keys = pairwiseKeys(this.#ports.master, this.#ports.addresses, [this.#nonce, nonce]);
    if (!isConfirmed(keys.kck, eapol)) return;
    this.#keys = keys;
    this.#stage = "third";
    const info = KEY_INFO.pairwise | KEY_INFO.install | KEY_INFO.ack;
    this.#repeat(() => this.#sendGroupKey(info, Uint8Array.from(RSN)));
  }

  #confirmed(): void {
    this.#cancel?.();
    const before = this.#stage;
    this.#stage = "established";
    if (before === "third") this.#ports.established(this.#keys!.temporal);
  }

  #sendGroupKey(info: number, before: Uint8Array): void {
    const { id, key, sequence } = this.#ports.groupKey();
    const data = wrappedData(this.#keys!.kek, concatenated(before, groupKeyElement(id, key)));
    this.#send(info | KEY_INFO.mic | KEY_INFO.secure | KEY_INFO.encrypted, { data, sequence: sequence() });
  }

  #send(info: number, more: { readonly data?: Uint8Array; readonly sequence?: Uint8Array } = {}): void {
    const nonce = (info & KEY_INFO.pairwise) === 0 ? undefined : this.#nonce;
    this.#replay++;
    this.#ports.send(keyFrame({ info, replay: this.#replay, nonce, ...more }, this.#keys?.kck));
  }

  #repeat(say: () => void): void {
    this.#cancel?.();
    let tries = 0;
    const again = (): void => {
      if (tries++ === TRIES) {
        this.stop();
        this.#ports.failed(HANDSHAKE_TIMEOUT);
        return;
      }
      say();
      this.#cancel = this.#ports.clock.at(this.#ports.clock.now + RETRY_US, again);
    };
    again();
  }
}
