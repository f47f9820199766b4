/** What was learnt, in words: facts are named for programs (flashSize) and some carry a unit that goes without saying there. */
import { joined, say, type Text } from "../../core/index.ts";
import { sizeText } from "./quantity.ts";

type Value = string | number | boolean;

/** Names and units of those that would not be understood as they are. `signal` is in dBm (Tasmota, Status 11). */
const KNOWN: Readonly<Record<string, (value: string) => Text>> = {
  mac: (value) => say`MAC: ${value}`,
  sha256: (value) => say`SHA-256: ${value}`,
  variant: (value) => say`chip: ${value}`,
  crystalMhz: (value) => say`crystal: ${value} MHz`,
  baud: (value) => say`rate: ${value} baud`,
  signal: (value) => say`signal: ${value} dBm`,
  uptime: (value) => say`running for: ${value} s`,
  textsUsed: (value) => say`memory for texts: ${value} B used`,
};

export function factText(name: string, value: Value): Text {
  if (name === "flashSize") return say`flash: ${typeof value === "number" ? sizeText(value) : String(value)}`;
  const known = Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined;
  return known?.(String(value)) ?? joined([named(name), String(value)], ": ");
}

/** What says in words what it is, and has no unit. */
const NAMES: Readonly<Record<string, Text>> = {
  port: say`port`,
  adapter: say`adapter`,
  backup: say`backup`,
  address: say`address`,
  servedAt: say`served at`,
  flashMaker: say`flash maker`,
  hostname: say`hostname`,
  version: say`version`,
  image: say`image`,
  hardware: say`hardware`,
  name: say`name`,
  topic: say`topic`,
};

function named(name: string): Text | string {
  return (Object.hasOwn(NAMES, name) ? NAMES[name] : undefined) ?? words(name);
}

/** What begins with a capital is a name of Tasmota's and stays as it is: VoltageCal. */
function words(name: string): string {
  if (/^[A-Z]/.test(name)) return name;
  return name.replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}
