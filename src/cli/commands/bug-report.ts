/** `plugsmith bug-report`: a text for an issue; nothing private is in it. */

import { arch, platform, release } from "node:os";
import { asText, bugReport, foldConversion, say } from "../../core/index.ts";
import { plugFolder, plugsOnRecord, readJournal, writeWholeFile } from "../../engine/index.ts";
import { nodeFiles } from "../../platform/node/index.ts";
import { type CommandModule, defineCommand } from "../command.ts";
import { recordLocationOf } from "../convert/conversion-environment.ts";
import { isForVirtualPlug, SIM_PORT } from "../convert/single-step.ts";
import { text } from "../options.ts";
import { allowOutput } from "../output-file.ts";
import { plugNamed } from "../plug/named-plug.ts";
import { TOOL } from "../version.ts";

export const bugReportCommand: CommandModule = defineCommand({
  arguments: [["[plug]", say`plug by name or MAC; optional if there is only one`]],
  options: {
    port: SIM_PORT,
    events: text("--events <file>", say`file with the output of the failed command, run with --json`),
    out: text("--out <file>", say`write the text to this file; by default, show it`),
  },
  run: async (run, options) => {
    isForVirtualPlug(options);
    const { home } = recordLocationOf(run, options.port);
    const { out } = options;
    if (out !== undefined) await allowOutput(run, out, "report");
    const [wanted] = run.args;
    const named = wanted === undefined ? undefined : await plugNamed({ files: nodeFiles, path: home }, wanted);
    const report = bugReport({
      about: [TOOL, `Node ${process.version}`, `${platform()} ${release()} ${arch()}`],
      adapters: Object.keys(await json(`${home}/adapters.json`)),
      plug: await recordOf(home, named),
      events: options.events === undefined ? [] : parsedLines(await contents(options.events)),
      trace: await lastTrace(run.home),
    });
    const advice = say`It contains no private data: no names, addresses, passwords or messages. Describe in your own words what happened.`;
    if (out === undefined) {
      const lines = [...report.trimEnd().split("\n"), ""];
      return { data: { report }, answer: [...lines.map((line) => asText(line)), advice] };
    }
    await writeWholeFile(nodeFiles, out, new TextEncoder().encode(report));
    return { data: { file: out }, answer: [asText(out), advice] };
  },
});

const contents = async (path: string): Promise<string> => new TextDecoder().decode(await nodeFiles.read(path));

async function json(path: string): Promise<object> {
  try {
    const value: unknown = JSON.parse(await contents(path));
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** A journal that cannot be read is left out: the report must come about all the same. */
async function recordOf(home: string, wanted: string | undefined): Promise<Parameters<typeof bugReport>[0]["plug"]> {
  const plugs = await plugsOnRecord(nodeFiles, home);
  const mac = wanted ?? (plugs.length === 1 ? plugs[0] : undefined);
  if (mac === undefined) return undefined;
  try {
    const entries = await readJournal(nodeFiles, plugFolder(home, mac));
    return { mac, entries, state: foldConversion(entries) };
  } catch {
    return undefined;
  }
}

function parsedLines(written: string): unknown[] {
  return written.split("\n").flatMap((line): unknown[] => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}

async function lastTrace(home: string): Promise<string | undefined> {
  const name = (await nodeFiles.list(`${home}/errors`)).findLast((each) => each.endsWith(".txt"));
  return name === undefined ? undefined : await contents(`${home}/errors/${name}`);
}
