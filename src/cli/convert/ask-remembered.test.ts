import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runProgram } from "../program.ts";
import { COMMANDS } from "../registry.ts";
import { FakeTerminal } from "../render/fake-terminal.test-support.ts";

test.each([
  // The network's name was answered, so that the missing port is what is wrong.
  ["setup --transport serial", { ssid: "Attic", open: true }, "Wi-Fi: Attic", "needs a serial port"],
  ["prepare", { firmware: { kind: "file", file: "FILE" } }, "Tasmota: the file", "letter.bin"],
] as const)(
  "%s offers what was answered for the last plug, and Enter takes it",
  async (command, remembered, offer, then) => {
    const home = mkdtempSync(join(tmpdir(), "plugsmith-remembered-"));
    onTestFinished(() => rmSync(home, { recursive: true }));
    mkdirSync(home, { recursive: true });
    const file = join(home, "letter.bin");
    writeFileSync(file, "Dear plug");
    const defaults = JSON.stringify({ version: 1, ...remembered }).replace("FILE", file);
    writeFileSync(join(home, "defaults.json"), defaults);
    const terminal = new FakeTerminal({ tty: true, typing: true, columns: 300 });
    terminal.onPrompt = () => void terminal.input.write("\n");
    const exit = await runProgram(
      COMMANDS,
      [...command.split(" "), "--home", home],
      terminal,
      new AbortController().signal,
    );
    const [, asked, after] = terminal.stderr.split(/(Use the same settings as for the last plug\?)/);
    expect(asked, terminal.stderr).toBeDefined();
    expect(terminal.stderr).toContain(offer);
    expect(after).toContain(then);
    expect(exit).not.toBe(0);
  },
);
