/** Options of the commands that erase: the backup before, and the way round the gate. */
import type { Command } from "commander";
import type { GateOptions } from "../../engine/flash/contract.ts";

export function declareGate(command: Command): Command {
  return command
    .option("--backup", "back up first, in the same connection", false)
    .option("--override-gate <mac>", "go on without a sealed backup: this plug's MAC, typed by hand");
}

export function gateOptions(options: Readonly<Record<string, unknown>>): GateOptions {
  return { typedMac: options["overrideGate"] as string | undefined };
}
