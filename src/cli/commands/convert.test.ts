import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commandEntry } from "../command.test-support.ts";
import { runProgram } from "../program.ts";
import { FakeTerminal } from "../render/fake-terminal.test-support.ts";
import { convertCommand } from "./convert.ts";

test("a file that is not an image is refused before an adapter is requested", async () => {
  const home = mkdtempSync(join(tmpdir(), "plugsmith-convert-"));
  const file = join(home, "letter.bin");
  writeFileSync(file, "Dear plug");
  const terminal = new FakeTerminal({ tty: true, typing: true, env: { PLUGSMITH_WIFI_PASSPHRASE: "long enough" } });
  const argv = ["convert", "--firmware", file, "--ssid", "Home", "--no-calibrate", "--home", home];
  const exit = await runProgram(
    [commandEntry("convert", convertCommand)],
    argv,
    terminal,
    new AbortController().signal,
  );
  expect(exit).toBe(30);
  expect(terminal.stderr).not.toContain("adapter is connected");
  rmSync(home, { recursive: true, force: true });
});
