/**
 * Settings as names and values for people and programs, secrets masked; and what differs between two.
 */
import { SETTINGS_FIELDS } from "../tables/settings-fields.ts";
import { POOL_TEXTS } from "../tables/text-pool.ts";
import {
  type FieldValue,
  poolUsed,
  readField,
  readNumberField,
  readTexts,
  type SettingsSector,
  textBytes,
  versionText,
} from "./sector.ts";

export interface SettingsEntry {
  readonly name: string;
  readonly value: FieldValue;
  readonly meaning: string;
  /** The value was replaced by "****" (or "" where there is none). */
  readonly masked: boolean;
}

/** A secret's value is replaced; its existence is shown. */
function masked(value: FieldValue): FieldValue {
  const empty = typeof value === "string" ? value === "" : [value].flat().every((each) => each === 0);
  return empty ? "" : "****";
}

/** Every field and every text in the order of the sector. With `reveal` secrets are shown. */
export function listSettings(
  sector: SettingsSector,
  options: { readonly reveal?: boolean } = {},
): readonly SettingsEntry[] {
  const hide = options.reveal !== true;
  const texts = readTexts(sector);
  return SETTINGS_FIELDS.flatMap((field): readonly SettingsEntry[] => {
    if (field.type === "pool") {
      return POOL_TEXTS.map((text) => {
        const value = texts[text.index]!;
        const conceal = hide && text.secret;
        return { name: text.name, value: conceal ? masked(value) : value, meaning: "text", masked: conceal };
      });
    }
    const value = readField(sector, field.name);
    const conceal = hide && field.secret;
    return [{ name: field.name, value: conceal ? masked(value) : value, meaning: field.meaning, masked: conceal }];
  });
}

export interface SettingsSummary {
  readonly version: string;
  readonly saveCount: number;
  readonly bootCount: number;
  /** Bytes of the text pool in use, of 699. */
  readonly textsUsed: number;
}

export function summarize(sector: SettingsSector): SettingsSummary {
  return {
    version: versionText(readNumberField(sector, "version")),
    saveCount: readNumberField(sector, "save_flag"),
    bootCount: readNumberField(sector, "bootcount"),
    textsUsed: poolUsed(textBytes(sector)),
  };
}

export interface SettingsDifference {
  readonly name: string;
  readonly meaning: string;
  readonly before: FieldValue;
  readonly after: FieldValue;
}

/** Fields that change by themselves with every save, boot and kilowatt hour. */
const RESTLESS: readonly string[] = [
  "save_flag",
  "bootcount",
  "cfg_crc",
  "cfg_crc32",
  "cfg_timestamp",
  "power",
  "energy_kWhtoday_ph",
  "energy_kWhyesterday_ph",
  "energy_kWhtotal_ph",
  "energy_kWhdoy",
  "energy_usage",
  "wifi_channel",
  "wifi_bssid",
];

/** What differs. Secrets show only that they differ. `all` includes counters that change by themselves. */
export function compareSettings(
  before: SettingsSector,
  after: SettingsSector,
  options: { readonly reveal?: boolean; readonly all?: boolean } = {},
): readonly SettingsDifference[] {
  const shownBefore = listSettings(before, options);
  const shownAfter = listSettings(after, options);
  const realAfter = listSettings(after, { reveal: true });
  return listSettings(before, { reveal: true }).flatMap((entry, i) => {
    if (options.all !== true && RESTLESS.includes(entry.name)) return [];
    if (JSON.stringify(entry.value) === JSON.stringify(realAfter[i]!.value)) return [];
    return [{ name: entry.name, meaning: entry.meaning, before: shownBefore[i]!.value, after: shownAfter[i]!.value }];
  });
}
