/**
 * STATE and SENSOR: what they say and when they are published.
 * Source: Tasmota tasmota_support/support_tasmota.ino (MqttShowState, MqttShowSensor, PerformEverySecond).
 */
import { quote } from "../command/json.ts";
import { timeField } from "../command/time-commands.ts";
import type { TasmotaCore } from "../contract.ts";
import type { Relays } from "./relays.ts";

/** Until the network is up nothing is published. */
const WAITING = 9999;
/** SetOptions: traditional sleep; retain flags of SENSOR and STATE. */
const NORMAL_SLEEP = 60;
const SENSOR_RETAIN = 9;
const STATE_RETAIN = 121;
/** Load of an idle plug in percent of its loop time. */
const IDLE_LOAD = 19;

export interface TelemetryFacts {
  /** KiB of free heap as shown. */
  readonly heap: number;
}

export class Telemetry {
  readonly #core: TasmotaCore;
  readonly #relays: Relays;
  readonly #facts: TelemetryFacts;
  #counter = WAITING;

  constructor(core: TasmotaCore, relays: Relays, facts: TelemetryFacts) {
    this.#core = core;
    this.#relays = relays;
    this.#facts = facts;
  }

  /** TelePeriod was set: due at the next second. */
  restart(): void {
    this.#counter = WAITING - 1;
  }

  dueIn(seconds: number): void {
    this.#counter = Math.max(0, this.#core.settings.get("tele_period") - seconds);
  }

  /** Seconds of the period that have passed, or that it waits for the network. */
  get counter(): number {
    return this.#counter;
  }

  set counter(counter: number) {
    this.#counter = counter;
  }

  everySecond(): void {
    const period = this.#core.settings.get("tele_period");
    const once = this.#counter === WAITING - 1;
    if (period === 0 && !once) return;
    if (this.#counter >= WAITING) {
      if (this.#core.network.station.connected) this.#counter = 0;
      return;
    }
    this.#counter++;
    if (this.#counter < period && !once) return;
    this.#counter = 0;
    this.publish();
  }

  publishState(): void {
    this.#core.publish("tele", "STATE", this.stateJson(), this.#core.settings.option(STATE_RETAIN) === 1);
  }

  publish(): void {
    const { settings } = this.#core;
    this.publishState();
    if (this.#core.meter.present) {
      this.#core.publish("tele", "SENSOR", this.sensorJson(true), settings.option(SENSOR_RETAIN) === 1);
    }
  }

  stateJson(): string {
    const { settings, time, network } = this.#core;
    const relays = Array.from({ length: this.#relays.count }, (_, i) => {
      const on = this.#relays.isOn(i + 1);
      return `"${this.#relays.name(i + 1)}":"${settings.text(on ? "StateText2" : "StateText1")}",`;
    });
    const sleepMode = settings.option(NORMAL_SLEEP) ? "Normal" : "Dynamic";
    return (
      `{${timeField(this.#core)},"Uptime":"${time.uptimeText()}","UptimeSec":${time.uptime},"Heap":${this.#facts.heap},` +
      `"SleepMode":"${sleepMode}","Sleep":${settings.get("sleep")},"LoadAvg":${IDLE_LOAD},"MqttCount":${network.mqttCount},` +
      `${relays.join("")}${this.#wifiJson()}"Hostname":"${this.#core.hostname}","IPAddress":"${network.station.ip}"}`
    );
  }

  sensorJson(tele: boolean): string {
    const energy = this.#core.meter.present ? `,"ENERGY":${this.#core.meter.sensorJson(tele)}` : "";
    return `{${timeField(this.#core)}${energy}}`;
  }

  #wifiJson(): string {
    const { settings } = this.#core;
    const { station } = this.#core.network;
    if (!station.connected) return "";
    const active = settings.get("sta_active") + 1;
    const quality = signalQuality(station.signalDbm);
    return (
      `"Wifi":{"AP":${active},"SSId":${quote(settings.text(`SSID${active}`))},"BSSId":"${station.bssid}",` +
      `"Channel":${station.channel},"Mode":"${station.mode}","RSSI":${quality},"Signal":${station.signalDbm},` +
      `"LinkCount":${station.linkCount},"Downtime":"${this.#downtime(station.downtimeSeconds)}"},`
    );
  }

  #downtime(seconds: number): string {
    const days = Math.floor(seconds / 86_400);
    return `${days}T${this.#core.time.format(seconds % 86_400).slice(11)}`;
  }
}

/** WifiGetRssiAsQuality: percent. */
export function signalQuality(dbm: number): number {
  return Math.max(0, Math.min(100, 2 * (dbm + 100)));
}
