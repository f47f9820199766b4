/**
 * Finding the settings in a whole-flash backup: the newest valid of the eight sectors that can hold them.
 * Source: Tasmota tasmota/tasmota_support/settings.ino (SettingsLoad, SETTINGS_LOCATION, EEPROM_LOCATION).
 */
import { SETTINGS_SECTORS, SETTINGS_SIZE } from "../tables/settings-fields.ts";
import { readNumberField, type SectorFault, type SettingsSector, sectorFault } from "./sector.ts";

export interface FoundSector {
  /** Flash address of the sector. */
  readonly address: number;
  readonly sector: SettingsSector;
  readonly saveCount: number;
}

export interface SettingsSearch {
  /** Valid sectors, newest first. The first is what the firmware would load. */
  readonly found: readonly FoundSector[];
  /** Sectors that look like settings but are not usable. */
  readonly faulty: readonly { readonly address: number; readonly fault: SectorFault }[];
}

/** SetOption12: one fixed slot, 0xFB000. */
const FIXED_SLOT = 0xfb000;
const STOP_ROTATION_BIT = 12;

/** `flash` is the whole chip, 1 MiB. */
export function searchSettings(flash: Uint8Array): SettingsSearch {
  const found: FoundSector[] = [];
  const faulty: { address: number; fault: SectorFault }[] = [];
  for (const number of SETTINGS_SECTORS) {
    const address = number * SETTINGS_SIZE;
    const bytes = flash.slice(address, address + SETTINGS_SIZE);
    const fault = sectorFault(bytes);
    if (fault === undefined) {
      const sector = { bytes };
      found.push({ address, sector, saveCount: readNumberField(sector, "save_flag") });
    } else if (fault !== "not-settings" && fault !== "size") faulty.push({ address, fault });
  }
  found.sort((a, b) => b.saveCount - a.saveCount);
  const fixed = found.find((each) => each.address === FIXED_SLOT);
  if (fixed !== undefined && ((readNumberField(fixed.sector, "flag") >>> STOP_ROTATION_BIT) & 1) === 1) {
    found.splice(found.indexOf(fixed), 1);
    found.unshift(fixed);
  }
  return { found, faulty };
}
