/**
 * Where the chip's 3.3 V comes from and whether it suffices: the adapter's pin or a separate supply, broken and shorted
 * wires, sags, overload, and the adapter's idle TXD that half-feeds an unpowered chip through its input's protection
 * diode, so that a supply switched off and on again is no power cycle. Knows nothing of bytes.
 */

import type { UsbAdapter } from "../wire/adapter.ts";
import type { Harness } from "../wire/harness.ts";
import type { SimClock } from "../world/clock.ts";
import type { BenchChip } from "./bench-chip.ts";

/** How long the capacitors hold the supply up against too great a load, µs. */
const HOLD_UP_US = 1500;
/** How long the sagged supply takes to come back once the chip has stopped drawing, µs. */
const RECOVERY_US = 20_000;

type Feed = "off" | "on" | "half-fed";

export interface PowerParts {
  readonly clock: SimClock;
  readonly adapter: UsbAdapter;
  readonly harness: Harness;
  readonly chip: BenchChip;
  readonly from: "adapter" | "separate";
  readonly adapterVolts: number;
  readonly limitMa: number;
  /** Called when the chip gets power after having had none. */
  readonly poweredUp: () => void;
  /** Told what the person has done wrong. */
  readonly incident: (what: string) => void;
}

/** Espressif, ESP8285 Datasheet, Electrical Characteristics: supply and inputs at most 3.6 V. */
const CHIP_MAX_VOLTS = 3.6;

export class PowerPath {
  readonly #parts: PowerParts;
  #supplyOn = false;
  #mains = false;
  /** Mains or 5 V went through the wires: nothing on the board works any more. */
  #dead = false;
  #feed: Feed = "off";
  /** The voltage never fell low enough for a power-on reset: the chip hangs until EN or a real power cycle. */
  #hung = false;
  #sagging: (() => void) | undefined;
  #overload: (() => void) | undefined;

  constructor(parts: PowerParts) {
    this.#parts = parts;
    parts.harness.onResetReleased = () => this.#resetReleased();
  }

  get supplyOn(): boolean {
    return this.#supplyOn;
  }

  switchSupply(on: boolean): void {
    this.#supplyOn = on;
    this.update();
  }

  /** The plug's own supply; it gives what the radio needs. */
  plugIntoMains(on: boolean): void {
    const { harness, incident } = this.#parts;
    this.#mains = on;
    if (on && harness.wired) {
      incident("mains with wires attached: the adapter and the board are destroyed, and anyone who touched them");
      this.#dead = true;
    }
    this.update();
  }

  /** Below the brown-out level for this long, µs. */
  sag(durationUs: number): void {
    const { clock } = this.#parts;
    this.#sagging?.();
    this.#sagging = clock.at(clock.now + durationUs, () => {
      this.#sagging = undefined;
      this.update();
    });
    this.update();
  }

  /** The chip draws this much now, mA. */
  draws(milliamps: number): void {
    const { clock, limitMa } = this.#parts;
    if (milliamps <= limitMa || this.#mains) {
      this.#overload?.();
      this.#overload = undefined;
      return;
    }
    this.#overload ??= clock.at(clock.now + HOLD_UP_US, () => {
      this.#overload = undefined;
      this.sag(RECOVERY_US);
    });
  }

  /** Looks at everything again; called whenever something that matters has changed. */
  update(): void {
    const { chip, harness, poweredUp } = this.#parts;
    this.#tripOnShort();
    this.#burnAtFiveVolts();
    const feed = this.#feedNow();
    const before = this.#feed;
    if (feed === before) return;
    this.#feed = feed;
    if (before === "on") {
      this.#overload?.();
      this.#overload = undefined;
      harness.chipAlive = false;
      chip.setPower(false);
    }
    if (feed !== "on") return;
    this.#hung = before === "half-fed";
    chip.setReset(this.#hung || harness.resetHeld ? 0 : 1);
    harness.chipAlive = !this.#hung;
    poweredUp();
    chip.setPower(true);
  }

  #feedNow(): Feed {
    const { adapter, harness, from } = this.#parts;
    const { vcc, ground } = harness.wiring;
    if (this.#dead) return "off";
    if (this.#mains) return "on";
    if (this.#sagging !== undefined) return "off";
    const fed = from === "adapter" ? adapter.plugged && ground !== "open" : this.#supplyOn;
    if (fed && vcc === "connected") return "on";
    return this.#txReachesChip() ? "half-fed" : "off";
  }

  /** The adapter's idle TX stands at its own supply, and gets into the chip through a pin's protection diode. */
  #txReachesChip(): boolean {
    const { adapter, harness } = this.#parts;
    const { data, chipRx, chipTx, ground } = harness.wiring;
    const wired = (data === "straight" && chipRx === "connected") || (data === "swapped" && chipTx === "connected");
    return adapter.plugged && ground !== "open" && wired;
  }

  #burnAtFiveVolts(): void {
    const { adapter, harness, from, adapterVolts, incident } = this.#parts;
    if (adapterVolts <= CHIP_MAX_VOLTS || this.#dead) return;
    const { vcc, ground } = harness.wiring;
    const fed = from === "adapter" && adapter.plugged && ground !== "open" && vcc === "connected";
    if (!fed && !this.#txReachesChip()) return;
    incident(`${adapterVolts} V on a chip made for 3.3 V: it is destroyed`);
    this.#dead = true;
  }

  /** A short between Vcc and ground makes the computer switch its USB socket off, or trips the supply. */
  #tripOnShort(): void {
    const { adapter, harness, from, incident } = this.#parts;
    if (harness.wiring.vcc !== "short-to-ground") return;
    if (from === "adapter" && adapter.plugged) {
      incident("Vcc shorted to ground: the computer switched the USB socket off");
      adapter.pullOut();
    }
    if (from === "separate" && this.#supplyOn) {
      incident("Vcc shorted to ground: the supply tripped");
      this.#supplyOn = false;
    }
  }

  #resetReleased(): void {
    const { chip, harness } = this.#parts;
    if (this.#feed === "on") {
      this.#hung = false;
      harness.chipAlive = true;
    }
    chip.setReset(1);
  }
}
