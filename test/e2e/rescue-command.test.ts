/** `plugsmith rescue` in this process: at a plug that lives in a folder, for programs, and where nobody is to ask. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { COMMANDS } from "../../src/cli/registry.ts";
import { FakeTerminal } from "../../src/cli/render/fake-terminal.test-support.ts";
import type { JobEvent } from "../../src/core/events.ts";
import { PLUG_FILES, serialisePlug } from "../../src/sim/bench/plug-record.ts";
import { MAC, RescueRig } from "../support/rescue-rig.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "plugsmith-rescue-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const run = (terminal: FakeTerminal, ...argv: string[]): Promise<number> =>
  runProgram(COMMANDS, [...argv, "--home", join(directory, "home")], terminal, new AbortController().signal);

async function runJson(...argv: string[]): Promise<Extract<JobEvent, { type: "result" }>> {
  const terminal = new FakeTerminal();
  await run(terminal, ...argv, "--json");
  const lines = terminal.stdout.trim().split("\n");
  return JSON.parse(lines.at(-1)!) as Extract<JobEvent, { type: "result" }>;
}

/** A converted and calibrated plug, closed, whose router is no longer the one it knew. */
async function closedPlug(): Promise<string> {
  const rig = new RescueRig();
  await rig.converted();
  const folder = join(directory, "plug");
  const open = "open" as const;
  const record = serialisePlug({
    ...{ seed: 4, mac: MAC, flashPart: "GD25Q80", flashTimings: "typical", adapter: {}, supply: {} },
    wiring: { data: "straight", chipRx: open, chipTx: open, ground: open, vcc: open, autoReset: false, noise: 0 },
    ...{ gpio0Grounded: false, pluggedIn: false },
  });
  const write = (name: string, contents: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), contents);
  };
  write(PLUG_FILES.record, record);
  write(PLUG_FILES.flash, rig.board.flash);
  for (const [path, file] of rig.files.now) write(path.slice(1), file.bytes);
  return `sim:${folder}`;
}

test("a closed plug with a lost router comes back by six presses, and is found again by its power", async () => {
  const port = await closedPlug();
  const result = await runJson("rescue", "--port", port, "--symptom", "wrong-wifi", "--name", "Kettle plug");
  expect(result).toMatchObject({
    ok: true,
    data: {
      ...{ outcome: "configured", plug: MAC, virtual: true, calibration: "kept", wiresAttached: false },
      walked: ["six-presses", "access-point"],
    },
  });
  const again = await runJson("rescue", "--port", port, "--symptom", "lost-address");
  expect(again).toMatchObject({ ok: true, data: { walked: ["power-cycle", "in-network"], calibration: "kept" } });
});

test("where nobody is to ask, the question itself is the error; an unknown symptom is refused before anything is touched", async () => {
  const silent = new FakeTerminal();
  expect(await run(silent, "rescue", "--no-input")).not.toBe(0);
  expect(silent.stderr).toMatch(/What do\s+you see\?/);
  const wrong = await runJson("rescue", "--symptom", "sadness");
  expect(wrong).toMatchObject({ ok: false, error: { code: "bad-argument" } });
});
