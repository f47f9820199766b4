/** The ROM's UART functions that programs call (names and addresses: eagle.rom.addr.v6.ld). */
import { sendByte } from "./rom-console.ts";
import type { RomMachine, RomRoutines } from "./rom-machine.ts";

const UART_DIV_MODIFY = 0x400039d8;
const UART_TX_ONE_CHAR = 0x40003b30;
const UART_RX_ONE_CHAR = 0x40003b8c;
const UART_RX_ONE_CHAR_BLOCK = 0x40003b64;
const SEND_PACKET = 0x40003c80;
/** Framing of a packet (esptool's "serial protocol" document): C0 around it, DB DC for C0, DB DD for DB. */
const ESCAPES = new Map([
  [0xc0, [0xdb, 0xdc]],
  [0xdb, [0xdb, 0xdd]],
]);

const POLL_CYCLES = 10;
const CALL_CYCLES = 25;
const CONF0_RESET_FIFOS = 0x60000;
const UART_STRIDE = 0xf00;
const UART0 = 0x60000000;

export function installUartFunctions(machine: RomMachine, routines: RomRoutines): void {
  const { runner, uart0 } = machine;
  runner.hook(UART_DIV_MODIFY, (cpu) => {
    const base = UART0 + cpu.a[2]! * UART_STRIDE;
    cpu.write32(base + 0x14, cpu.a[3]!);
    const conf0 = cpu.read32(base + 0x20);
    cpu.write32(base + 0x20, conf0 | CONF0_RESET_FIFOS);
    cpu.write32(base + 0x20, conf0 & ~CONF0_RESET_FIFOS);
    cpu.cycles += CALL_CYCLES;
    cpu.pc = cpu.a[0]!;
  });
  runner.hook(UART_TX_ONE_CHAR, (cpu) => {
    if (uart0.tx.count > 0) {
      runner.waitHere(POLL_CYCLES);
      return;
    }
    uart0.send(cpu.a[2]! & 0xff);
    cpu.a[2] = 0;
    cpu.cycles += CALL_CYCLES;
    cpu.pc = cpu.a[0]!;
  });
  runner.hook(
    UART_RX_ONE_CHAR,
    (cpu) => {
      const byte = uart0.rx.count > 0 ? cpu.read32(UART0) & 0xff : undefined;
      if (byte !== undefined) cpu.write8(cpu.a[2]!, byte);
      cpu.a[2] = byte === undefined ? 1 : 0;
      cpu.cycles += CALL_CYCLES;
      cpu.pc = cpu.a[0]!;
    },
    "harmless",
  );
  runner.hook(UART_RX_ONE_CHAR_BLOCK, (cpu) => {
    if (uart0.rx.count === 0) {
      runner.waitHere(POLL_CYCLES);
      return;
    }
    cpu.a[2] = cpu.read32(UART0) & 0xff;
    cpu.cycles += CALL_CYCLES;
    cpu.pc = cpu.a[0]!;
  });
  // Flasher stubs of esptool 1.x send all their answers through it.
  routines.install(SEND_PACKET, function* (a) {
    const [from, length] = [a[2]!, a[3]! >>> 0];
    const { cpu } = machine;
    yield* sendByte(machine, 0xc0);
    for (let i = 0; i < length; i++) {
      const byte = cpu.read8(from + i);
      for (const sent of ESCAPES.get(byte) ?? [byte]) yield* sendByte(machine, sent);
    }
    yield* sendByte(machine, 0xc0);
    return 0;
  });
}
