/**
 * The backup file (.dmp): the settings sector, lightly veiled. Written for the firmware model alone; the host has its own.
 * Source: Tasmota tasmota_support/settings.ino (SettingsConfigBackup, SettingsConfigRestore).
 */
import {
  CFG_HOLDER,
  DMP_CLEAR_BYTES,
  DMP_XOR_SEED,
  SETTINGS_SIZE,
} from "../../../core/tasmota/tables/settings-fields.ts";
import { sectorCrc32 } from "./digests.ts";

/** Offset of config_version; 0 is an ESP8266's. */
const CONFIG_VERSION = 0xf36;

function veil(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, i) => (i < DMP_CLEAR_BYTES ? byte : byte ^ ((DMP_XOR_SEED + i) & 0xff)));
}

export function encodeDump(settings: Uint8Array): Uint8Array {
  return veil(settings);
}

/** @returns the settings, or undefined where the running firmware would refuse the file ("File invalid"). */
export function decodeDump(file: Uint8Array): Uint8Array | undefined {
  if (file.length < SETTINGS_SIZE) return undefined;
  const settings = veil(file.subarray(0, SETTINGS_SIZE));
  const view = new DataView(settings.buffer);
  if (view.getUint16(0, true) !== CFG_HOLDER) return undefined;
  if (settings[CONFIG_VERSION] !== 0) return undefined;
  return view.getUint32(SETTINGS_SIZE - 4, true) === sectorCrc32(settings) ? settings : undefined;
}
