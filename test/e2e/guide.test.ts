/**
 * The guide for first-timers, followed to the letter: every command in it is run, in its order, by the built program on
 * a virtual plug; every page, drawing and command that it names exists.
 */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Command } from "commander";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { COMMANDS } from "../../src/cli/registry.ts";
import { FakeTerminal } from "../../src/cli/render/fake-terminal.test-support.ts";
import { quickPlug } from "../support/quick-time.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

/** Pages by path from the root, in the order in which they are read. */
const GUIDE = readdirSync(join(ROOT, "docs/guide"))
  .filter((name) => name.endsWith(".md"))
  .sort()
  .map((name) => `docs/guide/${name}`);
const PAGES = [...GUIDE, "docs/devices.md", "docs/safety.md"];
const text = (page: string): string => readFileSync(join(ROOT, page), "utf8");
const blocks = (page: string): string[] => [...text(page).matchAll(/^```sh\n(.*?)^```/gms)].map(([, block]) => block!);

let folder: string;
let plug: string;
const cleanup: (() => unknown)[] = [];

/** A plug in its network, behind a port on loopback, set up and remembered: what page 8 looks in on. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "plugsmith-guide-"));
  const { address } = await quickPlug(cleanup);
  const terminal = new FakeTerminal({ env: { PLUGSMITH_WEB_PASSWORD: "a guide's password" } });
  const argv = ["setup", "--address", address, "--json", "--home", join(folder, "data/plugsmith")];
  const exit = await runProgram(COMMANDS, argv, terminal, new AbortController().signal);
  expect(exit, terminal.stdout + terminal.stderr).toBe(0);
  const result = JSON.parse(terminal.stdout.trim().split("\n").at(-1)!) as { data: { mac: string } };
  plug = result.data.mac;
});

afterAll(async () => {
  for (const undo of cleanup.reverse()) await undo();
  rmSync(folder, { recursive: true, force: true });
});

/** A failure shows its end, where the reason stands. */
async function quietly(...given: Parameters<typeof run>): Promise<{ stdout: string; stderr: string }> {
  try {
    return (await run(...given)) as { stdout: string; stderr: string };
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`The script ended early:\n${stdout?.slice(-500)}\n${stderr?.slice(-1500)}`, { cause: error });
  }
}

/** Runs a page's blocks as one script after what earlier pages have set. */
async function follow(script: string): Promise<string> {
  const { stdout, stderr } = await quietly(
    "bash",
    ["-euo", "pipefail", "-c", `plugsmith() { "$NODE" "$PROGRAM" "$@" </dev/null; }\nnpx() { "$@"; }\n${script}`],
    {
      cwd: folder,
      maxBuffer: 1 << 26,
      env: {
        ...process.env,
        NODE: process.execPath,
        PROGRAM: join(ROOT, "dist/cli/main.js"),
        XDG_DATA_HOME: join(folder, "data"),
        PROFILES: join(ROOT, "profiles"),
        PLUG: plug,
        HOME: folder,
      },
    },
  );
  return (stdout + stderr).replace(/\s+/g, " ");
}

/** Takes as long as the rest together, and is run from the packed package by a test of its own. */
const ELSEWHERE = "npx plugsmith rehearse\n";
/** The MAC that the guide has as an example. */
const EXAMPLE = "c44f3346d932";
/** Read otherwise by another shell: variables, substitutions, single quotes, several commands on a line. */
const OF_ONE_SHELL = /[$`';&|<>\\%]/;

test("the guide's commands convert and restore a virtual plug, page by page", async () => {
  expect(text("test/e2e/package.test.ts")).toContain('"rehearse"');
  const commands = GUIDE.flatMap(blocks).filter((block) => block !== ELSEWHERE);
  expect(commands.join("").match(/^npx plugsmith /gm)!.length).toBeGreaterThan(8);
  const said = await follow(commands.join("\n").replaceAll(EXAMPLE, plug));
  expect(said).toContain("is converted: http://");
  const plugs = join(folder, "practice/home/plugs");
  const [converted] = readdirSync(plugs);
  expect(existsSync(join(plugs, converted!, "report.html"))).toBe(true);
  expect(said).toContain("byte for byte");
  expect(existsSync(join(folder, "data/plugsmith/plugs", plug, "report.html"))).toBe(true);
});

test("the commands on the page about devices work", async () => {
  const said = await follow(blocks("docs/devices.md").join("\n"));
  expect(said).toContain("gosund-ep2: 11 files, no problem found.");
  expect(said).toContain('is "gosund-sp111", but the folder is called "my-plug"');
});

test.each(PAGES)("%s names only pages, drawings and commands that exist", async (page) => {
  const words = text(page);
  for (const [, target] of words.matchAll(/\]\(([^)#]+)[^)]*\)/g)) {
    if (/^https?:/.test(target!)) continue;
    expect(existsSync(join(ROOT, dirname(page), target!)), `${page} links to ${target}`).toBe(true);
  }
  const fenced = [...words.matchAll(/^```(?:sh|text)\n(.*?)^```/gms)].map(([, block]) => block).join("\n");
  const inline = [...words.matchAll(/`((?:npx )?plugsmith [^`]+)`/g)].map(([, command]) => command).join("\n");
  for (const [, name, rest] of `${fenced}\n${inline}`.matchAll(/^(?:npx )?plugsmith ([a-z-]+)(.*)$/gm)) {
    const known = COMMANDS.find((each) => each.name === name);
    expect(known, `${page} names the command ${name}`).toBeDefined();
    const declared = new Command();
    (await known!.load()).declare(declared, String);
    const options = [...declared.options.map(({ long }) => long), "--home", "--json", "--plain", "--yes", "--no-input"];
    for (const [option] of rest!.matchAll(/(?<= )--[a-z-]+/g)) expect(options, `${page}: ${name}`).toContain(option);
  }
});

test("every page of the guide is listed, and every drawing of the EP2 is shown", () => {
  const index = text("docs/guide/README.md");
  for (const page of GUIDE.filter((each) => !each.endsWith("README.md"))) {
    expect(index).toContain(`(${page.slice("docs/guide/".length)})`);
  }
  const shown = GUIDE.map(text).join("\n");
  for (const drawing of readdirSync(join(ROOT, "profiles/gosund-ep2/drawings")))
    expect(shown).toContain(`/${drawing})`);
});

test("the guide's commands begin with npx and read the same in every shell", () => {
  const lines = GUIDE.flatMap((page) => [...text(page).matchAll(/^```(?:sh|text)\n(.*?)^```/gms)])
    .flatMap(([, block]) => block!.trim().split("\n"))
    .filter((line) => line !== "");
  expect(lines.length).toBeGreaterThan(10);
  for (const line of lines) {
    expect(line).toMatch(/^npx plugsmith /);
    expect(line).not.toMatch(OF_ONE_SHELL);
  }
});
