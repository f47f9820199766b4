import { expect, test } from "vitest";
import { BlockTime, ROM_CLOCKS } from "../../../test/support/chip-time.ts";
import type { WireByte } from "../wire/contract.ts";
import { UART, UART_INT } from "./registers.ts";
import { Uart } from "./uart.ts";

function setUp() {
  const time = new BlockTime();
  const uart = new Uart(time, ROM_CLOCKS);
  const sent: WireByte[] = [];
  uart.onTransmit = (byte) => sent.push(byte);
  let free = 0;
  /** Delivers bytes back to back at a rate, as the wire does. */
  const receive = (bytes: number[], baud: number, copies?: number): void => {
    const bitTime = 1e6 / baud;
    for (const value of bytes) {
      const startAt = Math.max(free, time.now);
      free = startAt + 10 * bitTime;
      time.at(free, () => uart.receive({ value, startAt, bitTime }, copies));
    }
  };
  const readAll = (): number[] => {
    const bytes: number[] = [];
    while ((uart.read(UART.status) & 0xff) > 0) bytes.push(uart.read(UART.fifo));
    return bytes;
  };
  return { time, uart, sent, receive, readAll };
}

const TEXT = [...new TextEncoder().encode("The quick brown fox 0123456789")];

test("bytes leave one frame after another with the divider's bit time", () => {
  const { time, uart, sent } = setUp();
  uart.write(UART.clkdiv, 451);
  for (const byte of [0x41, 0x42, 0x43]) uart.write(UART.fifo, byte);
  expect(sent).toEqual([]);
  time.pass(1000);
  const bitTime = 451 / 52;
  expect(sent.map((b) => b.value)).toEqual([0x41, 0x42, 0x43]);
  for (const [i, b] of sent.entries()) {
    expect(b.bitTime).toBeCloseTo(bitTime, 9);
    expect(b.startAt).toBeCloseTo(i * 10 * bitTime, 6);
  }
});

test("the transmit FIFO holds 128 bytes besides the one being sent, and loses what comes on top", () => {
  const { time, uart, sent } = setUp();
  uart.write(UART.fifo, 0);
  time.pass(1);
  for (let i = 1; i <= 130; i++) uart.write(UART.fifo, i);
  expect((uart.read(UART.status) >> 16) & 0xff).toBe(128);
  time.pass(20_000);
  expect(sent.map((b) => b.value)).toEqual(Array.from({ length: 129 }, (_, i) => i));
  expect(uart.isSilent).toBe(true);
});

test.each([0.965, 0.98, 1, 1.02, 1.035])("a sender at %f of the rate is understood", (factor) => {
  const { time, uart, receive, readAll } = setUp();
  receive(TEXT, 115299 * factor);
  time.pass(10_000);
  expect(readAll()).toEqual(TEXT);
  expect(uart.statistics.framingErrors).toBe(0);
});

test.each([0.25, 0.5, 0.65, 0.9, 1.1, 1.5, 2, 4, 8])("a sender at %f of the rate is garbage, not silence", (factor) => {
  const { time, uart, receive, readAll } = setUp();
  uart.write(UART.intEna, UART_INT.frame);
  receive(TEXT, 115299 * factor);
  time.pass(20_000);
  const heard = readAll();
  expect(heard.length).toBeGreaterThan(0);
  expect(heard).not.toEqual(TEXT);
});

test("a slow sender's start bit and zeros are read as the bits they look like", () => {
  const { time, receive, readAll } = setUp();
  // At half the rate 0xff is: start bit twice as long, then ones: one byte with bit 0 low.
  receive([0xff], 115299 / 2);
  time.pass(1000);
  expect(readAll()).toEqual([0xfe]);
});

test("0x00 from a sender at half the rate breaks the frame and is reported", () => {
  const { time, uart, receive } = setUp();
  receive([0x00], 115299 / 2);
  time.pass(1000);
  expect(uart.read(UART.intRaw) & UART_INT.frame).toBe(UART_INT.frame);
  expect(uart.read(UART.intRaw) & UART_INT.breakDetected).toBe(UART_INT.breakDetected);
  uart.write(UART.intClr, UART_INT.frame | UART_INT.breakDetected);
  expect(uart.read(UART.intRaw) & UART_INT.frame).toBe(0);
});

test("after garbage the receiver finds its way back in a pause", () => {
  const { time, receive, readAll } = setUp();
  receive(TEXT, 74880);
  time.pass(10_000);
  readAll();
  receive(TEXT, 115200);
  time.pass(10_000);
  expect(readAll()).toEqual(TEXT);
});

test("a full receive FIFO loses bytes and says so", () => {
  const { time, uart, receive, readAll } = setUp();
  receive(
    Array.from({ length: 140 }, (_, i) => i),
    115200,
  );
  time.pass(20_000);
  expect(uart.statistics.overruns).toBe(12);
  expect(uart.read(UART.intRaw) & UART_INT.overflow).toBe(UART_INT.overflow);
  expect(readAll()).toEqual(Array.from({ length: 128 }, (_, i) => i));
});

test("RXFIFO_FULL follows the fill level, RXFIFO_TOUT comes after silence and stays until cleared", () => {
  const { time, uart, receive } = setUp();
  uart.write(UART.intEna, UART_INT.rxFull | UART_INT.timeout);
  uart.write(UART.conf1, (0x82000000 | 0xa) >>> 0); // full at 10, timeout 2 × 8 bits
  receive(new Array<number>(9).fill(1), 115200);
  time.pass(790);
  expect(uart.interruptAsserted).toBe(false);
  time.pass(150);
  expect(uart.read(UART.intSt)).toBe(UART_INT.timeout);
  expect(uart.interruptAsserted).toBe(true);
  uart.write(UART.intClr, UART_INT.timeout);
  expect(uart.interruptAsserted).toBe(false);
  receive([2], 115200);
  time.pass(100);
  expect(uart.read(UART.intSt)).toBe(UART_INT.rxFull);
  uart.write(UART.intClr, UART_INT.rxFull);
  expect(uart.read(UART.intSt)).toBe(UART_INT.rxFull);
  uart.read(UART.fifo);
  expect(uart.read(UART.intSt)).toBe(0);
});

test("autobaud counts edges and measures pulses so that the ROM's arithmetic gives 451 at 115200", () => {
  const { time, uart, receive } = setUp();
  uart.write(UART.autobaud, 0x801);
  receive([0x55, 0x55, 0x55, 0x55], 115200);
  time.pass(1000);
  expect(uart.read(UART.pulseNum)).toBe(40);
  expect(Math.floor((uart.read(UART.lowpulse) + uart.read(UART.highpulse)) / 2) + 12).toBe(451);
  uart.write(UART.autobaud, 0);
  uart.write(UART.autobaud, 1);
  expect(uart.read(UART.pulseNum)).toBe(0);
});

test("a byte that the receiver takes twice is one on the wire: it spoils no measurement", () => {
  const { time, uart, receive, readAll } = setUp();
  uart.write(UART.autobaud, 0x801);
  uart.write(UART.clkdiv, 451);
  receive([0x55, 0x55], 115200, 2);
  time.pass(1000);
  expect(uart.read(UART.pulseNum)).toBe(20);
  expect(Math.floor((uart.read(UART.lowpulse) + uart.read(UART.highpulse)) / 2) + 12).toBe(451);
  expect(readAll()).toEqual([0x55, 0x55, 0x55, 0x55]);
});

test("resetting a FIFO through CONF0 empties it", () => {
  const { time, uart, receive } = setUp();
  receive([1, 2, 3], 115200);
  time.pass(500);
  uart.write(UART.conf0, 1 << 17);
  expect(uart.read(UART.status) & 0xff).toBe(0);
});
