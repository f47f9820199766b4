/** Numbers and addresses as texts. */
import { toHex } from "../../hex.ts";

/** Last three bytes of the MAC. */
export function chipId(mac: Uint8Array): number {
  return mac[3]! * 0x10000 + mac[4]! * 0x100 + mac[5]!;
}

export function macHex(mac: Uint8Array): string {
  return toHex(mac).toUpperCase();
}

/** Dotted quad of an address in the settings, first octet lowest. */
export function quad(address: number): string {
  return [0, 8, 16, 24].map((shift) => (address >>> shift) & 0xff).join(".");
}

/** The same the other way. */
export function fromQuad(text: string): number {
  return text.split(".").reduce((address, part, i) => address + Number(part) * 2 ** (8 * i), 0);
}
