/** The house's own sums: the same on every platform, to the byte. */
import { zlibSync } from "fflate";
import { md5Hex, sha256Hex, startMd5 } from "../core/digest.ts";
import type { Codec } from "./ports.ts";

export const pureCodec: Codec = {
  md5: md5Hex,
  sha256: sha256Hex,
  startMd5,
  deflate: (bytes) => zlibSync(bytes, { level: 9 }),
};
