/**
 * A firmware image received over the air: staged below the settings, copied to its place at the restart.
 * Source: Arduino core Updater.cpp (begin; end: the MD5 is looked at when all of it is in the flash, and only then does
 * the boot loader get its order), eboot.c (copy_raw).
 */
import { gunzipSync } from "fflate";
import type { FirmwareFlash } from "../../board/firmware.ts";
import { programLength } from "../build-of-image.ts";
import { SECTOR_SIZE, type SettingsStore } from "../settings/settings-store.ts";
import { md5Sum } from "./md5-sum.ts";

/** Staging ends here: the fixed settings slot must live. */
const STAGING_END = 0xfb000;
const GZIP_MAGIC = 0x1f;

export class FirmwareSlot {
  readonly #flash: FirmwareFlash;
  readonly #store: SettingsStore;
  #staged: Uint8Array | undefined;

  constructor(flash: FirmwareFlash, store: SettingsStore) {
    this.#flash = flash;
    this.#store = store;
  }

  programEnd(): number {
    return programLength((address, length) => this.#flash.read(address, length));
  }

  freeSpace(): number {
    return STAGING_END - Math.ceil(this.programEnd() / SECTOR_SIZE) * SECTOR_SIZE;
  }

  /** @param md5 what the server told, in any case of its letters; without it nothing is compared. */
  stage(image: Uint8Array, md5: string | undefined, done: (error: string | undefined) => void): void {
    if (image.length > this.freeSpace()) {
      done("Not Enough space");
      return;
    }
    const start = STAGING_END - Math.ceil(image.length / SECTOR_SIZE) * SECTOR_SIZE;
    this.#write(start, image);
    this.#store.whenIdle(() => {
      const found = md5 === undefined ? undefined : md5Sum(image);
      if (found !== md5?.toLowerCase()) {
        done(`Update error: ERROR[7]: MD5 Failed: expected:${md5}, calculated:${found}`);
        return;
      }
      this.#staged = image;
      done(undefined);
    });
  }

  /** Done at the restart, as the boot loader would; with nothing staged at once. */
  install(done: () => void): void {
    const staged = this.#staged;
    if (staged === undefined) {
      done();
      return;
    }
    this.#write(0, staged[0] === GZIP_MAGIC ? gunzipSync(staged) : staged);
    this.#store.whenIdle(done);
  }

  #write(start: number, bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += SECTOR_SIZE) {
      this.#store.writeSector((start + at) / SECTOR_SIZE, bytes.slice(at, at + SECTOR_SIZE));
    }
  }
}
