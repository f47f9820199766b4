/**
 * The bridge registers at 0x3ff00000 (NONOS SDK, eagle_soc.h "DPORT"; facts of the cache bits from running the SDK):
 * interrupt enables of the timers, flash cache control, CPU clock, efuses.
 */
import type { ChipTime } from "./chip-time.ts";

const NMI_SOURCE = 0x00;
/** FRC1 raises the NMI instead of its own interrupt (SDK, NmiTimSetFunc: sets bits 3:0, bit 0 cleared while it is served). */
const NMI_FROM_FRC1 = 1;
const EDGE_INTERRUPT_ENABLE = 0x04;
const CACHE_CONTROL = 0x0c;
const CPU_CLOCK = 0x14;
const UART_INTERRUPT_STATUS = 0x20;
const EFUSE0 = 0x50;
const EFUSE3 = 0x5c;
const CACHE_ENABLE = 1 << 8;
/** Reads as 1 when a flush has ended: always. Code polls for it. */
const CACHE_FLUSHED = 1 << 1;
const CACHE_BUSY = 1 << 9;
const REGISTERS = 64;

export interface DportWiring {
  readonly efuses: readonly number[];
  /** The cached flash window shows this megabyte from now on, or nothing. */
  mapFlash(offset: number | undefined): void;
  /** Bit 0 of the clock register: the core runs at twice the APB clock. */
  doubleCpuClock(on: boolean): void;
  /** Bit 0: UART0 wants attention, bit 2: UART1. */
  uartInterrupts(): number;
}

export class Dport {
  readonly #time: ChipTime;
  readonly #wiring: DportWiring;
  readonly #registers: Uint32Array = new Uint32Array(REGISTERS);

  constructor(time: ChipTime, wiring: DportWiring) {
    this.#time = time;
    this.#wiring = wiring;
  }

  /** The core's edge interrupt lines 8 (watchdog), 9 (FRC1) and 10 (FRC2) are let through by bits 0 to 2. */
  edgeInterruptEnabled(bit: 0 | 1 | 2): boolean {
    return (this.#registers[EDGE_INTERRUPT_ENABLE >> 2]! & (1 << bit)) !== 0;
  }

  get timerRaisesNmi(): boolean {
    return (this.#registers[NMI_SOURCE >> 2]! & NMI_FROM_FRC1) !== 0;
  }

  reset(): void {
    this.#registers.fill(0);
    this.#wiring.mapFlash(undefined);
  }

  read(offset: number): number {
    if (offset >= EFUSE0 && offset <= EFUSE3) return this.#wiring.efuses[(offset - EFUSE0) >> 2]!;
    if (offset === CACHE_CONTROL) return (this.#registers[CACHE_CONTROL >> 2]! | CACHE_FLUSHED) & ~CACHE_BUSY;
    if (offset === UART_INTERRUPT_STATUS) return this.#wiring.uartInterrupts();
    return this.#registers[offset >> 2] ?? 0;
  }

  write(offset: number, value: number): void {
    const index = offset >> 2;
    if (this.#registers[index] === value >>> 0) return;
    this.#time.touched();
    if (index < REGISTERS) this.#registers[index] = value;
    if (offset === CACHE_CONTROL) this.#cache(value);
    if (offset === CPU_CLOCK) this.#wiring.doubleCpuClock((value & 1) !== 0);
  }

  /** Bits 26:24 and 18:16 choose the megabyte that the window shows: pair, and which of the pair. */
  #cache(value: number): void {
    if ((value & CACHE_ENABLE) === 0) this.#wiring.mapFlash(undefined);
    else this.#wiring.mapFlash((((value >>> 16) & 7) * 2 + ((value >>> 24) & 1)) * 0x100000);
  }
}
