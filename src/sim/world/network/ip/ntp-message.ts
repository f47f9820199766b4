/** A time server's answer (RFC 5905, 7.3). */
import { be32 } from "./packets.ts";

const BYTES = 48;
/** No warning, version 4, mode 4: a server. */
const SERVER = 0x24;
const STRATUM = 2;
const AT = { origin: 24, transmit: 40 } as const;
const TIMESTAMPS = [16, 32, 40] as const;
/** Seconds from 1900 to 1970. */
const UNIX_EPOCH = 2_208_988_800;

/** Undefined where the request is too short to be one. @param utcMs milliseconds since 1970. */
export function timeAnswer(request: Uint8Array, utcMs: number): Uint8Array | undefined {
  if (request.length < BYTES) return undefined;
  const answer = new Uint8Array(BYTES);
  answer.set([SERVER, STRATUM]);
  answer.set(request.subarray(AT.transmit, BYTES), AT.origin);
  const seconds = be32((Math.floor(utcMs / 1000) + UNIX_EPOCH) >>> 0);
  const fraction = be32(Math.floor(((utcMs % 1000) / 1000) * 0x1_0000_0000) >>> 0);
  for (const at of TIMESTAMPS) answer.set([...seconds, ...fraction], at);
  return answer;
}
