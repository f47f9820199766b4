/** `plugsmith report`: one page for a plug's life, out of its folder: what it was, what it is, its calibration, the way back. */
import { PlugsmithError } from "../../core/errors.ts";
import { plugFolder, plugsOnRecord } from "../../engine/home/folders.ts";
import { readJournal } from "../../engine/home/journal.ts";
import { writeReport } from "../../engine/jobs/report.ts";
import { recordStep } from "../../engine/jobs/step-record.ts";
import { nodeClock, nodeFiles } from "../../platform/node/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { isForVirtualPlug, SIM_PORT } from "../convert/single-step.ts";
import { placeOf } from "../convert/workshop.ts";
import { loadDevice } from "../tasmota/device-profile.ts";
import { macOf } from "../tasmota/target.ts";
import { PROFILE } from "../tasmota/wishes.ts";
import { TOOL } from "../version.ts";

export const reportCommand: CommandModule = defineCommand({
  arguments: [["[mac]", "which plug; may be left out where there is only one"]],
  options: { port: SIM_PORT, profile: PROFILE },
  run: async (run, options) => {
    const { args } = run;
    const virtual = isForVirtualPlug(options);
    const { home } = placeOf(run, options.port);
    const plug = args[0] === undefined ? await onlyPlug(home) : macOf(args[0]);
    const { profile, guide, texts } = await loadDevice(options.profile);
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
});

async function onlyPlug(home: string): Promise<string> {
  const plugs = await plugsOnRecord(nodeFiles, home);
  if (plugs.length === 1) return plugs[0]!;
  throw new PlugsmithError("bad-argument", {
    message: `Which plug is not said; on record in ${home} are ${plugs.length === 0 ? "none" : plugs.join(", ")}.`,
    plugState: "untouched",
    nextStep: "Give its MAC.",
  });
}
