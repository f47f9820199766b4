/** A network half with the bench's timing and nothing behind it, for tests of the firmware model's core alone. */
import type { CommandCall, NetworkPart, StationState, TasmotaCore } from "../../src/sim/tasmota/contract.ts";

export interface ScriptedMedium {
  readonly ip: string;
  readonly ssid: string;
  readonly password: string;
  readonly bssid: string;
  readonly signalDbm: number;
}

/** µs from the end of setup(). */
const MANAGER_AT = 251_000;
const ACCESS_POINT_AT = 852_000;
const CONNECT_AT = 1_133_000;
const CONNECTED_AT = 2_385_000;
const SERVER_AT = 2_635_000;
const INFO_AT = 3_638_000;

export function scriptedNetwork(core: TasmotaCore, medium: ScriptedMedium): NetworkPart {
  let connected = false;
  let manager = false;
  let client = "";
  const { clock, mac } = core.host;
  const cancels: (() => void)[] = [];
  const later = (delay: number, action: () => void): void => {
    cancels.push(clock.at(clock.now + delay, action));
  };
  const id = [...mac.subarray(3)].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join("");
  const station = (): StationState => ({
    connected,
    ip: connected ? medium.ip : "0.0.0.0",
    gateway: "127.0.0.1",
    mask: "255.255.255.0",
    dns1: "127.0.0.1",
    dns2: "0.0.0.0",
    ssid: connected ? medium.ssid : "",
    bssid: medium.bssid,
    channel: 6,
    mode: "11n",
    signalDbm: medium.signalDbm,
    linkCount: 1,
    downtimeSeconds: 3,
  });
  function join(): void {
    const { settings } = core;
    const which = settings.get("sta_active") + 1;
    const ssid = settings.text(`SSID${which}`);
    const known = settings.get("wifi_channel") > 0 ? ` Channel 6 BSSId ${medium.bssid}` : "";
    core.log(2, `WIF: Connecting to AP${which} ${ssid}${known} in mode 11n as ${core.hostname}...`);
    if (ssid !== medium.ssid || settings.text(`Password${which}`) !== medium.password) return;
    later(CONNECTED_AT - CONNECT_AT, () => {
      connected = true;
      core.log(2, "WIF: Connected");
      settings.set("wifi_channel", 6);
      medium.bssid.split(":").forEach((part, i) => {
        settings.set("wifi_bssid", Number.parseInt(part, 16), i);
      });
      [1, 2, 3].forEach((i) => {
        settings.set("ipv4_address", [0, 0x0100007f, 0x00ffffff, 0x0100007f][i]!, i);
      });
    });
    later(SERVER_AT - CONNECT_AT, () =>
      core.log(2, `HTP: Web server active on ${core.hostname} with IP address ${medium.ip}`),
    );
    later(INFO_AT - CONNECT_AT, () => {
      client = `DVES_${id}`;
      const module = core.moduleName;
      core.publish(
        "tele",
        "INFO1",
        `{"Info1":{"Module":"${module}","Version":"${core.build.version}","FallbackTopic":"cmnd/DVES_${id}_fb/",` +
          `"GroupTopic":"cmnd/${settings.text("GroupTopic1")}/"}}`,
      );
      core.publish(
        "tele",
        "INFO2",
        `{"Info2":{"WebServerMode":"Admin","Hostname":"${core.hostname}","IPAddress":"${medium.ip}"}}`,
      );
      core.publish(
        "tele",
        "INFO3",
        `{"Info3":{"RestartReason":"${core.restartReason}","BootCount":${core.bootCount}}}`,
      );
      core.publishPower();
      core.teleIn(5);
    });
  }
  const notStarted = (call: CommandCall): void =>
    call.respond(`{"WiFiScan":"${call.data === "" ? "Not Started" : "Scanning"}"}`);
  return {
    commands: { WiFiScan: notStarted },
    // A recording is followed from its beginning; it is never kept.
    isAtRest: false,
    keep: () => ({ station: { connected: false, linkCount: 0, downtime: 0 }, phyMode: "11n", announced: "" }),
    resume: () => {},
    get station() {
      return station();
    },
    get configuring() {
      return manager;
    },
    phyMode: "11n",
    get managerActive() {
      return manager;
    },
    get hostname() {
      return core.hostname;
    },
    busyUntil: 0,
    mqttConnected: false,
    mqttCount: 0,
    get mqttClient() {
      return client;
    },
    publish: () => false,
    startWifiConfig: () => {},
    wifiSettingsChanged: () => {},
    webServerChanged: () => {},
    syslogSet: () => {},
    mqttReconnect: () => {},
    scan: (done) => {
      later(2_100_000, () =>
        done([
          { ssid: "TestNet", bssid: medium.bssid, channel: 6, signalDbm: -55, encryption: "WPA2/PSK" },
          { ssid: "OtherNet", bssid: "02:11:22:33:44:02", channel: 11, signalDbm: -67, encryption: "WPA2/PSK" },
        ]),
      );
    },
    download: (_, __, done) => done({ error: "HTTP error: connection failed" }),
    start: () => {
      const { settings } = core;
      if (settings.text("SSID1") !== "" || settings.text("SSID2") !== "") {
        later(CONNECT_AT, join);
        return;
      }
      manager = true;
      later(MANAGER_AT, () => core.log(2, "WIF: WifiManager active for 3 minutes"));
      later(ACCESS_POINT_AT, () =>
        core.log(2, `HTP: Web server active on ${core.hostname} with IP address 192.168.4.1`),
      );
    },
    stop: () => {
      for (const cancel of cancels) cancel();
      connected = false;
    },
  };
}
