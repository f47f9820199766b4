/**
 * A settings sector: reading and writing its fields and texts by the field table. Pure; a `SettingsSector` is never
 * changed, `withField` and `withText` give a new one with both digests made right.
 * Source: Tasmota tasmota/include/tasmota_types.h (TSettings), tasmota/tasmota_support/settings.ino.
 */
import { PlugsmithError } from "../../errors.ts";
import { say, type Text } from "../../text/text.ts";
import {
  CFG_HOLDER,
  CRC32_SINCE,
  FIELD_TYPE_SIZE,
  POOL_SINCE,
  SETTINGS_FIELDS,
  SETTINGS_SIZE,
  type SettingsField,
} from "../tables/settings-fields.ts";
import { POOL_TEXTS, TEXT_POOL_SIZE } from "../tables/text-pool.ts";
import { crc32, weightedSum } from "./digest.ts";

export interface SettingsSector {
  /** 4096 bytes in clear. Holds passwords. */
  readonly bytes: Uint8Array;
}

export type FieldValue = number | string | readonly number[];

const FIELDS: ReadonlyMap<string, SettingsField> = new Map(SETTINGS_FIELDS.map((field) => [field.name, field]));
const POOL = SETTINGS_FIELDS.find((field) => field.type === "pool")!;

export function settingsField(name: string): SettingsField {
  const field = FIELDS.get(name);
  if (field === undefined)
    throw new PlugsmithError("bad-argument", { message: say`No settings field is called ${name}.` });
  return field;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function readNumber(view: DataView, field: SettingsField, index: number): number {
  const at = field.offset + index * FIELD_TYPE_SIZE[field.type];
  switch (field.type) {
    case "u16":
      return view.getUint16(at, true);
    case "u32":
      return view.getUint32(at, true);
    case "i8":
      return view.getInt8(at);
    case "i16":
      return view.getInt16(at, true);
    case "i32":
      return view.getInt32(at, true);
    case "u8":
    case "text":
    case "pool":
    case "bytes":
      return view.getUint8(at);
  }
}

function writeNumber(view: DataView, field: SettingsField, index: number, value: number): void {
  const size = FIELD_TYPE_SIZE[field.type];
  const signed = field.type.startsWith("i");
  const low = signed ? -(2 ** (8 * size - 1)) : 0;
  const high = signed ? 2 ** (8 * size - 1) - 1 : 2 ** (8 * size) - 1;
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new PlugsmithError("bad-argument", {
      message: say`${field.name}: ${value} is not a whole number from ${low} to ${high}.`,
    });
  }
  const at = field.offset + index * size;
  if (size === 1) view.setUint8(at, value & 0xff);
  else if (size === 2) view.setUint16(at, value & 0xffff, true);
  else view.setUint32(at, value >>> 0, true);
}

/** One number, an array of numbers (count > 1, and "bytes"), or a text. */
export function readField(sector: SettingsSector, name: string): FieldValue {
  const field = settingsField(name);
  if (field.type === "text") {
    const raw = sector.bytes.subarray(field.offset, field.offset + field.count);
    const end = raw.indexOf(0);
    return new TextDecoder().decode(end < 0 ? raw : raw.subarray(0, end));
  }
  const view = viewOf(sector.bytes);
  if (field.count === 1) return readNumber(view, field, 0);
  return Array.from({ length: field.count }, (_, index) => readNumber(view, field, index));
}

/** A single number. Errors: bad-argument for a field that is not one. */
export function readNumberField(sector: SettingsSector, name: string): number {
  const value = readField(sector, name);
  if (typeof value !== "number")
    throw new PlugsmithError("bad-argument", { message: say`${name} is not a single number.` });
  return value;
}

/** The digests that its version demands, made right. */
function sealed(bytes: Uint8Array): SettingsSector {
  const view = viewOf(bytes);
  view.setUint16(0x00e, weightedSum(bytes), true);
  view.setUint32(0xffc, crc32(bytes.subarray(0, 0xffc)), true);
  return { bytes };
}

/** Errors: bad-argument if the value does not fit the field; text-too-long. */
export function withField(sector: SettingsSector, name: string, value: FieldValue): SettingsSector {
  const field = settingsField(name);
  const bytes = sector.bytes.slice();
  if (typeof value === "string") {
    const encoded = new TextEncoder().encode(value);
    if (field.type !== "text") throw new PlugsmithError("bad-argument", { message: say`${name} is not a text.` });
    if (encoded.length > field.count - 1 || encoded.includes(0)) {
      throw new PlugsmithError("text-too-long", { message: say`${name} holds ${field.count - 1} bytes of text.` });
    }
    bytes.fill(0, field.offset, field.offset + field.count);
    bytes.set(encoded, field.offset);
    return sealed(bytes);
  }
  const values = typeof value === "number" ? [value] : value;
  if (values.length !== field.count || field.type === "text") {
    throw new PlugsmithError("bad-argument", { message: say`${name} takes ${field.count} value(s).` });
  }
  const view = viewOf(bytes);
  values.forEach((each, index) => {
    writeNumber(view, field, index, each);
  });
  return sealed(bytes);
}

/** All texts of the pool, by index. Undecodable bytes become U+FFFD; `textBytes` gives them raw. */
export function readTexts(sector: SettingsSector): readonly string[] {
  const decoder = new TextDecoder();
  return textBytes(sector).map((bytes) => decoder.decode(bytes));
}

export function textBytes(sector: SettingsSector): readonly Uint8Array[] {
  const pool = sector.bytes.subarray(POOL.offset, POOL.offset + TEXT_POOL_SIZE);
  const texts: Uint8Array[] = [];
  let at = 0;
  for (let i = 0; i < POOL_TEXTS.length; i++) {
    const end = pool.indexOf(0, at);
    texts.push(pool.slice(at, end < 0 ? pool.length : end));
    at = end < 0 ? pool.length : end + 1;
  }
  return texts;
}

/** Bytes the texts take in the pool, NULs included, as `Status 2` counts them in CR. */
export function poolUsed(texts: readonly Uint8Array[]): number {
  return texts.reduce((sum, text) => sum + text.length + 1, 0);
}

/** Errors: text-too-long if the pool would overflow, bad-argument for an unknown index or a NUL. */
export function withText(sector: SettingsSector, index: number, text: string): SettingsSector {
  const encoded = new TextEncoder().encode(text);
  if (POOL_TEXTS[index] === undefined || encoded.includes(0)) {
    throw new PlugsmithError("bad-argument", { message: say`There is no such text, or it holds a NUL.` });
  }
  const texts = textBytes(sector).slice();
  texts[index] = encoded;
  const used = poolUsed(texts);
  if (used > TEXT_POOL_SIZE) {
    throw new PlugsmithError("text-too-long", {
      message: say`The plug keeps all its texts in ${TEXT_POOL_SIZE} bytes; this one is ${used - TEXT_POOL_SIZE} too long.`,
      nextStep: say`Shorten it, or another text of the plug.`,
    });
  }
  const bytes = sector.bytes.slice();
  bytes.fill(0, POOL.offset, POOL.offset + TEXT_POOL_SIZE);
  let at = POOL.offset;
  for (const each of texts) {
    bytes.set(each, at);
    at += each.length + 1;
  }
  return sealed(bytes);
}

export function versionText(version: number): string {
  return [version >>> 24, (version >>> 16) & 0xff, (version >>> 8) & 0xff, version & 0xff].join(".");
}

export type SectorFault = "size" | "not-settings" | "digest" | "other-chip" | "too-old";

export const SECTOR_FAULTS: Readonly<Record<SectorFault, Text>> = {
  size: say`it is not 4096 bytes long`,
  "not-settings": say`it does not begin as Tasmota's settings do`,
  digest: say`its digest does not match its contents: it was damaged or changed`,
  "other-chip": say`it belongs to an ESP32 chip`,
  "too-old": say`it was written by firmware before 8.1, which keeps its texts elsewhere`,
};

/** What is wrong with a sector; undefined if nothing is. The checks the firmware makes, and that the texts can be read. */
export function sectorFault(bytes: Uint8Array): SectorFault | undefined {
  if (bytes.length !== SETTINGS_SIZE) return "size";
  const view = viewOf(bytes);
  if (view.getUint16(0, true) !== CFG_HOLDER || view.getUint16(2, true) !== SETTINGS_SIZE) return "not-settings";
  const version = view.getUint32(8, true);
  if (version >= CRC32_SINCE) {
    const crc = view.getUint32(0xffc, true);
    if (crc !== crc32(bytes.subarray(0, 0xffc))) return "digest";
  } else if (view.getUint16(0x00e, true) !== weightedSum(bytes)) return "digest";
  if (bytes[0xf36] !== 0) return "other-chip";
  return version < POOL_SINCE ? "too-old" : undefined;
}

/** Errors: file-corrupt with the reason. */
export function openSector(bytes: Uint8Array): SettingsSector {
  const fault = sectorFault(bytes);
  if (fault !== undefined) {
    throw new PlugsmithError("file-corrupt", {
      message: say`These are not usable Tasmota settings: ${SECTOR_FAULTS[fault]}.`,
      nextStep: say`Use another backup of the settings, or download them from the plug again.`,
    });
  }
  return { bytes: bytes.slice() };
}
