import { describe, expect, it } from "vitest";
import { HOME, PlugRig } from "../../../../test/support/plug-rig.ts";
import { VirtualBroker } from "../../world/network/mqtt-broker.ts";

const AP = "http://192.168.4.1";

async function atAccessPoint() {
  const rig = new PlugRig();
  rig.board.powerOn();
  rig.board.run(3);
  const back = await rig.do(rig.computer.wifi().joinOpen("tasmota-A1B2C3-4803"));
  return { rig, back };
}

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
    rig.medium.remove(rig.router);
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
    rig.medium.remove(rig.router);
    rig.board.run(30);
    expect(rig.core.network.station.connected).toBe(false);
    rig.medium.restore(rig.router);
    rig.board.run(30);
    expect(rig.core.network.station).toMatchObject({ connected: true, linkCount: 2 });
    expect(rig.core.network.station.downtimeSeconds).toBeGreaterThan(30);
  });

  it("opens its access point on WifiConfig 2 for three minutes, and starts the time again with every page", async () => {
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
