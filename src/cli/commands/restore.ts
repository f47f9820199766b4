/** `plugsmith restore`: a backup back into the plug, byte for byte, header untouched. */
import { LARGEST_FLASH, PlugsmithError, say } from "../../core/index.ts";
import {
  type AskWhich,
  abortedError,
  type BackupCandidate,
  type ChosenBackup,
  chooseBackup,
  type FlashSession,
  firmwareWords,
  type OperatorChoice,
  requirePlug,
} from "../../engine/index.ts";
import { nodeFiles } from "../../platform/node/index.ts";
import { type CommandModule, type CommandRun, defineCommand } from "../command.ts";
import { flag, macOf, text } from "../options.ts";
import type { PlugConnection } from "../plug/connection.ts";
import { FLASH_OPTIONS, withSession } from "../plug/flash-command.ts";
import { gateOptions, planOutcome } from "../plug/flash-options.ts";

export const restoreCommand: CommandModule = defineCommand({
  arguments: [
    [
      "[backup]",
      say`MAC of the plug, time of a sealed backup, or file; default: the first backup of the plug on the wires; asked where that is not certain`,
    ],
  ],
  options: {
    ...FLASH_OPTIONS,
    backup: flag("--backup", say`back up what is there now first, in the same connection`),
    overrideGate: text("--override-gate <mac>", say`restore though the gate is closed: this plug's MAC, typed by hand`),
  },
  run: (run, options) =>
    withSession(run, options, async ({ session, plug, confirmed }) => {
      const { mac, plug: digits } = await session.identify();
      const { source, name } = await chosen(run, session, plug);
      const gate = gateOptions(options);
      if (options.dryRun) return planOutcome(await session.planRestore(source, gate));
      if (options.backup) await session.backup();
      if (!(await confirmed(say`Restore ${name} to ${mac}?`))) throw abortedError("restore");
      const result = await session.restore(source, gate);
      run.emit({
        type: "notice",
        level: "warning",
        text: say`Wires are still on it: take them off and close the case by its list before the plug sees mains.`,
      });
      return {
        data: { ...result, source: name, plug: digits },
        answer: [say`Restored ${name}, byte for byte: MD5 ${result.md5}`],
      };
    }),
});

const MAC = /^([0-9a-f]{2}:?){5}[0-9a-f]{2}$/i;

/** What a plug was delivered with, a sealed backup by its time, or a file by its path. */
async function chosen(run: CommandRun, session: FlashSession, plug: PlugConnection): Promise<ChosenBackup> {
  const [wanted] = run.args;
  const identity = await session.identify();
  const named = wanted !== undefined && !MAC.test(wanted) ? wanted : undefined;
  if (wanted !== undefined && named === undefined) requirePlug(identity, macOf(wanted));
  const ask: AskWhich = (candidates) => plug.hold(run.operator.choose(whichOriginal(candidates), run.signal));
  const sealed = await chooseBackup(plug.files, plug.home, identity.plug, named, run.attended ? ask : undefined);
  if (sealed !== undefined) return sealed;
  if (named === undefined) {
    throw new PlugsmithError("file-not-found", {
      message: say`There is no sealed backup of ${identity.mac} in ${plug.home}.`,
      step: "restore",
      plugState: say`untouched`,
      nextStep: say`Name a file: plugsmith restore FILE.`,
    });
  }
  return { source: { bytes: await plug.hold(nodeFiles.read(named, LARGEST_FLASH)) }, name: named };
}

function whichOriginal(candidates: readonly BackupCandidate[]): OperatorChoice {
  return {
    id: "which-backup",
    text: say`It cannot be known which of these backups is the original: their times and the plug's journal disagree, or the first is of Tasmota. Which one goes back?`,
    options: candidates.map(({ id, firmware }) => ({ id, text: say`${id}, ${firmwareWords(firmware)}` })),
  };
}
