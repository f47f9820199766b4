/** `plugsmith firmware`: finds, fetches, examines and builds firmware images. Touches no plug. */
import { list, PlugsmithError, say } from "../../core/index.ts";
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
  all: flag("--all", say`list: show every build of every release, including builds without metering`),
  release: text("--release <version>", say`list, get, build: use this release; by default, the newest`),
  language: text("--language <code>", say`get, build: use the standard build in this language, such as DE`),
  gz: flag("--gz", say`get: download the compressed form, for updates over the air only`),
  anyVariant: flag("--any-variant", say`get: allow a build that has no metering or does not fit`),
  file: text("--file <image>", say`get: add a file that you already have to the library`),
  profile: text("--profile <name>", say`device that the image is for: a name, or a profile.json`, DEFAULT_PROFILE),
  flashSize: flashSize(say`inspect: flash size of the chip`),
  flashMode: flashMode(say`inspect: flash mode to write the image with`),
};

export const firmwareCommand: CommandModule = firmwareCommandWith(nodeFirmwareTools);

export function firmwareCommandWith(tools: FirmwareTools): CommandModule {
  return defineCommand({
    arguments: [
      ["<action>", say`one of: ${list(Object.keys(ACTIONS))}`],
      [
        "[what]",
        say`get, build: the build (default: tasmota); inspect: a file, or the folder of a backup; try: a file`,
      ],
    ],
    options: OPTIONS,
    run: async (run, options) => {
      const [action = "", what] = run.args;
      const act = ACTIONS[action];
      if (act !== undefined) return await act(run, options, what, tools);
      throw new PlugsmithError("bad-argument", {
        message: say`firmware has no action "${action}".`,
        nextStep: say`Choose one of: ${list(Object.keys(ACTIONS))}.`,
      });
    },
  });
}
