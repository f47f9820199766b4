/** A board for the model Tasmota alone: NOR flash, a console that is heard and typed on, pins, a meter, RTC memory. */
import type {
  FirmwareFlash,
  FirmwareHost,
  FirmwareMeter,
  FirmwareModel,
  ResetCause,
  RunningFirmware,
} from "../../src/sim/board/firmware.ts";
import type { Radio } from "../../src/sim/board/radio.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { RadioMedium } from "../../src/sim/world/network/radio-medium.ts";

const SECTOR = 0x1000;
/** Typical of the part, µs. */
const ERASE_TIME = 45_000;
const PROGRAM_TIME_PER_PAGE = 700;
const PAGE = 256;
/** 10 bits at 115200 baud, µs. */
const BYTE_TIME = 86.8;

/** The EP2's relay. */
const RELAY_PIN = 15;

/** What the meter would give for a load; periods in µs, 0 without pulses. */
export interface MeterSignals {
  cf: number;
  voltage: number;
  current: number;
}

export class TestBoard {
  readonly clock: SimClock;
  readonly flash: Uint8Array;
  readonly mac: Uint8Array;
  readonly rtc: Uint8Array = new Uint8Array(512);
  readonly signals: MeterSignals = { cf: 0, voltage: 0, current: 0 };
  /** Level each pin is driven to; undefined where it is an input. */
  readonly driven: Map<number, 0 | 1> = new Map();
  readonly pulled: Map<number, 0 | 1> = new Map();
  /** Restart cause of the boot running now. */
  cause: ResetCause = 1;
  heard = "";
  /** Called with every piece of text the console prints. */
  onText: (text: string) => void = () => {};
  /** The air around this plug. */
  radio: Radio;
  /** A meter of the world's instead of the signals. */
  meter: FirmwareMeter | undefined;
  readonly #model: FirmwareModel;
  readonly #jedec: readonly [number, number, number];
  readonly #chipName: string;
  readonly #eraseTime: number;
  #running: RunningFirmware | undefined;
  #byteHandlers: ((byte: number) => void)[] = [];
  #pinHandlers = new Map<number, ((level: 0 | 1) => void)[]>();
  #generation = 0;
  /** The line to the chip is busy until then. */
  #typedUntil = 0;
  #pulses = 0;
  #pulsesAt = 0;

  constructor(options: {
    readonly model: FirmwareModel;
    readonly clock?: SimClock;
    readonly flash?: Uint8Array | undefined;
    readonly mac?: Uint8Array;
    readonly jedecId?: readonly [number, number, number];
    readonly chipName?: string;
    /** µs a sector takes to erase. */
    readonly eraseTime?: number;
  }) {
    this.#model = options.model;
    this.clock = options.clock ?? new SimClock();
    this.flash = options.flash ?? new Uint8Array(0x100000).fill(0xff);
    this.mac = options.mac ?? Uint8Array.from([0x5c, 0xcf, 0x7f, 0x0a, 0x0b, 0x0c]);
    this.#jedec = options.jedecId ?? [0x51, 0x40, 0x14];
    this.#chipName = options.chipName ?? "ESP8285N08";
    this.#eraseTime = options.eraseTime ?? ERASE_TIME;
    this.radio = new RadioMedium(this.clock).radio(this.mac);
  }

  get running(): RunningFirmware {
    if (this.#running === undefined) throw new Error("the board has no power");
    return this.#running;
  }

  powerOn(): void {
    for (let i = 0; i < this.rtc.length; i++) this.rtc[i] = (i * 197 + 13) & 0xff;
    this.#boot(1);
  }

  powerOff(): void {
    this.#running?.stop();
    this.#running = undefined;
    this.#generation++;
    this.#byteHandlers = [];
    this.#pinHandlers = new Map();
    this.driven.clear();
  }

  powerCycle(): void {
    this.powerOff();
    this.powerOn();
  }

  /** The reset pin, or a crash: RTC memory stays. */
  reset(cause: ResetCause = 2): void {
    this.powerOff();
    this.#boot(cause);
  }

  /** Bytes reach the console at the line's pace from now on. */
  type(bytes: string | Uint8Array): void {
    const data = typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
    for (const byte of data) {
      this.#typedUntil = Math.max(this.#typedUntil, this.clock.now) + BYTE_TIME;
      this.clock.at(this.#typedUntil, () => {
        for (const handler of this.#byteHandlers) handler(byte);
      });
    }
  }

  /** The world pulls a pin, or lets it go. */
  pull(gpio: number, level: 0 | 1): void {
    this.pulled.set(gpio, level);
    for (const handler of this.#pinHandlers.get(gpio) ?? []) handler(level);
  }

  /** Runs the world for this many seconds. */
  run(seconds: number): void {
    this.clock.runInternal(this.clock.now + seconds * 1e6);
  }

  #boot(cause: ResetCause): void {
    this.cause = cause;
    this.#generation++;
    const generation = this.#generation;
    const alive = (): boolean => generation === this.#generation;
    this.#pulsesAt = this.clock.now;
    const host: FirmwareHost = {
      clock: this.clock,
      flash: this.#firmwareFlash(alive),
      uart0: {
        setBaud: () => {},
        write: (bytes) => {
          if (!alive()) return;
          const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
          this.heard += text;
          this.onText(text);
        },
        onByte: (handler) => {
          if (alive()) this.#byteHandlers = [handler];
        },
      },
      pins: {
        output: (gpio, level) => {
          if (alive()) this.driven.set(gpio, level);
        },
        release: (gpio) => {
          if (alive()) this.driven.delete(gpio);
        },
        level: (gpio) => this.pulled.get(gpio) ?? 1,
        onChange: (gpio, handler) => {
          if (alive()) this.#pinHandlers.set(gpio, [...(this.#pinHandlers.get(gpio) ?? []), handler]);
        },
      },
      meter: this.meter ?? {
        wiring: { cf: 5, cf1: 4, sel: 12 },
        cfPeriod: () => (this.#loaded() ? this.signals.cf : 0),
        cf1Period: (sel) => (sel === 1 ? this.signals.voltage : this.#loaded() ? this.signals.current : 0),
        takeCfPulses: () => this.#takePulses(),
      },
      mac: this.mac,
      chipName: this.#chipName,
      resetCause: cause,
      rtcMemory: this.rtc,
      random: () => (this.clock.now * 2654435761) >>> 0,
      radio: this.radio,
      restart: () => {
        if (alive()) this.reset(3);
      },
    };
    this.#running = this.#model.boot(host);
  }

  /** The load hangs behind the relay, the voltage divider in front of it. */
  #loaded(): boolean {
    return this.driven.get(RELAY_PIN) === 1;
  }

  #takePulses(): number {
    if (this.signals.cf > 0 && this.#loaded()) this.#pulses += (this.clock.now - this.#pulsesAt) / this.signals.cf;
    this.#pulsesAt = this.clock.now;
    const whole = Math.floor(this.#pulses);
    this.#pulses -= whole;
    return whole;
  }

  #firmwareFlash(alive: () => boolean): FirmwareFlash {
    const later = (delay: number, action: () => void): void => {
      this.clock.at(this.clock.now + delay, () => {
        if (alive()) action();
      });
    };
    return {
      size: this.flash.length,
      jedecId: this.#jedec,
      read: (address, length) => this.flash.slice(address, address + length),
      eraseSector: (address, done) => {
        later(this.#eraseTime, () => {
          this.flash.fill(0xff, address, address + SECTOR);
          done();
        });
      },
      program: (address, bytes, done) => {
        later(Math.ceil(bytes.length / PAGE) * PROGRAM_TIME_PER_PAGE, () => {
          bytes.forEach((byte, i) => {
            this.flash[address + i]! &= byte;
          });
          done();
        });
      },
    };
  }
}
