/** `plugsmith backup`: the whole flash, proven and sealed. */

import { noteSessionStep } from "../../engine/jobs/step-record.ts";
import type { CommandModule } from "../command.ts";
import { declareFlash, planOutcome, withSession } from "../plug/flash-command.ts";

export const backupCommand: CommandModule = {
  declare: (command) =>
    void declareFlash(command).option(
      "--out <file>",
      "also a copy here; one that is there already is completed, another file is left alone",
    ),
  run: (run) =>
    withSession(run, async ({ session, plug }) => {
      const options = { out: run.options["out"] as string | undefined };
      if (run.options["dryRun"] === true) return planOutcome(await session.planBackup(options));
      const result = await session.backup(options);
      const { manifest, path, already } = result;
      await noteSessionStep(session, plug, "back-up", { file: path, sha256: manifest.sha256, already });
      return {
        data: { ...result },
        answer: [
          `${already ? "Already sealed" : "Sealed"}: ${path}`,
          `MD5      ${manifest.md5}`,
          `SHA-256  ${manifest.sha256}`,
          ...(result.out === undefined ? [] : [`Copy     ${result.out}`]),
          "It holds whatever the plug knew, Wi-Fi password included: keep it to yourself.",
        ],
      };
    }),
};
