/**
 * The log in RAM that the console page and /cm read: a ring of 4096 bytes. Knows nothing of levels in the settings.
 * Source: Tasmota tasmota_support/support.ino (AddLogData, GetLog), include/tasmota.h (LOG_BUFFER_SIZE).
 */
import type { LogLevel, WebLog } from "../contract.ts";

const RING_BYTES = 4096;
/** Longest text kept; what is longer ends in a note of how much was left out. */
const LONGEST_TEXT = 4000;
/** Index, level, time stamp's blank and the end mark of each line in the ring. */
const LINE_OVERHEAD = 4;
/** Reading before this uptime, in seconds, gives nothing: the levels are not settled yet. */
const READABLE_FROM = 3;

interface Entry {
  readonly index: number;
  readonly level: LogLevel;
  readonly line: string;
  readonly size: number;
}

export class WebLogRing implements WebLog {
  #entries: Entry[] = [];
  #used = 0;
  #next = 1;
  #held: LogLevel = 0;
  readonly #uptime: () => number;
  readonly #level: () => number;

  /** @param level WebLog as set; lines above it are not kept. */
  constructor(uptime: () => number, level: () => number) {
    this.#uptime = uptime;
    this.#level = level;
  }

  get next(): number {
    return this.#next;
  }

  holdLevel(level: LogLevel): void {
    this.#held = level;
  }

  add(level: LogLevel, stamp: string, text: string): void {
    const early = this.#uptime() < READABLE_FROM;
    if (!early && level > Math.max(this.#level(), this.#held)) return;
    const excess = text.length - LONGEST_TEXT;
    const line = `${stamp} ${excess > 0 ? `${text.slice(0, LONGEST_TEXT)}... ${excess} truncated` : text}`;
    const size = new TextEncoder().encode(line).length + LINE_OVERHEAD;
    while (this.#used + size > RING_BYTES && this.#entries.length > 0) this.#used -= this.#entries.shift()!.size;
    this.#entries.push({ index: this.#next, level, line, size });
    this.#used += size;
    this.#next = (this.#next % 255) + 1;
  }

  since(index: number, level?: LogLevel): readonly string[] {
    if (this.#uptime() < READABLE_FROM) return [];
    const limit = level ?? Math.max(this.#level(), this.#held);
    const from = index === 0 ? 0 : this.#entries.findIndex((entry) => entry.index === index);
    if (from < 0) return index === this.#next ? [] : this.#lines(0, limit);
    return this.#lines(from, limit);
  }

  #lines(from: number, level: number): readonly string[] {
    return this.#entries.slice(from).flatMap((entry) => (entry.level <= level ? [entry.line] : []));
  }
}
