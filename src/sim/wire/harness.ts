/**
 * The wires between the adapter and the chip: which pin reaches which, noise, damaged bytes, and the transistors that
 * let DTR and RTS reset a development board. Knows nothing of bytes' meaning nor of power.
 */
import type { Wiring } from "../bench/contract.ts";
import type { SimClock } from "../world/clock.ts";
import type { SeededRandom } from "../world/seeded-random.ts";
import type { UsbAdapter } from "./adapter.ts";
import type { ChipLog } from "./chip-log.ts";
import type { ChipPins, ChipSerial, WireByte } from "./contract.ts";

type Direction = "to-host" | "to-chip";
type Damage = "drop" | "flip" | "double";

/**
 * How long EN takes to rise to the level where the chip leaves reset once nothing pulls it low, µs: 10 kΩ into 0.47 µF
 * up to 0.75 Vcc. Boards differ (0.1 to 1 µF); it must outlast the moment between two control transfers.
 */
const EN_RISE_US = 6500;
/** Above the rate that adapter and wires carry, one byte in this many is damaged. */
const BYTES_PER_ERROR_WHEN_TOO_FAST = 200;

export class Harness {
  readonly #clock: SimClock;
  readonly #adapter: UsbAdapter;
  readonly #chip: ChipSerial & ChipPins;
  readonly #log: ChipLog;
  readonly #random: SeededRandom;
  readonly #maxBaud: number;
  #wiring: Wiring;
  #damage: { direction: Direction; how: Damage }[] = [];
  #gpio0Grounded = false;
  #enLow = false;
  #cancelEnRise: (() => void) | undefined;
  /** The chip sends and hears only while it has proper power. */
  chipAlive = false;

  constructor(parts: {
    clock: SimClock;
    adapter: UsbAdapter;
    chip: ChipSerial & ChipPins;
    log: ChipLog;
    random: SeededRandom;
    wiring: Wiring;
    maxBaud: number;
  }) {
    this.#clock = parts.clock;
    this.#adapter = parts.adapter;
    this.#chip = parts.chip;
    this.#log = parts.log;
    this.#random = parts.random;
    this.#wiring = parts.wiring;
    this.#maxBaud = parts.maxBaud;
    parts.chip.onTransmit = (byte) => this.#fromChip(byte);
    parts.adapter.onTransmit = (byte) => this.#fromAdapter(byte);
  }

  get wiring(): Wiring {
    return this.#wiring;
  }

  /** Any wire still on the board. */
  get wired(): boolean {
    const { chipRx, chipTx, ground, vcc } = this.wiring;
    return this.#gpio0Grounded || [chipRx, chipTx, ground, vcc].some((wire) => wire !== "open");
  }

  get gpio0Grounded(): boolean {
    return this.#gpio0Grounded;
  }

  /** Whether a control line holds the chip in reset, or its release has not yet taken effect. */
  get resetHeld(): boolean {
    return this.#enLow || this.#cancelEnRise !== undefined;
  }

  rewire(change: Partial<Wiring>): void {
    const before = this.#wiring;
    this.#wiring = { ...before, ...change };
    if (this.#wiring.chipTx === "short-to-ground" && before.chipTx !== "short-to-ground") this.#breakToHost();
    this.controlLinesChanged();
  }

  groundGpio0(grounded: boolean): void {
    this.#gpio0Grounded = grounded;
    this.controlLinesChanged();
  }

  damageNext(direction: Direction, how: Damage): void {
    this.#damage.push({ direction, how });
  }

  /**
   * The two cross-coupled transistors of development boards: RTS alone pulls EN low, DTR alone pulls GPIO0 low, both
   * together do nothing (so that opening a port, which asserts both, does not reset). "direct": each line by itself.
   */
  controlLinesChanged(): void {
    const { dtr, rts } = this.#adapter.controlLines;
    const { autoReset } = this.#wiring;
    const crossed = autoReset === true;
    const en = autoReset !== false && rts && !(crossed && dtr);
    const gpio0 = this.#gpio0Grounded || (autoReset !== false && dtr && !(crossed && rts));
    this.#chip.setGpio0(gpio0 ? 0 : undefined);
    if (en === this.#enLow) return;
    this.#enLow = en;
    this.#cancelEnRise?.();
    this.#cancelEnRise = undefined;
    if (en) {
      this.#chip.setReset(0);
      return;
    }
    this.#cancelEnRise = this.#clock.at(this.#clock.now + EN_RISE_US, () => {
      this.#cancelEnRise = undefined;
      this.onResetReleased?.();
    });
  }

  /** Set by the bench, which knows whether the chip has the power to come out of reset. */
  onResetReleased: (() => void) | undefined;

  #fromChip(byte: WireByte): void {
    if (!this.chipAlive) return;
    this.#log.add(byte);
    const { data, chipTx, ground } = this.#wiring;
    if (data !== "straight" || chipTx !== "connected") return;
    const { carried, copies } = this.#carry("to-host", byte, ground === "open");
    if (copies > 0) this.#adapter.frame(carried, copies);
  }

  #fromAdapter(byte: WireByte): void {
    const { data, chipRx, ground } = this.#wiring;
    if (data === "bridged") this.#adapter.frame(byte);
    if (data !== "straight" || chipRx !== "connected" || !this.chipAlive) return;
    const { carried, copies } = this.#carry("to-chip", byte, ground === "open");
    if (copies > 0) this.#chip.receive(carried, copies);
  }

  /** What arrives of one frame: itself or a damaged one, none, once or twice. */
  #carry(direction: Direction, byte: WireByte, noGround: boolean): { carried: WireByte; copies: number } {
    const index = this.#damage.findIndex((damage) => damage.direction === direction);
    if (index >= 0) {
      const how = this.#damage.splice(index, 1)[0]!.how;
      if (how === "flip") return { carried: this.#flipped(byte), copies: 1 };
      return { carried: byte, copies: how === "drop" ? 0 : 2 };
    }
    const tooFast = 1e6 / byte.bitTime > this.#maxBaud * 1.001;
    const noise = Math.max(this.#wiring.noise, tooFast ? 1 / BYTES_PER_ERROR_WHEN_TOO_FAST : 0, noGround ? 1 : 0);
    return { carried: this.#random.chance(noise) ? this.#flipped(byte) : byte, copies: 1 };
  }

  #flipped(byte: WireByte): WireByte {
    return { ...byte, value: byte.value ^ (1 << this.#random.below(8)) };
  }

  /** A wire pulled to ground is one long break: the adapter reads it as a single zero byte. */
  #breakToHost(): void {
    this.#adapter.frame({ value: 0, startAt: this.#clock.now, bitTime: 1e6 / this.#adapter.baud });
  }
}
