/**
 * The firmware's clock: uptime, UTC once somebody tells it, local time by zone and daylight saving rules.
 * Source: Tasmota tasmota_support/support_rtc.ino.
 */
import type { SimClock } from "../../world/clock.ts";
import { pad } from "../command/json.ts";
import type { FirmwareTime, SettingsView } from "../contract.ts";

/** Timezone value that asks for the TimeStd and TimeDst rules. */
const ZONE_BY_RULES = 99;
const DAY = 86_400;
/** SetOption130. */
const HEAP_IN_LOG = 130;

/** One of the two rules, unpacked from 16 bits: hemisphere, week, month, day of week, hour. */
export interface TimeRule {
  readonly hemisphere: number;
  readonly week: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
}

/** Layout: hemisphere 1 bit from bit 0, week 3, month 4, day 3, hour 5. */
export function unpackRule(word: number): TimeRule {
  return {
    hemisphere: word & 1,
    week: (word >> 1) & 7,
    month: (word >> 4) & 0xf,
    day: (word >> 8) & 7,
    hour: (word >> 11) & 0x1f,
  };
}

export function packRule(rule: TimeRule): number {
  return rule.hemisphere | (rule.week << 1) | (rule.month << 4) | (rule.day << 8) | (rule.hour << 11);
}

/** Epoch seconds, local, of a rule in a year: week 1..4 counts from the start, 0 is the last. Day 1 is Sunday. */
export function ruleTime(rule: TimeRule, year: number): number {
  const month = rule.week === 0 ? rule.month + 1 : rule.month;
  const week = rule.week === 0 ? 1 : rule.week;
  const first = Date.UTC(year, month - 1, 1, rule.hour) / 1000;
  const weekday = new Date(first * 1000).getUTCDay() + 1;
  const at = first + (7 * (week - 1) + ((rule.day - weekday + 7) % 7)) * DAY;
  return rule.week === 0 ? at - 7 * DAY : at;
}

/** What the clock needs to go on later. */
export interface KeptTime {
  /** Milliseconds since boot. */
  readonly millis: number;
  /** UTC at boot, seconds. */
  readonly offset: number;
  readonly uptime: number;
  readonly valid: boolean;
  readonly startupUtc?: number | undefined;
}

export class DeviceTime implements FirmwareTime {
  readonly #clock: SimClock;
  readonly #settings: SettingsView;
  #bootedAt: number;
  /** UTC at boot time, seconds. */
  #offset = 0;
  uptime = 0;
  valid = false;
  startupUtc: number | undefined;

  constructor(clock: SimClock, settings: SettingsView) {
    this.#clock = clock;
    this.#settings = settings;
    this.#bootedAt = clock.now;
  }

  keep(): KeptTime {
    const { millis, uptime, valid, startupUtc } = this;
    return { millis, offset: this.#offset, uptime, valid, startupUtc };
  }

  resume(kept: KeptTime): void {
    this.#bootedAt = this.#clock.now - kept.millis * 1000;
    this.#offset = kept.offset;
    this.uptime = kept.uptime;
    this.valid = kept.valid;
    this.startupUtc = kept.startupUtc;
  }

  /** Milliseconds since boot. */
  get millis(): number {
    return (this.#clock.now - this.#bootedAt) / 1000;
  }

  get utc(): number {
    return Math.floor(this.#offset + this.millis / 1000);
  }

  setUtc(seconds: number): void {
    this.#offset = seconds - this.millis / 1000;
    if (!this.valid) this.startupUtc = seconds - this.uptime;
    this.valid = true;
  }

  local(): string {
    return this.format(this.utc + this.zoneSeconds());
  }

  /** Seconds to add to UTC now; 0 until the wall is known. */
  zoneSeconds(): number {
    if (!this.valid) return 0;
    const zone = this.#settings.get("timezone");
    if (zone !== ZONE_BY_RULES) {
      const minutes = this.#settings.get("timezone_minutes");
      return zone * 3600 + (zone < 0 ? -minutes : minutes) * 60;
    }
    const { start, end, standard, summer } = this.daylight();
    const local = this.utc;
    const northern = this.rule(1).hemisphere === 0;
    const inSummer = northern
      ? local >= start - standard && local < end - summer
      : !(local >= end - summer && local < start - standard);
    return inSummer ? summer : standard;
  }

  /** 0: standard time, 1: daylight saving. */
  rule(which: 0 | 1): TimeRule {
    return unpackRule(this.#settings.get("tflag", which));
  }

  /** This year's change of clocks, local seconds, and the two offsets in seconds. */
  daylight(): { readonly start: number; readonly end: number; readonly standard: number; readonly summer: number } {
    const year = new Date(this.utc * 1000).getUTCFullYear();
    return {
      start: ruleTime(this.rule(1), year),
      end: ruleTime(this.rule(0), year),
      standard: this.#settings.get("toffset", 0) * 60,
      summer: this.#settings.get("toffset", 1) * 60,
    };
  }

  format(seconds: number): string {
    return new Date(seconds * 1000).toISOString().slice(0, 19);
  }

  uptimeText(): string {
    const rest = this.uptime % DAY;
    return `${Math.floor(this.uptime / DAY)}T${pad(Math.floor(rest / 3600))}:${pad(Math.floor(rest / 60) % 60)}:${pad(rest % 60)}`;
  }

  /** "12:34:56.789" of the local time, as the log prints it. */
  stamp(): string {
    const millis = Math.floor(this.#offset * 1000 + this.millis) + this.zoneSeconds() * 1000;
    const ofDay = ((millis % (DAY * 1000)) + DAY * 1000) % (DAY * 1000);
    const seconds = Math.floor(ofDay / 1000);
    return `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}.${pad(ofDay % 1000, 3)}`;
  }

  /** In front of a log line: with SetOption130 the free heap, KiB, follows. */
  logStamp(heap: number): string {
    return this.#settings.option(HEAP_IN_LOG) ? `${this.stamp()}-${pad(heap, 3)}` : this.stamp();
  }
}
