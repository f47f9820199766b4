/**
 * One of the two UARTs: 128-byte FIFOs each way, baud divider, autobaud, interrupts. Registers as in the NONOS SDK's
 * uart_register.h and the ESP8266 Technical Reference, chapter "UART". Bytes leave and arrive at the line's pace; the
 * receiver samples the wire with its own bit time.
 *
 * Knows nothing of what is connected, and takes its clock from the chip (APB).
 */
import type { WireByte } from "../wire/contract.ts";
import { Autobaud } from "./autobaud.ts";
import { ByteFifo } from "./byte-fifo.ts";
import type { ChipTime, ClockDomains } from "./chip-time.ts";
import { LineSampler, type ReceivedFrame } from "./line-sampler.ts";
import { UART, UART_INT } from "./registers.ts";

const CLKDIV_MASK = 0xfffff;
/** 115200 baud at the boot ROM's 52 MHz. */
const CLKDIV_DEFAULT = 451;
/** CONF0 after reset: 8 data bits, 1 stop bit, no parity. */
const CONF0_DEFAULT = 0x1c;
const CONF0_RX_RESET = 1 << 17;
const CONF0_TX_RESET = 1 << 18;
/** STATUS: RXD pin level (bit 15). TXD (bit 31) is kept 0: Espressif's stub takes a 1 there for "still sending". */
const STATUS_RXD = 1 << 15;
/** UART_DATE and UART_ID as the ESP8266 shows them. */
const DATE = 0x0006_2000;
const ID = 0x0500;
const BITS_PER_FRAME = 10;
/** UART_RX_TOUT_THRHD counts in units of eight bit times. */
const TIMEOUT_UNIT_BITS = 8;
const LEVEL_INTERRUPTS = UART_INT.rxFull | UART_INT.txEmpty;

export interface UartStatistics {
  received: number;
  sent: number;
  /** Bytes that came when the receive FIFO was full. */
  overruns: number;
  framingErrors: number;
}

export class Uart {
  readonly rx: ByteFifo = new ByteFifo();
  readonly tx: ByteFifo = new ByteFifo();
  readonly statistics: UartStatistics = { received: 0, sent: 0, overruns: 0, framingErrors: 0 };
  /** Called when a frame begins on TXD. */
  onTransmit: ((byte: WireByte) => void) | undefined;
  /** Called when the interrupt output may have changed. */
  onInterrupt: (() => void) | undefined;

  readonly #time: ChipTime;
  readonly #clocks: ClockDomains;
  readonly #sampler: LineSampler = new LineSampler();
  readonly #autobaud: Autobaud = new Autobaud();
  #clkdiv: number = CLKDIV_DEFAULT;
  #conf0: number = CONF0_DEFAULT;
  #conf1 = 0;
  #enabled = 0;
  #latched = 0;
  #sending = false;
  #cancelSending: (() => void) | undefined;
  #cancelSampling: (() => void) | undefined;
  #cancelTimeout: (() => void) | undefined;
  /** When RXFIFO_TOUT will be raised if nothing more comes. */
  #silentAt: number = Number.POSITIVE_INFINITY;

  constructor(time: ChipTime, clocks: ClockDomains) {
    this.#time = time;
    this.#clocks = clocks;
  }

  /** Power-up or reset: everything under way is dropped. */
  reset(): void {
    this.#cancelSending?.();
    this.#cancelSampling?.();
    this.#cancelTimeout?.();
    this.#cancelSending = this.#cancelSampling = this.#cancelTimeout = undefined;
    this.#sending = false;
    this.#silentAt = Number.POSITIVE_INFINITY;
    this.rx.clear();
    this.tx.clear();
    this.#sampler.reset(this.#time.now);
    this.#autobaud.write(0);
    this.#clkdiv = CLKDIV_DEFAULT;
    this.#conf0 = CONF0_DEFAULT;
    this.#conf1 = this.#enabled = this.#latched = 0;
  }

  /** Length of one bit, µs. */
  get bitTime(): number {
    return (Math.max(1, this.#clkdiv) * 1e6) / this.#clocks.apbHz;
  }

  /** Nothing in the FIFO and nothing in the shift register. */
  get isSilent(): boolean {
    return !this.#sending && this.tx.count === 0;
  }

  get interruptAsserted(): boolean {
    return (this.#raw() & this.#enabled) !== 0;
  }

  read(offset: number): number {
    switch (offset) {
      case UART.fifo:
        return this.#readFifo();
      case UART.intRaw:
        return this.#raw();
      case UART.intSt:
        return this.#raw() & this.#enabled;
      case UART.intEna:
        return this.#enabled;
      case UART.clkdiv:
        return this.#clkdiv;
      case UART.autobaud:
        return this.#autobaud.control;
      case UART.status:
        return this.rx.count | STATUS_RXD | (this.tx.count << 16);
      case UART.conf0:
        return this.#conf0;
      case UART.conf1:
        return this.#conf1;
      case UART.lowpulse:
        return this.#autobaud.low;
      case UART.highpulse:
        return this.#autobaud.high;
      case UART.pulseNum:
        return this.#autobaud.edges;
      case UART.date:
        return DATE;
      case UART.id:
        return ID;
      default:
        return 0;
    }
  }

  write(offset: number, value: number): void {
    switch (offset) {
      case UART.fifo:
        this.#time.touched();
        this.send(value & 0xff);
        return;
      case UART.intEna:
        if (value === this.#enabled) return;
        this.#enabled = value;
        break;
      case UART.intClr:
        if ((this.#latched & value) === 0) return;
        this.#latched &= ~value;
        break;
      case UART.clkdiv:
        if ((value & CLKDIV_MASK) === this.#clkdiv) return;
        this.#clkdiv = value & CLKDIV_MASK;
        break;
      case UART.autobaud:
        this.#autobaud.write(value);
        break;
      case UART.conf0:
        if (value & CONF0_RX_RESET) this.rx.clear();
        if (value & CONF0_TX_RESET) this.tx.clear();
        this.#conf0 = value;
        break;
      case UART.conf1:
        if (value === this.#conf1) return;
        this.#conf1 = value;
        this.#armTimeout();
        break;
      default:
        return;
    }
    this.#time.touched();
    this.onInterrupt?.();
  }

  /** Puts a byte into the transmit FIFO. @returns false if it was full and the byte is lost. */
  send(byte: number): boolean {
    const taken = this.tx.push(byte);
    // The line is touched by an event at the chip's present, not from within an instruction ahead of the world.
    if (!this.#sending) {
      this.#sending = true;
      this.#cancelSending = this.#time.at(this.#time.now, () => this.#startFrame());
    }
    this.onInterrupt?.();
    return taken;
  }

  /**
   * A frame has ended on RXD.
   * @param copies how often the FIFO takes it, where the rates match; to the measurement of the rate it is one frame.
   */
  receive(byte: WireByte, copies = 1): void {
    this.#autobaud.observe(byte, this.#clocks.apbHz);
    const frame = this.#cancelSampling === undefined ? this.#sampler.shortcut(byte, this.bitTime) : undefined;
    if (frame !== undefined) for (let copy = 0; copy < copies; copy++) this.#accept(frame);
    else {
      this.#sampler.feed(byte);
      this.#sample();
    }
    this.#time.wake();
  }

  #startFrame(): void {
    const byte = this.tx.pop();
    this.onInterrupt?.();
    if (byte === undefined) {
      this.#sending = false;
      this.#cancelSending = undefined;
      return;
    }
    const bitTime = this.bitTime;
    const startAt = this.#time.now;
    this.statistics.sent++;
    this.#cancelSending = this.#time.at(startAt + BITS_PER_FRAME * bitTime, () => this.#startFrame());
    this.onTransmit?.({ value: byte, startAt, bitTime });
  }

  #sample(): void {
    this.#cancelSampling?.();
    this.#cancelSampling = undefined;
    for (;;) {
      const frame = this.#sampler.take(this.bitTime, this.#time.now);
      if (frame === undefined) return;
      if (typeof frame === "number") {
        this.#cancelSampling = this.#time.at(frame, () => this.#sample());
        return;
      }
      this.#accept(frame);
    }
  }

  #accept(frame: ReceivedFrame): void {
    this.statistics.received++;
    if (frame.framingError) {
      this.statistics.framingErrors++;
      this.#latched |= UART_INT.frame;
    }
    if (frame.isBreak) this.#latched |= UART_INT.breakDetected;
    if (!this.rx.push(frame.value)) {
      this.statistics.overruns++;
      this.#latched |= UART_INT.overflow;
    }
    this.#armTimeout();
    this.onInterrupt?.();
  }

  #readFifo(): number {
    const byte = this.rx.pop();
    if (byte === undefined) return 0;
    this.#time.touched();
    this.#armTimeout();
    this.onInterrupt?.();
    return byte;
  }

  /**
   * Silence on the line with bytes left in the FIFO raises RXFIFO_TOUT after the time set in CONF1. A timer that is
   * running is left alone and, when it ends, set again for what is missing: bytes come much more often than silence.
   */
  #armTimeout(): void {
    const units = (this.#conf1 >>> 24) & 0x7f;
    if (this.#conf1 >>> 31 === 0 || this.rx.count === 0 || units === 0) {
      this.#silentAt = Number.POSITIVE_INFINITY;
      return;
    }
    this.#silentAt = this.#time.now + units * TIMEOUT_UNIT_BITS * this.bitTime;
    this.#watchSilence();
  }

  #watchSilence(): void {
    if (this.#cancelTimeout !== undefined || this.#silentAt === Number.POSITIVE_INFINITY) return;
    this.#cancelTimeout = this.#time.at(this.#silentAt, () => {
      this.#cancelTimeout = undefined;
      if (this.#time.now < this.#silentAt) {
        this.#watchSilence();
        return;
      }
      this.#latched |= UART_INT.timeout;
      this.onInterrupt?.();
    });
  }

  /** RXFIFO_FULL and TXFIFO_EMPTY follow the fill levels; the others stay until cleared. */
  #raw(): number {
    let raw = this.#latched & ~LEVEL_INTERRUPTS;
    if (this.rx.count > 0 && this.rx.count >= (this.#conf1 & 0x7f)) raw |= UART_INT.rxFull;
    if (this.tx.count <= ((this.#conf1 >>> 8) & 0x7f)) raw |= UART_INT.txEmpty;
    return raw;
  }
}
