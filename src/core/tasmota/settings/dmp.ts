/**
 * Tasmota's settings backup file (.dmp): the sector, lightly scrambled. It holds passwords.
 * Source: Tasmota tasmota/tasmota_xdrv_driver/xdrv_01_9_webserver.ino (HandleBackupConfiguration),
 * tasmota/tasmota_support/settings.ino (SettingsConfigBackup, config_xor_on).
 */
import { PlugsmithError } from "../../errors.ts";
import { say } from "../../text/text.ts";
import { DMP_CLEAR_BYTES, DMP_XOR_SEED, SETTINGS_SIZE } from "../tables/settings-fields.ts";
import { openSector, type SettingsSector } from "./sector.ts";

function scramble(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, i) => (i < DMP_CLEAR_BYTES ? byte : byte ^ ((DMP_XOR_SEED + i) & 0xff)));
}

export function encodeDmp(sector: SettingsSector): Uint8Array {
  return scramble(sector.bytes);
}

/** Errors: file-corrupt with the reason. */
export function decodeDmp(file: Uint8Array): SettingsSector {
  if (file.length > SETTINGS_SIZE && new TextDecoder().decode(file.subarray(0, 9)) === "/.settings".slice(0, 9)) {
    throw new PlugsmithError("file-corrupt", {
      message: say`This backup comes from a build with a file system, which a 1 MB chip cannot have.`,
      nextStep: say`Use a backup made on a plug of this kind.`,
    });
  }
  return openSector(scramble(file));
}
