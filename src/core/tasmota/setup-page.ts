/**
 * The plug's Wi-Fi set-up page from its HTML. Structure decides, so that translated builds are understood.
 * Source: Tasmota tasmota/tasmota_xdrv_driver/xdrv_01_9_webserver.ino (HandleRoot, HandleWifiConfiguration) and pages
 * recorded from version 15.2.
 */

export type SetupPage =
  /** The form; nothing under way, nothing failed. */
  | { readonly kind: "form" }
  | { readonly kind: "testing" }
  | { readonly kind: "failed" }
  /** Joined. Fetching this page has triggered the restart. */
  | { readonly kind: "joined"; readonly address: string }
  /** Saved without a test (old firmware; second time-out in a row); it restarts. */
  | { readonly kind: "saved" }
  /** The plug's normal main page: the set-up is over. */
  | { readonly kind: "main" }
  | { readonly kind: "unknown" };

/**
 * The networks that a page lists (HandleWifiConfiguration), in its order; "" is one that hides its name. Undefined
 * where the page has no list.
 */
export function listedNetworks(html: string): readonly string[] | undefined {
  const links = [...html.matchAll(/<a href='#p' onclick='c\(this\)'>([^<]*)<\/a>/g)].map(([, name = ""]) => name);
  if (links.length === 0) return undefined;
  return links.map((name) => (name === "no_name" ? "" : unescapeHtml(name)));
}

/** HtmlEscape (support.ino) undone. */
function unescapeHtml(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return text.replaceAll(
    /&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named[name.toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** What a page says. */
export function readSetupPage(html: string): SetupPage {
  const address = /<a href='http:\/\/(\d{1,3}(?:\.\d{1,3}){3})\/?'/.exec(html)?.[1];
  if (address !== undefined && address !== "0.0.0.0") return { kind: "joined", address };
  const hasForm = /id='s1'/.test(html) && /id='p1'/.test(html);
  // A message between the form and the buttons, in a heading: what it tries, or what failed and that one check.
  const message = /<h3>([^<]+(?:<br>[^<]*)?)<\/h3>/.exec(html.slice(Math.max(0, html.indexOf("id='p1'"))))?.[1];
  if (hasForm) {
    if (message === undefined) return { kind: "form" };
    const [first = "", second = ""] = message.split("<br>");
    if (/trying|connect device/i.test(first)) return { kind: "testing" };
    if (/fail|check/i.test(`${first} ${second}`)) return { kind: "failed" };
    // Other languages: while testing the list of networks is left out.
    return /onclick='c\(this\)'/.test(html) ? { kind: "failed" } : { kind: "testing" };
  }
  if (/trying to connect|connect device/i.test(html)) return { kind: "testing" };
  if (/configuration saved|device will restart/i.test(html)) return { kind: "saved" };
  if (/action='cn'|id='l1'|name='l1'/.test(html)) return { kind: "main" };
  return { kind: "unknown" };
}

/** Name of a Tasmota plug's own access point; the middle part is the end of its MAC. */
const ACCESS_POINT = /^(?:tasmota|sonoff)[-_](?:([0-9A-F]{6})[-_])?(\d{4})$/i;

/** Undefined for other networks. `macEnd` is 6 lower-case hex digits if the name contains them. */
export function readAccessPointName(ssid: string): { readonly macEnd: string | undefined } | undefined {
  const match = ACCESS_POINT.exec(ssid);
  return match === null ? undefined : { macEnd: match[1]?.toLowerCase() };
}

/** Bits of the MAC's end that a default host name contains, in decimal (tasmota.ino, setup: chip id & 0x1FFF). */
const SHORT_ID = 0x1fff;

/**
 * Whether an access point may be this plug's (any plug's, without a MAC). The host name names it: by default the topic
 * and the short id, so a plug that was given a topic of its own is known by the id alone.
 * @param mac 12 lower-case hex digits.
 */
export function mayBeAccessPointOf(ssid: string, mac: string | undefined): boolean {
  const name = readAccessPointName(ssid);
  if (mac === undefined) return name !== undefined;
  if (name?.macEnd !== undefined) return mac.endsWith(name.macEnd);
  const id = (Number.parseInt(mac.slice(6), 16) & SHORT_ID).toString().padStart(4, "0");
  return new RegExp(`[-_]${id}$`).test(ssid);
}

/** Where a plug is reached in its own access point. */
export const ACCESS_POINT_ADDRESS = "192.168.4.1";
