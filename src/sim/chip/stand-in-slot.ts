/**
 * Where a firmware model runs in place of the flash's image: which one knows the image, when it starts, and when it
 * has to end. The chip's core does not run meanwhile.
 */
import type { FirmwareModel } from "../board/firmware.ts";
import { HostedFirmware, type HostParts } from "./firmware-host.ts";

export interface ModelSlotOptions {
  /** Asked in this order. */
  readonly firmwares: readonly FirmwareModel[];
  /** What a firmware gets, but for the restart. */
  parts(): Omit<HostParts, "restart">;
  /** The SDK's restart jumps to the ROM's reset vector: straps and cause stay what they were. */
  restart(): void;
}

export class ModelSlot {
  readonly #options: ModelSlotOptions;
  #running: HostedFirmware | undefined;
  /** A firmware model that is about to start, or to restart. */
  #cancel: (() => void) | undefined;

  constructor(options: ModelSlotOptions) {
    this.#options = options;
  }

  get running(): HostedFirmware | undefined {
    return this.#running;
  }

  /** The firmware that knows what is in the flash. */
  find(): FirmwareModel | undefined {
    const { flash } = this.#options.parts();
    const read = (address: number, length: number): Uint8Array => flash.memory.slice(address, address + length);
    return this.#options.firmwares.find((candidate) => candidate.recognises(read));
  }

  /** The ROM has come to the image. */
  boot(): void {
    const model = this.find();
    if (model === undefined) return;
    const { runner } = this.#options.parts();
    this.#cancel = runner.at(runner.now, () => {
      runner.stop();
      this.#running = new HostedFirmware(model, { ...this.#options.parts(), restart: () => this.#restartLater() });
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
