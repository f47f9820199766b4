/**
 * The test of new credentials in the access point: tried for nine seconds while the access point stays up. They are in
 * the settings from the start, but nothing is saved until they work; after a failure they stay there, unsaved.
 * Source: xdrv_01_9_webserver.ino (HandleWifiConfiguration, Xdrv01 FUNC_EVERY_SECOND), support_command.ino
 * (CmndWifiTest); pages and log lines from recordings.
 */
import type { JoinFailure, Radio, StationLink } from "../../board/radio.ts";
import type { CommandCall, TasmotaCore } from "../contract.ts";
import type { WifiTestView } from "../web/pages/wifi.ts";
import { FAILURES, TOOL } from "./station.ts";

/** wifi_test_counter: looked at so many times, once a second. */
const LOOKS = 9;
const RESTART_SOON = 2;
/** Where a test's credentials go (the index of WifiTest): 0 to the first place, then a restart; 3 nowhere. */
const RESTARTING = 0;
const SECOND_PLACE = 2;
const NOWHERE = 3;

type Phase = "not-started" | "testing" | "finished" | "failed";

export interface TestEvents {
  /** The credentials work; the connection stays. */
  succeeded(link: StationLink, leave: () => void): void;
  /** A failure scans once more, during which the main loop stands still. */
  failed(): void;
}

export class CredentialsTest {
  readonly #core: TasmotaCore;
  readonly #radio: Radio;
  readonly #events: TestEvents;
  #phase: Phase = "not-started";
  #looksLeft = 0;
  /** wifi_test_AP_TIMEOUT: only another outcome than a time-out clears it. */
  #timedOut = false;
  /** Both stay as the last WifiTest left them, for the page's tests too. */
  #restartAfter = false;
  #secondPlace = false;
  /** What WifiConfig was before the first test. */
  #toolBefore: number | undefined;
  #verdict: JoinFailure = "not-associated";
  #leave: (() => void) | undefined;

  constructor(core: TasmotaCore, radio: Radio, events: TestEvents) {
    this.#core = core;
    this.#radio = radio;
    this.#events = events;
  }

  get view(): WifiTestView {
    if (this.#phase === "not-started") return { state: "idle" };
    if (this.#phase !== "finished") return { state: this.#phase };
    return this.#timedOut ? { state: "saved" } : { state: "succeeded", ip: this.#core.network.station.ip };
  }

  /** The page that tells the outcome is shown once. */
  seen(): void {
    this.#phase = "not-started";
  }

  /** As the access point's form starts it: to the first place. */
  start(ssid: string, password: string): void {
    this.#prepare();
    this.#store(1, ssid, password);
    const { settings } = this.#core;
    this.#try(settings.text("SSID1"), settings.text("Password1"));
  }

  /** WifiTest: "ssid+password" starts a test, nothing asks for its outcome. An error outside the access point. */
  command(call: CommandCall): void {
    if (!this.#core.network.managerActive) return;
    const { key, index, data } = call;
    if (data === "") {
      call.respond(`{"${key}":"${this.#answer()}"}`);
      return;
    }
    if (this.#phase === "testing") {
      call.respond(`{"${key}":"Busy"}`);
      return;
    }
    const [ssid, password] = data.split("+").map((part) => part.trim());
    if (ssid === undefined || password === undefined) return;
    call.respond(`{"${key}${index}":"Testing"}`);
    this.#restartAfter = index === RESTARTING;
    this.#secondPlace = index === SECOND_PLACE;
    this.#prepare();
    if (index !== NOWHERE) this.#store(this.#secondPlace ? 2 : 1, ssid, password);
    this.#try(ssid, password);
  }

  /** A look at how it stands (FUNC_EVERY_SECOND). Success is not waited for here: where the second ends is chance. */
  everySecond(): void {
    if (this.#looksLeft === 0) return;
    this.#looksLeft--;
    const core = this.#core;
    core.log(3, `WIF: Trying to connect device to network ${core.settings.text("SSID1")}`);
    if (this.#looksLeft === 0) this.#fail();
  }

  /** What the failure was is gone by now: the scan it ended with has left the network, so that the status is idle. */
  #answer(): string {
    switch (this.#phase) {
      case "testing":
        return "Testing";
      case "not-started":
        return "Not Started";
      case "finished":
        return this.#timedOut ? FAILURES["not-associated"] : "Successful";
      case "failed":
        return FAILURES[this.#verdict === "no-address" ? "no-address" : "not-associated"];
    }
  }

  #prepare(): void {
    const core = this.#core;
    if (this.#phase === "not-started") {
      this.#toolBefore ??= core.settings.get("sta_config");
      core.settings.set("sta_config", TOOL.manager);
    }
    core.holdSaving(true);
    core.restartFlag = 0;
    this.#phase = "testing";
    this.#looksLeft = LOOKS;
  }

  #store(place: 1 | 2, ssid: string, password: string): void {
    const { settings } = this.#core;
    settings.setText(`SSID${place}`, ssid);
    settings.setText(`Password${place}`, password);
  }

  #try(ssid: string, passphrase: string): void {
    const core = this.#core;
    const { hostname } = core.network;
    core.log(2, `WIF: Connecting to AP ${ssid} as ${hostname} ...`);
    this.#leave?.();
    this.#verdict = "not-associated";
    this.#leave = this.#radio.join(
      { ssid, passphrase, hostname },
      {
        joined: (link) => this.#succeed(link),
        failed: (why) => {
          this.#verdict = why;
        },
        lost: () => {},
      },
    );
  }

  /** The SSID in the log is that of the place the last WifiTest meant, whether or not it was stored there. */
  #reported(outcome: string): void {
    const ssid = this.#core.settings.text(this.#secondPlace ? "SSID2" : "SSID1");
    this.#core.log(2, `WIF: SSId ${ssid}: ${outcome}`);
  }

  #succeed(link: StationLink): void {
    const core = this.#core;
    this.#timedOut = false;
    this.#looksLeft = 0;
    this.#phase = "finished";
    this.#reported(`Connected - IP Address ${link.machine.address}`);
    this.#save();
    if (this.#restartAfter) core.restartFlag = RESTART_SOON;
    const leave = this.#leave!;
    this.#leave = undefined;
    this.#events.succeeded(link, leave);
  }

  #fail(): void {
    this.#phase = "failed";
    this.#core.log(2, `WIF: ${FAILURES[this.#verdict]}`);
    const timedOut = FAILURES[this.#verdict] === FAILURES["not-associated"];
    if (timedOut && this.#timedOut) {
      // An access point that speaks 11n only never answers one that has its own open: the owner may know better.
      this.#phase = "finished";
      this.#reported("Attempting connection...");
      this.#save();
    }
    this.#timedOut = timedOut;
    if (this.#verdict !== "no-address") {
      this.#leave?.();
      this.#leave = undefined;
    }
    this.#events.failed();
  }

  #save(): void {
    const core = this.#core;
    if (this.#toolBefore !== undefined) core.settings.set("sta_config", this.#toolBefore);
    core.holdSaving(false);
    core.saveSettings();
  }
}
