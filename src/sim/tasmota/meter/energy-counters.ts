/**
 * Energy today, yesterday and before: from pulses to the counters in the settings. Units as in the firmware: today's in
 * 1e-5 kWh, the total of the days before in Wh. Source: xdrv_03_energy.ino (EnergyUpdateToday, Energy200ms).
 */
import type { FirmwareTime, SettingsView } from "../contract.ts";

const STEPS_PER_KWH = 100_000;
const STEPS_PER_WH = 100;
/** Seconds of a day; the counters turn over at local midnight. */
const DAY_S = 86_400;

export class EnergyCounters {
  readonly #settings: SettingsView;
  readonly #time: FirmwareTime;
  /** 1e-5 kWh since midnight. */
  #today = 0;
  /** 1e-8 kWh not yet worth a step. */
  #rest = 0;
  /** Wh of the days before. */
  #before = 0;
  #periodFrom = 0;
  /** Day number of the running day once the wall is known. */
  #day: number | undefined;
  #todayKnown: boolean;
  /** What of today was there before this boot or was set by EnergyToday, 1e-5 kWh. */
  #offset = 0;

  /** @param afterRestart whether RTC memory survived: then today's counter does too. */
  constructor(settings: SettingsView, time: FirmwareTime, afterRestart: boolean) {
    this.#settings = settings;
    this.#time = time;
    this.#before = settings.get("energy_kWhtotal_ph");
    this.#todayKnown = afterRestart;
    if (afterRestart) this.#today = settings.get("energy_kWhtoday_ph");
    this.#offset = this.#today;
    this.#periodFrom = this.#today;
  }

  /** 1e-5 Wh steps of a second's pulses. */
  add(steps: number): void {
    this.#rest += steps;
    if (this.#rest <= 1000) return;
    const whole = Math.trunc(this.#rest / 1000);
    this.#rest -= whole * 1000;
    this.#today += whole;
  }

  /** Once a second: after a power loss today's counter returns when the day is known to be the same; midnight turns over. */
  everySecond(): void {
    if (!this.#time.valid) return;
    const local = Date.parse(`${this.#time.local()}Z`) / 1000;
    const day = Math.floor(local / DAY_S);
    if (!this.#todayKnown && dayOfYear(local) === this.#settings.get("energy_kWhdoy")) {
      this.#offset = this.#settings.get("energy_kWhtoday_ph");
      this.#today += this.#offset;
      this.#periodFrom = this.#today;
    }
    this.#todayKnown = true;
    if (this.#settings.get("energy_kWhtotal_time") === 0) this.#settings.set("energy_kWhtotal_time", local);
    if (this.#day !== undefined && day > this.#day) {
      this.#settings.set("energy_kWhyesterday_ph", this.#today);
      this.#before += Math.trunc(this.#today / STEPS_PER_WH);
      this.#settings.set("energy_kWhtotal_ph", this.#before);
      this.#periodFrom -= this.#today;
      this.#today = 0;
      this.#offset = 0;
    }
    this.#day = day;
  }

  /** kWh, each sum in single precision. */
  read(): { readonly total: number; readonly yesterday: number; readonly today: number } {
    const f = Math.fround;
    const today = f(f(this.#today) / STEPS_PER_KWH);
    return {
      total: f(f(f(this.#before) / 1000) + today),
      yesterday: f(f(this.#settings.get("energy_kWhyesterday_ph")) / STEPS_PER_KWH),
      today,
    };
  }

  /** Wh since the last call that asked. */
  takePeriod(): number {
    const period = (this.#today - this.#periodFrom) / STEPS_PER_WH;
    this.#periodFrom = this.#today;
    return period;
  }

  /** @param wattHours whole, unsigned as read; stored in 32 bits. */
  set(counter: "total" | "today" | "yesterday", wattHours: number, epoch?: number): void {
    const hundredths = Math.imul(wattHours, STEPS_PER_WH);
    if (counter === "total") {
      this.#before = wattHours | 0;
      this.#settings.set("energy_kWhtotal_ph", wattHours);
      if (epoch === undefined) this.#startNow(this.#offset === 0);
    } else if (counter === "today") {
      this.#today = hundredths;
      this.#offset = hundredths;
      this.#rest = 0;
      this.#periodFrom = hundredths;
      this.#settings.set("energy_kWhtoday_ph", hundredths);
      if (epoch === undefined && hundredths === 0 && this.#before === 0) this.#startNow(true);
    } else this.#settings.set("energy_kWhyesterday_ph", hundredths);
    if (epoch !== undefined) this.#settings.set("energy_kWhtotal_time", epoch);
  }

  /** TotalStartTime: now, or midnight where energy of today is kept; the clock need not be set for it. */
  #startNow(exactly: boolean): void {
    const local = Date.parse(`${this.#time.local()}Z`) / 1000;
    const midnight = this.#time.valid ? local - (local % DAY_S) : 0;
    this.#settings.set("energy_kWhtotal_time", exactly ? local : midnight);
  }

  save(): void {
    this.#settings.set("energy_kWhdoy", this.#time.valid ? dayOfYear(Date.parse(`${this.#time.local()}Z`) / 1000) : 0);
    this.#settings.set("energy_kWhtoday_ph", this.#today);
    this.#settings.set("energy_kWhtotal_ph", this.#before);
  }
}

/** 1 … 366. */
function dayOfYear(localSeconds: number): number {
  const year = new Date(localSeconds * 1000).getUTCFullYear();
  return Math.floor((localSeconds - Date.UTC(year, 0, 1) / 1000) / DAY_S) + 1;
}
