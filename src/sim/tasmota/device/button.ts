/**
 * The button: presses are counted in a window of half a second; six start the Wi-Fi manager; 40 s held reset everything.
 * Source: Tasmota tasmota_support/support_button_v4.ino.
 */
import type { TasmotaCore } from "../contract.ts";

const BUTTON = 32;
const BUTTON_NO_PULL = 64;
const BUTTON_INVERTED = 96;
const BUTTON_INVERTED_NO_PULL = 128;
/** µs. */
const DEBOUNCE = 50_000;
const WINDOW = 500_000;
const IGNORED_AFTER_BOOT = 4_000_000;
const PRESSES_FOR_MANAGER = 6;
const MANAGER = 2;
/** Held for this many times SetOption32 (0.1 s each): reset. */
const RESET_HOLDS = 10;
const RESTRICTED = 1;
const SINGLE_ONLY = 13;
const HOLD_TIME = 32;

export class Button {
  readonly #core: TasmotaCore;
  readonly #bootedAt: number;
  #pressed = false;
  #presses = 0;
  #windowOver = false;
  #cancelWindow: () => void = () => {};
  #cancelHold: () => void = () => {};
  #cancelDebounce: () => void = () => {};

  constructor(core: TasmotaCore) {
    this.#core = core;
    this.#bootedAt = core.host.clock.now;
  }

  start(): void {
    const { pins, host } = this.#core;
    for (const [code, active] of [
      [BUTTON, 0],
      [BUTTON_NO_PULL, 0],
      [BUTTON_INVERTED, 1],
      [BUTTON_INVERTED_NO_PULL, 1],
    ] as const) {
      const gpio = pins.pinOf(code);
      if (gpio === undefined) continue;
      const follow = (level: 0 | 1): void => {
        this.#cancelDebounce();
        this.#cancelDebounce = host.clock.at(host.clock.now + DEBOUNCE, () => this.#settled(level === active));
      };
      host.pins.onChange(gpio, follow);
      follow(host.pins.level(gpio));
      return;
    }
  }

  stop(): void {
    this.#cancelWindow();
    this.#cancelHold();
    this.#cancelDebounce();
  }

  #settled(pressed: boolean): void {
    if (pressed === this.#pressed) return;
    this.#pressed = pressed;
    this.#cancelHold();
    if (!pressed) {
      if (this.#windowOver) this.#decide();
      return;
    }
    const { clock } = this.#core.host;
    const holdFrom = Math.max(clock.now, this.#bootedAt + IGNORED_AFTER_BOOT);
    this.#cancelHold = clock.at(holdFrom + this.#core.settings.option(HOLD_TIME) * 100_000, () => this.#held());
    if (clock.now < this.#bootedAt + IGNORED_AFTER_BOOT) return;
    if (this.#core.settings.option(SINGLE_ONLY)) this.#toggle();
    else {
      this.#presses++;
      this.#cancelWindow();
      this.#windowOver = false;
      this.#cancelWindow = clock.at(clock.now + WINDOW, () => {
        this.#windowOver = true;
        if (!this.#pressed) this.#decide();
      });
    }
  }

  #decide(): void {
    this.#windowOver = false;
    const presses = this.#presses;
    this.#presses = 0;
    if (presses === 1) this.#toggle();
    else if (presses === PRESSES_FOR_MANAGER && !this.#core.settings.option(RESTRICTED)) {
      this.#core.execute(`WifiConfig ${MANAGER}`, "button");
    }
  }

  #toggle(): void {
    if (this.#core.relayCount > 0) this.#core.setRelay(1, "toggle", "button");
  }

  /** SetOption32 reached: a HOLD for rules, which nobody here listens to; the long hold follows. */
  #held(): void {
    this.#presses = 0;
    const { clock } = this.#core.host;
    const rest = (RESET_HOLDS - 1) * this.#core.settings.option(HOLD_TIME) * 100_000;
    this.#cancelHold = clock.at(clock.now + rest, () => {
      if (this.#core.settings.option(SINGLE_ONLY)) this.#core.execute("SetOption13 0", "button");
      else if (!this.#core.settings.option(RESTRICTED)) this.#core.execute("Reset 1", "button");
    });
  }
}
