/**
 * The rate that an adapter really puts on the wire, measured by the chip before the chip follows. Some adapters accept
 * a rate and stay at a lower one; a chip that has followed such an adapter's word cannot be called back.
 *
 * The UART's autobaud counters keep the shortest low and the shortest high pulse on RXD, in clocks of the divider
 * (ESP8266 Technical Reference, UART registers; eagle_soc uart_register.h). While the chip listens at the old rate it
 * gets a few bytes 0x55 at the new one: too few bits for any command, and enough edges to measure.
 */
import { REGISTERS, UART_DIVIDER_MASK } from "../../core/loader/tables.ts";
import { sleep } from "../time.ts";
import { acceptsRate } from "./baud.ts";
import type { ChipLink } from "./chip-link.ts";

/** Enable, and the glitch filter that the boot ROM uses for its own measurement (uart_baudrate_detect). */
const AUTOBAUD_ON = 0x801;
/** Pulses read this many clocks short (synchronizer and filter); the boot ROM adds as many back. */
const SHORT_BY = 12;
/** UART_LOWPULSE and UART_HIGHPULSE count in 20 bits. */
const PULSE_MASK = 0xfffff;
/** 0x55 with its start and stop bit: the level changes with every bit. Lasts 7 bytes at the old rate where the new one is
 * four times as fast, less where it is faster: too few for any command. */
const PATTERN: Uint8Array = new Uint8Array(28).fill(0x55);
/** For the bytes to leave before the rate goes back, where a serial server does not keep the order. */
const LEAVE_MS = 3;
/** Neighbouring standard rates are at least 1.33 apart; a pulse of 2,000,000 baud is 26 clocks, measured to one. */
const TOLERANCE = 0.12;

/**
 * Baud, measured; "refused" where the driver does not take the rate; undefined where the chip saw no pulse. The line
 * and the chip are at the rate they had.
 *
 * @throws no-reply, stub-failed, line-lost, aborted
 */
export async function rateOnWire(link: ChipLink, target: number): Promise<number | "refused" | undefined> {
  const { line, clock, signal } = link.port;
  const from = line.baud;
  const divider = (await link.readReg(REGISTERS.uartClockDivider)) & UART_DIVIDER_MASK;
  // A change of the enable bit starts the measurement.
  await link.writeReg(REGISTERS.uartAutobaud, 0);
  await link.writeReg(REGISTERS.uartAutobaud, AUTOBAUD_ON);
  if (!(await acceptsRate(link, target, "keep"))) {
    await link.writeReg(REGISTERS.uartAutobaud, 0);
    return "refused";
  }
  link.invalidateDigest();
  await line.write(PATTERN);
  await sleep(clock, LEAVE_MS, signal);
  await line.setBaud(from);
  await link.recover();
  const low = (await link.readReg(REGISTERS.uartLowPulse)) & PULSE_MASK;
  const high = (await link.readReg(REGISTERS.uartHighPulse)) & PULSE_MASK;
  await link.writeReg(REGISTERS.uartAutobaud, 0);
  if (low === PULSE_MASK || high === PULSE_MASK) return undefined;
  return (divider * from) / ((low + high) / 2 + SHORT_BY);
}

/** Whether a measured rate is the one that was asked for. */
export function isRate(measured: number, asked: number): boolean {
  return Math.abs(measured / asked - 1) <= TOLERANCE;
}
