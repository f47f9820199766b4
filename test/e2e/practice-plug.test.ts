/** What a finished practice plug is asked afterwards, each command by itself, as a person would type it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { COMMANDS } from "../../src/cli/registry.ts";
import { FakeTerminal } from "../../src/cli/render/fake-terminal.test-support.ts";
import { foldConversion } from "../../src/core/conversion/state.ts";
import { plugFolder, plugsOnRecord } from "../../src/engine/home/folders.ts";
import { readJournal } from "../../src/engine/home/journal.ts";
import { nodeFiles } from "../../src/platform/node/index.ts";
import { buildModelImage, PLUG_FILES, parsePlug } from "../../src/sim/index.ts";

let directory: string;
/** Of the firmware that the practice plug runs. */
let image: string;

async function run(...argv: string[]): Promise<{ exit: number; terminal: FakeTerminal }> {
  const terminal = new FakeTerminal();
  const all = [...argv, "--port", `sim:${join(directory, "plug")}`, "--no-input", "--home", join(directory, "home")];
  return { exit: await runProgram(COMMANDS, all, terminal, new AbortController().signal), terminal };
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "plugsmith-practice-"));
  image = join(directory, "image.bin");
  writeFileSync(image, buildModelImage());
  const { exit, terminal } = await run("convert", "--name", "Kettle");
  expect(exit, terminal.stderr).toBe(0);
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

test.each([
  ["audit", "done up to this step: audit"],
  ["secure", "done up to this step: secure"],
  ["calibrate", "VoltageCal"],
  ["report", "report.html"],
  ["find", "Kettle"],
  ["settings download", ".dmp"],
  ["verify-meter --linearity", "within the uncertainty"],
  ["upgrade --yes --image IMAGE", "The plug now runs 15.2.0"],
  ["calibrate --from-journal", "VoltageCal"],
  ["audit --plug Kettle", "done up to this step: audit"],
  ["secure --plug kettle", "done up to this step: secure"],
  ["settings download --plug Kettle", ".dmp"],
  ["status", "Kettle"],
  ["cmnd Power", '"POWER":"'],
])(
  "%s finds the only plug on record in its network, sets nothing up again and puts no wires on it",
  async (command, said) => {
    const { exit, terminal } = await run(...command.replace("IMAGE", image).split(" "));
    expect(terminal.stderr).not.toMatch(/FAILED|Accident|provision/);
    expect(exit).toBe(0);
    expect(terminal.stdout).toContain(said);
    expect(await wires()).toEqual({ onTheBoard: 0, onRecord: false });
  },
);

interface Uptime {
  readonly boots: number;
  readonly seconds: number;
}

async function uptime(): Promise<Uptime> {
  const { exit, terminal } = await run("cmnd", "Status", "1");
  expect(exit, terminal.stderr).toBe(0);
  const { StatusPRM } = JSON.parse(terminal.stdout) as { StatusPRM: { BootCount: number; Uptime: string } };
  const [, days, hours, minutes, seconds] = /^(\d+)T(\d+):(\d+):(\d+)$/.exec(StatusPRM.Uptime)!.map(Number);
  return { boots: StatusPRM.BootCount, seconds: ((days! * 24 + hours!) * 60 + minutes!) * 60 + seconds! };
}

/** How many are on the practice plug's board, and whether its journal says that any are. */
async function wires(): Promise<{ onTheBoard: number; onRecord: boolean }> {
  const folder = join(directory, "plug");
  const { wiring } = parsePlug(readFileSync(join(folder, PLUG_FILES.record), "utf8"));
  const { chipRx, chipTx, ground, vcc } = wiring;
  const [plug] = await plugsOnRecord(nodeFiles, join(folder, "home"));
  const entries = await readJournal(nodeFiles, plugFolder(join(folder, "home"), plug!));
  return {
    onTheBoard: [chipRx, chipTx, ground, vcc].filter((wire) => wire !== "open").length,
    onRecord: foldConversion(entries).wiresAttached,
  };
}

test("a command that can only go over the wires solders them again and has that on record", async () => {
  expect((await run("info")).exit).toBe(0);
  expect(await wires()).toEqual({ onTheBoard: 4, onRecord: true });
});

test("between commands over its wires it keeps running: eight in a row are no power cycles, and what was switched on stays on", async () => {
  const first = await uptime();
  const on = await run("cmnd", "Power", "on");
  expect(on.terminal.stdout).toContain('"POWER":"ON"');
  let { seconds } = first;
  for (let n = 0; n < 6; n++) {
    const now = await uptime();
    expect(now.boots).toBe(first.boots);
    expect(now.seconds).toBeGreaterThan(seconds);
    seconds = now.seconds;
  }
  const { terminal } = await run("cmnd", "Power");
  expect(terminal.stdout).toContain('"POWER":"ON"');
});

test("converting it again after a look over its wires closes it again and ends with its certificate", async () => {
  const { exit, terminal } = await run("convert");
  expect(terminal.stderr).not.toMatch(/FAILED|Accident/);
  expect(exit, terminal.stderr).toBe(0);
  expect(terminal.stdout).toContain("report.html");
});

test("a rehearsal tells each step in at most two lines, and its certificate is there to be opened", async () => {
  const terminal = new FakeTerminal();
  const argv = ["rehearse", "--plain", "--home", join(directory, "rehearsal")];
  expect(await runProgram(COMMANDS, argv, terminal, new AbortController().signal), terminal.stderr).toBe(0);
  const steps = terminal.stderr.split(/^ok {6}/m).slice(1);
  expect(steps.length).toBeGreaterThan(11);
  for (const step of steps)
    expect(
      step
        .split(/^note|^warn/m)[0]!
        .trim()
        .split("\n").length,
    ).toBeLessThan(3);
  const [, page] = /[Cc]ertificate.*: (.*report\.html)$/m.exec(terminal.stdout)!;
  expect(readFileSync(page!, "utf8")).toContain("Rehearsal");
});
