/** The ROM's printing: byte by byte, each waiting for the transmit FIFO to be empty, LF sent as CR LF. */
import { type RomMachine, type RomStep, WAIT } from "./rom-machine.ts";

/** uart_tx_one_char and its caller, cycles. */
export const TX_CYCLES = 60;
/** What formatting takes per character. */
export const FORMAT_CYCLES = 90;

export function* sendByte(machine: RomMachine, byte: number): Generator<RomStep, void, void> {
  while (machine.uart0.tx.count > 0) yield WAIT;
  machine.uart0.send(byte);
  yield TX_CYCLES;
}

export function* print(machine: RomMachine, text: string): Generator<RomStep, void, void> {
  for (const character of text) {
    yield FORMAT_CYCLES;
    if (character === "\n") yield* sendByte(machine, 0x0d);
    yield* sendByte(machine, character.charCodeAt(0));
  }
}
