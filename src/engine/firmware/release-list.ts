/**
 * The list of releases, kept so that it can be read without the internet: asked for again each time, and if that fails
 * the last one that came, with its date.
 */
import * as v from "valibot";
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { firmwareVariant } from "../../core/firmware/variants.ts";
import { say } from "../../core/text/text.ts";
import { writeHomeFile } from "../home/home-files.ts";
import type { Clock, Files } from "../ports.ts";
import { type Downloader, type FirmwareFile, listFirmware } from "./catalog.ts";
import { libraryFolder } from "./store.ts";

const RECORD_VERSION = 1;
/** More than the list it is made from may have. */
const LIST_BYTES = 0x80_0000;

export interface ReleaseList {
  readonly files: readonly FirmwareFile[];
  /** Wall clock, UTC, ISO 8601: when the list came from the releaser. */
  readonly at: string;
  /** Why it is an old one; undefined where it has just come. */
  readonly offline: string | undefined;
}

export interface LibraryContext {
  readonly files: Files;
  readonly home: string;
  readonly downloader: Downloader;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

const RECORD = v.object({
  version: v.literal(RECORD_VERSION),
  at: v.pipe(v.string(), v.isoTimestamp()),
  files: v.array(
    v.object({
      release: v.string(),
      variant: v.string(),
      form: v.picklist(["bin", "gz"]),
      url: v.pipe(v.string(), v.startsWith("https://")),
      size: v.number(),
      sha256: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
    }),
  ),
});

/** Errors: network-failed where there is neither the internet nor an old list; aborted. */
export async function releaseList(context: LibraryContext): Promise<ReleaseList> {
  try {
    const files = await listFirmware(context.downloader, context.signal);
    const at = new Date(context.clock.wallTime()).toISOString();
    await keep(context, { files, at, offline: undefined });
    return { files, at, offline: undefined };
  } catch (error) {
    if (!isPlugsmithError(error, "network-failed")) throw error;
    const kept = await recall(context);
    if (kept !== undefined) return { ...kept, offline: error.message };
    throw new PlugsmithError("network-failed", {
      message: say`${error.texts.message} There is no stored list of releases from an earlier run.`,
      step: "prepare",
      plugState: say`untouched`,
      nextStep: say`Check the internet connection. Or download the image on another computer and add it with \`plugsmith firmware get --file FILE\`.`,
      cause: error,
    });
  }
}

const pathOf = (home: string): string => `${libraryFolder(home)}/releases.json`;

async function keep({ files, home }: LibraryContext, list: ReleaseList): Promise<void> {
  const record = {
    version: RECORD_VERSION,
    at: list.at,
    files: list.files.map(({ variant, ...file }) => ({ ...file, variant: variant.name })),
  };
  await writeHomeFile(files, home, pathOf(home), new TextEncoder().encode(`${JSON.stringify(record)}\n`));
}

/** A list that cannot be read is as good as none: the next one replaces it. */
async function recall({ files, home }: LibraryContext): Promise<Omit<ReleaseList, "offline"> | undefined> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(await files.read(pathOf(home), LIST_BYTES)));
  } catch {
    return undefined;
  }
  const record = v.safeParse(RECORD, json);
  if (!record.success) return undefined;
  const known = record.output.files.flatMap(({ variant: name, sha256, ...file }): FirmwareFile[] => {
    const variant = firmwareVariant(name);
    return variant === undefined ? [] : [{ ...file, variant, sha256 }];
  });
  return { files: known, at: record.output.at };
}
