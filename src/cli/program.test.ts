import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { PlugsmithError } from "../core/errors.ts";
import { asText, say } from "../core/text/text.ts";
import { confirm } from "./ask/confirm.ts";
import { commandEntry } from "./command.test-support.ts";
import { type CommandDefinition, type CommandEntry, type CommandModule, defineCommand } from "./command.ts";
import { text } from "./options.ts";
import { runProgram } from "./program.ts";
import { COMMANDS } from "./registry.ts";
import { FakeTerminal } from "./render/fake-terminal.test-support.ts";

const OPTIONS = { size: text("--size <n>", say`how big`) };

const command = (run: CommandDefinition<typeof OPTIONS>["run"]): CommandModule =>
  defineCommand({ arguments: [["[file]", say`a file`]], options: OPTIONS, run });

async function call(module: CommandModule, ...argv: string[]): Promise<{ exit: number; terminal: FakeTerminal }> {
  const terminal = new FakeTerminal();
  const exit = await runProgram([commandEntry("try", module)], argv, terminal, new AbortController().signal);
  return { exit, terminal };
}

const fails = (error: unknown): CommandModule => command(() => Promise.reject(error));

describe("the command line", () => {
  test("gives a command its arguments and options, and prints its answer alone on standard output", async () => {
    const module = command(async ({ args, globals, emit }, { size }) => {
      emit({ type: "notice", level: "info", text: say`working` });
      return { data: {}, answer: [asText(`${args[0]} ${size} ${globals.yes}`)] };
    });
    const { exit, terminal } = await call(module, "try", "a.bin", "--size", "4", "--yes");
    expect(exit).toBe(0);
    expect(terminal.stdout).toBe("a.bin 4 true\n");
    expect(terminal.stderr).toBe("note    working\n");
  });

  test("with --json prints one event a line and the result last, whether it went well or not", async () => {
    const good = await call(
      command(async () => ({ data: { n: 1 }, answer: [say`for people`] })),
      "try",
      "--json",
    );
    const lines = good.terminal.stdout.trim().split("\n");
    expect(lines.map((line) => JSON.parse(line).type)).toEqual(["job-started", "result"]);
    expect(JSON.parse(lines[1] ?? "")).toMatchObject({ ok: true, job: "try", data: { n: 1 } });

    const error = new PlugsmithError("no-sync", { message: say`Silence.`, step: "connect", plugState: say`untouched` });
    const bad = await call(fails(error), "try", "--json");
    expect(JSON.parse(bad.terminal.stdout.trim().split("\n").at(-1) ?? "")).toMatchObject({
      ok: false,
      error: { code: "no-sync", message: "Silence.", step: "connect", plugState: "untouched" },
    });
    expect(bad.exit).toBe(20);
    expect(bad.terminal.stderr).toBe("");
  });

  test("an unexpected exception is a bug of ours, said so, with exit code 70", async () => {
    const { exit, terminal } = await call(fails(new TypeError("x is undefined")), "try");
    expect(exit).toBe(70);
    expect(terminal.stderr).toContain("plugsmith has a bug: x is undefined");
  });

  test.each([
    ["an error of the language", new TypeError("x is undefined")],
    ["no error at all", "words"],
    ["an error of its own", new PlugsmithError("internal", { message: say`A sum does not come out.` })],
    ["an error that carries a stack in its words", new Error("Bad.\n    at somewhere (file.js:1:1)")],
    ["an error with words of its own", new RangeError(`${"very ".repeat(10_000)}long\n    at somewhere (file.js:1:1)`)],
  ])("%s that no code foresaw shows no stack trace and says how to report it", async (_, thrown) => {
    const home = mkdtempSync(join(tmpdir(), "plugsmith-bug-"));
    for (const more of [[], ["--json"]]) {
      const { exit, terminal } = await call(fails(thrown as Error), "try", "--home", home, ...more);
      const reported = `${terminal.stdout}${terminal.stderr}`;
      expect(exit).toBe(70);
      expect(reported).not.toMatch(/\n\s+at |\.[jt]s:\d+/);
      expect(reported.length).toBeLessThan(2000);
      expect(reported.replace(/\s+/g, " ")).toMatch(/report it .*plugsmith \d+\.\d+\.\d+, Node v\d+/);
    }
    rmSync(home, { recursive: true });
  });

  test("a wrong option, a wrong command and a wrong argument count are bad arguments, help is not", async () => {
    const idle = command(async () => ({ data: {} }));
    for (const argv of [["try", "--nope"], ["nope"], ["try", "a", "b"]])
      expect((await call(idle, ...argv)).exit).toBe(2);
    const help = await call(idle, "try", "--help");
    expect(help.exit).toBe(0);
    expect(help.terminal.stdout).toContain("--json");
    expect(help.terminal.stdout).not.toContain("default: false");
  });

  test.each([
    ["an option", (words: string) => ["try", `--${words}`]],
    ["a command", (words: string) => [words]],
    ["a command almost right", (words: string) => ["tri", words]],
    ["an argument too many", (words: string) => ["try", "a", words]],
  ])("%s that does not exist is told in clean text, as JSON too", async (_, argv) => {
    const idle = command(async () => ({ data: {} }));
    const evil = "\u001b[2J\u009b31m\r\n\u202eevil";
    const { exit, terminal } = await call(idle, ...argv(evil));
    expect(exit).toBe(2);
    expect(terminal.stdout).toBe("");
    expect(terminal.stderr).toMatch(/^error: .*\n(\(Did you mean try\?\)\n)?\(see npx plugsmith --help\)\n$/);
    expect(terminal.stderr.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    const json = await call(idle, ...argv(evil), "--json");
    expect(json.exit).toBe(2);
    expect(json.terminal.stderr).toBe("");
    expect(json.terminal.stdout).not.toMatch(/[\u0080-\u009f\u202e]/);
    const events = json.terminal.stdout.trim().split("\n");
    expect(events).toHaveLength(2);
    expect(JSON.parse(events[1]!)).toMatchObject({ type: "result", ok: false, error: { code: "bad-argument" } });
  });

  test("with --json the hint about a word almost right stands in the message", async () => {
    const { terminal } = await call(
      command(async () => ({ data: {} })),
      "tri",
      "--json",
    );
    expect(JSON.parse(terminal.stdout.trim().split("\n")[1]!)).toMatchObject({
      error: { message: "unknown command 'tri' (Did you mean try?)" },
    });
  });

  test.skipIf(process.platform === "win32")(
    "closes the open home of a virtual plug in a folder, and says so",
    async () => {
      const folder = mkdtempSync(join(tmpdir(), "plugsmith-open-"));
      const plug = join(folder, "home/plugs/c44f33a1b212");
      mkdirSync(plug, { recursive: true, mode: 0o700 });
      writeFileSync(join(plug, "secrets.json"), "{}");
      chmodSync(join(plug, "secrets.json"), 0o644);
      const wired = defineCommand({
        options: { port: text("--port <name>", say`a port`) },
        run: async () => ({ data: {} }),
      });
      const { exit, terminal } = await call(wired, "try", "--port", `sim:${folder}`, "--home", join(folder, "none"));
      expect(exit).toBe(0);
      expect(terminal.stderr.replace(/\s+/g, " ")).toContain("it is closed now (600)");
      expect(statSync(join(plug, "secrets.json")).mode & 0o777).toBe(0o600);
      rmSync(folder, { recursive: true });
    },
  );

  test("a question with nobody there is refused, and --yes answers it", async () => {
    const asks = command(async (run) => ({ data: { agreed: await confirm(run, say`Erase it?`) } }));
    const nobody = await call(asks, "try");
    expect(nobody.exit).toBe(3);
    expect(nobody.terminal.stderr).toContain("Erase it?");
    const agreed = await call(asks, "try", "--yes", "--json");
    expect(agreed.terminal.stdout).toContain('"agreed":true');
  });
});

test("every file in commands is a command of the registry, with a name of its own", () => {
  const files = readdirSync(new URL("commands", import.meta.url)).filter((file) => !file.includes(".test"));
  expect(COMMANDS.map(({ name }) => `${name}.ts`).sort()).toEqual(files.sort());
});

test("loads the file of the command that runs and of no other", async () => {
  const loaded: string[] = [];
  const entry = (name: string): CommandEntry => ({
    ...commandEntry(
      name,
      command(async () => ({ data: {} })),
    ),
    load: async () => {
      loaded.push(name);
      return command(async () => ({ data: {} }));
    },
  });
  const run = (...argv: string[]): Promise<number> =>
    runProgram([entry("one"), entry("two")], argv, new FakeTerminal(), new AbortController().signal);
  expect(await run("--help")).toBe(0);
  expect(await run("--version")).toBe(0);
  expect(loaded).toEqual([]);
  expect(await run("two", "one")).toBe(0);
  expect(loaded).toEqual(["two"]);
});

test("the help page lists every command under its group", async () => {
  const terminal = new FakeTerminal();
  await runProgram(COMMANDS, ["--help"], terminal, new AbortController().signal);
  for (const { name, group } of COMMANDS) {
    const part = terminal.stdout.split(`\n${group.toString()}`)[1]?.split("\n\n")[0];
    expect(part, `${name} under ${String(group)}`).toMatch(new RegExp(`^  ${name} `, "m"));
  }
});
