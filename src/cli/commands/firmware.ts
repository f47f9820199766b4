/** `plugsmith firmware`: finds, fetches, examines and builds firmware images. Touches no plug. */
import { type Command, Option } from "commander";
import { PlugsmithError } from "../../core/errors.ts";
import { FLASH_MODES, FLASH_SIZES } from "../../core/image/header.ts";
import type { CommandModule, CommandOutcome, CommandRun } from "../command.ts";
import { buildOwn, declareBuild } from "../firmware/build.ts";
import { inspectFirmware } from "../firmware/inspect.ts";
import { getFirmwareFile, listReleases } from "../firmware/library.ts";
import { type FirmwareTools, nodeFirmwareTools } from "../firmware/tools.ts";
import { DEFAULT_PROFILE } from "../tasmota/device-profile.ts";

type Action = (run: CommandRun, what: string | undefined, tools: FirmwareTools) => Promise<CommandOutcome>;

const ACTIONS: Readonly<Record<string, Action>> = {
  list: (run, _, tools) => listReleases(run, tools),
  get: getFirmwareFile,
  inspect: (run, what) => inspectFirmware(run, what),
  build: buildOwn,
};

export const firmwareCommand: CommandModule = firmwareCommandWith(nodeFirmwareTools);

export function firmwareCommandWith(tools: FirmwareTools): CommandModule {
  return {
    declare,
    run: async (run) => {
      const [action = "", what] = run.args;
      const act = ACTIONS[action];
      if (act !== undefined) return await act(run, what, tools);
      throw new PlugsmithError("bad-argument", {
        message: `firmware has no action "${action}".`,
        nextStep: `One of: ${Object.keys(ACTIONS).join(", ")}.`,
      });
    },
  };
}

function declare(command: Command): void {
  declareBuild(command)
    .argument("<action>", Object.keys(ACTIONS).join(", "))
    .argument("[what]", "get, build: which build, default tasmota; inspect: a file, or a backup's folder")
    .option("--all", "list: every build of every release, with those that cannot measure", false)
    .option("--release <version>", "list, get, build: this release, default the newest")
    .option("--language <code>", "get, build: the plain build in this language, such as DE")
    .option("--gz", "get: the compressed form, which goes over the air only", false)
    .option("--any-variant", "get: also a build that cannot measure or does not fit", false)
    .option("--file <image>", "get: take in a file downloaded elsewhere")
    .option("--profile <name>", "the device it is for: a name, or a profile.json", DEFAULT_PROFILE)
    .addOption(
      new Option("--flash-size <size>", "inspect: the chip's flash").choices(Object.keys(FLASH_SIZES)).default("1MB"),
    )
    .addOption(
      new Option("--flash-mode <mode>", "inspect: as it would be written")
        .choices(Object.keys(FLASH_MODES))
        .default("dout"),
    );
}
