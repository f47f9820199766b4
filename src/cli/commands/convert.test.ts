import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { foldConversion } from "../../core/conversion/state.ts";
import { parseEntry } from "../../core/journal/stored-entry.ts";
import { JOURNAL_ENTRY_VERSION } from "../../core/journal/version.ts";
import { commandEntry } from "../command.test-support.ts";
import { HANDLING } from "../plug/open-port.ts";
import { runProgram } from "../program.ts";
import { FakeTerminal } from "../render/fake-terminal.test-support.ts";
import { convertCommand, wiresFor } from "./convert.ts";

const step = (name: string, data: object = {}): { type: string; [field: string]: unknown } => ({
  type: "conversion-step",
  version: JOURNAL_ENTRY_VERSION,
  at: "2026-01-01T00:00:00.000Z",
  step: name,
  data,
});
const WIRED = { type: "wires-attached", version: JOURNAL_ENTRY_VERSION, at: "2026-01-01T00:00:00.000Z" };

test.each([
  ["a plug that nothing was done to is not on the adapter yet", [], HANDLING.alone],
  ["a wired plug that is to be written has to start in download mode", [WIRED, step("prepare")], HANDLING.download],
  ["a written plug has to run", [WIRED, step("prepare", { supply: "strong" }), step("write")], HANDLING.running],
  [
    "a written plug on a weak supply must not: no adapter is looked for",
    [WIRED, step("prepare", { supply: "weak" }), step("write")],
    undefined,
  ],
  [
    "a closed plug has no wires",
    [WIRED, step("prepare", { supply: "strong" }), step("write"), step("close-case")],
    undefined,
  ],
])("%s", (_, entries, handling) => {
  expect(wiresFor({ plug: "c44f33000001", state: foldConversion(entries.map((each) => parseEntry(each)!)) })).toBe(
    handling,
  );
});

test("a conversion that begins measures the adapter alone first", () => {
  expect(wiresFor(undefined)).toBe(HANDLING.alone);
});

test("a file that is no image is refused before an adapter is asked for", async () => {
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
  expect(terminal.stderr).not.toContain("adapter is plugged in");
  rmSync(home, { recursive: true, force: true });
});
