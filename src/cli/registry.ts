/** Every command, in the order of the help page. To add one: a file in commands/ and its name here. */
import type { CommandModule } from "./command.ts";
import { portsCommand } from "./commands/ports.ts";

export const COMMANDS: readonly CommandModule[] = [portsCommand];
