/**
 * The registers of baseband and RF front end. The virtual chip has neither, so they keep what is written; those that
 * the SDK's libphy polls read as if the hardware had finished. Which they are is seen in the polling loops of the NONOS
 * SDK 2.2.x: the noise floor's measurement (rom_get_noisefloor reads its result beside it) and the I/Q estimation that
 * rom_iq_est_enable starts.
 */
import type { Block, Bus } from "./bus.ts";
import { StorageBlock } from "./bus.ts";

const NOISE_FLOOR = 0x60009b60;
const STILL_MEASURING = 1 << 1;
const IQ_ESTIMATION = 0x6000057c;
const ESTIMATED = 0x8000_0000;
const PAGE = 0xff;

export class RadioFrontEnd {
  readonly #pages: StorageBlock[] = [];
  readonly #touched: () => void;

  /** @param touched see ChipTime. */
  constructor(touched: () => void) {
    this.#touched = touched;
  }

  connect(bus: Bus): void {
    bus.add(
      NOISE_FLOOR & ~PAGE,
      this.#page(NOISE_FLOOR & PAGE, (word) => (word & ~STILL_MEASURING) >>> 0),
    );
    bus.add(
      IQ_ESTIMATION & ~PAGE,
      this.#page(IQ_ESTIMATION & PAGE, (word) => (word | ESTIMATED) >>> 0),
    );
  }

  reset(): void {
    for (const page of this.#pages) page.reset();
  }

  /** Storage, but for one register. */
  #page(register: number, shown: (word: number) => number): Block {
    const page = new StorageBlock(this.#touched);
    this.#pages.push(page);
    return {
      read: (offset) => (offset === register ? shown(page.read(offset)) : page.read(offset)),
      write: (offset, value) => page.write(offset, value),
    };
  }
}
