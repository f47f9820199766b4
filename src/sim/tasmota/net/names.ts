/** Names made from patterns in the settings and the chip's number. Source: tasmota.ino, support.ino (Format, CheckBadGPIO…), support_wifi.ino. */
import type { TasmotaCore } from "../contract.ts";

const DEFAULT_HOSTNAME = "%s-%04d";
/** The part of the chip's number in host names. */
const HOST_NUMBER_MASK = 0x1fff;
const HOSTNAME_LENGTH = 31;

/** Last three bytes of the MAC. */
export function chipId(mac: Uint8Array): number {
  return mac[3]! * 0x10000 + mac[4]! * 0x100 + mac[5]!;
}

export function macHex(mac: Uint8Array): string {
  return [...mac].map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join("");
}

/** A name with %06X and the like filled in. */
export function fillPattern(pattern: string, mac: Uint8Array): string {
  return pattern.replace(/%0?(\d*)([Xd])/, (_all, width: string, kind: string) =>
    chipId(mac)
      .toString(kind === "X" ? 16 : 10)
      .toUpperCase()
      .padStart(Number(width || 0), "0"),
  );
}

/** "tasmota-3D5E26-7718": only letters, digits and full stops survive. */
export function resolveHostname(core: TasmotaCore): string {
  const stored = core.settings.text("Hostname");
  let name = stored;
  if (stored === "" || stored.includes("%")) {
    const number = String(chipId(core.host.mac) & HOST_NUMBER_MASK).padStart(4, "0");
    name = DEFAULT_HOSTNAME.replace("%s", core.deviceTopic).replace("%04d", number);
  }
  const clean = name.replaceAll(/[^a-zA-Z0-9.]/g, "-").slice(0, HOSTNAME_LENGTH);
  return clean.replace(/^[^a-zA-Z0-9]/, "x");
}

/** Dotted quad of an address in the settings, first octet lowest. */
export function quad(address: number): string {
  return [0, 8, 16, 24].map((shift) => (address >>> shift) & 255).join(".");
}
