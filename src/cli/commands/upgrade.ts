/** `plugsmith upgrade`: a plug on Tasmota gets another build over the air, with its settings kept and compared. */

import { firmwareVariant, PlugsmithError, runningText, say, type Text } from "../../core/index.ts";
import {
  namedBuild,
  type PreparedUpgrade,
  prepareUpgrade,
  readRunning,
  type ServedAt,
  serveBy,
  type UpgradeContext,
  upgrade,
  upload,
} from "../../engine/index.ts";
import { nodeFileServer } from "../../platform/node/index.ts";
import { confirm } from "../ask/confirm.ts";
import { type CommandModule, type CommandOutcome, type CommandRun, defineCommand } from "../command.ts";
import { isForVirtualPlug, SIM_PORT } from "../convert/single-step.ts";
import { type FirmwareTools, nodeFirmwareTools } from "../firmware/library.ts";
import { imageFromFile, minimalRelease, releasedImage } from "../firmware/upgrade-images.ts";
import { checked, flag, type OptionsOf, optionalText, text } from "../options.ts";
import { type AnswerLine, item } from "../render/answer.ts";
import { sizeText } from "../render/quantity.ts";
import { atPlug } from "../tasmota/network-plug.ts";
import { ADDRESS_OPTIONS, withPassword } from "../tasmota/target.ts";

const OPTIONS = {
  ...ADDRESS_OPTIONS,
  port: SIM_PORT,
  image: text("--image <file>", say`use this image file, compressed or not, instead of a release`),
  minimalImage: text("--minimal-image <file>", say`file with Tasmota's minimal build, if there is no internet access`),
  release: text("--release <version>", say`use this release; by default, the newest`),
  variant: text("--variant <build>", say`use this build; by default, the one that the plug's update address names`),
  anyVariant: flag("--any-variant", say`allow a build without metering`),
  downgrade: flag("--downgrade", say`allow an older version`),
  serve: checked(
    optionalText(
      "--serve [address:port]",
      say`let the plug download the images from this computer; optionally, the address and port to use (by default, this computer's address and any free port)`,
    ),
    servedAt,
  ),
  dryRun: flag("--dry-run", say`show the steps without changing anything`),
};

type UpgradeCommandOptions = OptionsOf<typeof OPTIONS>;

export const upgradeCommand: CommandModule = upgradeCommandWith(nodeFirmwareTools);

export function upgradeCommandWith(tools: FirmwareTools): CommandModule {
  return defineCommand({ options: OPTIONS, run: (run, options) => work(run, options, tools) });
}

/** "192.168.1.20:8080", "192.168.1.20", ":8080"; `true` where nothing is given. Errors: bad-argument. */
function servedAt(written: string | true): ServedAt {
  if (written === true) return {};
  const [matched, host, digits] = /^([A-Za-z0-9.-]*)(?::(\d{1,5}))?$/.exec(written) ?? [];
  const port = digits === undefined ? undefined : Number(digits);
  if (matched === undefined || matched === "" || port === 0 || (port ?? 0) > 65_535) {
    throw new PlugsmithError("bad-argument", {
      message: say`--serve cannot be "${written}".`,
      plugState: say`unchanged`,
      nextStep: say`Give this computer's address as the plug sees it, a port, or both: 192.168.1.20:8080.`,
    });
  }
  return { host: host === "" ? undefined : host, port };
}

async function work(run: CommandRun, options: UpgradeCommandOptions, tools: FirmwareTools): Promise<CommandOutcome> {
  const { anyVariant, downgrade, serve, release, minimalImage } = options;
  const permissions = { anyVariant, downgrade };
  if (serve !== undefined && isForVirtualPlug(options)) {
    throw new PlugsmithError("bad-argument", {
      message: say`A practice plug is in a virtual network and cannot download from this computer.`,
      plugState: say`unchanged`,
      nextStep: say`Leave out --serve: plugsmith then sends the image to the plug.`,
    });
  }
  return await atPlug(run, options, async (target, { home, hold }) => {
    const { client, clock } = target;
    const delivery = serve === undefined ? upload : serveBy(nodeFileServer, serve);
    const context: UpgradeContext = { client, clock, events: run.emit, signal: run.signal, home, delivery };
    const running = await withPassword(run, target, () => readRunning(client, run.signal));
    const image =
      options.image !== undefined
        ? await hold(imageFromFile(options.image))
        : await releasedImage(run, tools, {
            release,
            minimalGiven: minimalImage !== undefined,
            variant: options.variant ?? (await variantFor(run, context)),
            forMetering: running.metering !== false,
            anyVariant,
          });
    if (image.version !== undefined && running.version === image.version && !running.minimal) {
      const answer = [say`The plug already runs ${runningText(running)}. There is nothing to do.`];
      return { data: { before: running, after: running, changed: false }, answer };
    }
    const prepared = await prepareUpgrade(context, {
      target: image,
      minimal: () => minimalOf(run, tools, minimalImage, image.version),
      ...permissions,
    });
    const plan = planLines(prepared);
    if (options.dryRun) return { data: { before: running, hops: stagesData(prepared) }, answer: plan };
    for (const text of plan) run.emit({ type: "notice", level: "info", text });
    const question = say`Upgrade the plug at ${client.where}? The connected appliance may be off for some minutes.`;
    if (!(await hold(confirm(run, question)))) {
      throw new PlugsmithError("aborted", { message: say`Nothing was changed.`, plugState: say`unchanged` });
    }
    const result = await upgrade(context, prepared);
    return {
      data: { ...result, changed: true, hops: stagesData(prepared) },
      answer: [
        result.after.built === undefined
          ? say`The plug now runs ${runningText(result.after)}.`
          : say`The plug now runs ${runningText(result.after)}, built ${result.after.built}.`,
        ...settingsLines(result),
      ],
    };
  });
}

async function variantFor(run: CommandRun, { client }: UpgradeContext): Promise<string> {
  const named = await namedBuild(client, run.signal);
  // A plug that was flashed with lite or minimal is to measure from now on.
  return named !== undefined && firmwareVariant(named)?.metering === true ? named : "tasmota";
}

function minimalOf(
  run: CommandRun,
  tools: FirmwareTools,
  own: string | undefined,
  release: string | undefined,
): ReturnType<typeof imageFromFile> {
  return own !== undefined ? imageFromFile(own) : minimalRelease(run, tools, release);
}

function planLines({ running, stages }: PreparedUpgrade): Text[] {
  const [first] = stages;
  const runs =
    running.free === undefined
      ? say`The plug runs ${runningText(running)}.`
      : say`The plug runs ${runningText(running)} and has ${sizeText(running.free)} free for an upgrade.`;
  const way = running.minimal
    ? say`An earlier upgrade stopped halfway. Only the last step is missing.`
    : stages.length === 1
      ? say`The image fits, so one step is enough.`
      : say`The image does not fit beside the running firmware, so plugsmith installs the minimal build first.`;
  return [
    runs,
    way,
    ...stages.map(({ image, file }, i) => say`Step ${i + 1}: ${image.name}, ${sizeText(file.length)} to send.`),
    ...(first?.kind === "minimal"
      ? [
          say`While the plug runs the minimal build, for a minute or two, it cannot be switched over the network and does not measure.`,
        ]
      : []),
  ];
}

function stagesData({ stages }: PreparedUpgrade): readonly object[] {
  return stages.map(({ kind, image, file, room }) => ({ kind, image: image.name, bytes: file.length, room }));
}

function settingsLines({ differences, settingsFile }: Awaited<ReturnType<typeof upgrade>>): readonly AnswerLine[] {
  if (differences === undefined)
    return [say`plugsmith does not know the plug's earlier settings. Check the settings with plugsmith audit.`];
  const kept = say`The earlier settings, including passwords, are in ${settingsFile ?? ""}.`;
  if (differences.length === 0) return [say`Its settings, calibration and password are unchanged.`, kept];
  return [
    say`Its calibration, template, network and password are unchanged. The new firmware changed:`,
    ...differences.map(({ name, meaning }) => item(meaning === undefined ? name : say`${name} (${meaning})`)),
    kept,
  ];
}
