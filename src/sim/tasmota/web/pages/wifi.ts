/** The Wi-Fi page, in the access point and in the network. Source: recordings; xdrv_01_9_webserver.ino (HandleWifiConfiguration). */
import type { ScannedNetwork, TasmotaCore } from "../../contract.ts";
import { CONFIGURATION, escapeHtml, field, fieldset, form, page, passwordField } from "./html.ts";

/** How the test of new credentials stands. */
export type WifiTestView =
  /** "saved": without proof, because the access point never answered twice in a row. */
  { readonly state: "idle" | "testing" | "failed" | "saved" } | { readonly state: "succeeded"; readonly ip: string };

/** What the page's list shows. */
export type ScanView =
  /** No scan was made. */
  | { readonly kind: "none" }
  /** The three strongest. */
  | { readonly kind: "best" | "all"; readonly networks: readonly ScannedNetwork[] };

const BEST = 3;

/** WifiGetRssiAsQuality: 0 at -100 dBm, 100 at -50 dBm. */
export function quality(dbm: number): number {
  return Math.max(0, Math.min(100, 2 * (dbm + 100)));
}

function networkList(view: ScanView): string {
  const again = "<div><a href='/wi?scan='>Scan for wifi networks</a></div><br>";
  if (view.kind === "none") return again;
  if (view.networks.length === 0) return `No networks found${again}`;
  const names = new Map<string, ScannedNetwork[]>();
  for (const network of view.networks) names.set(network.ssid, [...(names.get(network.ssid) ?? []), network]);
  const strength = (network: ScannedNetwork): string =>
    `title='${quality(network.signalDbm)}% (${network.signalDbm} dBm)'`;
  const link = (ssid: string): string =>
    `<a href='#p' onclick='c(this)'>${ssid === "" ? "no_name" : escapeHtml(ssid)}</a>`;
  if (view.kind === "best") {
    const rows = [...names].slice(0, BEST).map(([ssid, same]) => `<div ${strength(same[0]!)}>${link(ssid)}</div>`);
    return `${rows.join("")}<br><div><a href='/wi?scan='>Scan for all WiFi Networks</a></div><br>`;
  }
  const rows = [...names].map(([ssid, same]) => {
    const stations = same.map((network) => `<div ${strength(network)}>${network.bssid} (${network.channel})</div>`);
    return `<div>${link(ssid)}<br>${stations.join("")}</div>`;
  });
  return `${rows.join("")}<br>${again}`;
}

const PASSWORD_HINT = "Enter your WiFi Password";
const DEFAULT_HOSTNAME = "%s-%04d";

/** In the network: both access points and the host name; passwords are never shown. */
export function stationWifiPage(core: TasmotaCore, scan: ScanView): string {
  const { settings } = core;
  const fields =
    field("WiFi Network", "", "s1", "Type or Select your WiFi Network", settings.text("SSID1")) +
    passwordField("WiFi Password", "p1", PASSWORD_HINT, "****") +
    field("WiFi Network 2", "", "s2", "Type your Alternative WiFi Network", settings.text("SSID2")) +
    passwordField("WiFi Password", "p2", PASSWORD_HINT, "****") +
    field("Hostname", DEFAULT_HOSTNAME, "h", DEFAULT_HOSTNAME, settings.text("Hostname"));
  return page(core, "WiFi", networkList(scan) + fieldset("Wifi parameters", form("wi", fields)) + CONFIGURATION);
}

const HIDDEN_BUTTONS =
  "<p><form id=butmo><button type='button'>More Options</button></form></p>" +
  "<p><form id=but13 action='rs' method='get'><button>Restore</button></form></p>" +
  "<p><form id=but1 action='rt' method='get'><button name='non'>Reset</button></form></p>" +
  "<p><form id=but0 action='.' method='get'><button name='rst'>Restart</button></form></p>";

/** In the access point. `resetOnly`: WifiConfig 7 offers no more than restart and reset. */
export function managerWifiPage(core: TasmotaCore, scan: ScanView, test: WifiTestView, resetOnly: boolean): string {
  if (resetOnly) return page(core, "WiFi", HIDDEN_BUTTONS);
  const ssid = core.settings.text("SSID1");
  const fields =
    field("WiFi Network", undefined, "s1", "Type or Select your WiFi Network", ssid) +
    passwordField("WiFi Password", "p1", PASSWORD_HINT, undefined);
  let outcome = "";
  if (test.state === "testing") {
    outcome = `<div><h3>Trying to connect device to network<br>${escapeHtml(ssid)}</h3></div>`;
  } else if (test.state === "failed") {
    const advice = "Please, check your credentials";
    outcome = `<div><h3>Connect failed to ${escapeHtml(ssid)}<br>${advice}</h3></div>`;
  }
  const select = scan.kind === "none" || scan.networks.length === 0 ? "" : "<div>Select your WiFi Network</div><br>";
  const list = select + networkList(scan);
  return page(core, "WiFi", list + fieldset("Wifi parameters", form("wi", fields)) + outcome + HIDDEN_BUTTONS);
}

export function testingPage(core: TasmotaCore): string {
  const reload = "<script>setTimeout(function(){location.href='.';},10000);</script>";
  const text = "<div><b>Trying to connect device to network</b><br><br></div>";
  return page(core, "Save configuration", reload + text);
}

export function connectedPage(core: TasmotaCore, ip: string): string {
  const go = `<script>setTimeout(function(){location.href='http://${ip}';},10000);</script>`;
  const link = `Redirecting to new device's IP address<br><br><a href='http://${ip}'>${ip}</a><br>`;
  return page(core, "Save configuration", `${go}<div>Successful WiFi Connection<br><br></div><div>${link}</div>`);
}

/** What the access point asks for when a web password is set. */
export function loginPage(core: TasmotaCore): string {
  return page(
    core,
    "WiFi",
    "<form method='post' action='/'><p><b>User</b><br><input name='USER1' placeholder='User'></p>" +
      "<p><b>Password</b><br><input name='PASS1' type='password' placeholder='Password'></p><button>OK</button></form>",
  );
}
