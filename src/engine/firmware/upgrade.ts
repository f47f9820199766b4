/**
 * Brings a plug that runs Tasmota to another build over the air: plans the stages, keeps its settings safe beforehand,
 * sends the images, and believes only what the plug says afterwards. Wherever it ends, it reports whether the plug was
 * left on the minimal build.
 */
import * as v from "valibot";
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { type RunningFirmware, runningText } from "../../core/firmware/running.ts";
import type { UpgradeImage, UpgradePermissions } from "../../core/firmware/upgrade-plan.ts";
import { checkUpgrade, directStage, stagesByMinimal, type UpgradeStage } from "../../core/firmware/upgrade-plan.ts";
import { memberOf } from "../../core/tasmota/answer.ts";
import { query, setting } from "../../core/tasmota/command.ts";
import { decodeDmp } from "../../core/tasmota/settings/dmp.ts";
import { compareSettings, type SettingsDifference } from "../../core/tasmota/settings/listing.ts";
import { readTexts, type SettingsSector } from "../../core/tasmota/settings/sector.ts";
import { parseNetwork } from "../../core/tasmota/status.ts";
import { asText, say, type Text } from "../../core/text/text.ts";
import { plugFolder } from "../home/folders.ts";
import { writeHomeFile } from "../home/home-files.ts";
import type { Home } from "../home/plug-records.ts";
import { runStep } from "../step.ts";
import { proveLocked } from "../tasmota/secure.ts";
import { downloadSettings } from "../tasmota/settings-transfer.ts";
import { abortedError } from "../time.ts";
import { readRunning } from "./running.ts";
import { type SendContext, sendImage, stepOf } from "./send-image.ts";
import { isServedAddress } from "./serve.ts";

export interface UpgradeContext extends SendContext {
  readonly home: Home;
}

export interface UpgradeOptions extends UpgradePermissions {
  readonly target: UpgradeImage;
  /** Asked for only where there is no room for the target at once. */
  readonly minimal: () => Promise<UpgradeImage>;
}

export interface PreparedUpgrade {
  readonly running: RunningFirmware;
  readonly stages: readonly UpgradeStage[];
}

export interface UpgradeResult {
  /** 12 lower-case hex digits. */
  readonly mac: string;
  readonly before: RunningFirmware;
  readonly after: RunningFirmware;
  /** It was found on the minimal build, left there by an upgrade that did not end. */
  readonly resumed: boolean;
  /** Settings that are not what they were; undefined where none from before are known. */
  readonly differences: readonly SettingsDifference[] | undefined;
  /** Where the settings from before lie; they hold passwords. */
  readonly settingsFile: string | undefined;
}

/** Settings whose loss leaves a plug that lies, is open or does not switch: an upgrade that changes one has failed. */
const VITAL =
  /^(energy_(power|voltage|current|frequency)_calibration2?|user_template|user_template_base|module|WebPassword|SSID[12]|Password[12])$/;

const MINIMAL_STATE = say`on Tasmota's minimal build: the plug cannot be switched over the network and does not measure; its settings are safe in its flash`;
const GO_ON = say`Run the same upgrade again. It detects the plug's state and continues from there.`;

/** Looks and plans; changes nothing. Errors: not-supported, bad-image, image-too-big; those of reading the plug. */
export async function prepareUpgrade(context: UpgradeContext, options: UpgradeOptions): Promise<PreparedUpgrade> {
  const running = await readRunning(context.client, context.signal);
  checkUpgrade(running, options.target, options);
  const direct = directStage(running, options.target);
  const stages = direct === undefined ? stagesByMinimal(running, options.target, await options.minimal()) : [direct];
  return { running, stages };
}

/** Errors: those of the plan and the upload; verify-failed, not-settled, audit-failed. */
export async function upgrade(context: UpgradeContext, prepared: PreparedUpgrade): Promise<UpgradeResult> {
  const { events } = context;
  const before = prepared.running;
  if (before.minimal) {
    events({
      type: "notice",
      level: "warning",
      text: say`The plug runs Tasmota's minimal build because an earlier upgrade was not finished. This upgrade continues from there.`,
    });
  } else {
    await runStep(context, "keep-settings", say`Download and store its settings`, async () => {
      const path = await keepSettings(context, prepared);
      return [undefined, asText(path)];
    });
  }
  let running = before;
  try {
    for (const stage of prepared.stages) {
      if (context.signal?.aborted) throw abortedError("upgrade");
      await sendImage(context, stage, running);
      running = await readUpgraded(context, stage);
    }
  } catch (error) {
    throw await withTruth(context, error);
  }
  return await prove(context, before, running);
}

/** Asked again, once it is back for good. Errors: verify-failed; those of reading the plug. */
async function readUpgraded(context: UpgradeContext, stage: UpgradeStage): Promise<RunningFirmware> {
  return await runStep(context, `${stepOf(stage)}-check`, say`Read which firmware runs`, async () => {
    const running = await readRunning(context.client, context.signal);
    proveUpgraded(stage, running);
    return [running, buildText(running)];
  });
}

const buildText = (running: RunningFirmware): Text =>
  running.built === undefined ? runningText(running) : say`${runningText(running)}, built ${running.built}`;

async function prove(
  context: UpgradeContext,
  before: RunningFirmware,
  running: RunningFirmware,
): Promise<UpgradeResult> {
  const mac = await macOf(context);
  const kept = await keptSettings(context.home, mac);
  const result = { mac, before, after: running, resumed: before.minimal, settingsFile: kept };
  const was = kept === undefined ? undefined : decodeDmp(await context.home.files.read(kept));
  await putAddressBack(context, was);
  if (kept === undefined || was === undefined) return { ...result, differences: undefined };
  const differences = await runStep(context, "settings", say`Compare its settings with those from before`, async () => {
    const found = await compareWith(context, was, kept);
    return [found, found.length === 0 ? say`unchanged` : say`changed by the new firmware: ${found.length}`];
  });
  const { password } = context.client;
  if (password !== undefined) {
    await runStep(context, "lock", say`Try to access it with and without the web password`, async () => {
      await proveLocked(context, password);
      return [undefined, say`no access without the password`];
    });
  }
  await context.home.files.remove(recordPath(context.home, mac));
  return { ...result, differences };
}

const signalOf = ({ signal }: Pick<SendContext, "signal">): Pick<SendContext, "signal"> => ({ signal });

/** What runs must be what was sent: minimal or not, and built on the day that stands in the image. */
function proveUpgraded({ kind, image }: UpgradeStage, running: RunningFirmware): void {
  const { buildDate } = image.examination.facts;
  const reported = running.built?.slice(0, 10);
  const sameDay = buildDate === undefined || reported === undefined || reported === isoDay(buildDate);
  const sameVersion =
    image.version === undefined || running.version === undefined || isRelease(running.version, image.version);
  if (running.minimal === (kind === "minimal") && sameDay && sameVersion) return;
  const what = buildText(running);
  throw new PlugsmithError("verify-failed", {
    message: say`The plug accepted ${image.name}, but it runs ${what}.`,
    step: "upgrade",
    plugState: say`runs ${what}`,
    nextStep: say`Check the image with \`plugsmith firmware inspect\`, then upgrade again.`,
    context: { image: image.name },
  });
}

const isRelease = (running: string, release: string): boolean =>
  running === release || running.startsWith(`${release}.`);

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "Aug  3 2024", as compilers write it, as "2024-08-03". */
function isoDay(written: string): string {
  const [month = "", day = "", year = ""] = written.split(/ +/);
  return `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** The same error, with what runs on the plug now: above all, whether it is left on the minimal build. */
async function withTruth(stopped: UpgradeContext, error: unknown): Promise<unknown> {
  if (!isPlugsmithError(error)) return error;
  // Without the signal: what was stopped is looked at all the same.
  const { client, clock, events, home, delivery } = stopped;
  const context: UpgradeContext = { client, clock, events, home, delivery };
  const running = await runStep(context, "look", say`Check which firmware runs on the plug now`, async () => {
    const found = await readRunning(client).catch(() => undefined);
    return [found, found === undefined ? say`it does not answer` : buildText(found)];
  });
  // The error at hand is what counts: whether this succeeds is seen by the next run.
  if (running?.minimal === false) await addressAsBefore(context).catch(() => undefined);
  const state =
    running === undefined
      ? say`not answering; if it stays like this, switch its power off and on, then check again`
      : running.minimal
        ? MINIMAL_STATE
        : say`runs ${runningText(running)}, its settings untouched`;
  return new PlugsmithError(error.code, {
    message: error.texts.message,
    step: error.step ?? "upgrade",
    plugState: state,
    nextStep: running?.minimal === false ? (error.texts.nextStep ?? GO_ON) : GO_ON,
    cause: error,
  });
}

/** 12 lower-case hex digits. */
async function macOf(context: UpgradeContext): Promise<string> {
  const { mac } = parseNetwork(await context.client.send(query("Status 5"), signalOf(context)));
  if (mac !== undefined) return mac;
  throw new PlugsmithError("bad-answer", {
    message: say`The plug does not report its MAC address.`,
    step: "upgrade",
  });
}

const RECORD = v.object({ version: v.literal(1), settings: v.string() });
const recordPath = (home: Home, mac: string): string => `${plugFolder(home.path, mac)}/upgrade.json`;

/** On the medium before the first byte is sent: what the settings were, for the comparison afterwards. */
async function keepSettings(context: UpgradeContext, { running, stages }: PreparedUpgrade): Promise<string> {
  const { client, clock, home } = context;
  const mac = await macOf(context);
  const { file } = await downloadSettings(client, clock, context.signal);
  const folder = `${plugFolder(home.path, mac)}/settings`;
  const stamp = new Date(clock.wallTime()).toISOString().replaceAll(/[:.]/g, "-");
  const path = `${folder}/${stamp}-before-upgrade.dmp`;
  await writeHomeFile(home.files, home.path, path, file);
  const record = { version: 1, settings: path, from: runningText(running), to: stages.at(-1)?.image.name };
  const bytes = new TextEncoder().encode(`${JSON.stringify(record)}\n`);
  await writeHomeFile(home.files, home.path, recordPath(home, mac), bytes);
  return path;
}

async function keptSettings({ files, path }: Home, mac: string): Promise<string | undefined> {
  const file = recordPath({ files, path }, mac);
  if ((await files.stat(file)) === undefined) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(await files.read(file)));
  } catch {
    return undefined;
  }
  const record = v.safeParse(RECORD, json);
  return record.success && (await files.stat(record.output.settings)) !== undefined
    ? record.output.settings
    : undefined;
}

async function addressAsBefore(context: UpgradeContext): Promise<void> {
  const { mac } = parseNetwork(await context.client.send(query("Status 5")));
  const kept = mac === undefined ? undefined : await keptSettings(context.home, mac);
  if (kept !== undefined) await putAddressBack(context, decodeDmp(await context.home.files.read(kept)));
}

/** The update address is not left at this computer, where nothing is given out any more. */
async function putAddressBack(context: SendContext, was: SettingsSector | undefined): Promise<void> {
  const { client } = context;
  const now = memberOf(await client.send(query("OtaUrl"), signalOf(context)), "OtaUrl");
  if (typeof now !== "string" || !isServedAddress(now)) return;
  const old = was === undefined ? "" : (readTexts(was)[0] ?? "");
  // "1" is the address that is compiled in.
  await client.send(setting("OtaUrl", old === "" || isServedAddress(old) ? "1" : old), signalOf(context));
}

async function compareWith(
  { client, clock, signal }: SendContext,
  before: SettingsSector,
  path: string,
): Promise<readonly SettingsDifference[]> {
  const { sector } = await downloadSettings(client, clock, signal);
  const differences = compareSettings(before, sector).filter(({ name }) => name !== "version");
  const lost = differences.filter(({ name }) => VITAL.test(name)).map(({ name }) => name);
  if (lost.length === 0) return differences;
  throw new PlugsmithError("not-settled", {
    message: say`These settings changed during the upgrade: ${lost.join(", ")}.`,
    step: "upgrade",
    plugState: say`upgraded, but settings were lost`,
    nextStep: say`Restore the settings with \`plugsmith settings restore ${path}\`.`,
    context: { settings: lost },
  });
}
