/**
 * The LEDs: one that shows the relay, one that shows the link. A LED pin is an output from boot on, which is why a
 * wire left on GPIO0 burns it.
 * Source: Tasmota tasmota_support/support_tasmota.ino (UpdateLedPower, Every250mSeconds).
 */
import type { TasmotaCore } from "../contract.ts";

const LED = 288;
const LED_INVERTED = 320;
const LINK = 544;
const LINK_INVERTED = 576;
const MAX_LEDS = 4;
/** SetOption31: the link LED does not blink. */
const NO_LINK_BLINK = 31;
/** LedState: bit 0 shows the relay; bit 3 is LedPower. */
const SHOWS_POWER = 1;
const LED_POWER = 8;

interface LedPin {
  readonly gpio: number;
  readonly inverted: boolean;
}

export class Leds {
  readonly #core: TasmotaCore;
  #leds: LedPin[] = [];
  #link: LedPin | undefined;
  #lit = 0;
  #quarter = 0;

  constructor(core: TasmotaCore) {
    this.#core = core;
  }

  /** LedPower's bits where there is a link LED. */
  get lit(): number {
    return this.#lit;
  }

  get hasLink(): boolean {
    return this.#link !== undefined;
  }

  start(): void {
    this.#leds = [];
    for (let n = 0; n < MAX_LEDS; n++) {
      const led = this.#find(LED + n, LED_INVERTED + n);
      if (led === undefined) break;
      this.#leds.push(led);
    }
    this.#link = this.#find(LINK, LINK_INVERTED);
    for (let n = 0; n < this.#leds.length; n++) this.set(n, false);
    if (this.#link !== undefined) this.#drive(this.#link, false);
  }

  /** The relays are in this state now. */
  showPower(power: number): void {
    if (this.#core.settings.get("ledstate") & SHOWS_POWER) this.set(0, power !== 0);
  }

  set(index: number, on: boolean): void {
    const led = this.#leds[index];
    const bit = 1 << index;
    this.#lit = on ? this.#lit | bit : this.#lit & ~bit;
    if (led !== undefined) this.#drive(led, on);
  }

  /** Link LED: lit while connected, blinking while not, dark where LedState or SetOption31 say so. */
  every250ms(): void {
    if (this.#link === undefined) return;
    this.#quarter = (this.#quarter + 1) % 8;
    const { settings, network } = this.#core;
    const quiet = settings.get("ledstate") === 0 || settings.option(NO_LINK_BLINK) === 1;
    const searching = !network.station.connected && this.#quarter % 4 < 2;
    const waitingForBroker = network.station.connected && !network.mqttConnected && this.#quarter === 0;
    this.#drive(this.#link, !quiet && (searching || waitingForBroker));
  }

  /** LedPower as stored where there is no link LED. */
  get legacyPower(): boolean {
    return (this.#core.settings.get("ledstate") & LED_POWER) !== 0;
  }

  #find(straight: number, inverted: number): LedPin | undefined {
    const gpio = this.#core.pins.pinOf(straight);
    if (gpio !== undefined) return { gpio, inverted: false };
    const other = this.#core.pins.pinOf(inverted);
    return other === undefined ? undefined : { gpio: other, inverted: true };
  }

  #drive(led: LedPin, on: boolean): void {
    this.#core.host.pins.output(led.gpio, on !== led.inverted ? 1 : 0);
  }
}
