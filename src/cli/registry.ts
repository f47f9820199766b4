/** Every command, in the order of the help page. To add one: a file in commands/ and its name here. */
import type { CommandModule } from "./command.ts";
import { auditCommand } from "./commands/audit.ts";
import { calibrateCommand } from "./commands/calibrate.ts";
import { cmndCommand } from "./commands/cmnd.ts";
import { findCommand } from "./commands/find.ts";
import { portsCommand } from "./commands/ports.ts";
import { secureCommand } from "./commands/secure.ts";
import { settingsCommand } from "./commands/settings.ts";
import { setupCommand } from "./commands/setup.ts";
import { statusCommand } from "./commands/status.ts";
import { templateCommand } from "./commands/template.ts";
import { verifyMeterCommand } from "./commands/verify-meter.ts";

export const COMMANDS: readonly CommandModule[] = [
  portsCommand,
  setupCommand,
  findCommand,
  cmndCommand,
  statusCommand,
  templateCommand,
  settingsCommand,
  secureCommand,
  auditCommand,
  calibrateCommand,
  verifyMeterCommand,
];
