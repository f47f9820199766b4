/**
 * Data as JSON between a host and a page, and back. JSON alone would keep only the English of a text and would lose an
 * infinite reading: here a text keeps its source and values, so that a page can show it in any language at any time.
 */
import { Text, type TextValue } from "./text.ts";

/** An object with one of these keys stands for what JSON has no word for. */
const TEXT = "$text";
const NUMBER = "$number";
/** An object of the data itself that has such a key. */
const OBJECT = "$object";
const MARKS: readonly string[] = [TEXT, NUMBER, OBJECT];

/** What `unpacked` gives back. Fields that are undefined are left out. */
export function packed(data: unknown): unknown {
  if (data instanceof Text) return { [TEXT]: [data.source, ...data.values.map(packed)] };
  if (typeof data === "number" && !Number.isFinite(data)) return { [NUMBER]: String(data) };
  if (Array.isArray(data)) return data.map(packed);
  if (typeof data !== "object" || data === null) return data;
  const fields = Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, packed(value)] as const);
  const object = Object.fromEntries(fields);
  return fields.some(([name]) => MARKS.includes(name)) ? { [OBJECT]: object } : object;
}

/** @throws TypeError where a mark is followed by something that `packed` does not write. */
export function unpacked(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(unpacked);
  if (typeof data !== "object" || data === null) return data;
  const [name, ...others] = Object.keys(data);
  const value = name === undefined ? undefined : (data as Record<string, unknown>)[name];
  if (others.length === 0 && name === TEXT) return textOf(value);
  if (others.length === 0 && name === NUMBER) return numberOf(value);
  return unpackedFields(others.length === 0 && name === OBJECT ? value : data);
}

function unpackedFields(object: unknown): unknown {
  if (typeof object !== "object" || object === null) throw new TypeError("An object was expected.");
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, unpacked(value)]));
}

function textOf(parts: unknown): Text {
  if (!Array.isArray(parts) || typeof parts[0] !== "string") throw new TypeError("A text needs its source.");
  return new Text(parts[0], parts.slice(1).map(unpacked) as TextValue[]);
}

function numberOf(name: unknown): number {
  if (name === "Infinity" || name === "-Infinity" || name === "NaN") return Number(name);
  throw new TypeError("Only an infinite number, or none, is written by its name.");
}
