/** Links as HandleWifiConfiguration writes them (Tasmota xdrv_01_9_webserver.ino), names escaped by HtmlEscape (support.ino). */
import { expect, test } from "vitest";
import { listedNetworks } from "./setup-page.ts";

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
