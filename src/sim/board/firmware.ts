/**
 * The seam between the board and a firmware that is not executed instruction by instruction: a firmware model that answers
 * where the real image cannot be run. World, board, wire and network belong to neither side of it.
 */
import type { SimClock } from "../world/clock.ts";
import type { Radio } from "./radio.ts";

/**
 * Reset causes as the ROM prints them ("rst cause:N"): 1 power on, 2 external, 3 software, 4 hardware watchdog, 5 woken
 * from deep sleep, 6 the SDK's own; 0 is none of them.
 */
export type ResetCause = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** NOR flash as firmware sees it through the SDK. Erase and program take their time; power loss spoils what is under way. */
export interface FirmwareFlash {
  readonly size: number;
  /** JEDEC id as Tasmota prints it is derived from this: manufacturer, type, capacity. */
  readonly jedecId: readonly [number, number, number];
  read(address: number, length: number): Uint8Array;
  /** 4 KiB sector. `done` is called when the part is ready again; never if the power fails first. */
  eraseSector(address: number, done: () => void): void;
  /** Bits go from 1 to 0 only. */
  program(address: number, bytes: Uint8Array, done: () => void): void;
}

export interface FirmwareUart {
  setBaud(baud: number): void;
  /** Bytes leave at the line's pace. */
  write(bytes: Uint8Array): void;
  /** Called per byte as it arrives, already garbled if the rates do not match. */
  onByte(handler: (byte: number) => void): void;
  /** Bytes dropped because the receiver's buffer was full are the firmware's own affair. */
}

/** GPIO levels as the pins see them: 0 or 1. Numbers are ESP8266 GPIO numbers. */
export interface FirmwarePins {
  output(gpio: number, level: 0 | 1): void;
  release(gpio: number): void;
  level(gpio: number): 0 | 1;
  /** Called at every change of the pin's level that the world makes (button, wire). */
  onChange(gpio: number, handler: (level: 0 | 1) => void): void;
}

/**
 * The metering chip's pulse outputs as the pins deliver them. Frequencies are what the real chip would give now, with
 * this plug's manufacturing error; 0 where there are no pulses.
 */
export interface FirmwareMeter {
  /** GPIOs that the chip's pins are wired to on this board. A driver set to other pins hears nothing. */
  readonly wiring: { readonly cf: number; readonly cf1: number; readonly sel: number };
  /** Average period in µs of the CF (power) output now, or 0. */
  cfPeriod(): number;
  /** Average period in µs of CF1 for the given SEL level, or 0. */
  cf1Period(sel: 0 | 1): number;
  /** Integral of the CF pulses since the last call: pulses counted, fractional part kept by the meter. */
  takeCfPulses(): number;
  /** Calls back just before mains or load change, and with them the periods. Relay and SEL are the board's to watch. */
  readonly watch?: ((beforeChange: () => void) => void) | undefined;
}

/** What a firmware holds in RAM, as JSON data: of a plug that is kept while no program computes it. */
export type KeptMemory = Readonly<Record<string, unknown>>;

/** A chip that was left running, as JSON data. */
export interface KeptRun {
  readonly resetCause: ResetCause;
  /** RTC user memory, hex. */
  readonly rtcMemory: string;
  readonly memory: KeptMemory;
}

/** What a firmware model gets from the board at power-up or reset. */
export interface FirmwareHost {
  readonly clock: SimClock;
  readonly flash: FirmwareFlash;
  readonly uart0: FirmwareUart;
  readonly pins: FirmwarePins;
  readonly meter: FirmwareMeter;
  /** Station MAC, 6 bytes. */
  readonly mac: Uint8Array;
  /** "ESP8285N08", … as decoded from the efuses. */
  readonly chipName: string;
  readonly resetCause: ResetCause;
  /** 512 bytes of RTC user memory: kept over resets, lost with power (undefined contents at power-up). */
  readonly rtcMemory: Uint8Array;
  /** The chip's hardware random numbers, 32 bits, from the world's seed. */
  random(): number;
  /** The air and the network behind it. */
  readonly radio: Radio;
  /**
   * What it held when it was left running: it goes on from there, without a start. Undefined: it starts. RTC memory and
   * reset cause are as they were then.
   */
  readonly kept?: KeptMemory | undefined;
  /** Software restart: the ROM boots again; straps are NOT sampled again (they are latched at power-up). */
  restart(): void;
}

/** A firmware running until power or reset ends it. After `stop` it must do nothing more. */
export interface RunningFirmware {
  stop(): void;
  /** Nothing is under way that `keep` would lose: a start, a restart, an erase, a download. Missing: never so. */
  readonly isAtRest?: boolean;
  /** What it needs to go on later; called only at rest. */
  keep?(): KeptMemory;
}

export interface FirmwareModel {
  /** Said in every output that a person sees: "stand-in for Tasmota 15.2; the image you flashed is not executed". */
  readonly notice: string;
  /** Whether the flash's contents are an image this stands in for. Looks at bytes only. */
  recognises(read: (address: number, length: number) => Uint8Array): boolean;
  boot(host: FirmwareHost): RunningFirmware;
}
