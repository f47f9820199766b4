/** What the plug says to a broker and hears from it. Source: xdrv_02_9_mqtt.ino, support_tasmota.ino (GetTopic_P); recordings. */
import { describe, expect, it } from "vitest";
import { PlugRig } from "../../../../test/support/plug-rig.ts";
import { VirtualBroker } from "../../world/network/mqtt-broker.ts";

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

describe("MQTT", () => {
  async function plugged(extra = "", users?: Readonly<Record<string, string>>) {
    const rig = new PlugRig();
    const broker = new VirtualBroker(rig.clock, rig.lan, { users });
    const ip = await rig.provision();
    rig.type(`Backlog MqttHost broker;Topic plug_10${extra}`, 20);
    const topics = (): string[] => broker.published.map((message) => message.topic);
    const last = (topic: string): string =>
      new TextDecoder().decode(broker.published.findLast((message) => message.topic === topic)?.payload);
    return { rig, broker, ip, topics, last };
  }

  it("introduces the device in the recorded order and tells of itself, retained", async () => {
    const { rig, broker, topics } = await plugged();
    expect(topics().slice(0, 7)).toEqual([
      "tele/plug_10/LWT",
      "cmnd/plug_10/POWER",
      "tele/plug_10/INFO1",
      "tele/plug_10/INFO2",
      "tele/plug_10/INFO3",
      "stat/plug_10/RESULT",
      "stat/plug_10/POWER",
    ]);
    expect(broker.retained("tele/plug_10/LWT")).toEqual(bytes("Online"));
    const config = JSON.parse(new TextDecoder().decode(broker.retained("tasmota/discovery/5CCF7FA1B2C3/config")));
    expect(config).toMatchObject({ hn: "plug-10-4803", t: "plug_10", sw: "15.2.0.2", mac: "5CCF7FA1B2C3" });
    expect(broker.retained("tasmota/discovery/5CCF7FA1B2C3/sensors")).toBeDefined();
    expect(rig.core.network.mqttConnected).toBe(true);
    expect(rig.log()).toContain("MQT: tele/plug_10/LWT = Online (retained)");
  });

  // MqttPublishLoggingAsync: nothing at level 0; at first all that is left in the log in RAM, then each second what is new.
  it("sends its log where MqttLog says so", async () => {
    const { rig, broker } = await plugged();
    const logging = (): readonly string[] =>
      broker.published
        .filter((message) => message.topic === "stat/plug_10/LOGGING")
        .map((message) => new TextDecoder().decode(message.payload).replace(/^[\d:.]+ /, ""));
    expect(logging()).toEqual([]);
    rig.type("MqttLog 2", 3);
    expect(logging()).toContain("WIF: Connected");
    const before = logging().length;
    rig.type("WebRefresh 500", 3);
    expect(logging().slice(before)).toEqual(["CMD: WebRefresh 500", 'MQT: stat/plug_10/RESULT = {"WebRefresh":500}']);
    rig.type("MqttLog 0", 3);
    rig.type("WebRefresh 600", 3);
    expect(logging().join()).not.toContain("600");
  });

  // GetTopic_P, GetGroupTopic_P, GetFallbackTopic_P (support_tasmota.ino).
  it.each([
    ["FullTopic home/%topic%/%prefix%", "home/plug_10/stat/RESULT", "home/plug_10/cmnd/", "home/tasmotas/cmnd/"],
    ["FullTopic home/%topic%", "home/plug_10/RESULT", "home/plug_10/cmnd/", "home/tasmotas/cmnd/"],
    ["FullTopic %prefix%//%topic%", "stat/plug_10/RESULT", "cmnd/plug_10/", "cmnd/tasmotas/"],
    [
      ...(["FullTopic %prefix%/%hostname%/%id%/%topic%", "stat/plug-10-4803/5CCF7FA1B2C3/plug_10/RESULT"] as const),
      ...(["cmnd/plug-10-4803/5CCF7FA1B2C3/plug_10/", "cmnd/plug-10-4803/5CCF7FA1B2C3/tasmotas/"] as const),
    ],
    ["Prefix1 do;Prefix2 did", "did/plug_10/RESULT", "do/plug_10/", "do/tasmotas/"],
    ["SetOption75 1", "stat/plug_10/RESULT", "cmnd/plug_10/", "cmnd/tasmotas/"],
    ["FullTopic %prefix%/x/%topic%/;SetOption75 1", "stat/x/plug_10/RESULT", "cmnd/x/plug_10/", "cmnd/tasmotas/"],
  ])("after %s answers on %s what it is told on %s… and %s…", async (setting, answer, own, group) => {
    const { rig, broker } = await plugged(`;${setting}`);
    const tell = (topic: string): string | undefined => {
      broker.publish(topic, new Uint8Array(0), false);
      const from = broker.published.length;
      rig.board.run(1);
      return broker.published.slice(from).find((message) => message.topic.endsWith("RESULT"))?.topic;
    };
    expect(tell(`${own}TelePeriod`)).toBe(answer);
    expect(tell(`${group}TelePeriod`)).toBe(answer);
    expect(tell("cmnd/DVES_A1B2C3_fb/TelePeriod")).toBe("stat/DVES_A1B2C3_fb/RESULT");
  });

  it("takes commands by its own, the group's and the fallback topic", async () => {
    const { rig, broker, last } = await plugged();
    broker.publish("cmnd/plug_10/POWER", bytes("ON"), false);
    rig.board.run(1);
    expect(last("stat/plug_10/POWER")).toBe("ON");
    broker.publish("cmnd/tasmotas/Power", bytes("off"), false);
    rig.board.run(1);
    expect(last("stat/plug_10/RESULT")).toBe('{"POWER":"OFF"}');
    broker.publish("cmnd/DVES_A1B2C3_fb/Status", bytes("5"), false);
    rig.board.run(1);
    expect(last("stat/DVES_A1B2C3_fb/STATUS5")).toContain("StatusNET");
    broker.publish("cmnd/plug_10/Foo", bytes("1"), false);
    rig.board.run(1);
    expect(last("stat/plug_10/RESULT")).toBe('{"Command":"Unknown","Input":"FOO 1"}');
  });

  it("takes its discovery back with SetOption19 1, until the next boot", async () => {
    const { rig, broker } = await plugged();
    const retained = (): boolean => broker.retained("tasmota/discovery/5CCF7FA1B2C3/config") !== undefined;
    expect(retained()).toBe(true);
    rig.type("SetOption19 1", 2);
    expect(retained()).toBe(false);
    rig.type("Restart 1", 25);
    expect(retained()).toBe(true);
  });

  it("says goodbye at a restart and leaves its will behind at a power cut", async () => {
    const { rig, broker, last } = await plugged();
    rig.type("Restart 1", 2.4);
    expect(last("tele/plug_10/LWT")).toBe("Offline");
    rig.board.run(15);
    expect(last("tele/plug_10/LWT")).toBe("Online");
    rig.board.powerOff();
    rig.board.clock.runInternal(rig.clock.now + 60e6);
    expect(broker.retained("tele/plug_10/LWT")).toEqual(bytes("Offline"));
  });

  it("stays connected over many keep-alive times", async () => {
    const { rig, last } = await plugged();
    rig.board.run(600);
    expect(last("tele/plug_10/LWT")).toBe("Online");
    expect(rig.core.network.mqttCount).toBe(1);
  });

  it("tells why it cannot connect and waits longer each time", async () => {
    const { rig } = await plugged(";MqttUser plug;MqttPassword wrong", { plug: "right" });
    rig.board.run(120);
    const failures = rig.log().filter((line) => line.startsWith("MQT: Connect failed"));
    expect(failures.slice(0, 3)).toEqual([
      "MQT: Connect failed to broker:1883, rc 5. Retry in 10 sec",
      "MQT: Connect failed to broker:1883, rc 5. Retry in 20 sec",
      "MQT: Connect failed to broker:1883, rc 5. Retry in 30 sec",
    ]);
    const nowhere = new PlugRig();
    await nowhere.provision();
    nowhere.type("MqttHost nobody", 20);
    expect(nowhere.log()).toContain("MQT: Connect failed to nobody:1883, rc -5. Retry in 10 sec");
    nowhere.type("MqttHost 192.168.1.1", 20);
    expect(nowhere.log()).toContain("MQT: Connect failed to 192.168.1.1:1883, rc -2. Retry in 10 sec");
  });
});
