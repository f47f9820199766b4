/**
 * A fault of plugsmith itself. Where it happened goes into a private file for the report, never onto the screen: it is
 * of no use to the person, and may quote what a plug sent.
 */
import { joined, PlugsmithError, say } from "../core/index.ts";
import { TOOL } from "./version.ts";

/** Longest text that is shown of an error that somebody else made, characters. */
const LONGEST = 300;

/** @param home where the file goes; without it, or where it cannot be written, the error says nothing of one. */
export async function internalError(
  cause: unknown,
  home: string | undefined,
  command: string,
): Promise<PlugsmithError> {
  const said = words(cause);
  const path = home === undefined ? undefined : await kept(cause, home, command).catch(() => undefined);
  return new PlugsmithError("internal", {
    message: say`plugsmith has a bug: ${said}`,
    plugState: say`unknown; nothing was reported as done`,
    nextStep: joined([
      say`Please report it where you got plugsmith from. Include the command you ran, this message and "${about()}".`,
      ...(path === undefined
        ? []
        : [say`Attach ${path}, which shows where it happened. Read it first: it may contain data that the plug sent.`]),
    ]),
    cause,
  });
}

/** The same where nothing can be written any more: one line. */
export function fatalError(cause: unknown): PlugsmithError {
  const said = words(cause);
  return new PlugsmithError("internal", {
    message: say`plugsmith has a bug: ${said}. Please report it where you got plugsmith from. Include the command you ran and "${about()}".`,
  });
}

/** One line of it: some carry a whole trace. */
function words(cause: unknown): string {
  const [said = ""] = (cause instanceof Error ? cause.message : String(cause)).split("\n");
  return said.slice(0, LONGEST);
}

const about = (): string => `${TOOL}, Node ${process.version}, ${process.platform} ${process.arch}`;

async function kept(cause: unknown, home: string, command: string): Promise<string> {
  // Loaded here: no command that goes well has to wait for it.
  const [{ makePrivateFolder, writeWholeFile }, { nodeFiles }] = await Promise.all([
    import("../engine/home/folders.ts"),
    import("../platform/node/index.ts"),
  ]);
  const folder = `${home}/errors`;
  await makePrivateFolder(nodeFiles, home, folder);
  const at = new Date().toISOString();
  const path = `${folder}/${at.replace(/[:.]/g, "-")}.txt`;
  const text = `${about()}\n${command} at ${at}\n\n${chain(cause).join("\n\ncaused by\n")}\n`;
  await writeWholeFile(nodeFiles, path, new TextEncoder().encode(text));
  return path;
}

/** The traces of an error and of its causes, the outermost first. */
function chain(cause: unknown): string[] {
  const traces: string[] = [];
  for (let each = cause; each !== undefined && traces.length < 8; ) {
    traces.push(each instanceof Error ? (each.stack ?? each.message) : JSON.stringify(each));
    each = each instanceof Error ? each.cause : undefined;
  }
  return traces;
}
