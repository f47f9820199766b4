/**
 * A small MQTT broker on the virtual network: retained messages, wills, QoS 0 and 1, users. Programs on the computer
 * reach it through the engine's Mqtt port, plugs through bytes.
 */

import { PlugsmithError } from "../../../core/errors.ts";
import { say } from "../../../core/text/text.ts";
import type { Mqtt, MqttConnection, MqttMessage } from "../../../engine/ports.ts";
import type { SimClock } from "../clock.ts";
import type { HttpHost } from "./http-client.ts";
import type { Lan, Machine } from "./lan.ts";
import { type Connect, encodeMqtt, MqttDecoder, type MqttPacket, topicMatches } from "./mqtt-codec.ts";
import type { Stream } from "./stream.ts";

export interface BrokerOptions {
  /** Default "broker". */
  readonly name?: string;
  readonly address?: string;
  /** The computer it runs on, where that is on the network already. */
  readonly machine?: Machine;
  /** Default 1883. */
  readonly port?: number;
  /** User names and passwords. Absent: everybody is let in. */
  readonly users?: Readonly<Record<string, string>> | undefined;
}

interface Subscriber {
  readonly filters: Set<string>;
  deliver(message: MqttMessage, retainedNow: boolean): void;
}

/** CONNACK codes, section 3.2.2.3. For wrong credentials mosquitto, too, says "not authorized" (5), not 4. */
const ACCEPTED = 0;
const NOT_AUTHORISED = 5;
const HOST_LATENCY_US = 3000;

export class VirtualBroker {
  readonly machine: Machine;
  readonly port: number;
  readonly #clock: SimClock;
  readonly #users: Readonly<Record<string, string>> | undefined;
  readonly #retained = new Map<string, MqttMessage>();
  readonly #subscribers = new Set<Subscriber>();
  readonly #sessions = new Map<string, () => void>();
  readonly #log: MqttMessage[] = [];
  readonly #unlisten: () => void;

  constructor(clock: SimClock, lan: Lan, options: BrokerOptions = {}) {
    this.#clock = clock;
    this.port = options.port ?? 1883;
    this.#users = options.users;
    const { name = "broker", address } = options;
    this.machine = options.machine ?? lan.join({ name, address });
    this.#unlisten = this.machine.listen(this.port, (stream) => this.#serve(stream));
  }

  /** The program ends; its computer stays and refuses. Connections are closed. */
  stop(): void {
    this.#unlisten();
    for (const end of this.#sessions.values()) end();
  }

  /** Every message that was published, in order. */
  get published(): readonly MqttMessage[] {
    return this.#log;
  }

  retained(topic: string): Uint8Array | undefined {
    return this.#retained.get(topic)?.payload;
  }

  /** @returns the CONNACK code. */
  admit(user: string | undefined, password: string | undefined): number {
    if (this.#users === undefined) return ACCEPTED;
    const known = user !== undefined && Object.hasOwn(this.#users, user) && this.#users[user] === password;
    return known ? ACCEPTED : NOT_AUTHORISED;
  }

  publish(topic: string, payload: Uint8Array, retain: boolean): void {
    const message: MqttMessage = { topic, payload, retained: retain };
    this.#log.push(message);
    if (retain && payload.length === 0) this.#retained.delete(topic);
    else if (retain) this.#retained.set(topic, message);
    for (const subscriber of [...this.#subscribers]) {
      if ([...subscriber.filters].some((filter) => topicMatches(filter, topic))) subscriber.deliver(message, false);
    }
  }

  attach(subscriber: Subscriber): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  subscribe(subscriber: Subscriber, filter: string): void {
    subscriber.filters.add(filter);
    for (const message of this.#retained.values()) {
      if (topicMatches(filter, message.topic)) subscriber.deliver(message, true);
    }
  }

  #serve(stream: Stream): void {
    const decoder = new MqttDecoder();
    let session: Session | undefined;
    const end = (): void => {
      session?.over(true);
      stream.reset();
    };
    stream.listen({
      data: (bytes) => {
        let packets: MqttPacket[];
        try {
          packets = decoder.push(bytes);
        } catch {
          return end();
        }
        for (const packet of packets) {
          if (session === undefined) {
            if (packet.type !== "connect") return end();
            session = this.#welcome(stream, packet);
            if (session === undefined) return;
          } else session.take(packet);
        }
      },
      end: () => {
        session?.over(true);
        stream.end();
      },
      closed: () => session?.over(true),
    });
  }

  #welcome(stream: Stream, connect: Connect): Session | undefined {
    const code = this.admit(connect.user, connect.password);
    stream.write(encodeMqtt({ type: "connack", code }));
    if (code !== ACCEPTED) {
      stream.end();
      return undefined;
    }
    this.#sessions.get(connect.clientId)?.();
    const session = new Session(this.#clock, this, stream, connect);
    this.#sessions.set(connect.clientId, () => session.over(true));
    return session;
  }
}

/** One connected plug. */
class Session implements Subscriber {
  readonly filters = new Set<string>();
  readonly #clock: SimClock;
  readonly #broker: VirtualBroker;
  readonly #stream: Stream;
  readonly #connect: Connect;
  readonly #detach: () => void;
  #watchdog: (() => void) | undefined;
  #over = false;

  constructor(clock: SimClock, broker: VirtualBroker, stream: Stream, connect: Connect) {
    this.#clock = clock;
    this.#broker = broker;
    this.#stream = stream;
    this.#connect = connect;
    this.#detach = broker.attach(this);
    this.#heard();
  }

  deliver(message: MqttMessage, retainedNow: boolean): void {
    const { topic, payload } = message;
    this.#stream.write(encodeMqtt({ type: "publish", topic, payload, qos: 0, retain: retainedNow }));
  }

  take(packet: MqttPacket): void {
    this.#heard();
    switch (packet.type) {
      case "publish":
        if (packet.id !== undefined) this.#stream.write(encodeMqtt({ type: "puback", id: packet.id }));
        this.#broker.publish(packet.topic, packet.payload, packet.retain);
        return;
      case "subscribe":
        this.#stream.write(encodeMqtt({ type: "suback", id: packet.id, granted: packet.filters.map((f) => f.qos) }));
        for (const filter of packet.filters) this.#broker.subscribe(this, filter.topic);
        return;
      case "unsubscribe":
        for (const filter of packet.filters) this.filters.delete(filter);
        this.#stream.write(encodeMqtt({ type: "unsuback", id: packet.id }));
        return;
      case "pingreq":
        this.#stream.write(encodeMqtt({ type: "pingresp" }));
        return;
      case "disconnect":
        this.over(false);
        this.#stream.end();
        return;
      default:
        return;
    }
  }

  /** Ends the session; `abrupt` publishes the will. */
  over(abrupt: boolean): void {
    if (this.#over) return;
    this.#over = true;
    this.#watchdog?.();
    this.#detach();
    const will = this.#connect.will;
    if (abrupt) {
      this.#stream.reset();
      if (will !== undefined) this.#broker.publish(will.topic, will.payload, will.retain);
    }
  }

  /** A client silent for one and a half keep-alive times is gone (section 3.1.2.10). */
  #heard(): void {
    this.#watchdog?.();
    if (this.#connect.keepAlive === 0) return;
    this.#watchdog = this.#clock.at(this.#clock.now + this.#connect.keepAlive * 1.5e6, () => this.over(true));
  }
}

/** The engine's Mqtt port, for a program on `computer` and the broker it may reach. */
export function simMqtt(clock: SimClock, computer: HttpHost, broker: VirtualBroker): Mqtt {
  const later = <T>(work: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      clock.hostAt(clock.now + HOST_LATENCY_US, () => {
        try {
          resolve(work());
        } catch (error) {
          reject(error);
        }
      });
    });
  return {
    connect: async ({ host, port, user, password }) => {
      const nic = computer.interfaceFor(host);
      const address = await new Promise<string | undefined>((resolve) => {
        if (nic === undefined) resolve(undefined);
        else nic.resolve(host, resolve);
      });
      return later(() => {
        if (address !== broker.machine.address || port !== broker.port || !broker.machine.alive()) {
          throw new PlugsmithError("network-failed", { message: say`no MQTT broker at ${host}:${port}` });
        }
        if (broker.admit(user, password) !== ACCEPTED) {
          throw new PlugsmithError("unauthorized", { message: say`the MQTT broker refuses this user` });
        }
        return new PortConnection(clock, broker, later);
      });
    },
  };
}

class PortConnection implements MqttConnection {
  readonly #clock: SimClock;
  readonly #broker: VirtualBroker;
  readonly #later: <T>(work: () => T) => Promise<T>;
  readonly #detachAll = new Set<() => void>();

  constructor(clock: SimClock, broker: VirtualBroker, later: <T>(work: () => T) => Promise<T>) {
    this.#clock = clock;
    this.#broker = broker;
    this.#later = later;
  }

  subscribe(filter: string, onMessage: (message: MqttMessage) => void): Promise<() => Promise<void>> {
    return this.#later(() => {
      const subscriber: Subscriber = {
        filters: new Set(),
        deliver: ({ topic, payload }, retainedNow) => {
          this.#clock.hostAt(this.#clock.now + HOST_LATENCY_US, () => {
            if (this.#detachAll.has(detach)) onMessage({ topic, payload, retained: retainedNow });
          });
        },
      };
      const detach = this.#broker.attach(subscriber);
      this.#detachAll.add(detach);
      this.#broker.subscribe(subscriber, filter);
      return () =>
        this.#later(() => {
          detach();
          this.#detachAll.delete(detach);
        });
    });
  }

  publish(topic: string, payload: Uint8Array, options: { retain?: boolean; qos?: 0 | 1 } = {}): Promise<void> {
    return this.#later(() => this.#broker.publish(topic, payload, options.retain ?? false));
  }

  close(): Promise<void> {
    return this.#later(() => {
      for (const detach of this.#detachAll) detach();
      this.#detachAll.clear();
    });
  }
}
