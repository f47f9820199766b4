/**
 * Web passwords: generated ones, and what the plug can hold.
 * Source: Tasmota tasmota/tasmota_support/support_command.ino (CmndWebPassword; "0", "1" and '"' are shortcuts),
 * tasmota/tasmota_xdrv_driver/xdrv_01_9_webserver.ino (user name "admin", HTTP Basic); Tasmota's documentation
 * (web password up to 32 characters).
 */
import { say, type Text } from "../text/text.ts";
import { TEXT_POOL_SIZE } from "./tables/text-pool.ts";

/** The firmware's fixed user name. */
export const WEB_USER = "admin";

/** No look-alikes (0 O 1 l I), nothing a shell, URL or command list would trip over. 57 characters. */
const ALPHABET = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
export const GENERATED_WEB_PASSWORD = 20;
export const MAX_WEB_PASSWORD = 32;
const MIN_WEB_PASSWORD = 8;

/** 20 characters, about 116 bits. `random` gives that many bytes from a cryptographic source. */
export function generateWebPassword(random: (count: number) => Uint8Array): string {
  const limit = 256 - (256 % ALPHABET.length);
  let password = "";
  while (password.length < GENERATED_WEB_PASSWORD) {
    for (const byte of random(GENERATED_WEB_PASSWORD)) {
      // Bytes beyond the last full round would favour the alphabet's beginning.
      if (byte < limit && password.length < GENERATED_WEB_PASSWORD) password += ALPHABET[byte % ALPHABET.length]!;
    }
  }
  return password;
}

/** Why a password a person chose cannot be used, in words without it; empty if it can. */
export function webPasswordFaults(password: string): readonly Text[] {
  const faults: Text[] = [];
  const bytes = new TextEncoder().encode(password).length;
  if (bytes < MIN_WEB_PASSWORD) faults.push(say`it has ${bytes} characters; it needs at least ${MIN_WEB_PASSWORD}`);
  if (bytes > MAX_WEB_PASSWORD) faults.push(say`it has ${bytes} bytes; the plug's limit is ${MAX_WEB_PASSWORD}`);
  if (password.trim() !== password) faults.push(say`the firmware loses spaces at its ends`);
  if (/[^\x20-\x7e]/.test(password))
    faults.push(say`characters beyond ASCII are sent differently by different browsers`);
  return faults;
}

/** `Status 2` counts the text pool as "used/699". */
export function parsePoolUse(text: string): { readonly used: number; readonly size: number } | undefined {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  return match === null ? undefined : { used: Number(match[1]), size: Number(match[2]) };
}

/** Bytes by which a new text would overflow the pool; 0 or less fits. `before` is the text it replaces. */
export function poolOverflow(used: number, before: string, after: string, size: number = TEXT_POOL_SIZE): number {
  const encoder = new TextEncoder();
  return used - encoder.encode(before).length + encoder.encode(after).length - size;
}
