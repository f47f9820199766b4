/** Which plug's conversion a command goes on with. */

import { type ConversionState, foldConversion } from "../../core/conversion/state.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { stepText } from "../../core/step-id.ts";
import { asText, joined, say, type Text } from "../../core/text/text.ts";
import { plugFolder } from "../home/folders.ts";
import { readJournal } from "../home/journal.ts";
import { rememberedPlugs } from "../home/plug-records.ts";
import type { Files, Operator } from "../ports.ts";
import { type UnfinishedConversion, unfinishedConversions } from "./conversion-log.ts";
import { askToConvertAgain, finishedConversions, leftUnchanged } from "./converted-already.ts";

/** The records of a home, real or virtual. */
export interface PlugRecords {
  readonly files: Files;
  readonly home: string;
  /** The folder of a virtual plug that lives in one. */
  readonly folder: string | undefined;
  readonly virtual: boolean;
}

export interface ResumeOptions {
  /** From the beginning, whatever is on record. */
  readonly fresh: boolean;
  /** An unfinished conversion, or the one of this plug (12 lower-case hex digits). */
  readonly resume: string | true | undefined;
}

/** The person who is asked; undefined where nobody is there. */
export interface Asked {
  readonly operator: Operator | undefined;
  readonly signal: AbortSignal;
}

export interface KnownPlug {
  readonly plug: string;
  readonly state: ConversionState;
}

/**
 * The plug to go on with, undefined for another one. A virtual person that nobody watches goes on with the newest.
 * Errors: bad-argument, needs-input where several could be meant, record-newer.
 */
export async function plugToResume(
  place: PlugRecords,
  { fresh, resume }: ResumeOptions,
  { operator, signal }: Asked,
): Promise<KnownPlug | undefined> {
  if (fresh) return undefined;
  const open = await unfinishedConversions(place.files, place.home);
  if (typeof resume === "string") return await knownPlug(place, resume);
  if (open.length === 0) {
    if (resume !== true) return undefined;
    throw new PlugsmithError("bad-argument", {
      message: say`No unfinished conversion is recorded in ${place.home}.`,
      plugState: say`untouched`,
      nextStep: say`Start one: run the same command without --resume.`,
      context: { home: place.home },
    });
  }
  if (resume === true && open.length === 1) return await knownPlug(place, open[0]!.plug);
  if (operator === undefined) {
    if (place.virtual) return await knownPlug(place, open[0]!.plug);
    throw severalUnfinished(open);
  }
  const answer = await chooseUnfinished({ ...place, operator, signal });
  return answer === undefined || answer === "new" ? undefined : await knownPlug(place, answer);
}

/**
 * Before anybody picks up a saw: the plug that lives in a folder of its own is known without being met. True where a
 * finished conversion is no reason to ask when the chip is met: said here, or a fresh virtual plug.
 * Errors: aborted, needs-input where nobody is there.
 */
export async function isToConvertAgain(
  { virtual, folder, files, home }: PlugRecords,
  { fresh }: Pick<ResumeOptions, "fresh">,
  { operator, signal }: Asked,
): Promise<boolean> {
  if (!virtual) return false;
  if (folder === undefined || fresh) return true;
  const [finished] = await finishedConversions(files, home);
  if (finished === undefined) return false;
  if (operator === undefined) throw leftUnchanged("needs-input", finished);
  await askToConvertAgain(finished, operator, signal);
  return true;
}

/** The plug that a single step is for; with only one on record it needs no name. @param wanted 12 lower-case hex digits. Errors: bad-argument, needs-input. */
export async function plugOfStep(place: PlugRecords, wanted: string | undefined): Promise<KnownPlug> {
  if (wanted !== undefined) return await knownPlug(place, wanted);
  const open = await unfinishedConversions(place.files, place.home);
  if (open.length === 1) return await knownPlug(place, open[0]!.plug);
  if (open.length > 1) throw severalUnfinished(open);
  const finished = await finishedConversions(place.files, place.home);
  if (finished.length === 1) return await knownPlug(place, finished[0]!.plug);
  throw new PlugsmithError("bad-argument", {
    message:
      finished.length === 0
        ? say`No conversion is recorded in ${place.home}.`
        : say`Several converted plugs are recorded in ${place.home}: ${finished.map(({ plug }) => plug).join(", ")}.`,
    plugState: say`untouched`,
    nextStep:
      finished.length === 0
        ? say`Start with plugsmith prepare or plugsmith convert.`
        : say`Name the plug with --plug MAC.`,
    context: { home: place.home, plugs: finished.map(({ plug }) => plug) },
  });
}

/** Asks which unfinished conversion is meant, where there are any: its plug, "new", or undefined where none is. */
export async function chooseUnfinished({
  files,
  home,
  operator,
  signal,
}: {
  readonly files: Files;
  readonly home: string;
  readonly operator: Operator;
  readonly signal?: AbortSignal | undefined;
}): Promise<string | undefined> {
  const open = await unfinishedConversions(files, home);
  if (open.length === 0) return undefined;
  const seen = await rememberedPlugs({ files, path: home });
  const nameOf = (plug: string): Text => {
    const name = seen.find(({ mac }) => mac === plug)?.name;
    return name === undefined ? asText(plug) : say`"${name}" (${plug})`;
  };
  return await operator.choose(
    {
      id: "resume",
      text: say`A conversion is not finished. Continue it?`,
      options: [
        ...open.map(({ plug, next, startedAt }) => ({
          id: plug,
          text: say`${nameOf(plug)}, started on ${startedAt.slice(0, 10)} at ${startedAt.slice(11, 16)} UTC, next step: ${stepText(next)}`,
        })),
        { id: "new", text: say`No, convert another plug` },
      ],
    },
    signal,
  );
}

async function knownPlug({ files, home }: PlugRecords, plug: string): Promise<KnownPlug> {
  const folder = plugFolder(home, plug);
  if ((await files.stat(folder)) === undefined) {
    throw new PlugsmithError("bad-argument", {
      message: say`No plug ${plug} is recorded in ${home}.`,
      plugState: say`untouched`,
      nextStep: say`Check the MAC address. Without --resume, a new conversion starts.`,
      context: { plug, home },
    });
  }
  return { plug, state: foldConversion(await readJournal(files, folder)) };
}

function severalUnfinished(open: readonly UnfinishedConversion[]): PlugsmithError {
  const list = joined(
    open.map(({ plug, startedAt, next }) => say`${plug} (started ${startedAt}, next step: ${stepText(next)})`),
    ", ",
  );
  return new PlugsmithError("needs-input", {
    message: say`Several conversions are not finished: ${list}.`,
    plugState: say`untouched`,
    nextStep: say`Name the plug: --resume MAC for convert, --plug MAC for a single step. For another plug, use --new.`,
    context: { plugs: open.map(({ plug }) => plug) },
  });
}
