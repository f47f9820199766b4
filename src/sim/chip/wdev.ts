/**
 * The two registers of the Wi-Fi block that everything uses: a microsecond counter and the random number generator
 * (NONOS SDK: WDEV_NOW, RANDOM_REG32). The rest of the radio is not modelled: it keeps what is written.
 */
import type { SeededRandom } from "../world/seeded-random.ts";
import type { Block, Bus } from "./bus.ts";
import type { ChipTime } from "./chip-time.ts";
import { BASE } from "./registers.ts";

const COUNTER_PAGE = 0xc00;
const RANDOM_PAGE = 0xe00;
const RANDOM = 0x44;

export class Wdev {
  readonly #time: ChipTime;
  readonly #random: SeededRandom;

  constructor(time: ChipTime, random: SeededRandom) {
    this.#time = time;
    this.#random = random;
  }

  connect(bus: Bus): void {
    bus.add(
      BASE.wdev + COUNTER_PAGE,
      this.#page(0x00, () => Math.floor(this.#time.now) >>> 0),
    );
    bus.add(
      BASE.wdev + RANDOM_PAGE,
      this.#page(RANDOM, () => this.#random.uint32()),
    );
  }

  #page(register: number, value: () => number): Block {
    const words = new Uint32Array(64);
    return {
      read: (offset) => {
        if (offset !== register) return words[offset >> 2]!;
        this.#time.touched();
        return value();
      },
      write: (offset, word) => {
        this.#time.touched();
        words[offset >> 2] = word;
      },
    };
  }
}
