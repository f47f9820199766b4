/**
 * Where a stand-in firmware runs in place of the flash's image: which one knows the image, when it starts, and when it
 * has to end. The chip's core does not run meanwhile.
 */
import type { FirmwareStandIn } from "../board/firmware.ts";
import { HostedFirmware, type HostParts } from "./firmware-host.ts";

export interface StandInSlotOptions {
  /** Asked in this order. */
  readonly firmwares: readonly FirmwareStandIn[];
  /** What a firmware gets, but for the restart. */
  parts(): Omit<HostParts, "restart">;
  /** The SDK's restart jumps to the ROM's reset vector: straps and cause stay what they were. */
  restart(): void;
}

export class StandInSlot {
  readonly #options: StandInSlotOptions;
  #running: HostedFirmware | undefined;
  /** A stand-in that is about to start, or to restart. */
  #cancel: (() => void) | undefined;

  constructor(options: StandInSlotOptions) {
    this.#options = options;
  }

  get running(): HostedFirmware | undefined {
    return this.#running;
  }

  /** The firmware that knows what is in the flash. */
  find(): FirmwareStandIn | undefined {
    const { flash } = this.#options.parts();
    const read = (address: number, length: number): Uint8Array => flash.memory.slice(address, address + length);
    return this.#options.firmwares.find((candidate) => candidate.recognises(read));
  }

  /** The ROM has come to the image. */
  boot(): void {
    const standIn = this.find();
    if (standIn === undefined) return;
    const { runner } = this.#options.parts();
    this.#cancel = runner.at(runner.now, () => {
      runner.stop();
      this.#running = new HostedFirmware(standIn, { ...this.#options.parts(), restart: () => this.#restartLater() });
    });
  }

  /** Power or a reset took the chip. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#running?.stop();
    this.#running = undefined;
  }

  #restartLater(): void {
    this.#cancel?.();
    const { clock } = this.#options.parts();
    this.#cancel = clock.at(clock.now, () => this.#options.restart());
  }
}
