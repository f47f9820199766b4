/** The images of an upgrade: a release's, or a file of one's own. */

import { basename } from "node:path";
import {
  examineFirmware,
  isPlugsmithError,
  LARGEST_FLASH,
  PlugsmithError,
  say,
  type Text,
  type UpgradeImage,
  withContext,
} from "../../core/index.ts";
import { chooseFirmware, type FirmwareFile, type FirmwareQuery } from "../../engine/index.ts";
import { nodeFiles } from "../../platform/node/index.ts";
import type { CommandRun } from "../command.ts";
import type { FirmwareTools } from "./library.ts";
import { fetchFile, nameOf, releases } from "./library.ts";

/** As it would be written to a plug with 1 MiB; nothing is changed on the way over the air. */
const AS_USUAL = { flashSize: "1MB", flashMode: "dout" } as const;

/** Errors: file-*, bad-image. */
export async function imageFromFile(path: string): Promise<UpgradeImage> {
  const bytes = await nodeFiles.read(path, LARGEST_FLASH).catch((error: unknown) => {
    throw isPlugsmithError(error) ? withContext(error, { step: "prepare", plugState: say`unchanged` }) : error;
  });
  return { name: basename(path), file: bytes, examination: examineFirmware(bytes, AS_USUAL), version: undefined };
}

export interface ReleaseToGet extends Omit<FirmwareQuery, "form" | "release"> {
  /** Default: the newest. */
  readonly release?: string | undefined;
  /** The minimal build is given as a file. */
  readonly minimalGiven?: boolean | undefined;
}

/** Compressed, where the release has it so. Errors: those of the list, the choice and the download. */
export async function releasedImage(
  run: CommandRun,
  tools: FirmwareTools,
  { minimalGiven, release, ...query }: ReleaseToGet,
): Promise<UpgradeImage> {
  return await orFromFile(
    fetched(run, tools, { ...query, release }),
    minimalGiven
      ? say`Without internet access, give the image as a file: --image FILE.`
      : say`Without internet access, give the image as a file: --image FILE. If the plug has no room for it at once, give Tasmota's minimal build as well: --minimal-image FILE.`,
  );
}

/** The minimal build of the same release; of the newest one where that is not known. */
export async function minimalRelease(
  run: CommandRun,
  tools: FirmwareTools,
  release: string | undefined,
): Promise<UpgradeImage> {
  const query = { variant: "tasmota-minimal", forMetering: false, anyVariant: true };
  return await orFromFile(
    fetched(run, tools, { ...query, release }),
    say`The plug has no room for the image at once, so it needs the minimal build first. Give it as a file: --minimal-image FILE.`,
  );
}

/** What cannot be fetched can be given: the error says with which option. */
async function orFromFile(image: Promise<UpgradeImage>, nextStep: Text): Promise<UpgradeImage> {
  try {
    return await image;
  } catch (error) {
    if (!isPlugsmithError(error, "network-failed")) throw error;
    const { texts, step, context } = error;
    throw new PlugsmithError("network-failed", { ...texts, step, nextStep, context, cause: error });
  }
}

async function fetched(
  run: CommandRun,
  tools: FirmwareTools,
  query: Omit<FirmwareQuery, "form">,
): Promise<UpgradeImage> {
  const { files } = await releases(run, tools);
  const file = choose(files, query);
  const { bytes } = await fetchFile(run, tools, file);
  return {
    name: `${nameOf(file)} ${file.release}`,
    file: bytes,
    examination: examineFirmware(bytes, AS_USUAL),
    version: file.release,
  };
}

function choose(files: readonly FirmwareFile[], query: Omit<FirmwareQuery, "form">): FirmwareFile {
  try {
    return chooseFirmware(files, { ...query, form: "gz" });
  } catch (error) {
    if (error instanceof PlugsmithError && error.code === "file-not-found") return chooseFirmware(files, query);
    throw error;
  }
}
