/**
 * GPIO registers (NONOS SDK, gpio_register.h; ESP8266 Technical Reference, "GPIO"): outputs, inputs, the latched
 * straps in GPIO_IN[31:16], edge and level interrupts, and the calibration of the slow clock, which lies among them.
 */
import type { ChipTime } from "./chip-time.ts";
import type { Pins } from "./pins.ts";
import { GPIO } from "./registers.ts";
import { SlowClockCalibration } from "./slow-clock-calibration.ts";

const LOW_PINS = 0xffff;
const PIN_REGISTERS = 16;
/** GPIO_PINn[9:7]: 1 rising, 2 falling, 3 both, 4 low level, 5 high level. */
const TYPE = { rising: 1, falling: 2, both: 3, low: 4, high: 5 } as const;

export class Gpio {
  /** Straps as latched when the reset ended: 16 bits, shown in GPIO_IN[31:16]. */
  straps = 0;

  readonly #time: ChipTime;
  readonly #pins: Pins;
  readonly #setInterrupt: (asserted: boolean) => void;
  readonly #pinRegisters: Uint32Array = new Uint32Array(PIN_REGISTERS);
  readonly #calibration: SlowClockCalibration;
  #out = 0;
  #enable = 0;
  #status = 0;

  constructor(time: ChipTime, pins: Pins, setInterrupt: (asserted: boolean) => void) {
    this.#time = time;
    this.#pins = pins;
    this.#calibration = new SlowClockCalibration(time);
    this.#setInterrupt = setInterrupt;
  }

  reset(): void {
    this.#out = this.#enable = this.#status = 0;
    this.#pinRegisters.fill(0);
    this.#calibration.reset();
    this.#drive();
    this.#setInterrupt(false);
  }

  read(offset: number): number {
    switch (offset) {
      case GPIO.out:
        return this.#out;
      case GPIO.enable:
        return this.#enable;
      case GPIO.in:
        return ((this.straps << 16) | (this.#pins.levels & LOW_PINS)) >>> 0;
      case GPIO.status:
        return this.#status;
      case GPIO.calibrate:
        return this.#calibration.control;
      case GPIO.calibration:
        return this.#calibration.value;
      default: {
        const pin = (offset - GPIO.pin0) >> 2;
        return this.#pinRegisters[pin] ?? 0;
      }
    }
  }

  write(offset: number, value: number): void {
    this.#time.touched();
    switch (offset) {
      case GPIO.out:
        this.#out = value & LOW_PINS;
        break;
      case GPIO.outSet:
        this.#out |= value & LOW_PINS;
        break;
      case GPIO.outClear:
        this.#out &= ~value;
        break;
      case GPIO.enable:
        this.#enable = value & LOW_PINS;
        break;
      case GPIO.enableSet:
        this.#enable |= value & LOW_PINS;
        break;
      case GPIO.enableClear:
        this.#enable &= ~value;
        break;
      case GPIO.status:
        this.#status = value & LOW_PINS;
        break;
      case GPIO.statusSet:
        this.#status |= value & LOW_PINS;
        break;
      case GPIO.statusClear:
        this.#status &= ~value;
        break;
      case GPIO.calibrate:
        this.#calibration.control = value;
        return;
      default: {
        const pin = (offset - GPIO.pin0) >> 2;
        if (pin >= 0 && pin < PIN_REGISTERS) this.#pinRegisters[pin] = value;
      }
    }
    this.#drive();
    this.#interrupt(0);
  }

  /** Pins changed their level: bit per GPIO. */
  pinsChanged(changed: number): void {
    this.#interrupt(changed);
  }

  #drive(): void {
    this.#pins.drive(this.#enable, this.#out);
  }

  #interrupt(changed: number): void {
    const levels = this.#pins.levels;
    for (let pin = 0; pin < PIN_REGISTERS; pin++) {
      const bit = 1 << pin;
      const high = (levels & bit) !== 0;
      const type = (this.#pinRegisters[pin]! >> 7) & 7;
      const edge = (changed & bit) !== 0;
      const fires =
        (edge && (type === TYPE.both || type === (high ? TYPE.rising : TYPE.falling))) ||
        type === (high ? TYPE.high : TYPE.low);
      if (fires) this.#status |= bit;
    }
    this.#setInterrupt(this.#status !== 0);
  }
}
