/** `plugsmith restore`: a backup back into the plug, byte for byte, header untouched. */
import { PlugsmithError } from "../../core/errors.ts";
import type { FlashSession, RestoreSource } from "../../engine/flash/contract.ts";
import { listBackups, readSealedImage } from "../../engine/home/backups.ts";
import { abortedError } from "../../engine/time.ts";
import { nodeFiles } from "../../platform/node/index.ts";
import type { CommandModule } from "../command.ts";
import type { PlugConnection } from "../plug/connection.ts";
import { gateOptions } from "../plug/erase-options.ts";
import { declareFlash, planOutcome, withSession } from "../plug/flash-command.ts";

export const restoreCommand: CommandModule = {
  name: "restore",
  summary: "write a backup back, byte for byte",
  declare: (command) =>
    void declareFlash(command)
      .argument("[backup]", "file, or time of a sealed backup; default: this plug's first")
      .option("--backup", "back up what is there now first, in the same connection", false)
      .option("--override-gate <mac>", "restore though the gate is closed: this plug's MAC, typed by hand"),
  run: (run) =>
    withSession(run, async ({ session, plug, confirm }) => {
      const { mac } = await session.identify();
      const { source, name } = await chosen(run.args[0], session, plug);
      const gate = gateOptions(run.options);
      if (run.options["dryRun"] === true) return planOutcome(await session.planRestore(source, gate));
      if (run.options["backup"] === true) await session.backup();
      if (!(await confirm(`Restore ${name} to ${mac}?`))) throw abortedError("restore");
      const result = await session.restore(source, gate);
      return { data: { ...result, source: name }, answer: [`Restored ${name}, byte for byte: MD5 ${result.md5}`] };
    }),
};

/** A sealed backup by its time, a file by its path, or the plug's first backup: what it was delivered with. */
async function chosen(
  wanted: string | undefined,
  session: FlashSession,
  plug: PlugConnection,
): Promise<{ source: RestoreSource; name: string }> {
  const identity = await session.identify();
  const backups = await listBackups(plug.files, plug.home, identity.plug);
  const sealed = wanted === undefined ? backups[0] : backups.find((backup) => backup.id === wanted);
  if (sealed !== undefined) {
    const bytes = await readSealedImage(plug.files, sealed);
    return { source: { bytes, manifest: sealed.manifest }, name: `the backup of ${sealed.manifest.time}` };
  }
  if (wanted === undefined) {
    throw new PlugsmithError("file-not-found", {
      message: `There is no sealed backup of ${identity.mac} in ${plug.home}.`,
      step: "restore",
      plugState: "untouched",
      nextStep: "Name a file: plugsmith restore FILE.",
    });
  }
  return { source: { bytes: await plug.hold(nodeFiles.read(wanted)) }, name: wanted };
}
