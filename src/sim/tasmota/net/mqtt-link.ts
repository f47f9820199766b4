/**
 * One MQTT connection of the plug: packets over a stream, keep-alive, will. Knows nothing of topics' meaning.
 * Source: Tasmota's PubSubClient (lib/default/pubsubclient); state numbers as it reports them (rc).
 */
import type { SimClock } from "../../world/clock.ts";
import type { Machine } from "../../world/network/lan.ts";
import { type Connect, encodeMqtt, MqttDecoder, type MqttPacket } from "../../world/network/mqtt-codec.ts";
import type { Stream } from "../../world/network/stream.ts";

/** PubSubClient.h: what "rc" in the log means. 1 … 5 are the broker's own codes. */
export const RC = { dns: -5, timeout: -4, lost: -3, connectFailed: -2 } as const;

export interface LinkTarget {
  readonly host: string;
  readonly port: number;
  readonly connect: Connect;
  /** MqttTimeout, s: for the broker's answer to CONNECT. */
  readonly timeoutS: number;
}

export interface LinkEvents {
  up(): void;
  /** The attempt failed, or the connection ended. */
  down(rc: number): void;
  message(topic: string, payload: Uint8Array): void;
}

export class MqttLink {
  readonly #clock: SimClock;
  readonly #target: LinkTarget;
  readonly #events: LinkEvents;
  readonly #decoder = new MqttDecoder();
  #stream: Stream | undefined;
  #state: "connecting" | "up" | "over" = "connecting";
  #cancel: (() => void) | undefined;
  #pingOutstanding = false;
  #packetId = 1;

  constructor(clock: SimClock, machine: Machine, target: LinkTarget, events: LinkEvents) {
    this.#clock = clock;
    this.#target = target;
    this.#events = events;
    this.#cancel = machine.resolve(target.host, (address) => {
      if (this.#state === "over") return;
      if (address === undefined) {
        this.#end(RC.dns);
        return;
      }
      this.#cancel = machine.connect(address, target.port, {
        connected: (stream) => this.#open(stream),
        failed: () => this.#end(RC.connectFailed),
      });
    });
  }

  publish(topic: string, payload: string | Uint8Array, retain: boolean): void {
    const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
    this.#send({ type: "publish", topic, payload: bytes, qos: 0, retain });
  }

  subscribe(topic: string): void {
    this.#send({ type: "subscribe", id: this.#packetId++, filters: [{ topic, qos: 0 }] });
  }

  /** Says goodbye and closes. */
  disconnect(): void {
    if (this.#state === "over") return;
    this.#send({ type: "disconnect" });
    this.#state = "over";
    this.#cancel?.();
    this.#stream?.end();
  }

  /** Lets go without a word. */
  drop(): void {
    this.#state = "over";
    this.#cancel?.();
  }

  #send(packet: MqttPacket): void {
    this.#stream?.write(encodeMqtt(packet));
  }

  #open(stream: Stream): void {
    if (this.#state === "over") {
      stream.end();
      return;
    }
    this.#stream = stream;
    stream.listen({
      data: (bytes) => this.#take(bytes),
      end: () => this.#end(RC.lost),
      closed: () => this.#end(RC.lost),
    });
    this.#send(this.#target.connect);
    this.#cancel = this.#clock.at(this.#clock.now + this.#target.timeoutS * 1e6, () => this.#end(RC.timeout));
  }

  #take(bytes: Uint8Array): void {
    let packets: MqttPacket[];
    try {
      packets = this.#decoder.push(bytes);
    } catch {
      this.#end(RC.lost);
      return;
    }
    for (const packet of packets) {
      if (this.#state === "over") return;
      if (this.#state === "connecting") {
        if (packet.type === "connack" && packet.code === 0) this.#up();
        else this.#end(packet.type === "connack" ? packet.code : RC.lost);
      } else if (packet.type === "publish") {
        if (packet.id !== undefined) this.#send({ type: "puback", id: packet.id });
        this.#events.message(packet.topic, packet.payload);
      } else if (packet.type === "pingresp") this.#pingOutstanding = false;
    }
  }

  #up(): void {
    this.#state = "up";
    this.#cancel?.();
    this.#keepAlive();
    this.#events.up();
  }

  /** A ping every keep-alive time; one without an answer ends the connection at the next. */
  #keepAlive(): void {
    this.#cancel = this.#clock.at(this.#clock.now + this.#target.connect.keepAlive * 1e6, () => {
      if (this.#pingOutstanding) {
        this.#end(RC.timeout);
        return;
      }
      this.#pingOutstanding = true;
      this.#send({ type: "pingreq" });
      this.#keepAlive();
    });
  }

  #end(rc: number): void {
    if (this.#state === "over") return;
    this.#state = "over";
    this.#cancel?.();
    this.#stream?.end();
    this.#events.down(rc);
  }
}
