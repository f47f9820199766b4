/**
 * The settings in RAM: the 4096-byte structure with its numbers by name and its text pool. Knows nothing of flash.
 * Source: Tasmota include/tasmota_types.h (TSettings), tasmota_support/settings.ino (SettingsText, SettingsUpdateText).
 */
import { SET_OPTION_RANGES } from "../../../core/tasmota/tables/set-options.ts";
import {
  FIELD_TYPE_SIZE,
  SETTINGS_FIELDS,
  SETTINGS_SIZE,
  type SettingsField,
} from "../../../core/tasmota/tables/settings-fields.ts";
import { POOL_TEXTS, TEXT_POOL_SIZE } from "../../../core/tasmota/tables/text-pool.ts";
import type { NumberField, SettingsView, TextField } from "../contract.ts";

const FIELDS = new Map(SETTINGS_FIELDS.map((field) => [field.name, field]));
const TEXT_INDEX = new Map(POOL_TEXTS.map((text) => [text.name, text.index]));
const POOL_OFFSET = FIELDS.get("text_pool")!.offset;

export class SettingsImage implements SettingsView {
  readonly bytes: Uint8Array = new Uint8Array(SETTINGS_SIZE);
  readonly #view: DataView = new DataView(this.bytes.buffer);
  readonly #overflow: (excess: number) => void;

  /** @param overflow told by how many characters a text was too long for the pool. */
  constructor(overflow: (excess: number) => void) {
    this.#overflow = overflow;
  }

  get(name: NumberField, index = 0): number {
    const field = numberField(name, index);
    const at = field.offset + index * FIELD_TYPE_SIZE[field.type];
    switch (field.type) {
      case "u8":
      case "bytes":
      case "text":
        return this.#view.getUint8(at);
      case "i8":
        return this.#view.getInt8(at);
      case "u16":
        return this.#view.getUint16(at, true);
      case "i16":
        return this.#view.getInt16(at, true);
      case "u32":
        return this.#view.getUint32(at, true);
      case "i32":
        return this.#view.getInt32(at, true);
      case "pool":
        throw new Error("the text pool has no numbers");
    }
  }

  set(name: NumberField, value: number, index = 0): void {
    const field = numberField(name, index);
    const at = field.offset + index * FIELD_TYPE_SIZE[field.type];
    switch (FIELD_TYPE_SIZE[field.type]) {
      case 1:
        this.#view.setUint8(at, value & 0xff);
        return;
      case 2:
        this.#view.setUint16(at, value & 0xffff, true);
        return;
      case 4:
        this.#view.setUint32(at, value >>> 0, true);
        return;
    }
  }

  /** A row of an array field, from `first` on. */
  setAll(name: NumberField, values: readonly number[], first = 0): void {
    for (const [i, value] of values.entries()) this.set(name, value, first + i);
  }

  text(name: TextField): string {
    const [start, end] = this.#span(textIndex(name));
    return decode(this.bytes.subarray(start, end));
  }

  setText(name: TextField, value: string): boolean {
    const index = textIndex(name);
    const encoded = new TextEncoder().encode(value);
    const [start, end] = this.#span(index);
    const poolEnd = POOL_OFFSET + TEXT_POOL_SIZE;
    const used = this.poolUsed();
    const excess = used + encoded.length - (end - start) - TEXT_POOL_SIZE;
    if (excess > 0) {
      this.#overflow(excess);
      return false;
    }
    const tail = this.bytes.slice(end, poolEnd);
    this.bytes.fill(0, start, poolEnd);
    this.bytes.set(encoded, start);
    const room = poolEnd - start - encoded.length;
    this.bytes.set(tail.subarray(0, room), start + encoded.length);
    return true;
  }

  /** Bytes of the pool in use, NULs between the texts included, as Status 2 counts them under CR. */
  poolUsed(): number {
    return this.#span(POOL_TEXTS.length - 1)[1] - POOL_OFFSET + 1;
  }

  option(number: number): number {
    const range = SET_OPTION_RANGES.find(({ first, last }) => number >= first && number <= last);
    if (range === undefined) return 0;
    if (range.kind === "byte") return this.get(range.field, number - range.first);
    return (this.get(range.field) >>> (number - range.first)) & 1;
  }

  setOption(number: number, value: number): void {
    const range = SET_OPTION_RANGES.find(({ first, last }) => number >= first && number <= last);
    if (range === undefined) return;
    if (range.kind === "byte") {
      this.set(range.field, value, number - range.first);
      return;
    }
    const mask = 2 ** (number - range.first);
    const rest = this.get(range.field) & ~mask;
    this.set(range.field, value ? rest | mask : rest);
  }

  load(bytes: Uint8Array): void {
    this.bytes.set(bytes.subarray(0, SETTINGS_SIZE));
  }

  /** NUL-terminated text field outside the pool (a rule, the old template name). */
  fixedText(name: string): string {
    const field = FIELDS.get(name)!;
    const raw = this.bytes.subarray(field.offset, field.offset + field.count);
    const end = raw.indexOf(0);
    return decode(end < 0 ? raw : raw.subarray(0, end));
  }

  /** Cut to the field's length, NUL included. */
  setFixedText(name: string, value: string): void {
    const field = FIELDS.get(name)!;
    const encoded = new TextEncoder().encode(value).subarray(0, field.count - 1);
    this.bytes.fill(0, field.offset, field.offset + field.count);
    this.bytes.set(encoded, field.offset);
  }

  #span(index: number): readonly [start: number, end: number] {
    const poolEnd = POOL_OFFSET + TEXT_POOL_SIZE;
    let start = POOL_OFFSET;
    for (let i = 0; i < index; i++) start = this.#nul(start, poolEnd) + 1;
    return [start, this.#nul(start, poolEnd)];
  }

  #nul(from: number, limit: number): number {
    for (let at = from; at < limit; at++) if (this.bytes[at] === 0) return at;
    return limit;
  }
}

function numberField(name: string, index: number): SettingsField {
  const field = FIELDS.get(name);
  if (field === undefined || index < 0 || index >= field.count) throw new Error(`no settings field ${name}[${index}]`);
  return field;
}

function textIndex(name: string): number {
  const index = TEXT_INDEX.get(name);
  if (index === undefined) throw new Error(`no settings text ${name}`);
  return index;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
