/** A command for tests of the program around it, without a line in the registry. */
import { say } from "../core/index.ts";
import type { CommandEntry, CommandModule } from "./command.ts";

export function commandEntry(name: string, module: CommandModule): CommandEntry {
  return { name, summary: say`for this test`, group: say`Tests`, load: async () => module };
}
