/** Names with patterns in them. Source: Tasmota tasmota_support/support_tasmota.ino (GetTopic_P, Format, ModifyFriendlyName). */
import { hex, pad } from "../command/json.ts";

const LONGEST_HOSTNAME = 31;
const CHIP_ID_MASK = 0x1fff;

function lowMac(mac: Uint8Array): number {
  return (mac[3]! << 16) | (mac[4]! << 8) | mac[5]!;
}

/** "tasmota_%06X" and "%06d": the last three bytes of the MAC. */
export function patternWithMac(pattern: string, mac: Uint8Array): string {
  return pattern.replace(/%(\d*)([Xd])/, (_, width: string, form: string) => {
    const digits = Number(width || 0);
    return form === "X" ? hex(lowMac(mac), digits) : pad(lowMac(mac), digits);
  });
}

/** "%s-%04d": topic and chip number; then only letters, digits and dots, the rest as '-'. */
export function hostnameOf(pattern: string, topic: string, mac: Uint8Array): string {
  const name = pattern
    .replace("%s", topic)
    .replace(/%0?(\d*)d/, (_, width: string) => pad(lowMac(mac) & CHIP_ID_MASK, Number(width || 0)));
  const clean = name.replace(/[^A-Za-z0-9.]/g, "-").replace(/^-/, "x");
  return clean.slice(0, LONGEST_HOSTNAME);
}

/**
 * FullTopic filled in; ends in a slash, with no sign that means something to a broker and no level without a name
 * (GetTopic_P). Without a place for the prefix, commands get theirs behind it, answers none.
 */
export function fullTopic(
  pattern: string,
  prefix: { readonly word: string; readonly command: boolean },
  topic: string,
  hostname: string,
  mac: Uint8Array,
): string {
  const id = [...mac].map((byte) => hex(byte, 2)).join("");
  const placed = prefix.command && !pattern.includes("%prefix%") ? `${pattern}/%prefix%` : pattern;
  const filled = placed
    .replaceAll("%prefix%", prefix.word)
    .replaceAll("%topic%", topic)
    .replaceAll("%hostname%", hostname)
    .replaceAll("%id%", id);
  return closed(filled);
}

/** Under the fallback topic and a group's fixed one, FullTopic and Prefix1 to 3 do not count. */
export function fixedTopic(prefix: string, topic: string): string {
  return closed(`${prefix}/${topic}`);
}

function closed(topic: string): string {
  const clean = topic.replaceAll("#", "").replaceAll("//", "/");
  return clean.endsWith("/") ? clean : `${clean}/`;
}
