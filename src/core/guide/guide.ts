/**
 * What a device's guide holds: how it is opened, wired, checked and closed. Facts only; texts are kept apart by language.
 */
export type GuideUnit = "V" | "A" | "W" | "ohm" | "Mohm";

export interface GuideStep {
  readonly id: string;
  readonly drawing?: string | undefined;
}

export interface GuideWire extends GuideStep {
  readonly chip: string;
  readonly adapter: string;
  readonly colour: string;
  /** Pin numbers of the chip's package, to find the pad by continuity: no pad position is ever drawn. */
  readonly chipPins: readonly number[];
}

export interface GuideConfirmation extends GuideStep {
  readonly confirm: true;
}

export interface GuideMeasurement extends GuideStep {
  readonly measure: GuideUnit;
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
  readonly nullLeads?: boolean | undefined;
  /** The two points to touch, by text id. */
  readonly points?: readonly [string, string] | undefined;
  readonly source: string;
}

/** Taken before the board gets power: on the adapter alone, or on the board with its wires. */
export interface GuideBenchMeasurement extends GuideMeasurement {
  readonly on: "adapter" | "board";
}

/** What a GPIO is to the person: an LED that shows something, the button, the relay. */
export interface GuideRole extends GuideStep {
  readonly gpio: number;
}

export type ClosingItem = GuideConfirmation | GuideMeasurement;

export interface GuideLimit {
  readonly value: number;
  readonly unit: GuideUnit;
  readonly source: string;
}

export interface Guide {
  readonly version: 1;
  readonly device: string;
  readonly drawings: readonly string[];
  readonly tools: readonly string[];
  readonly opening: readonly GuideStep[];
  readonly wiring: readonly GuideWire[];
  readonly chipPinsSource: string;
  /** What shows that the board has power, by text id; undefined where nothing is known to. */
  readonly powerSign?: string | undefined;
  readonly beforePower: readonly GuideBenchMeasurement[];
  readonly closing: readonly ClosingItem[];
  readonly limits: { readonly current: GuideLimit; readonly maxPower: GuideLimit };
  readonly roles: readonly GuideRole[];
  /** What is not known yet about this device, by text id: shown to the person instead of a guess. */
  readonly unknown: readonly string[];
  readonly variants: readonly { readonly id: string; readonly supported: boolean }[];
}

export type GuideTexts = Readonly<Record<string, string>>;
