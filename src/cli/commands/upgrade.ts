/** `plugsmith upgrade`: a plug on Tasmota gets another build over the air, with its settings kept and compared. */
import type { Command } from "commander";
import { PlugsmithError } from "../../core/errors.ts";
import { runningText } from "../../core/firmware/running.ts";
import { firmwareVariant } from "../../core/firmware/variants.ts";
import { namedBuild, readRunning } from "../../engine/firmware/running.ts";
import { type ServedAt, serveBy } from "../../engine/firmware/serve.ts";
import { type PreparedUpgrade, prepareUpgrade, type UpgradeContext, upgrade } from "../../engine/firmware/upgrade.ts";
import { upload } from "../../engine/firmware/upload.ts";
import { nodeFileServer, nodeFiles } from "../../platform/node/index.ts";
import type { CommandModule, CommandOutcome, CommandRun } from "../command.ts";
import { type FirmwareTools, nodeFirmwareTools } from "../firmware/tools.ts";
import { imageFromFile, minimalRelease, releasedImage } from "../firmware/upgrade-images.ts";
import { sizeText } from "../render/quantity.ts";
import { declareAddress, openHttp, withPassword } from "../tasmota/target.ts";

export const upgradeCommand: CommandModule = upgradeCommandWith(nodeFirmwareTools);

export function upgradeCommandWith(tools: FirmwareTools): CommandModule {
  return {
    declare,
    run: (run) => work(run, tools),
  };
}

function declare(command: Command): Command {
  return declareAddress(command)
    .option("--image <file>", "this image, compressed or not, instead of a release")
    .option("--minimal-image <file>", "Tasmota's minimal build, for a way without the internet")
    .option("--release <version>", "this release, default the newest")
    .option("--variant <build>", "this build, default the one that the plug's update address names")
    .option("--any-variant", "also a build that cannot measure", false)
    .option("--downgrade", "also an older version", false)
    .option(
      "--serve [address:port]",
      "let the plug fetch the images from this computer, instead of sending them to it; what it is told, where that is not this computer's address toward it and any free port",
    )
    .option("--dry-run", "say which steps it takes, change nothing", false);
}

/** "192.168.1.20:8080", "192.168.1.20", ":8080"; `true` where nothing is given. Errors: bad-argument. */
function servedAt(written: unknown): ServedAt {
  if (typeof written !== "string") return {};
  const [matched, host, digits] = /^([A-Za-z0-9.-]*)(?::(\d{1,5}))?$/.exec(written) ?? [];
  const port = digits === undefined ? undefined : Number(digits);
  if (matched === undefined || matched === "" || port === 0 || (port ?? 0) > 65_535) {
    throw new PlugsmithError("bad-argument", {
      message: `--serve cannot be "${written}".`,
      plugState: "unchanged",
      nextStep: "Give this computer's address as the plug sees it, a port, or both: 192.168.1.20:8080.",
    });
  }
  return { host: host === "" ? undefined : host, port };
}

async function work(run: CommandRun, tools: FirmwareTools): Promise<CommandOutcome> {
  const { options } = run;
  // Before anything is asked of the plug.
  const at = servedAt(options["serve"]);
  const permissions = { anyVariant: options["anyVariant"] === true, downgrade: options["downgrade"] === true };
  const target = await openHttp(run);
  try {
    const { client, clock } = target;
    const home = { files: nodeFiles, path: run.home };
    const delivery = options["serve"] === undefined ? upload : serveBy(nodeFileServer, at);
    const context: UpgradeContext = { client, clock, events: run.emit, signal: run.signal, home, delivery };
    const running = await withPassword(run, target, () => readRunning(client, run.signal));
    const image =
      typeof options["image"] === "string"
        ? await imageFromFile(options["image"])
        : await releasedImage(run, tools, {
            variant: await variantFor(run, context),
            forMetering: running.metering !== false,
            anyVariant: permissions.anyVariant,
          });
    if (image.version !== undefined && running.version === image.version && !running.minimal) {
      const answer = [`The plug runs ${runningText(running)} already: nothing to do.`];
      return { data: { before: running, after: running, changed: false }, answer };
    }
    const prepared = await prepareUpgrade(context, {
      target: image,
      minimal: () => minimalOf(run, tools, image.version),
      ...permissions,
    });
    const plan = planLines(prepared);
    if (options["dryRun"] === true) return { data: { before: running, hops: hopsData(prepared) }, answer: plan };
    for (const text of plan) run.emit({ type: "notice", level: "info", text });
    const question = `Upgrade the plug at ${client.where}? What it feeds may be switched off meanwhile, for some minutes.`;
    if (!(await run.person.confirm(question))) {
      throw new PlugsmithError("aborted", { message: "Nothing was changed.", plugState: "unchanged" });
    }
    const result = await upgrade(context, prepared);
    return {
      data: { ...result, changed: true, hops: hopsData(prepared) },
      answer: [
        `The plug runs ${runningText(result.after)}${result.after.built === undefined ? "" : `, built ${result.after.built}`}, as it says itself.`,
        ...settingsLines(result),
      ],
    };
  } finally {
    await target.close();
  }
}

async function variantFor(run: CommandRun, { client }: UpgradeContext): Promise<string> {
  const asked = run.options["variant"];
  if (typeof asked === "string") return asked;
  const named = await namedBuild(client, run.signal);
  // A plug that was flashed with lite or minimal is to measure from now on.
  return named !== undefined && firmwareVariant(named)?.metering === true ? named : "tasmota";
}

function minimalOf(
  run: CommandRun,
  tools: FirmwareTools,
  release: string | undefined,
): ReturnType<typeof imageFromFile> {
  const own = run.options["minimalImage"];
  return typeof own === "string" ? imageFromFile(own) : minimalRelease(run, tools, release);
}

function planLines({ running, hops }: PreparedUpgrade): string[] {
  const [first] = hops;
  const free = running.free === undefined ? "" : `; beside its program there are ${sizeText(running.free)}`;
  const way = running.minimal
    ? "An earlier upgrade left it there; only the last step is missing."
    : hops.length === 1
      ? "There is room: one step."
      : "There is no room for it at once: the minimal build goes first.";
  return [
    `The plug runs ${runningText(running)}${free}.`,
    way,
    ...hops.map(({ image, file }, i) => `Step ${i + 1}: ${image.name}, ${sizeText(file.length)} to send.`),
    ...(first?.kind === "minimal"
      ? [
          "On the minimal build, for a minute or two, the plug cannot be switched over the network and does not measure.",
        ]
      : []),
  ];
}

function hopsData({ hops }: PreparedUpgrade): readonly object[] {
  return hops.map(({ kind, image, file, room }) => ({ kind, image: image.name, bytes: file.length, room }));
}

function settingsLines({ differences, settingsFile }: Awaited<ReturnType<typeof upgrade>>): readonly string[] {
  if (differences === undefined)
    return ["What its settings were before is not known: check them with `plugsmith audit`."];
  const kept = `Those from before are in ${settingsFile ?? ""}, with its passwords.`;
  if (differences.length === 0) return ["Its settings, calibration and password are what they were.", kept];
  return [
    "Its calibration, template, network and password are what they were. Changed by the new firmware:",
    ...differences.map(({ name, meaning }) => `  ${name} (${meaning})`),
    kept,
  ];
}
