/** Links as HandleWifiConfiguration writes them (Tasmota xdrv_01_9_webserver.ino), names escaped by HtmlEscape (support.ino). */
import { expect, test } from "vitest";
import {
  ACCESS_POINT_ADDRESS,
  listedNetworks,
  mayBeAccessPointOf,
  readAccessPointName,
  readSetupPage,
} from "./setup-page.ts";

const link = (name: string): string => `<div title='90% (-55 dBm)'><a href='#p' onclick='c(this)'>${name}</a></div>`;

test.each([
  ["no list at all", "<div><a href='/wi?scan='>Scan for all WiFi Networks</a></div>", undefined],
  ["two names", link("Home") + link("Other"), ["Home", "Other"]],
  ["names with signs that HTML reserves", link("A &amp; B &lt;1&gt; &quot;x&quot; it&#39;s"), [`A & B <1> "x" it's`]],
  [
    "a slash in hex, an unknown entity, a code beyond Unicode",
    link("a&#x2F;b&nope;&#9999999;"),
    ["a/b&nope;&#9999999;"],
  ],
  ["a network that hides its name", link("no_name"), [""]],
])("reads %s from a Wi-Fi page", (_, html, names) => {
  expect(listedNetworks(html)).toEqual(names);
});

const FORM = "<input id='s1' placeholder='Type or Select'><input id='p1' type='password'>";
const LIST = link("Home");

/** HandleWifiConfiguration and HandleRoot: WifiTest's messages stand in a heading below the form. */
test.each([
  ["form", `${LIST}${FORM}<button name='save'>`],
  ["testing", `${FORM}<h3>Trying to connect<br>Home</h3>`],
  ["testing", `${FORM}<h3>Connect device to Home</h3>`],
  ["failed", `${LIST}${FORM}<h3>Connect failed as AP cannot be reached<br>Check credentials</h3>`],
  ["failed", `${LIST}${FORM}<h3>Connect failed</h3>`],
  ["failed", `${LIST}${FORM}<h3>Verbindung gescheitert<br>check</h3>`],
  ["failed", `${LIST}${FORM}<h3>Verbindung gescheitert</h3>`],
  ["testing", `${FORM}<h3>Verbinde mit Home</h3>`],
  ["form", `<h3>Tasmota failed</h3>${LIST}${FORM}`],
  ["testing", "<div>Trying to connect device to network</div>"],
  ["saved", "<div>Configuration saved<br>Device will restart in a few seconds</div>"],
  ["main", "<form action='cn' method='get'><button>Configuration</button></form>"],
  ["main", "<div id='l1' name='l1'></div>"],
  ["unknown", "<html></html>"],
  ["unknown", `<input id='s1'>`],
])("a page is %s: %s", (kind, html) => {
  expect(readSetupPage(html)).toEqual({ kind });
});

test("a page that links to the plug's new address says that it joined", () => {
  const page = (address: string): string => `<a href='http://${address}/' target='_blank'>tasmota</a>${FORM}`;
  expect(readSetupPage(page("192.168.1.50"))).toEqual({ kind: "joined", address: "192.168.1.50" });
  expect(readSetupPage(page("192.168.1.50").replace("50/'", "50'"))).toEqual({
    kind: "joined",
    address: "192.168.1.50",
  });
  expect(readSetupPage(page("0.0.0.0"))).toEqual({ kind: "form" });
});

test("the highest code of Unicode is a character, the one above it is not", () => {
  expect(listedNetworks(link("a&#1114111;b"))).toEqual([`a${String.fromCodePoint(0x10ffff)}b`]);
  expect(listedNetworks(link("a&#1114112;b"))).toEqual(["a&#1114112;b"]);
});

/** my_user_config.h: WIFI_DEFAULT_HOSTNAME "%s-%04d"; the topic is tasmota_%06X. */
test.each([
  ["tasmota-A1B2C3-4803", { macEnd: "a1b2c3" }],
  ["tasmota_a1b2c3_4803", { macEnd: "a1b2c3" }],
  ["sonoff-4803", { macEnd: undefined }],
  ["tasmota-480", undefined],
  ["mytasmota-A1B2C3-4803", undefined],
  ["HomeNet", undefined],
])("the network %s tells as an access point %j", (ssid, reported) => {
  expect(readAccessPointName(ssid)).toEqual(reported);
});

/** setup() in tasmota.ino: the host name ends in the chip's id, its lowest 13 bits in decimal, four digits at least. */
test.each([
  ["tasmota-A1B2C3-4803", "5ccf7fa1b2c3", true],
  ["tasmota-A1B2C3-4803", "5ccf7fa1b2c4", false],
  ["tasmota-4803", "5ccf7fa1b2c3", true],
  ["kitchen-4803", "5ccf7fa1b2c3", true],
  ["kitchen-4804", "5ccf7fa1b2c3", false],
  ["kitchen14803", "5ccf7fa1b2c3", false],
  ["kitchen-0007", "5ccf7fa1a007", true],
  ["kitchen-8191", "5ccf7fa1ffff", true],
  ["kitchen-4096", "5ccf7fa13000", true],
  ["kitchen-4803", undefined, false],
  ["tasmota-4803", undefined, true],
])("the access point %s may be that of %s: %s", (ssid, mac, may) => {
  expect(mayBeAccessPointOf(ssid, mac)).toBe(may);
});

test("a plug in its own access point is at the Arduino core's default address", () => {
  expect(ACCESS_POINT_ADDRESS).toBe("192.168.4.1");
});
