/**
 * The Wi-Fi MAC: its registers, interrupts, keys, receiver, transmitter and clock. Baseband and analog radio are not
 * modelled; frames go to and come from the ether as bytes. Also a microsecond counter and the random number generator,
 * which everything uses. Sources: registers.ts.
 */
import type { Ether, EtherFrame, EtherStation } from "../../board/ether.ts";
import type { CpuPort } from "../../cpu/contract.ts";
import type { SeededRandom } from "../../world/seeded-random.ts";
import type { Bus } from "../bus.ts";
import type { ChipTime } from "../chip-time.ts";
import { BASE } from "../registers.ts";
import { type MacKey, readKeys } from "./key-memory.ts";
import { MacClock } from "./mac-clock.ts";
import { Receiver } from "./receiver.ts";
import { TX_SLOT, TX_SLOT_BYTES, TX_SLOTS, WDEV, WDEV_INT, WDEV_PAGES } from "./registers.ts";
import { Transmitter } from "./transmitter.ts";

const PAGE = 0x100;
/** Strength of the last acknowledgement, as the driver finds it plausible. */
const ACK_STATUS = 0x0128_0000;
const DEFAULT_CHANNEL = 1;

export interface WdevParts {
  readonly time: ChipTime;
  readonly random: SeededRandom;
  readonly ether: Ether | undefined;
  memory(): Pick<CpuPort, "read32" | "write32" | "readBlock" | "writeBlock">;
  interrupt(asserted: boolean): void;
}

export class Wdev implements EtherStation {
  /** The channel the radio is tuned to; undefined until it is known: frames of every channel are heard. */
  channel: number | undefined;
  readonly #parts: WdevParts;
  readonly #words: Uint32Array = new Uint32Array((WDEV_PAGES * PAGE) / 4);
  readonly #clock: MacClock;
  readonly #receiver: Receiver;
  readonly #transmitter: Transmitter;
  #raised = 0;
  #leave: (() => void) | undefined;

  constructor(parts: WdevParts) {
    this.#parts = parts;
    const { time } = parts;
    const words = this.#words;
    const memory = {
      read32: (address: number) => parts.memory().read32(address) >>> 0,
      write32: (address: number, value: number) => parts.memory().write32(address, value),
      readBlock: (address: number, length: number) => parts.memory().readBlock(address, length),
      writeBlock: (address: number, bytes: Uint8Array) => parts.memory().writeBlock(address, bytes),
    };
    const keys = (): readonly MacKey[] => readKeys(words.subarray(WDEV.keys >> 2), words[WDEV.keyValid >> 2]!);
    this.#clock = new MacClock(time, words, () => this.#raise(WDEV_INT.macTimer));
    this.#receiver = new Receiver({
      ...{ time, memory, words, keys },
      isBusy: () => (this.#raised & WDEV_INT.rxData) !== 0 || words[WDEV.intEna >> 2] === 0,
      received: () => this.#raise(WDEV_INT.rxData),
    });
    this.#transmitter = new Transmitter({
      ...{ time, memory, words, keys },
      isBusy: () => (this.#raised & WDEV_INT.txDone) !== 0,
      send: (bytes, rate) => parts.ether?.send(this, { bytes, rate, channel: this.channel }) ?? false,
      // The driver starts the next frame of its queue on the first of them.
      done: () => this.#raise(WDEV_INT.txStart | WDEV_INT.txDone),
    });
  }

  connect(bus: Bus): void {
    for (let page = 0; page < WDEV_PAGES; page++) {
      bus.add(BASE.wdev + page * PAGE, {
        read: (offset) => this.#read(page * PAGE + offset),
        write: (offset, value) => this.#write(page * PAGE + offset, value),
      });
    }
  }

  reset(): void {
    this.#words.fill(0);
    this.#raised = 0;
    this.channel = undefined;
    this.#clock.reset();
    this.#receiver.reset();
    this.#transmitter.reset();
    this.#leave?.();
    this.#leave = undefined;
    this.#parts.interrupt(false);
  }

  hear({ bytes, rate, channel }: EtherFrame, signal: number): boolean {
    if (channel !== undefined && this.channel !== undefined && channel !== this.channel) return false;
    return this.#receiver.hear({ bytes, rate, signal, channel: channel ?? DEFAULT_CHANNEL });
  }

  #read(offset: number): number {
    switch (offset) {
      case WDEV.counter:
        this.#parts.time.touched();
        return Math.floor(this.#parts.time.now) >>> 0;
      case WDEV.random:
        this.#parts.time.touched();
        return this.#parts.random.uint32();
      case WDEV.intSt:
        return this.#raised >>> 0;
      case WDEV.ackStatus:
        return ACK_STATUS;
      case WDEV.tsfLow:
        this.#parts.time.touched();
        return this.#clock.low();
      case WDEV.tsfHigh:
        this.#parts.time.touched();
        return this.#clock.high();
      default:
        return this.#words[offset >> 2]!;
    }
  }

  #write(offset: number, value: number): void {
    this.#parts.time.touched();
    const before = this.#words[offset >> 2]!;
    this.#words[offset >> 2] = value;
    switch (offset) {
      case WDEV.intClr:
        this.#clear(value);
        break;
      case WDEV.intEna:
        this.#update();
        break;
      case WDEV.rxHead:
        this.#words[WDEV.rxNext >> 2] = value;
        this.#leave ??= this.#parts.ether?.join(this);
        break;
      case WDEV.tsfLoadLow:
      case WDEV.tsfLoadHigh:
        this.#clock.load();
        break;
      case WDEV.timerControl:
        this.#clock.armed();
        break;
      default: {
        const slot = (WDEV.txSlot + TX_SLOT.plcp0 - offset) / TX_SLOT_BYTES;
        if (slot >= 0 && slot < TX_SLOTS && Number.isInteger(slot)) this.#transmitter.written(slot, before);
      }
    }
  }

  #clear(bits: number): void {
    this.#raised &= ~bits;
    this.#update();
    if (bits & WDEV_INT.txDone) this.#transmitter.next();
  }

  #raise(bits: number): void {
    this.#raised |= bits;
    this.#update();
  }

  #update(): void {
    this.#parts.interrupt((this.#raised & this.#words[WDEV.intEna >> 2]!) !== 0);
  }
}
