import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildModelImage } from "../../sim/tasmota/model-image.ts";
import { commandEntry } from "../command.test-support.ts";
import { cmndCommand } from "../commands/cmnd.ts";
import { runProgram } from "../program.ts";
import { FakeTerminal } from "../render/fake-terminal.test-support.ts";

test("a command for Tasmota reaches a virtual plug that lives in a folder over its serial console", async () => {
  const home = mkdtempSync(join(tmpdir(), "plugsmith-live-"));
  const flash = new Uint8Array(0x100000).fill(0xff);
  flash.set(buildModelImage());
  const terminal = new FakeTerminal();
  const folder = mkdtempSync(join(home, "plug-"));
  writeFileSync(join(folder, "flash.bin"), flash);
  const argv = ["cmnd", "Status 2", "--port", `sim:${folder}`, "--home", home];
  const exit = await runProgram([commandEntry("cmnd", cmndCommand)], argv, terminal, new AbortController().signal);
  expect(terminal.stderr).not.toContain("FAILED");
  expect(exit).toBe(0);
  expect(terminal.stdout).toContain("15.2.0");
  rmSync(home, { recursive: true, force: true });
});
