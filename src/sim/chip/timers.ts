/**
 * FRC1 (23 bits, counts down) and FRC2 (32 bits, counts up to an alarm). NONOS SDK, eagle_soc.h "TIMER reg" and
 * ESP8266 Technical Reference, "Timers". Both count the APB clock through a prescaler of 1, 16 or 256.
 */
import type { ChipTime, ClockDomains } from "./chip-time.ts";
import { TIMER } from "./registers.ts";

const ENABLE = 0x80;
const AUTOLOAD = 0x40;
const FRC1_MAX = 0x7fffff;
const WORD = 0x1_0000_0000;

/** What a counter shows was at `count` when it was `since`; it moves by one every `period` µs. */
interface Anchor {
  count: number;
  since: number;
}

export class Timers {
  readonly #time: ChipTime;
  readonly #clocks: ClockDomains;
  readonly #fire: (timer: 1 | 2) => void;
  #load1 = 0;
  #ctrl1 = 0;
  #status1 = 0;
  #ctrl2 = 0;
  #alarm2 = 0;
  readonly #anchor1: Anchor = { count: 0, since: 0 };
  readonly #anchor2: Anchor = { count: 0, since: 0 };
  #cancel1: (() => void) | undefined;
  #cancel2: (() => void) | undefined;

  /** @param fire an edge on the timer's interrupt. */
  constructor(time: ChipTime, clocks: ClockDomains, fire: (timer: 1 | 2) => void) {
    this.#time = time;
    this.#clocks = clocks;
    this.#fire = fire;
  }

  reset(): void {
    this.#cancel1?.();
    this.#cancel2?.();
    this.#cancel1 = this.#cancel2 = undefined;
    this.#load1 = this.#ctrl1 = this.#status1 = this.#ctrl2 = this.#alarm2 = 0;
    for (const anchor of [this.#anchor1, this.#anchor2]) {
      anchor.count = 0;
      anchor.since = this.#time.now;
    }
  }

  /** Called before the APB clock changes: what has been counted so far stays counted. @returns continues after it. */
  rescale(): () => void {
    const one = this.#count1();
    const two = this.#count2();
    return () => {
      this.#set1(one);
      this.#set2(two);
    };
  }

  read(offset: number): number {
    switch (offset) {
      case TIMER.frc1Load:
        return this.#load1;
      case TIMER.frc1Count:
        this.#time.touched();
        return this.#count1();
      case TIMER.frc1Ctrl:
        return this.#ctrl1 | (this.#status1 << 8);
      case TIMER.frc2Load:
        return this.#anchor2.count;
      case TIMER.frc2Count:
        this.#time.touched();
        return this.#count2();
      case TIMER.frc2Ctrl:
        return this.#ctrl2;
      case TIMER.frc2Alarm:
        return this.#alarm2;
      default:
        return 0;
    }
  }

  write(offset: number, value: number): void {
    this.#time.touched();
    switch (offset) {
      case TIMER.frc1Load:
        this.#load1 = value & FRC1_MAX;
        this.#set1(this.#load1);
        break;
      case TIMER.frc1Ctrl: {
        const count = this.#count1();
        this.#ctrl1 = value & 0xff;
        this.#set1(count);
        break;
      }
      case TIMER.frc1Int:
        this.#status1 = 0;
        break;
      case TIMER.frc2Load:
        this.#set2(value >>> 0);
        break;
      case TIMER.frc2Ctrl: {
        const count = this.#count2();
        this.#ctrl2 = value & 0xff;
        this.#set2(count);
        break;
      }
      case TIMER.frc2Alarm:
        this.#alarm2 = value >>> 0;
        this.#set2(this.#count2());
        break;
      default:
        break;
    }
  }

  #period(ctrl: number): number {
    const prescale = [1, 16, 256, 256][(ctrl >> 2) & 3]!;
    return (prescale * 1e6) / this.#clocks.apbHz;
  }

  #elapsed(anchor: Anchor, ctrl: number): number {
    if ((ctrl & ENABLE) === 0) return 0;
    return Math.floor((this.#time.now - anchor.since) / this.#period(ctrl) + 1e-6);
  }

  #count1(): number {
    return (this.#anchor1.count - this.#elapsed(this.#anchor1, this.#ctrl1)) & FRC1_MAX;
  }

  #count2(): number {
    return (this.#anchor2.count + this.#elapsed(this.#anchor2, this.#ctrl2)) % WORD;
  }

  #set1(count: number): void {
    this.#anchor1.count = count;
    this.#anchor1.since = this.#time.now;
    this.#cancel1?.();
    this.#cancel1 = undefined;
    if ((this.#ctrl1 & ENABLE) === 0) return;
    this.#cancel1 = this.#time.at(this.#time.now + (count + 1) * this.#period(this.#ctrl1), () => {
      this.#status1 = 1;
      this.#set1((this.#ctrl1 & AUTOLOAD) !== 0 ? this.#load1 : FRC1_MAX);
      this.#fire(1);
    });
  }

  #set2(count: number): void {
    this.#anchor2.count = count;
    this.#anchor2.since = this.#time.now;
    this.#cancel2?.();
    this.#cancel2 = undefined;
    if ((this.#ctrl2 & ENABLE) === 0) return;
    const ticks = (this.#alarm2 - count + WORD) % WORD || WORD;
    this.#cancel2 = this.#time.at(this.#time.now + ticks * this.#period(this.#ctrl2), () => {
      this.#set2(this.#alarm2);
      this.#fire(2);
    });
  }
}
