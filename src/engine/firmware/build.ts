/**
 * Builds Tasmota from source in a container, with a person's own settings in it. What may hold secrets lies in a folder
 * for its owner only, is never an argument, and is masked in what the compiler says.
 */
import { toHex } from "../../core/bytes.ts";
import type { EventSink } from "../../core/events.ts";
import { type BuildConfig, buildFiles, cString } from "../../core/firmware/build-files.ts";
import { type Examination, examineFirmware, refuseUnusable } from "../../core/firmware/examine.ts";
import { refuseUnfit } from "../../core/firmware/fitness.ts";
import { Redactor } from "../../core/tasmota/redact.ts";
import { say } from "../../core/text/text.ts";
import { makePrivateFolder, writeWholeFile } from "../home/folders.ts";
import type { Clock, Files, Programs, Random } from "../ports.ts";
import { abortedError } from "../time.ts";
import { type ContainerEngine, type ContainerRun, containerArguments, failed, findEngine } from "./container.ts";
import { importFirmware, libraryFolder, type StoredFirmware } from "./store.ts";

/** Without a line for this long, ms, the build is given up: the first one downloads a tool chain of some 100 MB. */
const SILENCE_MS = 15 * 60_000;
export const TASMOTA_SOURCE = "https://github.com/arendst/Tasmota.git";

export interface BuildContext {
  readonly files: Files;
  readonly home: string;
  readonly programs: Programs;
  readonly clock: Clock;
  readonly random: Random;
  readonly events: EventSink;
  readonly signal?: AbortSignal;
  readonly user: ContainerRun["user"];
}

export interface BuildOptions {
  readonly config: BuildConfig;
  /** "15.2.0". */
  readonly release: string;
  /** Git address or path that has the release's tag. */
  readonly source: string;
  readonly engine: ContainerEngine | undefined;
  /** The plug measures. */
  readonly metering: boolean;
}

export interface BuiltFirmware {
  readonly stored: StoredFirmware;
  /** Compressed, for the air; undefined where the build made none. */
  readonly packed: StoredFirmware | undefined;
  readonly examination: Examination;
  readonly engine: ContainerEngine;
}

/** Errors: bad-argument, program-failed, bad-image, image-too-big, not-supported, aborted, locked; those of files. */
export async function buildFirmware(context: BuildContext, options: BuildOptions): Promise<BuiltFirmware> {
  const { files, home } = context;
  const written = buildFiles(options.config);
  const engine = await findEngine(context.programs, options.engine, context.signal);
  await makePrivateFolder(files, home, sourcesFolder(home));
  // A second build in the same source would take away what the first one is being built from.
  const release = await files.lock(`${sourcesFolder(home)}/Tasmota-${options.release}.lock`);
  try {
    return await buildLocked(context, options, engine, written);
  } finally {
    await release();
  }
}

async function buildLocked(
  context: BuildContext,
  options: BuildOptions,
  engine: ContainerEngine,
  written: ReturnType<typeof buildFiles>,
): Promise<BuiltFirmware> {
  const { files } = context;
  const { variant } = options.config;
  const folder = await sourceFolder(context, options);
  const header = `${folder}/tasmota/user_config_override.h`;
  const output = `${folder}/build_output/firmware/${variant.name}.bin`;
  try {
    await writeWholeFile(files, header, new TextEncoder().encode(written.header));
    await writeWholeFile(files, `${folder}/platformio_override.ini`, new TextEncoder().encode(written.ini));
    // A result of an earlier build must not be taken for this one's.
    for (const old of [output, `${output}.gz`]) if ((await files.stat(old)) !== undefined) await files.remove(old);
    await compile(context, options, engine, folder);
  } finally {
    if ((await files.stat(header)) !== undefined) await files.remove(header);
  }
  if ((await files.stat(output)) === undefined) {
    throw failed(
      say`The build finished but did not produce ${variant.name}.bin.`,
      say`Check the lines above, and that this release has this build.`,
    );
  }
  const bytes = await files.read(output);
  const examination = examineFirmware(bytes, { flashSize: "1MB", flashMode: "dout" });
  refuseUnfit(examination.facts, options.metering);
  refuseUnusable(examination, "What was built", { step: "build", plugState: say`untouched` });
  const name = `${variant.name}-${options.release}-own.bin`;
  const stored = await importFirmware(files, context.home, name, bytes, "bin");
  const packed =
    (await files.stat(`${output}.gz`)) === undefined
      ? undefined
      : await importFirmware(files, context.home, name, await files.read(`${output}.gz`), "gz");
  return { stored, packed, examination, engine };
}

const sourcesFolder = (home: string): string => `${libraryFolder(home)}/source`;

/** The release's source, fetched once. */
async function sourceFolder(context: BuildContext, options: BuildOptions): Promise<string> {
  const { files, home, events } = context;
  const folder = `${sourcesFolder(home)}/Tasmota-${options.release}`;
  if ((await files.stat(folder)) !== undefined) return folder;
  const step = "source";
  const began = context.clock.now();
  events({ type: "step-started", step, title: say`Download the source of Tasmota ${options.release}` });
  const fresh = `${folder}.${randomName(context.random)}`;
  const { status, lastLines } = await context.programs.run({
    name: "git",
    args: ["clone", "--depth", "1", "--branch", `v${options.release}`, options.source, fresh],
    onLine: (line) => events({ type: "output", step, line }),
    signal: context.signal,
  });
  if (context.signal?.aborted) throw abortedError("build");
  if (status === undefined)
    throw failed(say`A build needs git, and it is not installed.`, say`Install git, then build again.`);
  if (status !== 0) {
    throw failed(
      say`git could not fetch Tasmota ${options.release} (status ${status}): ${lastLines.at(-1) ?? ""}`,
      say`Check the internet connection and the release number, or give a copy of the source with --source.`,
    );
  }
  await files.rename(fresh, folder);
  const durationMs = context.clock.now() - began;
  events({ type: "step-finished", step, durationMs, summary: say`Tasmota ${options.release} downloaded` });
  return folder;
}

async function compile(
  context: BuildContext,
  { config }: BuildOptions,
  engine: ContainerEngine,
  folder: string,
): Promise<void> {
  const { events, clock, programs } = context;
  const step = "build";
  const redactor = new Redactor();
  for (const secret of [config.wifi?.passphrase, config.webPassword]) {
    redactor.add(secret);
    // A compiler's message shows the line as it was written.
    if (secret !== undefined) redactor.add(cString(secret).slice(1, -1));
  }
  const name = `plugsmith-build-${randomName(context.random)}`;
  const began = clock.now();
  events({ type: "step-started", step, title: say`Build ${config.variant.name} with ${engine}` });
  const stop = new AbortController();
  const giveUp = (): void => stop.abort();
  context.signal?.addEventListener("abort", giveUp, { once: true });
  let silence = clock.after(SILENCE_MS, giveUp);
  try {
    const { status, lastLines } = await programs.run({
      name: engine,
      args: containerArguments(engine, { name, folder, environment: config.variant.name, user: context.user }),
      signal: stop.signal,
      onLine: (line) => {
        silence();
        silence = clock.after(SILENCE_MS, giveUp);
        events({ type: "output", step, line: redactor.redact(line) });
      },
    });
    // Ending the program does not end its container.
    if (stop.signal.aborted) await programs.run({ name: engine, args: ["kill", name] });
    if (context.signal?.aborted) throw abortedError(step);
    if (stop.signal.aborted) {
      throw failed(
        say`The build printed nothing for ${SILENCE_MS / 60_000} minutes and was stopped.`,
        say`Build again.`,
      );
    }
    if (status !== 0) {
      const why = lastLines.findLast((line) => /error/i.test(line)) ?? lastLines.at(-1) ?? "";
      throw failed(
        say`The build failed (status ${status ?? "?"}): ${redactor.redact(why.trim())}`,
        say`Check the lines above. Without internet access, the container cannot download its toolchain.`,
      );
    }
  } finally {
    silence();
    context.signal?.removeEventListener("abort", giveUp);
  }
  events({ type: "step-finished", step, durationMs: clock.now() - began, summary: say`${config.variant.name} built` });
}

/** Eight hex digits: two builds at once do not meet. */
function randomName(random: Random): string {
  return toHex(random.bytes(4));
}
