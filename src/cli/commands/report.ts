/** `plugsmith report`: one page for a plug's life, out of its folder: what it was, what it is, its calibration, the way back. */
import { PlugsmithError } from "../../core/errors.ts";
import { plugFolder, plugsOnRecord } from "../../engine/home/folders.ts";
import { readJournal } from "../../engine/home/journal.ts";
import { writeReport } from "../../engine/jobs/report.ts";
import { recordStep } from "../../engine/jobs/step-record.ts";
import { nodeClock, nodeFiles } from "../../platform/node/index.ts";
import type { CommandModule } from "../command.ts";
import { optionText } from "../convert/conversion-options.ts";
import { declareSimPort, isForVirtualPlug } from "../convert/single-step.ts";
import { placeOf } from "../convert/workshop.ts";
import { loadDevice } from "../tasmota/device-profile.ts";
import { macOf } from "../tasmota/target.ts";
import { TOOL } from "../version.ts";

export const reportCommand: CommandModule = {
  declare: (command) =>
    void declareSimPort(command.argument("[mac]", "which plug; may be left out where there is only one")).option(
      "--profile <name>",
      "device profile",
      "gosund-ep2",
    ),
  run: async (run) => {
    const { args, options } = run;
    const virtual = isForVirtualPlug(run);
    const { home } = placeOf(run, optionText(options, "port"));
    const plug = args[0] === undefined ? await onlyPlug(home) : macOf(args[0]);
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
      { profile, guide, texts, virtual: virtual || /[\\/]virtual$/.test(home) },
      nodeClock,
    );
    await recordStep({ files: nodeFiles, home, clock: nodeClock }, plug, "report", { page });
    return { data: { page, json: page.replace(/html$/, "json") }, answer: [page] };
  },
};

async function onlyPlug(home: string): Promise<string> {
  const plugs = await plugsOnRecord(nodeFiles, home);
  if (plugs.length === 1) return plugs[0]!;
  throw new PlugsmithError("bad-argument", {
    message: `Which plug is not said; on record in ${home} are ${plugs.length === 0 ? "none" : plugs.join(", ")}.`,
    plugState: "untouched",
    nextStep: "Give its MAC.",
  });
}
