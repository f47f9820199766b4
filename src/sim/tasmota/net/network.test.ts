import { describe, expect, it } from "vitest";
import { HOME, PlugRig } from "../../../../test/support/plug-rig.ts";
import { VirtualBroker } from "../../world/network/mqtt-broker.ts";

const AP = "http://192.168.4.1";

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

async function atAccessPoint() {
  const rig = new PlugRig();
  rig.board.powerOn();
  rig.board.run(3);
  const back = await rig.do(rig.computer.wifi().joinOpen("tasmota-A1B2C3-4803"));
  return { rig, back };
}

describe("a blank device", () => {
  it("opens its network, waits for ever, and is found by the portal and at its address", async () => {
    const { rig } = await atAccessPoint();
    expect(rig.log()).toContain("WIF: WifiManager active for 3 minutes");
    expect(rig.log()).toContain("HTP: Web server active on tasmota-A1B2C3-4803 with IP address 192.168.4.1");
    rig.board.run(1000);
    const portal = await rig.get("http://connectivitycheck.example/generate_204");
    expect([portal.status, portal.headers["location"]]).toEqual([302, AP]);
    expect(await rig.text(`${AP}/`)).toContain("id='s1'");
    expect(await rig.command("192.168.4.1", "Status 5")).toMatchObject({ StatusNET: { IPAddress: "0.0.0.0" } });
  });

  it("tests credentials, keeps them when they work, and restarts only when somebody saw it", async () => {
    const { rig, back } = await atAccessPoint();
    await rig.get(`${AP}/wi?s1=${HOME.ssid}&p1=${HOME.passphrase}&save=`);
    rig.board.run(60);
    expect(rig.log()).toContain("WIF: SSId TestNet: Connected - IP Address 192.168.1.51");
    expect(rig.core.settings.text("SSID1")).toBe("TestNet");
    expect(rig.log().filter((line) => line === "APP: Restarting")).toEqual([]);
    expect(await rig.text(`${AP}/`)).toContain("<a href='http://192.168.1.51'>");
    rig.board.run(15);
    expect(rig.core.network.managerActive).toBe(false);
    expect(rig.core.network.station.ip).toBe("192.168.1.51");
    await rig.do(back());
    expect(await rig.command("192.168.1.51", "SSId1")).toEqual({ SSId1: "TestNet" });
  });

  // The log names the reason (Xdrv01 FUNC_EVERY_SECOND); the scan that follows leaves the network, so that WifiTest then
  // finds an idle station, whatever it was (ESP8266WiFiScan.cpp scanNetworks; CmndWifiTest, default).
  it.each([
    ["a wrong password", HOME.ssid, "wrongpass", {}, "WIF: Connect failed", "Connect failed with AP timeout"],
    [
      ...(["an unknown network", "NoSuchNet", "whatever1", {}] as const),
      "WIF: Connect failed as AP cannot be reached",
      "Connect failed with AP timeout",
    ],
    [
      ...(["a router that lets nobody in", HOME.ssid, HOME.passphrase, { associatesFrom: 1e12 }] as const),
      "WIF: Connect failed with AP timeout",
      "Connect failed with AP timeout",
    ],
    [
      ...(["a router without DHCP", HOME.ssid, HOME.passphrase, { leasesFrom: 1e12 }] as const),
      "WIF: Connect failed as no IP address received",
      "Connect failed as no IP address received",
    ],
  ])(
    "says in the log why %s failed, keeps it unsaved, and can be told again",
    async (_, ssid, key, router, line, told) => {
      const { rig } = await atAccessPoint();
      Object.assign(rig.router, router);
      await rig.get(`${AP}/wi?s1=${ssid}&p1=${key}&save=`);
      rig.board.run(3);
      expect(await rig.text(`${AP}/`)).toContain(`Trying to connect device to network<br>${ssid}`);
      rig.board.run(7);
      expect(rig.log().filter((each) => each.startsWith("WIF: Connect failed"))).toEqual([line]);
      expect(await rig.text(`${AP}/`)).toContain(`Connect failed to ${ssid}<br>Please, check your credentials`);
      expect(await rig.command("192.168.4.1", "WifiTest")).toEqual({ WiFiTest: told });
      const { settings } = rig.core;
      expect(["SSID1", "Password1"].map((name) => settings.text(name))).toEqual([ssid, key]);
      expect(["sta_config", "save_data"].map((name) => settings.get(name))).toEqual([2, 0]);
      Object.assign(rig.router, { associatesFrom: 0, leasesFrom: 0 });
      await rig.get(`${AP}/wi?s1=${HOME.ssid}&p1=${HOME.passphrase}&save=`);
      rig.board.run(5);
      expect(["sta_config", "save_data"].map((name) => settings.get(name))).toEqual([4, 1]);
      expect(await rig.text(`${AP}/wi`)).toContain("Successful WiFi Connection");
      expect(await rig.text(`${AP}/wi`)).toContain("id='s1'");
      expect(await rig.command("192.168.4.1", "WifiTest")).toEqual({ WiFiTest: "Not Started" });
    },
  );

  it("saves untested what timed out twice in a row, and from then on what times out once more", async () => {
    const { rig } = await atAccessPoint();
    rig.router.associatesFrom = Number.POSITIVE_INFINITY;
    await rig.command("192.168.4.1", `WifiTest3 ${HOME.ssid}+${HOME.passphrase}`);
    rig.board.run(12);
    expect(await rig.text(`${AP}/`)).toContain("Connect failed to ");
    for (let time = 0; time < 2; time++) {
      await rig.command("192.168.4.1", `WifiTest1 ${HOME.ssid}+${HOME.passphrase}`);
      rig.board.run(12);
      expect(rig.log().at(-1)).toBe("WIF: SSId TestNet: Attempting connection...");
      expect(await rig.command("192.168.4.1", "WifiTest")).toEqual({ WiFiTest: "Connect failed with AP timeout" });
    }
    expect(rig.core.settings.get("sta_config")).toBe(4);
    expect(await rig.text(`${AP}/`)).toContain("Configuration saved");
  });

  // CmndWifiTest: no `+` is an error, as is anything outside the access point; the third part is left out.
  it.each([
    ["WifiTest TestNet", { Command: "Error", Input: "WIFITEST TestNet" }, ["", ""]],
    ["WifiTest1 TestNet+testpass123+more", { WiFiTest1: "Testing" }, ["TestNet", ""]],
    ["WifiTest  TestNet + testpass123 ", { WiFiTest1: "Testing" }, ["TestNet", ""]],
    ["WifiTest2 TestNet+testpass123", { WiFiTest2: "Testing" }, ["", "TestNet"]],
    ["WifiTest3 TestNet+testpass123", { WiFiTest3: "Testing" }, ["", ""]],
    ["WifiTest7 TestNet+testpass123", { WiFiTest7: "Testing" }, ["TestNet", ""]],
    ["WifiTest0 TestNet+testpass123", { WiFiTest0: "Testing" }, ["TestNet", ""]],
  ])("answers %s and stores it where its index says", async (command, answer, stored) => {
    const { rig } = await atAccessPoint();
    const ask = (text: string): Promise<unknown> => rig.command("192.168.4.1", text);
    expect(await ask(command)).toEqual(answer);
    expect(["SSID1", "SSID2"].map((name) => rig.core.settings.text(name))).toEqual(stored);
    if ("Command" in answer) return;
    expect(await ask("WifiTest")).toEqual({ WiFiTest: "Testing" });
    expect(await ask("WifiTest a+b")).toEqual({ WiFiTest: "Busy" });
    rig.board.run(command.startsWith("WifiTest0") ? 2 : 4);
    expect(await ask("WifiTest")).toEqual({ WiFiTest: "Successful" });
    rig.board.run(6);
    expect(rig.log().includes("APP: Restarting")).toBe(command.startsWith("WifiTest0"));
  });

  it("scans on WifiScan with any argument, tells the outcome for a minute, and is busy meanwhile", async () => {
    const { rig } = await atAccessPoint();
    const ask = (command: string): Promise<unknown> => rig.command("192.168.4.1", command);
    expect(await ask("WifiScan")).toEqual({ WiFiScan: "Not Started" });
    expect(await ask("WifiScan now")).toEqual({ WiFiScan: "Scanning" });
    expect(await ask("WifiScan")).toEqual({ WiFiScan: "Scanning" });
    expect(await ask("WifiScan 1")).toEqual({ WiFiScan: "Busy" });
    rig.board.run(4);
    expect(await ask("WifiScan")).toEqual({
      WiFiScan: {
        NET1: {
          SSId: "TestNet",
          BSSId: "02:11:22:33:44:01",
          Channel: "6",
          Signal: "-55",
          RSSI: "90",
          Encryption: "WPA2/PSK",
        },
        NET2: {
          SSId: "OtherNet",
          BSSId: "02:11:22:33:44:02",
          Channel: "11",
          Signal: "-67",
          RSSI: "66",
          Encryption: "WPA2/PSK",
        },
      },
    });
    rig.board.run(70);
    expect(await ask("WifiScan")).toEqual({ WiFiScan: "Not Started" });
  });
});

/** Lines of these levels while the work goes on. */
async function linesOf(rig: PlugRig, levels: readonly number[], work: () => unknown): Promise<readonly string[]> {
  const lines: string[] = [];
  const end = rig.core.onLog(({ level, text }) => {
    if (levels.includes(level)) lines.push(text.replace(/from \S+$/, "from CLIENT"));
  });
  await work();
  end();
  return lines;
}

// SyslogAsync: a name that is not known is given up for ten minutes; no name at all is not even looked up.
it.each([
  ["", "2", undefined],
  ["broker.nowhere", "0", "SLG: Retry in 600 sec"],
  ["192.168.1.7", "2", undefined],
])("sends its syslog to '%s' at level %s", async (host, active, line) => {
  const rig = new PlugRig();
  const ip = await rig.provision();
  if (host !== "") await rig.command(ip, `LogHost ${host}`);
  await rig.command(ip, "SerialLog 2");
  await rig.command(ip, "SysLog 2");
  rig.board.run(10);
  expect(await rig.command(ip, "SysLog")).toEqual({ SysLog: { "2": { Active: active } } });
  expect(rig.log().find((each) => each.startsWith("SLG"))).toBe(line);
  rig.board.run(600);
  expect(rig.log().includes("APP: Syslog logging re-enabled")).toBe(line !== undefined);
});

describe("debug lines", () => {
  // WifiManagerBegin, StartWebserver.
  it("of the access point say what it is for", async () => {
    const rig = new PlugRig();
    rig.board.powerOn();
    const lines = await linesOf(rig, [3], () => rig.board.run(2));
    expect(lines.filter((line) => /^(WIF|HTP)/.test(line))).toEqual([
      "WIF: Wifimanager set AccessPoint",
      "HTP: Blank Device - Initial Configuration",
    ]);
    const other = new PlugRig();
    await other.provision();
    const summoned = await linesOf(other, [3], () => other.type("WifiConfig 2", 3));
    expect(summoned.filter((line) => /^(WIF|HTP)/.test(line))).toEqual([
      "WIF: Wifimanager set AccessPoint and keep Station",
    ]);
  });

  // WifiCheckIp: D_CHECKING_CONNECTION each time, D_ATTEMPTING_CONNECTION while there is none.
  it("of the station come each second without a network, and each twentieth with one", async () => {
    const rig = new PlugRig();
    await rig.provision();
    const joined = await linesOf(rig, [3, 4], () => rig.board.run(40));
    expect(joined.filter((line) => line.startsWith("WIF"))).toEqual([
      "WIF: Checking connection...",
      "WIF: Checking connection...",
    ]);
    rig.air.remove(rig.router);
    rig.board.run(10);
    const lost = await linesOf(rig, [3, 4], () => rig.board.run(3));
    expect(new Set(lost.filter((line) => line.startsWith("WIF")))).toEqual(
      new Set(["WIF: Checking connection...", "WIF: Attempting connection..."]),
    );
    expect(lost.filter((line) => line === "WIF: Attempting connection...")).toHaveLength(3);
  });

  // Xdrv01 FUNC_EVERY_SECOND; WifiBeginAfterScan, states 6 and 7.
  it("of tests and scans", async () => {
    const { rig } = await atAccessPoint();
    await rig.get(`${AP}/wi?s1=NoSuchNet&p1=whatever1&save=`);
    const test = await linesOf(rig, [3], () => rig.board.run(12));
    expect(test.filter((line) => line.startsWith("WIF"))).toEqual(
      Array.from({ length: 9 }, () => "WIF: Trying to connect device to network NoSuchNet"),
    );
    await rig.command("192.168.4.1", "WifiScan 1");
    const scan = await linesOf(rig, [3], () => rig.board.run(4));
    expect(scan).toContain("WIF: Network scan finished...");
  });

  // MqttConnected: groups and the fallback topic only where FullTopic has a place for them.
  it.each([
    ["%prefix%/%topic%/", ["cmnd/plug_10/#", "cmnd/tasmotas/#", "cmnd/DVES_A1B2C3_fb/#"]],
    ["%prefix%/fixed/", ["cmnd/fixed/#"]],
  ])("of a broker name what is subscribed to under %s", async (fullTopic, topics) => {
    const rig = new PlugRig();
    new VirtualBroker(rig.clock, rig.lan, {});
    await rig.provision();
    rig.type(`Backlog FullTopic ${fullTopic};Topic plug_10;MqttHost broker;SerialLog 3`, 20);
    expect(rig.log().filter((line) => line.startsWith("MQT: Subscribe"))).toEqual(
      topics.map((topic) => `MQT: Subscribe to ${topic}`),
    );
  });
});

describe("a provisioned device", () => {
  it("says what it does on the way into the network", async () => {
    const rig = new PlugRig();
    expect(await rig.provision()).toBe("192.168.1.51");
    const wifi = rig.log().filter((line) => /^(WIF|HTP):/.test(line));
    expect(wifi.slice(2)).toEqual([
      "WIF: Connecting to AP1 TestNet in mode 11n as tasmota-A1B2C3-4803...",
      "WIF: Connected",
      "HTP: Web server active on tasmota-A1B2C3-4803 with IP address 192.168.1.51",
    ]);
    rig.board.powerCycle();
    rig.board.run(5);
    expect(rig.log().at(-1)).not.toBe("");
    expect(rig.board.heard).toContain("Connecting to AP1 TestNet Channel 6 BSSId 02:11:22:33:44:01 in mode 11n");
  });

  it("with a wrong password tries again and again without an access point of its own", async () => {
    const rig = new PlugRig();
    rig.board.powerOn();
    rig.board.run(2);
    rig.type("Backlog SSID1 TestNet;Password1 wrongpass1", 120);
    const tries = rig.log().filter((line) => line.startsWith("WIF: Connecting to AP1 TestNet"));
    expect(tries.length).toBeGreaterThan(10);
    expect(rig.log()).toContain("WIF: Connect failed");
    expect(rig.core.network.managerActive).toBe(false);
  });

  it("falls back to the second access point", async () => {
    const rig = new PlugRig();
    rig.board.powerOn();
    rig.board.run(2);
    rig.type("Backlog SSID2 OtherNet;Password2 otherpass;SSID1 NoSuchNet;Password1 whatever1", 40);
    expect(rig.log()).toContain("WIF: Connect failed as AP cannot be reached");
    expect(rig.core.network.station).toMatchObject({ connected: true, ssid: "OtherNet", channel: 11, signalDbm: -67 });
  });

  it("waits for a router that needs minutes, and comes back when its network does", async () => {
    const rig = new PlugRig();
    rig.router.heardFrom = 120e6;
    rig.router.leasesFrom = 180e6;
    rig.board.powerOn();
    rig.board.run(2);
    rig.type(`Backlog SSID1 ${HOME.ssid};Password1 ${HOME.passphrase}`, 170);
    expect(rig.core.network.station.connected).toBe(false);
    expect(rig.log()).toContain("WIF: Connect failed as no IP address received");
    rig.board.run(60);
    expect(rig.core.network.station.connected).toBe(true);
    rig.air.remove(rig.router);
    rig.board.run(30);
    expect(rig.core.network.station.connected).toBe(false);
    rig.air.restore(rig.router);
    rig.board.run(30);
    expect(rig.core.network.station).toMatchObject({ connected: true, linkCount: 2 });
    expect(rig.core.network.station.downtimeSeconds).toBeGreaterThan(30);
  });

  it("opens its access point on WifiConfig 2 for three minutes, and starts the time anew with every page", async () => {
    const rig = new PlugRig();
    const ip = await rig.provision();
    await rig.command(ip, "WifiConfig 2");
    rig.board.run(5);
    expect(rig.core.network.managerActive).toBe(true);
    await rig.do(rig.computer.wifi().joinOpen("tasmota-A1B2C3-4803"));
    rig.board.run(150);
    await rig.get(`${AP}/`);
    rig.board.run(170);
    expect(rig.core.network.managerActive).toBe(true);
    rig.board.run(30);
    expect(rig.core.network.managerActive).toBe(false);
    expect(rig.core.network.station.ip).toBe(ip);
  });

  it("learns the time from the network and stalls without it", async () => {
    const rig = new PlugRig();
    const ip = await rig.provision();
    expect(rig.core.time.valid).toBe(true);
    expect(rig.core.time.utc).toBeCloseTo(Date.UTC(2026, 0, 1) / 1000 + rig.clock.now / 1e6, -1);
    const timeless = new PlugRig({ lan: { timeService: false } });
    expect(await timeless.provision()).toBe(ip);
    expect(timeless.core.time.valid).toBe(false);
    const times: number[] = [];
    for (let i = 0; i < 60; i++) {
      const before = timeless.clock.now;
      await timeless.command(ip, "Power");
      times.push((timeless.clock.now - before) / 1000);
      timeless.board.run(0.2);
    }
    expect(Math.max(...times)).toBeGreaterThan(500);
    expect(times.sort((a, b) => a - b)[30]).toBeLessThan(80);
  });

  it("follows WebServer 1 a little later and then refuses commands, and WebServer 0 at last", async () => {
    const rig = new PlugRig();
    const ip = await rig.provision();
    await rig.command(ip, "WebServer 1");
    expect(await rig.text(`http://${ip}/cm?cmnd=Power`)).toContain("POWER");
    rig.board.run(1);
    expect(await rig.text(`http://${ip}/cm?cmnd=Power`)).toContain("<html");
    rig.type("WebServer 2", 1);
    expect(await rig.text(`http://${ip}/cm?cmnd=Power`)).toContain("POWER");
    await rig.command(ip, "WebServer 0");
    rig.board.run(2);
    expect(rig.log().at(-1)).toBe("HTP: Web server stopped");
    await expect(rig.get(`http://${ip}/`)).rejects.toMatchObject({ code: "network-failed" });
  });
});

describe("MQTT", () => {
  async function plugged(extra = "", users?: Readonly<Record<string, string>>) {
    const rig = new PlugRig();
    const broker = new VirtualBroker(rig.clock, rig.lan, users === undefined ? {} : { users });
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
