/** MD5 of a whole image, as the updater compares it with the one that the server sent (RFC 1321, sections 3.1 to 3.5). */
import { toHex } from "../../hex.ts";
import { MD5_INITIAL_STATE, md5Block } from "../../rom/library/md5.ts";

const BLOCK = 64;
/** The length in bits stands in the last 8 bytes of the last block. */
const LENGTH_FIELD = 8;

/** Lower-case hex. */
export function md5Sum(bytes: Uint8Array): string {
  const padded = new Uint8Array(Math.ceil((bytes.length + 1 + LENGTH_FIELD) / BLOCK) * BLOCK);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - LENGTH_FIELD, (bytes.length << 3) >>> 0, true);
  view.setUint32(padded.length - LENGTH_FIELD + 4, Math.floor(bytes.length / 2 ** 29), true);
  const state = Int32Array.from(MD5_INITIAL_STATE);
  const words = new Int32Array(BLOCK / 4);
  for (let at = 0; at < padded.length; at += BLOCK) {
    for (let i = 0; i < words.length; i++) words[i] = view.getInt32(at + 4 * i, true);
    md5Block(state, words);
  }
  const digest = new DataView(new ArrayBuffer(16));
  for (let i = 0; i < 4; i++) digest.setInt32(4 * i, state[i]!, true);
  return toHex(new Uint8Array(digest.buffer));
}
