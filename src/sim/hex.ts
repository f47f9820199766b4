/** Bytes as text in the simulator's own records. */

/** Lower case, two digits a byte. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** As MAC addresses are written: lower case, colons between the bytes. */
export function macText(mac: Uint8Array): string {
  return Array.from(mac, (byte) => toHex(Uint8Array.of(byte))).join(":");
}

/** @param text pairs of hex digits; anything else between them is passed over. */
export function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/[0-9a-f]{2}/gi) ?? [], (digits) => Number.parseInt(digits, 16));
}
