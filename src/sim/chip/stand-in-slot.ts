/**
 * Where a firmware model runs in place of the flash's image: which one knows the image, when it starts, and when it
 * has to end. The chip's core does not run meanwhile.
 */

import type { FirmwareModel, KeptRun, ResetCause } from "../board/firmware.ts";
import { fromHex, toHex } from "../hex.ts";
import { HostedFirmware, type HostParts } from "./firmware-host.ts";

export interface ModelSlotOptions {
  /** Asked in this order. */
  readonly firmwares: readonly FirmwareModel[];
  /** What a firmware gets, but for the restart and for what was kept of it. */
  parts(): Omit<HostParts, "restart" | "kept">;
  /** The first firmware that starts goes on from here. */
  readonly kept: KeptRun | undefined;
  /** The SDK's restart jumps to the ROM's reset vector: straps and cause stay what they were. */
  restart(): void;
}

export type ModelState = "none" | "busy" | "at-rest";

export class ModelSlot {
  readonly #options: ModelSlotOptions;
  #running: HostedFirmware | undefined;
  /** A firmware model that is about to start, or to restart. */
  #cancel: (() => void) | undefined;
  #kept: KeptRun | undefined;
  #resetCause: ResetCause = 0;

  constructor(options: ModelSlotOptions) {
    this.#options = options;
    this.#kept = options.kept;
  }

  /** "none": no firmware model runs. "busy": it runs, and something is under way that keeping it would lose. */
  get state(): ModelState {
    if (this.#running === undefined) return this.#cancel === undefined ? "none" : "busy";
    return this.#running.isAtRest ? "at-rest" : "busy";
  }

  /** What it needs to go on later; undefined where it is not at rest. */
  keep(): KeptRun | undefined {
    const memory = this.#running?.keep();
    if (memory === undefined) return undefined;
    return { resetCause: this.#resetCause, rtcMemory: toHex(this.#options.parts().rtcMemory), memory };
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
      this.#cancel = undefined;
      this.#start(model);
    });
  }

  #start(model: FirmwareModel): void {
    const parts = this.#options.parts();
    const kept = this.#kept;
    this.#kept = undefined;
    if (kept !== undefined) parts.rtcMemory.set(fromHex(kept.rtcMemory).subarray(0, parts.rtcMemory.length));
    this.#resetCause = kept?.resetCause ?? parts.resetCause;
    this.#running = new HostedFirmware(model, {
      ...parts,
      resetCause: this.#resetCause,
      kept: kept?.memory,
      restart: () => this.#restartLater(),
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
