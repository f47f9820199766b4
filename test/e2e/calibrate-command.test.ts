/**
 * `calibrate` and `verify-meter` as commands, over real sockets on loopback to virtual plugs in quick time that hang on
 * one mains, one behind the other, with one load at the end. Only the test knows each meter's manufacturing error.
 */

import { subscribe } from "node:diagnostics_channel";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commandEntry } from "../../src/cli/command.test-support.ts";
import { calibrateCommandWith } from "../../src/cli/commands/calibrate.ts";
import { reportCommand } from "../../src/cli/commands/report.ts";
import { verifyMeterCommandWith } from "../../src/cli/commands/verify-meter.ts";
import { runProgram } from "../../src/cli/program.ts";
import { FakeTerminal } from "../../src/cli/render/fake-terminal.test-support.ts";
import { entriesOf, parseEntry } from "../../src/core/journal/stored-entry.ts";
import { plugFolder } from "../../src/engine/home/folders.ts";
import { readJournal } from "../../src/engine/home/journal.ts";
import { openPlugJournal } from "../../src/engine/home/plug-journal.ts";
import { rememberPlug, writeSecrets } from "../../src/engine/home/plug-records.ts";
import { nodeFiles } from "../../src/platform/node/index.ts";
import type { MeterError } from "../../src/sim/world/meter-chip.ts";
import type { PlugRig } from "../support/plug-rig.ts";
import { type PlugRow, plugRow, type RowPlug, truthOf } from "../support/plug-row.ts";
import { inQuickTime, type QuickTime } from "../support/quick-time.ts";

/** The reference, and three plugs behind it. */
const ERRORS = [
  { voltage: 1, current: 1, power: 1 },
  { voltage: 1.08, current: 0.93, power: 1.02 },
  { voltage: 0.94, current: 1.05, power: 0.98 },
  { voltage: 1.03, current: 0.97, power: 1.06 },
];
const PASSWORD = "r3f-Secret;%";
const UNLOCK = { PLUGSMITH_REFERENCE_PASSWORD: PASSWORD };
/** Where nobody listens. */
const NOBODY = "127.0.0.1:1";
const HOSTS = ["192.168.1.9", "192.168.1.50", "192.168.1.51", "192.168.1.52"];

const atEnd: (() => unknown)[] = [];
let home: string;
let row: PlugRow;
let expose: QuickTime["expose"];
/** Addresses on this computer by those on the page. */
const here = new Map<string, string>();

/** Requests that went out, wherever to. */
let requests = 0;
subscribe("http.client.request.start", () => {
  requests++;
});

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "plugsmith-home-"));
  atEnd.push(() => rmSync(home, { recursive: true, force: true }));
  row = await plugRow(ERRORS, 1000);
  expose = inQuickTime(row.plugs[0]!.rig, 100, atEnd).expose;
  for (const [index, { inside }] of row.plugs.entries()) here.set(HOSTS[index]!, await expose(inside));
});
afterAll(async () => {
  for (const undo of atEnd.reverse()) await undo();
});

interface Said {
  readonly exit: number;
  readonly out: string;
  /** Without colour, its lines joined as a person reads them. */
  readonly err: string;
}

interface CommandRig {
  /** Whose instruments are read. */
  readonly plug?: RowPlug;
  /** What is answered where something is to be confirmed: "1", all is so; "2", not yet. */
  readonly confirm?: string;
  readonly env?: Record<string, string>;
}

/** Somebody at the terminal, who has seen to everything and reads the instruments at the plug. */
async function atTerminal(
  argv: readonly string[],
  { plug = row.plugs[1]!, confirm = "1", env = {} }: CommandRig = {},
): Promise<Said> {
  const terminal = new FakeTerminal({ tty: true, typing: true, env });
  terminal.onPrompt = () => {
    const { voltage } = row.mains;
    const { watts } = plug.load.draw(voltage);
    const prompt = terminal.drawn().at(-1)!;
    const reading = prompt.includes("in volts") ? voltage : prompt.includes("in watts") ? watts : undefined;
    setImmediate(() => terminal.input.write(`${reading?.toFixed(1) ?? confirm}\n`));
  };
  const clock = rigs()[0]!.clock.port();
  const commands = [
    commandEntry("calibrate", calibrateCommandWith(clock)),
    commandEntry("verify-meter", verifyMeterCommandWith(clock)),
    commandEntry("report", reportCommand),
  ];
  const exit = await runProgram(commands, [...argv, "--home", home], terminal, new AbortController().signal);
  // What is typed ends the prompt's line on a real terminal; a path cannot be broken.
  const lines = [...terminal.stdout.split("\n"), ...terminal.drawn().map((line) => line.replace(/^ {8}[^:]+: /, ""))];
  for (const line of lines) if (!line.startsWith("/")) expect(line.length, line).toBeLessThanOrEqual(80);
  return { exit, out: terminal.stdout, err: terminal.drawn().join("\n").replace(/\s+/g, " ") };
}

const rigs = (): PlugRig[] => row.plugs.map(({ rig }) => rig);

const constantsOf = ({ rig }: RowPlug): number[] =>
  ["power", "voltage", "current"].map((quantity) => Number(rig.core.settings.get(`energy_${quantity}_calibration`)));

/** The words of a command line, its quotes taken off, with the page's addresses as they are here. */
function wordsOf(line: string): string[] {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
  return words.slice(1).map((word) => word.replace(/192\.168\.1\.\d+/g, (address) => here.get(address)!));
}

/** A Shelly of the second generation at the reference's place. */
async function shelly(): Promise<string> {
  const server = createServer((request, response) => {
    const { voltage } = row.mains;
    const { watts, amps } = row.plugs[0]!.load.draw(voltage);
    const known = request.url === "/rpc/Switch.GetStatus?id=0";
    response.end(known ? JSON.stringify({ apower: watts, voltage, current: amps }) : "?");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  atEnd.push(() => server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An entry in the plug's journal, as another command left it. */
async function note({ mac }: RowPlug, entry: { readonly type: string }): Promise<void> {
  const journal = await openPlugJournal(nodeFiles, home, mac);
  await journal.append(parseEntry({ version: 1, at: "2026-01-01T00:00:00Z", ...entry })!);
  await journal.close();
}

async function stepsOf({ mac }: RowPlug): Promise<unknown[]> {
  const entries = await readJournal(nodeFiles, plugFolder(home, mac));
  return entriesOf(entries, "conversion-step").map(({ step }) => step);
}

/** Each statement about a constant beside what only this test knows: the error it had, and the one that is left. */
function expectTrue(statements: string, plug: RowPlug): void {
  const error = ERRORS[row.plugs.indexOf(plug)]!;
  const left = truthOf(plug, error);
  const said = [
    ...statements.matchAll(
      /(Voltage|Power|Current)Cal +(\d+) → (\d+) +error before: ([+−])([\d.]+) % +now within ±([\d.]+) %/g,
    ),
  ];
  expect(said, statements).toHaveLength(3);
  for (const [text, name, before, after, sign, was, now] of said) {
    const quantity = name!.toLowerCase() as keyof MeterError;
    const had = (left[quantity] * Number(before)) / Number(after) - 1;
    expect(100 * Math.abs(left[quantity] - 1), text).toBeLessThanOrEqual(Number(now));
    expect(Math.abs(100 * had - Number(`${sign === "−" ? "-" : ""}${was}`)), text).toBeLessThanOrEqual(Number(now));
  }
}

test("the command lines of docs/calibration.md work one after the other", async () => {
  const page = readFileSync(new URL("../../docs/calibration.md", import.meta.url), "utf8");
  const lines = page.split("\n").flatMap((line) => /^ {4}(plugsmith .*)$/.exec(line)?.[1] ?? []);
  const [byLoad, byMeter, byShelly, byTasmota, undo, fromJournal, verify, report, ...more] = lines;
  expect(more).toEqual([]);
  const [reference, first, ...others] = row.plugs;
  const plug = first!;
  const defaults = constantsOf(plug);

  const label = await atTerminal(wordsOf(byLoad!));
  expect(label.exit, label.err).toBe(0);
  expectTrue(label.out, plug);

  const meter = await atTerminal(wordsOf(byMeter!));
  expect(meter.exit, meter.err).toBe(0);
  expect(meter.err).toMatch(/Mains voltage now.*Power now, as the power meter shows it/);
  expectTrue(meter.out, plug);

  const compared = await atTerminal(wordsOf(byShelly!.replace("192.168.1.9", await shelly())));
  expect(compared.exit, compared.err).toBe(0);
  expect(compared.err).not.toContain("Reading in");
  expectTrue(compared.out, plug);
  const once = constantsOf(plug);

  // The reference was locked, as a converted plug is; its password is on record where it was last seen.
  reference!.rig.type(`WebPassword2 ${PASSWORD}`, 12);
  const address = here.get("192.168.1.9")!;
  const records = { files: nodeFiles, path: home };
  await rememberPlug(records, { mac: reference!.mac, address, lastSeen: "2026-01-01T00:00:00Z" });
  await writeSecrets(records, reference!.mac, { webPassword: PASSWORD });
  await note(others[1]!, { type: "conversion-begun" });
  const resolutions = reference!.rig.core.settings.get("flag2");
  const whole = await atTerminal(wordsOf(byTasmota!));
  expect(whole.exit, whole.err).toBe(0);
  expect(reference!.rig.core.settings.get("flag2"), "the reference is put back").toBe(resolutions);
  expect(whole.err.match(/Yes, all of this is true/g), "the row is confirmed once").toHaveLength(1);
  const parts = whole.out.split(/^127\.0\.0\.1:\d+:$/m).slice(1);
  expect(parts).toHaveLength(3);
  for (const [index, each] of [plug, ...others].entries()) expectTrue(parts[index]!, each);
  const twice = constantsOf(plug);
  // Where a conversion is under way, it finds this step done.
  expect(await stepsOf(others[1]!)).toEqual(["calibrate"]);
  expect(await stepsOf(others[0]!)).toEqual([]);

  const undone = await atTerminal(wordsOf(undo!));
  expect(undone.exit, undone.err).toBe(0);
  expect(constantsOf(plug)).toEqual(once);
  expect(undone.out).toBe(
    `Restored the constants: PowerCal ${once[0]}, VoltageCal ${once[1]}, CurrentCal ${once[2]}.\n`,
  );
  for (const [index, key] of ["Power", "Voltage", "Current"].entries())
    plug.rig.type(`${key}Cal ${defaults[index]}`, 2);
  // As often as one likes: it is no undoing of the undoing.
  for (const each of [fromJournal!, fromJournal!]) {
    const again = await atTerminal(wordsOf(each));
    expect(again.exit, again.err).toBe(0);
    expect(constantsOf(plug)).toEqual(twice);
  }

  const checked = await atTerminal(wordsOf(verify!));
  expect(checked.exit, checked.err).toBe(0);
  expect(checked.out).toMatch(/^ +voltage +plug \d+\.\d V +reference \d+\.\d V +error [+−][\d.]+ % \(±[\d.]+ %\)$/m);
  expect(checked.out).toContain("Since the calibration, the error is within the uncertainty of this check.");
  expect(constantsOf(plug)).toEqual(twice);
  plug.rig.type("PowerCal 13500", 3);
  const drifted = await atTerminal(wordsOf(verify!));
  expect(drifted.out.replace(/\s+/g, " ")).toMatch(
    /Deviations since the calibration: power \+.* constants do not match any recorded calibration/,
  );

  const paper = await atTerminal(wordsOf(report!));
  expect(paper.exit, paper.err).toBe(0);
  const certificate = readFileSync(paper.out.trim().split("\n").at(-1)!, "utf8");
  for (const constant of twice) expect(certificate).toContain(String(constant));
});

test("an unreachable plug and one without a load are reported, and the others of the row are calibrated", async () => {
  const [, , second, third] = row.plugs;
  const [own, , middle, last] = HOSTS.map((host) => here.get(host)!);
  third!.load.appliance = { watts: 0 };
  const before = constantsOf(third!);
  const argv = ["calibrate", "--reference", `tasmota:${own}`, "--row", `${NOBODY},${middle},${last}`, "--samples", "6"];
  const { exit, err, out } = await atTerminal(argv, { env: UNLOCK });
  third!.load.appliance = { watts: 1000 };
  expect(exit).toBe(61);
  expect(err).toContain("Not calibrated: 2 of 3 plugs.");
  expect(err).toContain(`The plug: calibrated: ${middle}; ${NOBODY}: not reached; ${last}: constants unchanged`);
  expect(err).toMatch(
    new RegExp(`Next: ${NOBODY}: Check that .* ${last}: Switch on the relay and the load.* whole row again`),
  );
  expect(err).toMatch(/A load is switched off, or the meter sends no pulses/);
  expect(out).toBe("");
  expect(constantsOf(third!)).toEqual(before);
  const left = truthOf(second!, ERRORS[2]!);
  for (const factor of Object.values(left)) expect(Math.abs(factor - 1)).toBeLessThan(0.03);
});

test("a no at the gate or nobody to ask ends the row before anything is measured or changed", async () => {
  const [own, first, second] = HOSTS.map((host) => here.get(host)!);
  const argv = ["calibrate", "--reference", `tasmota:${own}`, "--row", `${first},${second}`];
  const before = row.plugs.map(constantsOf);
  const refused = await atTerminal(argv, { confirm: "2", env: UNLOCK });
  expect(refused.exit, refused.err).toBe(60);
  expect(refused.err.match(/Yes, all of this is true/g)).toHaveLength(1);
  const silent = await atTerminal([...argv, "--no-input"], { env: UNLOCK });
  expect(silent.exit, silent.err).toBe(3);
  // Nothing was tried at the second plug.
  expect(refused.err + silent.err).not.toContain("Not calibrated");
  expect(row.plugs.map(constantsOf)).toEqual(before);
});

test("invalid options are refused before any plug is contacted", async () => {
  const [own, first, second] = HOSTS.map((host) => here.get(host)!);
  const named = ["calibrate", "--address", first!];
  const inRow = ["calibrate", "--reference", `tasmota:${own}`, "--row"];
  const wrong: [readonly string[], RegExp][] = [
    [["calibrate", "--row", `${first},${second}`], /needs another plug as the reference/],
    [[...inRow, `${first},${own}`], /is one of the plugs that you want to calibrate/],
    [[...inRow, `${first},${second},${first}`], /names 127\.0\.0\.1:\d+ twice/],
    [[...inRow, ","], /names no plug/],
    [[...inRow, `${first}`, "--undo"], /--row and --undo cannot be combined/],
    [[...inRow, `${first}`, "--from-journal"], /--row and --from-journal cannot be combined/],
    [[...inRow, `${first}`, "--address", second!], /--row and --address cannot be combined/],
    [[...inRow, `${first}`, "--voltmeter", "1 %"], /--row and --voltmeter cannot be combined/],
    [[...inRow, `${first}`, "--reference-position", "beside"], /must be before or after/],
    [
      [...inRow, `${first}`, "--reference-accuracy", "good"],
      /--reference-accuracy needs a number greater than 0, not "good"/,
    ],
    [[...named], /The options name no reference/],
    [[...named, "--reference", `tasmota:${first}`], /is one of the plugs that you want to calibrate/],
    [[...named, "--reference", `tasmota:${own}`, "--reference-position", "beside"], /must be before or after/],
    [[...named, "--reference", own!], /--reference cannot be/],
    [[...named, "--power-meter", "quite good"], /"quite good" is not an accuracy in the form of a data sheet/],
    [[...named, "--undo", "--from-journal"], /--undo and --from-journal cannot be combined/],
    [["verify-meter", "--address", first!, "--reference", `tasmota:${first}`], /is one of the plugs/],
    [["verify-meter", "--address", first!, "--voltmeter", "0.8 percents"], /is not an accuracy/],
  ];
  const asked = requests;
  expect(asked).toBeGreaterThan(0);
  for (const [argv, reason] of wrong) {
    const { exit, err } = await atTerminal(argv, { env: UNLOCK });
    expect(exit, argv.join(" ")).toBe(2);
    expect(err).toMatch(reason);
  }
  expect(requests).toBe(asked);
});

test("one plug given under two names is detected by its MAC before anything is changed", async () => {
  const [own, first] = HOSTS.map((host) => here.get(host)!);
  const other = await expose(row.plugs[1]!.inside);
  const flags = row.plugs.map(({ rig }) => rig.core.settings.get("flag2"));
  const twice = ["calibrate", "--reference", `tasmota:${own}`, "--row", `${first},${other}`];
  const itself = ["calibrate", "--address", first!, "--reference", `tasmota:${other}`];
  const inRow = ["calibrate", "--reference", `tasmota:${other}`, "--row", first!];
  const changes: unknown[] = [];
  for (const [argv, reason] of [
    [twice, /are the same plug/],
    [itself, /is one of the plugs that you want to calibrate/],
    [inRow, /is one of the plugs that you want to calibrate/],
  ] as const) {
    const { exit, err } = await atTerminal(argv, { env: UNLOCK });
    expect(exit, err).toBe(2);
    expect(err).toMatch(reason);
    changes.push(row.plugs.map(({ rig }) => rig.core.settings.get("flag2")));
  }
  expect(changes).toEqual([flags, flags, flags]);
});

test("wires on record of any plug end the row before the first measurement", async () => {
  const [own, first, second] = HOSTS.map((host) => here.get(host)!);
  await note(row.plugs[2]!, { type: "wires-attached" });
  const before = row.plugs.map(constantsOf);
  const { exit, err } = await atTerminal(
    ["calibrate", "--reference", `tasmota:${own}`, "--row", `${first},${second}`],
    {
      env: UNLOCK,
    },
  );
  expect(exit, err).toBe(60);
  expect(err).toContain(`Wires were attached to the board of ${second}`);
  expect(err).not.toContain("Yes, all of this is true");
  expect(row.plugs.map(constantsOf)).toEqual(before);
});
