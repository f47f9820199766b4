/** `plugsmith settings`: backups of a plug's settings: download, show, compare, restore. They hold passwords. */

import { basename } from "node:path";
import {
  asText,
  compareSettings,
  decodeDmp,
  LARGEST_FLASH,
  list,
  listSettings,
  PlugsmithError,
  parseNetwork,
  query,
  readNumberField,
  readTexts,
  SETTINGS_SIZE,
  type SettingsEntry,
  type SettingsSector,
  say,
  searchSettings,
  summarize,
  TEXT,
  versionText,
} from "../../core/index.ts";
import {
  downloadSettings,
  freeName,
  plugFolder,
  restoreSettings,
  writeHomeFile,
  writeWholeFile,
} from "../../engine/index.ts";
import { nodeFiles } from "../../platform/node/index.ts";
import { confirm } from "../ask/confirm.ts";
import { type CommandModule, type CommandOutcome, type CommandRun, defineCommand } from "../command.ts";
import { SIM_PORT } from "../convert/single-step.ts";
import { flag, type OptionsOf, text } from "../options.ts";
import { allowOutput } from "../output-file.ts";
import { row } from "../render/answer.ts";
import { atPlug } from "../tasmota/network-plug.ts";
import { ADDRESS_OPTIONS, withPassword } from "../tasmota/target.ts";

const ACTIONS = ["download", "show", "diff", "restore"] as const;

const OPTIONS = {
  reveal: flag("--reveal", say`show passwords`),
  all: flag("--all", say`also show empty and unused settings, and compare counters`),
  output: text("--output <file>", say`download: file to write (by default, in the plug's folder)`),
  ...ADDRESS_OPTIONS,
  port: SIM_PORT,
};

type SettingsOptions = OptionsOf<typeof OPTIONS>;

export const settingsCommand: CommandModule = defineCommand({
  arguments: [
    ["<action>", say`one of: ${list(ACTIONS)}`],
    ["[file]", say`a .dmp file, or a backup of the whole flash`],
    ["[other]", say`diff: file to compare with`],
  ],
  options: OPTIONS,
  run: (run, options) => {
    const [action, file, other] = run.args;
    switch (action) {
      case "download":
        return download(run, options);
      case "show":
        return show(options, file);
      case "diff":
        return diff(options, file, other);
      case "restore":
        return restore(run, options, file);
      default:
        throw new PlugsmithError("bad-argument", {
          message: say`settings has no action "${String(action)}".`,
          nextStep: say`Choose one of: ${list(ACTIONS)}.`,
        });
    }
  },
});

/** A .dmp file, or the newest settings in a whole-flash backup. Errors: file-not-found, file-unfit, file-corrupt. */
async function open(file: string | undefined): Promise<SettingsSector> {
  if (file === undefined) throw new PlugsmithError("bad-argument", { message: say`The command needs a file.` });
  const bytes = await nodeFiles.read(file, LARGEST_FLASH);
  if (bytes.length <= 2 * SETTINGS_SIZE) return decodeDmp(bytes);
  const [newest] = searchSettings(bytes).found;
  if (newest !== undefined) return newest.sector;
  throw new PlugsmithError("file-corrupt", {
    message: say`${file} contains no Tasmota settings.`,
    nextStep: say`A backup of the vendor's firmware does not contain any.`,
  });
}

async function download(run: CommandRun, options: SettingsOptions): Promise<CommandOutcome> {
  const { output: chosen } = options;
  if (chosen !== undefined) await allowOutput(run, chosen, "download");
  return await atPlug(run, options, async (target, { home, run: inside }) => {
    const { sector, file, mac } = await withPassword(run, target, async () => {
      const { mac } = parseNetwork(await target.client.send(query("Status 5"), { signal: run.signal }));
      return { ...(await downloadSettings(target.client, target.clock, run.signal)), mac };
    });
    const path = chosen ?? (await pathInHome(inside, mac, sector));
    if (chosen !== undefined) await writeWholeFile(nodeFiles, path, file);
    else await writeHomeFile(home.files, home.path, path, file);
    run.emit({
      type: "notice",
      level: "warning",
      text: say`The file contains the plug's passwords, readable by anyone who has it.`,
    });
    return { data: { path, ...summarize(sector) }, answer: [asText(path)] };
  });
}

/** In the plug's folder, named by the time and the firmware's version. Errors: bad-answer if the plug reports no MAC. */
async function pathInHome(run: CommandRun, mac: string | undefined, sector: SettingsSector): Promise<string> {
  if (mac === undefined) {
    throw new PlugsmithError("bad-answer", {
      message: say`The plug does not report its MAC, so plugsmith has no folder for its settings.`,
      step: "download",
      plugState: say`untouched`,
      nextStep: say`Name the file with --output FILE.`,
    });
  }
  const folder = `${plugFolder(run.home, mac)}/settings`;
  const stamp = new Date().toISOString().replace(/[:.]/g, "-");
  return `${folder}/${await freeName(nodeFiles, folder, `${stamp}-${versionText(readNumberField(sector, "version"))}`, ".dmp")}`;
}

function isSet(entry: SettingsEntry): boolean {
  if (entry.value === "") return false;
  return ![entry.value].flat().every((each) => each === 0);
}

async function show({ reveal, all: withUnused }: SettingsOptions, file: string | undefined): Promise<CommandOutcome> {
  const sector = await open(file);
  const all = listSettings(sector, { reveal });
  const entries = withUnused ? all : all.filter(isSet);
  const summary = summarize(sector);
  return {
    data: { ...summary, settings: Object.fromEntries(entries.map((entry) => [entry.name, entry.value])) },
    answer: [
      say`Tasmota ${summary.version}, saved ${summary.saveCount} times, ${summary.textsUsed} of 699 bytes for texts used`,
      ...entries.map((entry) => row(entry.name, shown(entry.value), entry.meaning === "text" ? "" : entry.meaning)),
    ],
  };
}

function shown(value: SettingsEntry["value"]): string {
  return typeof value === "string" ? value : [value].flat().join(",");
}

async function diff(
  { reveal, all }: SettingsOptions,
  file: string | undefined,
  other: string | undefined,
): Promise<CommandOutcome> {
  const differences = compareSettings(await open(file), await open(other), { reveal, all });
  return {
    data: { differences },
    answer:
      differences.length === 0
        ? [say`No differences.`]
        : differences.map((each) => row(each.name, `${shown(each.before)} -> ${shown(each.after)}`, each.meaning)),
  };
}

async function restore(run: CommandRun, options: SettingsOptions, file: string | undefined): Promise<CommandOutcome> {
  const sector = await open(file);
  const question = say`Replace all settings of the plug with those from ${basename(file!)}, including Wi-Fi and passwords?`;
  if (!(await confirm(run, question))) throw new PlugsmithError("aborted", { message: say`Nothing was changed.` });
  return await atPlug(run, options, async (target) => {
    const passwordAfter = readTexts(sector)[TEXT.webPassword];
    const { differences } = await withPassword(run, target, () =>
      restoreSettings(target.client, target.clock, sector, {
        passwordAfter: passwordAfter === "" ? undefined : passwordAfter,
        signal: run.signal,
      }),
    );
    for (const each of differences) {
      run.emit({
        type: "notice",
        level: "warning",
        text: say`${each.name} is ${shown(each.after)} instead of ${shown(each.before)}.`,
      });
    }
    return {
      data: { differences },
      answer: [differences.length === 0 ? say`Restored. The plug has exactly these settings.` : say`Restored.`],
    };
  });
}
