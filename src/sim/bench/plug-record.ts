/**
 * A virtual plug as it is kept between commands (`sim:DIR`): pure data and its text form. The flash is kept beside it
 * as raw bytes. Reading and writing the files is the platform's business; what the chip holds in RAM is not kept, so
 * that opening a kept plug is a cold power-up.
 */

import { PlugsmithError } from "../../core/errors.ts";
import { say, type Text } from "../../core/text/text.ts";
import { FOREIGN_CHIPS, type ForeignChipName } from "../chip/foreign-chip.ts";
import { fromHex, toHex } from "../hex.ts";
import type { SimClock } from "../world/clock.ts";
import type { AdapterOptions, BenchOptions, SupplyOptions, VirtualBench, Wiring } from "./contract.ts";

/** Names inside the plug's folder. */
export const PLUG_FILES: { readonly record: string; readonly flash: string } = {
  record: "plug.json",
  flash: "flash.bin",
};

const FORMAT = "plugsmith virtual plug";
const VERSION = 1;

export interface PlugRecord {
  readonly seed: number;
  /** 12 lower-case hex digits. */
  readonly mac: string;
  readonly flashPart: string;
  readonly flashTimings: "typical" | "slow";
  readonly adapter: AdapterOptions;
  readonly wiring: Wiring;
  readonly supply: SupplyOptions;
  /** Missing where the plug has the chip it should have. */
  readonly foreignChip?: ForeignChipName | undefined;
  readonly gpio0Grounded: boolean;
  readonly pluggedIn: boolean;
}

/** The plug on the bench as it is now. */
export function recordOf(bench: VirtualBench, options: BenchOptions): PlugRecord {
  const { identity } = bench.line;
  return {
    seed: options.seed ?? 1,
    mac: toHex(bench.mac),
    flashPart: options.flashPart ?? "GD25Q80",
    flashTimings: options.flashTimings ?? "typical",
    adapter: { ...options.adapter, serialNumber: identity.serialNumber ?? options.adapter?.serialNumber },
    wiring: bench.wiring,
    supply: options.supply ?? {},
    foreignChip: options.foreignChip,
    gpio0Grounded: bench.gpio0Grounded,
    pluggedIn: bench.pluggedIn,
  };
}

/** What createBench needs to set the plug up again. */
export function benchOptionsOf(record: PlugRecord, flash: Uint8Array, clock: SimClock): BenchOptions {
  const { mac, ...kept } = record;
  return { ...kept, clock, flash, mac: fromHex(mac) };
}

export function serialisePlug(record: PlugRecord): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, ...record }, undefined, 2)}\n`;
}

/** Errors: file-corrupt; record-newer for a later version's record. */
export function parsePlug(text: string): PlugRecord {
  const found = parseJson(text);
  if (found["format"] !== FORMAT) throw corrupt(say`it is not a virtual plug's record`);
  if (typeof found["version"] !== "number" || found["version"] > VERSION) {
    throw new PlugsmithError("record-newer", {
      message: say`This virtual plug was kept by a newer plugsmith.`,
      nextStep: say`Use that version, or start a new virtual plug in another folder.`,
    });
  }
  const problem = firstProblem(found);
  if (problem !== undefined) throw corrupt(problem);
  const { format: _format, version: _version, ...record } = found;
  return record as unknown as PlugRecord;
}

function parseJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Reported below like any other wrong content.
  }
  throw corrupt(say`it is not a JSON object`);
}

const WIRE_STATES = ["connected", "open", "short-to-ground"];

/** Each field's rule; the error names the first that is broken. */
const RULES: readonly { readonly field: string; readonly holds: (value: unknown) => boolean }[] = [
  { field: "seed", holds: (value) => typeof value === "number" },
  { field: "mac", holds: (value) => typeof value === "string" && /^[0-9a-f]{12}$/.test(value) },
  { field: "flashPart", holds: (value) => typeof value === "string" },
  { field: "flashTimings", holds: (value) => value === "typical" || value === "slow" },
  { field: "adapter", holds: isObject },
  { field: "wiring", holds: isWiring },
  { field: "supply", holds: isObject },
  {
    field: "foreignChip",
    holds: (value) => value === undefined || (typeof value === "string" && Object.keys(FOREIGN_CHIPS).includes(value)),
  },
  { field: "gpio0Grounded", holds: (value) => typeof value === "boolean" },
  { field: "pluggedIn", holds: (value) => typeof value === "boolean" },
];

function firstProblem(found: Record<string, unknown>): Text | undefined {
  const broken = RULES.find(({ field, holds }) => !holds(found[field]));
  return broken === undefined ? undefined : say`"${broken.field}" is missing or wrong`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isWiring(value: unknown): boolean {
  if (!isObject(value)) return false;
  const wires = [value["chipRx"], value["chipTx"], value["ground"], value["vcc"]];
  return (
    ["straight", "swapped", "bridged"].includes(String(value["data"])) &&
    wires.every((wire) => WIRE_STATES.includes(String(wire))) &&
    [true, false, "direct"].includes(value["autoReset"] as boolean) &&
    typeof value["noise"] === "number"
  );
}

function corrupt(why: Text): PlugsmithError {
  return new PlugsmithError("file-corrupt", {
    message: say`The virtual plug's record cannot be read: ${why}.`,
    nextStep: say`Restore the folder, or start a new virtual plug in another one.`,
  });
}
