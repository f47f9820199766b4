/**
 * The five commands that the minimal build has. Status is none of them.
 * Source: Tasmota tasmota_support/support_command.ino (kTasmotaCommands under FIRMWARE_MINIMAL); the tables of the web
 * server, MQTT and every driver are left out.
 */
import type { CommandTable } from "../contract.ts";

const KEPT = ["Upgrade", "Upload", "OtaUrl", "SerialLog", "Restart"];

export function minimalCommands(...tables: readonly CommandTable[]): readonly CommandTable[] {
  const kept = tables.flatMap((table) => Object.entries(table)).filter(([name]) => KEPT.includes(name));
  return [Object.fromEntries(kept)];
}
