/** `plugsmith ui`: the workbench in a browser. Starts its server, or opens one more tab where it runs already. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isPlugsmithError, LARGEST_FLASH, PlugsmithError, say, type Text } from "../../core/index.ts";
import { chooseFirmware, writeWholeFile } from "../../engine/index.ts";
import { Workbench, type WorkbenchPlatform } from "../../host/index.ts";
import { httpsDownloader, nodeClock, nodeFiles, nodeRandom, openInBrowser } from "../../platform/node/index.ts";
import {
  Access,
  type AccessOptions,
  createApp,
  DEFAULT_PORT,
  hostsAt,
  loadAssets,
  serveLoopback,
  writeStartFile,
} from "../../server/index.ts";
import { type CommandModule, type CommandOutcome, type CommandRun, defineCommand } from "../command.ts";
import { fetchFile, releases } from "../firmware/library.ts";
import { checked, flag, text } from "../options.ts";
import { environmentOf } from "../plug/connection.ts";
import { DEFAULT_PROFILE, loadDevice } from "../tasmota/device-profile.ts";

const OPTIONS = {
  port: checked(
    text("--port <number>", say`port on this computer to serve at (by default, ${DEFAULT_PORT} or any free port)`),
    portNumber,
  ),
  open: flag("--no-open", say`do not open the browser; show the address to open`),
};

/** In the home: start codes, tokens, and where the server that runs is. */
const FOLDER = "workbench";
const ADDRESS_BYTES = 0x400;

export const uiCommand: CommandModule = defineCommand({
  options: OPTIONS,
  run: async (run, { port, open }) => {
    const folder = `${run.home}/${FOLDER}`;
    const access = { files: nodeFiles, home: run.home, folder, clock: nodeClock, random: nodeRandom };
    await nodeFiles.makeDirectory(folder, 0o700);
    const release = await nodeFiles.lock(`${folder}/lock`).catch((error: unknown) => {
      if (isPlugsmithError(error, "locked")) return undefined;
      throw error;
    });
    if (release === undefined) return await anotherTab(run, access, open);
    try {
      return await serve(run, access, port, open);
    } finally {
      await release();
    }
  },
});

async function serve(
  run: CommandRun,
  access: AccessOptions,
  port: number | undefined,
  open: boolean,
): Promise<CommandOutcome> {
  const assets = await loadAssets(pagesFolder());
  const workbench = new Workbench(platformOf(run));
  const serving = await serveLoopback(port, (actual) => {
    const app = createApp({ workbench, access: new Access(access), assets, hosts: hostsAt(actual) });
    return (request) => app.fetch(request);
  });
  try {
    const { address } = serving;
    await writeWholeFile(nodeFiles, `${access.folder}/address`, new TextEncoder().encode(address));
    await letIn(run, access, address, open);
    run.emit({
      type: "notice",
      level: "info",
      text: say`The workbench runs at ${address} until you press Ctrl-C. To open another tab, run the same command again.`,
    });
    await stopped(run.signal);
    return { data: { address }, answer: [say`The workbench is closed. Recorded steps are not repeated.`] };
  } finally {
    await workbench.close();
    await serving.close();
  }
}

async function anotherTab(run: CommandRun, access: AccessOptions, open: boolean): Promise<CommandOutcome> {
  const path = `${access.folder}/address`;
  const address = new TextDecoder().decode(await nodeFiles.read(path, ADDRESS_BYTES));
  await letIn(run, access, address, open);
  return { data: { address }, answer: [say`The workbench is already running at ${address}`] };
}

/** One more page may come in: its code is in a file of this user alone, never in an argument of a program. */
async function letIn(run: CommandRun, access: AccessOptions, address: string, open: boolean): Promise<void> {
  const { path, code } = await writeStartFile(access, address);
  const opened = open && (await openInBrowser(path));
  if (opened) return;
  // The way in is for the person at the terminal; a log gets the file's name and not what is in it.
  const way: Text = run.attended
    ? say`Open this address within one minute: ${address}start#${code}`
    : say`Open this file in a browser within one minute: ${path}`;
  run.emit({ type: "notice", level: "info", text: way });
}

/** Real plugs of this computer, as the command line has them. */
function platformOf(run: CommandRun): WorkbenchPlatform {
  return {
    environment: environmentOf(run),
    device: () => loadDevice(DEFAULT_PROFILE),
    firmware: async (source, { events, signal }) => {
      if (source.kind === "file")
        return { image: await nodeFiles.read(source.file, LARGEST_FLASH), origin: source.file };
      const tools = { downloader: httpsDownloader() };
      const asked = { ...run, emit: events, signal };
      const options = { variant: "tasmota", release: undefined, forMetering: true };
      const chosen = chooseFirmware((await releases(asked, tools)).files, options);
      const stored = await fetchFile(asked, tools, chosen);
      return { image: stored.bytes, origin: `${chosen.variant.name} ${chosen.release} from ${chosen.url}` };
    },
  };
}

/** The folder of the built pages, from the sources as from the built files. */
function pagesFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return join(folder, "dist", "web");
    if (dirname(folder) === folder) return join(folder, "dist", "web");
  }
}

function portNumber(typed: string, name: string): number {
  const port = Number(typed);
  if (/^\d{1,5}$/.test(typed) && port >= 1024 && port <= 65_535) return port;
  throw new PlugsmithError("bad-argument", {
    message: say`${name} cannot be ${typed}: a program cannot serve at this port.`,
    plugState: say`untouched`,
    nextStep: say`Use 1024 to 65535, or leave out the option.`,
  });
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
