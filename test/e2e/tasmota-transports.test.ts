/** The same plug over MQTT, its settings as a file, and finding it in the network, against the virtual Tasmota. */
import { describe, expect, test } from "vitest";
import { memberOf } from "../../src/core/tasmota/answer.ts";
import { parseCommand, query, setting } from "../../src/core/tasmota/command.ts";
import { encodeDmp } from "../../src/core/tasmota/settings/dmp.ts";
import { compareSettings } from "../../src/core/tasmota/settings/listing.ts";
import { searchSettings } from "../../src/core/tasmota/settings/search.ts";
import { openSector, readField, readTexts, withField, withText } from "../../src/core/tasmota/settings/sector.ts";
import { TEXT } from "../../src/core/tasmota/tables/text-pool.ts";
import { discover, scanRange } from "../../src/engine/tasmota/find.ts";
import { HttpClient } from "../../src/engine/tasmota/http-client.ts";
import { MqttClient } from "../../src/engine/tasmota/mqtt-client.ts";
import { readMoment } from "../../src/engine/tasmota/restart.ts";
import { downloadSettings, restoreSettings } from "../../src/engine/tasmota/settings-transfer.ts";
import { simMqtt, VirtualBroker } from "../../src/sim/world/network/mqtt-broker.ts";
import { GOOD, SetupRig } from "../support/setup-rig.ts";

const MAC = "5ccf7fa1b2c3";

async function plugInNetwork(): Promise<{ rig: SetupRig; client: HttpClient; address: string }> {
  const rig = new SetupRig();
  const address = await rig.provision();
  const client = new HttpClient({ http: rig.ports.http, clock: rig.clock.port(), host: address });
  return { rig, client, address };
}

describe("over MQTT", () => {
  test("a plug that setup has pointed at a broker takes commands, answers, and is found by its announcement", async () => {
    const rig = new SetupRig();
    const broker = new VirtualBroker(rig.clock, rig.lan, {
      address: "192.168.1.9",
      users: { plug: "mqtt-secret", me: "my-secret" },
    });
    rig.board.powerOn();
    const result = await rig.setup("serial", GOOD, {
      config: { deviceName: "Kitchen plug", topic: "kitchen", mqtt: { host: "192.168.1.9", user: "plug" } },
      secure: { mqttPassword: "mqtt-secret" },
    });
    expect(result.report.facts["broker"]).toBe("192.168.1.9");
    expect(rig.events).toContainEqual({
      type: "notice",
      level: "warning",
      text: expect.stringMatching(/not encrypted/) as string,
    });

    rig.board.run(15);
    const clock = rig.clock.port();
    const connection = await rig.do(
      simMqtt(rig.clock, rig.computer, broker).connect({
        host: "192.168.1.9",
        port: 1883,
        user: "me",
        password: "my-secret",
      }),
    );
    const found = await rig.do(discover(connection, clock));
    expect(found).toMatchObject([{ mac: MAC, address: result.address, name: "Kitchen plug", version: "15.2.0.2" }]);

    const client = await rig.do(MqttClient.open({ connection, clock, topic: "kitchen" }));
    const answer = await rig.do(client.send(setting("TelePeriod", 30)));
    expect(memberOf(answer, "TelePeriod")).toBe(30);
    expect(rig.core.settings.get("tele_period")).toBe(30);
    expect((await rig.do(readMoment(client, clock))).uptime).toBeGreaterThan(10);
    const refused = await rig.failure(rig.do(client.send(parseCommand("NoSuchThing 1"))));
    expect(refused.code).toBe("command-refused");
    await rig.do(client.close());
  });
});

describe("settings as a file", () => {
  test("settings are downloaded as the plug stores them", async () => {
    const { rig, client } = await plugInNetwork();
    await rig.do(client.send(setting("FriendlyName1", "Küche; {%s}")));
    rig.board.run(3);
    const { sector, file, name } = await rig.do(downloadSettings(client, rig.clock.port()));
    expect(name).toMatch(/^Config_tasmota_A1B2C3_4803_15\.2\.0\.2\.dmp$/);
    expect(encodeDmp(sector)).toEqual(file);
    expect(readTexts(sector)[TEXT.ssid1]).toBe(GOOD.ssid);
    expect(readTexts(sector)[44]).toBe("Küche; {%s}");
    const [newest] = searchSettings(rig.board.flash).found;
    expect(compareSettings(newest!.sector, sector)).toEqual([]);
  });

  test("settings are restored and verified by reading them again", async () => {
    const { rig, client } = await plugInNetwork();
    const clock = rig.clock.port();
    const before = (await rig.do(downloadSettings(client, clock))).sector;
    await rig.do(client.send(setting("FriendlyName1", "Changed")));
    await rig.do(client.send(setting("TelePeriod", 77)));
    const result = await rig.do(restoreSettings(client, clock, before));
    expect(result.differences).toEqual([]);
    expect(rig.core.settings.text("FriendlyName1")).toBe("Tasmota");
    expect(rig.core.settings.get("tele_period")).toBe(readField(before, "tele_period"));
  });

  test("restored settings with a web password make the plug require it", async () => {
    const { rig, client } = await plugInNetwork();
    const clock = rig.clock.port();
    const { sector } = await rig.do(downloadSettings(client, clock));
    const locked = withText(withField(sector, "tele_period", 42), TEXT.webPassword, "from-the-file");
    await rig.do(restoreSettings(client, clock, locked, { passwordAfter: "from-the-file" }));
    expect(rig.core.settings.get("tele_period")).toBe(42);
    client.usePassword(undefined);
    expect((await rig.failure(rig.do(client.send(query("Status"))))).code).toBe("unauthorized");
  });

  test("damaged settings are refused by the plug, and reported", async () => {
    const { rig, client } = await plugInNetwork();
    const { sector } = await rig.do(downloadSettings(client, rig.clock.port()));
    const spoilt = openSector(sector.bytes);
    spoilt.bytes[0x400]! ^= 1;
    const error = await rig.failure(rig.do(restoreSettings(client, rig.clock.port(), spoilt)));
    expect(error.code).toBe("file-corrupt");
    expect(rig.core.settings.text("SSID1")).toBe(GOOD.ssid);
  });
});

describe("finding plugs", () => {
  test("find asks each address of a range once, reports plugs by MAC, and sends no password", async () => {
    const { rig, client, address } = await plugInNetwork();
    const ports = { http: rig.ports.http, clock: rig.clock.port(), events: () => undefined };
    expect(await rig.do(scanRange(ports, "192.168.1.0/24"))).toMatchObject([
      { address, mac: MAC, needsPassword: false },
    ]);
    const asked = rig.requests.map((request) => request.url);
    expect(asked).toHaveLength(254);
    expect(new Set(asked).size).toBe(254);

    await rig.do(client.send(setting("WebPassword2", "locked-now")));
    expect(await rig.do(scanRange(ports, "192.168.1.40-192.168.1.60"))).toMatchObject([
      { address, mac: undefined, needsPassword: true },
    ]);
    for (const request of rig.requests.slice(-21)) expect(request.headers).not.toHaveProperty("Authorization");
  });
});
