/**
 * The MD5 of the whole flash as the chip reports it, cached while the flash cannot have changed.
 *
 * It cannot have changed when the same stub has run since, was sent nothing but questions, and answered each at the
 * first try (a command damaged on its way could have become another). That the same stub has run is not taken on
 * trust: after the digest a word of it is put into RAM that no stub uses and where every firmware has its first
 * variables. A chip that lost its power, or ran anything else in between, no longer holds that word.
 *
 * Source of the address: linker scripts of esp-flasher-stub (data from 0x3ffe8100 on) and of the ESP8266 SDK (data from
 * 0x3ffe8000 on).
 */
import type { ChipLink } from "./chip-link.ts";
import { md5Ms } from "./timing.ts";

const MARK_ADDRESS = 0x3ffe8000;

export interface DigestNow {
  /** Lower-case hex. */
  readonly md5: string;
  /** How long ago the chip was asked, ms. */
  readonly ageMs: number;
}

interface CachedDigest {
  readonly md5: string;
  readonly size: number;
  readonly at: number;
  readonly flashEpoch: number;
}

export class FlashDigest {
  readonly #link: ChipLink;
  #cached: CachedDigest | undefined;

  constructor(link: ChipLink) {
    this.#link = link;
  }

  /** The digest of what the flash holds now. @param size of the whole flash, bytes. Errors: those of an exchange. */
  async now(size: number): Promise<DigestNow> {
    const { clock } = this.#link.port;
    if (await this.#stillHolds(size)) return { md5: this.#cached!.md5, ageMs: clock.now() - this.#cached!.at };
    const at = clock.now();
    const md5 = await this.#link.flashMd5(0, size, md5Ms(size));
    const before = this.#link.flashEpoch;
    await this.#link.writeReg(MARK_ADDRESS, markOf(md5));
    const { flashEpoch } = this.#link;
    // The one command that writes the mark is known to be harmless; one damaged on its way, and tried again, is not.
    this.#cached = flashEpoch === before + 1 ? { md5, size, at, flashEpoch } : undefined;
    return { md5, ageMs: 0 };
  }

  async #stillHolds(size: number): Promise<boolean> {
    const cached = this.#cached;
    if (cached === undefined || cached.size !== size || cached.flashEpoch !== this.#link.flashEpoch) return false;
    const marked = (await this.#link.readReg(MARK_ADDRESS)) === markOf(cached.md5);
    return marked && cached.flashEpoch === this.#link.flashEpoch;
  }
}

function markOf(md5: string): number {
  return Number.parseInt(md5.slice(0, 8), 16);
}
