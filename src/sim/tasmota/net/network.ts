/**
 * The network half of the firmware model: station, access point with its manager, web server, MQTT, time, all started and
 * stopped as one. Source: support_wifi.ino, xdrv_01_9_webserver.ino, xdrv_02_9_mqtt.ino, support_rtc.ino.
 */

import type { OwnAccessPoint, Radio } from "../../board/radio.ts";
import type { Machine } from "../../world/network/lan.ts";
import type { CommandTable, KeptNetwork, NetworkPart, ScannedNetwork, StationState, TasmotaCore } from "../contract.ts";
import { HttpListener } from "../web/http-listener.ts";
import { WebServer, type WifiControl } from "../web/web-server.ts";
import { CredentialsTest } from "./credentials-test.ts";
import { type DownloadResult, download } from "./http-download.ts";
import { MqttClient } from "./mqtt-client.ts";
import { ScanCommand } from "./scan-command.ts";
import { Station, TOOL } from "./station.ts";
import { Syslog } from "./syslog.ts";
import { Timers } from "./timers.ts";

/** From setup() to the access point of a blank device, and from there to its web server. */
const MANAGER_AFTER_S = 0.25;
/** From the command that asks for another tool to the next check of the Wi-Fi: the answer still gets out. */
const TOOL_AFTER_S = 0.5;
const MANAGER_WEB_AFTER_S = 0.6;
const WEB_AFTER_S = 0.25;
/** WIFI_CONFIG_SEC: how long a summoned access point waits for somebody; every page starts it again. */
const MANAGER_S = 180;
/** How soon a changed WebServer mode takes effect: looked at once a second; off a little later (recordings). */
const WEB_MODE_S = 0.4;
const WEB_OFF_S = 1.1;
/** Without an answer the main loop stands still for a second, every five seconds, until the time is known. */
const TIME_RETRY_S = 5;
const TIME_BLOCKS_US = 1_000_000;
/** A scan that is waited for (recordings: 2.1 s). */
const SCAN_BLOCKS_US = 2_100_000;
const TIME_AGAIN_S = 3600;
const FIRST_TIME_S = 7;
const AP_CHANNEL = 1;
const OWN_ADDRESS = "192.168.4.1";
const RESTART_SOON = 2;
const DEBUG = 3;
/** From the page that tells of success to the restart, seconds: time to read the address (recording of the first boot). */
const RESTART_AFTER_SUCCESS = 5;
const WIFI_ENABLED = 95;

export function createNetwork(core: TasmotaCore): NetworkPart {
  return new PlugNetwork(core, core.host.radio);
}

class PlugNetwork implements NetworkPart {
  readonly commands: CommandTable;
  readonly #core: TasmotaCore;
  readonly #radio: Radio;
  readonly #timers: Timers;
  readonly #station: Station;
  readonly #test: CredentialsTest;
  readonly #mqtt: MqttClient;
  readonly #syslog: Syslog;
  #manager: { readonly accessPoint: OwnAccessPoint; readonly resetOnly: boolean; readonly timed: boolean } | undefined;
  #web: WebServer | undefined;
  /** Address the log told the server was active at: told once, not after every loss of the link. */
  #announced = "";
  readonly #listeners = new Map<Machine, HttpListener>();
  busyUntil = 0;
  phyMode: "11b" | "11g" | "11n" = "11n";
  #serialTool = false;
  /** The station was up when the access point was summoned. */
  #wasConnected = false;
  #cancelDownload: (() => void) | undefined;

  constructor(core: TasmotaCore, radio: Radio) {
    this.#core = core;
    this.#radio = radio;
    this.#timers = new Timers(core.host.clock);
    this.#station = new Station(core, radio, this.#timers, {
      connected: () => this.#stationUp(),
      lost: () => this.#stationDown(),
      exhausted: (tool) => {
        if (tool !== TOOL.retry && tool !== TOOL.wait) this.startWifiConfig(tool);
      },
    });
    this.#test = new CredentialsTest(core, radio, {
      succeeded: (link, leave) => this.#station.adopt(link, leave),
      failed: () => {
        this.busyUntil = core.host.clock.now + SCAN_BLOCKS_US;
      },
    });
    this.#syslog = new Syslog(core);
    this.#mqtt = new MqttClient(core, this.#timers, () => this.#machine());
    const scan = new ScanCommand(core, this.#timers);
    this.commands = {
      WiFiScan: (call) => scan.command(call),
      WiFiTest: (call) => this.#test.command(call),
    };
  }

  get station(): StationState {
    return this.#station.state;
  }

  get configuring(): boolean {
    return this.#manager !== undefined || this.#serialTool;
  }

  get managerActive(): boolean {
    return this.#manager !== undefined;
  }

  get hostname(): string {
    return this.#core.hostname;
  }

  get mqttConnected(): boolean {
    return this.#mqtt.connected;
  }

  get mqttCount(): number {
    return this.#mqtt.count;
  }

  get mqttClient(): string {
    return this.#mqtt.clientName;
  }

  get isAtRest(): boolean {
    const underWay = ["manager", "web", "web-mode", "connecting"].some((name) => this.#timers.has(name));
    const waits = this.#serialTool || this.#test.view.state === "testing";
    return !underWay && !waits && this.busyUntil <= this.#core.host.clock.now;
  }

  keep(): KeptNetwork {
    const { phyMode } = this;
    const manager = this.#manager && { resetOnly: this.#manager.resetOnly, timed: this.#manager.timed };
    return { station: this.#station.keep(), manager, phyMode, announced: this.#announced };
  }

  resume({ station, manager, phyMode, announced }: KeptNetwork): void {
    this.#announced = announced;
    this.phyMode = phyMode;
    this.#station.resume(station);
    if (manager === undefined) this.start();
    else {
      this.#mqtt.start();
      this.#openManager(manager.timed, manager.resetOnly);
      if (station.connected) this.#station.start();
    }
  }

  start(): void {
    this.#mqtt.start();
    if (this.#core.settings.option(WIFI_ENABLED) === 0) return;
    if (this.#station.provisioned) this.#station.start();
    else this.#timers.after("manager", MANAGER_AFTER_S, () => this.#openManager(false, false));
  }

  beforeRestart(): void {
    this.#mqtt.goodbye();
  }

  stop(): void {
    this.#timers.stop();
    this.#cancelDownload?.();
    this.#mqtt.networkDown();
    this.#stopWeb();
    this.#radio.silence();
  }

  publish(topic: string, payload: string | Uint8Array, retained: boolean): boolean {
    return this.#mqtt.publish(topic, payload, retained);
  }

  startWifiConfig(tool: number): void {
    if (tool === TOOL.manager || tool === TOOL.managerResetOnly) {
      if (this.#manager !== undefined) return;
      this.#timers.after("manager", TOOL_AFTER_S, () => {
        this.#wasConnected = this.#station.state.connected;
        this.#station.disconnect();
        this.#openManager(true, tool === TOOL.managerResetOnly);
      });
    } else if (tool === TOOL.serial) {
      this.#timers.after("manager", TOOL_AFTER_S, () => {
        this.#station.disconnect();
        this.#serialTool = true;
        this.#core.log(2, "WIF: Serial active for 3 minutes");
        this.#timers.after("manager-over", MANAGER_S, () => this.#restart());
      });
    } else if (tool === TOOL.restart) this.#restart();
  }

  wifiSettingsChanged(): void {
    if (this.#core.settings.option(WIFI_ENABLED) === 0) this.#station.disconnect();
    else if (!this.#station.state.connected && this.#manager === undefined) this.#station.reconnect();
  }

  webServerChanged(): void {
    const mode = this.#core.settings.get("webserver");
    this.#timers.after("web-mode", mode === 0 ? WEB_OFF_S : WEB_MODE_S, () => {
      if (mode === 0) {
        if (this.#web !== undefined) this.#core.log(2, "HTP: Web server stopped");
        this.#stopWeb();
        return;
      }
      const machine = this.#machine() ?? this.#manager?.accessPoint.machine;
      if (machine === undefined || this.#web?.mode === mode) return;
      this.#announced = "";
      this.#startWeb(machine);
    });
  }

  syslogSet(): void {
    this.#syslog.levelSet();
  }

  mqttReconnect(): void {
    this.#mqtt.reconnect();
  }

  scan(done: (networks: readonly ScannedNetwork[]) => void): void {
    this.#radio.scan((heard) => {
      done(
        heard.map(({ ssid, bssid, channel, signal, security }) => ({
          ssid,
          bssid: bssid.toUpperCase(),
          channel,
          signalDbm: signal,
          encryption: security === "open" ? "OPEN" : "WPA2/PSK",
        })),
      );
    });
  }

  download(url: string, refuse: (length: number) => string | undefined, done: (result: DownloadResult) => void): void {
    this.#cancelDownload?.();
    const order = { url, userAgent: "ESP8266-http-Update", refuse, done };
    this.#cancelDownload = download(this.#core.host.clock, this.#machine(), order);
  }

  #machine(): Machine | undefined {
    return this.#station.link?.machine;
  }

  #restart(): void {
    this.#core.restartFlag = RESTART_SOON;
  }

  #stationUp(): void {
    const machine = this.#machine()!;
    this.#timers.after("web", WEB_AFTER_S, () => {
      if (this.#core.settings.get("webserver") !== 0) this.#startWeb(machine);
      if (this.#manager === undefined) this.#mqtt.networkUp();
    });
  }

  #stationDown(): void {
    this.#mqtt.networkDown();
    this.#timers.cancel("web");
    this.#timers.cancel("time");
    if (this.#manager === undefined) this.#closeListeners();
  }

  #openManager(summoned: boolean, resetOnly: boolean): void {
    this.#core.log(2, "WIF: WifiManager active for 3 minutes");
    const station = summoned && this.#wasConnected ? " and keep Station" : "";
    this.#core.log(DEBUG, `WIF: Wifimanager set AccessPoint${station}`);
    const accessPoint = this.#radio.openAccessPoint({ ssid: this.hostname, channel: AP_CHANNEL });
    this.#manager = { accessPoint, resetOnly, timed: summoned && this.#station.provisioned };
    this.#timers.after("web", MANAGER_WEB_AFTER_S, () => this.#startWeb(accessPoint.machine));
    this.#managerTime();
  }

  /** A blank device waits forever; a summoned access point restarts the device when nobody came. */
  #managerTime(): void {
    if (this.#manager?.timed !== true) return;
    this.#timers.after("manager-over", MANAGER_S, () => this.#restart());
  }

  #startWeb(machine: Machine): void {
    const { settings, host, build } = this.#core;
    const mode = settings.get("webserver");
    if (mode === 0 && this.#manager === undefined) return;
    if (this.#web === undefined) {
      this.#web = new WebServer(this.#core, this.#control(), mode);
      if (!this.#station.provisioned) this.#core.log(DEBUG, "HTP: Blank Device - Initial Configuration");
    }
    this.#web.mode = mode;
    const address = machine === this.#manager?.accessPoint.machine ? OWN_ADDRESS : machine.address;
    // Beside the access point the server answers on the station's side too, without a word.
    const reported = this.#announced === address;
    if (!reported && (this.#manager === undefined || address === OWN_ADDRESS)) {
      this.#announced = address;
      this.#core.log(2, `HTP: Web server active on ${this.hostname} with IP address ${address}`);
    }
    if (this.#listeners.has(machine)) return;
    this.#listeners.set(
      machine,
      new HttpListener(machine, {
        clock: host.clock,
        turnUs: () => Math.max(1, settings.get("sleep")) * 1000,
        busyUntil: () => this.busyUntil,
        server: `Tasmota/${build.number} (${host.chipName})`,
        handle: (request, reply) => this.#web?.handle(request, reply),
      }),
    );
  }

  #stopWeb(): void {
    this.#closeListeners();
    this.#web = undefined;
    this.#announced = "";
  }

  #closeListeners(): void {
    for (const listener of this.#listeners.values()) listener.stop();
    this.#listeners.clear();
  }

  #control(): WifiControl {
    const test = this.#test;
    const resetOnly = (): boolean => this.#manager?.resetOnly ?? false;
    return {
      scan: (done) => this.scan(done),
      get test() {
        return test.view;
      },
      startTest: (ssid, password) => test.start(ssid, password),
      outcomeSeen: () => {
        test.seen();
        this.#core.restartFlag = RESTART_AFTER_SUCCESS;
      },
      pageViewed: () => this.#managerTime(),
      get resetOnly() {
        return resetOnly();
      },
    };
  }

  /** Looks for the time at every fifth second until it is known; without an answer that takes a second each time. */
  everySecond(): void {
    this.#test.everySecond();
    this.#syslog.everySecond(this.#machine());
    this.#station.everySecond();
    this.#mqtt.everySecond();
    const { time, host } = this.#core;
    if (time.valid || time.uptime < FIRST_TIME_S || time.uptime % TIME_RETRY_S !== FIRST_TIME_S % TIME_RETRY_S) return;
    if (this.#machine() === undefined) return;
    this.busyUntil = host.clock.now + TIME_BLOCKS_US;
    this.#askTime();
  }

  #askTime(): void {
    const machine = this.#machine();
    if (machine === undefined) return;
    machine.askTime((utcMs) => {
      this.busyUntil = Math.min(this.busyUntil, this.#core.host.clock.now);
      if (utcMs === undefined) return;
      this.#core.time.setUtc(Math.floor(utcMs / 1000));
      this.#timers.after("time", TIME_AGAIN_S, () => this.#askTime());
    });
  }
}
