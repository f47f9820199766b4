/**
 * What a capture may contain of a plug: the maker's half of its MAC and nothing of the other half, which is replaced by
 * 00 01 02 wherever it stands in the chip's efuse words. The CRC in them covers the maker's half only and stays.
 */
import { parseReply } from "../../core/loader/protocol.ts";
import { REGISTERS } from "../../core/loader/tables.ts";
import { SlipDecoder, slipEncode } from "../../core/slip.ts";

/** Bits of the words that hold the MAC's last three bytes, and what stands there instead (esptool, ESP8266ROM.read_mac). */
const OWNERS: Readonly<Record<number, { readonly mask: number; readonly put: number; readonly where: string }>> = {
  [REGISTERS.efuse0]: { mask: 0xff000000, put: 0x02000000, where: "0x3ff00050 byte 3" },
  [REGISTERS.efuse1]: { mask: 0x0000ffff, put: 0x00000001, where: "0x3ff00054 low half" },
};
/** A reply's value stands after direction, command and length. */
const VALUE_AT = 4;
const LONGEST_REPLY = 64;

export interface Redacted {
  readonly bytes: Uint8Array;
  /** What was replaced; undefined: nothing. */
  readonly where: string | undefined;
}

/** An answer to READ_REG as the wire carried it, without what is the owner's. */
export function redactAnswer(address: number, wire: Uint8Array): Redacted {
  const owner = OWNERS[address];
  if (owner === undefined) return { bytes: wire, where: undefined };
  const parts: Uint8Array[] = [];
  const decoder = new SlipDecoder(
    {
      frame: (frame) => {
        if (parseReply(frame) !== undefined) {
          const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
          view.setUint32(VALUE_AT, (view.getUint32(VALUE_AT, true) & ~owner.mask) | owner.put, true);
        }
        parts.push(slipEncode(frame));
      },
    },
    LONGEST_REPLY,
  );
  decoder.push(wire);
  // What is no frame is left out: it might hold the word as well.
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes, where: owner.where };
}
