/**
 * What comes in over the console's UART: lines become commands, with the firmware's limits. Knows nothing of commands.
 * Source: Tasmota tasmota_support/support_tasmota.ino (SerialInput), include/tasmota.h (INPUT_BUFFER_SIZE).
 */

/** Characters a line may have. */
const LINE_LIMIT = 799;
/** Bytes the chip's own FIFO holds in front of the driver's buffer. */
const FIFO = 128;
const LINE_FEED = 10;
const LAST_ASCII = 127;

export interface ConsoleHooks {
  /** A line ended. */
  line(text: string): void;
  /** A line ended that was too long, or lost bytes on the way. */
  overrun(): void;
  /**
   * First look at every byte, with what the line holds so far: true where another protocol (Improv) takes it.
   */
  intercept(byte: number, line: string): boolean;
  /** The processor is busy writing flash and reads nothing. */
  busy(): boolean;
  /** SerialSend made the input a bridge: undefined where it is a console. */
  bridge(): ((byte: number) => void) | undefined;
}

export class SerialConsole {
  /** Bytes the driver buffers; SerialBuffer changes it. */
  bufferSize = 256;
  readonly #hooks: ConsoleHooks;
  #line = "";
  #tooLong = false;
  #lost = false;
  readonly #waiting: number[] = [];

  constructor(hooks: ConsoleHooks) {
    this.#hooks = hooks;
  }

  receive(byte: number): void {
    if (this.#hooks.busy() || this.#waiting.length > 0) {
      if (this.#waiting.length < this.bufferSize + FIFO) this.#waiting.push(byte);
      else this.#lost = true;
      if (this.#hooks.busy()) return;
      this.drain();
      return;
    }
    this.#take(byte);
  }

  /** The processor has time again. */
  drain(): void {
    while (this.#waiting.length > 0 && !this.#hooks.busy()) this.#take(this.#waiting.shift()!);
  }

  #take(byte: number): void {
    const bridge = this.#hooks.bridge();
    if (bridge !== undefined) {
      bridge(byte);
      return;
    }
    if (this.#hooks.intercept(byte, this.#line)) {
      this.#line = "";
      return;
    }
    if (byte > LAST_ASCII) {
      this.#line = "";
      this.#tooLong = false;
      return;
    }
    if (byte === LINE_FEED) {
      const line = this.#line;
      const spoilt = this.#tooLong || this.#lost;
      this.#line = "";
      this.#tooLong = false;
      this.#lost = false;
      if (spoilt) this.#hooks.overrun();
      else this.#hooks.line(line);
      return;
    }
    if (byte < 32 || byte === LAST_ASCII) return;
    if (this.#line.length >= LINE_LIMIT) this.#tooLong = true;
    else this.#line += String.fromCharCode(byte);
  }
}
