import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { commandEntry } from "./command.test-support.ts";
import type { CommandModule } from "./command.ts";
import { fatalError } from "./internal-error.ts";
import { runProgram } from "./program.ts";
import { FakeTerminal } from "./render/fake-terminal.test-support.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "plugsmith-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** A command with a bug in it. */
const faulty: CommandModule = {
  declare: () => {},
  run: () => Promise.reject(new TypeError("no such\u001b[2J thing", { cause: new Error("the reason") })),
};

async function run(...argv: string[]): Promise<{ exit: number; text: string }> {
  const terminal = new FakeTerminal({ columns: 500 });
  const exit = await runProgram(
    [commandEntry("faulty", faulty)],
    ["faulty", ...argv],
    terminal,
    new AbortController().signal,
  );
  return { exit, text: terminal.stdout + terminal.stderr };
}

/** How an engine's stack trace looks. */
const TRACE = /^\s*at .+:\d+/m;

test.each([[[]], [["--json"]]])(
  "a fault of plugsmith shows no stack trace and says how to report it (%j)",
  async (more) => {
    const { exit, text } = await run("--home", home, ...more);
    expect(exit).toBe(70);
    expect(text).toContain("Please report it");
    expect(text).toContain("no such\\x1b[2J thing".replaceAll("\\", more.length > 0 ? "\\\\" : "\\"));
    expect(text).not.toMatch(TRACE);
    expect(text).not.toContain("internal-error.test.ts");
    const [name] = readdirSync(join(home, "errors"));
    expect(text).toContain(name);
    const kept = readFileSync(join(home, "errors", name!), "utf8");
    expect(kept).toMatch(TRACE);
    expect(kept).toContain("caused by\nError: the reason");
    if (process.platform !== "win32") expect(statSync(join(home, "errors", name!)).mode & 0o777).toBe(0o600);
  },
);

test("where nothing can be written, the error is told without a file", async () => {
  writeFileSync(join(home, "taken"), "");
  const { text } = await run("--home", join(home, "taken"));
  expect(text).toContain("Please report it");
  expect(text).not.toMatch(TRACE);
  expect(text).not.toContain("says where it happened");
});

test("what gets past every command is one line", () => {
  const { message } = fatalError(new TypeError("x\u0007\n    at y (z.js:1:1)"));
  expect(message).toMatch(/^plugsmith has a bug: x\\x07\. Please report it .*Node v\d/);
});
