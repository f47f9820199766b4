/**
 * SPI0 of the ESP8266, the controller in front of the flash (NONOS SDK, spi_register.h; ESP8266 Technical Reference,
 * "SPI"). A command bit starts a transaction, which is over before the next instruction looks: its time on the SPI bus
 * is charged to the core, which would have polled for it. The flash's own busy time runs on after it.
 *
 * Knows the flash's command interface; knows nothing of the core.
 */
import type { ChipTime, ClockDomains } from "./chip-time.ts";
import type { FlashBus } from "./flash-bus.ts";
import { NOR_COMMAND } from "./flash-parts.ts";
import { SPI, SPI_CMD } from "./registers.ts";

const WORDS = 64;
const BUFFER_BYTES = 64;
const USER_COMMAND = 0x8000_0000;
const USER_ADDRESS = 0x4000_0000;
const USER_DUMMY = 0x2000_0000;
const USER_MISO = 0x1000_0000;
const USER_MOSI = 0x0800_0000;
/** SPI_CTRL bit 22: WRSR sends two status bytes. */
const CTRL_TWO_STATUS_BYTES = 1 << 22;
const CLOCK_EQUALS_SYSTEM = 0x8000_0000;
/** SPI_CTRL: the bus runs at APB, or at APB divided by bits 11:8 plus one (as the SDK sets 101h for 40 MHz at 80 MHz). */
const CTRL_CLOCK_EQUALS_SYSTEM = 1 << 12;
/**
 * What SPI_USER and SPI_USER2 hold after a reset: a command of 8 bits, data taken on the other clock edge. Read from a
 * real chip after FLASH_BEGIN, which adds one bit (espressif/esptool issue 397; SPIFlashCnfig sets bit 2).
 */
const RESET_VALUES = [
  [SPI.user, 0x8000_0040],
  [SPI.user2, 0x7000_0000],
] as const;

export class SpiFlashController {
  readonly #flash: FlashBus;
  readonly #time: ChipTime;
  readonly #clocks: ClockDomains;
  readonly #charge: (us: number) => void;
  readonly #registers: Uint32Array = new Uint32Array(WORDS);
  readonly #buffer: Uint8Array;
  #cancelBusy: (() => void) | undefined;

  /** @param charge lets the core wait this long, µs. */
  constructor(flash: FlashBus, time: ChipTime, clocks: ClockDomains, charge: (us: number) => void) {
    this.#flash = flash;
    this.#time = time;
    this.#clocks = clocks;
    this.#charge = charge;
    this.#buffer = new Uint8Array(this.#registers.buffer, SPI.w0, BUFFER_BYTES);
    this.reset();
  }

  reset(): void {
    this.#registers.fill(0);
    for (const [offset, value] of RESET_VALUES) this.#registers[offset >> 2] = value;
  }

  /** Power went: the end of what was under way will not come. */
  powerLost(): void {
    this.#cancelBusy?.();
    this.#cancelBusy = undefined;
  }

  read(offset: number): number {
    return this.#registers[offset >> 2] ?? 0;
  }

  write(offset: number, value: number): void {
    if (offset === SPI.cmd) {
      this.#command(value >>> 0);
      return;
    }
    if (this.#registers[offset >> 2] === value >>> 0) return;
    if (offset !== SPI.rdStatus) this.#time.touched();
    this.#registers[offset >> 2] = value;
  }

  /** The flash may have become busy: the core is woken when it is done. */
  watchBusy(): void {
    const until = this.#flash.busyUntil;
    if (until <= this.#time.now) return;
    this.#cancelBusy?.();
    this.#cancelBusy = this.#time.at(until, () => {
      this.#cancelBusy = undefined;
      this.#flash.settle(this.#time.now);
    });
  }

  #command(bits: number): void {
    const flash = this.#flash;
    const now = this.#time.now;
    if (bits === SPI_CMD.readStatus) {
      this.#readStatus();
      return;
    }
    this.#time.touched();
    const address = this.#registers[SPI.addr >> 2]! & 0xffffff;
    const length = Math.min(this.#registers[SPI.addr >> 2]! >>> 24 || BUFFER_BYTES, BUFFER_BYTES);
    if (bits & SPI_CMD.readStatus) this.#readStatus();
    if (bits & SPI_CMD.user) this.#userTransaction();
    if (bits & SPI_CMD.read) {
      this.#receive(flash.transact(NOR_COMMAND.read, address, NOTHING, length, now));
      this.#chargeBytes(4 + length);
    }
    if (bits & SPI_CMD.writeEnable) this.#short(NOR_COMMAND.writeEnable);
    if (bits & SPI_CMD.writeDisable) this.#short(NOR_COMMAND.writeDisable);
    if (bits & SPI_CMD.readId) {
      this.#receive(flash.transact(NOR_COMMAND.readJedec, 0, NOTHING, 3, now));
      this.#registers[SPI.w0 >> 2]! &= 0xffffff;
      this.#chargeBytes(4);
    }
    if (bits & SPI_CMD.writeStatus) {
      const status = this.#registers[SPI.rdStatus >> 2]!;
      const two = (this.#registers[SPI.ctrl >> 2]! & CTRL_TWO_STATUS_BYTES) !== 0;
      const bytes = two ? Uint8Array.of(status, status >> 8) : Uint8Array.of(status);
      flash.transact(NOR_COMMAND.writeStatus, 0, bytes, 0, now);
      this.#chargeBytes(1 + bytes.length);
    }
    if (bits & SPI_CMD.pageProgram) {
      flash.transact(NOR_COMMAND.pageProgram, address, this.#buffer.slice(0, length), 0, now);
      this.#chargeBytes(4 + length);
    }
    if (bits & SPI_CMD.sectorErase) this.#withAddress(NOR_COMMAND.sectorErase, address);
    if (bits & SPI_CMD.blockErase) this.#withAddress(NOR_COMMAND.block64Erase, address);
    if (bits & SPI_CMD.chipErase) this.#short(NOR_COMMAND.chipErase);
    if (bits & SPI_CMD.deepPowerDown) this.#short(NOR_COMMAND.deepPowerDown);
    if (bits & SPI_CMD.releasePowerDown) {
      this.#receive(flash.transact(NOR_COMMAND.releasePowerDown, 0, NOTHING, 1, now));
      this.#chargeBytes(5);
    }
    this.watchBusy();
  }

  /** Programs wait for WIP in a loop of these: only its outcome counts as a change. */
  #readStatus(): void {
    this.#registers[SPI.rdStatus >> 2] = this.#flash.readStatus(this.#time.now);
    this.#chargeBytes(3);
  }

  #short(command: number): void {
    this.#flash.command(command, this.#time.now);
    this.#chargeBytes(1);
  }

  #withAddress(command: number, address: number): void {
    this.#flash.transact(command, address, NOTHING, 0, this.#time.now);
    this.#chargeBytes(4);
  }

  /** A transaction put together from phases by SPI_USER, USER1 and USER2. */
  #userTransaction(): void {
    const user = this.#registers[SPI.user >> 2]!;
    const user1 = this.#registers[SPI.user1 >> 2]!;
    const user2 = this.#registers[SPI.user2 >> 2]!;
    const command = user & USER_COMMAND ? user2 & 0xff : 0;
    const addressBits = (user1 >>> 26) + 1;
    const mosiBytes = user & USER_MOSI ? (((user1 >>> 17) & 0x1ff) + 8) >> 3 : 0;
    const misoBytes = user & USER_MISO ? (((user1 >>> 8) & 0x1ff) + 8) >> 3 : 0;
    // The address is sent from the register's top bit down.
    const address = user & USER_ADDRESS ? this.#registers[SPI.addr >> 2]! >>> (32 - Math.min(32, addressBits)) : 0;
    const dummyBytes = user & USER_DUMMY ? ((user1 & 0xff) + 8) >> 3 : 0;
    const sent = this.#buffer.slice(0, Math.min(mosiBytes, BUFFER_BYTES));
    const wanted = Math.min(misoBytes, BUFFER_BYTES);
    const answer = this.#flash.transact(command, address & 0xffffff, sent, wanted, this.#time.now);
    if (misoBytes > 0) this.#receive(answer);
    this.#chargeBytes(1 + (user & USER_ADDRESS ? 4 : 0) + dummyBytes + sent.length + wanted);
  }

  #receive(bytes: Uint8Array): void {
    this.#buffer.set(bytes);
  }

  #chargeBytes(bytes: number): void {
    this.#charge(this.transferUs(bytes));
  }

  /** How long so many bytes are on the bus at its present clock, µs. */
  transferUs(bytes: number): number {
    return (bytes * 8) / this.#clockMhz();
  }

  /** SPI_CLOCK: APB divided by (pre + 1)(n + 1); while nobody has set it, SPI_CTRL decides. */
  #clockMhz(): number {
    const apbMhz = this.#clocks.apbHz / 1e6;
    const clock = this.#registers[SPI.clock >> 2]!;
    if (clock === 0) {
      const ctrl = this.#registers[SPI.ctrl >> 2]!;
      return ctrl & CTRL_CLOCK_EQUALS_SYSTEM ? apbMhz : apbMhz / (((ctrl >>> 8) & 0xf) + 1);
    }
    if (clock & CLOCK_EQUALS_SYSTEM) return apbMhz;
    return apbMhz / ((((clock >>> 18) & 0x1fff) + 1) * (((clock >>> 12) & 0x3f) + 1));
  }
}

const NOTHING = new Uint8Array(0);
