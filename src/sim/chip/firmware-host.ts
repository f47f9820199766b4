/**
 * What a firmware model gets of the chip: its serial port, flash, pins and memory, as the SDK would show them. The
 * core does not run meanwhile.
 */
import type {
  FirmwareHost,
  FirmwareMeter,
  FirmwareModel,
  FirmwarePins,
  FirmwareUart,
  KeptMemory,
  ResetCause,
  RunningFirmware,
} from "../board/firmware.ts";
import type { Radio } from "../board/radio.ts";
import type { SimClock } from "../world/clock.ts";
import type { Bus } from "./bus.ts";
import type { CoreRunner } from "./core-runner.ts";
import { ModelFlash } from "./firmware-flash.ts";
import type { NorFlash } from "./nor-flash.ts";
import type { Level, Pins } from "./pins.ts";
import { BASE, UART } from "./registers.ts";
import type { Uart } from "./uart.ts";

/** The parts of the chip that a firmware model is given, and what of the board passes through it. */
export interface HostParts {
  readonly clock: SimClock;
  readonly runner: CoreRunner;
  readonly bus: Bus;
  readonly uart0: Uart;
  readonly pins: Pins;
  readonly flash: NorFlash;
  readonly mac: Uint8Array;
  readonly chipName: string;
  readonly resetCause: ResetCause;
  readonly rtcMemory: Uint8Array;
  readonly meter: FirmwareMeter;
  readonly radio: Radio;
  readonly kept: KeptMemory | undefined;
  random(): number;
  restart(): void;
}

/** PLL settings of every SDK's first step: APB at 80 MHz from then on (see pll.ts). */
const PLL_WRITES = [0x0188_0167, 0x0191_0267] as const;
const I2C_HOST4 = BASE.i2c + 0x10;
const APB_HZ = 80_000_000;

/** A firmware model that has been started, with what has to be undone when it ends. */
export class HostedFirmware {
  readonly model: FirmwareModel;
  readonly #parts: HostParts;
  readonly #flash: ModelFlash;
  readonly #running: RunningFirmware;
  readonly #changeHandlers: ((level: Level) => void)[][] = [];
  readonly #byteHandlers: ((byte: number) => void)[] = [];
  #toSend: number[] = [];
  #sent = 0;
  #outputMask = 0;
  #output = 0;
  #driving = false;
  #stopped = false;

  constructor(model: FirmwareModel, parts: HostParts) {
    this.model = model;
    this.#parts = parts;
    for (const word of PLL_WRITES) parts.bus.write32(I2C_HOST4, word);
    this.#flash = new ModelFlash(parts.flash, parts.runner);
    this.#running = model.boot(this.#host());
  }

  get isAtRest(): boolean {
    return !this.#stopped && this.#toSend.length === 0 && this.#running.isAtRest === true;
  }

  /** Undefined where the firmware cannot be kept. */
  keep(): KeptMemory | undefined {
    return this.isAtRest ? this.#running.keep?.() : undefined;
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#flash.stop();
    this.#running.stop();
  }

  /** The UART received a byte or has room for one. */
  serveUart(): void {
    if (this.#stopped) return;
    const { rx, tx } = this.#parts.uart0;
    for (let byte = rx.pop(); byte !== undefined; byte = rx.pop()) {
      for (const handler of this.#byteHandlers) handler(byte);
    }
    while (this.#sent < this.#toSend.length && !tx.isFull) this.#parts.uart0.send(this.#toSend[this.#sent++]!);
    if (this.#sent !== this.#toSend.length) return;
    this.#toSend = [];
    this.#sent = 0;
  }

  /** The world has changed pins: bit per GPIO. */
  pinsChanged(changed: number): void {
    if (this.#stopped || this.#driving) return;
    for (const [gpio, handlers] of this.#changeHandlers.entries()) {
      if ((changed & (1 << gpio)) === 0) continue;
      for (const handler of handlers ?? []) handler(this.#parts.pins.level(gpio));
    }
  }

  #host(): FirmwareHost {
    const { clock, mac, chipName, resetCause, rtcMemory, meter, radio, kept } = this.#parts;
    return {
      clock,
      mac,
      chipName,
      resetCause,
      rtcMemory,
      meter,
      radio,
      kept,
      flash: this.#flash,
      uart0: this.#uart(),
      pins: this.#pins(),
      random: () => this.#parts.random(),
      restart: () => this.#parts.restart(),
    };
  }

  #uart(): FirmwareUart {
    return {
      setBaud: (baud) => this.#parts.bus.write32(BASE.uart0 + UART.clkdiv, Math.round(APB_HZ / baud)),
      write: (bytes) => {
        if (this.#stopped) return;
        for (const byte of bytes) this.#toSend.push(byte);
        this.serveUart();
      },
      onByte: (handler) => {
        this.#byteHandlers.push(handler);
      },
    };
  }

  #pins(): FirmwarePins {
    return {
      output: (gpio, level) => this.#drive(this.#outputMask | (1 << gpio), gpio, level),
      release: (gpio) => this.#drive(this.#outputMask & ~(1 << gpio), gpio, 0),
      level: (gpio) => this.#parts.pins.level(gpio),
      onChange: (gpio, handler) => {
        this.#changeHandlers[gpio] = [...(this.#changeHandlers[gpio] ?? []), handler];
      },
    };
  }

  #drive(mask: number, gpio: number, level: Level): void {
    if (this.#stopped) return;
    this.#outputMask = mask;
    this.#output = level === 1 ? this.#output | (1 << gpio) : this.#output & ~(1 << gpio);
    this.#driving = true;
    this.#parts.pins.drive(this.#outputMask, this.#output);
    this.#driving = false;
  }
}
