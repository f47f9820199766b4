/**
 * The relays: their pins, their states, pulse times and blinking.
 * Source: Tasmota tasmota_support/support_tasmota.ino (SetDevicePower, ExecuteCommandPower, SetPowerOnState).
 */

import type { CommandSource, TasmotaCore } from "../contract.ts";

const RELAY = 224;
const RELAY_INVERTED = 256;
const MAX_RELAYS = 8;
const PULSE_TIMERS = 32;
/** SetOptions used here. */
const SAVE_POWER_STATE = 0;
const RESULT_BY_COMMAND = 4;
const POWER_RETAIN = 5;
const ALWAYS_INDEXED = 26;
const NO_POWER_TOPIC = 90;

const POWER_ON_STATE = "poweronstate";
const ALWAYS_ON = 4;
/** PowerOnState 5: a pulse time is the time a relay stays off. */
const OFF_UNTIL_PULSE = 5;
const TELE_ON_POWER = 59;
const INTERLOCK = 14;
const INTERLOCK_GROUPS = 16;
/** First change of a blinking relay, µs; and how many with BlinkCount 0. */
const FIRST_BLINK = 100_000;
const ENDLESS_BLINKS = 64_000;

/** What a power command may ask for, by its number. forceOff works on a locked relay too. */
export const POWER = { off: 0, on: 1, toggle: 2, blink: 3, blinkStop: 4, forceOff: 5, show: 16 } as const;

export interface RelayHooks {
  /** STATE is published (SetOption59). */
  publishState(): void;
  /** Energy limits and LEDs follow the relays. */
  changed(power: number): void;
  /** A command has set it, whatever it was. */
  commanded(relay: number): void;
}

/** What the relays need to go on later. */
export interface KeptRelays {
  /** A bit per relay. */
  readonly power: number;
  /** µs that each relay's pulse has left; 0 where none runs. */
  readonly pulses: readonly number[];
}

export class Relays {
  readonly #core: TasmotaCore;
  readonly #hooks: RelayHooks;
  #pins: { readonly gpio: number; readonly inverted: boolean }[] = [];
  #power = 0;
  /** Relay of the running pulse's end, absolute µs; 0 where none runs. */
  readonly #pulseEnds: number[] = Array.from({ length: PULSE_TIMERS }, () => 0);
  #pulseCancels: (() => void)[] = [];
  /** Blinking relays: a bit each, what the others had before, changes left. */
  #blinkMask = 0;
  #blinkSaved = 0;
  #blinkOn = false;
  #blinksLeft = 0;
  #cancelBlink: () => void = () => {};

  constructor(core: TasmotaCore, hooks: RelayHooks) {
    this.#core = core;
    this.#hooks = hooks;
  }

  get count(): number {
    return this.#pins.length;
  }

  /** A bit per relay. */
  get power(): number {
    return this.#power;
  }

  /** Takes the pins of the active template and puts the relays as PowerOnState says. */
  start(afterPowerLoss: boolean): void {
    this.#takePins();
    this.#power = this.#initial(afterPowerLoss);
    this.#drive();
    const all = this.#core.settings.get(POWER_ON_STATE) === OFF_UNTIL_PULSE;
    for (let n = 0; n < this.count; n++) {
      if (all || this.isOn(n + 1)) this.restartPulse(n, this.#core.settings.get("pulse_timer", n));
    }
  }

  /** Nothing blinks. */
  get isAtRest(): boolean {
    return this.#blinkMask === 0;
  }

  keep(): KeptRelays {
    const { now } = this.#core.host.clock;
    return { power: this.#power, pulses: this.#pulseEnds.map((end) => Math.max(0, end - now)) };
  }

  /** In the place of `start`: as they were when they were kept. */
  resume({ power, pulses }: KeptRelays): void {
    this.#takePins();
    this.#power = power;
    this.#drive();
    for (const [index, left] of pulses.entries()) if (left > 0) this.#endPulse(index, left);
  }

  #takePins(): void {
    const { pins } = this.#core;
    this.#pins = [];
    for (let n = 0; n < MAX_RELAYS; n++) {
      const straight = pins.pinOf(RELAY + n);
      const gpio = straight ?? pins.pinOf(RELAY_INVERTED + n);
      if (gpio === undefined) break;
      this.#pins.push({ gpio, inverted: straight === undefined });
    }
  }

  isOn(relay: number): boolean {
    return ((this.#power >>> (relay - 1)) & 1) === 1;
  }

  /** One relay, 1-based. Limits that are reached switch off locked relays too. */
  switch(relay: number, action: "on" | "off" | "toggle", source: CommandSource): void {
    const force = action === "off" && source === "system";
    if (relay <= this.count) this.command(relay, force ? POWER.forceOff : POWER[action], source);
  }

  publishAll(): void {
    for (let relay = 1; relay <= this.count; relay++) this.publish(relay);
  }

  /** ExecuteCommandPower: one relay, 1-based, by the number of a power command; publishes the state. */
  command(relay: number, action: number, source: CommandSource): void {
    const { settings } = this.#core;
    const mask = 1 << (relay - 1);
    let asked: number = action;
    if (asked !== POWER.forceOff && (settings.get("power_lock") & mask) !== 0) {
      this.#core.log(2, `CMD: Power${relay} is LOCKED`);
      asked = POWER.show;
    }
    if (asked !== POWER.show) this.restartPulse(relay - 1, 0);
    if (asked === POWER.blink) {
      this.#startBlinking(relay, mask);
      return;
    }
    if (asked === POWER.blinkStop) {
      const blinking = (this.#blinkMask & mask) !== 0;
      this.#stopBlinking(relay, mask);
      if (blinking) this.command(relay, (this.#blinkSaved & mask) !== 0 ? POWER.on : POWER.off, source);
      return;
    }
    if (asked !== POWER.show) {
      if ((this.#blinkMask & mask) !== 0) this.#stopBlinking(relay, mask);
      const on = asked === POWER.toggle ? !this.isOn(relay) : asked === POWER.on;
      if (on) this.#releaseInterlocked(mask, source);
      this.#set(on ? this.#power | mask : this.#power & ~mask);
      this.#hooks.commanded(relay);
      if (settings.option(TELE_ON_POWER)) this.#hooks.publishState();
      const timed = this.isOn(relay) !== (settings.get(POWER_ON_STATE) === OFF_UNTIL_PULSE);
      this.restartPulse(relay - 1, timed ? settings.get("pulse_timer", relay - 1) : 0);
    }
    this.publish(relay);
  }

  /** SetAllPower: every relay that is not locked; pulse times stay. */
  commandAll(action: number): void {
    const lock = this.#core.settings.get("power_lock");
    const all = (1 << this.count) - 1;
    if (action === POWER.off) this.#set(this.#power & lock);
    if (action === POWER.on) this.#set((this.#power & lock) | (all & ~lock));
    if (action === POWER.toggle) this.#set(this.#power ^ (~lock & all));
    this.publishAll();
    if (this.#core.settings.option(TELE_ON_POWER)) this.#hooks.publishState();
  }

  publish(relay: number): void {
    const { settings } = this.#core;
    const name = this.name(relay);
    const state = settings.text(this.isOn(relay) ? "StateText2" : "StateText1");
    const retained = settings.option(POWER_RETAIN) === 1;
    this.#core.publish("stat", settings.option(RESULT_BY_COMMAND) ? name : "RESULT", `{"${name}":"${state}"}`);
    if (settings.option(NO_POWER_TOPIC) === 0) this.#core.publish("stat", name, state, retained);
  }

  /** "POWER", or "POWER1" where there are several or SetOption26 asks for it. */
  name(relay: number): string {
    return this.count > 1 || this.#core.settings.option(ALWAYS_INDEXED) ? `POWER${relay}` : "POWER";
  }

  /** Units of PulseTime left, as the command shows them. */
  pulseRemaining(index: number): number {
    const millis = Math.floor(((this.#pulseEnds[index] ?? 0) - this.#core.host.clock.now) / 1000);
    if (millis <= 0) return 0;
    return millis > 11_100 ? Math.floor(millis / 1000) + 100 : Math.floor(millis / 100);
  }

  /** SetPulseTimer: a time begins, or with 0 none runs any more. */
  restartPulse(index: number, value: number): void {
    this.#pulseCancels[index]?.();
    this.#pulseEnds[index] = 0;
    if (value > 0 && index < PULSE_TIMERS) this.#schedulePulse(index, value);
  }

  stop(): void {
    for (const cancel of this.#pulseCancels) cancel?.();
    this.#cancelBlink();
    this.#pulseCancels = [];
  }

  /** SetPowerOnState. Without SetOption0 no relay is driven from what was saved. */
  #initial(afterPowerLoss: boolean): number {
    const { settings } = this.#core;
    const mask = (1 << this.count) - 1;
    const state = settings.get(POWER_ON_STATE);
    if (state === ALWAYS_ON) return mask;
    const saves = settings.option(SAVE_POWER_STATE) === 1;
    const saved = saves ? settings.get("power") & mask : 0;
    if (!afterPowerLoss) return saved;
    switch (state) {
      case 0:
      case OFF_UNTIL_PULSE:
        return 0;
      case 1:
        return mask;
      case 2:
        return saves ? saved ^ mask : 0;
      default:
        return saved;
    }
  }

  #set(power: number): void {
    const wanted = this.#core.settings.get(POWER_ON_STATE) === ALWAYS_ON ? (1 << this.count) - 1 : power;
    this.#power = wanted;
    if (this.#core.settings.option(SAVE_POWER_STATE)) this.#core.settings.set("power", wanted);
    this.#drive();
    this.#hooks.changed(wanted);
  }

  /** Interlock: the others of its group go off first. */
  #releaseInterlocked(mask: number, source: CommandSource): void {
    const { settings } = this.#core;
    if (this.count < 2 || settings.option(INTERLOCK) === 0) return;
    const groups = Array.from({ length: INTERLOCK_GROUPS }, (_, i) => settings.get("interlock", i));
    const others = (groups.find((group) => (group & mask) !== 0) ?? 0) & ~mask & this.#power;
    for (let relay = 1; relay <= this.count; relay++) {
      if ((others & (1 << (relay - 1))) !== 0) this.command(relay, POWER.off, source);
    }
  }

  #drive(power: number = this.#power): void {
    this.#pins.forEach(({ gpio, inverted }, n) => {
      const on = ((power >>> n) & 1) === 1;
      this.#core.host.pins.output(gpio, on !== inverted ? 1 : 0);
    });
  }

  #schedulePulse(index: number, value: number): void {
    const seconds = value < 112 ? value / 10 : value - 100;
    this.#endPulse(index, seconds * 1e6);
  }

  /** @param left µs. */
  #endPulse(index: number, left: number): void {
    const end = this.#core.host.clock.now + left;
    this.#pulseEnds[index] = end;
    this.#pulseCancels[index] = this.#core.host.clock.at(end, () => {
      this.#pulseEnds[index] = 0;
      const ends = this.#core.settings.get(POWER_ON_STATE) === OFF_UNTIL_PULSE ? POWER.on : POWER.off;
      if (index < this.count) this.command(index + 1, ends, "system");
    });
  }

  #publishBlink(relay: number): void {
    const { settings } = this.#core;
    const blinks = (this.#blinkMask & (1 << (relay - 1))) !== 0;
    this.#core.publish(
      "stat",
      settings.option(RESULT_BY_COMMAND) ? "POWER" : "RESULT",
      `{"${this.name(relay)}":"Blink ${settings.text(blinks ? "StateText2" : "StateText1")}"}`,
    );
  }

  /** The relay is switched, its state as told stays what it was. */
  #startBlinking(relay: number, mask: number): void {
    if ((this.#blinkMask & mask) === 0) {
      this.#blinkSaved = (this.#blinkSaved & ~mask) | (this.#power & mask);
      this.#blinkOn = this.isOn(relay);
    }
    const count = this.#core.settings.get("blinkcount");
    this.#blinksLeft = (count === 0 ? ENDLESS_BLINKS : count * 2) + 1;
    this.#blinkMask |= mask;
    this.#blinkAgainAt(this.#core.host.clock.now + FIRST_BLINK);
    this.#publishBlink(relay);
  }

  #stopBlinking(relay: number, mask: number): void {
    this.#blinkMask &= ~mask;
    if (this.#blinkMask === 0) this.#cancelBlink();
    this.#publishBlink(relay);
  }

  #blinkAgainAt(at: number): void {
    this.#cancelBlink();
    this.#cancelBlink = this.#core.host.clock.at(at, () => {
      this.#blinksLeft--;
      if (this.#blinksLeft === 0) {
        for (let relay = 1; relay <= this.count; relay++) {
          if ((this.#blinkMask & (1 << (relay - 1))) !== 0) this.command(relay, POWER.blinkStop, "system");
        }
        return;
      }
      this.#blinkOn = !this.#blinkOn;
      this.#drive((this.#power & ~this.#blinkMask) | (this.#blinkOn ? this.#blinkMask : 0));
      this.#blinkAgainAt(at + this.#core.settings.get("blinktime") * 100_000);
    });
  }
}
