/**
 * The console's UART as a whole: what is printed and when, what comes in and where it goes.
 * Source: Tasmota tasmota_support/support_tasmota.ino (SerialInput), support.ino (SetSeriallog, SetMinimumSeriallog).
 */
import type { TasmotaCore } from "../contract.ts";
import type { SerialPort } from "../machine.ts";
import { Improv } from "./improv.ts";
import { SerialConsole } from "./serial-console.ts";

const CONSOLE_BAUD = 115_200;
const BAUD_UNIT = 300;
/** Seconds from boot until the console falls silent. */
const LOG_TIMER = 600;
const INFO = 2;
const BRIDGE_OPTION = 22;
const RAW_OPTION = 23;
const LINE_FEED = 10;

/** What the console needs to go on later. */
export interface KeptConsole {
  readonly level: number;
  readonly baud: number;
  readonly bufferSize: number;
  /** Seconds until it falls silent; 0: it does not. */
  readonly timer: number;
}

export class ConsolePort implements SerialPort {
  level: number = INFO;
  baud: number = CONSOLE_BAUD;
  readonly #core: TasmotaCore;
  readonly #input: SerialConsole;
  #improv: Improv | undefined;
  #timer = LOG_TIMER;
  readonly #bridged: number[] = [];

  constructor(core: TasmotaCore, busy: () => boolean) {
    this.#core = core;
    this.#input = new SerialConsole({
      line: (text) => this.#line(text),
      overrun: () => {
        this.#raiseLevel();
        core.log(INFO, "CMD: Serial buffer overrun");
      },
      intercept: (byte, line) => this.#improv?.intercept(byte, line) ?? false,
      busy,
      bridge: () => (core.settings.option(BRIDGE_OPTION) === 1 ? (byte) => this.#bridge(byte) : undefined),
    });
  }

  get bufferSize(): number {
    return this.#input.bufferSize;
  }

  set bufferSize(size: number) {
    this.#input.bufferSize = size;
  }

  /** Nothing is printed inside an Improv frame. */
  get printedLevel(): number {
    return this.#improv?.receiving ? 0 : this.level;
  }

  keep(): KeptConsole {
    const { level, baud, bufferSize } = this;
    return { level, baud, bufferSize, timer: this.#timer };
  }

  /** In the place of `begin` and `configure`: as it was when it was kept, without a word. */
  resume({ level, baud, bufferSize, timer }: KeptConsole): void {
    this.setBaud(baud);
    this.level = level;
    this.bufferSize = bufferSize;
    this.#timer = timer;
  }

  /** Power-up: an empty line first, at the console's own rate. */
  begin(): void {
    this.setBaud(CONSOLE_BAUD);
    this.print("\r\n");
  }

  /** The settings are known. */
  configure(): void {
    const { settings } = this.#core;
    this.level = settings.get("seriallog_level");
    settings.setOption(BRIDGE_OPTION, 0);
    const stored = settings.get("baudrate") * BAUD_UNIT;
    if (stored > 0 && stored !== this.baud) this.setBaud(stored);
  }

  /** End of setup(): bytes are listened to. */
  start(): void {
    this.#improv = new Improv(this.#core, (bytes) => this.write(bytes));
    this.#core.host.uart0.onByte((byte) => this.#input.receive(byte));
  }

  everySecond(): void {
    this.#improv?.everySecond();
    if (this.#timer > 0 && --this.#timer === 0 && this.level > 0) {
      this.#core.log(INFO, "APP: Serial logging disabled");
      this.level = 0;
    }
  }

  /** Bytes that came while the flash was being written. */
  drain(): void {
    this.#input.drain();
  }

  setLog(level: number): void {
    this.#core.settings.set("seriallog_level", level);
    this.#core.settings.setOption(BRIDGE_OPTION, 0);
    this.level = level;
    this.#timer = 0;
  }

  setBaud(baud: number): void {
    this.baud = baud;
    this.#core.host.uart0.setBaud(baud);
  }

  startBridge(raw: boolean): void {
    const { settings } = this.#core;
    settings.set("seriallog_level", 0);
    this.level = 0;
    this.#timer = 0;
    settings.setOption(BRIDGE_OPTION, 1);
    settings.setOption(RAW_OPTION, raw ? 1 : 0);
  }

  print(text: string): void {
    this.write(new TextEncoder().encode(text));
  }

  write(bytes: Uint8Array): void {
    this.#core.host.uart0.write(bytes);
  }

  #line(text: string): void {
    this.#raiseLevel();
    this.#core.log(INFO, `CMD: ${text}`);
    this.#core.execute(text, "serial");
  }

  /** Anyone who types wants to see the answer. */
  #raiseLevel(): void {
    if (this.level < INFO) this.level = INFO;
  }

  /** SerialSend's other direction: a line goes to MQTT as SerialReceived. */
  #bridge(byte: number): void {
    if (byte === LINE_FEED || byte === this.#core.settings.get("serial_delimiter")) {
      const text = String.fromCharCode(...this.#bridged.splice(0));
      this.#core.publish("tele", "RESULT", `{"SerialReceived":${JSON.stringify(text)}}`);
    } else this.#bridged.push(byte);
  }
}
