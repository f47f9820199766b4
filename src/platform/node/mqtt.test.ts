import { createServer } from "node:net";
import { Aedes } from "aedes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MqttMessage } from "../../engine/ports.ts";
import { createNodeMqtt, topicMatches } from "./mqtt.ts";
import { nodeClock } from "./system.ts";

describe("MQTT through a broker", () => {
  let port = 0;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const broker = await Aedes.createBroker();
    broker.authenticate = (_client, user, password, done) => done(null, user !== "me" || String(password) === "right");
    const server = createServer(broker.handle);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    port = typeof address === "object" && address !== null ? address.port : 0;
    stop = () => new Promise((resolve) => broker.close(() => server.close(() => resolve())));
  });
  afterAll(() => stop());

  const mqtt = createNodeMqtt(nodeClock);
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  test("a subscriber hears what is published, retained messages marked as such, and only what it asked for", async () => {
    const connection = await mqtt.connect({ host: "127.0.0.1", port, user: "me", password: "right" });
    await connection.publish("tele/plug/LWT", bytes("Online"), { retain: true, qos: 1 });
    const heard: string[] = [];
    const note = (who: string) => (message: MqttMessage) =>
      heard.push(`${who} ${message.topic} ${new TextDecoder().decode(message.payload)} ${message.retained}`);
    const second = new Promise<void>((resolve) => {
      void connection.subscribe("stat/#", (message) => {
        note("stat")(message);
        resolve();
      });
    });
    await new Promise<void>((resolve) => {
      void connection.subscribe("tele/+/LWT", (message) => {
        note("lwt")(message);
        resolve();
      });
    });
    await connection.publish("stat/plug/RESULT", bytes("{}"), { qos: 1 });
    await second;
    expect(heard).toEqual(["lwt tele/plug/LWT Online true", "stat stat/plug/RESULT {} false"]);
    await connection.close();
    await expect(connection.publish("a", bytes("b"))).rejects.toMatchObject({ code: "network-failed" });
  });

  test("a refused password and an absent broker are told apart, and neither names the password", async () => {
    const refused = mqtt.connect({ host: "127.0.0.1", port, user: "me", password: "hunter2-wrong" });
    await expect(refused).rejects.toMatchObject({ code: "unauthorized" });
    await refused.catch((error) => expect(JSON.stringify([error.message, error.nextStep])).not.toContain("hunter2"));
    await expect(mqtt.connect({ host: "127.0.0.1", port: 1 })).rejects.toMatchObject({ code: "network-failed" });
  });
});

test.each([
  ["a/+/c", "a/b/c", true],
  ["a/+/c", "a/b/d/c", false],
  ["a/#", "a", true],
  ["a/#", "a/b/c", true],
  ["#", "$SYS/x", false],
  ["+/x", "$SYS/x", false],
  ["a/b", "a/b/c", false],
  ["a/b/c", "a/b", false],
])("the filter %s on the topic %s matches: %s", (filter, topic, matches) => {
  expect(topicMatches(filter, topic)).toBe(matches);
});
