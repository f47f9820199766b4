/** `plugsmith rescue` in this process: at a plug that lives in a folder, for programs, and where nobody is to ask. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { COMMANDS } from "../../src/cli/registry.ts";
import { FakeTerminal } from "../../src/cli/render/fake-terminal.test-support.ts";
import type { JobEvent } from "../../src/core/events.ts";
import { PLUG_FILES, serialisePlug } from "../../src/sim/bench/plug-record.ts";
import { HOME_NETWORK } from "../../src/sim/home/virtual-home.ts";
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
    seed: 4,
    mac: MAC,
    flashPart: "GD25Q80",
    flashTimings: "typical",
    adapter: {},
    supply: {},
    wiring: { data: "straight", chipRx: open, chipTx: open, ground: open, vcc: open, autoReset: false, noise: 0 },
    gpio0Grounded: false,
    pluggedIn: false,
  });
  const write = (file: string, contents: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), contents);
  };
  write(PLUG_FILES.record, record);
  write(PLUG_FILES.flash, rig.board.flash);
  for (const [path, file] of rig.files.now) write(path.slice(1), file.bytes);
  return `sim:${folder}`;
}

test("every command line of docs/rescue.md works with a virtual plug", async () => {
  const port = await closedPlug();
  const page = readFileSync(new URL("../../docs/rescue.md", import.meta.url), "utf8");
  const lines = [...page.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block]) => block!.trim().split("\n"));
  expect(lines).toHaveLength(5);
  const passphrase = join(directory, "passphrase");
  writeFileSync(passphrase, HOME_NETWORK.passphrase);
  const walked: unknown[] = [];
  for (const line of lines) {
    const argv = line.split(" ").slice(1);
    const at = argv.indexOf("/dev/ttyUSB0");
    if (at < 0) argv.push("--port", port);
    else {
      argv[at] = port;
      // Puts the wires on, and seals what `restore` puts back.
      expect(await runJson("backup", "--port", port)).toMatchObject({ ok: true });
    }
    const home = argv.indexOf("Home");
    if (home >= 0) argv.splice(home, 1, HOME_NETWORK.ssid, "--passphrase-file", passphrase);
    if (argv[0] === "restore") argv.push("--yes");
    const result = await runJson(...argv);
    expect(result, line).toMatchObject({ ok: true });
    if (!result.ok || argv[0] !== "rescue") continue;
    walked.push(result.data["walked"]);
    expect(result.data).toMatchObject({ outcome: "configured", plug: MAC, virtual: true, calibration: "kept" });
    expect(result.data["wiresAttached"]).toBe(at >= 0);
  }
  // The plug stays in its socket from one command to the next: where it has joined the network, it is found there.
  expect(walked).toEqual([["six-presses", "access-point"], ["in-network"], ["in-network"], ["start", "in-network"]]);
});

test("without a person the question becomes the error, and an unknown symptom is refused first", async () => {
  const silent = new FakeTerminal();
  expect(await run(silent, "rescue", "--no-input")).not.toBe(0);
  expect(silent.stderr).toMatch(/What do\s+you see\?/);
  const wrong = await runJson("rescue", "--symptom", "sadness");
  expect(wrong).toMatchObject({ ok: false, error: { code: "bad-argument" } });
});
