/**
 * When the syslog is given up and taken up again. What it would send is not sent: nobody in the virtual network listens.
 * Source: Tasmota tasmota_support/support.ino (SyslogAsync), support_tasmota.ino (PerformEverySecond).
 */
import type { Machine } from "../../world/network/lan.ts";
import type { TasmotaCore } from "../contract.ts";

/** SYSLOG_TIMER: so long it is given up when its host's name is not known. */
const PAUSE_S = 600;

export class Syslog {
  readonly #core: TasmotaCore;
  #pause = 0;
  /** The name that was looked up last; none at first, which counts as known. */
  #known = "";
  #asking: string | undefined;

  constructor(core: TasmotaCore) {
    this.#core = core;
  }

  /** @param machine the plug in its network, if it is in one. */
  everySecond(machine: Machine | undefined): void {
    const core = this.#core;
    if (this.#pause > 0 && --this.#pause === 0) {
      core.syslogLevel = core.settings.get("syslog_level");
      if (core.syslogLevel > 0) core.log(2, "APP: Syslog logging re-enabled");
    }
    const host = core.settings.text("LogHost");
    if (core.syslogLevel === 0 || machine === undefined || host === this.#known || host === this.#asking) return;
    this.#asking = host;
    machine.resolve(host, (address) => {
      this.#asking = undefined;
      if (address !== undefined) {
        this.#known = host;
        return;
      }
      core.syslogLevel = 0;
      this.#pause = PAUSE_S;
      core.log(2, `SLG: Retry in ${PAUSE_S} sec`);
    });
  }

  /** SysLog was set: no pause any more (SetSyslog). */
  levelSet(): void {
    this.#pause = 0;
  }
}
