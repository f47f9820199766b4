/**
 * How plugsmith is started here: what every command line that is shown begins with, so that it runs as it is shown.
 * Installed, its command is on the PATH; in a checkout npm finds it, from the folder that has it installed or below;
 * from anywhere else only its file can be named.
 */
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

export interface Start {
  /** The file that Node runs. */
  readonly script: string;
  readonly cwd: string;
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exists: (path: string) => boolean;
}

const NAME = "plugsmith";

export function programName({ script, cwd, platform, env, exists }: Start): string {
  const file = platform === "win32" ? `${NAME}.cmd` : NAME;
  // npx, and npm for its scripts, put these folders on the PATH of what they start; the person's shell does not have them.
  const ofPerson = (folder: string): boolean => folder !== "" && !/[\\/]node_modules[\\/]\.bin[\\/]?$/.test(folder);
  const path = env["PATH"] ?? env["Path"] ?? "";
  const installed = path.split(delimiter).some((folder) => ofPerson(folder) && exists(join(folder, file)));
  if (installed && env["npm_command"] !== "exec") return NAME;
  if (env["npm_command"] === "exec" || npxFinds(cwd, exists)) return `npx ${NAME}`;
  return `node ${/[^\w./:\\-]/.test(script) ? `"${script}"` : script}`;
}

/** Whether the folder, or one above it, has the command installed, or is the checkout. */
function npxFinds(cwd: string, exists: Start["exists"]): boolean {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (exists(join(folder, "node_modules", ".bin", NAME)) || exists(join(folder, "dist", "cli", "main.js")))
      return true;
    if (dirname(folder) === folder) return false;
  }
}

/** Of this process. */
export function programNameHere(env: Start["env"]): string {
  const script = process.argv[1] ?? "";
  return programName({ script, cwd: process.cwd(), platform: process.platform, env, exists: existsSync });
}

/** Texts name commands as "plugsmith doctor"; a text that says what plugsmith does, as "plugsmith finds one", is no command. */
export function withProgram(text: string, program: string, commands: readonly string[]): string {
  const line = new RegExp(
    `(?:\\bnpx )?(?<![\\w/@.-])${NAME} (?=(?:${commands.join("|")}|--help|--version)(?![\\w-]))`,
    "g",
  );
  return text.replace(line, () => `${program} `);
}
