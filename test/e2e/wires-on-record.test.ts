/**
 * A finished plug that is heard over wires again, by whichever command or call of the library: it is on record at once,
 * and nobody is led to mains before the closing list was gone through again.
 */

import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { COMMANDS } from "../../src/cli/registry.ts";
import { FakeTerminal } from "../../src/cli/render/fake-terminal.test-support.ts";
import { foldConversion } from "../../src/core/conversion/state.ts";
import { parseCommand } from "../../src/core/tasmota/command.ts";
import { readContacts } from "../../src/engine/home/contacts.ts";
import { plugFolder } from "../../src/engine/home/folders.ts";
import { readJournal } from "../../src/engine/home/journal.ts";
import type { Files } from "../../src/engine/ports.ts";
import { ConsoleClient } from "../../src/engine/tasmota/console-client.ts";
import { PlugConsole } from "../../src/engine/tasmota/plug-console.ts";
import { recordedLine } from "../../src/engine/wires/recorded-line.ts";
import { nodeFiles } from "../../src/platform/node/index.ts";
import { DoctorRig } from "../support/doctor-rig.ts";
import { SessionRig } from "../support/session-rig.ts";
import { SetupRig } from "../support/setup-rig.ts";

/** What is run on the finished plug, and whether anything is heard over its wires thereby. */
const TABLE: readonly { readonly argv: readonly string[]; readonly heard: boolean }[] = [
  { argv: ["doctor"], heard: true },
  { argv: ["info"], heard: true },
  { argv: ["capture", "--read", "4096", "--out", "CAPTURE"], heard: true },
  { argv: ["verify", "IMAGE", "--raw"], heard: true },
  { argv: ["backup", "--dry-run"], heard: true },
  { argv: ["write", "IMAGE", "--raw", "--dry-run"], heard: true },
  { argv: ["erase", "--at", "0", "--length", "4096", "--dry-run"], heard: true },
  { argv: ["restore", "--dry-run"], heard: true },
  // Nothing but the boot ROM's text and the firmware's first words: it does not say who it is.
  { argv: ["monitor", "--seconds", "2"], heard: true },
  // These go over its network; the closed plug has no wires.
  { argv: ["audit", "--plug", "MAC"], heard: false },
  { argv: ["secure", "--plug", "MAC"], heard: false },
  { argv: ["status"], heard: false },
  { argv: ["cmnd", "Power"], heard: false },
  { argv: ["cmnd", "Backlog", "Power", "ON"], heard: false },
];

let directory: string;
let mac: string;
const outcomes = new Map<readonly string[], { exit: number; after: string; output: string }>();

const folderOf = (argv: readonly string[]): string => join(directory, argv.join("-").replaceAll(/[^a-z0-9-]/gi, "_"));

async function run(folder: string, argv: readonly string[]): Promise<{ exit: number; output: string }> {
  const terminal = new FakeTerminal();
  const home = ["--home", join(directory, "home"), "--json", "--yes"];
  const exit = await runProgram(
    COMMANDS,
    [...argv, "--port", `sim:${folder}`, ...home],
    terminal,
    new AbortController().signal,
  );
  return { exit, output: terminal.stdout };
}

const stateOf = async (files: Files, home: string, plug: string) =>
  foldConversion(await readJournal(files, plugFolder(home, plug)));

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "plugsmith-wires-"));
  const done = join(directory, "done");
  expect((await run(done, ["convert"])).exit).toBe(0);
  mac = readdirSync(join(done, "home", "plugs"))[0]!;
  const image = join(directory, "image.bin");
  writeFileSync(image, readFileSync(join(done, "flash.bin")).subarray(0, 0x1000));
  const filled = (word: string): string =>
    word === "MAC" ? mac : word === "IMAGE" ? image : word === "CAPTURE" ? join(directory, "capture.jsonl") : word;
  await Promise.all(
    TABLE.map(async ({ argv }) => {
      const folder = folderOf(argv);
      cpSync(done, folder, { recursive: true });
      const { exit } = await run(folder, argv.map(filled));
      // Then anyone who calibrates says yes to everything.
      const { output } = await run(folder, ["calibrate", "--plug", mac]);
      outcomes.set(argv, { exit, after: output.trim().split("\n").at(-1)!, output });
    }),
  );
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test.each(TABLE.filter(({ heard }) => heard))(
  "after $argv over the wires a finished plug is not taken to mains, and nobody is hurt",
  async ({ argv }) => {
    const { exit, after, output } = outcomes.get(argv)!;
    expect(exit).toBe(0);
    expect(JSON.parse(after)).toMatchObject({ ok: false, error: { code: "unsafe" } });
    expect(after).toContain("Silicon Labs CP2102");
    expect(output).not.toContain("Accident");
    expect((await stateOf(nodeFiles, `${folderOf(argv)}/home`, mac)).wires?.reopened).toBe(true);
  },
);

test.each(TABLE.filter(({ heard }) => !heard))("$argv goes over no wire and puts none on record", async ({ argv }) => {
  const { after, output } = outcomes.get(argv)!;
  expect(JSON.parse(after)).toMatchObject({ ok: true });
  expect(output).not.toContain("Accident");
  expect((await stateOf(nodeFiles, `${folderOf(argv)}/home`, mac)).wiresAttached).toBe(false);
});

test("a second convert on a finished plug in a folder says so and does nothing; at a terminal it asks", async () => {
  const folder = join(directory, "twice");
  cpSync(join(directory, "done"), folder, { recursive: true });
  const journal = (): string => readFileSync(join(folder, "home", "plugs", mac, "journal.jsonl"), "utf8");
  const before = journal();
  for (const command of ["convert", "prepare"]) {
    const { exit, output } = await run(folder, [command]);
    expect(exit).toBe(3);
    expect(output).toContain(`Plug ${mac} is already converted`);
  }
  const terminal = new FakeTerminal({ tty: true, typing: true });
  terminal.onPrompt = () => setImmediate(() => terminal.input.write("1\n"));
  const asked = ["convert", "--port", `sim:${folder}`, "--home", join(directory, "home")];
  expect(await runProgram(COMMANDS, asked, terminal, new AbortController().signal)).toBe(130);
  expect(terminal.stderr).toContain("Converting it again means to open it");
  expect(journal()).toBe(before);
});

test("a session of the library puts wires on record as soon as the chip is identified", async () => {
  const rig = new SessionRig();
  const session = rig.open();
  await rig.run(session.identify());
  expect((await stateOf(rig.disk.files, "/home", rig.plug)).wiresAttached).toBe(true);
  await rig.run(session.close());
});

test("the library's doctor records wires for an identified chip, a contact for bytes, and nothing for silence", async () => {
  const rig = new DoctorRig({ gpio0Grounded: true });
  const { mac: met } = await rig.diagnose();
  expect((await stateOf(rig.disk.files, "/home", met.replaceAll(":", ""))).wiresAttached).toBe(true);

  const running = new DoctorRig({ tasmota: true });
  await expect(running.diagnose()).rejects.toMatchObject({ code: "no-sync" });
  expect(await readContacts(running.disk.files, "/home")).toMatchObject([{ plug: undefined }]);

  const silent = new DoctorRig({ wiring: { chipTx: "open" } });
  await expect(silent.diagnose()).rejects.toMatchObject({ code: "no-sync" });
  expect(await readContacts(silent.disk.files, "/home")).toEqual([]);
});

test("the library's console leaves a contact, and wires on record once the plug has said who it is", async () => {
  const rig = new SetupRig();
  rig.board.powerOn();
  const clock = rig.clock.port();
  const line = recordedLine(rig.line, { files: rig.files, home: "/home", clock });
  const client = new ConsoleClient(await PlugConsole.open(line, clock));
  await rig.do(client.send(parseCommand("Power")));
  expect(await readContacts(rig.files, "/home")).toMatchObject([{ plug: undefined }]);
  await rig.do(client.identify());
  const [contact] = await readContacts(rig.files, "/home");
  expect((await stateOf(rig.files, "/home", contact!.plug!)).wiresAttached).toBe(true);
});

test.each([["status"], ["cmnd", "Power"]])(
  "%s lets the line go when the plug at it cannot be asked who it is: an open one would keep the process",
  async (...argv) => {
    const stop = new AbortController();
    let closed: Promise<unknown> | undefined;
    // Hears the question and says nothing; anyone who asked gives up.
    const server = createServer((socket: Socket) => {
      closed = once(socket, "close");
      socket.on("error", () => undefined).once("data", () => stop.abort());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const home = ["--home", join(directory, "silent")];
    const exit = await runProgram(
      COMMANDS,
      [...argv, "--port", `tcp://127.0.0.1:${port}`, ...home],
      new FakeTerminal(),
      stop.signal,
    );
    expect(exit).toBe(130);
    await closed;
    server.close();
  },
);
