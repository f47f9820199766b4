/**
 * The log in RAM that the console page and /cm read: a ring of 4096 bytes. Knows nothing of the settings.
 * Source: Tasmota tasmota_support/support.ino (AddLogData, GetLog, HighestLogLevel), include/tasmota.h (LOG_BUFFER_SIZE).
 */
import type { LogLevel, WebLog } from "../contract.ts";

const RING_BYTES = 4096;
/** MAX_LOGSZ. Of a longer text only the beginning is kept, with a note of how long it was, in TOPSZ in all. */
const LONGEST_TEXT = 4000;
const BEGINNING = 130;
const WITH_NOTE = 150;
/** Index, level and end mark of each line in the ring; a new one must leave a byte of it. */
const LINE_OVERHEAD = 3;
/** Reading before this uptime, in seconds, gives nothing: the levels are not settled yet. */
const READABLE_FROM = 3;

interface Entry {
  readonly index: number;
  readonly level: LogLevel;
  readonly line: string;
  readonly size: number;
}

export interface LogLevels {
  /** WebLog as set: what the console page shows. */
  web(): number;
  /** Highest level that any sink wants (HighestLogLevel): lines up to it are kept, no matter who reads them. */
  highest(): number;
}

/** What the ring holds: level and line of each entry, and the index of the next. */
export interface KeptLog {
  readonly lines: readonly (readonly [LogLevel, string])[];
  readonly next: number;
}

export class WebLogRing implements WebLog {
  #entries: Entry[] = [];
  #used = 0;
  #next = 1;
  #held: LogLevel = 0;
  readonly #uptime: () => number;
  readonly #levels: LogLevels;

  constructor(uptime: () => number, levels: LogLevels) {
    this.#uptime = uptime;
    this.#levels = levels;
  }

  get next(): number {
    return this.#next;
  }

  keep(): KeptLog {
    return { lines: this.#entries.map(({ level, line }) => [level, line]), next: this.#next };
  }

  resume({ lines, next }: KeptLog): void {
    this.#entries = [];
    this.#used = 0;
    // The indices run from 1 to 255 and count backwards from the next.
    this.#next = ((((next - 1 - lines.length) % 255) + 255) % 255) + 1;
    for (const [level, line] of lines) this.#push(level, line);
  }

  holdLevel(level: LogLevel): void {
    this.#held = level;
  }

  add(level: LogLevel, stamp: string, text: string): void {
    const early = this.#uptime() < READABLE_FROM;
    if (!early && level > Math.max(this.#levels.highest(), this.#held)) return;
    const bytes = new TextEncoder().encode(text);
    const begin = new TextDecoder().decode(bytes.subarray(0, BEGINNING));
    const note = `${begin}... ${bytes.length} truncated`.slice(0, WITH_NOTE);
    this.#push(level, `${stamp} ${bytes.length > LONGEST_TEXT ? note : text}`);
  }

  #push(level: LogLevel, line: string): void {
    const size = new TextEncoder().encode(line).length + LINE_OVERHEAD;
    while (this.#used + size >= RING_BYTES && this.#entries.length > 0) this.#used -= this.#entries.shift()!.size;
    this.#entries.push({ index: this.#next, level, line, size });
    this.#used += size;
    this.#next = (this.#next % 255) + 1;
  }

  since(index: number, level?: LogLevel): readonly string[] {
    if (this.#uptime() < READABLE_FROM) return [];
    const limit = level ?? this.#levels.web();
    if (limit === 0) return [];
    const from = index === 0 ? 0 : this.#entries.findIndex((entry) => entry.index === index);
    if (from < 0) return index === this.#next ? [] : this.#lines(0, limit);
    return this.#lines(from, limit);
  }

  #lines(from: number, level: number): readonly string[] {
    return this.#entries.slice(from).flatMap((entry) => (entry.level <= level ? [entry.line] : []));
  }
}
