/** A command for tests of the program around it, without a line in the registry. */
import type { CommandEntry, CommandModule } from "./command.ts";

export function commandEntry(name: string, module: CommandModule): CommandEntry {
  return { name, summary: "for this test", group: "Tests", load: async () => module };
}
