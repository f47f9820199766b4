/**
 * The virtual ESP8285: core, registers, flash, boot ROM, on one clock. What the wire and the board see of it are its
 * serial pins, its other pins and its supply.
 *
 * Sources for the parts are named where they are; for what the chip does at power-up and reset: ESP8266 Technical
 * Reference, "Reset and boot", and the ROM's behaviour.
 */
import type { FirmwareModel, ResetCause } from "../board/firmware.ts";
import { Lx106 } from "../cpu/lx106.ts";
import { IRAM_BASE } from "../cpu/memory-map.ts";
import { BootRom } from "../rom/boot-rom.ts";
import type { ChipPins, ChipSerial, WireByte } from "../wire/contract.ts";
import type { SimClock } from "../world/clock.ts";
import { RadioMedium } from "../world/network/radio-medium.ts";
import { SeededRandom } from "../world/seeded-random.ts";
import { Bus, rtcMemoryBlocks, StorageBlock } from "./bus.ts";
import { CoreRunner } from "./core-runner.ts";
import { Dport } from "./dport.ts";
import { efuseWords } from "./efuses.ts";
import { type Esp8285Options, NO_METER, UPPER_STRAPS } from "./esp8285-options.ts";
import { FlashBus } from "./flash-bus.ts";
import { Gpio } from "./gpio.ts";
import { MeteringPins } from "./metering-pins.ts";
import type { NorFlash } from "./nor-flash.ts";
import { type Level, Pins } from "./pins.ts";
import { Pll } from "./pll.ts";
import { RadioFrontEnd } from "./radio-front-end.ts";
import { BASE, INTERRUPT, SPI } from "./registers.ts";
import { Rtc } from "./rtc.ts";
import { SpiFlashController } from "./spi-flash-controller.ts";
import { ModelSlot } from "./stand-in-slot.ts";
import { Timers } from "./timers.ts";
import { Uart } from "./uart.ts";
import { Watchdog } from "./watchdog.ts";
import { Wdev } from "./wdev/wdev.ts";

export class Esp8285 implements ChipSerial, ChipPins {
  readonly runner: CoreRunner;
  readonly cpu: Lx106;
  readonly uart0: Uart;
  readonly uart1: Uart;
  readonly pins: Pins;
  readonly bus: Bus;
  readonly mac: Uint8Array;
  /** What went wrong: a driven pin shorted, a program that needs what the virtual chip does not have, … */
  readonly incidents: string[] = [];
  /** Why the virtual chip could not go on as the real one would: what it met that is not emulated. */
  readonly limits: string[] = [];

  readonly #clock: SimClock;
  readonly #nor: NorFlash;
  readonly #flashBus: FlashBus;
  readonly #ioMux: StorageBlock;
  readonly #random: SeededRandom;
  readonly #pll: Pll;
  readonly #dport: Dport;
  readonly #gpio: Gpio;
  readonly #rtc: Rtc;
  readonly #timers: Timers;
  readonly #watchdog: Watchdog;
  readonly #frontEnd: RadioFrontEnd;
  readonly #wdev: Wdev;
  readonly #spi: SpiFlashController;
  readonly #rom: BootRom | undefined;
  readonly #options: Esp8285Options;
  readonly #standIns: ModelSlot;
  readonly #metering: MeteringPins;
  /** From deep sleep. */
  #cancelWaking: (() => void) | undefined;
  #powered = false;
  #inReset = false;

  constructor(options: Esp8285Options) {
    const { flash } = options;
    const clock = options.clock.part();
    this.#clock = clock;
    this.#nor = flash;
    this.mac = options.mac.slice();
    this.#options = options;
    this.#random = new SeededRandom(`${options.seed ?? 1}/chip`);
    const runner = new CoreRunner(clock, () => this.#spi.read(SPI.rdStatus));
    this.runner = runner;
    const touched = (): void => runner.touched();
    this.bus = new Bus(touched);
    this.cpu = new Lx106({
      mmio: this.bus,
      flash: flash.memory,
      rom: options.romDump,
      costScale: options.costScale,
    });
    runner.attach(this.cpu);
    flash.onChange = (from, to) => {
      this.cpu.flashChanged(from, to - from);
      options.flashChanged?.(from, to);
    };

    this.#pll = new Pll(() => {
      const counted = this.#timers.rescale();
      return () => {
        counted();
        runner.setCpuClock(this.#pll.cpuHz);
      };
    });
    this.uart0 = new Uart(runner, this.#pll);
    this.uart1 = new Uart(runner, this.#pll);
    for (const uart of [this.uart0, this.uart1]) uart.onInterrupt = () => this.#uartInterrupt();
    this.#ioMux = new StorageBlock(touched);
    this.#flashBus = new FlashBus(flash, (offset) => this.#ioMux.read(offset));
    this.#spi = new SpiFlashController(this.#flashBus, runner, this.#pll, (us) => runner.charge(us));
    this.#timers = new Timers(runner, this.#pll, (timer) => this.#timerFired(timer));
    this.pins = new Pins();
    this.#gpio = new Gpio(runner, this.pins, (on) => this.cpu.setInterruptLevel(INTERRUPT.gpio, on));
    this.pins.onChange = (changed) => {
      this.#gpio.pinsChanged(changed);
      this.#standIns.running?.pinsChanged(changed);
      this.#metering.pinsChanged(changed);
    };
    this.pins.onContention = (gpio, level) => {
      this.incidents.push(`GPIO${gpio} was driven ${level === 1 ? "high" : "low"} against a short to the other rail`);
    };
    this.#rtc = new Rtc(runner, {
      softwareReset: () => this.#requestReset(2),
      deepSleep: (until) => runner.requestReset(() => this.#deepSleep(until)),
      interrupt: (on) => this.cpu.setInterruptLevel(INTERRUPT.rtc, on),
    });
    this.#watchdog = new Watchdog(
      runner,
      this.#pll,
      () => this.#edge(0, INTERRUPT.watchdog),
      () => this.#requestReset(4),
    );
    this.#frontEnd = new RadioFrontEnd(touched);
    this.#wdev = new Wdev({
      time: runner,
      random: this.#random,
      ether: options.ether,
      memory: () => this.cpu,
      interrupt: (on) => this.cpu.setInterruptLevel(INTERRUPT.wdev, on),
    });
    this.#dport = new Dport(runner, {
      efuses: options.efuses ?? efuseWords(this.mac, options.variant ?? "ESP8285N08"),
      mapFlash: (offset) => this.cpu.mapFlash(offset === undefined ? undefined : offset % flash.size),
      doubleCpuClock: (on) => this.#pll.doubleCpuClock(on),
      uartInterrupts: () => (this.uart0.interruptAsserted ? 1 : 0) | (this.uart1.interruptAsserted ? 4 : 0),
    });
    this.#dport.reset();
    this.#connect();
    this.#standIns = this.#makeStandInSlot();
    this.#metering = new MeteringPins({
      clock,
      meter: options.meter ?? NO_METER,
      // A firmware model asks the metering chip itself.
      isWanted: () => this.#powered && this.#standIns.running === undefined,
      level: (gpio) => this.pins.level(gpio),
      hold: (gpio, level) => this.holdPin(gpio, level),
    });
    this.#rom = options.romDump === undefined ? this.#makeRom() : undefined;
  }

  /** The next program or erase leaves one bit as it was, silently. */
  weakenFlash(kind: "program" | "erase"): void {
    this.#nor.weaken(kind);
  }

  /** The flash array, live. */
  get flash(): Uint8Array {
    return this.#nor.memory;
  }

  /** The firmware that runs in place of the image in the flash, if one does: its notice is to be shown. */
  get model(): FirmwareModel | undefined {
    return this.#standIns.running?.model;
  }

  get models(): ModelSlot {
    return this.#standIns;
  }

  /** Called when the chip begins to send a frame on TXD (GPIO1). */
  get onTransmit(): ((byte: WireByte) => void) | undefined {
    return this.uart0.onTransmit;
  }

  set onTransmit(listener: ((byte: WireByte) => void) | undefined) {
    this.uart0.onTransmit = listener;
  }

  receive(byte: WireByte, copies = 1): void {
    if (!this.#powered || this.#inReset || this.#isAsleep) return;
    this.runner.beforeInput();
    this.uart0.receive(byte, copies);
  }

  setPower(on: boolean): void {
    if (on === this.#powered) return;
    this.#powered = on;
    if (on) {
      this.#fillRam();
      this.#rtc.powerUp(this.#random);
      if (!this.#inReset) this.#bootWithStraps(1);
      this.#metering.update();
      return;
    }
    this.runner.beforeInput();
    this.#metering.stop();
    this.#halt();
    this.#nor.powerLost(this.#clock.now);
    this.#spi.powerLost();
  }

  setReset(level: 0 | 1): void {
    const inReset = level === 0;
    if (inReset === this.#inReset) return;
    this.#inReset = inReset;
    if (!this.#powered) return;
    if (inReset) {
      this.runner.beforeInput();
      this.#halt();
    } else this.#bootWithStraps(2);
  }

  setGpio0(level: 0 | undefined): void {
    this.holdPin(0, level);
  }

  /** What the board connects a pin to; undefined: nothing but its pull resistor. */
  holdPin(gpio: number, level: Level | undefined): void {
    this.runner.beforeInput();
    this.pins.hold(gpio, level);
    this.runner.wake();
  }

  /** Resets the chip for this cause (as the ROM prints it) from inside: the straps are not sampled again. */
  reset(cause: ResetCause): void {
    if (!this.#powered || this.#inReset) return;
    this.#halt();
    this.#boot(cause);
  }

  /** Straps are sampled when the power comes and when the reset pin rises; other resets keep them. */
  #bootWithStraps(cause: ResetCause): void {
    this.#gpio.straps = this.#sampleStraps();
    this.#boot(cause);
  }

  #boot(cause: ResetCause): void {
    this.#rtc.cause = cause;
    this.runner.start();
  }

  get #isAsleep(): boolean {
    return this.#cancelWaking !== undefined;
  }

  /**
   * Core and RAM are without power until the alarm. It pulls GPIO16 low, which boards that use deep sleep wire to the
   * reset pin (NONOS SDK API reference, system_deep_sleep): the ROM boots with cause 5.
   * @param until µs; undefined: no alarm was set.
   */
  #deepSleep(until: number | undefined): void {
    this.#halt();
    const wake = (): void => {
      this.#cancelWaking = undefined;
      this.#fillRam();
      this.#bootWithStraps(5);
    };
    this.#cancelWaking = until === undefined ? () => {} : this.#clock.at(until, wake);
  }

  /** Everything but RAM, RTC and flash goes to its reset state. */
  #halt(): void {
    this.runner.stop();
    this.#cancelWaking?.();
    this.#cancelWaking = undefined;
    this.#standIns.stop();
    this.#rom?.reset();
    this.cpu.reset();
    this.#pll.reset();
    this.bus.reset();
    const blocks = [
      this.uart0,
      this.uart1,
      this.#timers,
      this.#rtc,
      this.#watchdog,
      this.#gpio,
      this.#dport,
      this.#spi,
      this.#ioMux,
      this.#frontEnd,
      this.#wdev,
    ];
    for (const block of blocks) block.reset();
    this.cpu.levels = 0;
  }

  /** From inside an instruction: carried out when it has ended. */
  #requestReset(cause: ResetCause): void {
    this.runner.requestReset(() => this.reset(cause));
  }

  /** What RAM holds when the power comes is chance. */
  #fillRam(): void {
    const { dram32, iram32 } = this.cpu.memory;
    for (const words of [dram32, iram32]) for (let i = 0; i < words.length; i++) words[i] = this.#random.uint32();
    this.cpu.invalidate(IRAM_BASE, iram32.byteLength);
  }

  #sampleStraps(): number {
    const mode = (this.pins.level(15) << 2) | (this.pins.level(0) << 1) | this.pins.level(2);
    return ((this.#options.upperStraps ?? UPPER_STRAPS) << 13) | mode;
  }

  #uartInterrupt(): void {
    this.cpu.setInterruptLevel(INTERRUPT.uart, this.uart0.interruptAsserted || this.uart1.interruptAsserted);
    this.#standIns.running?.serveUart();
  }

  #timerFired(timer: 1 | 2): void {
    if (timer === 2) this.#edge(2, INTERRUPT.frc2);
    else if (this.#dport.timerRaisesNmi) this.cpu.latchInterrupt(INTERRUPT.nmi);
    else this.#edge(1, INTERRUPT.frc1);
  }

  /** @param enable its bit in the bridge's register of edge interrupts. */
  #edge(enable: 0 | 1 | 2, line: number): void {
    if (this.#dport.edgeInterruptEnabled(enable)) this.cpu.latchInterrupt(line);
  }

  #connect(): void {
    const { bus } = this;
    bus.add(BASE.dport, this.#dport);
    bus.add(BASE.uart0, this.uart0);
    bus.add(BASE.uart1, this.uart1);
    bus.add(BASE.spi0, this.#spi);
    bus.add(BASE.gpio, this.#gpio);
    bus.add(BASE.timer, this.#timers);
    bus.add(BASE.rtc, this.#rtc);
    bus.add(BASE.wdt, this.#watchdog);
    bus.add(BASE.i2c, this.#pll);
    this.#frontEnd.connect(bus);
    this.#wdev.connect(bus);
    for (const { base, block } of rtcMemoryBlocks(this.#rtc)) bus.add(base, block);
    bus.add(BASE.iomux, this.#ioMux);
  }

  #makeRom(): BootRom {
    return new BootRom({
      cpu: this.cpu,
      runner: this.runner,
      uart0: this.uart0,
      spi: this.#spi,
      flash: this.#flashBus,
      straps: () => this.#gpio.straps,
      resetCause: () => this.#rtc.cause,
      softwareReset: () => this.#requestReset(2),
      tuned: (channel) => {
        this.#wdev.channel = channel;
      },
      notEmulated: (what) => this.#cannotGoOn(what),
      isModelForImage: () => this.#standIns.find() !== undefined,
      bootModel: () => this.#standIns.boot(),
    });
  }

  /** Told once, however often the chip comes there: a watchdog may reset it, and the program go the same way again. */
  #cannotGoOn(what: string): void {
    if (this.limits.includes(what)) return;
    this.limits.push(what);
    this.incidents.push(what);
  }

  #makeStandInSlot(): ModelSlot {
    const { firmwares = [], meter = NO_METER, variant = "ESP8285N08" } = this.#options;
    const { radio = new RadioMedium(this.#clock).radio(this.mac) } = this.#options;
    return new ModelSlot({
      firmwares,
      kept: this.#options.kept,
      parts: () => ({
        clock: this.#clock,
        runner: this.runner,
        bus: this.bus,
        uart0: this.uart0,
        pins: this.pins,
        flash: this.#nor,
        mac: this.mac,
        chipName: variant,
        resetCause: this.#rtc.cause,
        rtcMemory: this.#rtc.userMemory,
        meter,
        radio,
        random: () => this.#random.uint32(),
      }),
      restart: () => {
        this.#halt();
        this.runner.start();
      },
    });
  }
}
