/** The device in its own access point. Source: xdrv_01_9_webserver.ino, support_command.ino (CmndWifiTest, CmndWifiScan). */
import { describe, expect, it } from "vitest";
import { HOME, PlugRig } from "../../../../test/support/plug-rig.ts";

const AP = "http://192.168.4.1";

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
    async (_, ssid, key, router, line, reported) => {
      const { rig } = await atAccessPoint();
      Object.assign(rig.router, router);
      await rig.get(`${AP}/wi?s1=${ssid}&p1=${key}&save=`);
      rig.board.run(3);
      expect(await rig.text(`${AP}/`)).toContain(`Trying to connect device to network<br>${ssid}`);
      rig.board.run(7);
      expect(rig.log().filter((each) => each.startsWith("WIF: Connect failed"))).toEqual([line]);
      expect(await rig.text(`${AP}/`)).toContain(`Connect failed to ${ssid}<br>Please, check your credentials`);
      expect(await rig.command("192.168.4.1", "WifiTest")).toEqual({ WiFiTest: reported });
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
