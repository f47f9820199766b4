/** What the bench needs of the chip on it. */
import type { ModelSlot } from "../chip/stand-in-slot.ts";
import type { ChipPins, ChipSerial } from "../wire/contract.ts";

export interface BenchChip extends ChipSerial, ChipPins {
  /** The flash array, live. */
  readonly flash: Uint8Array;
  /** The flash's next program or erase leaves one bit as it was, silently. */
  weakenFlash(kind: "program" | "erase"): void;
  /** Station MAC, 6 bytes, as the efuses hold it. */
  readonly mac: Uint8Array;
  /** What the world connects a pin to, such as a button; absent on a chip whose pins lead nowhere. */
  holdPin?(gpio: number, level: 0 | 1 | undefined): void;
  /** Firmwares that run in place of the image; absent on a chip that has none. */
  readonly models?: Pick<ModelSlot, "state" | "keep">;
  /** What went wrong for the hardware, told as it happened. */
  readonly incidents: readonly string[];
}
