/**
 * The mask ROM of the ESP8266, re-implemented at its own addresses: main() with its boot modes, the download loader,
 * the boot from flash, and the functions that programs call. The real ROM is Espressif's and may not be passed on; a
 * dump of one's own chip can be run instead of this.
 *
 * Facts: esptool's serial protocol document, eagle.rom.addr.v6.ld of the NONOS SDK for addresses and names, and the
 * ROM's behaviour as observed while running it.
 */
import { DownloadLoader } from "./download-loader.ts";
import { isEboot, runEboot } from "./eboot.ts";
import { loadFromFlash } from "./flash-boot.ts";
import { installFlashFunctions } from "./flash-functions.ts";
import { installGpioFunctions } from "./gpio-functions.ts";
import { initialiseRomData, ROM_LIBRARY } from "./library/library.ts";
import { ETS_UART_PUTC1, installPrintFunctions } from "./print-functions.ts";
import { initialiseRadioTable, installRadioFunctions } from "./radio-functions.ts";
import { print } from "./rom-console.ts";
import { FLASH_CHIP_DEFAULTS, ROM_DATA } from "./rom-data.ts";
import { type RomMachine, type RomRoutine, RomRoutines, type RomStep, WAIT } from "./rom-machine.ts";
import { FATAL_EXCEPTION_HANDLER, installSystemFunctions } from "./system-functions.ts";
import { TaskFunctions } from "./task-functions.ts";
import { installUartFunctions } from "./uart-functions.ts";

type Steps<T = void> = Generator<RomStep, T, void>;

const RESET_VECTOR = 0x40000080;
/**
 * Inside main(), where it goes on to the image in flash. Flasher stubs return to it to start that without a reset (esptool
 * 1.2, flasher_stub/stub_flasher.c, CMD_BOOT_FW; the current stub's entry leaves it in a0).
 */
const FLASH_BOOT = 0x400010a8;
/** What esptool and others look for at 0x40001000 to tell an ESP8266. */
const MAGIC_ADDRESS = 0x1000;
const MAGIC = [0x01, 0xc1, 0xf0, 0xff];
/** 74880 baud at 52 MHz: the crystal is twice what the ROM's text was made for (115200 at 40 MHz). */
const TEXT_CLKDIV = 694;
/** Cycles from the reset vector to the first byte of text. */
const START_CYCLES = 12_000;
/** UART_AUTOBAUD as the ROM sets it: enabled, glitch filter 8. The measurement is used after this many edges. */
const AUTOBAUD_ENABLE = 0x801;
const AUTOBAUD_EDGES = 29;
/** It looks for them between delays; what arrives in such a delay is lost with the rest of the first packet. */
const AUTOBAUD_POLL_US = 1000;
const UART = { clkdiv: 0x14, autobaud: 0x18, lowpulse: 0x28, highpulse: 0x2c, edges: 0x30 } as const;
const UART0 = 0x60000000;
const CONF0_RESET_FIFOS = 0x60000;
const PS_USER = 0x20;
/** The ROM believes in a 40 MHz crystal: with the usual 26 MHz its delays take 80/52 of what they should. */
const ASSUMED_MHZ = 80;
const HEX_DIGITS = [
  [ROM_DATA.lowerHexDigits, "0123456789abcdef"],
  [ROM_DATA.upperHexDigits, "0123456789ABCDEF"],
] as const;
const SET_EXCEPTION_HANDLER = 0x40000454;
/** Illegal instruction, fetch error, load/store error, prohibited load and store, and cause 8. */
const FATAL_CAUSES = [0, 2, 3, 28, 29, 8] as const;
const CAUSE_SOFTWARE = 3;
/** What the ROM says of a cause after its first line (boot texts in espressif/ESP8266_RTOS_SDK issue 1170, jeelabs/esp-link issue 235). */
const CAUSE_NOTES: Readonly<Partial<Record<number, string>>> = { 0: "unknown reset\n", 4: "wdt reset\n" };
/** GPIO15 high at power-up: straps from this value up boot over SDIO. */
const FIRST_SDIO_STRAP = 4;

export class BootRom {
  readonly #machine: RomMachine;
  readonly #routines: RomRoutines;
  readonly #tasks: TaskFunctions;

  /** Installs everything. */
  constructor(machine: RomMachine) {
    this.#machine = machine;
    this.#routines = new RomRoutines(machine);
    machine.cpu.memory.rom.set(MAGIC, MAGIC_ADDRESS);
    machine.cpu.invalidate(RESET_VECTOR & ~0xfff, 0x2000);
    this.#routines.install(RESET_VECTOR, () => this.#main());
    this.#routines.install(FLASH_BOOT, () => this.#startFlash());
    installUartFunctions(machine, this.#routines);
    installFlashFunctions(machine, this.#routines);
    installPrintFunctions(machine, this.#routines);
    installSystemFunctions(machine, this.#routines);
    installGpioFunctions(machine);
    installRadioFunctions(machine);
    this.#tasks = new TaskFunctions(machine, this.#routines);
  }

  /** The core was reset: nothing that the ROM was doing goes on. */
  reset(): void {
    this.#routines.reset();
  }

  *#main(): RomRoutine {
    const machine = this.#machine;
    const { cpu } = machine;
    this.#routines.keepOnlyInnermost();
    this.#initialise();
    yield START_CYCLES;
    const strap = machine.straps() & 7;
    const cause = machine.resetCause();
    const upper = (machine.straps() >> 13) & 7;
    yield* print(machine, `\n ets Jan  8 2013,rst cause:${cause}, boot mode:(${strap},${upper})\n\n`);
    yield* print(machine, CAUSE_NOTES[cause] ?? "");
    if (strap >= FIRST_SDIO_STRAP) {
      // As posted in windowsair/wireless-esp8266-dap issue 17. No board has such a host.
      yield* print(machine, "waiting for host\n");
      return yield* forever();
    }
    if (cause !== CAUSE_SOFTWARE) yield* this.#download(strap);
    // Strap 0 waits for a host that no board has.
    if (strap === 0) return yield* forever();
    const nothingToCall = cpu.read32(ROM_DATA.userStart) === 0;
    if (strap === 3 || (strap === 1 && nothingToCall)) return yield* this.#startFlash();
    return yield* this.#startUser();
  }

  /** The image in flash, or the line number of the place where main() gives up. */
  *#startFlash(): RomRoutine {
    const machine = this.#machine;
    const { cpu } = machine;
    const loaded = yield* loadFromFlash(machine);
    if (loaded === undefined) {
      // The format asks for a second string where only a line number is given: the core dies in the middle of it.
      yield* print(machine, "ets_main.c ");
      return yield* forever();
    }
    cpu.write32(ROM_DATA.userStart, loaded.entry);
    if (loaded.startsInCode && machine.isModelForImage()) {
      const started = isEboot(loaded.entry) ? yield* runEboot(machine) : loaded;
      if (started?.startsInCode === true) machine.bootModel();
      if (started === undefined || started.startsInCode) return yield* forever();
      cpu.write32(ROM_DATA.userStart, started.entry);
    }
    return yield* this.#startUser();
  }

  /** What was loaded or uploaded. */
  *#startUser(): RomRoutine {
    for (const exception of FATAL_CAUSES) this.#setExceptionHandler(exception);
    const entry = this.#machine.cpu.read32(ROM_DATA.userStart);
    if (entry !== 0) yield { call: entry };
    yield* print(this.#machine, "user code done\n");
    return yield* forever();
  }

  /** The mode that straps and cause ask for, before anything is started from flash. */
  *#download(strap: number): Steps {
    const { cpu } = this.#machine;
    if (strap === 2) cpu.write32(ROM_DATA.userStart, 0x40100000);
    if (strap !== 1) return;
    yield* this.#measureBaud();
    yield* new DownloadLoader(this.#machine).serve();
    // Registers as the uploaded program finds them.
    cpu.ps = PS_USER;
    cpu.intenable = 0;
  }

  /** Whatever is sent during the measurement is lost: the first SYNC never gets an answer. */
  *#measureBaud(): Steps {
    const { cpu } = this.#machine;
    cpu.write32(UART0 + UART.autobaud, AUTOBAUD_ENABLE);
    while (cpu.read32(UART0 + UART.edges) <= AUTOBAUD_EDGES) yield { poll: AUTOBAUD_POLL_US * ASSUMED_MHZ };
    const sum = cpu.read32(UART0 + UART.lowpulse) + cpu.read32(UART0 + UART.highpulse);
    cpu.write32(UART0 + UART.autobaud, AUTOBAUD_ENABLE & ~1);
    this.#setClkdiv(((sum >> 1) + 12) & 0xffff);
    yield 200;
  }

  #setClkdiv(value: number): void {
    const { cpu } = this.#machine;
    cpu.write32(UART0 + UART.clkdiv, value);
    const conf0 = cpu.read32(UART0 + 0x20);
    cpu.write32(UART0 + 0x20, conf0 | CONF0_RESET_FIFOS);
    cpu.write32(UART0 + 0x20, conf0);
  }

  /** _xtos_set_exception_handler, with the function that prints and hangs. */
  #setExceptionHandler(cause: number): void {
    const { cpu } = this.#machine;
    cpu.a[2] = cause;
    cpu.a[3] = FATAL_EXCEPTION_HANDLER;
    ROM_LIBRARY.get(SET_EXCEPTION_HANDLER)?.hook(cpu);
  }

  /** The ROM's own variables, and the core's registers as main() sets them. */
  #initialise(): void {
    const { cpu } = this.#machine;
    cpu.a.fill(0);
    cpu.a[1] = ROM_DATA.stackTop;
    cpu.ps = PS_USER;
    cpu.write32(ROM_DATA.flashChipPointer, ROM_DATA.flashChip);
    for (const [i, word] of FLASH_CHIP_DEFAULTS.entries()) cpu.write32(ROM_DATA.flashChip + 4 * i, word);
    for (const [start, digits] of HEX_DIGITS) {
      for (let i = 0; i < 16; i++) cpu.write8(start + i, digits.charCodeAt(i));
    }
    initialiseRomData(cpu);
    initialiseRadioTable(cpu);
    this.#tasks.reset();
    cpu.write32(ROM_DATA.putc1, ETS_UART_PUTC1);
    cpu.write32(ROM_DATA.cpuFrequency, ASSUMED_MHZ);
    cpu.write32(ROM_DATA.userStart, 0);
    cpu.write32(UART0 + 0x20, 0x0c); // 8 data bits
    cpu.write32(UART0 + 0x24, 1); // an interrupt per received byte
    cpu.write32(UART0 + 0x0c, 1);
    this.#setClkdiv(TEXT_CLKDIV);
  }
}

function* forever(): Generator<RomStep, undefined, void> {
  for (;;) yield WAIT;
}
