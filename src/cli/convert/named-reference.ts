/** The reference that a person named, or that lies in the virtual home, as options of `calibrate`. */
import type { ReferenceDefault } from "../../engine/index.ts";
import { type ReferenceOptions, referenceNamed } from "../tasmota/reference-options.ts";

/** What lies in the virtual home: an ordinary multimeter, and a heater whose label is right to one percent. */
export const VIRTUAL_REFERENCE = {
  voltmeter: "0.8 % + 3 digits",
  load: 1000,
  loadTolerance: 1,
} as const satisfies Partial<ReferenceOptions>;

/** The options that name it; undefined where it is left for later. */
export function namedBy(reference: ReferenceDefault): Partial<ReferenceOptions> | undefined {
  if (reference.kind === "later") return undefined;
  const { kind: _, ...named } = reference;
  return named;
}

/** What the options name, else what lies in the virtual home. */
export function withVirtualReference<O extends ReferenceOptions>(options: O): O {
  return referenceNamed(options) ? options : { ...options, ...VIRTUAL_REFERENCE };
}
