/**
 * The computer's own Wi-Fi as a port: NetworkManager's nmcli on Linux, networksetup and system_profiler on macOS, netsh
 * on Windows. Only open networks are joined, so no passphrase ever appears among a program's arguments. Whether a transport
 * has been seen on a real one is described in docs/tasmota.md.
 * Sources: nmcli(1) and nmcli-examples(7); networksetup(8), system_profiler(8); Microsoft, "Netsh WLAN commands" and
 * the WLAN_profile schema.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PlugsmithError } from "../../core/errors.ts";
import { joined, say, type Text } from "../../core/text/text.ts";
import type { Clock, ComputerWifi, WifiNetwork } from "../../engine/ports.ts";
import { sleep } from "../../engine/time.ts";
import { type ProgramResult, type RunProgram, runProgram } from "./program-runner.ts";

export interface WifiSurroundings {
  readonly platform: NodeJS.Platform;
  readonly run: RunProgram;
  readonly clock: Clock;
}

/** Undefined where there is no Wi-Fi that a program may use; then the person is asked to join by hand. */
export async function findComputerWifi(
  clock: Clock,
  platform: NodeJS.Platform = process.platform,
  run: RunProgram = runProgram,
): Promise<ComputerWifi | undefined> {
  const around = { platform, run, clock };
  switch (platform) {
    case "linux":
      return await networkManager(around);
    case "darwin":
      return await macos(around);
    case "win32":
      return await windows(around);
    default:
      return undefined;
  }
}

function failed(message: Text, result: ProgramResult): PlugsmithError {
  const words = `${result.errors}\n${result.output}`.trim().split("\n")[0] ?? "";
  return new PlugsmithError("wifi-failed", {
    message: words === "" ? message : joined([message, say`The system reports: ${words}`]),
    step: "provision",
    plugState: say`untouched`,
    nextStep: say`Join the network yourself in the system settings, or use another transport.`,
  });
}

// ---------------------------------------------------------------------------------------------------------------
// NetworkManager

/** Fields of `nmcli -t`: separated by colons, colons and backslashes in values escaped by a backslash. */
export function terseFields(line: string): readonly string[] {
  const fields = [""];
  for (let i = 0; i < line.length; i++) {
    if (line[i] === "\\" && i + 1 < line.length) fields[fields.length - 1] += line[++i]!;
    else if (line[i] === ":") fields.push("");
    else fields[fields.length - 1] += line[i]!;
  }
  return fields;
}

async function networkManager({ run }: WifiSurroundings): Promise<ComputerWifi | undefined> {
  const devices = await run("nmcli", ["-t", "-f", "DEVICE,TYPE,STATE,CONNECTION", "device"]);
  if (devices.status !== 0) return undefined;
  const device = devices.output
    .split("\n")
    .map(terseFields)
    .find(([, type, state]) => type === "wifi" && state !== "unmanaged");
  const name = device?.[0];
  if (name === undefined) return undefined;
  return {
    scan: async () => {
      const list = await run("nmcli", [
        "-t",
        "-f",
        "SSID,SIGNAL,SECURITY",
        "device",
        "wifi",
        "list",
        "ifname",
        name,
        "--rescan",
        "yes",
      ]);
      if (list.status !== 0) throw failed(say`This computer could not search for Wi-Fi networks.`, list);
      return list.output
        .split("\n")
        .map(terseFields)
        .flatMap(([ssid, signal, security]) =>
          ssid === undefined || ssid === "" || signal === undefined
            ? []
            : [{ ssid, open: security === "" || security === "--", signal: dbmOfQuality(Number(signal)) }],
        );
    },
    joinOpen: async (ssid, signal) => {
      const now = await run("nmcli", ["-t", "-f", "DEVICE,TYPE,STATE,CONNECTION", "device"], signal);
      const before = now.output
        .split("\n")
        .map(terseFields)
        .find(([each]) => each === name);
      const old = before?.[2] === "connected" ? before[3] : undefined;
      const joined = await run("nmcli", ["device", "wifi", "connect", ssid, "ifname", name], signal);
      if (joined.status !== 0) throw failed(say`This computer could not join "${ssid}".`, joined);
      return async () => {
        // NetworkManager makes a profile of every network it joins and would come back to it by itself.
        await run("nmcli", ["connection", "delete", "id", ssid]);
        if (old === undefined || old === "") return;
        const back = await run("nmcli", ["connection", "up", "id", old, "ifname", name]);
        if (back.status !== 0) throw failed(say`This computer could not join "${old}" again.`, back);
      };
    },
  };
}

/** nmcli and netsh report quality in percent: 0 is -100 dBm, 100 is -50 dBm or better. */
function dbmOfQuality(quality: number): number | undefined {
  return Number.isFinite(quality) ? Math.round(quality / 2 - 100) : undefined;
}

// ---------------------------------------------------------------------------------------------------------------
// macOS

async function macos({ run, clock }: WifiSurroundings): Promise<ComputerWifi | undefined> {
  const hardware = await run("networksetup", ["-listallhardwareports"]);
  const device = /Hardware Port: Wi-Fi\s+Device: (\S+)/.exec(hardware.output)?.[1];
  if (hardware.status !== 0 || device === undefined) return undefined;
  const current = async (): Promise<string | undefined> =>
    /Current Wi-Fi Network: (.*)/.exec((await run("networksetup", ["-getairportnetwork", device])).output)?.[1]?.trim();
  return {
    scan: async () => {
      const report = await run("system_profiler", ["-json", "SPAirPortDataType"]);
      if (report.status !== 0) throw failed(say`This computer could not search for Wi-Fi networks.`, report);
      return macNetworks(report.output);
    },
    joinOpen: async (ssid, signal) => {
      const old = await current();
      const joined = await run("networksetup", ["-setairportnetwork", device, ssid], signal);
      // networksetup ends with status 0 also where it failed; then it says why.
      if (joined.status !== 0 || joined.output.trim() !== "")
        throw failed(say`This computer could not join "${ssid}".`, joined);
      await awaitAddress(run, clock, ["ipconfig", ["getifaddr", device]], signal);
      return async () => {
        await run("networksetup", ["-removepreferredwirelessnetwork", device, ssid]);
        // Off and on: the system goes back to the network it knows; a passphrase would be needed to name it.
        await run("networksetup", ["-setairportpower", device, "off"]);
        await run("networksetup", ["-setairportpower", device, "on"]);
        if (old !== undefined) await awaitAddress(run, clock, ["ipconfig", ["getifaddr", device]], undefined);
      };
    },
  };
}

/** `system_profiler -json SPAirPortDataType`: networks around, each with its name and kind of security. */
export function macNetworks(report: string): WifiNetwork[] {
  const found: WifiNetwork[] = [];
  const visit = (value: unknown, inside: boolean): void => {
    if (Array.isArray(value)) for (const each of value) visit(each, inside);
    else if (typeof value === "object" && value !== null) {
      const record = value as Record<string, unknown>;
      if (inside && typeof record["_name"] === "string") {
        const security = textOf(record["spairport_security_mode"]);
        const dbm = /(-\d+) dBm/.exec(textOf(record["spairport_signal_noise"]))?.[1];
        found.push({
          ssid: record["_name"],
          open: security === "" || /none/i.test(security),
          signal: dbm === undefined ? undefined : Number(dbm),
        });
      }
      for (const [key, each] of Object.entries(record)) {
        visit(each, inside || key === "spairport_airport_other_local_wireless_networks");
      }
    }
  };
  try {
    visit(JSON.parse(report), false);
  } catch {
    return [];
  }
  return found;
}

const ADDRESS_POLL_MS = 1000;
const ADDRESS_ATTEMPTS = 20;

async function awaitAddress(
  run: RunProgram,
  clock: Clock,
  [program, args]: readonly [string, readonly string[]],
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let attempt = 0; attempt < ADDRESS_ATTEMPTS; attempt++) {
    const { output } = await run(program, args, signal);
    if (/\d+\.\d+\.\d+\.\d+/.test(output)) return;
    await sleep(clock, ADDRESS_POLL_MS, signal);
  }
}

// ---------------------------------------------------------------------------------------------------------------
// Windows

async function windows({ run, clock }: WifiSurroundings): Promise<ComputerWifi | undefined> {
  const interfaces = await run("netsh", ["wlan", "show", "interfaces"]);
  if (interfaces.status !== 0 || !/^\s*SSID\s*:|^\s*State\s*:/m.test(interfaces.output)) return undefined;
  const profile = (text: string): string | undefined => /^\s*Profile\s*:\s*(.+?)\s*$/m.exec(text)?.[1];
  const ssidNow = (text: string): string | undefined => /^\s*SSID\s*:\s*(.+?)\s*$/m.exec(text)?.[1];
  return {
    scan: async () => {
      const list = await run("netsh", ["wlan", "show", "networks", "mode=bssid"]);
      if (list.status !== 0) throw failed(say`This computer could not search for Wi-Fi networks.`, list);
      return windowsNetworks(list.output);
    },
    joinOpen: async (ssid, signal) => {
      const old = profile((await run("netsh", ["wlan", "show", "interfaces"], signal)).output);
      await addOpenProfile(run, ssid);
      const joined = await run("netsh", ["wlan", "connect", `name=${ssid}`], signal);
      if (joined.status !== 0) throw failed(say`This computer could not join "${ssid}".`, joined);
      for (let attempt = 0; ; attempt++) {
        if (ssidNow((await run("netsh", ["wlan", "show", "interfaces"], signal)).output) === ssid) break;
        if (attempt === ADDRESS_ATTEMPTS) throw failed(say`This computer could not join "${ssid}".`, joined);
        await sleep(clock, ADDRESS_POLL_MS, signal);
      }
      return async () => {
        await run("netsh", ["wlan", "delete", "profile", `name=${ssid}`]);
        if (old === undefined) return;
        const back = await run("netsh", ["wlan", "connect", `name=${old}`]);
        if (back.status !== 0) throw failed(say`This computer could not join "${old}" again.`, back);
      };
    },
  };
}

/** Blocks "SSID 1 : name", then "Authentication : Open" and "Signal : 80%". */
export function windowsNetworks(output: string): WifiNetwork[] {
  return output
    .split(/^SSID \d+ : /m)
    .slice(1)
    .flatMap((block) => {
      const ssid = block.split(/\r?\n/)[0]!.trim();
      const quality = /Signal\s*:\s*(\d+)%/.exec(block)?.[1];
      const signal = quality === undefined ? undefined : dbmOfQuality(Number(quality));
      return ssid === "" ? [] : [{ ssid, open: /Authentication\s*:\s*Open/.test(block), signal }];
    });
}

async function addOpenProfile(run: RunProgram, ssid: string): Promise<void> {
  const name = ssid.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
  const xml =
    '<?xml version="1.0"?><WLANProfile xmlns="http://www.microsoft.com/networking/WLAN/profile/v1">' +
    `<name>${name}</name><SSIDConfig><SSID><name>${name}</name></SSID></SSIDConfig><connectionType>ESS</connectionType>` +
    "<connectionMode>manual</connectionMode><MSM><security><authEncryption><authentication>open</authentication>" +
    "<encryption>none</encryption><useOneX>false</useOneX></authEncryption></security></MSM></WLANProfile>";
  const folder = await mkdtemp(join(tmpdir(), "plugsmith-wifi-"));
  try {
    const file = join(folder, "profile.xml");
    await writeFile(file, xml);
    const added = await run("netsh", ["wlan", "add", "profile", `filename=${file}`]);
    if (added.status !== 0) throw failed(say`This computer could not prepare to join "${ssid}".`, added);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
