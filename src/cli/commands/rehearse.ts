/** `plugsmith rehearse`: the whole conversion on a virtual plug with a virtual person, told in a line or two for each step. Touches nothing real. */

import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  isPlugsmithError,
  type JobEvent,
  LARGEST_FLASH,
  type PlugsmithError,
  parseAccuracy,
  quantity,
  say,
  type Text,
} from "../../core/index.ts";
import {
  askCredentials,
  type ConversionOptions,
  type ConversionResult,
  type FirmwareToWrite,
  sleep,
} from "../../engine/index.ts";
import {
  JobHost,
  type JobPlace,
  loadSim,
  openVirtualEnvironment,
  startConversion,
  type VirtualEnvironment,
  virtualHome,
} from "../../host/index.ts";
import { nodeClock, nodeFiles } from "../../platform/node/index.ts";
import type { VirtualHome } from "../../sim/index.ts";
import { shownOperator } from "../ask/shown-operator.ts";
import type { TerminalOperator } from "../ask/terminal-operator.ts";
import { followJob, type Watcher } from "../ask/watch-job.ts";
import { type CommandModule, type CommandOutcome, type CommandRun, defineCommand } from "../command.ts";
import { guidedPerson } from "../convert/conversion-environment.ts";
import { VIRTUAL_REFERENCE } from "../convert/named-reference.ts";
import { flag, type OptionsOf, parsed, text } from "../options.ts";
import { environmentOf } from "../plug/connection.ts";
import { COUNT } from "../plug/flash-command.ts";
import { StepTimes } from "../plug/step-times.ts";
import { indented } from "../render/answer.ts";
import { durationText, signedPercent } from "../render/quantity.ts";
import { styleOf } from "../render/terminal.ts";
import { DEFAULT_PROFILE, type Device, loadDevice } from "../tasmota/device-profile.ts";

const NOTHING_REAL = say`A rehearsal: the plug, its home and the person are virtual, and nothing real is touched. The firmware that answers is a stand-in for Tasmota; the image that you will flash is not executed.`;
const nothingRealWith = (file: string): Text =>
  say`A rehearsal: the plug, its home and the person are virtual, and nothing real is touched. The virtual chip executes ${file} itself.`;

/** What a person reads in a second, characters; and how long the shortest text stays. */
const READING_PER_SECOND = 30;
const SHORTEST_LOOK_MS = 600;
/** With `--slow`, ms of real time for each event of a kind; a backup draws some hundred lines of progress. */
const SLOW_MS: Readonly<Partial<Record<JobEvent["type"], number>>> = {
  progress: 60,
  meter: 300,
  hearing: 600,
  "step-finished": 900,
};

/** The hasty person pulls the cable when so much of the backup is done, and needs so long to put it back, ms. */
const PULLED_AT = 0.4;
const BACK_AFTER_MS = 5000;
/** A conversion that a closing check stopped is run again; more often it would be something else. */
const RUNS = 3;

const OPTIONS = {
  verbose: flag("--verbose", say`show every question with its answer, and every event`),
  slow: flag("--slow", say`show the same, slowly enough to read along`),
  hasty: flag("--hasty", say`simulate a careless person, who skips steps, mistypes and pulls the cable`),
  firmware: text("--firmware <file>", say`execute this image on the virtual chip, instead of a stand-in for Tasmota`),
  seed: parsed("--seed <n>", say`seed of the random numbers: another plug in another home`, COUNT, 1),
};

export const rehearseCommand: CommandModule = defineCommand({
  options: OPTIONS,
  run: async (run, options) => {
    const kept = run.globals.home === undefined ? undefined : virtualHome(run.home);
    const records = kept ?? (await mkdtemp(join(tmpdir(), "plugsmith-rehearsal-"))).replaceAll("\\", "/");
    const device = await loadDevice(DEFAULT_PROFILE);
    const { firmware: file } = options;
    // Before anything is made that would have to be cleaned up.
    const firmware =
      file === undefined ? undefined : { image: await nodeFiles.read(file, LARGEST_FLASH), origin: file };
    const bench = { folder: undefined, start: "kept", seed: options.seed } as const;
    const environment = await openVirtualEnvironment(environmentOf(run), bench, records);
    const notice = file === undefined ? NOTHING_REAL : nothingRealWith(file);
    run.emit({ type: "notice", level: "info", text: notice });
    return await rehearse(run, { ...options, firmware }, environment, await loadSim(), device);
  },
});

/** With the image read. */
type RehearsalOptions = Omit<OptionsOf<typeof OPTIONS>, "firmware"> & {
  readonly firmware: FirmwareToWrite | undefined;
};

/** What a step found out and did on the way: told with `--verbose`. */
const DETAILS: readonly JobEvent["type"][] = ["fact", "hearing", "output", "sectors"];
/** What is drawn over where the line can be redrawn. */
const DRAWN: readonly JobEvent["type"][] = ["step-started", "progress", "meter"];

/** Passes on what a rehearsal of a line or two for each step shows. */
function briefly({ globals, terminal, emit }: CommandRun, event: JobEvent): void {
  const redraws = styleOf(terminal, globals.plain).live;
  if (DETAILS.includes(event.type) || (!redraws && DRAWN.includes(event.type))) return;
  // The long path of the report follows at the end, where it can be copied.
  const named = event.type === "step-finished" && event.step === "report";
  emit(named ? { ...event, summary: say`` } : event);
}

async function rehearse(
  run: CommandRun,
  { verbose, slow, hasty, seed, firmware }: RehearsalOptions,
  environment: VirtualEnvironment,
  sim: Awaited<ReturnType<typeof loadSim>>,
  device: Device,
): Promise<CommandOutcome> {
  const { buildModelImage, SeededRandom, virtualPerson } = sim;
  const { virtualHome: home, plug, clock } = environment;
  const screen = guidedPerson(run, device);
  const tellsAll = verbose || slow || run.globals.json;
  const wait = (ms: number): Promise<void> =>
    slow ? environment.hold(sleep(nodeClock, ms, run.signal)) : Promise.resolve();
  const times = new StepTimes(
    (event) => (tellsAll ? run.emit(event) : briefly(run, event)),
    () => clock.now(),
  );
  const cable = hasty ? clumsyCable(home, screen, run) : undefined;
  const events = (event: JobEvent): void => {
    times.sink(event);
    cable?.(event);
    // The world stands still meanwhile; Ctrl-C ends the job, not this.
    void wait(SLOW_MS[event.type] ?? 0).catch(() => {});
  };
  const person = virtualPerson(home, {
    character: hasty ? "hasty" : "careful",
    forgets: hasty ? ["screws"] : undefined,
    onBlunder: (words) => tell(run, screen, words),
  });
  const look = (text: string): Promise<void> => wait(SHORTEST_LOOK_MS + (1000 * text.length) / READING_PER_SECOND);
  const operator = run.globals.json || !tellsAll ? person : shownOperator(person, screen, look);
  // Everything that is random comes from the seed.
  const inside = { ...environment, random: new SeededRandom(seed).fork("computer") };
  const place: JobPlace = { host: new JobHost(inside), environment: inside, line: home.line };
  const options: ConversionOptions = {
    profile: device.profile,
    guide: device.guide,
    texts: device.texts,
    virtual: true,
    catalogue: run.catalogue,
    resume: "new",
    firmware: firmware ?? { image: buildModelImage(), origin: "the built-in stand-in" },
    credentials: await environment.drive(askCredentials(operator, {}, run.signal)),
    askAgain: true,
    config: { deviceName: "Rehearsal", timeZone: "Europe/Berlin" },
    calibration: {
      method: {
        kind: "volts-and-load",
        voltmeter: parseAccuracy(VIRTUAL_REFERENCE.voltmeter, 0.1),
        load: { kind: "heater", ratedPower: home.loadWatts, ratedVoltage: 230, tolerance: 0.01 },
      },
      samples: 12,
      maximumPower: device.profile.device.rating.amperes * device.profile.device.rating.volts,
    },
  };
  const result = await untilConverted(place, options, { emit: events, operator }, run.signal);
  return outcome(result, times.total(), plug.bench.incidents, firmware !== undefined);
}

/** Runs the conversion, and again where a check of the closing list stopped it, as a person would. */
async function untilConverted(
  place: JobPlace,
  options: ConversionOptions,
  watcher: Watcher,
  signal: AbortSignal,
): Promise<ConversionResult> {
  let { resume } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return await followJob(place.environment, startConversion(place, { ...options, resume }), signal, watcher);
    } catch (error) {
      if (!isPlugsmithError(error, "unsafe") || attempt === RUNS) throw error;
      const { files, home } = place.environment;
      [resume = "new"] = await files.list(`${home}/plugs`);
      watcher.emit({ type: "notice", level: "warning", text: stopped(error) });
    }
  }
}

function stopped({ texts: { message, plugState, nextStep } }: PlugsmithError): Text {
  return say`Stopped: ${message} The plug: ${plugState ?? ""}. Next: ${nextStep ?? ""} The virtual person does this and runs the same command again.`;
}

function tell(run: CommandRun, screen: TerminalOperator, words: string): void {
  if (!run.globals.json) screen.remark(say`(The virtual person ${words}.)`);
}

/** In the middle of the backup the cable is pulled out, and put back a little later with GPIO0 held to ground. */
function clumsyCable(home: VirtualHome, screen: TerminalOperator, run: CommandRun): (event: JobEvent) => void {
  let pulled = false;
  return (event) => {
    if (pulled || event.type !== "progress" || event.done < PULLED_AT * event.total) return;
    pulled = true;
    const clock = home.clock.port();
    const { actions: person } = home.bench;
    clock.after(0, () => {
      tell(run, screen, "catches the cable with an elbow, and the adapter is out");
      person.pullAdapterOut();
    });
    clock.after(BACK_AFTER_MS, () => {
      person.groundGpio0();
      person.plugAdapterIn();
    });
  };
}

function outcome(
  { plug, report, page, resumedAfter }: ConversionResult,
  { virtualMs, wallMs }: { readonly virtualMs: number; readonly wallMs: number },
  incidents: readonly string[],
  isExecuted: boolean,
): CommandOutcome {
  const constants = report.calibrations.at(-1)?.results ?? [];
  return {
    data: { plug, report, page, resumedAfter, accidents: incidents, virtualMs, wallMs },
    answer: [
      say``,
      say`The virtual plug ${plug} is converted. Steps recorded: ${report.steps.length}; accidents: ${incidents.length}.`,
      indented(say`backup`, `SHA-256 ${report.backups[0]?.sha256.slice(0, 16) ?? ""}…`),
      indented(
        say`firmware`,
        isExecuted
          ? say`${report.firmware?.running ?? ""} (executed by the virtual chip)`
          : say`${report.firmware?.running ?? ""} (a stand-in)`,
      ),
      ...constants.map(({ command, errorBefore, budget }) =>
        indented(
          command,
          say`error before: ${signedPercent(errorBefore, 1)}; now within ${quantity(100 * budget.expanded, "%", 1)}`,
        ),
      ),
      say`The rehearsal took ${durationText(virtualMs)} of the plug's time and ${durationText(wallMs)} of yours.`,
      say`Certificate, to open in a browser: ${page}`,
      say`Nothing real was touched. To practise on a virtual plug yourself:`,
      indented("plugsmith convert --port sim:./practice"),
    ],
  };
}
