/** `plugsmith firmware`: finds, fetches, examines and builds firmware images. Touches no plug. */
import { PlugsmithError, say } from "../../core/index.ts";
import { type CommandModule, type CommandOutcome, type CommandRun, defineCommand } from "../command.ts";
import { BUILD_OPTIONS, buildOwn } from "../firmware/build.ts";
import { inspectFirmware } from "../firmware/inspect.ts";
import { type FirmwareTools, getFirmwareFile, listReleases, nodeFirmwareTools } from "../firmware/library.ts";
import { tryImage } from "../firmware/try.ts";
import { flag, type OptionsOf, text } from "../options.ts";
import { flashMode, flashSize } from "../plug/flash-options.ts";
import { DEFAULT_PROFILE } from "../tasmota/device-profile.ts";

type Action = (
  run: CommandRun,
  options: OptionsOf<typeof OPTIONS>,
  what: string | undefined,
  tools: FirmwareTools,
) => Promise<CommandOutcome>;

const ACTIONS: Readonly<Record<string, Action>> = {
  list: (run, options, _, tools) => listReleases(run, options, tools),
  get: getFirmwareFile,
  inspect: (_, options, what) => inspectFirmware(options, what),
  build: buildOwn,
  try: (run, options, what) => tryImage(run, options, what),
};

const OPTIONS = {
  ...BUILD_OPTIONS,
  all: flag("--all", say`list: every build of every release, with those that cannot measure`),
  release: text("--release <version>", say`list, get, build: this release, default the newest`),
  language: text("--language <code>", say`get, build: the plain build in this language, such as DE`),
  gz: flag("--gz", say`get: the compressed form, which goes over the air only`),
  anyVariant: flag("--any-variant", say`get: also a build that cannot measure or does not fit`),
  file: text("--file <image>", say`get: take in a file downloaded elsewhere`),
  profile: text("--profile <name>", say`the device it is for: a name, or a profile.json`, DEFAULT_PROFILE),
  flashSize: flashSize(say`inspect: the chip's flash`),
  flashMode: flashMode(say`inspect: as it would be written`),
};

export const firmwareCommand: CommandModule = firmwareCommandWith(nodeFirmwareTools);

export function firmwareCommandWith(tools: FirmwareTools): CommandModule {
  return defineCommand({
    arguments: [
      ["<action>", say`one of: ${Object.keys(ACTIONS).join(", ")}`],
      ["[what]", say`get, build: which build, default tasmota; inspect: a file, or a backup's folder; try: a file`],
    ],
    options: OPTIONS,
    run: async (run, options) => {
      const [action = "", what] = run.args;
      const act = ACTIONS[action];
      if (act !== undefined) return await act(run, options, what, tools);
      throw new PlugsmithError("bad-argument", {
        message: say`firmware has no action "${action}".`,
        nextStep: say`One of: ${Object.keys(ACTIONS).join(", ")}.`,
      });
    },
  });
}
