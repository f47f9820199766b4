/** `plugsmith restore`: a backup back into the plug, byte for byte, header untouched. */
import { PlugsmithError } from "../../core/errors.ts";
import { LARGEST_FLASH } from "../../core/image/header.ts";
import type { FlashSession } from "../../engine/flash/contract.ts";
import { type ChosenBackup, chooseBackup, requirePlug } from "../../engine/jobs/restore.ts";
import { abortedError } from "../../engine/time.ts";
import { nodeFiles } from "../../platform/node/index.ts";
import type { CommandModule } from "../command.ts";
import type { PlugConnection } from "../plug/connection.ts";
import { gateOptions } from "../plug/erase-options.ts";
import { declareFlash, planOutcome, withSession } from "../plug/flash-command.ts";
import { macOf } from "../tasmota/target.ts";

export const restoreCommand: CommandModule = {
  declare: (command) =>
    void declareFlash(command)
      .argument(
        "[backup]",
        "MAC of the plug, time of a sealed backup, or file; default: what the plug on the wires was delivered with",
      )
      .option("--backup", "back up what is there now first, in the same connection", false)
      .option("--override-gate <mac>", "restore though the gate is closed: this plug's MAC, typed by hand"),
  run: (run) =>
    withSession(run, async ({ session, plug, confirm }) => {
      const { mac, plug: digits } = await session.identify();
      const { source, name } = await chosen(run.args[0], session, plug);
      const gate = gateOptions(run.options);
      if (run.options["dryRun"] === true) return planOutcome(await session.planRestore(source, gate));
      if (run.options["backup"] === true) await session.backup();
      if (!(await confirm(`Restore ${name} to ${mac}?`))) throw abortedError("restore");
      const result = await session.restore(source, gate);
      run.emit({
        type: "notice",
        level: "warning",
        text: "Wires are still on it: take them off and close the case by its list before the plug sees mains.",
      });
      return {
        data: { ...result, source: name, plug: digits },
        answer: [`Restored ${name}, byte for byte: MD5 ${result.md5}`],
      };
    }),
};

const MAC = /^([0-9a-f]{2}:?){5}[0-9a-f]{2}$/i;

/** What a plug was delivered with, a sealed backup by its time, or a file by its path. */
async function chosen(wanted: string | undefined, session: FlashSession, plug: PlugConnection): Promise<ChosenBackup> {
  const identity = await session.identify();
  const named = wanted !== undefined && !MAC.test(wanted) ? wanted : undefined;
  if (wanted !== undefined && named === undefined) requirePlug(identity, macOf(wanted));
  const sealed = await chooseBackup(plug.files, plug.home, identity.plug, named);
  if (sealed !== undefined) return sealed;
  if (named === undefined) {
    throw new PlugsmithError("file-not-found", {
      message: `There is no sealed backup of ${identity.mac} in ${plug.home}.`,
      step: "restore",
      plugState: "untouched",
      nextStep: "Name a file: plugsmith restore FILE.",
    });
  }
  return { source: { bytes: await plug.hold(nodeFiles.read(named, LARGEST_FLASH)) }, name: named };
}
