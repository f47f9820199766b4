/** The Wi-Fi tools of three systems, played by firmware models on PATH that write down exactly how they were called. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isPlugsmithError } from "../../core/errors.ts";
import type { Clock } from "../../engine/ports.ts";
import { findComputerWifi, macNetworks, terseFields, windowsNetworks } from "./computer-wifi.ts";

const SSID = "tasmota-3D5E26-7718";

/** Time passes at once. */
const clock: Clock = {
  now: () => 0,
  wallTime: () => 0,
  after: (_, action) => {
    queueMicrotask(action);
    return () => undefined;
  },
};

let folder: string;
let path: string | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plugsmith-tools-"));
  path = process.env["PATH"];
  process.env["PATH"] = `${folder}:${path ?? ""}`;
});

afterEach(() => {
  process.env["PATH"] = path;
  rmSync(folder, { recursive: true, force: true });
});

/** A program that appends its arguments, one a line and quoted, to calls.txt and answers by what they contain. */
function fakeProgram(
  name: string,
  answers: readonly (readonly [pattern: string, output: string, status?: number])[],
): void {
  const cases = answers
    .map(
      ([pattern, output, status = 0]) =>
        `*${JSON.stringify(pattern).replaceAll("$", "\\$")}*) cat <<'END'\n${output}\nEND\nexit ${status};;`,
    )
    .join("\n");
  const script = `#!/bin/sh
printf '%s' ${name} >> ${folder}/calls.txt
for each in "$@"; do printf ' [%s]' "$each" >> ${folder}/calls.txt; done
printf '\\n' >> ${folder}/calls.txt
case "$*" in
${cases}
esac
`;
  writeFileSync(join(folder, name), script);
  chmodSync(join(folder, name), 0o755);
}

function calls(): string[] {
  return readFileSync(join(folder, "calls.txt"), "utf8").trim().split("\n");
}

describe.skipIf(process.platform === "win32")("with NetworkManager", () => {
  const device = "wlan0:wifi:connected:Home\\: 2.4 GHz\neth0:ethernet:connected:Wired";

  test("the plug's network is joined by nmcli, forgotten afterwards, and the old one is back", async () => {
    fakeProgram("nmcli", [
      ["device wifi list", `Home\\: 2.4 GHz:80:WPA2\n${SSID}:64:\n:50:WPA2`],
      ["DEVICE,TYPE", device],
      ["wifi connect", "Device 'wlan0' successfully activated"],
      ["connection", "done"],
    ]);
    const wifi = (await findComputerWifi(clock, "linux"))!;
    expect(await wifi.scan()).toEqual([
      { ssid: "Home: 2.4 GHz", open: false, signal: -60 },
      { ssid: SSID, open: true, signal: -68 },
    ]);
    const back = await wifi.joinOpen(SSID);
    await back();
    expect(calls()).toEqual([
      "nmcli [-t] [-f] [DEVICE,TYPE,STATE,CONNECTION] [device]",
      "nmcli [-t] [-f] [SSID,SIGNAL,SECURITY] [device] [wifi] [list] [ifname] [wlan0] [--rescan] [yes]",
      "nmcli [-t] [-f] [DEVICE,TYPE,STATE,CONNECTION] [device]",
      `nmcli [device] [wifi] [connect] [${SSID}] [ifname] [wlan0]`,
      `nmcli [connection] [delete] [id] [${SSID}]`,
      "nmcli [connection] [up] [id] [Home: 2.4 GHz] [ifname] [wlan0]",
    ]);
  });

  test("a failure to join says what nmcli said", async () => {
    fakeProgram("nmcli", [
      ["DEVICE,TYPE", device],
      ["wifi connect", "Error: No network with SSID found.", 10],
    ]);
    const wifi = (await findComputerWifi(clock, "linux"))!;
    const error = await wifi.joinOpen(SSID).catch((each: unknown) => each);
    expect(isPlugsmithError(error, "wifi-failed") && error.message).toMatch(/No network with SSID found/);
  });

  test("that has no Wi-Fi device, or is not there, the person is asked instead", async () => {
    fakeProgram("nmcli", [["DEVICE,TYPE", "eth0:ethernet:connected:Wired"]]);
    expect(await findComputerWifi(clock, "linux")).toBeUndefined();
    rmSync(join(folder, "nmcli"));
    process.env["PATH"] = folder;
    expect(await findComputerWifi(clock, "linux")).toBeUndefined();
  });
});

describe.skipIf(process.platform === "win32")("on macOS", () => {
  test("networksetup joins, forgets the plug's network, and lets the system go back by itself", async () => {
    fakeProgram("networksetup", [
      [
        "-listallhardwareports",
        "Hardware Port: Ethernet\nDevice: en0\n\nHardware Port: Wi-Fi\nDevice: en1\nEthernet Address: 00:00",
      ],
      ["-getairportnetwork", "Current Wi-Fi Network: Home"],
    ]);
    // An empty answer is success; a here-document always ends a line, which is blank.
    fakeProgram("ipconfig", [["getifaddr", "192.168.4.2"]]);
    const wifi = (await findComputerWifi(clock, "darwin"))!;
    const back = await wifi.joinOpen(SSID);
    await back();
    expect(calls()).toEqual([
      "networksetup [-listallhardwareports]",
      "networksetup [-getairportnetwork] [en1]",
      `networksetup [-setairportnetwork] [en1] [${SSID}]`,
      "ipconfig [getifaddr] [en1]",
      `networksetup [-removepreferredwirelessnetwork] [en1] [${SSID}]`,
      "networksetup [-setairportpower] [en1] [off]",
      "networksetup [-setairportpower] [en1] [on]",
      "ipconfig [getifaddr] [en1]",
    ]);
  });

  test("a refusal that networksetup reports with status 0 is a failure", async () => {
    fakeProgram("networksetup", [
      ["-listallhardwareports", "Hardware Port: Wi-Fi\nDevice: en1"],
      ["-setairportnetwork", "Could not find network tasmota."],
    ]);
    const wifi = (await findComputerWifi(clock, "darwin"))!;
    const error = await wifi.joinOpen(SSID).catch((each: unknown) => each);
    expect(isPlugsmithError(error, "wifi-failed") && error.message).toMatch(/Could not find network/);
  });

  test("system_profiler's report names the networks around", () => {
    const report = {
      SPAirPortDataType: [
        {
          spairport_airport_interfaces: [
            {
              _name: "en1",
              spairport_airport_other_local_wireless_networks: [
                {
                  _name: SSID,
                  spairport_security_mode: "spairport_security_mode_none",
                  spairport_signal_noise: "-61 dBm / -90 dBm",
                },
                { _name: "Home", spairport_security_mode: "spairport_security_mode_wpa2_personal" },
              ],
            },
          ],
        },
      ],
    };
    expect(macNetworks(JSON.stringify(report))).toEqual([
      { ssid: SSID, open: true, signal: -61 },
      { ssid: "Home", open: false, signal: undefined },
    ]);
    expect(macNetworks("nonsense")).toEqual([]);
  });
});

describe.skipIf(process.platform === "win32")("on Windows", () => {
  const connected = (ssid: string): string =>
    `There is 1 interface on the system:\n\n    Name   : Wi-Fi\n    State  : connected\n    SSID   : ${ssid}\n    Profile: ${ssid}`;

  test("netsh gets a profile without a key, joins, deletes it and goes back", async () => {
    fakeProgram("netsh", [
      [
        "show networks",
        `SSID 1 : ${SSID}\n    Authentication         : Open\n         Signal             : 80%\nSSID 2 : Home\n    Authentication         : WPA2-Personal`,
      ],
      ["show interfaces", connected(SSID)],
      ["wlan", "ok"],
    ]);
    const wifi = (await findComputerWifi(clock, "win32"))!;
    expect(await wifi.scan()).toEqual([
      { ssid: SSID, open: true, signal: -60 },
      { ssid: "Home", open: false, signal: undefined },
    ]);
    const back = await wifi.joinOpen(SSID);
    await back();
    const made = calls().map((call) => call.replace(/\[filename=.*\]/, "[filename=…]"));
    expect(made).toEqual([
      "netsh [wlan] [show] [interfaces]",
      "netsh [wlan] [show] [networks] [mode=bssid]",
      "netsh [wlan] [show] [interfaces]",
      "netsh [wlan] [add] [profile] [filename=…]",
      `netsh [wlan] [connect] [name=${SSID}]`,
      "netsh [wlan] [show] [interfaces]",
      `netsh [wlan] [delete] [profile] [name=${SSID}]`,
      `netsh [wlan] [connect] [name=${SSID}]`,
    ]);
  });

  test("names with any characters are read from its list", () => {
    expect(windowsNetworks("SSID 1 : a : b\r\n    Authentication : Open\r\n")).toEqual([
      { ssid: "a : b", open: true, signal: undefined },
    ]);
  });
});

test("nmcli's escapes are undone", () => {
  expect(terseFields("a\\:b:c\\\\d:")).toEqual(["a:b", "c\\d", ""]);
});
