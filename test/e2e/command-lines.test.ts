/** Command lines that plugsmith itself shows: extracted from what it says, and held against the commands there are. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { COMMANDS } from "../../src/cli/registry.ts";
import { FakeTerminal } from "../../src/cli/render/fake-terminal.test-support.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plugsmith-lines-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MAC = "c44f33a1b212";

/** Each ends with an answer or an error that names a command. */
const LINES: readonly (readonly string[])[] = [
  ["report", MAC],
  ["status", "--plug", MAC],
  ["cmnd", "--address", "192.0.2.1", "Password1", "a passphrase"],
  ["restore", "--port", "sim:"],
  ["info", "--port", "/dev/plugsmith-none"],
  ["profile", "show", "no-such-device"],
  ["calibrate", "--port", "sim:FOLDER"],
  ["convrt"],
];

describe.each(LINES.map((argv) => [argv.join(" "), argv] as const))("what %s says", (_, argv) => {
  test.each([
    ["for people", []],
    ["as JSON", ["--json"]],
  ] as const)("%s names only commands that can be given as they stand", async (_, format) => {
    const terminal = new FakeTerminal({ columns: 400 });
    const given = [...argv.map((word) => word.replace("FOLDER", join(folder, "plug"))), ...format];
    const all = argv.length > 1 ? [...given, "--no-input", "--home", join(folder, "home")] : given;
    expect(await runProgram(COMMANDS, all, terminal, new AbortController().signal)).not.toBe(0);
    const said = terminal.stdout + terminal.stderr;
    const shown = [...said.matchAll(/((?:npx )?)plugsmith ((?:[a-z]+-)*[a-z]+|--help)/g)];
    const lines = shown.filter(([, , name]) => name === "--help" || COMMANDS.some((each) => each.name === name));
    expect(lines.length, said).toBeGreaterThan(0);
    for (const [line, start] of lines) expect([line, start]).toEqual([line, "npx "]);
    for (const [, name, rest] of said.matchAll(/npx plugsmith ([a-z-]+)([^`.,"\n]*)/g)) {
      const entry = COMMANDS.find((each) => each.name === name);
      if (entry === undefined) continue;
      const declared = new Command();
      (await entry.load()).declare(declared, String);
      const known = declared.options.map(({ long }) => long);
      for (const [option] of rest!.matchAll(/(?<= )--[a-z-]+/g)) expect(known, `${name}${rest}`).toContain(option);
    }
  });
});
