/**
 * Commands over MQTT: cmnd/<topic>/<Command>, answers on stat/<topic>/…. FullTopic and prefixes as a blank plug has
 * them, unless told otherwise.
 * Source: Tasmota tasmota/tasmota_xdrv_driver/xdrv_02_9_mqtt.ino.
 */
import type { Answer } from "../../core/tasmota/answer.ts";
import { answers, type Command, checkLength } from "../../core/tasmota/command.ts";
import type { PlugEvent } from "../../core/tasmota/plug-event.ts";
import { readAnswer } from "../../core/tasmota/read-answer.ts";
import { say } from "../../core/text/text.ts";
import type { Clock, MqttConnection, MqttMessage } from "../ports.ts";
import { type Attempt, attemptCommand, Mutex, type SendOptions, type TasmotaClient, waitFor } from "./client.ts";

const ANSWER_MS = 5000;

export interface MqttClientOptions {
  readonly connection: MqttConnection;
  readonly clock: Clock;
  /** The plug's topic, patterns resolved: "tasmota_3D5E26". */
  readonly topic: string;
  /** Default "%prefix%/%topic%/". */
  readonly fullTopic?: string;
  /** Prefixes 1 to 3. Default cmnd, stat, tele. */
  readonly prefixes?: readonly [command: string, status: string, telemetry: string];
}

export class MqttClient implements TasmotaClient {
  readonly transport = "mqtt";
  readonly where: string;
  readonly #options: MqttClientOptions;
  readonly #mutex = new Mutex();
  readonly #listeners = new Set<(message: MqttMessage) => void>();
  #unsubscribe: (() => Promise<void>)[] = [];

  private constructor(options: MqttClientOptions) {
    this.#options = options;
    this.where = options.topic;
  }

  static async open(options: MqttClientOptions): Promise<MqttClient> {
    const client = new MqttClient(options);
    for (const prefix of [1, 2] as const) {
      const end = await options.connection.subscribe(`${client.#topic(prefix)}#`, (message) => {
        for (const listener of [...client.#listeners]) listener(message);
      });
      client.#unsubscribe.push(end);
    }
    return client;
  }

  send(command: Command, options: SendOptions = {}): Promise<Answer> {
    const { clock } = this.#options;
    return this.#mutex.run(() =>
      attemptCommand(clock, this.transport, this.where, command, () => this.#attempt(command, options), options.signal),
    );
  }

  sendWithoutReply(command: Command): Promise<void> {
    checkLength(command, this.transport);
    return this.#mutex.run(() => this.#publish(command));
  }

  /** The last will and its opposite are reported as "restarting" and "started" where versions are known. */
  listen(listener: (event: PlugEvent) => void): () => void {
    const onMessage = (message: MqttMessage): void => {
      if (message.retained) return;
      const text = new TextDecoder().decode(message.payload);
      if (message.topic.endsWith("/LWT"))
        listener(text === "Offline" ? { type: "restarting" } : { type: "wifi-connected" });
      else if (message.topic.endsWith("/UPGRADE")) listener({ type: "upgrade", text });
    };
    this.#listeners.add(onMessage);
    return () => this.#listeners.delete(onMessage);
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    const ends = this.#unsubscribe;
    this.#unsubscribe = [];
    for (const end of ends) await end();
  }

  #topic(prefix: 0 | 1 | 2): string {
    const { prefixes = ["cmnd", "stat", "tele"], fullTopic = "%prefix%/%topic%/", topic } = this.#options;
    const full = fullTopic.replaceAll("%prefix%", prefixes[prefix]).replaceAll("%topic%", topic);
    return full.endsWith("/") ? full : `${full}/`;
  }

  #publish(command: Command): Promise<void> {
    const payload = new TextEncoder().encode(command.argument ?? "");
    return this.#options.connection.publish(`${this.#topic(0)}${command.name}`, payload);
  }

  async #attempt(command: Command, options: SendOptions): Promise<Attempt> {
    const answer = waitFor<Answer>(
      this.#options.clock,
      options.timeoutMs ?? ANSWER_MS,
      (found) => {
        const onMessage = (message: MqttMessage): void => {
          if (message.retained || !message.topic.startsWith(this.#topic(1))) return;
          const text = new TextDecoder().decode(message.payload);
          const read = readAnswer(text);
          if (read !== undefined && answers(command, read)) found(read);
        };
        this.#listeners.add(onMessage);
        return () => this.#listeners.delete(onMessage);
      },
      options.signal,
    );
    answer.catch(() => undefined);
    await this.#publish(command);
    const found = await answer;
    return found === undefined
      ? { kind: "silent", reason: say`no answer on its MQTT topics` }
      : { kind: "answer", answer: found };
  }
}
