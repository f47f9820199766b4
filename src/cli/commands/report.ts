/** `plugsmith report`: one page for a plug's life, out of its folder: what it was, what it is, its calibration, the way back. */
import { PlugsmithError } from "../../core/errors.ts";
import { plugFolder } from "../../engine/home/folders.ts";
import { readJournal } from "../../engine/home/journal.ts";
import { writeReport } from "../../engine/jobs/report.ts";
import { nodeClock, nodeFiles } from "../../platform/node/index.ts";
import type { CommandModule } from "../command.ts";
import { loadDevice } from "../tasmota/device-profile.ts";
import { macOf } from "../tasmota/target.ts";
import { TOOL } from "../version.ts";

export const reportCommand: CommandModule = {
  name: "report",
  summary: "write a plug's report: backups, calibration certificate, the way back",
  declare: (command) =>
    void command.argument("<mac>", "which plug").option("--profile <name>", "device profile", "gosund-ep2"),
  run: async ({ args, options, home }) => {
    const plug = macOf(args[0] ?? "");
    const { profile, guide, texts } = await loadDevice(String(options["profile"]));
    const folder = plugFolder(home, plug);
    if ((await nodeFiles.stat(folder)) === undefined) {
      throw new PlugsmithError("file-not-found", {
        message: `There is no record of a plug ${plug} in ${home}.`,
        plugState: "untouched",
        nextStep: "Check the MAC; `plugsmith backup` and `plugsmith calibrate` make records.",
      });
    }
    const entries = await readJournal(nodeFiles, folder);
    const { page } = await writeReport(
      { files: nodeFiles, home, tool: TOOL },
      { folder, entries },
      plug,
      { profile, guide, texts, virtual: /[\\/]virtual$/.test(home) },
      nodeClock,
    );
    return { data: { page, json: page.replace(/html$/, "json") }, answer: [page] };
  },
};
