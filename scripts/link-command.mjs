/**
 * Puts `plugsmith` where npx looks first, as npm does for a dependency's command. Without it the first `npx plugsmith`
 * in a checkout links the whole folder into npm's cache, which takes seconds and leaves a broken cache when interrupted.
 */
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../node_modules/.bin", import.meta.url));
const target = "../../dist/cli/main.js";
mkdirSync(bin, { recursive: true });

/** Under a temporary name, then renamed: an interruption leaves the old command or the new one. */
const place = (name, make) => {
  const fresh = `${bin}/.${name}.${process.pid}`;
  rmSync(fresh, { force: true });
  make(fresh);
  renameSync(fresh, `${bin}/${name}`);
};

if (process.platform === "win32") {
  const windowsTarget = target.replaceAll("/", "\\");
  place("plugsmith.cmd", (path) => writeFileSync(path, `@node "%~dp0${windowsTarget}" %*\r\n`));
  place("plugsmith.ps1", (path) => writeFileSync(path, `& node "$PSScriptRoot/${target}" $args\nexit $LASTEXITCODE\n`));
} else {
  place("plugsmith", (path) => symlinkSync(target, path));
}
