/**
 * A home with everything that a conversion needs: a plug on the bench, its meter at the mains, a load, a router, a
 * computer with Wi-Fi, and a person. One seed, one clock.
 */
import type { ByteLine, ComputerWifi, Http } from "../../engine/ports.ts";
import type { BenchOptions, VirtualBench } from "../bench/contract.ts";
import { createBench } from "../bench/create-bench.ts";
import type { Ether } from "../board/ether.ts";
import type { FirmwareModel } from "../board/firmware.ts";
import { createMeter } from "../tasmota/meter/meter.ts";
import { createNetwork } from "../tasmota/net/network.ts";
import { createTasmotaModel } from "../tasmota/tasmota-model.ts";
import type { SimClock } from "../world/clock.ts";
import { Load } from "../world/load.ts";
import { Mains } from "../world/mains.ts";
import { MeterChip, meterError } from "../world/meter-chip.ts";
import { AnnouncedNetworks } from "../world/network/announced-networks.ts";
import { Computer } from "../world/network/computer.ts";
import { HomeRouter } from "../world/network/home-router.ts";
import { simHttp } from "../world/network/http-client.ts";
import { Lan } from "../world/network/lan.ts";
import { RadioMedium } from "../world/network/radio-medium.ts";
import { SharedEther } from "../world/network/shared-ether.ts";

export interface VirtualHomeOptions {
  readonly clock: SimClock;
  readonly seed?: number | undefined;
  /** The bench as it should be; adapter unplugged unless it says otherwise. What the home brings along is added to it. */
  readonly bench?: Omit<BenchOptions, "clock" | "seed" | "firmwares" | "radio" | "ether" | "meter"> | undefined;
  /** Firmwares that can answer on the plug, asked in this order which one the flash holds. Default: KNOWN_FIRMWARES. */
  readonly firmwares?: readonly FirmwareModel[] | undefined;
  /** The router's network. */
  readonly ssid?: string | undefined;
  readonly passphrase?: string | undefined;
  /** W of the heater that serves as the load. */
  readonly loadWatts?: number;
}

export interface VirtualHome {
  readonly clock: SimClock;
  readonly bench: VirtualBench;
  readonly line: ByteLine;
  readonly http: Http;
  readonly wifi: ComputerWifi;
  readonly mains: Mains;
  readonly load: Load;
  readonly lan: Lan;
  /** The air as the chip's own Wi-Fi MAC has it, when a firmware is executed. The router is on it. */
  readonly ether: Ether;
  /** The router's Wi-Fi. */
  readonly network: { readonly ssid: string; readonly passphrase: string };
  /** The load's power when something is plugged into the plug. */
  readonly loadWatts: number;
  /** The plug in a live socket, or out of it. */
  plugIntoMains(on: boolean): void;
  readonly atMains: boolean;
}

export const HOME_NETWORK: { readonly ssid: string; readonly passphrase: string } = {
  ssid: "Virtual Home",
  passphrase: "a virtual passphrase",
};

const TASMOTA = { network: createNetwork, meter: createMeter } as const;

/** The firmwares that this package can stand in for. */
export const KNOWN_FIRMWARES: readonly FirmwareModel[] = [createTasmotaModel(TASMOTA)];

/** The same, but only for plugsmith's own image: the chip executes the image of a real firmware. */
export const OWN_IMAGES_ONLY: readonly FirmwareModel[] = [createTasmotaModel(TASMOTA, { images: "own" })];

export function createVirtualHome(options: VirtualHomeOptions): VirtualHome {
  const { clock, seed = 1, loadWatts = 1000, firmwares = KNOWN_FIRMWARES } = options;
  const { ssid = HOME_NETWORK.ssid, passphrase = HOME_NETWORK.passphrase } = options;
  const lan = new Lan(clock, { timeService: true });
  const medium = new RadioMedium(clock, seed);
  const accessPoint = medium.add({ ssid, passphrase, bssid: "02:00:5e:00:53:01", signal: -55, lan });
  const computer = new Computer(medium, { home: lan, homeBy: "cable" });
  const mains = new Mains(clock, { seed });
  const load = new Load();
  let atMains = false;
  const air = new SharedEther();
  medium.announced = new AnnouncedNetworks(clock, air, seed, [accessPoint.bssid]);
  const { ether } = new HomeRouter({ clock, ether: air, seed, accessPoint, passphrase });
  const bench = createBench({
    clock,
    seed,
    pluggedIn: false,
    ...options.bench,
    firmwares,
    radio: (mac) => medium.radio(mac),
    ether,
    meter: (relayClosed) =>
      new MeterChip(clock, mains, load, () => atMains && relayClosed(), { error: meterError(seed) }),
  });
  return {
    clock,
    bench,
    line: bench.line,
    http: simHttp(clock, computer),
    wifi: computer.wifi(),
    mains,
    load,
    lan,
    ether,
    network: { ssid, passphrase },
    loadWatts,
    get atMains() {
      return atMains;
    },
    plugIntoMains: (on) => {
      atMains = on;
      bench.actions.plugIntoMains(on);
    },
  };
}
