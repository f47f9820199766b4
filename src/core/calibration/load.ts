/**
 * A known load: its rated power at its rated voltage, and what it takes at another voltage. P = Pr · (U / Ur)^k.
 */
import { say, type Text } from "../text/text.ts";
import { type Quantity, rectangular } from "./uncertainty.ts";

export interface LoadKind {
  readonly name: Text;
  /** k above. */
  readonly exponent: Quantity;
  /** Manufacturing tolerance of the rated power, relative half-width, where the person knows no better. */
  readonly tolerance: number;
  readonly source: string;
}

export type LoadKindName = "heater" | "filament";

/** Loads whose power factor is 1 and whose power follows the voltage in a known way. */
export const LOAD_KINDS: Readonly<Record<LoadKindName, LoadKind>> = {
  heater: {
    name: say`heater, kettle or iron with one fixed resistance`,
    // A resistance: P = U²/R. The resistance of heating alloys changes by a few percent between cold and red hot
    // (temperature factor Ct in the alloys' data sheets), hence a little room around 2.
    exponent: { value: 2, u: rectangular(0.04) },
    // IEC 60335-1, clause 10.1: heating appliances above 200 W may take 5 % more and 10 % less than rated.
    tolerance: 0.1,
    source: "Ohm's law; deviation of the rated input: IEC 60335-1, clause 10.1",
  },
  filament: {
    name: say`filament bulb (incandescent or halogen)`,
    // The filament's resistance rises with voltage. Lamp rerating uses (Ua/Ud)^1.6 for power and says that the
    // exponent varies with the lamp's design (IES Lighting Handbook, lamp characteristic curves).
    exponent: { value: 1.6, u: rectangular(0.08) },
    // IEC 60064 allows a new lamp 104 % of the rated power + 0.5 W; an aged one takes less.
    tolerance: 0.06,
    source: "lamp rerating, IES Lighting Handbook; initial wattage: IEC 60064",
  },
};

export interface KnownLoad {
  readonly kind: LoadKindName;
  /** W at `ratedVoltage`. */
  readonly ratedPower: number;
  /** V. */
  readonly ratedVoltage: number;
  /** Relative half-width of the rated power's tolerance: 0.05 for ±5 %. Undefined: the kind's. */
  readonly tolerance?: number | undefined;
}

/** Power at the actual voltage, with the uncertainty of the rating, the exponent and the voltage (GUM 5.1.6). */
export function powerAt(load: KnownLoad, voltage: Quantity): Quantity {
  const { exponent, tolerance } = LOAD_KINDS[load.kind];
  const ratio = voltage.value / load.ratedVoltage;
  const value = load.ratedPower * ratio ** exponent.value;
  const relative = Math.hypot(
    rectangular(load.tolerance ?? tolerance),
    Math.log(ratio) * exponent.u,
    (exponent.value * voltage.u) / voltage.value,
  );
  return { value, u: Math.abs(value) * relative };
}
