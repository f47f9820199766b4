/**
 * The serial download loader of the ESP8266's boot ROM, byte for byte. The commands and the reply's layout are in
 * esptool's "serial protocol" document; what the ROM does with malformed, unknown and out-of-order ones is documented
 * nowhere and was observed on the running ROM: it keeps one packet buffer and one reply buffer and never clears them,
 * so a short packet is completed by the one before, and an unknown command is answered with the op of the one before.
 *
 * Shares nothing with the host's codec on purpose.
 */
import { attach, eraseArea, read, unlock, write } from "./flash-routines.ts";
import { PacketLink } from "./packet-link.ts";
import { sendByte } from "./rom-console.ts";
import { ROM_DATA } from "./rom-data.ts";
import type { RomMachine, RomStep } from "./rom-machine.ts";

type Steps<T = void> = Generator<RomStep, T, void>;

const OP = {
  flashBegin: 2,
  flashData: 3,
  flashEnd: 4,
  memBegin: 5,
  memEnd: 6,
  memData: 7,
  sync: 8,
  writeReg: 9,
  readReg: 10,
  spiParams: 11,
} as const;

/** Error byte of a reply. */
const ERROR = { invalid: 5, failed: 6, checksum: 7, readBack: 8 } as const;

const BLOCK_MAX = 0x1800;
const SYNC_REPLIES = 8;
const REPLY_BYTES = 10;
/** Offsets in the packet: op, data length, checksum, data. */
const PACKET = { direction: 0, op: 1, length: 2, checksum: 4, data: 8 } as const;
/** A data packet's own header: length, sequence number, two unused words. */
const DATA_HEADER = 16;

/** Cycles, measured on the running ROM: receive interrupt per byte, unframing per byte, checksum per byte. */
const INTERRUPT_CYCLES = 150;
const UNFRAME_CYCLES = 70;
const CHECKSUM_CYCLES = 9;
const COMMAND_CYCLES = 150;

/** MEM_ or FLASH_BEGIN's numbers and how far the data has come. */
interface Download {
  size: number;
  blocks: number;
  blockSize: number;
  sequence: number;
  received: number;
  address: number;
}

export class DownloadLoader {
  readonly #machine: RomMachine;
  readonly #link: PacketLink;
  /** One record for RAM and flash alike. */
  readonly #download: Download = { size: 0, blocks: 0, blockSize: 0, sequence: 0, received: 0, address: 0 };
  #leaving = false;
  /** The error byte of the next reply; only written on errors, so it goes stale. */
  #error = 0;

  constructor(machine: RomMachine) {
    this.#machine = machine;
    this.#link = new PacketLink(machine, INTERRUPT_CYCLES, UNFRAME_CYCLES);
  }

  /** Serves packets until FLASH_END or MEM_END leaves the loop. The entry is left in ROM_DATA.userStart. */
  *serve(): Steps {
    const { cpu } = this.#machine;
    cpu.write8(ROM_DATA.reply, 1);
    cpu.write8(ROM_DATA.reply + 2, 2);
    cpu.write8(ROM_DATA.reply + 3, 0);
    while (!this.#leaving) {
      yield* this.#link.receive(ROM_DATA.packet, ROM_DATA.packetSize);
      yield COMMAND_CYCLES;
      const failed = yield* this.#execute();
      cpu.write8(ROM_DATA.reply + 8, failed ? 1 : 0);
      cpu.write8(ROM_DATA.reply + 9, this.#error);
      const replies = cpu.read8(ROM_DATA.reply + 1) === OP.sync ? SYNC_REPLIES : 1;
      for (let i = 0; i < replies; i++) yield* this.#reply();
    }
  }

  *#reply(): Steps {
    const { cpu } = this.#machine;
    yield* this.#send(0xc0);
    for (let i = 0; i < REPLY_BYTES; i++) {
      const byte = cpu.read8(ROM_DATA.reply + i);
      if (byte === 0xc0 || byte === 0xdb) {
        yield* this.#send(0xdb);
        yield* this.#send(byte === 0xc0 ? 0xdc : 0xdd);
      } else yield* this.#send(byte);
    }
    yield* this.#send(0xc0);
  }

  *#send(byte: number): Steps {
    yield* this.#link.serveInterrupt();
    yield* sendByte(this.#machine, byte);
  }

  /** @returns whether the command failed. */
  *#execute(): Steps<boolean> {
    const op = this.#byte(PACKET.op);
    if (this.#byte(PACKET.direction) !== 0) return this.#fail(ERROR.invalid);
    let failed: boolean;
    switch (op) {
      case OP.flashBegin:
        failed = yield* this.#flashBegin();
        break;
      case OP.flashData:
        failed = yield* this.#flashData();
        break;
      case OP.flashEnd:
        failed = yield* this.#flashEnd();
        break;
      case OP.memBegin:
        failed = this.#begin();
        break;
      case OP.memEnd:
        failed = this.#memEnd();
        break;
      case OP.memData:
        failed = yield* this.#memData();
        break;
      case OP.sync:
        this.#setValue(this.#word(0));
        this.#error = 0;
        failed = false;
        break;
      case OP.writeReg:
        failed = yield* this.#writeReg();
        break;
      case OP.readReg:
        this.#setValue(this.#machine.cpu.read32(this.#word(0)));
        this.#error = 0;
        failed = false;
        break;
      case OP.spiParams:
        failed = this.#spiParams();
        break;
      default:
        return this.#fail(ERROR.invalid);
    }
    this.#machine.cpu.write8(ROM_DATA.reply + 1, op);
    return failed;
  }

  #begin(): boolean {
    if (this.#length() !== 16 || this.#word(2) > BLOCK_MAX) return this.#fail(ERROR.invalid);
    Object.assign(this.#download, {
      size: this.#word(0),
      blocks: this.#word(1),
      blockSize: this.#word(2),
      sequence: 0,
      received: 0,
      address: this.#word(3),
    });
    return false;
  }

  *#flashBegin(): Steps<boolean> {
    const meanwhile = (): Steps => this.#link.serveInterrupt();
    yield* attach(this.#machine, meanwhile);
    if (this.#begin()) return true;
    const { address, size } = this.#download;
    if ((yield* eraseArea(this.#machine, address, size, meanwhile)) !== 0) return this.#fail(ERROR.failed);
    return false;
  }

  /** What MEM_DATA and FLASH_DATA have in common: the block's size, or undefined after an error. */
  *#acceptBlock(): Steps<number | undefined> {
    const download = this.#download;
    const size = this.#word(0);
    const inOrder = this.#length() <= BLOCK_MAX + DATA_HEADER && this.#word(1) === download.sequence;
    if (!inOrder || size > download.blockSize) {
      this.#fail(ERROR.invalid);
      return undefined;
    }
    if (this.#byte(PACKET.op) === OP.flashData && (size & 3) !== 0) {
      this.#fail(ERROR.invalid);
      return undefined;
    }
    // Counted before the checksum is looked at: a damaged block cannot be sent again.
    download.sequence++;
    if ((yield* this.#checksum(size)) !== this.#byte(PACKET.checksum)) {
      this.#fail(ERROR.checksum);
      return undefined;
    }
    return size;
  }

  *#flashData(): Steps<boolean> {
    const machine = this.#machine;
    const download = this.#download;
    const size = yield* this.#acceptBlock();
    if (size === undefined) return true;
    const data = ROM_DATA.packet + PACKET.data + DATA_HEADER;
    yield* write(machine, download.address, data, size, () => this.#link.serveInterrupt());
    yield* read(machine, download.address, data, size);
    if ((yield* this.#checksum(size)) !== this.#byte(PACKET.checksum)) return this.#fail(ERROR.readBack);
    download.received += size;
    download.address += size;
    return false;
  }

  *#memData(): Steps<boolean> {
    const { cpu } = this.#machine;
    const download = this.#download;
    const size = yield* this.#acceptBlock();
    if (size === undefined) return true;
    const data = ROM_DATA.packet + PACKET.data + DATA_HEADER;
    const words = size & ~3;
    for (let i = 0; i < words; i += 4) cpu.write32(download.address + i, cpu.read32(data + i));
    for (let i = words; i < size; i++) cpu.write8(download.address + i, cpu.read8(data + i));
    yield size;
    download.received += size;
    download.address += size;
    return false;
  }

  /** The argument is ignored: it always leaves the loop, and fails if data is missing. */
  *#flashEnd(): Steps<boolean> {
    const { size, blocks, sequence, received } = this.#download;
    this.#leaving = true;
    const complete = blocks === sequence && size === received;
    if (complete) yield* unlock(this.#machine);
    this.#machine.cpu.write32(ROM_DATA.userStart, 0);
    return complete ? false : this.#fail(ERROR.failed);
  }

  /** First byte 0: leave the loop and call the entry. */
  #memEnd(): boolean {
    if (this.#length() > 8) return this.#fail(ERROR.invalid);
    this.#leaving = this.#byte(PACKET.data) === 0;
    this.#machine.cpu.write32(ROM_DATA.userStart, this.#word(1));
    return false;
  }

  /** Records of address, value, mask, delay in µs. What is shorter than one record does nothing and succeeds. */
  *#writeReg(): Steps<boolean> {
    const { cpu } = this.#machine;
    for (let record = 0; record < this.#length() >> 4; record++) {
      const [address, value, mask, delay] = [0, 1, 2, 3].map((i) => this.#word(record * 4 + i)) as [
        number,
        number,
        number,
        number,
      ];
      yield (delay & 0xffff) * cpu.read32(ROM_DATA.cpuFrequency);
      cpu.write32(address, (cpu.read32(address) & ~mask) | (value & mask));
    }
    this.#error = 0;
    return false;
  }

  /** SPIParamCfg: id, size, block, sector, page, mask. */
  #spiParams(): boolean {
    const { cpu } = this.#machine;
    if (this.#length() !== 24) return this.#fail(ERROR.invalid);
    const chip = cpu.read32(ROM_DATA.flashChipPointer);
    for (let i = 0; i < 6; i++) cpu.write32(chip + 4 * i, this.#word(i));
    return false;
  }

  *#checksum(size: number): Steps<number> {
    const { cpu } = this.#machine;
    let sum = 0xef;
    for (let i = 0; i < size; i++) sum ^= cpu.read8(ROM_DATA.packet + PACKET.data + DATA_HEADER + i);
    yield size * CHECKSUM_CYCLES;
    return sum;
  }

  #fail(error: number): true {
    this.#error = error;
    return true;
  }

  #setValue(value: number): void {
    this.#machine.cpu.write32(ROM_DATA.reply + 4, value);
  }

  #byte(offset: number): number {
    return this.#machine.cpu.read8(ROM_DATA.packet + offset);
  }

  #length(): number {
    return this.#byte(PACKET.length) | (this.#byte(PACKET.length + 1) << 8);
  }

  #word(index: number): number {
    return this.#machine.cpu.read32(ROM_DATA.packet + PACKET.data + 4 * index) >>> 0;
  }
}
