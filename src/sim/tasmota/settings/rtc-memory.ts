/**
 * What survives a restart but not a power cut: the count of restarts in a row, Improv's state, the relay.
 * Source: Tasmota tasmota_support/settings.ino (RtcSettingsSave, RtcRebootSave): two records with a marker each.
 */
import type { RtcStore } from "../contract.ts";

const VALID = 0xa55a;
/** Byte offset of the record in the 512 bytes of RTC user memory, and its fields behind the marker. */
const RECORD = 384;
const FIELDS = { fastRebootCount: 2, improvState: 3, ota: 4, power: 8 } as const;

export class RtcMemory implements RtcStore {
  readonly #view: DataView;

  constructor(memory: Uint8Array) {
    this.#view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
    if (this.#view.getUint16(RECORD, true) !== VALID || this.#check() !== this.#view.getUint8(RECORD + 12)) {
      for (let i = 0; i < 16; i++) this.#view.setUint8(RECORD + i, 0);
      this.#view.setUint16(RECORD, VALID, true);
      this.#seal();
      this.fresh = true;
    }
  }

  /** Power was lost since the record was written. */
  readonly fresh: boolean = false;

  get(key: keyof typeof FIELDS): number {
    return this.#view.getUint8(RECORD + FIELDS[key]);
  }

  set(key: keyof typeof FIELDS, value: number): void {
    this.#view.setUint8(RECORD + FIELDS[key], value);
    this.#seal();
  }

  #seal(): void {
    this.#view.setUint8(RECORD + 12, this.#check());
  }

  #check(): number {
    let sum = 0x5a;
    for (let i = 0; i < 12; i++) sum = (sum * 31 + this.#view.getUint8(RECORD + i)) & 0xff;
    return sum;
  }
}
