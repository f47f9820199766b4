/** `plugsmith export`: a plug's folder as one file, to go on with it on another computer. */

import { asText, PlugsmithError, packPlug, say } from "../../core/index.ts";
import { plugFolder, readPlugFolder, wiresOnRecord, writeWholeFile } from "../../engine/index.ts";
import { nodeClock, nodeFiles } from "../../platform/node/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { recordLocationOf } from "../convert/conversion-environment.ts";
import { isForVirtualPlug, SIM_PORT } from "../convert/single-step.ts";
import { flag, text } from "../options.ts";
import { allowOutput } from "../output-file.ts";
import { plugOf } from "../plug/named-plug.ts";
import { TOOL } from "../version.ts";

export const exportCommand: CommandModule = defineCommand({
  arguments: [["[plug]", say`plug by name or MAC; optional if there is only one`]],
  options: {
    port: SIM_PORT,
    out: text("--out <file>", say`file to write; by default, plugsmith-MAC.zip in this folder`),
    secrets: flag("--with-secrets", say`include the web password and the broker's password`),
  },
  run: async (run, options) => {
    const virtual = isForVirtualPlug(options);
    const { home } = recordLocationOf(run, options.port);
    const plug = await plugOf({ files: nodeFiles, path: home }, run.args[0]);
    if ((await nodeFiles.stat(plugFolder(home, plug))) === undefined) {
      throw new PlugsmithError("file-not-found", {
        message: say`The plug ${plug} has no record in ${home}.`,
        plugState: say`untouched`,
        nextStep: say`Check the MAC.`,
      });
    }
    const out = options.out ?? `plugsmith-${plug}.zip`;
    await allowOutput(run, out, "report");
    // What was heard on this computer's wires is known here only: it is settled before the record leaves.
    const { operator, signal } = run;
    await wiresOnRecord({ files: nodeFiles, home, operator, clock: nodeClock, signal }, plug);
    const files = await readPlugFolder(nodeFiles, home, plug, { secrets: options.secrets });
    const at = new Date(nodeClock.wallTime()).toISOString();
    const archive = packPlug({ plug, at, tool: TOOL, virtual, files });
    await writeWholeFile(nodeFiles, out, archive);
    const secrets = files.some(({ path }) => path === "secrets.json");
    return {
      data: { plug, file: out, bytes: archive.length, files: files.map(({ path }) => path), secrets },
      answer: [
        asText(out),
        secrets
          ? say`It contains the plug's passwords. Keep it private, and delete it after the import.`
          : say`It does not contain the plug's passwords; --with-secrets adds them.`,
        say`Its backups contain what the plug knew, including the Wi-Fi password. Only you can read the file (0600).`,
        say`Continue with the plug on one computer only: two records cannot be merged.`,
      ],
    };
  },
});
