/**
 * Where the settings live in the flash: eight sectors in turn, the newest valid one counts.
 * Source: Tasmota tasmota_support/settings.ino (SettingsLoad, SettingsSave, SettingsErase).
 */
import { CFG_HOLDER, SETTINGS_SECTORS, SETTINGS_SIZE } from "../../../core/tasmota/tables/settings-fields.ts";
import type { FirmwareFlash } from "../../board/firmware.ts";
import { sectorCrc32, sectorLegacySum } from "./digests.ts";
import type { SettingsImage } from "./settings-image.ts";

export const SECTOR_SIZE = 0x1000;
/** The slot that is used alone during OTA and with SetOption12 1, and first after a reset. */
const FIXED_SECTOR = 0xfb;
const LAST_ROTATING_SECTOR = 0xfa;
const FIRST_ROTATING_SECTOR = 0xf4;
/** SetOption12: the fixed slot alone. */
const STOP_ROTATION = 12;
/** Count of the sector that a reset leaves behind. */
const SAVES_AFTER_RESET = 2;

type FlashStep = (done: () => void) => void;

export class SettingsStore {
  readonly #flash: FirmwareFlash;
  readonly #settings: SettingsImage;
  #sector: number = FIXED_SECTOR;
  #savedCrc = 0;
  /**
   * Saves to come that write whether or not anything changed. Seen on the real one: after defaults the next save always
   * writes, and so does one in the run after it.
   */
  #unconditional = 0;
  /** No rotation until the next restart (OTA writes over the other slots). */
  fixed = false;
  readonly #queue: FlashStep[] = [];
  #busy = false;
  #idle: (() => void)[] = [];
  #stopped = false;

  constructor(flash: FirmwareFlash, settings: SettingsImage) {
    this.#flash = flash;
    this.#settings = settings;
  }

  /** Address of the slot written last, as Status 1 shows it. */
  get address(): number {
    return this.#sector * SECTOR_SIZE;
  }

  /** The processor is held up by an erase or a program under way. */
  get busy(): boolean {
    return this.#busy;
  }

  get sector(): number {
    return this.#sector;
  }

  /** Loads the newest valid slot. False where there is none, or what is there is not settings. */
  load(): boolean {
    let newest = -1;
    for (const sector of SETTINGS_SECTORS) {
      const bytes = this.#flash.read(sector * SECTOR_SIZE, SETTINGS_SIZE);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const crc = view.getUint32(SETTINGS_SIZE - 4, true);
      if (crc === 0 || crc === 0xffffffff || crc !== sectorCrc32(bytes)) continue;
      const count = view.getUint32(4, true);
      if (count <= newest) continue;
      newest = count;
      this.#sector = sector;
      this.#settings.load(bytes);
    }
    if (newest < 0) {
      this.#settings.load(new Uint8Array(SETTINGS_SIZE).fill(0xff));
      return false;
    }
    if (this.#settings.get("cfg_holder") !== CFG_HOLDER) return false;
    this.fixed = this.#settings.option(STOP_ROTATION) === 1;
    if (newest === SAVES_AFTER_RESET) this.#unconditional = 1;
    this.#savedCrc = sectorCrc32(this.#settings.bytes);
    return true;
  }

  /**
   * Writes the settings if they differ from what was written last.
   * @param how "next": the next slot in turn; "fixed": slot FB alone until restart; "fresh": slot FB, and every other slot erased.
   * @param timestamp seconds since 1970 as the device knows them.
   * @returns the sector and count if a write was started.
   */
  save(
    how: "next" | "fixed" | "fresh",
    timestamp: number,
  ): { readonly sector: number; readonly count: number } | undefined {
    const unchanged = sectorCrc32(this.#settings.bytes) === this.#savedCrc;
    if (how === "next" && unchanged && this.#unconditional === 0) return undefined;
    this.#unconditional = Math.max(0, this.#unconditional - 1);
    if (how === "fixed") this.fixed = true;
    if (how !== "next" || this.fixed) this.#sector = FIXED_SECTOR;
    else this.#sector = this.#sector === FIXED_SECTOR ? LAST_ROTATING_SECTOR : this.#below(this.#sector);
    const count = (this.#settings.get("save_flag") + 1) >>> 0;
    this.#settings.set("save_flag", count);
    this.#settings.set("cfg_timestamp", timestamp);
    this.#settings.set("cfg_size", SETTINGS_SIZE);
    this.#settings.set("cfg_crc", sectorLegacySum(this.#settings.bytes));
    this.#settings.set("cfg_crc32", sectorCrc32(this.#settings.bytes));
    this.#savedCrc = this.#settings.get("cfg_crc32");
    const sector = this.#sector;
    const bytes = this.#settings.bytes.slice();
    this.writeSector(sector, bytes);
    if (how === "fresh") {
      for (const other of SETTINGS_SECTORS) if (other !== sector) this.eraseSector(other);
    }
    return { sector, count };
  }

  /** Defaults were just put in: so many of the next saves write in any case. */
  expectChanges(saves: number): void {
    this.#unconditional = saves;
  }

  writeSector(sector: number, bytes: Uint8Array): void {
    this.eraseSector(sector);
    this.program(sector * SECTOR_SIZE, bytes);
  }

  eraseSector(sector: number): void {
    this.#push((done) => this.#flash.eraseSector(sector * SECTOR_SIZE, done));
  }

  program(address: number, bytes: Uint8Array): void {
    this.#push((done) => this.#flash.program(address, bytes, done));
  }

  /** Calls `action` when everything asked of the flash so far is done. */
  whenIdle(action: () => void): void {
    if (!this.#busy && this.#queue.length === 0) action();
    else this.#idle.push(action);
  }

  stop(): void {
    this.#stopped = true;
    this.#queue.length = 0;
    this.#idle = [];
  }

  #below(sector: number): number {
    return sector > FIRST_ROTATING_SECTOR && sector <= LAST_ROTATING_SECTOR ? sector - 1 : FIXED_SECTOR;
  }

  #push(step: FlashStep): void {
    if (this.#stopped) return;
    this.#queue.push(step);
    if (!this.#busy) this.#run();
  }

  #run(): void {
    const step = this.#queue.shift();
    if (step === undefined) {
      const waiting = this.#idle;
      this.#idle = [];
      for (const action of waiting) action();
      return;
    }
    this.#busy = true;
    step(() => {
      this.#busy = false;
      if (!this.#stopped) this.#run();
    });
  }
}
