/**
 * The plug as a Wi-Fi station: which access point it tries, how it takes failure, what it says in the log.
 * Source: tasmota_support/support_wifi.ino (WifiBegin, WifiCheckIp); log lines and pauses from recordings.
 */
import type { JoinFailure, Radio, StationLink } from "../../board/radio.ts";
import { macText } from "../../hex.ts";
import type { KeptStation, StationState, TasmotaCore } from "../contract.ts";
import { chipId, fromQuad, quad } from "./names.ts";
import type { Timers } from "./timers.ts";

/** Seconds from the start of setup() to the first attempt, and from its beginning to its line in the log. */
const FIRST_ATTEMPT_S = 0.78;
const SAID_AFTER_S = 0.35;
/** Pause after a first failure, before the other access point; and after both have failed. */
const BEFORE_OTHER_S = 0.65;
const BEFORE_AGAIN_S = 1.65;
/** The state is looked at once a second: so long after its beginning a failed attempt is noticed, and the second one. */
const NOTICED_S = 1.6;
const NOTICED_AGAIN_S = 2.6;
/** WIFI_RETRY_OFFSET_SEC, plus a number of the chip's own so that plugs do not crowd the router. */
const RETRY_OFFSET_S = 20;
const RETRY_SPREAD = 0xf;
/** So many whole periods without an access point, then a restart. */
const RESTART_AFTER_TIMEOUTS = 100;
const WIFI_ENABLED = 95;
/** WIFI_CHECK_SEC. */
const CHECK_S = 20;
/** WifiConfig values: what is done when both access points have failed. */
export const TOOL = { restart: 0, manager: 2, retry: 4, wait: 5, serial: 6, managerResetOnly: 7 } as const;

export interface StationEvents {
  connected(): void;
  lost(): void;
  /** Both access points failed; the configured tool decides what comes next. */
  exhausted(tool: number): void;
}

/** D_CONNECT_FAILED_… (language/en_GB.h). */
export const FAILURES: Readonly<Record<JoinFailure, string>> = {
  "not-found": "Connect failed as AP cannot be reached",
  "wrong-password": "Connect failed",
  "not-associated": "Connect failed with AP timeout",
  "no-address": "Connect failed as no IP address received",
  refused: "Connect failed with AP timeout",
};

export class Station {
  readonly #core: TasmotaCore;
  readonly #radio: Radio;
  readonly #timers: Timers;
  readonly #events: StationEvents;
  #link: StationLink | undefined;
  #leave: (() => void) | undefined;
  #triedOther = false;
  #timeouts = 0;
  #linkCount = 0;
  #downSince: number;
  #sinceCheck = 0;
  #downtime = 0;
  #kept: KeptStation | undefined;

  constructor(core: TasmotaCore, radio: Radio, timers: Timers, events: StationEvents) {
    this.#core = core;
    this.#radio = radio;
    this.#timers = timers;
    this.#events = events;
    this.#downSince = core.host.clock.now;
  }

  get link(): StationLink | undefined {
    return this.#link;
  }

  /** Whether there is anything to connect to. */
  get provisioned(): boolean {
    const { settings } = this.#core;
    return settings.text("SSID1") !== "" || settings.text("SSID2") !== "";
  }

  get state(): StationState {
    const { settings } = this.#core;
    const link = this.#link;
    const stored = (index: number): string => quad(settings.get("ipv4_address", index));
    return {
      connected: link !== undefined,
      ip: link?.machine.address ?? stored(0),
      gateway: stored(1),
      mask: stored(2),
      dns1: stored(3),
      dns2: stored(4),
      ssid: link?.ssid ?? "",
      bssid: link?.bssid.toUpperCase() ?? "",
      channel: link?.channel ?? 0,
      mode: this.#core.network.phyMode,
      signalDbm: link?.signal() ?? 0,
      linkCount: this.#linkCount,
      downtimeSeconds: this.#downtime,
    };
  }

  keep(): KeptStation {
    return { connected: this.#link !== undefined, linkCount: this.#linkCount, downtime: this.#downtime };
  }

  /** Before `start`: the link that it finds is the one that it had. */
  resume(kept: KeptStation): void {
    this.#linkCount = kept.linkCount;
    this.#downtime = kept.downtime;
    if (kept.connected) this.#kept = kept;
  }

  start(): void {
    this.#timers.after("station", FIRST_ATTEMPT_S, () => this.#begin());
  }

  /** What the check of the network says of itself (WifiCheckIp): each second until there is one, then each twentieth. */
  everySecond(): void {
    if (this.#core.network.configuring || !this.provisioned) return;
    const connected = this.#link !== undefined;
    if (connected && ++this.#sinceCheck < CHECK_S) return;
    this.#sinceCheck = 0;
    this.#core.log(4, "WIF: Checking connection...");
    if (!connected) this.#core.log(3, "WIF: Attempting connection...");
  }

  /** Leaves the network and tries no more. */
  disconnect(): void {
    this.#timers.cancel("station");
    this.#leave?.();
    this.#leave = undefined;
    if (this.#link === undefined) return;
    this.#link = undefined;
    this.#downSince = this.#core.host.clock.now;
    this.#events.lost();
  }

  /** Starts over with the settings as they are. */
  reconnect(): void {
    this.disconnect();
    this.#timers.after("station", BEFORE_OTHER_S, () => this.#begin());
  }

  /** A connection that the test of new credentials made becomes the station's own. */
  adopt(link: StationLink, leave: () => void): void {
    this.#timers.cancel("station");
    this.#leave = leave;
    this.#up(link, false);
  }

  #begin(): void {
    const { settings, host, network } = this.#core;
    if (!this.provisioned || settings.option(WIFI_ENABLED) === 0) return;
    let active = settings.get("sta_active") & 1;
    if (settings.text(`SSID${active + 1}`) === "") active ^= 1;
    if (active !== settings.get("sta_active")) settings.set("sta_active", active);
    const ssid = settings.text(`SSID${active + 1}`);
    const channel = settings.get("wifi_channel");
    const bssid = Uint8Array.from({ length: 6 }, (_, i) => settings.get("wifi_bssid", i));
    const known = channel === 0 ? "" : ` Channel ${channel} BSSId ${macText(bssid).toUpperCase()}`;
    const said = `WIF: Connecting to AP${active + 1} ${ssid}${known} in mode ${network.phyMode} as ${network.hostname}...`;
    this.#timers.after("connecting", SAID_AFTER_S, () => this.#core.log(2, said));
    const fixed = settings.get("ipv4_address", 0);
    const startedAt = host.clock.now;
    this.#leave?.();
    this.#leave = this.#radio.join(
      {
        ssid,
        passphrase: settings.text(`Password${active + 1}`),
        hostname: network.hostname,
        address: fixed === 0 ? undefined : quad(fixed),
      },
      {
        joined: (link) => {
          this.#core.log(2, "WIF: Connected");
          this.#up(link, true);
        },
        failed: (why) => this.#failed(why, startedAt),
        lost: () => this.#down(),
      },
    );
  }

  #up(link: StationLink, remember: boolean): void {
    const { settings, host } = this.#core;
    this.#link = link;
    this.#triedOther = false;
    this.#timeouts = 0;
    if (this.#kept === undefined) {
      this.#linkCount++;
      this.#downtime += Math.ceil((host.clock.now - this.#downSince) / 1e6);
    }
    this.#kept = undefined;
    if (remember) {
      this.#rememberLease(link);
      settings.set("wifi_channel", link.channel);
      for (const [i, pair] of link.bssid.split(":").entries()) settings.set("wifi_bssid", Number.parseInt(pair, 16), i);
    }
    this.#events.connected();
  }

  /** What DHCP gave is kept as gateway, mask and name server (WifiCheckIp). */
  #rememberLease(link: StationLink): void {
    const { settings } = this.#core;
    if (settings.get("ipv4_address", 0) !== 0) return;
    const { gateway, netmask, nameServer } = link.machine.lan;
    for (const [i, address] of [gateway, netmask, nameServer].entries()) {
      settings.set("ipv4_address", fromQuad(address), i + 1);
    }
  }

  #down(): void {
    this.#link = undefined;
    this.#downSince = this.#core.host.clock.now;
    this.#core.log(2, `WIF: ${FAILURES["not-found"]}`);
    this.#core.settings.set("wifi_channel", 0);
    this.#events.lost();
    this.#timers.after("station", BEFORE_OTHER_S, () => this.#begin());
  }

  #failed(why: JoinFailure, startedAt: number): void {
    const { settings, host } = this.#core;
    // Without a verdict the SDK keeps trying until half the period is over.
    const half = (RETRY_OFFSET_S + (chipId(host.mac) & RETRY_SPREAD)) / 2;
    const verdict = why !== "not-associated" && why !== "refused";
    const noticed = this.#triedOther ? NOTICED_AGAIN_S : NOTICED_S;
    const left = (verdict ? noticed : half) - (host.clock.now - startedAt) / 1e6;
    if (settings.get("wifi_channel") !== 0) settings.set("wifi_channel", 0);
    this.#timers.after("station", Math.max(0, left), () => this.#gaveUp(why));
  }

  #gaveUp(why: JoinFailure): void {
    const { settings } = this.#core;
    this.#core.log(2, `WIF: ${FAILURES[why]}`);
    const tool = settings.get("sta_config");
    if (!this.#triedOther && why !== "no-address") {
      this.#triedOther = true;
      if (tool !== TOOL.wait) settings.set("sta_active", settings.get("sta_active") ^ 1);
      this.#timers.after("station", BEFORE_OTHER_S, () => this.#begin());
      return;
    }
    this.#triedOther = false;
    if (++this.#timeouts >= RESTART_AFTER_TIMEOUTS) this.#core.restartFlag = 2;
    this.#timers.after("station", BEFORE_AGAIN_S, () => {
      if (tool !== TOOL.wait) settings.set("sta_active", settings.get("sta_active") ^ 1);
      this.#begin();
    });
    this.#events.exhausted(tool);
  }
}
