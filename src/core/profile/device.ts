/** What is true of a device whatever firmware runs on it. */
import * as v from "valibot";

export interface DeviceFacts {
  readonly id: string;
  readonly name: string;
  /** Where its facts come from. */
  readonly sources: readonly string[];
  /** What an image and the running firmware must show. */
  readonly flash: { readonly bytes: number; readonly mode: string };
  /** Rated current of the plug, and the voltage the power limit is calculated with. */
  readonly rating: { readonly amperes: number; readonly volts: number; readonly source: string };
}

export interface PlaceProblem {
  /** "settings.3.value"; empty where the whole is meant. */
  readonly place: string;
  readonly message: string;
}

export const DEVICE: v.GenericSchema<unknown, DeviceFacts> = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)),
  name: v.pipe(v.string(), v.minLength(1)),
  sources: v.pipe(v.array(v.pipe(v.string(), v.minLength(8, "a source that somebody can look up"))), v.minLength(1)),
  flash: v.strictObject({
    bytes: v.pipe(v.number(), v.integer(), v.minValue(0x10_0000)),
    mode: v.picklist(["QIO", "QOUT", "DIO", "DOUT"]),
  }),
  rating: v.strictObject({
    amperes: v.pipe(v.number(), v.minValue(0.1)),
    volts: v.pipe(v.number(), v.minValue(1)),
    source: v.string(),
  }),
});

/** Places as a path of keys, within what was parsed. */
export function problemsOf(issues: readonly v.BaseIssue<unknown>[]): readonly PlaceProblem[] {
  return issues.map((issue) => ({ place: v.getDotPath(issue) ?? "", message: issue.message }));
}

/** The same problems, their places within `outer`. */
export function within(outer: string, problems: readonly PlaceProblem[]): readonly PlaceProblem[] {
  return problems.map(({ place, message }) => ({ place: place === "" ? outer : `${outer}.${place}`, message }));
}
