/** Where plugsmith keeps what it knows of plugs. See docs/data.md. */
export interface HomeSurroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly userHome: string;
}

/**
 * `--home`, or the platform's place for a program's data: XDG Base Directory Specification; macOS File System
 * Programming Guide, "Application Support"; Windows "Known Folders", LocalAppData.
 */
export function homeFolder(option: string | undefined, around: HomeSurroundings): string {
  if (option !== undefined) return withSlashes(option, around.platform);
  const { env, userHome } = around;
  if (around.platform === "darwin") return `${userHome}/Library/Application Support/plugsmith`;
  if (around.platform === "win32") {
    return withSlashes(`${env["LOCALAPPDATA"] ?? `${userHome}/AppData/Local`}/plugsmith`, "win32");
  }
  const data = env["XDG_DATA_HOME"];
  // The specification wants relative paths in it ignored.
  return `${data?.startsWith("/") ? data : `${userHome}/.local/share`}/plugsmith`;
}

function withSlashes(path: string, platform: NodeJS.Platform): string {
  const slashed = platform === "win32" ? path.replaceAll("\\", "/") : path;
  return slashed.length > 1 ? slashed.replace(/\/+$/, "") : slashed;
}
