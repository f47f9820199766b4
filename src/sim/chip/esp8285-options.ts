/** What a virtual ESP8285 is made of, and what surrounds it. */
import type { Ether } from "../board/ether.ts";
import type { FirmwareMeter, FirmwareModel, KeptRun } from "../board/firmware.ts";
import type { Radio } from "../board/radio.ts";
import type { SimClock } from "../world/clock.ts";
import type { ChipVariant } from "./efuses.ts";
import type { NorFlash } from "./nor-flash.ts";

export interface Esp8285Options {
  readonly clock: SimClock;
  readonly flash: NorFlash;
  /** Station MAC, 6 bytes; it is burnt into the efuses. */
  readonly mac: Uint8Array;
  /** Default "ESP8285N08". */
  readonly variant?: ChipVariant | undefined;
  /** The four efuse words at 0x3ff00050 instead of those that MAC and variant give: of a chip that somebody has read. */
  readonly efuses?: readonly [number, number, number, number] | undefined;
  /** Decides what RAM holds at power-up and the hardware random numbers. Default 1. */
  readonly seed?: number;
  /** Multiplies what instructions cost, 0.25 to 8. Default 1. */
  readonly costScale?: number | undefined;
  /** Asked in this order at flash boot whether they stand in for the image. */
  readonly firmwares?: readonly FirmwareModel[] | undefined;
  /** At the first start from flash the firmware model goes on from here. */
  readonly kept?: KeptRun | undefined;
  /** What is wired to the metering pins, for firmware models. Default: nothing, no pulses. */
  readonly meter?: FirmwareMeter | undefined;
  /** The air around the chip, for firmware models. Default: an empty one. */
  readonly radio?: Radio | undefined;
  /** The air for the chip's own Wi-Fi MAC, when it executes a firmware. Default: nobody hears it. */
  readonly ether?: Ether | undefined;
  /** 64 KiB at 0x40000000, read out of the owner's own chip: runs instead of the emulated ROM. */
  readonly romDump?: Uint8Array | undefined;
  /** Straps [15:13], the second figure of "boot mode:(3,6)", which differs from board to board. Default 6. */
  readonly upperStraps?: number;
  /** Called after the flash changed in this half-open range. */
  readonly flashChanged?: ((from: number, to: number) => void) | undefined;
}

/** An open pair of metering pins. */
export const NO_METER: FirmwareMeter = {
  wiring: { cf: -1, cf1: -1, sel: -1 },
  cfPeriod: () => 0,
  cf1Period: () => 0,
  takeCfPulses: () => 0,
};
/** As on most boards whose boot texts have been published. */
export const UPPER_STRAPS = 6;
