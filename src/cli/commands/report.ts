/** `plugsmith report`: a plug's certificate, out of its folder: what it is, what was measured, the way back. */

import { asText, foldConversion, PlugsmithError, type StepData, say } from "../../core/index.ts";
import {
  type Clock,
  openConversionLog,
  plugFolder,
  type Records,
  readJournal,
  recordStep,
  testerOf,
  writeReport,
} from "../../engine/index.ts";
import { nodeClock, nodeFiles } from "../../platform/node/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { recordLocationOf } from "../convert/conversion-environment.ts";
import { TESTER } from "../convert/conversion-options.ts";
import { isForVirtualPlug, SIM_PORT } from "../convert/single-step.ts";
import { plugOf } from "../plug/named-plug.ts";
import { loadDevice } from "../tasmota/device-profile.ts";
import { PROFILE } from "../tasmota/plug-config.ts";
import { TOOL } from "../version.ts";

export const reportCommand: CommandModule = defineCommand({
  arguments: [["[plug]", say`plug by name or MAC; optional if there is only one`]],
  options: { port: SIM_PORT, profile: PROFILE, tester: TESTER },
  run: async (run, options) => {
    const { args } = run;
    const virtual = isForVirtualPlug(options);
    const { home } = recordLocationOf(run, options.port);
    const plug = await plugOf({ files: nodeFiles, path: home }, args[0]);
    const { profile, guide, texts } = await loadDevice(options.profile);
    const folder = plugFolder(home, plug);
    if ((await nodeFiles.stat(folder)) === undefined) {
      throw new PlugsmithError("file-not-found", {
        message: say`The plug ${plug} has no record in ${home}.`,
        plugState: say`untouched`,
        nextStep: say`Check the MAC. \`plugsmith backup\` and \`plugsmith calibrate\` create records.`,
      });
    }
    const entries = await readJournal(nodeFiles, folder);
    const tester = await testerOf(
      { operator: run.operator, files: nodeFiles, home, signal: run.signal },
      { tester: options.tester, askTester: run.attended },
      foldConversion(entries).finished.get("report")?.data.tester,
    );
    const { page } = await writeReport(
      { files: nodeFiles, home, tool: TOOL },
      { folder, entries },
      plug,
      { profile, guide, texts, virtual: virtual || /[\\/]virtual$/.test(home), tester, catalogue: run.catalogue },
      nodeClock,
    );
    await record({ files: nodeFiles, home, clock: nodeClock }, plug, { page, tester });
    return { data: { page, json: page.replace(/html$/, "json") }, answer: [asText(page)] };
  },
});

/** The name is kept with every plug; that the step is done is of interest to a conversion that is under way. */
async function record(
  records: Records & { readonly clock: Clock },
  plug: string,
  data: StepData["report"],
): Promise<void> {
  if (data.tester === undefined) return recordStep(records, plug, "report", data);
  const log = await openConversionLog(records.files, records.home, plug, records.clock);
  try {
    await log.finish("report", data);
  } finally {
    await log.close();
  }
}
