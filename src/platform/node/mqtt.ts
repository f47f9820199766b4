/** MQTT 3.1.1 through the `mqtt` package, loaded when it is first used. No reconnecting behind anyone's back. */
import type { IClientOptions, MqttClient } from "mqtt";
import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import type { Clock, Mqtt, MqttConnection, MqttMessage } from "../../engine/ports.ts";
import { errnoOf } from "./file-error.ts";
import { MqttMeter } from "./mqtt-meter.ts";

interface Subscription {
  readonly filter: string;
  readonly onMessage: (message: MqttMessage) => void;
}

/** How long a broker may take to accept a connection or an acknowledgement, ms. */
const BROKER_MS = 10_000;

export function createNodeMqtt(clock: Clock): Mqtt {
  return {
    connect: async (broker) => {
      const { connect } = await import("mqtt");
      const { host, port, user, password } = broker;
      const options: IClientOptions = {
        protocol: "mqtt",
        host,
        port,
        protocolVersion: 4,
        clean: true,
        reconnectPeriod: 0,
        connectTimeout: BROKER_MS,
      };
      if (user !== undefined) options.username = user;
      if (password !== undefined) options.password = password;
      const client = connect(options);
      const meter = new MqttMeter();
      const guarded = client.stream;
      guarded.on("data", (chunk: Uint8Array) => {
        if (!meter.fits(chunk)) guarded.destroy(new Error("a message larger than any plug's"));
      });
      try {
        await connected(client);
      } catch (cause) {
        client.end(true);
        throw brokerError(`${host}:${port}`, cause);
      }
      return connection(client, `${host}:${port}`, clock);
    },
  };
}

function connected(client: MqttClient): Promise<void> {
  return new Promise((resolve, reject) => {
    client.once("connect", () => resolve());
    client.once("error", reject);
    client.once("close", () => reject(new Error("closed")));
  });
}

function connection(client: MqttClient, where: string, clock: Clock): MqttConnection {
  const subscriptions = new Set<Subscription>();
  client.on("error", () => {});
  client.on("message", (topic, payload, packet) => {
    const message: MqttMessage = { topic, payload: new Uint8Array(payload), retained: packet.retain };
    for (const { filter, onMessage } of subscriptions) if (topicMatches(filter, topic)) onMessage(message);
  });
  const acknowledged = (start: (done: (error?: Error | null) => void) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      if (!client.connected) {
        reject(brokerError(where, new Error("not connected")));
        return;
      }
      const cancel = clock.after(BROKER_MS, () => reject(brokerError(where, new Error("no acknowledgement"))));
      start((error) => {
        cancel();
        if (error instanceof Error) reject(brokerError(where, error));
        else resolve();
      });
    });
  return {
    subscribe: async (filter, onMessage) => {
      const subscription = { filter, onMessage };
      subscriptions.add(subscription);
      await acknowledged((done) => client.subscribe(filter, { qos: 1 }, (error) => done(error)));
      return async () => {
        subscriptions.delete(subscription);
        const stillWanted = [...subscriptions].some((other) => other.filter === filter);
        if (!stillWanted && client.connected)
          await acknowledged((done) => client.unsubscribe(filter, {}, (e) => done(e)));
      };
    },
    publish: (topic, payload, options) =>
      acknowledged((done) =>
        client.publish(
          topic,
          Buffer.from(payload),
          { qos: options?.qos ?? 0, retain: options?.retain ?? false },
          (error) => done(error),
        ),
      ),
    close: async () => {
      await client.endAsync();
    },
  };
}

/** MQTT 3.1.1, section 4.7: `+` is one level, `#` the rest; neither matches a first level that begins with `$`. */
export function topicMatches(filter: string, topic: string): boolean {
  const wanted = filter.split("/");
  const levels = topic.split("/");
  if (topic.startsWith("$") && (wanted[0] === "+" || wanted[0] === "#")) return false;
  for (const [index, level] of wanted.entries()) {
    if (level === "#") return true;
    if (index >= levels.length || (level !== "+" && level !== levels[index])) return false;
  }
  return wanted.length === levels.length;
}

function brokerError(where: string, cause: unknown): PlugsmithError {
  // CONNACK return codes 4 and 5 of MQTT 3.1.1, section 3.2.2.3.
  const code = cause instanceof Error ? (cause as { code?: unknown }).code : undefined;
  if (code === 4 || code === 5) {
    return new PlugsmithError("unauthorized", {
      message: say`The MQTT broker at ${where} rejected the user name or password.`,
      nextStep: say`Check the user name and password for the broker.`,
      cause,
      context: { address: where },
    });
  }
  return new PlugsmithError("network-failed", {
    message: say`The MQTT broker at ${where} does not work (${errnoOf(cause) || (cause instanceof Error ? cause.message : String(cause))}).`,
    nextStep: say`Check the broker's address, and that the broker is running.`,
    cause,
    context: { address: where },
  });
}
