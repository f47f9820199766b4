/** Options of the commands that erase: the backup before, and the way round the gate. */
import type { GateOptions } from "../../engine/flash/contract.ts";
import { flag, text } from "../options.ts";

export const GATE_OPTIONS = {
  backup: flag("--backup", "back up first, in the same connection"),
  overrideGate: text("--override-gate <mac>", "go on without a sealed backup: this plug's MAC, typed by hand"),
};

export function gateOptions({ overrideGate: typedMac }: { readonly overrideGate: string | undefined }): GateOptions {
  return { typedMac };
}
