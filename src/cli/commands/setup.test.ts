import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { runProgram } from "../program.ts";
import { COMMANDS } from "../registry.ts";
import { FakeTerminal } from "../render/fake-terminal.test-support.ts";

async function setup(...options: string[]): Promise<{ exit: number; said: string }> {
  const home = mkdtempSync(join(tmpdir(), "plugsmith-setup-"));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const terminal = new FakeTerminal();
  const argv = ["setup", "--home", home, "--ssid", "Home", "--open", ...options];
  const exit = await runProgram(COMMANDS, argv, terminal, new AbortController().signal);
  return { exit, said: `${terminal.stdout}${terminal.stderr}`.replace(/\s+/g, " ") };
}

describe("setup --transport", () => {
  test.each(["--transport", "--road"])("%s chooses how the credentials get to the plug", async (flag) => {
    const { exit, said } = await setup(flag, "serial");
    expect(exit).toBe(2);
    expect(said).toContain('The transport "serial" needs a serial port.');
  });

  test.each(["--transport", "--road"])("%s refuses an unknown transport and lists the known ones", async (flag) => {
    const { exit, said } = await setup(flag, "pigeon");
    expect(exit).toBe(2);
    expect(said).toContain('There is no transport "pigeon".');
    expect(said).toContain("Choose one of: serial, access-point, improv.");
  });

  test("the help page names --transport and not its old name", async () => {
    const { exit, said } = await setup("--help");
    expect(exit).toBe(0);
    expect(said).toContain("--transport <transport>");
    expect(said).not.toContain("--road");
  });
});
