/**
 * Makes `npx plugsmith` start at once in a checkout. npx links a package that is run from its own folder into npm's
 * cache and runs its prepare script again; that takes seconds at the first call, and a call that is killed meanwhile
 * leaves a folder with which every later one fails ("Could not read package.json"). So the link is made while npm
 * installs, without running prepare again, and such a folder is removed.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = realpathSync(fileURLToPath(new URL("..", import.meta.url)));
const { npm_execpath: npm, npm_config_cache: cache, npm_command: npmCommand, INIT_CWD: startedIn } = process.env;

/** Where npm installs this folder for itself and not as somebody's dependency. */
const inCheckout =
  npmCommand !== "exec" && startedIn !== undefined && existsSync(startedIn) && realpathSync(startedIn) === root;

const linkedHere = (folder) => {
  try {
    return realpathSync(join(folder, "node_modules/plugsmith")) === root;
  } catch {
    return false;
  }
};

if (inCheckout && npm?.endsWith(".js") && cache !== undefined) {
  const links = join(cache, "_npx");
  for (const name of existsSync(links) ? readdirSync(links) : []) {
    const folder = join(links, name);
    if (!existsSync(join(folder, "package.json")) && linkedHere(folder)) rmSync(folder, { recursive: true });
  }
  const { status, stderr } = spawnSync(
    process.execPath,
    [npm, "exec", "--yes", "--ignore-scripts", "--", "plugsmith", "--version"],
    {
      cwd: root,
      timeout: 60_000,
      encoding: "utf8",
    },
  );
  // Installing goes on: the link would be made at the first call then.
  if (status !== 0) console.error(`npx plugsmith is not linked yet: ${stderr.trim().split("\n").at(-1)}`);
}
