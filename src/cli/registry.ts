/** Every command, in the order of the help page. To add one: a file in commands/ and its name here. */

import type { CommandModule } from "./command.ts";
import { auditCommand } from "./commands/audit.ts";
import { backupCommand } from "./commands/backup.ts";
import { bootCommand } from "./commands/boot.ts";
import { calibrateCommand } from "./commands/calibrate.ts";
import { closeCommand } from "./commands/close.ts";
import { cmndCommand } from "./commands/cmnd.ts";
import { configureCommand } from "./commands/configure.ts";
import { convertCommand } from "./commands/convert.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { eraseCommand } from "./commands/erase.ts";
import { findCommand } from "./commands/find.ts";
import { firmwareCommand } from "./commands/firmware.ts";
import { infoCommand } from "./commands/info.ts";
import { monitorCommand } from "./commands/monitor.ts";
import { portsCommand } from "./commands/ports.ts";
import { prepareCommand } from "./commands/prepare.ts";
import { profileCommand } from "./commands/profile.ts";
import { provisionCommand } from "./commands/provision.ts";
import { rehearseCommand } from "./commands/rehearse.ts";
import { reportCommand } from "./commands/report.ts";
import { rescueCommand } from "./commands/rescue.ts";
import { restoreCommand } from "./commands/restore.ts";
import { secureCommand } from "./commands/secure.ts";
import { settingsCommand } from "./commands/settings.ts";
import { setupCommand } from "./commands/setup.ts";
import { simCommand } from "./commands/sim.ts";
import { statusCommand } from "./commands/status.ts";
import { templateCommand } from "./commands/template.ts";
import { upgradeCommand } from "./commands/upgrade.ts";
import { verifyCommand } from "./commands/verify.ts";
import { verifyMeterCommand } from "./commands/verify-meter.ts";
import { writeCommand } from "./commands/write.ts";

export const COMMANDS: readonly CommandModule[] = [
  convertCommand,
  portsCommand,
  doctorCommand,
  prepareCommand,
  infoCommand,
  backupCommand,
  eraseCommand,
  writeCommand,
  verifyCommand,
  restoreCommand,
  rescueCommand,
  monitorCommand,
  bootCommand,
  setupCommand,
  provisionCommand,
  configureCommand,
  findCommand,
  cmndCommand,
  statusCommand,
  templateCommand,
  settingsCommand,
  firmwareCommand,
  upgradeCommand,
  secureCommand,
  auditCommand,
  closeCommand,
  calibrateCommand,
  verifyMeterCommand,
  profileCommand,
  reportCommand,
  simCommand,
  rehearseCommand,
];
