/** Little things that every frame needs. */

export function concatenated(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const equal = (first: Uint8Array, second: Uint8Array): boolean =>
  first.length === second.length && first.every((byte, i) => byte === second[i]);

/** Little-endian, as IEEE 802.11 counts. */
export const u16 = (value: number): readonly number[] => [value & 0xff, (value >> 8) & 0xff];

export function compare(first: Uint8Array, second: Uint8Array): number {
  const at = first.findIndex((byte, i) => byte !== second[i]);
  return at < 0 ? 0 : first[at]! - second[at]!;
}
