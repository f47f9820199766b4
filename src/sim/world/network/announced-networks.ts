/**
 * Networks that chips themselves announce on the air while they execute a firmware: what a computer's scan finds of them, and
 * how it joins one. Open ones only; the address comes from the firmware's own DHCP server.
 */
import type { Ether, EtherFrame, EtherStation } from "../../board/ether.ts";
import type { HeardNetwork, JoinEvents, JoinRequest } from "../../board/radio.ts";
import { macText } from "../../hex.ts";
import type { SimClock } from "../clock.ts";
import { SeededRandom } from "../seeded-random.ts";
import { KIND, readAnnouncement } from "../wifi/frames.ts";
import { joinAnnounced } from "./announced-network.ts";

/** A network whose last beacon is older is gone, µs: three beacon intervals of a chip that scans in between. */
const FRESH_US = 1_500_000;

interface Announced {
  readonly network: HeardNetwork;
  readonly at: number;
}

export class AnnouncedNetworks implements EtherStation {
  readonly #parts: { readonly clock: SimClock; readonly ether: Ether; readonly random: SeededRandom };
  /** Those of other makers of beacons, which are known otherwise. */
  readonly #except: ReadonlySet<string>;
  readonly #heard: Map<string, Announced> = new Map();

  /** @param except BSSIDs, lower-case hex with colons. */
  constructor(clock: SimClock, ether: Ether, seed: number | string, except: readonly string[]) {
    this.#parts = { clock, ether, random: new SeededRandom(seed).fork("laptop") };
    this.#except = new Set(except);
    ether.join(this);
  }

  hear({ bytes }: EtherFrame, signal: number): boolean {
    if (bytes[0] !== KIND.beacon) return false;
    const said = readAnnouncement(bytes);
    const bssid = said === undefined ? "" : macText(said.bssid);
    if (said === undefined || this.#except.has(bssid)) return false;
    const { ssid, channel, isProtected } = said;
    const security = isProtected ? "wpa2" : "open";
    this.#heard.set(bssid, { network: { ssid, bssid, channel, signal, security }, at: this.#parts.clock.now });
    return false;
  }

  /** Heard just now. */
  get networks(): readonly HeardNetwork[] {
    const since = this.#parts.clock.now - FRESH_US;
    return [...this.#heard.values()].filter(({ at }) => at >= since).map(({ network }) => network);
  }

  /** @returns the way out of it; undefined where no open network of this name is announced. */
  join(
    { ssid, hostname, hostCode = false }: Pick<JoinRequest, "ssid" | "hostname"> & { readonly hostCode?: boolean },
    events: JoinEvents,
  ): (() => void) | undefined {
    const network = this.networks.find((one) => one.ssid === ssid && one.security === "open");
    if (network === undefined) return undefined;
    return joinAnnounced({ ...this.#parts, network, hostname, hostCode, events });
  }
}
