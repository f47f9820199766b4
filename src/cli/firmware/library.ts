/** `plugsmith firmware list` and `get`: what the Tasmota project releases, and the library of what was fetched. */

import { basename } from "node:path";
import {
  asText,
  examineFirmware,
  hasMeter,
  isPacked,
  LARGEST_FLASH,
  list,
  PlugsmithError,
  refuseUnfit,
  refuseUnusable,
  say,
} from "../../core/index.ts";
import {
  chooseFirmware,
  type Downloader,
  type FirmwareFile,
  getFirmware,
  heldFirmware,
  importFirmware,
  type LibraryContext,
  libraryFiles,
  type Programs,
  type ReleaseList,
  releaseList,
  type StoredFirmware,
} from "../../engine/index.ts";
import { httpsDownloader, nodeClock, nodeFiles, nodePrograms } from "../../platform/node/index.ts";
import type { CommandOutcome, CommandRun } from "../command.ts";
import { type AnswerLine, indented } from "../render/answer.ts";
import { sizeText } from "../render/quantity.ts";
import { loadProfile } from "../tasmota/device-profile.ts";

/** What the firmware commands reach out with; tests put their own in its place. */
export interface FirmwareTools {
  readonly downloader: Downloader;
  readonly programs: Programs;
  /** This user, where the platform has such numbers. */
  readonly user: { readonly uid: number; readonly gid: number } | undefined;
}

export const nodeFirmwareTools: FirmwareTools = {
  downloader: httpsDownloader(),
  programs: nodePrograms,
  user: process.getuid === undefined ? undefined : { uid: process.getuid(), gid: process.getgid?.() ?? 0 },
};

export function libraryContext(run: CommandRun, tools: Pick<FirmwareTools, "downloader">): LibraryContext {
  return { files: nodeFiles, home: run.home, downloader: tools.downloader, clock: nodeClock, signal: run.signal };
}

/** The list, with a word to the person where it is an old one. */
export async function releases(run: CommandRun, tools: Pick<FirmwareTools, "downloader">): Promise<ReleaseList> {
  const list = await releaseList(libraryContext(run, tools));
  if (list.offline !== undefined) {
    run.emit({
      type: "notice",
      level: "warning",
      text: say`The list of releases cannot be fetched: ${list.offline} This is the list from ${list.at}.`,
    });
  }
  return list;
}

export interface LibraryOptions {
  readonly all: boolean;
  /** Default: the newest. */
  readonly release: string | undefined;
  readonly language: string | undefined;
  /** The compressed form. */
  readonly gz: boolean;
  readonly anyVariant: boolean;
  /** A file downloaded elsewhere. */
  readonly file: string | undefined;
  readonly profile: string;
}

export async function listReleases(
  run: CommandRun,
  { all, release: only }: LibraryOptions,
  tools: FirmwareTools,
): Promise<CommandOutcome> {
  const found = await releases(run, tools);
  const versions = [...new Set(found.files.map(({ release }) => release))];
  const shown = only !== undefined ? versions.filter((each) => each === only) : all ? versions : versions.slice(0, 1);
  if (shown.length === 0) {
    throw new PlugsmithError("file-not-found", {
      message:
        only === undefined
          ? say`The list of releases is empty.`
          : say`The list has no release ${only}. It has ${list(versions)}.`,
      step: "prepare",
      nextStep: say`Choose one of these.`,
    });
  }
  const lines: AnswerLine[] = [];
  const data: Readonly<Record<string, unknown>>[] = [];
  for (const release of shown) {
    const files = found.files.filter((file) => file.release === release && (all || isFit(file)));
    const rows = await Promise.all(files.map(async (file) => ({ file, held: await isHeld(run, file) })));
    data.push({ release, files: rows.map(({ file, held }) => ({ ...file, held })) });
    lines.push(asText(`Tasmota ${release}`), ...table(rows, all));
  }
  const others = versions.filter((each) => !shown.includes(each));
  if (others.length > 0) lines.push(say`Older releases (--release): ${list(others)}`);
  const kept = await libraryFiles(nodeFiles, run.home);
  if (kept.length > 0) lines.push(say`In the library:`, ...kept.map((path) => indented(path)));
  return { data: { at: found.at, offline: found.offline !== undefined, releases: data, library: kept }, answer: lines };
}

function isFit({ variant }: FirmwareFile): boolean {
  return variant.metering && variant.fits1MiB;
}

async function isHeld(run: CommandRun, file: FirmwareFile): Promise<boolean> {
  return (await heldFirmware(nodeFiles, run.home, file)) !== undefined;
}

interface Listed {
  readonly file: FirmwareFile;
  readonly held: boolean;
}

/** One line a build; the translated ones, which differ in nothing else, share one unless all is asked for. */
function table(listed: readonly Listed[], all: boolean): AnswerLine[] {
  const alone = listed.filter(({ file }) => all || file.variant.language === undefined);
  const languages = [...new Set(listed.flatMap(({ file }) => file.variant.language ?? []))];
  return [
    ...alone.map(({ file, held }) =>
      indented(
        nameOf(file),
        sizeText(file.size),
        file.sha256 === undefined ? say`no digest published` : say`digest published`,
        held ? say`in the library` : "",
        isFit(file) ? "" : say`not for a metering plug with 1 MiB: ${file.variant.why}`,
      ),
    ),
    ...(all || languages.length === 0 ? [] : [say`tasmota-XX for other languages: ${list(languages)}`]),
  ];
}

export function nameOf({ variant, form }: FirmwareFile): string {
  return `${variant.name}.bin${form === "gz" ? ".gz" : ""}`;
}

export async function getFirmwareFile(
  run: CommandRun,
  options: LibraryOptions,
  what: string | undefined,
  tools: FirmwareTools,
): Promise<CommandOutcome> {
  const { anyVariant, file: own, release } = options;
  const metering = hasMeter(await loadProfile(options.profile));
  const check = (bytes: Uint8Array): void => {
    const { facts, unbootable, misfit } = examineFirmware(bytes, { flashSize: "1MB", flashMode: "dout" });
    if (!anyVariant) refuseUnfit(facts, metering);
    const kept = { unbootable, misfit: anyVariant ? undefined : misfit };
    refuseUnusable(kept, "The image", { step: "prepare", plugState: say`untouched` });
  };
  if (own !== undefined) {
    const bytes = await nodeFiles.read(own, LARGEST_FLASH);
    check(bytes);
    const form = isPacked(bytes) ? "gz" : "bin";
    return got(await importFirmware(nodeFiles, run.home, basename(own), bytes, form), basename(own), undefined);
  }
  const list = await releases(run, tools);
  const file = chooseFirmware(list.files, {
    variant: variantOf(what, options.language),
    release,
    form: options.gz ? "gz" : "bin",
    forMetering: metering,
    anyVariant,
  });
  const stored = await fetchFile(run, tools, file);
  check(stored.bytes);
  return got(stored, `${nameOf(file)} ${file.release}`, file);
}

export async function fetchFile(
  run: CommandRun,
  tools: Pick<FirmwareTools, "downloader">,
  file: FirmwareFile,
): Promise<StoredFirmware> {
  const step = "download";
  const title = say`Download ${nameOf(file)} ${file.release}`;
  const began = nodeClock.now();
  run.emit({ type: "step-started", step, title });
  const stored = await getFirmware(nodeFiles, run.home, tools.downloader, file, {
    signal: run.signal,
    onProgress: (done, total = file.size) => {
      const seconds = (nodeClock.now() - began) / 1000;
      const rate = seconds > 0 ? done / seconds : 0;
      const leftMs = rate > 0 ? ((total - done) / rate) * 1000 : undefined;
      run.emit({ type: "progress", step, done, total, rate, leftMs });
    },
  });
  const size = sizeText(stored.bytes.length);
  const summary = stored.cached ? say`from the library, ${size}` : say`downloaded, ${size}`;
  run.emit({ type: "step-finished", step, durationMs: nodeClock.now() - began, summary });
  return stored;
}

/** Errors: bad-argument. */
export function variantOf(what: string | undefined, language: string | undefined): string {
  if (language === undefined) return what?.replace(/\.bin(\.gz)?$/, "") ?? "tasmota";
  if (what === undefined || what === "tasmota") return `tasmota-${language.toUpperCase()}`;
  throw new PlugsmithError("bad-argument", {
    message: say`${what} does not exist in other languages; only the standard build does.`,
    nextStep: say`Leave out --language or the build's name.`,
  });
}

function got(stored: StoredFirmware, name: string, file: FirmwareFile | undefined): CommandOutcome {
  const { path, sha256, proven, cached } = stored;
  const origin = file?.url;
  return {
    data: {
      path,
      sha256,
      proven,
      cached,
      bytes: stored.bytes.length,
      name,
      origin,
    },
    answer: [
      say`${name} is in the library: ${path}`,
      proven
        ? say`SHA-256 ${sha256}, equal to the digest that the release publishes.`
        : file === undefined
          ? say`SHA-256 ${sha256}, of your own file: plugsmith cannot tell where it is from.`
          : say`SHA-256 ${sha256}, as it arrived over HTTPS: this release publishes no digest.`,
    ],
  };
}
