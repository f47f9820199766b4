/**
 * What instructions cost, in cycles. The core's documentation gives the pipeline (5 stages), not a table for this chip;
 * the figures are its consequences, and an average where the truth depends on neighbours:
 * - one cycle each; a taken branch or jump refills the pipeline, two cycles more (Xtensa LX Microprocessor Overview
 *   Handbook, 5-stage pipeline: branches are resolved in the execute stage);
 * - a load's result is usable one cycle late; compilers fill about half of these slots, so loads cost 1.5;
 * - cached flash runs as fast as RAM, a miss fetches a line over SPI; 1/4 cycle per instruction is the assumed average
 *   (the esp8266.com memory map page: uncached code 12 to 13 times slower, cached as fast as RAM);
 * - a register on the peripheral bus answers in several cycles (assumed: 5).
 * Uncertain, all of it, to about 20 %. `costScale` of the core multiplies the table, so that a benchmark can show how
 * much a result depends on it.
 */
import { OP } from "./opcodes.ts";

/** Costs are kept as whole eighths of a cycle. */
export const COST_UNITS_PER_CYCLE = 8;

const DEFAULT_CYCLES = 1;

const CYCLES_BY_OP: Readonly<Record<number, number>> = {
  [OP.L32R]: 1.5,
  [OP.L32R_IRAM]: 1.5,
  [OP.L32R_FLASH]: 1.5,
  [OP.L32I]: 1.5,
  [OP.L16UI]: 1.5,
  [OP.L16SI]: 1.5,
  [OP.L8UI]: 1.5,
  [OP.MULL]: 2,
  [OP.RFE]: 3,
  [OP.RFDE]: 3,
  [OP.RFI]: 3,
  // A hook accounts for the whole function itself.
  [OP.HOOK]: 0,
  [OP.NO_CODE]: 0,
};

/** In addition, for a jump, call or return, and for a branch that is taken. */
export const TAKEN_BRANCH_CYCLES = 2;
/** In addition, for each instruction fetched through the flash cache. */
export const FLASH_FETCH_CYCLES = 0.25;
/** In addition, for each access to a register on a bus. */
export const MMIO_CYCLES = 5;
/** For entering an exception or interrupt: the pipeline is emptied and refilled at the vector. */
export const EXCEPTION_CYCLES = 5;

/** @returns cost units (eighths of a cycle), 1 to 511 except for what costs nothing */
export function costUnits(op: number, fromFlash: boolean, scale: number): number {
  const cycles = CYCLES_BY_OP[op] ?? DEFAULT_CYCLES;
  if (cycles === 0) return 0;
  return toUnits(cycles + (fromFlash ? FLASH_FETCH_CYCLES : 0), scale);
}

export function toUnits(cycles: number, scale: number): number {
  return Math.min(511, Math.max(1, Math.round(cycles * scale * COST_UNITS_PER_CYCLE)));
}
