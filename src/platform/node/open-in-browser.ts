/** Opens a page in the person's browser. What it is given stands in the process list: a path, never a secret. */
import { spawn } from "node:child_process";

/** What each system opens a file with. */
function opener(path: string): readonly [program: string, args: readonly string[]] {
  switch (process.platform) {
    case "darwin":
      return ["open", [path]];
    case "win32":
      // No shell that could read anything else out of the path.
      return ["rundll32", ["url.dll,FileProtocolHandler", path]];
    default:
      return ["xdg-open", [path]];
  }
}

/** How long the program may take to say that it cannot, ms: one that opens a browser may stay as long as that. */
const FAILING_MS = 2000;

/** False where there is no browser that could be opened. */
export function openInBrowser(path: string): Promise<boolean> {
  const [program, args] = opener(path);
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: "ignore", detached: true });
    const timer = setTimeout(() => done(true), FAILING_MS);
    const done = (opened: boolean): void => {
      clearTimeout(timer);
      child.unref();
      resolve(opened);
    };
    child.once("error", () => done(false));
    child.once("exit", (code) => done(code === 0));
  });
}
