/** From a blank plug to a locked one over each of the three transports, against the virtual Tasmota, in virtual time. */
import { describe, expect, test } from "vitest";
import { parseCommand } from "../../src/core/tasmota/command.ts";
import { WIFI_TRANSPORTS } from "../../src/core/tasmota/credentials.ts";
import { readSecrets, rememberedPlugs } from "../../src/engine/home/plug-records.ts";
import { setup } from "../../src/engine/jobs/setup.ts";
import { audit } from "../../src/engine/tasmota/audit.ts";
import { HttpClient } from "../../src/engine/tasmota/http-client.ts";
import { EP2, GOOD, SetupRig } from "../support/setup-rig.ts";

const MAC = "5ccf7fa1b2c3";

describe.each(WIFI_TRANSPORTS)("setting up a plug over the transport %s", (transport) => {
  test("setup leaves the plug configured, locked and audited, also after a power cycle", async () => {
    const rig = new SetupRig();
    rig.board.powerOn();
    const result = await rig.setup(transport);
    expect(result.mac).toBe(MAC);
    expect(result.report.failed).toEqual([]);
    expect(result.report.facts["hardware"]).toBe("ESP8285N08");

    // What the plug itself holds.
    const { settings } = rig.core;
    expect(settings.text("SSID1")).toBe(GOOD.ssid);
    expect(settings.text("Password1")).toBe(GOOD.passphrase);
    expect(settings.text("DeviceName")).toBe("Kitchen plug");
    expect(settings.get("energy_max_power_limit")).toBe(2300);
    expect(settings.get("module")).toBe(255);
    const secrets = await readSecrets({ files: rig.files, path: "/home" }, MAC);
    expect(settings.text("WebPassword")).toBe(secrets.webPassword);
    expect(secrets.webPassword).toHaveLength(20);
    expect(rig.files.now.get(`/home/plugs/${MAC}/secrets.json`)?.mode).toBe(0o600);
    expect(await rememberedPlugs({ files: rig.files, path: "/home" })).toMatchObject([
      { mac: MAC, address: result.address },
    ]);

    rig.board.run(5);
    rig.board.powerCycle();
    rig.board.run(15);
    const client = new HttpClient({
      http: rig.http,
      clock: rig.clock.port(),
      host: result.address,
      password: secrets.webPassword,
    });
    const again = await rig.do(
      audit(
        { client, clock: rig.clock.port(), events: () => undefined },
        { profile: EP2, config: rig.options(transport).config, mac: MAC, locked: true, ssid: GOOD.ssid },
      ),
    );
    expect(again.failed).toEqual([]);
  });

  test("setup never restarts the plug fast enough for its boot-loop guard to count", async () => {
    const rig = new SetupRig();
    rig.board.powerOn();
    await rig.setup(transport);
    const lines = rig.log();
    expect(lines.filter((line) => line === "APP: Restarting").length).toBeGreaterThan(0);
    expect(lines.filter((line) => line.startsWith("FRC:"))).toEqual([]);
  });

  test("setup run a second time changes nothing", async () => {
    const rig = new SetupRig();
    rig.board.powerOn();
    const first = await rig.setup(transport);
    const password = (await readSecrets({ files: rig.files, path: "/home" }, MAC)).webPassword;
    const second = await rig.setup(transport, GOOD, { start: { address: first.address } });
    expect(second.changed).toEqual([]);
    expect((await readSecrets({ files: rig.files, path: "/home" }, MAC)).webPassword).toBe(password);
  });
});

const restartsOf = (rig: SetupRig): number => rig.log().filter((line) => line === "APP: Restarting").length;

test.each([
  ["names of plain letters", {}, {}, 1],
  // What the console or a Backlog cannot carry follows over the network.
  ["a name beyond ASCII", { deviceName: "Küche" }, { DeviceName: "Küche" }, 1],
  ["a name with a semicolon", { deviceName: "a;b" }, { DeviceName: "a;b" }, 1],
  ["a broker", { mqtt: { host: "192.168.1.2", user: "plug" } }, { MqttHost: "192.168.1.2", MqttUser: "plug" }, 1],
] as const)(
  "over the serial console a blank plug with %s restarts once to join and be configured",
  async (_, config, texts, restarts) => {
    const rig = new SetupRig();
    rig.board.powerOn();
    const result = await rig.setup("serial", GOOD, {
      config: { deviceName: "Kitchen plug", topic: "kitchen", ...config },
    });
    expect(result.changed).toEqual(expect.arrayContaining(["Template", "Module", "DeviceName", "Topic", "MaxPower"]));
    expect(restartsOf(rig)).toBe(restarts);
    expect(rig.core.settings.get("module")).toBe(255);
    for (const [name, text] of Object.entries(texts)) expect(rig.core.settings.text(name as "DeviceName")).toBe(text);
  },
);

test("credentials that fit no Backlog are sent alone, and the plug is configured afterwards", async () => {
  const odd = { ssid: "Odd;Net", passphrase: "pass;{phrase}" };
  const rig = new SetupRig();
  rig.medium.add({ ...odd, bssid: "02:11:22:33:44:03", signal: -50, lan: rig.lan });
  rig.board.powerOn();
  const result = await rig.setup("serial", odd);
  expect(result.report.failed).toEqual([]);
  expect(restartsOf(rig)).toBe(2);
});

test("provisioning alone gives a plug its credentials and nothing else", async () => {
  const rig = new SetupRig();
  rig.board.powerOn();
  await rig.do(setup(rig.ports, { ...rig.options("serial"), until: "provision" }, rig.context()));
  expect(rig.core.settings.text("SSID1")).toBe(GOOD.ssid);
  expect(rig.core.settings.get("module")).not.toBe(255);
  expect(rig.core.settings.text("DeviceName")).not.toBe("Kitchen plug");
});

test("a plug that is configured already gets its new network and nothing else at the wires", async () => {
  const rig = new SetupRig();
  rig.board.powerOn();
  await rig.setup("serial");
  rig.type("Backlog SSID1 elsewhere;Password1 another passphrase", 15);
  const before = rig.line.sent.length;
  const again = await rig.setup("serial");
  expect(again.changed).toEqual([]);
  const sent = rig.line.sent.slice(before);
  expect(sent).toContain("Backlog SSID1");
  expect(sent).not.toMatch(/(Template|Module) ./);
});

test("a plug that somebody changed afterwards fails its audit, by name", async () => {
  const rig = new SetupRig();
  rig.board.powerOn();
  const { address } = await rig.setup("serial");
  const password = (await readSecrets({ files: rig.files, path: "/home" }, MAC)).webPassword;
  const client = new HttpClient({ http: rig.http, clock: rig.clock.port(), host: address, password });
  await rig.do(client.send(parseCommand("SetOption73 1")));
  await rig.do(client.send(parseCommand("MaxPower 3000")));
  const context = { client, clock: rig.clock.port(), events: () => undefined };
  const options = { profile: EP2, config: rig.options("serial").config, locked: true };
  const error = await rig.failure(rig.do(audit(context, options)));
  expect(error.code).toBe("audit-failed");
  expect(error.message).toMatch(/SetOption73 is 1 instead of 0/);
  expect(error.message).toMatch(/MaxPower is 3000 instead of 2300/);
});

test("a plug whose MQTT is off is set up, locked and audited without a topic: the page that it lacks is not open", async () => {
  const rig = new SetupRig();
  const address = await rig.provision();
  rig.type("SetOption3 0", 15);
  const result = await rig.setup("serial", GOOD, { start: { address }, config: { deviceName: "Z" } });
  expect(result.report.failed).toEqual([]);
  expect(result.lock.refused).toContain("/cn");
  expect(result.lock.refused).not.toContain("/mq");
});
