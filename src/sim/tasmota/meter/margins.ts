/**
 * Margins and limits, looked at once a second: PowerDelta, *Low, *High are told, MaxPower and MaxEnergy switch off.
 * Source: xdrv_03_energy.ino (EnergyMarginCheck).
 */
import { timeField } from "../command/time-commands.ts";
import type { TasmotaCore } from "../contract.ts";
import type { PulseDriver } from "./pulse-driver.ts";

/** Seconds without checks after boot and after the relay moved. */
const STEADY_AT_BOOT = 8;
const STEADY_AFTER_SWITCH = 2;
/** A margin report is followed by a second SENSOR so many seconds later, when the readings have settled. */
const FOLLOW_UP_S = 2;
/** From here on PowerDelta counts watts above it, below it percent. */
const DELTA_WATTS_FROM = 101;

const MARGINS = [
  ["PowerLow", "energy_min_power", "below", "power"],
  ["PowerHigh", "energy_max_power", "above", "power"],
  ["VoltageLow", "energy_min_voltage", "below", "voltage"],
  ["VoltageHigh", "energy_max_voltage", "above", "voltage"],
  ["CurrentLow", "energy_min_current", "below", "current"],
  ["CurrentHigh", "energy_max_current", "above", "current"],
] as const;

export class Margins {
  readonly #core: TasmotaCore;
  readonly #driver: PulseDriver;
  readonly #sendSensor: () => void;
  #steady = STEADY_AT_BOOT;
  #history: [number, number, number] = [0, 0, 0];
  readonly #outside = new Set<string>();
  #followUp = 0;
  #hold = 0;
  #window = 0;
  #retries = 0;
  /** 0 armed, 1 counting, 2 reached, 3 waiting for the start hour. */
  #maxEnergyState = 0;

  constructor(core: TasmotaCore, driver: PulseDriver, sendSensor: () => void) {
    this.#core = core;
    this.#driver = driver;
    this.#sendSensor = sendSensor;
  }

  maxEnergySet(): void {
    this.#maxEnergyState = 3;
  }

  relayMoved(): void {
    this.#steady = STEADY_AFTER_SWITCH;
  }

  everySecond(todayWh: number): void {
    if (this.#steady > 0) {
      this.#steady--;
      return;
    }
    const reports = [...this.#powerDelta(), ...this.#crossings()];
    if (reports.length > 0) {
      this.#core.publish("tele", "MARGINS", `{"MARGINS":{${reports.join(",")}}}`);
      this.#sendSensor();
      this.#followUp = FOLLOW_UP_S;
    } else if (this.#followUp > 0) {
      this.#followUp--;
      if (this.#followUp === 0) this.#sendSensor();
    }
    this.#maxPower();
    this.#maxEnergy(todayWh);
  }

  #powerDelta(): string[] {
    const power = Math.trunc(this.#driver.watts);
    const [oldest, middle, newest] = this.#history;
    this.#history = [middle, newest, power];
    const limit = this.#core.settings.get("energy_power_delta", 0);
    const change = power - oldest;
    if (limit === 0 || change === 0) return [];
    const enough =
      limit < DELTA_WATTS_FROM
        ? Math.trunc((Math.abs(change) * 100) / Math.max(1, Math.min(power, oldest))) >= limit
        : Math.abs(change) >= limit - (DELTA_WATTS_FROM - 1);
    if (!enough) return [];
    this.#history = [power, power, power];
    return [`"PowerDelta":${change}`];
  }

  #crossings(): string[] {
    if (!this.#anyRelayOn()) return [];
    const values = {
      power: Math.trunc(this.#driver.watts),
      voltage: Math.trunc(this.#driver.volts),
      current: Math.trunc(this.#driver.amps * 1000 + 1e-6),
    };
    const reports: string[] = [];
    for (const [name, field, side, quantity] of MARGINS) {
      const limit = this.#core.settings.get(field);
      if (limit === 0) continue;
      const outside = side === "above" ? values[quantity] > limit : values[quantity] < limit;
      if (outside === this.#outside.has(name)) continue;
      if (outside) this.#outside.add(name);
      else this.#outside.delete(name);
      reports.push(`"${name}":"${this.#word(outside)}"`);
    }
    return reports;
  }

  #maxPower(): void {
    const { settings } = this.#core;
    const limit = settings.get("energy_max_power_limit");
    if (limit === 0) return;
    const power = Math.trunc(this.#driver.watts);
    if (this.#driver.watts > limit) this.#overLimit(power);
    else if (this.#anyRelayOn()) {
      this.#hold = 0;
      this.#retries = 0;
      this.#window = 0;
    }
    if (!this.#anyRelayOn()) this.#waitAndRetry();
  }

  #overLimit(power: number): void {
    const { settings } = this.#core;
    if (this.#hold === 0) {
      this.#hold = settings.get("energy_max_power_limit_hold");
      return;
    }
    this.#hold--;
    if (this.#hold > 0) return;
    this.#warn(`"MaxPowerReached":${power}`);
    this.#switchAll("off");
    // SetOption33: how often it is tried again.
    if (this.#retries === 0) this.#retries = settings.option(33) + 1;
    this.#window = settings.get("energy_max_power_limit_window");
  }

  #waitAndRetry(): void {
    if (this.#window > 0) {
      this.#window--;
      return;
    }
    if (this.#retries === 0) return;
    this.#retries--;
    if (this.#retries > 0) {
      this.#core.publish("stat", "RESULT", this.#timed(`"PowerMonitor":"${this.#word(true)}"`));
      this.#switchAll("on");
    } else {
      this.#warn(`"MaxPowerReachedRetry":"${this.#word(false)}"`);
      this.#switchAll("off");
    }
  }

  #maxEnergy(todayWh: number): void {
    const { settings, time } = this.#core;
    const limit = settings.get("energy_max_energy");
    if (limit === 0) return;
    const hour = Number(time.local().slice(11, 13));
    if (this.#maxEnergyState === 0 && hour === settings.get("energy_max_energy_start")) {
      this.#maxEnergyState = 1;
      this.#core.publish("stat", "RESULT", this.#timed(`"EnergyMonitor":"${this.#word(true)}"`));
      this.#switchAll("on");
    } else if (this.#maxEnergyState === 1 && todayWh >= limit) {
      this.#maxEnergyState = 2;
      this.#warn(`"MaxEnergyReached":${(todayWh / 1000).toFixed(3)}`);
      this.#switchAll("off");
    }
  }

  #warn(field: string): void {
    this.#core.publish("stat", "WARNING", this.#timed(field));
    this.#sendSensor();
  }

  #timed(field: string): string {
    return `{${timeField(this.#core)},${field}}`;
  }

  #word(on: boolean): string {
    return this.#core.settings.text(on ? "StateText2" : "StateText1");
  }

  #anyRelayOn(): boolean {
    for (let relay = 1; relay <= this.#core.relayCount; relay++) {
      if (this.#core.relayOn(relay)) return true;
    }
    return false;
  }

  #switchAll(action: "on" | "off"): void {
    for (let relay = 1; relay <= this.#core.relayCount; relay++) this.#core.setRelay(relay, action, "system");
  }
}
