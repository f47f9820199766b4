/** What is plugged into the plug: active power and current for a voltage. Knows nothing of meters. */

export interface Appliance {
  /** Active power at `atVolts`, watts. 0 = nothing plugged in. */
  readonly watts: number;
  /** Active power over apparent power, 0 < pf <= 1. Default 1, a purely resistive load. */
  readonly powerFactor?: number;
  /** The voltage `watts` is stated at. Default 230. */
  readonly atVolts?: number;
  /**
   * "resistive": power follows the square of the voltage (kettle, iron; a bulb nearly so).
   * "regulated": power stays, current gives way (switched supplies). Default "resistive".
   */
  readonly kind?: "resistive" | "regulated";
}

/** Power and current drawn at a voltage. No voltage, no draw. */
export interface Draw {
  readonly watts: number;
  readonly amps: number;
}

export class Load {
  #appliance: Appliance = { watts: 0 };
  readonly #watchers = new Set<() => void>();

  constructor(appliance?: Appliance) {
    if (appliance !== undefined) this.#appliance = appliance;
  }

  get appliance(): Appliance {
    return this.#appliance;
  }

  /** Plugs something else in. */
  set appliance(appliance: Appliance) {
    for (const watcher of this.#watchers) watcher();
    this.#appliance = appliance;
  }

  draw(voltage: number): Draw {
    const { watts, powerFactor = 1, atVolts = 230, kind = "resistive" } = this.#appliance;
    if (voltage <= 0 || watts <= 0) return { watts: 0, amps: 0 };
    const drawn = kind === "resistive" ? watts * (voltage / atVolts) ** 2 : watts;
    return { watts: drawn, amps: drawn / (voltage * powerFactor) };
  }

  /** Called just before every change. */
  watch(beforeChange: () => void): () => void {
    this.#watchers.add(beforeChange);
    return () => this.#watchers.delete(beforeChange);
  }
}
