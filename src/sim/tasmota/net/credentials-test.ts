/**
 * The test of new credentials in the access point: tried for nine seconds while the access point stays up; only what
 * works is saved. Source: xdrv_01_9_webserver.ino (HandleWifiConfiguration, Xdrv01 FUNC_EVERY_SECOND), support_command.ino
 * (CmndWifiTest); pages and log lines from recordings.
 */
import type { JoinFailure, Radio, StationLink } from "../../world/network/radio.ts";
import type { CommandCall, TasmotaCore } from "../contract.ts";
import type { WifiTestView } from "../web/pages/wifi.ts";
import type { Timers } from "./timers.ts";

/** WIFI_TEST: so long it is tried; looked at once a second, so that a failure shows a little earlier. */
const TEST_S = 9;
const FAILURE_SHOWS_S = 8.35;
const RESTART_SOON = 2;
/** An access point that never answers twice in a row: the owner may know better, so it is saved untested. */
const TIMEOUTS_TO_SAVE = 2;

const FAILURES: Readonly<Record<JoinFailure, string>> = {
  "not-found": "Connect failed as AP cannot be reached",
  "wrong-password": "Connect failed",
  "not-associated": "Connect failed with AP timeout",
  "no-address": "Connect failed as no IP address received",
  refused: "Connect failed with AP timeout",
};

export interface TestEvents {
  /** The credentials work; the connection stays. */
  succeeded(link: StationLink, leave: () => void): void;
}

export class CredentialsTest {
  readonly #core: TasmotaCore;
  readonly #radio: Radio;
  readonly #timers: Timers;
  readonly #events: TestEvents;
  #view: WifiTestView = { state: "idle" };
  #outcome = "Not Started";
  #timeouts = 0;
  #startedAt = 0;
  #leave: (() => void) | undefined;

  constructor(core: TasmotaCore, radio: Radio, timers: Timers, events: TestEvents) {
    this.#core = core;
    this.#radio = radio;
    this.#timers = timers;
    this.#events = events;
  }

  get view(): WifiTestView {
    return this.#view;
  }

  get busy(): boolean {
    return this.#outcome === "Testing";
  }

  /** @param slot 1 or 2: where it is saved; 0 saves to 1 and restarts; 3 saves nowhere. */
  start(ssid: string, password: string, slot: 0 | 1 | 2 | 3): void {
    this.#leave?.();
    this.#view = { state: "testing", ssid };
    this.#outcome = "Testing";
    this.#core.holdSaving(true);
    this.#core.log(2, `WIF: Connecting to AP ${ssid} as ${this.#core.network.hostname} ...`);
    this.#startedAt = this.#core.host.clock.now;
    let failure: JoinFailure = "not-associated";
    this.#timers.after("test", TEST_S, () => this.#failed(ssid, password, failure));
    const leave = this.#radio.join(
      { ssid, passphrase: password, hostname: this.#core.network.hostname },
      {
        joined: (link) => this.#succeeded(ssid, password, slot, link, leave),
        failed: (why) => {
          failure = why;
          if (why === "wrong-password" || why === "not-found" || why === "refused") {
            this.#timers.after("test", this.#remaining(), () => this.#failed(ssid, password, why));
          }
        },
        lost: () => {},
      },
    );
    this.#leave = leave;
  }

  #remaining(): number {
    return Math.max(0, FAILURE_SHOWS_S - (this.#core.host.clock.now - this.#startedAt) / 1e6);
  }

  /** WifiTest: "ssid+password" starts a test, nothing asks for its outcome. Only in the access point. */
  command(call: CommandCall): void {
    if (!this.#core.network.managerActive) return;
    const name = `WifiTest${call.userIndex ? call.index : ""}`;
    if (call.data === "") {
      call.respond(`{"WifiTest":"${this.#outcome}"}`);
      return;
    }
    if (this.busy) {
      call.respond(`{"${name}":"Busy"}`);
      return;
    }
    const plus = call.data.indexOf("+");
    const ssid = plus < 0 ? call.data : call.data.slice(0, plus);
    const password = plus < 0 ? "" : call.data.slice(plus + 1);
    this.start(ssid, password, Math.max(0, Math.min(3, call.index)) as 0 | 1 | 2 | 3);
    call.respond(`{"WifiTest${call.index}":"Testing"}`);
  }

  #succeeded(ssid: string, password: string, slot: 0 | 1 | 2 | 3, link: StationLink, leave: () => void): void {
    this.#timers.cancel("test");
    const ip = link.machine.address;
    this.#core.log(2, `WIF: SSId ${ssid}: Connected - IP Address ${ip}`);
    this.#view = { state: "succeeded", ssid, ip };
    this.#outcome = "Successful";
    this.#timeouts = 0;
    this.#core.holdSaving(false);
    if (slot !== 3) this.#save(ssid, password, slot === 2 ? 2 : 1);
    if (slot === 0) this.#core.restartFlag = RESTART_SOON;
    this.#events.succeeded(link, leave);
  }

  #failed(ssid: string, password: string, why: JoinFailure): void {
    this.#leave?.();
    this.#leave = undefined;
    this.#core.log(2, `WIF: ${FAILURES[why]}`);
    this.#view = { state: "failed", ssid };
    this.#outcome = FAILURES[why];
    this.#core.holdSaving(false);
    this.#timeouts = why === "not-associated" ? this.#timeouts + 1 : 0;
    if (this.#timeouts < TIMEOUTS_TO_SAVE) return;
    this.#timeouts = 0;
    this.#save(ssid, password, 1);
    this.#view = { state: "saved", ssid };
  }

  #save(ssid: string, password: string, slot: 1 | 2): void {
    const { settings } = this.#core;
    settings.setText(`SSID${slot}`, ssid);
    settings.setText(`Password${slot}`, password);
    settings.set("sta_active", slot - 1);
    this.#core.saveSettings();
  }
}
