/**
 * The relays: their pins, their states, pulse times and blinking.
 * Source: Tasmota tasmota_support/support_tasmota.ino (SetDevicePower, ExecuteCommandPower, SetPowerOnState).
 */

import { quote } from "../command/json.ts";
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

/** What a power command may ask for, by its number. */
export const POWER = { off: 0, on: 1, toggle: 2, blink: 3, blinkStop: 4, show: 99 } as const;

export interface RelayHooks {
  /** Energy limits and LEDs follow the relays. */
  changed(power: number): void;
}

export class Relays {
  readonly #core: TasmotaCore;
  readonly #hooks: RelayHooks;
  #pins: { readonly gpio: number; readonly inverted: boolean }[] = [];
  #power = 0;
  /** Relay of the running pulse's end, absolute µs; 0 where none runs. */
  readonly #pulseEnds: number[] = Array.from({ length: PULSE_TIMERS }, () => 0);
  #pulseCancels: (() => void)[] = [];
  #blink: { readonly before: number; left: number; mask: number; cancel: () => void } | undefined;

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
    const { core } = { core: this.#core };
    this.#pins = [];
    for (let n = 0; n < MAX_RELAYS; n++) {
      const straight = core.pins.pinOf(RELAY + n);
      const inverted = core.pins.pinOf(RELAY_INVERTED + n);
      const gpio = straight ?? inverted;
      if (gpio === undefined) break;
      this.#pins.push({ gpio, inverted: straight === undefined });
    }
    this.#power = this.#initial(afterPowerLoss);
    this.#drive();
    if (this.#power !== 0) this.#startPulses(0, this.#power);
  }

  isOn(relay: number): boolean {
    return ((this.#power >>> (relay - 1)) & 1) === 1;
  }

  /** One relay, 1-based, by the number of a power command; publishes the state. */
  command(relay: number, action: number, source: CommandSource): void {
    const mask = 1 << (relay - 1);
    if (action === POWER.blink) {
      this.#startBlinking(mask);
      this.#publishBlink(relay, "Blink ON");
      return;
    }
    if (action === POWER.blinkStop) {
      const blinking = (this.#blink?.mask ?? 0) & mask;
      this.#publishBlink(relay, "Blink OFF");
      if (blinking) this.#stopBlinking();
      else return;
      this.publish(relay);
      return;
    }
    if (action === POWER.off || action === POWER.on || action === POWER.toggle) {
      if (this.#blink !== undefined && (this.#blink.mask & mask) !== 0) this.#stopBlinking();
      const on = action === POWER.toggle ? (this.#power & mask) === 0 : action === POWER.on;
      this.#set(on ? this.#power | mask : this.#power & ~mask, source);
    }
    this.publish(relay);
  }

  publish(relay: number): void {
    const { settings } = this.#core;
    const name = this.name(relay);
    const state = settings.text(this.isOn(relay) ? "StateText2" : "StateText1");
    const retained = settings.option(POWER_RETAIN) === 1;
    this.#core.publish("stat", settings.option(RESULT_BY_COMMAND) ? name : "RESULT", `{"${name}":${quote(state)}}`);
    if (settings.option(NO_POWER_TOPIC) === 0) this.#core.publish("stat", name, state, retained);
  }

  /** "POWER", or "POWER1" where there are several or SetOption26 asks for it. */
  name(relay: number): string {
    return this.count > 1 || this.#core.settings.option(ALWAYS_INDEXED) ? `POWER${relay}` : "POWER";
  }

  /** Units of PulseTime left, as the command shows them. */
  pulseRemaining(index: number): number {
    const end = this.#pulseEnds[index] ?? 0;
    if (end === 0) return 0;
    const tenths = Math.max(0, Math.ceil((end - this.#core.host.clock.now) / 100_000));
    return tenths > 111 ? Math.ceil(tenths / 10) + 100 : tenths;
  }

  /** PulseTime was set: a relay that is on starts its time anew. */
  restartPulse(index: number, value: number): void {
    this.#pulseCancels[index]?.();
    this.#pulseEnds[index] = 0;
    if (value > 0 && index < PULSE_TIMERS) this.#schedulePulse(index, value);
  }

  stop(): void {
    for (const cancel of this.#pulseCancels) cancel?.();
    this.#blink?.cancel();
    this.#pulseCancels = [];
  }

  #initial(afterPowerLoss: boolean): number {
    const { settings } = this.#core;
    const mask = (1 << this.count) - 1;
    const saved = settings.option(SAVE_POWER_STATE) ? settings.get("power") & mask : 0;
    if (!afterPowerLoss) return saved;
    switch (settings.get("poweronstate")) {
      case 0:
      case 5:
        return 0;
      case 1:
      case 4:
        return mask;
      case 2:
        return saved ^ mask;
      default:
        return saved;
    }
  }

  #set(power: number, source: CommandSource): void {
    const changed = this.#power ^ power;
    this.#power = power;
    if (this.#core.settings.option(SAVE_POWER_STATE)) this.#core.settings.set("power", power);
    this.#drive();
    if (source !== "system" || changed !== 0) this.#startPulses(changed, power);
    if (changed !== 0) this.#hooks.changed(power);
  }

  #drive(): void {
    this.#pins.forEach(({ gpio, inverted }, n) => {
      const on = ((this.#power >>> n) & 1) === 1;
      this.#core.host.pins.output(gpio, on !== inverted ? 1 : 0);
    });
  }

  #startPulses(changed: number, power: number): void {
    for (let n = 0; n < this.count; n++) {
      const on = ((power >>> n) & 1) === 1;
      if (((changed >>> n) & 1) === 0 && !on) continue;
      this.restartPulse(n, on ? this.#core.settings.get("pulse_timer", n) : 0);
    }
  }

  #schedulePulse(index: number, value: number): void {
    const seconds = value < 112 ? value / 10 : value - 100;
    const end = this.#core.host.clock.now + seconds * 1e6;
    this.#pulseEnds[index] = end;
    this.#pulseCancels[index] = this.#core.host.clock.at(end, () => {
      this.#pulseEnds[index] = 0;
      if (index < this.count) this.command(index + 1, POWER.off, "system");
    });
  }

  #publishBlink(relay: number, state: string): void {
    const name = this.name(relay);
    this.#core.publish(
      "stat",
      this.#core.settings.option(RESULT_BY_COMMAND) ? name : "RESULT",
      `{"${name}":"${state}"}`,
    );
  }

  #startBlinking(mask: number): void {
    if (this.#blink !== undefined) return;
    const blink = { before: this.#power, left: this.#core.settings.get("blinkcount") * 2, mask, cancel: () => {} };
    this.#blink = blink;
    const tick = (): void => {
      blink.cancel = this.#core.host.clock.at(
        this.#core.host.clock.now + this.#core.settings.get("blinktime") * 100_000,
        () => {
          if (blink.left > 0 && --blink.left === 0) this.#stopBlinking();
          else {
            this.#power ^= mask;
            this.#drive();
            tick();
          }
        },
      );
    };
    tick();
  }

  #stopBlinking(): void {
    const blink = this.#blink;
    if (blink === undefined) return;
    blink.cancel();
    this.#blink = undefined;
    this.#power = (this.#power & ~blink.mask) | (blink.before & blink.mask);
    this.#drive();
  }
}
