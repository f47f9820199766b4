/**
 * A serial NOR flash: bits go from 1 to 0 by programming and back by erasing; both take their time, and power that
 * fails in the middle leaves garbage. Commands and status bits as in the GD25Q80C and P25Q80H datasheets.
 *
 * Time is an argument (µs of the clock). Knows nothing of the controller in front of it, of the core or of firmware.
 */

import { SeededRandom } from "../world/seeded-random.ts";
import { type ProtectedRange, protectedRange } from "./block-protect.ts";
import { FLASH_PARTS, type FlashPart, type FlashPartName, type FlashTimings, NOR_COMMAND } from "./flash-parts.ts";
import { sfdpTable } from "./sfdp.ts";

export interface NorFlashOptions {
  /** Default "GD25Q80". */
  readonly part?: FlashPartName | FlashPart;
  /** What it holds at the start; shorter contents are followed by FFh. Default: erased. */
  readonly contents?: Uint8Array;
  readonly timings?: "typical" | "slow" | FlashTimings;
  /** Decides the unique id and what an interrupted erase or program leaves behind. Default 1. */
  readonly seed?: number;
}

/** What the flash has done since it was made, for tests and benchmarks. Busy time in µs. */
export interface FlashStatistics {
  sectorErases: number;
  block32Erases: number;
  block64Erases: number;
  chipErases: number;
  pagePrograms: number;
  statusWrites: number;
  /** Commands that were ignored because the part was busy, not write-enabled or protected. */
  refused: number;
  busyUs: number;
}

interface Operation {
  readonly kind: "erase" | "program";
  readonly from: number;
  readonly to: number;
  /** The page as it will be, for a program. */
  readonly result?: Uint8Array;
  readonly startedAt: number;
  readonly endsAt: number;
}

const PAGE = 256;
const STATUS_WIP = 1;
const STATUS_WEL = 2;
/** Bits that WRSR can change: SRP0, BP4…BP0 in SR1; CMP, LB, QE, SRP1 in SR2. */
const WRITABLE_STATUS = 0x7ffc;
/** Before it erases, a NOR part programs all bits to 0; the share of the erase time is our assumption. */
const PREPROGRAM_SHARE = 0.2;

export class NorFlash {
  /** The array. A live view for readers; only this class writes it. */
  readonly memory: Uint8Array;
  readonly part: FlashPart;
  readonly statistics: FlashStatistics = {
    sectorErases: 0,
    block32Erases: 0,
    block64Erases: 0,
    chipErases: 0,
    pagePrograms: 0,
    statusWrites: 0,
    refused: 0,
    busyUs: 0,
  };
  /** Called after the array changed in this half-open range. */
  onChange: ((from: number, to: number) => void) | undefined;

  readonly #timings: FlashTimings;
  readonly #random: SeededRandom;
  readonly #uniqueId: Uint8Array;
  readonly #sfdp: Uint8Array;
  #status = 0;
  #writeEnabled = false;
  #statusBusyUntil = 0;
  #operation: Operation | undefined;
  #asleep = false;
  readonly #weak = { program: 0, erase: 0 };

  constructor(options: NorFlashOptions = {}) {
    const part = options.part ?? "GD25Q80";
    this.part = typeof part === "string" ? FLASH_PARTS[part] : part;
    const timings = options.timings ?? "typical";
    this.#timings = typeof timings === "string" ? this.part[timings] : timings;
    this.memory = new Uint8Array(this.part.size).fill(0xff);
    if (options.contents !== undefined) this.memory.set(options.contents.subarray(0, this.part.size));
    this.#random = new SeededRandom(`${options.seed ?? 1}/nor-flash`);
    this.#uniqueId = this.#random.bytes(this.part.uniqueIdLength);
    this.#sfdp = sfdpTable(this.part.size);
  }

  get size(): number {
    return this.memory.length;
  }

  /** When what is under way will be done; in the past or 0 if nothing is. */
  get busyUntil(): number {
    return Math.max(this.#operation?.endsAt ?? 0, this.#statusBusyUntil);
  }

  isBusy(now: number): boolean {
    this.settle(now);
    return this.#operation !== undefined || now < this.#statusBusyUntil;
  }

  /** SR1 in bits 7:0 (WIP 0, WEL 1, BP 6:2, SRP0 7), SR2 in bits 15:8. */
  readStatus(now: number): number {
    const busy = this.isBusy(now);
    return this.#status | (busy ? STATUS_WIP : 0) | (this.#writeEnabled ? STATUS_WEL : 0);
  }

  /**
   * One transaction with chip select low.
   * @param address 24 bits, where the command has one.
   * @param sent data bytes after command, address and dummy bytes.
   * @param wanted how many bytes are clocked out.
   * @returns the bytes clocked out; FFh where the part does not drive the line.
   */
  transact(command: number, address: number, sent: Uint8Array, wanted: number, now: number): Uint8Array {
    const answer = new Uint8Array(wanted).fill(0xff);
    const busy = this.isBusy(now);
    if (command === NOR_COMMAND.readStatus1) return answer.fill(this.readStatus(now) & 0xff);
    if (command === NOR_COMMAND.readStatus2) return answer.fill(this.readStatus(now) >> 8);
    if (busy || (this.#asleep && command !== NOR_COMMAND.releasePowerDown)) {
      this.statistics.refused++;
      return answer;
    }
    const [maker, type, capacity] = this.part.jedec;
    switch (command) {
      case NOR_COMMAND.writeEnable:
      case NOR_COMMAND.volatileWriteEnable:
        this.#writeEnabled = true;
        break;
      case NOR_COMMAND.writeDisable:
        this.#writeEnabled = false;
        break;
      case NOR_COMMAND.writeStatus:
        if (sent.length > 0) this.writeStatus((sent[0] ?? 0) | ((sent[1] ?? this.#status >> 8) << 8), now);
        break;
      case NOR_COMMAND.read:
      case NOR_COMMAND.fastRead:
      case NOR_COMMAND.fastReadDual:
      case NOR_COMMAND.fastReadQuad:
        for (let i = 0; i < wanted; i++) answer[i] = this.memory[(address + i) % this.size]!;
        break;
      case NOR_COMMAND.pageProgram:
        this.program(address, sent, now);
        break;
      case NOR_COMMAND.sectorErase:
        this.erase("sector", address, now);
        break;
      case NOR_COMMAND.block32Erase:
        this.erase("block32", address, now);
        break;
      case NOR_COMMAND.block64Erase:
        this.erase("block64", address, now);
        break;
      case NOR_COMMAND.chipErase:
      case NOR_COMMAND.chipEraseAlternative:
        this.erase("chip", 0, now);
        break;
      case NOR_COMMAND.readJedec:
        answer.set([maker, type, capacity].slice(0, wanted));
        break;
      case NOR_COMMAND.readManufacturer:
        for (let i = 0; i < wanted; i++) answer[i] = ((address + i) & 1) === 0 ? maker : capacity - 1;
        break;
      case NOR_COMMAND.readUniqueId:
        for (let i = 0; i < wanted; i++) answer[i] = this.#uniqueId[i % this.#uniqueId.length]!;
        break;
      case NOR_COMMAND.readSfdp:
        for (let i = 0; i < wanted; i++) answer[i] = this.#sfdp[address + i] ?? 0xff;
        break;
      case NOR_COMMAND.releasePowerDown:
        this.#asleep = false;
        answer.fill(capacity - 1); // the one-byte electronic id is one less than the capacity code
        break;
      case NOR_COMMAND.deepPowerDown:
        this.#asleep = true;
        break;
      default:
        break; // the parts ignore what they do not know
    }
    return answer;
  }

  /** WREN, as the controller's own command bit sends it. */
  setWriteEnable(on: boolean, now: number): void {
    this.transact(on ? NOR_COMMAND.writeEnable : NOR_COMMAND.writeDisable, 0, NOTHING, 0, now);
  }

  /** @returns false if refused (busy, not write-enabled). @param value SR1 | SR2 << 8. */
  writeStatus(value: number, now: number): boolean {
    if (!this.#mayWrite(undefined, now)) return false;
    this.#status = value & WRITABLE_STATUS;
    this.#writeEnabled = false;
    this.#statusBusyUntil = now + this.#timings.writeStatus;
    this.statistics.statusWrites++;
    this.statistics.busyUs += this.#timings.writeStatus;
    return true;
  }

  /** @returns false if refused (busy, not write-enabled, protected). */
  erase(what: "sector" | "block32" | "block64" | "chip", address: number, now: number): boolean {
    const length = { sector: 0x1000, block32: 0x8000, block64: 0x10000, chip: this.size }[what];
    const from = (address % this.size) & ~(length - 1);
    if (!this.#mayWrite({ from, to: from + length }, now)) return false;
    const duration = {
      sector: this.#timings.sectorErase,
      block32: this.#timings.block32Erase,
      block64: this.#timings.block64Erase,
      chip: this.#timings.chipErase,
    }[what];
    this.statistics[COUNTER[what]]++;
    this.#begin({ kind: "erase", from, to: from + length, startedAt: now, endsAt: now + duration });
    return true;
  }

  /** One page at most: what runs over its end wraps to its start, and only the last 256 bytes count. */
  program(address: number, bytes: Uint8Array, now: number): boolean {
    const start = address % this.size;
    const page = start & ~(PAGE - 1);
    if (!this.#mayWrite({ from: page, to: page + PAGE }, now)) return false;
    const result = this.memory.slice(page, page + PAGE);
    for (let i = Math.max(0, bytes.length - PAGE); i < bytes.length; i++) {
      const at = (start + i) & (PAGE - 1);
      result[at] = this.part.overwrites ? bytes[i]! : result[at]! & bytes[i]!;
    }
    this.statistics.pagePrograms++;
    const { firstByte, pageProgram } = this.#timings;
    const furtherBytes = Math.min(bytes.length, PAGE) - 1;
    const endsAt = now + firstByte + (Math.max(0, furtherBytes) * (pageProgram - firstByte)) / (PAGE - 1);
    this.#begin({ kind: "program", from: page, to: page + PAGE, result, startedAt: now, endsAt });
    return true;
  }

  /** Puts into the array what has been completed by now. Idempotent; every command does it. */
  settle(now: number): void {
    const operation = this.#operation;
    if (operation === undefined || now < operation.endsAt) return;
    this.#operation = undefined;
    const before = this.#weak[operation.kind] > 0 ? this.memory.slice(operation.from, operation.to) : undefined;
    if (operation.result === undefined) this.memory.fill(0xff, operation.from, operation.to);
    else this.memory.set(operation.result, operation.from);
    if (before !== undefined) this.#leaveOneBit(operation, before);
    this.onChange?.(operation.from, operation.to);
  }

  /**
   * The next program or erase that changes anything leaves one bit as it was, and nobody is told: what a supply that
   * dips without a brown-out does.
   */
  weaken(kind: "program" | "erase"): void {
    this.#weak[kind]++;
  }

  #leaveOneBit(operation: Operation, before: Uint8Array): void {
    const changed: number[] = [];
    for (let i = 0; i < before.length; i++) if (before[i] !== this.memory[operation.from + i]) changed.push(i);
    if (changed.length === 0) return;
    this.#weak[operation.kind]--;
    const index = changed[this.#random.below(changed.length)]!;
    const at = operation.from + index;
    const difference = before[index]! ^ this.memory[at]!;
    this.memory[at] = this.memory[at]! ^ (difference & -difference);
  }

  /** The supply fails. What was under way stops half-way; which bits it had reached follows from the seed. */
  powerLost(now: number): void {
    this.settle(now);
    this.#writeEnabled = false;
    this.#statusBusyUntil = 0;
    this.#asleep = false;
    const operation = this.#operation;
    if (operation === undefined) return;
    this.#operation = undefined;
    const done = (now - operation.startedAt) / (operation.endsAt - operation.startedAt);
    for (let at = operation.from; at < operation.to; at++) {
      const old = this.memory[at]!;
      if (operation.result !== undefined) {
        const target = operation.result[at - operation.from]!;
        const reached = randomBits(this.#random, done);
        this.memory[at] = (target & reached) | (old & ~reached);
      } else if (done < PREPROGRAM_SHARE) {
        this.memory[at] = old & ~randomBits(this.#random, done / PREPROGRAM_SHARE);
      } else {
        this.memory[at] = randomBits(this.#random, (done - PREPROGRAM_SHARE) / (1 - PREPROGRAM_SHARE));
      }
    }
    this.onChange?.(operation.from, operation.to);
  }

  #mayWrite(range: ProtectedRange | undefined, now: number): boolean {
    const guarded = range === undefined ? undefined : protectedRange(this.#status, this.size);
    const hit = range !== undefined && guarded !== undefined && range.from < guarded.to && guarded.from < range.to;
    if (!this.isBusy(now) && this.#writeEnabled && !this.#asleep && !hit) return true;
    if (hit && !this.isBusy(now)) this.#writeEnabled = false;
    this.statistics.refused++;
    return false;
  }

  #begin(operation: Operation): void {
    this.#operation = operation;
    this.#writeEnabled = false;
    this.statistics.busyUs += operation.endsAt - operation.startedAt;
  }
}

const NOTHING = new Uint8Array(0);
const COUNTER = {
  sector: "sectorErases",
  block32: "block32Erases",
  block64: "block64Erases",
  chip: "chipErases",
} as const;

/** 8 random bits, each 1 with this probability. */
function randomBits(random: SeededRandom, probability: number): number {
  let byte = 0;
  for (let bit = 0; bit < 8; bit++) if (random.chance(probability)) byte |= 1 << bit;
  return byte;
}
