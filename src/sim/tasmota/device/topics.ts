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

/** FullTopic filled in; ends in a slash. */
export function fullTopic(pattern: string, prefix: string, topic: string, hostname: string, mac: Uint8Array): string {
  const id = [...mac].map((byte) => hex(byte, 2)).join("");
  const withTopic = pattern.includes("%prefix%") ? pattern : `%prefix%/${pattern}`;
  const filled = withTopic
    .replaceAll("%prefix%", prefix)
    .replaceAll("%topic%", topic)
    .replaceAll("%hostname%", hostname)
    .replaceAll("%id%", id)
    .replace(/[#+ ]/g, "_");
  return filled.endsWith("/") ? filled : `${filled}/`;
}
