/**
 * A few LX106 instructions, written here by hand: switch the watchdog off, send a text over UART0 at whatever rate the
 * ROM left, then sleep for ever. What the made-up images run, so that a virtual plug shows which of them it booted.
 * Encodings: Xtensa Instruction Set Architecture reference; registers: ESP8266 Technical Reference, UART and WDT.
 */
import type { ImageSegment } from "./esp8266-image.ts";

const IRAM = 0x40100000;
const DRAM = 0x3ffe8000;
const UART0 = 0x60000000;
const WATCHDOG = 0x60000900;
/** Offset of UART_STATUS in words; its bits 16 to 23 count the bytes waiting to be sent. */
const UART_STATUS_WORD = 0x1c / 4;
/** Bytes waiting at which the program pauses; the FIFO holds 128. */
const FIFO_PAUSE = 100;

export interface Program {
  readonly entry: number;
  readonly segments: readonly ImageSegment[];
}

/** @param places where code and text go, multiples of 4. */
export function greetingProgram(
  text: string,
  { code: codeAt = IRAM, text: textAt = DRAM }: { readonly code?: number; readonly text?: number } = {},
): Program {
  const literals = [WATCHDOG, UART0, textAt];
  const entry = codeAt + literals.length * 4;
  const code: number[] = [];
  const here = (): number => entry + code.length;
  const emit = (word: number): void => {
    code.push(word & 0xff, (word >> 8) & 0xff, (word >> 16) & 0xff);
  };
  const l32r = (t: number, literal: number): void => {
    const offset = (codeAt + literal * 4 - ((here() + 3) & ~3)) >> 2;
    emit(((offset & 0xffff) << 8) | (t << 4) | 1);
  };
  const movi = (t: number, value: number): void =>
    emit(((value & 0xff) << 16) | 0xa002 | (((value >> 8) & 0xf) << 8) | (t << 4));
  const s32i = (t: number, s: number, word: number): void => emit((word << 16) | 0x6002 | (s << 8) | (t << 4));
  const l32i = (t: number, s: number, word: number): void => emit((word << 16) | 0x2002 | (s << 8) | (t << 4));
  const l8ui = (t: number, s: number): void => emit(0x0002 | (s << 8) | (t << 4));
  const addi = (t: number, s: number, value: number): void =>
    emit(((value & 0xff) << 16) | 0xc002 | (s << 8) | (t << 4));
  const jump = (target: number): void => emit((((target - here() - 4) & 0x3ffff) << 6) | 6);

  l32r(2, 0);
  movi(3, 0);
  s32i(3, 2, 0);
  l32r(4, 1);
  l32r(2, 2);
  movi(7, FIFO_PAUSE);
  const next = here();
  l8ui(5, 2);
  // beqz a5, sleep: over the six instructions of the loop's rest
  emit(((6 * 3 - 1) << 12) | (5 << 8) | 0x16);
  const wait = here();
  l32i(6, 4, UART_STATUS_WORD);
  // extui a6, a6, 16, 8
  emit((7 << 20) | (5 << 16) | (6 << 12) | (6 << 4));
  // bge a6, a7, wait
  emit((((wait - here() - 4) & 0xff) << 16) | 0xa007 | (6 << 8) | (7 << 4));
  s32i(5, 4, 0);
  addi(2, 2, 1);
  jump(next);
  // waiti 0, for ever
  const sleep = here();
  emit(0x7000);
  jump(sleep);

  const iram = new Uint8Array(literals.length * 4 + code.length);
  const view = new DataView(iram.buffer);
  for (const [index, literal] of literals.entries()) view.setUint32(index * 4, literal, true);
  iram.set(code, literals.length * 4);
  const letters = new TextEncoder().encode(`${text}\0`);
  return {
    entry,
    segments: [
      { address: codeAt, bytes: iram },
      { address: textAt, bytes: letters },
    ],
  };
}
