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

  /** @param afterRestart whether RTC memory survived: then today's counter does too. */
  constructor(settings: SettingsView, time: FirmwareTime, afterRestart: boolean) {
    this.#settings = settings;
    this.#time = time;
    this.#before = settings.get("energy_kWhtotal_ph");
    this.#todayKnown = afterRestart;
    if (afterRestart) this.#today = settings.get("energy_kWhtoday_ph");
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
      this.#today += this.#settings.get("energy_kWhtoday_ph");
      this.#periodFrom = this.#today;
    }
    this.#todayKnown = true;
    if (this.#day !== undefined && day > this.#day) {
      this.#settings.set("energy_kWhyesterday_ph", this.#today);
      this.#before += Math.trunc(this.#today / STEPS_PER_WH);
      this.#settings.set("energy_kWhtotal_ph", this.#before);
      this.#periodFrom -= this.#today;
      this.#today = 0;
    }
    this.#day = day;
  }

  /** kWh. */
  read(): { readonly total: number; readonly yesterday: number; readonly today: number } {
    return {
      total: this.#before / 1000 + this.#today / STEPS_PER_KWH,
      yesterday: this.#settings.get("energy_kWhyesterday_ph") / STEPS_PER_KWH,
      today: this.#today / STEPS_PER_KWH,
    };
  }

  /** Wh since the last call that asked. */
  takePeriod(): number {
    const period = (this.#today - this.#periodFrom) / STEPS_PER_WH;
    this.#periodFrom = this.#today;
    return period;
  }

  set(counter: "total" | "today" | "yesterday", wattHours: number, epoch?: number): void {
    if (counter === "total") {
      this.#before = wattHours;
      this.#settings.set("energy_kWhtotal_ph", wattHours);
    } else if (counter === "today") {
      this.#today = wattHours * STEPS_PER_WH;
      this.#rest = 0;
      this.#periodFrom = this.#today;
      this.#settings.set("energy_kWhtoday_ph", this.#today);
    } else this.#settings.set("energy_kWhyesterday_ph", wattHours * STEPS_PER_WH);
    const startsNow = counter === "total" || (counter === "today" && wattHours === 0 && this.#before === 0);
    if (epoch !== undefined) this.#settings.set("energy_kWhtotal_time", epoch);
    else if (startsNow && this.#time.valid) this.#settings.set("energy_kWhtotal_time", this.#time.utc);
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
