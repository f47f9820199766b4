/**
 * A computer's Wi-Fi on the ether, for open networks: joins an access point, carries frames of Ethernet, follows it when it
 * changes its channel, and notices when it is gone. Always awake.
 */
import type { Ether, EtherFrame, EtherStation } from "../../board/ether.ts";
import type { SimClock } from "../clock.ts";
import { concatenated, equal, u16 } from "./bytes.ts";
import {
  ADDRESS,
  address,
  associationRequest,
  associationStatus,
  BROADCAST,
  carriesData,
  deliveredEthernet,
  fromEthernet,
  HEADER,
  header,
  isManagement,
  KIND,
  readAnnouncement,
  TO_DS,
} from "./frames.ts";

/** At 6 Mbit/s: access to the air and preamble, then the bytes. µs. */
const RATE = 6;
const ACCESS_US = 80;
/** A frame that is not acknowledged is sent again, as dot11LongRetryLimit and dot11ShortRetryLimit of IEEE 802.11 have it. */
const SENDINGS = 7;
const AGAIN_US = 2000;
/** An answer to authentication or association is waited for so long, so often: a chip that scans is deaf meanwhile. */
const ANSWER_US = 500_000;
const TRIES = 6;
/** Operating systems take a network without beacons for gone after a few seconds. */
const BEACON_LOSS_US = 6_000_000;
const OPEN_SYSTEM = [0, 0, 1, 0, 0, 0];
const LEAVING = 3;

export interface StationNetwork {
  readonly ssid: string;
  readonly bssid: Uint8Array;
  readonly channel: number;
}

export interface WifiStationOptions {
  readonly clock: SimClock;
  readonly ether: Ether;
  readonly mac: Uint8Array;
  readonly network: StationNetwork;
  readonly joined: () => void;
  readonly failed: () => void;
  /** The network has sent the station away, or is gone. */
  readonly lost: () => void;
  /** A frame of Ethernet. */
  readonly receive: (ethernet: Uint8Array) => void;
}

type State = "authenticating" | "associating" | "joined" | "over";

export class WifiStation implements EtherStation {
  readonly #options: WifiStationOptions;
  readonly #leaveAir: () => void;
  #state: State = "authenticating";
  #channel: number;
  #sequence = 0;
  #tries = 0;
  #airFree = 0;
  #cancelTimer: (() => void) | undefined;

  constructor(options: WifiStationOptions) {
    this.#options = options;
    this.#channel = options.network.channel;
    this.#leaveAir = options.ether.join(this);
    this.#ask("authenticating");
  }

  /** A frame of Ethernet for the network. */
  send(ethernet: Uint8Array): void {
    if (this.#state !== "joined") return;
    const { network, mac } = this.#options;
    const to = ethernet.slice(0, ADDRESS);
    const top = header(KIND.data, TO_DS, [network.bssid, mac, to], this.#sequence++);
    this.#transmit(concatenated(top, fromEthernet(ethernet)));
  }

  leave(): void {
    if (this.#state === "over") return;
    if (this.#state === "joined") this.#manage(KIND.deauthentication, Uint8Array.from(u16(LEAVING)));
    this.#stop();
  }

  hear({ bytes }: EtherFrame): boolean {
    const { mac, network, receive } = this.#options;
    const to = address(bytes, 1);
    const isMine = equal(to, mac);
    if (this.#state === "over" || bytes.length < HEADER || !(isMine || equal(to, BROADCAST) || (to[0]! & 1) === 1)) {
      return false;
    }
    if (!equal(address(bytes, 2), network.bssid)) return isMine;
    if (isManagement(bytes)) this.#management(bytes, isMine);
    else if (this.#state === "joined" && carriesData(bytes) && !equal(address(bytes, 3), mac)) {
      receive(deliveredEthernet(bytes));
    }
    return isMine;
  }

  #management(frame: Uint8Array, isMine: boolean): void {
    const kind = frame[0]!;
    if (kind === KIND.beacon) this.#beacon(frame);
    if (kind === KIND.deauthentication || kind === KIND.disassociation) this.#sentAway();
    if (!isMine) return;
    if (kind === KIND.authentication && this.#state === "authenticating") this.#ask("associating");
    if (kind === KIND.associationResponse && this.#state === "associating") this.#associated(frame);
  }

  #beacon(frame: Uint8Array): void {
    const { network } = this.#options;
    const said = readAnnouncement(frame);
    if (said?.ssid !== network.ssid) return;
    this.#channel = said.channel;
    if (this.#state === "joined") this.#watchBeacons();
  }

  #associated(frame: Uint8Array): void {
    const { joined, failed } = this.#options;
    if (associationStatus(frame) !== 0) {
      this.#stop();
      failed();
      return;
    }
    this.#state = "joined";
    this.#watchBeacons();
    joined();
  }

  #sentAway(): void {
    if (this.#state !== "joined") return;
    this.#stop();
    this.#options.lost();
  }

  #watchBeacons(): void {
    this.#timer(BEACON_LOSS_US, () => this.#sentAway());
  }

  #ask(state: "authenticating" | "associating"): void {
    if (state !== this.#state) this.#tries = 0;
    this.#state = state;
    if (this.#tries++ === TRIES) {
      this.#stop();
      this.#options.failed();
      return;
    }
    if (state === "authenticating") this.#manage(KIND.authentication, Uint8Array.from(OPEN_SYSTEM));
    else this.#manage(KIND.associationRequest, associationRequest(this.#options.network.ssid));
    this.#timer(ANSWER_US, () => this.#ask(state));
  }

  #manage(kind: number, body: Uint8Array): void {
    const { network, mac } = this.#options;
    const { bssid } = network;
    this.#transmit(concatenated(header(kind, 0, [bssid, mac, bssid], this.#sequence++), body));
  }

  /** One frame after the other. */
  #transmit(bytes: Uint8Array, sendings = SENDINGS): void {
    const { clock, ether } = this.#options;
    this.#airFree = Math.max(this.#airFree, clock.now) + ACCESS_US + (bytes.length * 8) / RATE;
    clock.at(this.#airFree, () => {
      const isHeard = ether.send(this, { bytes, channel: this.#channel, rate: RATE });
      if (isHeard || sendings === 1 || this.#state === "over") return;
      clock.at(clock.now + AGAIN_US, () => this.#transmit(bytes, sendings - 1));
    });
  }

  #timer(us: number, action: () => void): void {
    const { clock } = this.#options;
    this.#cancelTimer?.();
    this.#cancelTimer = clock.at(clock.now + us, action);
  }

  #stop(): void {
    this.#state = "over";
    this.#cancelTimer?.();
    // What is still to be said, goodbye, is sent first.
    const { clock } = this.#options;
    clock.at(Math.max(clock.now, this.#airFree), () => this.#leaveAir());
  }
}
