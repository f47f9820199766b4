/**
 * The air: which Wi-Fi networks are in range, how long it takes to find and join them, and what becomes of those who
 * joined when a network goes away. Durations as on the recording bench: association 1.2 s, DHCP 0.4 s, scan 2.1 s.
 */
import type {
  HeardNetwork,
  JoinEvents,
  JoinFailure,
  JoinRequest,
  OwnAccessPoint,
  Radio,
  StationLink,
} from "../../board/radio.ts";
import { macText } from "../../hex.ts";
import type { SimClock } from "../clock.ts";
import { SeededRandom } from "../seeded-random.ts";
import { AccessPoint, type AccessPointOptions, linkAt, SENSITIVITY_LIMIT } from "./access-point.ts";
import type { AnnouncedNetworks } from "./announced-networks.ts";
import { Lan } from "./lan.ts";

export const SCAN_US = 2_100_000;
const ASSOCIATION_US = 1_200_000;
const DHCP_US = 400_000;
/** One sweep over all channels without the name. */
const NOT_FOUND_US = 1_500_000;
const ASSOCIATION_GIVES_UP_US = 4_000_000;
const DHCP_GIVES_UP_US = 6_000_000;
/** A station notices after this long without beacons that its network is gone. */
const BEACON_LOSS_US = 6_000_000;
/** From here down an attempt to associate succeeds only now and then. */
const WEAK_SIGNAL = -86;
const WEAK_SUCCESS = 0.4;
const OWN_SUBNET = "192.168.4";

interface Station {
  readonly accessPoint: AccessPoint;
  leave(): void;
}

export class RadioMedium {
  readonly clock: SimClock;
  /** A handshake with a wrong password is tried over for so long after association until the SDK gives up, µs. */
  handshakeGivesUpUs = 2_800_000;
  /** Networks of chips that execute a firmware. */
  announced: AnnouncedNetworks | undefined;
  readonly #random: SeededRandom;
  readonly #accessPoints: AccessPoint[] = [];
  readonly #stations = new Map<Station, () => void>();

  constructor(clock: SimClock, seed = 1) {
    this.clock = clock;
    this.#random = new SeededRandom(seed).fork("air");
  }

  get accessPoints(): readonly AccessPoint[] {
    return this.#accessPoints;
  }

  add(options: AccessPointOptions): AccessPoint {
    const accessPoint = new AccessPoint(options);
    this.#accessPoints.push(accessPoint);
    return accessPoint;
  }

  /** Puts a removed network back into the air. */
  restore(accessPoint: AccessPoint): void {
    if (!this.#accessPoints.includes(accessPoint)) this.#accessPoints.push(accessPoint);
  }

  /** Takes a network out of the air; its stations notice after a while. */
  remove(accessPoint: AccessPoint): void {
    const index = this.#accessPoints.indexOf(accessPoint);
    if (index >= 0) this.#accessPoints.splice(index, 1);
    for (const [station, lost] of [...this.#stations]) {
      if (station.accessPoint !== accessPoint) continue;
      this.#stations.delete(station);
      station.leave();
      this.clock.at(this.clock.now + BEACON_LOSS_US, lost);
    }
  }

  heard(): readonly HeardNetwork[] {
    const own = this.#inRange().map(({ ssid, bssid, channel, signal, hidden, open }) => ({
      ssid: hidden ? "" : ssid,
      bssid,
      channel,
      signal,
      security: open ? ("open" as const) : ("wpa2" as const),
    }));
    return [...own, ...(this.announced?.networks ?? [])].sort((a, b) => b.signal - a.signal);
  }

  scan(except: AccessPoint | undefined, done: (heard: readonly HeardNetwork[]) => void): () => void {
    return this.clock.at(this.clock.now + SCAN_US, () => {
      done(this.heard().filter((network) => network.bssid !== except?.bssid));
    });
  }

  /** One attempt to join; its outcome comes once, `lost` may follow `joined`. Returns the way out of it. */
  join(
    request: JoinRequest & { readonly leaseKey: string; readonly hostCode?: boolean },
    events: JoinEvents,
  ): () => void {
    let step: (() => void) | undefined;
    let station: Station | undefined;
    let left = false;
    const after = (delay: number, action: () => void): void => {
      step = this.clock.at(this.clock.now + delay, action);
    };
    const fail = (delay: number, why: JoinFailure): void => after(delay, () => events.failed(why));
    const leave = (): void => {
      left = true;
      step?.();
      if (station !== undefined) {
        this.#stations.delete(station);
        station.leave();
      }
    };

    if (byteLength(request.ssid) > 32 || byteLength(request.passphrase) > 64 || request.ssid === "") {
      fail(0, "refused");
      return leave;
    }
    after(ASSOCIATION_US, () => {
      const accessPoint = this.#best(request);
      if (accessPoint === undefined) {
        step = request.passphrase === "" ? this.announced?.join(request, events) : undefined;
        if (step === undefined) fail(NOT_FOUND_US - ASSOCIATION_US, "not-found");
        return;
      }
      if (!accessPoint.accepts(request.passphrase)) return fail(this.handshakeGivesUpUs, "wrong-password");
      if (!this.#letsIn(accessPoint)) return fail(ASSOCIATION_GIVES_UP_US, "not-associated");
      station = this.#associate(accessPoint, () => {
        if (!left) events.lost();
      });
      const leases = accessPoint.lan.leasing && accessPoint.leasesFrom <= this.clock.now;
      if (!leases && request.address === undefined) return fail(DHCP_GIVES_UP_US, "no-address");
      after(DHCP_US, () => {
        const machine = accessPoint.lan.join({
          name: request.hostname,
          leaseKey: request.leaseKey,
          link: () => linkAt(accessPoint.signal),
          address: request.address,
          hostCode: request.hostCode,
        });
        const associated = station!;
        const lost = this.#stations.get(associated);
        if (lost === undefined) return;
        this.#stations.delete(associated);
        station = {
          accessPoint,
          leave: () => {
            machine.vanish();
            associated.leave();
          },
        };
        this.#stations.set(station, lost);
        const { ssid, bssid, channel } = accessPoint;
        const link: StationLink = { machine, ssid, bssid, channel, signal: () => accessPoint.signal };
        events.joined(link);
      });
    });
    return leave;
  }

  /** The Wi-Fi hardware of a plug. */
  radio(mac: Uint8Array): Radio {
    return new PlugRadio(this, mac);
  }

  #inRange(): AccessPoint[] {
    return this.#accessPoints.filter((ap) => ap.heardFrom <= this.clock.now && ap.signal > SENSITIVITY_LIMIT);
  }

  #best(request: JoinRequest): AccessPoint | undefined {
    // With a passphrase the SDK only considers protected networks (ESP8266 core: threshold.authmode).
    return this.#inRange()
      .filter((ap) => ap.ssid === request.ssid && !(ap.open && request.passphrase !== ""))
      .sort((a, b) => b.signal - a.signal)[0];
  }

  #letsIn(accessPoint: AccessPoint): boolean {
    if (accessPoint.associatesFrom > this.clock.now) return false;
    if (accessPoint.stations >= accessPoint.maxStations) return false;
    return accessPoint.signal > WEAK_SIGNAL || this.#random.unit() < WEAK_SUCCESS;
  }

  #associate(accessPoint: AccessPoint, lost: () => void): Station {
    accessPoint.stations++;
    let gone = false;
    const station: Station = {
      accessPoint,
      leave: () => {
        if (!gone) accessPoint.stations--;
        gone = true;
      },
    };
    this.#stations.set(station, lost);
    return station;
  }
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

class PlugRadio implements Radio {
  readonly mac: Uint8Array;
  readonly #medium: RadioMedium;
  #own: { readonly accessPoint: AccessPoint; readonly handle: OwnAccessPoint } | undefined;
  #leave: (() => void) | undefined;
  #cancelScan: (() => void) | undefined;

  constructor(medium: RadioMedium, mac: Uint8Array) {
    this.#medium = medium;
    this.mac = mac;
  }

  scan(done: (heard: readonly HeardNetwork[]) => void): () => void {
    this.#cancelScan?.();
    this.#cancelScan = this.#medium.scan(this.#own?.accessPoint, done);
    return this.#cancelScan;
  }

  join(request: JoinRequest, events: JoinEvents): () => void {
    this.#leave?.();
    const leave = this.#medium.join({ ...request, leaseKey: macText(this.mac) }, events);
    this.#leave = leave;
    return leave;
  }

  openAccessPoint(options: { readonly ssid: string; readonly channel: number }): OwnAccessPoint {
    this.#own?.handle.stop();
    const lan = new Lan(this.#medium.clock, { subnet: OWN_SUBNET, firstLease: 2, timeService: false });
    const address = `${OWN_SUBNET}.1`;
    lan.answerEveryNameWith(address);
    const accessPoint = this.#medium.add({ ...options, lan, maxStations: 1, signal: -40, bssid: this.#ownBssid() });
    const machine = lan.join({ name: options.ssid, address });
    const handle: OwnAccessPoint = {
      machine,
      get stations() {
        return accessPoint.stations;
      },
      stop: () => {
        machine.vanish();
        this.#medium.remove(accessPoint);
        if (this.#own?.handle === handle) this.#own = undefined;
      },
    };
    this.#own = { accessPoint, handle };
    return handle;
  }

  silence(): void {
    this.#cancelScan?.();
    this.#leave?.();
    this.#leave = undefined;
    this.#own?.handle.stop();
  }

  /** The SDK gives its access point the station's MAC with the locally-administered bit set. */
  #ownBssid(): string {
    const [first, ...rest] = this.mac;
    return macText(Uint8Array.of(first! | 2, ...rest));
  }
}
