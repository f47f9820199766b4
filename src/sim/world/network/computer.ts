/**
 * The person's computer in the virtual world: on the home network (by cable or Wi-Fi), able to join an open network
 * with its Wi-Fi and to go back. Its programs are host code. Knows nothing of plugs.
 */

import { PlugsmithError } from "../../../core/errors.ts";
import { say, type Text } from "../../../core/text/text.ts";
import type { ComputerWifi, WifiNetwork } from "../../../engine/ports.ts";
import type { Lan, Machine } from "./lan.ts";
import { type RadioMedium, SCAN_US } from "./radio-medium.ts";

export interface ComputerOptions {
  readonly name?: string;
  /** The network it is on when nothing else is said. */
  readonly home: Lan;
  /** "cable": keeps the home network while its Wi-Fi is elsewhere. "wifi": loses it meanwhile. Default "wifi". */
  readonly homeBy?: "cable" | "wifi";
}

/** Operating systems look again for a network they know a few seconds after losing the one they were on. */
const FALLS_BACK_US = 5_000_000;

export class Computer {
  readonly #medium: RadioMedium;
  readonly #options: ComputerOptions;
  readonly #name: string;
  #home: Machine | undefined;
  #away: { readonly machine: Machine; readonly leave: () => void } | undefined;
  /** Ends whatever its radio joined last, or is joining: one radio is in one network. */
  #leaveLast: () => void = () => {};

  constructor(medium: RadioMedium, options: ComputerOptions) {
    this.#medium = medium;
    this.#options = options;
    this.#name = options.name ?? "computer";
    this.#home = this.#joinHome();
  }

  /** The interface by which an address is reached now; undefined where there is no network at all. */
  interfaceFor(address: string): Machine | undefined {
    const interfaces = [this.#away?.machine, this.#home].filter((machine) => machine?.alive() === true);
    return interfaces.find((machine) => machine!.lan.contains(address)) ?? interfaces[0];
  }

  /** SSID-independent view for tests: addresses held now. */
  get addresses(): readonly string[] {
    return [this.#home, this.#away?.machine].flatMap((machine) => (machine?.alive() ? [machine.address] : []));
  }

  wifi(): ComputerWifi {
    return {
      scan: () => this.#scan(),
      joinOpen: (ssid, signal) => this.#joinOpen(ssid, signal),
    };
  }

  #scan(): Promise<WifiNetwork[]> {
    return new Promise((resolve) => {
      this.#medium.clock.hostAt(this.#medium.clock.now + SCAN_US, () => {
        const heard = this.#medium.heard().filter((network) => network.ssid !== "");
        resolve(heard.map(({ ssid, security, signal }) => ({ ssid, open: security === "open", signal })));
      });
    });
  }

  #joinOpen(ssid: string, signal?: AbortSignal): Promise<() => Promise<void>> {
    const { clock } = this.#medium;
    return new Promise((resolve, reject) => {
      const tell = (action: () => void): void => {
        clock.hostAt(clock.now, action);
      };
      const fail = (message: Text): void => {
        leave();
        this.#backHome();
        tell(() =>
          reject(new PlugsmithError("wifi-failed", { message, nextStep: say`check that the network is in range` })),
        );
      };
      const onAbort = (): void => {
        leave();
        this.#backHome();
        reject(new PlugsmithError("aborted", { message: say`joining "${ssid}" was stopped` }));
      };
      if (signal?.aborted)
        return reject(new PlugsmithError("aborted", { message: say`joining "${ssid}" was stopped` }));
      signal?.addEventListener("abort", onAbort, { once: true });
      if (this.#options.homeBy !== "cable") {
        this.#home?.vanish();
        this.#home = undefined;
      }
      this.#leaveLast();
      this.#away = undefined;
      const leave = this.#medium.join(
        { ssid, passphrase: "", hostname: this.#name, leaseKey: this.#name, hostCode: true },
        {
          joined: (link) => {
            signal?.removeEventListener("abort", onAbort);
            this.#away = { machine: link.machine, leave };
            tell(() => resolve(() => this.#goBack()));
          },
          failed: (why) => {
            signal?.removeEventListener("abort", onAbort);
            fail(say`the computer could not join "${ssid}": ${why}`);
          },
          lost: () => {
            this.#away = undefined;
            clock.at(clock.now + FALLS_BACK_US, () => this.#backHome());
          },
        },
      );
      this.#leaveLast = leave;
    });
  }

  #goBack(): Promise<void> {
    const { clock } = this.#medium;
    return new Promise((resolve) => {
      this.#away?.leave();
      this.#away = undefined;
      clock.hostAt(clock.now + SCAN_US, () => {
        this.#backHome();
        resolve();
      });
    });
  }

  #backHome(): void {
    if (this.#home?.alive() !== true) this.#home = this.#joinHome();
  }

  #joinHome(): Machine {
    return this.#options.home.join({ name: this.#name, leaseKey: this.#name, hostCode: true });
  }
}
