/**
 * The plug's MQTT: when it connects, what it says first, what it listens to, how it retries.
 * Source: xdrv_02_9_mqtt.ino (MqttReconnect, MqttConnected, MqttDataHandler); recordings.
 */
import type { Machine } from "../../world/network/lan.ts";
import type { LogLevel, TasmotaCore } from "../contract.ts";
import { fixedTopic, patternWithMac } from "../device/topics.ts";
import { clearDiscovery, publishDiscovery } from "./discovery.ts";
import { MqttLink } from "./mqtt-link.ts";
import type { Timers } from "./timers.ts";

/** From the web server's start to the first attempt. */
const FIRST_ATTEMPT_S = 1;
/** From a lost connection to the next attempt. */
const RECONNECT_S = 0.25;
/** The pause between attempts grows by MqttRetry up to this. */
const LONGEST_PAUSE_S = 120;
const TELEMETRY_AFTER_S = 5;
const DISCOVERY_AFTER_S = 9.2;
/** SetOption3: MQTT on. SetOption90: no plain POWER. SetOption104: nothing retained. SetOption19: discovery off. */
const MQTT_ENABLED = 3;
const ONLY_JSON = 90;
const NO_RETAIN = 104;
const NO_DISCOVERY = 19;
/** SetOption75: fixed group topics. SetOption122: InfoRetain. */
const GROUP_FIXED = 75;
const INFO_RETAIN = 122;
const WEB_MODES: readonly string[] = ["", "User", "Admin"];

export class MqttClient {
  readonly #core: TasmotaCore;
  readonly #timers: Timers;
  readonly #machine: () => Machine | undefined;
  #link: MqttLink | undefined;
  #connected = false;
  #count = 0;
  #client = "";
  #retryFactor = 1;
  #introduced = false;
  #fallbackTopic = "";
  #discoveryOff = false;
  #logFrom = 1;

  constructor(core: TasmotaCore, timers: Timers, machine: () => Machine | undefined) {
    this.#core = core;
    this.#timers = timers;
    this.#machine = machine;
  }

  get connected(): boolean {
    return this.#connected;
  }

  get count(): number {
    return this.#count;
  }

  get clientName(): string {
    return this.#client;
  }

  /** The driver switches discovery on at every boot, whatever was set (xdrv_12_discovery.ino). */
  start(): void {
    this.#core.settings.setOption(NO_DISCOVERY, 0);
  }

  /** The network is there. */
  networkUp(): void {
    this.#timers.after("mqtt", FIRST_ATTEMPT_S, () => this.#attempt());
  }

  networkDown(): void {
    this.#timers.cancel("mqtt");
    this.#link?.drop();
    this.#link = undefined;
    this.#connected = false;
  }

  /** Settings changed: leave and come back. */
  reconnect(): void {
    this.goodbye();
    this.#retryFactor = 1;
    if (this.#machine() !== undefined) this.#timers.after("mqtt", RECONNECT_S, () => this.#attempt());
  }

  /** Tells the broker that the device leaves, so that the will is not needed. */
  goodbye(): void {
    if (this.#connected) this.#link!.publish(this.#willTopic(), "Offline", this.#retainAllowed());
    this.#link?.disconnect();
    this.#link = undefined;
    this.#connected = false;
    this.#timers.cancel("mqtt");
  }

  publish(topic: string, payload: string | Uint8Array, retained: boolean): boolean {
    if (!this.#connected) return false;
    this.#link!.publish(topic, payload, retained && this.#retainAllowed());
    return true;
  }

  #retainAllowed(): boolean {
    return this.#core.settings.option(NO_RETAIN) === 0;
  }

  #willTopic(): string {
    return this.#core.topic("tele", "LWT");
  }

  #allowed(): boolean {
    const { settings, restartFlag } = this.#core;
    return settings.option(MQTT_ENABLED) === 1 && settings.text("MqttHost") !== "" && restartFlag === 0;
  }

  #attempt(): void {
    const machine = this.#machine();
    if (machine === undefined) return;
    const { settings, host } = this.#core;
    this.#client = patternWithMac(settings.text("MqttClient"), host.mac);
    this.#fallbackTopic = `cmnd/${this.#client}_fb/`;
    if (!this.#allowed()) {
      this.#introduce();
      return;
    }
    this.#core.log(2, "MQT: Attempting connection...");
    const user = settings.text("MqttUser");
    const password = settings.text("MqttPassword");
    const will = {
      topic: this.#willTopic(),
      payload: new TextEncoder().encode("Offline"),
      qos: 1,
      retain: true,
    } as const;
    this.#link = new MqttLink(
      host.clock,
      machine,
      {
        host: settings.text("MqttHost"),
        port: settings.get("mqtt_port"),
        timeoutS: settings.get("mqtt_socket_timeout"),
        connect: {
          type: "connect",
          clientId: this.#client,
          keepAlive: settings.get("mqtt_keepalive"),
          clean: true,
          will: { ...will, retain: this.#retainAllowed() },
          user: user === "" ? undefined : user,
          password: user === "" || password === "" ? undefined : password,
        },
      },
      {
        up: () => this.#up(),
        down: (rc) => this.#down(rc),
        message: (topic, payload) => this.#message(topic, payload),
      },
    );
  }

  #up(): void {
    const { settings } = this.#core;
    this.#core.log(2, "MQT: Connected");
    this.#connected = true;
    this.#retryFactor = 1;
    this.#count++;
    this.#core.publish("tele", "LWT", "Online", true);
    if (settings.option(ONLY_JSON) === 0) this.#core.publish("cmnd", "POWER", "");
    this.#subscribe(this.#core.topic("cmnd", ""));
    if (settings.text("FullTopic").includes("%topic%")) {
      for (const name of ["GroupTopic1", "GroupTopic2", "GroupTopic3", "GroupTopic4"]) {
        const group = settings.text(name);
        if (group !== "") this.#subscribe(this.#groupTopic(group));
      }
      this.#subscribe(this.#fallbackTopic);
    }
    this.#introduce();
    this.#timers.after("discovery", DISCOVERY_AFTER_S, () => this.#discover());
  }

  /** SetOption75: fixed, instead of in the place of the device's own topic. */
  #groupTopic(group: string): string {
    const core = this.#core;
    return core.settings.option(GROUP_FIXED) === 1 ? fixedTopic("cmnd", group) : core.topic("cmnd", "", group);
  }

  #subscribe(topic: string): void {
    this.#core.log(3, `MQT: Subscribe to ${topic}#`);
    this.#link!.subscribe(`${topic}#`);
  }

  /** The log's lines since the last time, each a message of its own that the log does not tell of (MqttPublishLoggingAsync). */
  #publishLog(): void {
    const { settings, webLog } = this.#core;
    const level = settings.get("mqttlog_level");
    if (level === 0 || !this.#connected) return;
    const topic = this.#core.topic("stat", "LOGGING");
    for (const line of webLog.since(this.#logFrom, level as LogLevel)) this.#link!.publish(topic, line, false);
    this.#logFrom = webLog.next;
  }

  /** Looks once a second whether SetOption19 was changed: then what is retained at the broker follows. */
  everySecond(): void {
    this.#publishLog();
    const off = this.#core.settings.option(NO_DISCOVERY) === 1;
    if (off === this.#discoveryOff) return;
    this.#discoveryOff = off;
    this.#discover();
  }

  #discover(): void {
    if (!this.#connected) return;
    if (this.#discoveryOff) clearDiscovery(this.#core, this);
    else publishDiscovery(this.#core, this);
  }

  #down(rc: number): void {
    const wasUp = this.#connected;
    this.#connected = false;
    this.#link = undefined;
    this.#timers.cancel("discovery");
    if (wasUp) {
      this.#timers.after("mqtt", RECONNECT_S, () => this.#attempt());
      return;
    }
    const { settings } = this.#core;
    const pause = settings.get("mqtt_retry") * this.#retryFactor;
    if (pause < LONGEST_PAUSE_S) this.#retryFactor++;
    const broker = `${settings.text("MqttHost")}:${settings.get("mqtt_port")}`;
    this.#core.log(2, `MQT: Connect failed to ${broker}, rc ${rc}. Retry in ${pause} sec`);
    this.#timers.after("mqtt", pause, () => this.#attempt());
  }

  /** Once per boot, with or without a broker. */
  #introduce(): void {
    if (this.#introduced) return;
    this.#introduced = true;
    const core = this.#core;
    const { settings, network } = core;
    const group = this.#groupTopic(settings.text("GroupTopic1"));
    const retained = settings.option(INFO_RETAIN) === 1;
    const text = JSON.stringify;
    core.publish(
      "tele",
      "INFO1",
      `{"Info1":{"Module":${text(core.moduleName)},"Version":"${core.build.version}",` +
        `"FallbackTopic":"${this.#fallbackTopic}","GroupTopic":"${group}"}}`,
      retained,
    );
    const mode = WEB_MODES[settings.get("webserver")] ?? "";
    const { ip } = network.station;
    const info2 = `{"Info2":{"WebServerMode":"${mode}","Hostname":"${network.hostname}","IPAddress":"${ip}"}}`;
    if (mode !== "") core.publish("tele", "INFO2", info2, retained);
    core.publish(
      "tele",
      "INFO3",
      `{"Info3":{"RestartReason":${text(core.restartReason)},"BootCount":${core.bootCount}}}`,
      retained,
    );
    core.publishPower();
    core.teleIn(TELEMETRY_AFTER_S);
  }

  #message(topic: string, payload: Uint8Array): void {
    const core = this.#core;
    const own = core.topic("cmnd", "");
    const groups = ["GroupTopic1", "GroupTopic2", "GroupTopic3", "GroupTopic4"]
      .map((name) => core.settings.text(name))
      .filter((group) => group !== "")
      .map((group) => this.#groupTopic(group));
    const prefix = [own, this.#fallbackTopic, ...groups].find((start) => topic.startsWith(start));
    if (prefix === undefined) return;
    const command = topic.slice(prefix.length);
    const data = new TextDecoder().decode(payload);
    const options = { groupTopic: groups.includes(prefix), fallbackTopic: prefix === this.#fallbackTopic };
    core.execute(data === "" ? command : `${command} ${data}`, "mqtt", options);
  }
}
