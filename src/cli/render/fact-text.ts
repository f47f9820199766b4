/** What was learnt, in words: facts are named for programs (flashSize) and some carry a unit that goes without saying there. */
import { sizeText } from "./quantity.ts";

type Value = string | number | boolean;

/** Names and units of those that would not be understood as they are. `signal` is in dBm (Tasmota, Status 11). */
const KNOWN: Readonly<Record<string, (value: Value) => string>> = {
  mac: (value) => `MAC: ${value}`,
  sha256: (value) => `SHA-256: ${value}`,
  variant: (value) => `chip: ${value}`,
  flashSize: (value) => `flash: ${typeof value === "number" ? sizeText(value) : value}`,
  crystalMhz: (value) => `crystal: ${value} MHz`,
  baud: (value) => `rate: ${value} baud`,
  signal: (value) => `signal: ${value} dBm`,
  uptime: (value) => `running for: ${value} s`,
  textsUsed: (value) => `memory for texts: ${value} B used`,
};

export function factText(name: string, value: Value): string {
  const known = Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined;
  return known?.(value) ?? `${words(name)}: ${value}`;
}

/** What begins with a capital is a name of Tasmota's and stays as it is: VoltageCal. */
function words(name: string): string {
  if (/^[A-Z]/.test(name)) return name;
  return name.replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}
