/**
 * The home's router on the air, as a chip that executes a firmware hears it: an access point of 802.11 with the router's
 * IP side behind it, on the same network as everything else in the home. It starts when the first station joins the air.
 */
import type { Ether } from "../../board/ether.ts";
import { fromHex } from "../../hex.ts";
import type { SimClock } from "../clock.ts";
import { SeededRandom } from "../seeded-random.ts";
import { WifiAccessPoint } from "../wifi/wifi-access-point.ts";
import type { AccessPoint } from "./access-point.ts";
import { Router } from "./ip/router.ts";

export interface HomeRouterOptions {
  readonly clock: SimClock;
  readonly ether: Ether;
  readonly seed: number | string;
  /** The same access point as the stand-in's radio knows it: name, channel, times, and the network behind it. */
  readonly accessPoint: AccessPoint;
  readonly passphrase: string | undefined;
}

export class HomeRouter {
  /** The air, for the chip. */
  readonly ether: Ether;
  #onTheAir = false;

  constructor(options: HomeRouterOptions) {
    const { ether } = options;
    this.ether = {
      join: (station) => {
        if (!this.#onTheAir) this.#start(options);
        return ether.join(station);
      },
      send: (from, frame) => ether.send(from, frame),
    };
  }

  #start({ clock, ether, seed, accessPoint, passphrase }: HomeRouterOptions): void {
    this.#onTheAir = true;
    const random = new SeededRandom(seed).fork("router");
    const { ssid, channel, lan } = accessPoint;
    const mac = fromHex(accessPoint.bssid);
    const router = new Router({
      clock,
      random,
      lan,
      mac,
      send: (ethernet) => wifi.send(ethernet),
      leasesFrom: () => accessPoint.leasesFrom,
    });
    const wifi: WifiAccessPoint = new WifiAccessPoint({
      clock,
      ether,
      random,
      ssid,
      passphrase,
      bssid: mac,
      channel,
      receive: (ethernet) => router.receive(ethernet),
    });
  }
}
