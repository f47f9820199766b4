/**
 * Keeps secrets out of everything a person or a file gets to see: known values in every spelling they travel in, and
 * the arguments of password commands even where the value is not known.
 */
import { toHex } from "../bytes.ts";

const MASK = "****";

/** Commands and JSON keys whose value is a secret. */
const PASSWORD_PAIR = /"((?:Web|Mqtt|Rgx)?Password\d*)"\s*:\s*"(?:[^"\\]|\\.)*"/gi;
const PASSWORD_COMMAND = /\b((?:Web|Mqtt|Rgx)?Password\d*)[ \t]+(?!=)(.+?)(?=;|$)/gim;

function jsonEscaped(secret: string): string {
  return JSON.stringify(secret).slice(1, -1);
}

function percentEncoded(bytes: Uint8Array, spaceAsPlus: boolean): string {
  let out = "";
  for (const byte of bytes) {
    if (/[A-Za-z0-9_.~-]/.test(String.fromCharCode(byte))) out += String.fromCharCode(byte);
    else if (byte === 0x20 && spaceAsPlus) out += "+";
    else out += `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return out;
}

/** All spellings of a secret that occur on the way to a plug. */
export function spellingsOf(secret: string): readonly string[] {
  const bytes = new TextEncoder().encode(secret);
  const hex = toHex(bytes);
  const all = [
    secret,
    jsonEscaped(secret),
    encodeURIComponent(secret),
    percentEncoded(bytes, true),
    percentEncoded(bytes, false),
    basicToken(`admin:${secret}`),
    hex,
    hex.toUpperCase(),
  ];
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Base64 of the text's UTF-8 bytes, as HTTP Basic authentication wants it (RFC 7617). */
export function basicToken(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let out = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out += BASE64[word >> 18]! + BASE64[(word >> 12) & 0x3f]!;
    out += i + 1 < bytes.length ? BASE64[(word >> 6) & 0x3f]! : "=";
    out += i + 2 < bytes.length ? BASE64[word & 0x3f]! : "=";
  }
  return out;
}

/** Masks what must not be shown. Secrets of fewer than 4 bytes are masked only where they stand as a value. */
export class Redactor {
  readonly #spellings = new Set<string>();

  add(secret: string | undefined): void {
    if (secret === undefined || new TextEncoder().encode(secret).length < 4) return;
    for (const spelling of spellingsOf(secret)) this.#spellings.add(spelling);
  }

  redact(text: string): string {
    let out = text;
    for (const spelling of [...this.#spellings].sort((a, b) => b.length - a.length))
      out = out.replaceAll(spelling, MASK);
    return out.replace(PASSWORD_PAIR, `"$1":"${MASK}"`).replace(PASSWORD_COMMAND, `$1 ${MASK}`);
  }
}
