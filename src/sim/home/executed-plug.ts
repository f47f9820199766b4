/**
 * A plug whose chip executes what is in its flash, on the bench of a virtual home, for programs that wait for something
 * to have happened: an image that has written its default settings, a text on the console.
 */
import { SimClock } from "../world/clock.ts";
import { createVirtualHome, OWN_IMAGES_ONLY, type VirtualHome } from "./virtual-home.ts";

export interface ExecutedPlugOptions {
  /** The whole flash; its length is the part's size. */
  readonly flash: Uint8Array;
  /** Station MAC, 6 bytes. Default: from the seed. */
  readonly mac?: Uint8Array | undefined;
  readonly seed?: number | undefined;
  /** The network that the home's router opens. */
  readonly ssid?: string | undefined;
  readonly passphrase?: string | undefined;
}

export interface ExecutedPlug {
  readonly home: VirtualHome;
  /** Live. */
  readonly flash: Uint8Array;
  /** What its chip sent since power-up, as a receiver at 115200 baud hears it. */
  console(): string;
  /**
   * Runs until `isDone`, which is asked every 10 ms of virtual time, or for so many virtual seconds at most.
   * @returns whether it was done.
   */
  runUntil(isDone: () => boolean, seconds: number): boolean;
}

const BAUD = 115_200;
const STEP_US = 10_000;

/** Powered by its adapter from the start, GPIO0 free. Errors: bad-argument for a flash that no part has the size of. */
export function startExecutedPlug(options: ExecutedPlugOptions): ExecutedPlug {
  const { flash, mac, seed, ssid, passphrase } = options;
  const clock = new SimClock();
  const home = createVirtualHome({
    clock,
    seed,
    ssid,
    passphrase,
    firmwares: OWN_IMAGES_ONLY,
    bench: { flash, mac, pluggedIn: true },
  });
  return {
    home,
    flash: home.bench.flash,
    console: () => home.bench.heard(BAUD),
    runUntil: (isDone, seconds) => {
      const limit = clock.now + seconds * 1e6;
      while (!isDone()) {
        if (clock.now >= limit) return false;
        clock.runInternal(Math.min(limit, clock.now + STEP_US));
      }
      return true;
    },
  };
}
