/**
 * The register bus: which block answers at which address (NONOS SDK, eagle_soc.h). A register that belongs to no
 * modelled block keeps what is written to it, reads back as that (0 before), and is listed in `unmodelled`: real
 * firmware that waits for such a register to change waits until the watchdog, and the list tells why.
 */
import type { Mmio } from "../cpu/contract.ts";
import { BASE } from "./registers.ts";

export interface Block {
  /** @param offset in bytes from the block's base, a multiple of 4. */
  read(offset: number): number;
  write(offset: number, value: number): void;
}

export class Bus implements Mmio {
  /** Addresses of registers without a model that a program has touched. */
  readonly unmodelled: Set<number> = new Set();
  readonly #blocks: Map<number, Block> = new Map();
  readonly #storage: Map<number, number> = new Map();
  readonly #touched: () => void;

  /** @param touched a register without a model changed its value. */
  constructor(touched: () => void) {
    this.#touched = touched;
  }

  /** @param base a multiple of 256. */
  add(base: number, block: Block): void {
    this.#blocks.set(base >>> 8, block);
  }

  reset(): void {
    this.#storage.clear();
  }

  read32(address: number): number {
    const block = this.#blocks.get(address >>> 8);
    if (block !== undefined) return block.read(address & 0xff);
    this.unmodelled.add(address);
    return this.#storage.get(address) ?? 0;
  }

  write32(address: number, value: number): void {
    const block = this.#blocks.get(address >>> 8);
    if (block !== undefined) {
      block.write(address & 0xff, value >>> 0);
      return;
    }
    this.unmodelled.add(address);
    if (this.#storage.get(address) === value) return;
    this.#storage.set(address, value);
    this.#touched();
  }
}

/** A block that only keeps what is written: pads, pull resistors, analog settings. */
export class StorageBlock implements Block {
  readonly #words: Uint32Array = new Uint32Array(64);
  readonly #touched: () => void;

  constructor(touched: () => void) {
    this.#touched = touched;
  }

  reset(): void {
    this.#words.fill(0);
  }

  read(offset: number): number {
    return this.#words[offset >> 2]!;
  }

  write(offset: number, value: number): void {
    if (this.#words[offset >> 2] === value >>> 0) return;
    this.#words[offset >> 2] = value;
    this.#touched();
  }
}

/** RTC memory spans four blocks of 256 bytes. */
export function rtcMemoryBlocks(memory: {
  readMemory(offset: number): number;
  writeMemory(offset: number, value: number): void;
}): readonly { readonly base: number; readonly block: Block }[] {
  return [0, 1, 2, 3].map((page) => ({
    base: BASE.rtcMemory + page * 0x100,
    block: {
      read: (offset) => memory.readMemory(page * 0x100 + offset),
      write: (offset, value) => memory.writeMemory(page * 0x100 + offset, value),
    },
  }));
}
