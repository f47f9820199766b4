/**
 * What the device tells under its topics: to the broker where it is connected, and to the log in either case.
 * Source: Tasmota tasmota_support/support_tasmota.ino (GetTopic_P), tasmota_xdrv_driver/xdrv_02_9_mqtt.ino
 * (MqttPublishPrefixTopic_P: MQT: and RSL: lines).
 */
import type { TasmotaCore } from "../contract.ts";
import { fixedTopic, fullTopic } from "./topics.ts";

/** SetOption104. */
const NO_RETAIN = 104;

export type TopicPrefix = "stat" | "tele" | "cmnd";

export class Messages {
  readonly #core: TasmotaCore;
  #answerTopic: string | undefined;

  constructor(core: TasmotaCore) {
    this.#core = core;
  }

  /** All is published under this fixed topic while the work is done; undefined: under the device's own. */
  answering(topic: string | undefined, work: () => void): void {
    this.#answerTopic = topic;
    work();
    this.#answerTopic = undefined;
  }

  publish(prefix: TopicPrefix, subtopic: string, payload: string, retained: boolean): void {
    const core = this.#core;
    const fixed = this.#answerTopic;
    const topic = fixed === undefined ? core.topic(prefix, subtopic) : fixedTopic(prefix, fixed) + subtopic;
    this.publishAs(topic, payload, retained, false);
  }

  /** Without a broker the log tells it by the topic's last level (MqttPublishPayload). */
  publishAs(topic: string, payload: string, retained: boolean, hex: boolean): void {
    const core = this.#core;
    const keeps = retained && core.settings.option(NO_RETAIN) === 0;
    const bytes = hex ? Uint8Array.from(payload.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) : payload;
    const shown = hex ? payload.toUpperCase() : payload;
    if (core.network.mqttConnected && core.network.publish(topic, bytes, keeps)) {
      core.log(2, `MQT: ${topic} = ${shown}${keeps ? " (retained)" : ""}`);
    } else core.log(2, `RSL: ${topic.slice(topic.lastIndexOf("/") + 1)} = ${shown}`);
  }

  topic(prefix: TopicPrefix, subtopic: string, topic: string): string {
    const { settings, hostname, host } = this.#core;
    const field = `Prefix${{ cmnd: 1, stat: 2, tele: 3 }[prefix]}`;
    if (settings.text(field) === "") settings.setText(field, prefix);
    const word = { word: settings.text(field), command: prefix === "cmnd" };
    return fullTopic(settings.text("FullTopic"), word, topic, hostname, host.mac) + subtopic;
  }
}
