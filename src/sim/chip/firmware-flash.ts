/** The flash as firmware uses it through the SDK: operations queue up, each waits for the part to be ready. */
import type { FirmwareFlash } from "../board/firmware.ts";
import type { ChipTime } from "./chip-time.ts";
import type { NorFlash } from "./nor-flash.ts";

const PAGE = 256;

export class ModelFlash implements FirmwareFlash {
  readonly #flash: NorFlash;
  readonly #time: ChipTime;
  readonly #waiting: { readonly begin: () => unknown; readonly done: (() => void) | undefined }[] = [];
  /** One operation is under way: what `done` asks for waits its turn like everything else. */
  #active = false;
  #cancel: (() => void) | undefined;

  constructor(flash: NorFlash, time: ChipTime) {
    this.#flash = flash;
    this.#time = time;
  }

  get size(): number {
    return this.#flash.size;
  }

  get jedecId(): readonly [number, number, number] {
    return this.#flash.part.jedec;
  }

  read(address: number, length: number): Uint8Array {
    this.#flash.settle(this.#time.now);
    return this.#flash.memory.slice(address, address + length);
  }

  eraseSector(address: number, done: () => void): void {
    this.#enqueue(() => this.#flash.erase("sector", address, this.#time.now), done);
  }

  program(address: number, bytes: Uint8Array, done: () => void): void {
    for (let at = 0; at < bytes.length; ) {
      const length = Math.min(PAGE - ((address + at) % PAGE), bytes.length - at);
      const [from, part] = [address + at, bytes.slice(at, at + length)];
      at += length;
      this.#enqueue(() => this.#flash.program(from, part, this.#time.now), at === bytes.length ? done : undefined);
    }
    if (bytes.length === 0) this.#enqueue(() => undefined, done);
  }

  /** Power or reset took the firmware: nothing that waits is started or reported any more. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#waiting.length = 0;
  }

  #enqueue(begin: () => unknown, done: (() => void) | undefined): void {
    this.#waiting.push({ begin, done });
    if (!this.#active) this.#next();
  }

  #next(): void {
    const operation = this.#waiting.shift();
    this.#active = operation !== undefined;
    if (operation === undefined) return;
    this.#whenReady(() => {
      this.#flash.setWriteEnable(true, this.#time.now);
      operation.begin();
      this.#whenReady(() => {
        operation.done?.();
        this.#next();
      });
    });
  }

  #whenReady(action: () => void): void {
    this.#cancel = this.#time.at(Math.max(this.#time.now, this.#flash.busyUntil), () => {
      this.#cancel = undefined;
      this.#flash.settle(this.#time.now);
      action();
    });
  }
}
