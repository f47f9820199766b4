/**
 * When settings go to the flash, and what becomes of an uploaded backup: it is kept, and takes their place at the next save.
 * Source: Tasmota support_tasmota.ino (Every250mSeconds, SaveData), settings.ino (SettingsSave, SettingsConfigBackup).
 */
import { sectorCrc32, sectorLegacySum } from "./digests.ts";
import { decodeDump, encodeDump } from "./settings-dump.ts";
import type { SettingsImage } from "./settings-image.ts";
import type { SettingsStore } from "./settings-store.ts";

export interface SavingParts {
  /** The minimal build stores nothing. */
  readonly minimal: () => boolean;
  readonly timestamp: () => number;
  readonly restore: (settings: Uint8Array) => void;
  readonly saved: (written: { readonly sector: number; readonly count: number }) => void;
}

/** When it saves next; and SaveData as it was, while a Wi-Fi test holds it. */
export interface KeptSaving {
  readonly inSeconds: number;
  readonly held?: number | undefined;
}

export class SettingsSaver {
  readonly #settings: SettingsImage;
  readonly #store: SettingsStore;
  readonly #parts: SavingParts;
  /** save_data_counter; 0 while nothing is saved by itself. */
  #inSeconds = 1;
  #held: number | undefined;
  #restored: Uint8Array | undefined;

  constructor(settings: SettingsImage, store: SettingsStore, parts: SavingParts) {
    this.#settings = settings;
    this.#store = store;
    this.#parts = parts;
  }

  keep(): KeptSaving {
    return { inSeconds: this.#inSeconds, held: this.#held };
  }

  resume({ inSeconds, held }: KeptSaving): void {
    this.#inSeconds = inSeconds;
    this.#held = held;
  }

  save(how: "next" | "fixed" | "fresh"): void {
    if (this.#restored !== undefined) {
      this.#parts.restore(this.#restored);
      this.#restored = undefined;
    }
    // Not even what an upgrade would put in a safe place: it lies there already.
    if (this.#parts.minimal()) return;
    const written = this.#store.save(how, this.#parts.timestamp());
    if (written !== undefined) this.#parts.saved(written);
  }

  /**
   * The Wi-Fi test stops saving until it succeeds: SaveData is 0 meanwhile (HandleWifiConfiguration), and is then what
   * was left of its period (Xdrv01 FUNC_EVERY_SECOND: save_data_counter).
   */
  hold(on: boolean): void {
    if (on) {
      this.#held ??= this.#inSeconds;
      this.#settings.set("save_data", 0);
    } else if (this.#held !== undefined) {
      this.#settings.set("save_data", this.#held);
      this.#inSeconds = this.#held;
      this.#held = undefined;
    }
  }

  /** @param idle neither a restart nor a backlog is under way. */
  everySecond(idle: boolean): void {
    const every = this.#settings.get("save_data");
    if (this.#inSeconds <= 0 || this.#inSeconds > every) this.#inSeconds = every;
    if (every <= 0 || !idle || --this.#inSeconds > 0) return;
    this.#inSeconds = every;
    this.save("next");
  }

  restore(dump: Uint8Array): "ok" | "invalid" {
    const settings = decodeDump(dump);
    if (settings === undefined) return "invalid";
    this.#restored = settings;
    return "ok";
  }

  dump(): Uint8Array {
    this.#settings.set("cfg_crc", sectorLegacySum(this.#settings.bytes));
    this.#settings.set("cfg_crc32", sectorCrc32(this.#settings.bytes));
    return encodeDump(this.#settings.bytes);
  }
}
