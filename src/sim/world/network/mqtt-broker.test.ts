import { describe, expect, it } from "vitest";
import type { MqttMessage } from "../../../engine/ports.ts";
import { drain } from "../../../platform/node/system.ts";
import { SimClock } from "../clock.ts";
import { Computer } from "./computer.ts";
import { Lan } from "./lan.ts";
import { type BrokerOptions, simMqtt, VirtualBroker } from "./mqtt-broker.ts";
import { encodeMqtt, MqttDecoder, type MqttPacket, topicMatches } from "./mqtt-codec.ts";
import { RadioMedium } from "./radio-medium.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const WILL = { topic: "tele/p/LWT", payload: bytes("Offline"), qos: 1, retain: true } as const;

function world(options: BrokerOptions = {}) {
  const clock = new SimClock();
  const lan = new Lan(clock);
  const broker = new VirtualBroker(clock, lan, options);
  const computer = new Computer(new RadioMedium(clock), { home: lan });
  const mqtt = simMqtt(clock, computer, broker);
  return { clock, lan, broker, mqtt };
}

/** A plug's client, bytes only. */
function client(lan: Lan, broker: VirtualBroker) {
  const machine = lan.join({ name: "plug" });
  const got: MqttPacket[] = [];
  let send = (_packet: MqttPacket): void => {};
  const decoder = new MqttDecoder();
  machine.connect(broker.machine.address, 1883, {
    connected: (stream) => {
      send = (packet) => stream.write(encodeMqtt(packet));
      stream.listen({ data: (chunk) => got.push(...decoder.push(chunk)) });
    },
    failed: () => {},
  });
  return { got, machine, send: (packet: MqttPacket) => send(packet) };
}

const connect = (extra: object = {}): MqttPacket => ({
  type: "connect",
  clientId: "DVES_A1B2C3",
  keepAlive: 30,
  clean: true,
  will: WILL,
  ...extra,
});

describe("the virtual broker", () => {
  it("passes a plug's messages on, retains them, and takes commands back", async () => {
    const { clock, lan, broker, mqtt } = world();
    const plug = client(lan, broker);
    clock.runInternal(1e6);
    plug.send(connect());
    plug.send({ type: "subscribe", id: 7, filters: [{ topic: "cmnd/p/#", qos: 0 }] });
    plug.send({ type: "publish", topic: "tele/p/LWT", payload: bytes("Online"), qos: 0, retain: true });
    clock.runInternal(2e6);
    const heard: MqttMessage[] = [];
    const host = await clock.complete(drain, mqtt.connect({ host: "broker", port: 1883 }));
    await clock.complete(
      drain,
      host.subscribe("tele/#", (message) => heard.push(message)),
    );
    await clock.complete(drain, host.publish("cmnd/p/POWER", bytes("ON")));
    await clock.run(drain, () => heard.length > 0 && plug.got.length > 2, clock.now + 1e6);
    expect(heard).toEqual([{ topic: "tele/p/LWT", payload: bytes("Online"), retained: true }]);
    expect(plug.got.map((packet) => packet.type)).toEqual(["connack", "suback", "publish"]);
    expect(plug.got[2]).toMatchObject({ topic: "cmnd/p/POWER", payload: bytes("ON") });
  });

  it("publishes the will of a client that falls silent, and not of one that says goodbye", () => {
    const { clock, lan, broker } = world();
    const plug = client(lan, broker);
    clock.runInternal(1e6);
    plug.send(connect());
    clock.runInternal(2e6);
    plug.machine.vanish();
    clock.runInternal(40e6);
    expect(broker.retained("tele/p/LWT")).toBeUndefined();
    clock.runInternal(50e6);
    expect(broker.retained("tele/p/LWT")).toEqual(bytes("Offline"));
    const polite = client(lan, broker);
    clock.runInternal(51e6);
    polite.send(connect({ will: { ...WILL, topic: "tele/q/LWT" } }));
    polite.send({ type: "disconnect" });
    clock.runInternal(200e6);
    expect(broker.retained("tele/q/LWT")).toBeUndefined();
  });

  it("refuses wrong credentials as mosquitto does", async () => {
    const { clock, lan, broker, mqtt } = world({ users: { plug: "secret" } });
    const anonymous = client(lan, broker);
    clock.runInternal(1e6);
    anonymous.send(connect());
    clock.runInternal(2e6);
    expect(anonymous.got).toEqual([{ type: "connack", code: 5 }]);
    const wrong = client(lan, broker);
    clock.runInternal(3e6);
    wrong.send(connect({ user: "plug", password: "guess" }));
    clock.runInternal(4e6);
    expect(wrong.got).toEqual([{ type: "connack", code: 5 }]);
    const outcome = mqtt.connect({ host: "broker", port: 1883, user: "plug", password: "guess" });
    await expect(clock.complete(drain, outcome)).rejects.toMatchObject({ code: "unauthorized" });
    await clock.complete(drain, mqtt.connect({ host: "broker", port: 1883, user: "plug", password: "secret" }));
  });

  it("closes its connections when it ends, and is refused from then on", () => {
    const { clock, lan, broker } = world();
    const plug = lan.join({ name: "plug" });
    const heard: string[] = [];
    const connectNow = (): void => {
      plug.connect(broker.machine.address, 1883, {
        connected: (stream) => {
          stream.listen({ end: () => heard.push("end"), closed: (how) => heard.push(how) });
          stream.write(encodeMqtt(connect()));
        },
        failed: (why) => heard.push(why),
      });
    };
    connectNow();
    clock.runInternal(1e6);
    broker.stop();
    clock.runInternal(2e6);
    connectNow();
    clock.runInternal(3e6);
    expect(heard).toEqual(["reset", "refused"]);
  });

  it("acknowledges QoS 1 and takes an empty retained message as a deletion", () => {
    const { clock, lan, broker } = world();
    const plug = client(lan, broker);
    clock.runInternal(1e6);
    plug.send(connect());
    plug.send({ type: "publish", topic: "a", payload: bytes("x"), qos: 1, retain: true, id: 9 });
    clock.runInternal(2e6);
    expect(plug.got[1]).toEqual({ type: "puback", id: 9 });
    expect(broker.retained("a")).toEqual(bytes("x"));
    plug.send({ type: "publish", topic: "a", payload: bytes(""), qos: 0, retain: true });
    clock.runInternal(3e6);
    expect(broker.retained("a")).toBeUndefined();
  });
});

describe("MQTT packets", () => {
  const packets: MqttPacket[] = [
    connect({ user: "u", password: "p" }),
    { type: "connack", code: 0 },
    { type: "publish", topic: "t", payload: new Uint8Array(300), qos: 0, retain: true },
    { type: "publish", topic: "t", payload: bytes("x"), qos: 1, retain: false, id: 5 },
    { type: "subscribe", id: 1, filters: [{ topic: "a/#", qos: 0 }] },
    { type: "unsubscribe", id: 2, filters: ["a/#"] },
    { type: "pingreq" },
    { type: "disconnect" },
  ];

  it("survive being cut into any pieces", () => {
    const stream = Uint8Array.from(packets.flatMap((packet) => [...encodeMqtt(packet)]));
    for (const size of [1, 2, 3, 7, 1000]) {
      const decoder = new MqttDecoder();
      const got: MqttPacket[] = [];
      for (let at = 0; at < stream.length; at += size) got.push(...decoder.push(stream.slice(at, at + size)));
      expect(got).toEqual(packets);
    }
  });

  it("match topics as section 4.7 says", () => {
    expect(topicMatches("cmnd/p/#", "cmnd/p")).toBe(true);
    expect(topicMatches("cmnd/+/POWER", "cmnd/p/POWER")).toBe(true);
    expect(topicMatches("cmnd/+", "cmnd/p/POWER")).toBe(false);
    expect(topicMatches("#", "$SYS/x")).toBe(false);
  });
});
