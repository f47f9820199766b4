/**
 * The code of the chip in decoded form, one slot per byte address, filled when first executed and emptied when the
 * bytes change. Also where ROM functions done in TypeScript are kept, since they take the place of code.
 */
import { costUnits } from "./cycle-costs.ts";
import { decode } from "./decoder.ts";
import type { Memory } from "./memory.ts";
import {
  CODE_BASE,
  CODE_SIZE,
  FLASH_WINDOW_BASE,
  FLASH_WINDOW_SIZE,
  IRAM_BASE,
  IRAM_SIZE,
  ROM_BASE,
  ROM_SIZE,
} from "./memory-map.ts";
import { OP } from "./opcodes.ts";

// A slot's word: operation in bits 0-7, r 8-11, s 12-15, t 16-20 (five bits for bbci/bbsi), length 21-22, and from
// bit 23 the cost in eighths of a cycle. The layout is spelled out again in interpreter.ts, the one that reads it.
function pack(op: number, r: number, s: number, t: number, length: number, cost: number): number {
  return op | (r << 8) | (s << 12) | (t << 16) | (length << 21) | (cost << 23);
}

export class PredecodedCode {
  /** Indexed by address - CODE_BASE; 0 is a slot not decoded yet. The pages never touched cost no memory. */
  readonly words: Int32Array = new Int32Array(CODE_SIZE);
  readonly immediates: Int32Array = new Int32Array(CODE_SIZE);
  readonly #hooks: Map<number, () => void> = new Map();
  /** Runs at every address of the ROM that has no hook of its own. */
  #romHook: (() => void) | undefined;
  readonly #memory: Memory;
  readonly #costScale: number;

  constructor(memory: Memory, costScale: number) {
    this.#memory = memory;
    this.#costScale = costScale;
  }

  /** Puts a function in the place of the code at an address in ROM, IRAM or flash. */
  hook(address: number, hook: () => void): void {
    this.#hooks.set(address >>> 0, hook);
    this.invalidate(address, 1);
  }

  /** Puts a function in the place of all of the ROM that no hook covers. */
  hookRestOfRom(hook: () => void): void {
    this.#romHook = hook;
    this.invalidate(ROM_BASE, ROM_SIZE);
  }

  /** The function in the place of the code at an address. */
  hookAt(address: number): (() => void) | undefined {
    return this.#hooks.get(address >>> 0) ?? ((address - ROM_BASE) >>> 0 < ROM_SIZE ? this.#romHook : undefined);
  }

  unhook(address: number): void {
    this.#hooks.delete(address >>> 0);
    this.invalidate(address, 1);
  }

  /** Forgets what was decoded from a range of addresses, and what began up to two bytes before it. */
  invalidate(address: number, length: number): void {
    const start = Math.max(0, (address >>> 0) - CODE_BASE - 2);
    this.words.fill(0, start, Math.max(start, (address >>> 0) - CODE_BASE + length));
  }

  invalidateAll(): void {
    this.invalidate(ROM_BASE, ROM_SIZE);
    this.invalidate(IRAM_BASE, IRAM_SIZE);
    this.invalidate(FLASH_WINDOW_BASE, FLASH_WINDOW_SIZE);
  }

  /** Decodes what stands at `pc`, keeps it where it can be kept, and returns its word. */
  decodeAt(pc: number, litbase: number): number {
    const slot = (pc - CODE_BASE) >>> 0;
    if (slot >= CODE_SIZE) return OP.NO_CODE;
    const word = this.#decodeSlot(pc, slot, litbase);
    this.words[slot] = word;
    return word;
  }

  #decodeSlot(pc: number, slot: number, litbase: number): number {
    if (this.hookAt(pc) !== undefined) return OP.HOOK;
    const bytes = this.#memory.fetch(pc);
    if (bytes === undefined) return OP.NO_CODE;
    const { op, r, s, t, length, immediate } = decode(bytes, pc, litbase);
    const literal = op === OP.L32R ? this.#literal(immediate) : { op, immediate };
    this.immediates[slot] = literal.immediate;
    return pack(literal.op, r, s, t, length, costUnits(literal.op, pc >>> 0 >= FLASH_WINDOW_BASE, this.#costScale));
  }

  #literal(address: number): { op: number; immediate: number } {
    const iram = (address - IRAM_BASE) >>> 0;
    if (iram < IRAM_SIZE) return { op: OP.L32R_IRAM, immediate: iram >> 2 };
    const flash = this.#memory.flashWordIndex(address);
    if (flash >= 0) return { op: OP.L32R_FLASH, immediate: flash };
    return { op: OP.L32R, immediate: address };
  }
}
