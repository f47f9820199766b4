/**
 * Time inside the chip. While the core runs ahead of the world in a slice, the chip's present is later than the
 * clock's; registers must see the former. Everything a peripheral wants to happen later goes through here, so that
 * the slice is cut where it has to be and a waiting core is woken.
 */
export interface ChipTime {
  /** µs of the SimClock, at the instruction that is being executed (or the event that is being handled). */
  readonly now: number;
  /**
   * Runs `action` at `time` (µs). Afterwards a core that waits looks at its registers again.
   * @returns cancels it.
   */
  at(time: number, action: () => void): () => void;
  /** Something the core can see has changed outside of `at`: it must look again. */
  wake(): void;
  /**
   * Called by a register access that changed state, or whose value depends on the moment rather than on scheduled
   * events. A loop of the program without any such access, and with unchanged registers and memory, would only repeat
   * itself until the next event: it is skipped instead of executed.
   */
  touched(): void;
}

/** Clock frequencies, Hz, as the PLL registers have set them. */
export interface ClockDomains {
  /** Peripheral bus: UART dividers and FRC timers count this. 52 MHz in the boot ROM, 80 MHz under the SDK. */
  readonly apbHz: number;
  readonly cpuHz: number;
}
