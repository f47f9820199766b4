/**
 * The receiving half of the download loader: an interrupt per byte fills a ring of 256 bytes, the loader takes bytes
 * out of it and undoes the framing (C0 ends, DB escapes; esptool's "serial protocol" document). The ring has no guard:
 * a loader that is 256 bytes behind loses them all, one that is slower than the line loses bytes in the UART before.
 */
import { type RomMachine, type RomStep, WAIT } from "./rom-machine.ts";

const FRAME_END = 0xc0;
const ESCAPE = 0xdb;
const ESCAPED_END = 0xdc;
const ESCAPED_ESCAPE = 0xdd;
const RING = 0x100;

export class PacketLink {
  readonly #machine: RomMachine;
  readonly #interruptCycles: number;
  readonly #byteCycles: number;
  readonly #ring: Uint8Array = new Uint8Array(RING);
  #written = 0;
  #taken = 0;
  /** Inside a frame: a frame end is both the end of one and, if another follows at once, the start of the next. */
  #inFrame = false;

  /** @param interruptCycles per byte, from the interrupt to the ring; @param byteCycles from the ring to the packet. */
  constructor(machine: RomMachine, interruptCycles: number, byteCycles: number) {
    this.#machine = machine;
    this.#interruptCycles = interruptCycles;
    this.#byteCycles = byteCycles;
  }

  /**
   * Receives one packet over what the buffer still holds.
   * @returns its length; what exceeds the buffer is dropped.
   */
  *receive(address: number, size: number): Generator<RomStep, number, void> {
    const { cpu } = this.#machine;
    let length = 0;
    while (!this.#inFrame) this.#inFrame = (yield* this.#take()) === FRAME_END;
    for (;;) {
      let byte = yield* this.#take();
      if (byte === FRAME_END) {
        if (length === 0) continue;
        this.#inFrame = false;
        return length;
      }
      if (byte === ESCAPE) {
        byte = yield* this.#take();
        if (byte === ESCAPED_END) byte = FRAME_END;
        else if (byte === ESCAPED_ESCAPE) byte = ESCAPE;
      }
      if (length < size) cpu.write8(address + length++, byte);
    }
  }

  /** Waiting for something else with the receive interrupt alive. */
  *serveInterrupt(): Generator<RomStep, void, void> {
    const { rx } = this.#machine.uart0;
    const cycles = this.#interruptCycles;
    while (rx.count > 0) {
      this.#ring[this.#written++ % RING] = rx.pop()!;
      yield cycles;
    }
  }

  *#take(): Generator<RomStep, number, void> {
    for (;;) {
      yield* this.serveInterrupt();
      // Writing past the reader makes the ring look as empty as it would be after a full turn.
      if (this.#written - this.#taken >= RING) this.#taken = this.#written - ((this.#written - this.#taken) % RING);
      if (this.#written > this.#taken) {
        const cycles = this.#byteCycles;
        yield cycles;
        return this.#ring[this.#taken++ % RING]!;
      }
      yield WAIT;
    }
  }
}
