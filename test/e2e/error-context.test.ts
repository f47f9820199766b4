/** What a program gets of an error beside its sentences: the values, by name, in the result line of `--json`. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { COMMANDS } from "../../src/cli/registry.ts";
import { FakeTerminal } from "../../src/cli/render/fake-terminal.test-support.ts";

const NOWHERE = join(tmpdir(), "plugsmith-no-such-folder");
const IMAGE = join(NOWHERE, "tasmota.bin");

test.each([
  ["find --range 8.8.8.0/24", "bad-argument", { range: "8.8.8.0/24" }],
  [`write ${IMAGE} --port sim:`, "file-not-found", { path: IMAGE, reason: "ENOENT" }],
  // Port 1 (tcpmux) is served nowhere.
  ["backup --port tcp://127.0.0.1:1", "port-not-found", { port: "tcp://127.0.0.1:1" }],
])("%s --json ends with the code %s and its values", async (words, code, context) => {
  const terminal = new FakeTerminal();
  const argv = [...words.split(" "), "--json", "--no-input", "--home", NOWHERE];
  expect(await runProgram(COMMANDS, argv, terminal, new AbortController().signal)).not.toBe(0);
  const result = JSON.parse(terminal.stdout.trim().split("\n").at(-1)!) as { error: unknown };
  expect(result).toMatchObject({ type: "result", ok: false, error: { code, context } });
});
