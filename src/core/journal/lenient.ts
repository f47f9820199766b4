/** Fields of stored data that are read where they are what they should be, and left out where they are not. */
import * as v from "valibot";

type Lenient<T> = v.OptionalSchema<v.GenericSchema<unknown, T>, undefined> & { readonly fallback: undefined };

/** A field that may be missing; one of another kind counts as missing. */
export function lenient<T>(schema: v.GenericSchema<unknown, T>): Lenient<T> {
  return v.fallback(v.optional(schema), undefined);
}

export const text: Lenient<string> = lenient(v.string());
export const number: Lenient<number> = lenient(v.number());
export const flag: Lenient<boolean> = lenient(v.boolean());
