/** The virtual plug's network face towards programs nobody here wrote: fetch, aedes, mosquitto. In real time, paced. */
import { execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";
import { Aedes } from "aedes";
import { connectAsync } from "mqtt";
import { afterEach, describe, expect, test } from "vitest";
import { forwardToHost, forwardToSim } from "../../src/platform/node/sim-network.ts";
import { nodeClock } from "../../src/platform/node/system.ts";
import { RealTimePacer } from "../../src/sim/server/real-time-pacer.ts";
import { freePort } from "../support/free-port.ts";
import { PlugRig } from "../support/plug-rig.ts";

const cleanup: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo();
});

function paced(rig: PlugRig, speed: number): RealTimePacer {
  const pacer = new RealTimePacer({ world: rig.clock, clock: nodeClock, speed });
  pacer.start();
  cleanup.push(() => pacer.stop());
  return pacer;
}

describe("the plug's web server on loopback", () => {
  test("the plug's web server answers several fetches at a time, and a download whose socket stays open", async () => {
    const rig = new PlugRig();
    const address = await rig.provision();
    const forward = await forwardToSim(paced(rig, 5), rig.lan.join({ name: "door" }), { address, port: 80 });
    cleanup.push(() => forward.close());
    const url = (path: string): string => `http://127.0.0.1:${forward.port}${path}`;
    const page = await fetch(url("/"));
    expect(page.headers.get("server")).toBe("Tasmota/15.2.0.2 (ESP8285N08)");
    expect(await page.text()).toContain("Tasmota 15.2.0.2 (tasmota) by Theo Arends");
    const answers = await Promise.all(
      ["SSId1", "Module", "Foo"].map(async (command) => (await fetch(url(`/cm?cmnd=${command}`))).json()),
    );
    expect(answers).toEqual([
      { SSId1: "TestNet" },
      { Module: { "1": "Sonoff Basic" } },
      { Command: "Unknown", Input: "FOO" },
    ]);
    const dump = await fetch(url("/dl"));
    expect((await dump.arrayBuffer()).byteLength).toBe(4096);
  });

  test("a port where nothing listens refuses the connection", async () => {
    const rig = new PlugRig();
    const address = await rig.provision();
    const forward = await forwardToSim(paced(rig, 5), rig.lan.join({ name: "door" }), { address, port: 81 });
    cleanup.push(() => forward.close());
    await expect(fetch(`http://127.0.0.1:${forward.port}/`)).rejects.toThrow("fetch failed");
  });
});

/** Provisions a plug that looks for its broker at "broker", and has it meet a real one there. */
async function plugMeets(brokerPort: number): Promise<{ rig: PlugRig; cut: () => void }> {
  const rig = new PlugRig();
  await rig.provision();
  const machine = rig.lan.join({ name: "broker" });
  rig.type(`Backlog MqttHost broker;Topic plug_10;TelePeriod 10`, 3);
  const pacer = paced(rig, 40);
  const cut = forwardToHost(pacer, machine, 1883, { host: "127.0.0.1", port: brokerPort });
  cleanup.push(cut);
  return { rig, cut };
}

/** What a client hears of the plug, until `enough` says so. */
async function hear(port: number, login: object, enough: (heard: Map<string, string>) => boolean) {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, login);
  cleanup.push(() => client.endAsync(true));
  const heard = new Map<string, string>();
  const done = new Promise<void>((resolve) => {
    client.on("message", (topic, payload, packet) => {
      heard.set(topic, `${packet.retain ? "retained " : ""}${payload.toString()}`);
      if (enough(heard)) resolve();
    });
  });
  await client.subscribeAsync("#");
  return { client, heard, done };
}

describe("the plug's MQTT client with a real broker", () => {
  test("the plug's MQTT client works with aedes: last will, introduction, telemetry, discovery, commands", async () => {
    const broker = await Aedes.createBroker();
    const server = createServer(broker.handle);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    cleanup.push(() => new Promise<void>((resolve) => broker.close(() => server.close(() => resolve()))));
    const port = (server.address() as { port: number }).port;
    const discovered = "tasmota/discovery/5CCF7FA1B2C3/config";
    const { client, heard, done } = await hear(port, {}, (all) => all.has(discovered) && all.has("tele/plug_10/STATE"));
    const { rig, cut } = await plugMeets(port);
    await done;
    // aedes hands retained messages only to those who subscribe afterwards.
    const late = await hear(port, {}, (all) => all.has("tele/plug_10/LWT"));
    await late.done;
    expect(late.heard.get("tele/plug_10/LWT")).toBe("retained Online");
    expect(JSON.parse(heard.get("tele/plug_10/INFO2")!)).toMatchObject({ Info2: { WebServerMode: "Admin" } });
    expect(JSON.parse(heard.get(discovered)!)).toMatchObject({ t: "plug_10", mac: "5CCF7FA1B2C3" });
    const answered = new Promise<string>((resolve) => {
      client.on("message", (topic, payload) => {
        if (topic === "stat/plug_10/POWER") resolve(payload.toString());
      });
    });
    await client.publishAsync("cmnd/plug_10/POWER", "TOGGLE", { qos: 1 });
    expect(await answered).toBe("ON");
    const will = new Promise<string>((resolve) => {
      broker.on("publish", (packet) => {
        if (packet.topic === "tele/plug_10/LWT") resolve(packet.payload.toString());
      });
    });
    // The plug loses its power; its broker connection breaks without a goodbye.
    rig.board.powerOff();
    cut();
    expect(await will).toBe("Offline");
  });

  const mosquitto = ["/usr/sbin/mosquitto", "/usr/bin/mosquitto"].find((path) => {
    try {
      execFileSync(path, ["-h"], { stdio: "ignore" });
      return true;
    } catch (error) {
      return (error as { status?: number }).status !== undefined && (error as { status?: number }).status !== null;
    }
  });

  test.skipIf(mosquitto === undefined)(
    "the plug's MQTT client works with mosquitto: connects, publishes and obeys",
    async () => {
      const port = await freePort();
      const process = spawn(mosquitto!, ["-p", String(port)], { stdio: ["ignore", "ignore", "pipe"] });
      cleanup.push(() => process.kill());
      await new Promise<void>((resolve, reject) => {
        process.once("error", reject);
        let said = "";
        process.stderr.on("data", (chunk: Buffer) => {
          said += chunk.toString();
          // Said once it listens; "Opening ipv4 listen socket" comes before.
          if (/version \S+ running/.test(said)) resolve();
        });
      });
      const { client, heard, done } = await hear(port, {}, (all) => all.has("stat/plug_10/POWER"));
      await plugMeets(port);
      await done;
      expect(heard.get("tele/plug_10/LWT")).toBe("Online");
      const answered = new Promise<string>((resolve) => {
        client.on("message", (topic, payload) => {
          if (topic === "stat/plug_10/STATUS5") resolve(payload.toString());
        });
      });
      await client.publishAsync("cmnd/plug_10/STATUS", "5");
      expect(JSON.parse(await answered)).toMatchObject({ StatusNET: { Hostname: "plug-10-4803" } });
    },
  );
});
