/**
 * Reset 1..6 and the restore of a backup: what each keeps and what it erases.
 * Source: Tasmota tasmota_support/support_tasmota.ino (Every250mSeconds), settings.ino (SettingsErase, SettingsConfigRestore).
 */
import { setDefaults } from "../settings/settings-defaults.ts";
import type { SettingsImage } from "../settings/settings-image.ts";
import { SECTOR_SIZE, type SettingsStore } from "../settings/settings-store.ts";

/** Values of the restart flag. */
const RESET_1 = 211;
const RESET_2 = 212;
const RESET_3 = 213;
const RESET_5 = 215;
const RESET_6 = 216;
/** What the flag becomes: one second more than a plain restart. */
const RESTART_LATER = 3;
const FIRST_SDK_SECTOR = 0xfc;
/** Bytes of the running settings that a restore leaves, the version apart. */
const KEPT_HEAD = 16;
const VERSION_OFFSET = 8;

export interface ResetFacts {
  /** First address behind the program. */
  programEnd(): number;
  readonly flashSize: number;
  timestamp(): number;
  defaultsUsed(): void;
}

const WIFI_TEXTS: readonly string[] = ["SSID1", "SSID2", "Password1", "Password2"];
const MQTT_TEXTS: readonly string[] = ["MqttHost", "MqttUser", "MqttPassword", "Topic"];

export class Resetter {
  readonly #settings: SettingsImage;
  readonly #store: SettingsStore;
  readonly #facts: ResetFacts;

  constructor(settings: SettingsImage, store: SettingsStore, facts: ResetFacts) {
    this.#settings = settings;
    this.#store = store;
    this.#facts = facts;
  }

  /** @returns what the restart flag is from now on. */
  reset(flag: number): number {
    if (flag === RESET_3) {
      this.#erase(FIRST_SDK_SECTOR);
      return 2;
    }
    const keptTexts = flag > RESET_3 ? [...WIFI_TEXTS, ...(flag === RESET_6 ? MQTT_TEXTS : [])] : [];
    const kept = keptTexts.map((name) => [name, this.#settings.text(name)] as const);
    const port = this.#settings.get("mqtt_port");
    if (flag === RESET_2 || flag >= RESET_5) this.#erase(Math.ceil(this.#facts.programEnd() / SECTOR_SIZE));
    this.#facts.defaultsUsed();
    setDefaults(this.#settings);
    if (flag !== RESET_1 && flag !== RESET_2) for (const [name, text] of kept) this.#settings.setText(name, text);
    if (flag === RESET_6) this.#settings.set("mqtt_port", port);
    this.#store.fixed = false;
    this.#store.save("fresh", this.#facts.timestamp());
    this.#store.expectChanges(1);
    return RESTART_LATER;
  }

  /** A backup takes the place of the running settings. */
  restore(settings: Uint8Array): void {
    const head = this.#settings.bytes.slice(0, KEPT_HEAD);
    head.set(settings.subarray(VERSION_OFFSET, VERSION_OFFSET + 4), VERSION_OFFSET);
    this.#settings.load(settings);
    this.#settings.bytes.set(head);
  }

  #erase(first: number): void {
    for (let sector = first; sector < this.#facts.flashSize / SECTOR_SIZE; sector++) this.#store.eraseSector(sector);
  }
}
