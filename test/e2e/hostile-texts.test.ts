/**
 * What a plug, a broker, a file or a serial line says is shown, and never steers the terminal, bends the writing
 * direction or fills the screen: every command that prints such texts, for people and with `--json`.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Aedes } from "aedes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { COMMANDS } from "../../src/cli/registry.ts";
import { FakeTerminal } from "../../src/cli/render/fake-terminal.test-support.ts";
import { encodeDmp } from "../../src/core/tasmota/settings/dmp.ts";
import { openSector, withText } from "../../src/core/tasmota/settings/sector.ts";
import { TEXT } from "../../src/core/tasmota/tables/text-pool.ts";
import { openPlugJournal } from "../../src/engine/home/plug-journal.ts";
import { rememberPlug } from "../../src/engine/home/plug-records.ts";
import { nodeFiles } from "../../src/platform/node/index.ts";

const MAC = "5ccf7fa1b2c3";
/** Title and screen of a terminal, C1's CSI, a line start, a hidden line, right to left, a zero-width space. */
const EVIL = "\u001b]0;owned\u0007\u001b[2J\u009b31m\r\n\u2028\u202eevil\u2066\u200b";
const ENDLESS = `${EVIL}${"A".repeat(3_000_000)}`;

/** Settings whose texts are hostile, as a backup file: a head as Tasmota 15.2 writes it, the rest empty. */
function dumpWith(friendlyName: string): Uint8Array {
  const blank = new Uint8Array(4096);
  blank.set([0x09, 0x12, 0x00, 0x10, 1, 0, 0, 0, 0x02, 0x00, 0x02, 0x0f]);
  blank.set([0x4e, 0x01], 0x00e);
  blank.set([0xf2, 0xfb, 0x92, 0xd9], 0xffc);
  return encodeDmp(withText(withText(openSector(blank), TEXT.ssid1, friendlyName), TEXT.webPassword, friendlyName));
}
const DUMP = dumpWith(EVIL);

const home = mkdtempSync(join(tmpdir(), "plugsmith-"));
const undo: (() => unknown)[] = [() => rmSync(home, { recursive: true, force: true })];
let text = EVIL;
let address = "";
let broker = "";
let serial = "";

/** Status and settings as Tasmota's keys are, with the text in every place of a text. */
function answerTo(command: string): unknown {
  const name = command.split(" ")[0]!;
  const answers: Readonly<Record<string, unknown>> = {
    Status: { Status: { Module: 0, DeviceName: text, FriendlyName: [EVIL], Topic: EVIL, Power: "1" } },
    "Status 2": {
      StatusFWR: { Version: `15.2.0(${EVIL})`, BuildDateTime: EVIL, Core: EVIL, SDK: EVIL, Hardware: EVIL, CR: EVIL },
    },
    "Status 5": { StatusNET: { Hostname: text, IPAddress: EVIL, Mac: MAC, WifiConfig: 4 } },
    "Status 4": { StatusMEM: { FlashSize: 1024, ProgramSize: 655, Free: 348, Features: [EVIL] } },
    "Status 8": { StatusSNS: { Time: EVIL, ENERGY: { Voltage: EVIL, Current: EVIL, Power: EVIL } } },
    "Status 7": { StatusTIM: { UTC: EVIL, Local: EVIL } },
    "Status 11": {
      StatusSTS: { Time: EVIL, Uptime: EVIL, UptimeSec: 500, Wifi: { SSId: EVIL, RSSI: 80, Signal: -50 } },
    },
  };
  // A refusal is told at once; what is no answer to the command would be asked for again and again.
  return answers[command] ?? (name === "Rule1" ? { Rule1: text, [EVIL]: { [EVIL]: [EVIL] } } : { Command: "Unknown" });
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  undo.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const bound = server.address();
  return typeof bound === "object" && bound !== null ? bound.port : 0;
}

beforeAll(async () => {
  const plug = createHttpServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const command = new URLSearchParams(Buffer.concat(chunks).toString()).get("cmnd") ?? "";
      response.setHeader("Server", "Tasmota/15.2.0 (ESP8285N08)");
      response.setHeader("Content-Disposition", 'attachment; filename="..%2f\u001b[2J.dmp"'.replace("\u001b", "%1b"));
      if (request.url === "/dl") return void response.end(DUMP);
      response.end(request.url === "/cm" ? JSON.stringify(answerTo(command)) : text);
    });
  });
  address = `127.0.0.1:${await listening(plug)}`;
  const aedes = await Aedes.createBroker();
  broker = `127.0.0.1:${await listening(createServer(aedes.handle))}`;
  undo.push(() => aedes.close());
  const payload = JSON.stringify({ ip: "192.168.1.66", dn: EVIL, hn: EVIL, mac: "5CCF7F0A0B0C", sw: EVIL });
  aedes.publish(
    { cmd: "publish", topic: "tasmota/discovery/X/config", payload, qos: 0, retain: true, dup: false },
    () => {},
  );
  serial = `tcp://127.0.0.1:${await listening(createServer((socket) => void socket.on("error", () => {}).write(`${text}\n`)))}`;
  const place = { files: nodeFiles, path: home };
  await rememberPlug(place, { mac: MAC, address, name: EVIL, lastSeen: "2026-01-01T00:00:00Z" });
  const journal = await openPlugJournal(nodeFiles, home, MAC);
  const facts = { mac: MAC, Topic: EVIL, [EVIL]: EVIL };
  await journal.append({
    type: "conversion-step",
    version: 1,
    at: "2026-01-01T00:00:00Z",
    step: "audit",
    data: { facts },
  });
  await journal.close();
  writeFileSync(join(home, "evil.dmp"), DUMP);
  writeFileSync(join(home, "other.dmp"), dumpWith("Home"));
  writeFileSync(join(home, "image.bin"), `\u00e9${EVIL}`);
});
afterAll(async () => {
  for (const each of undo.reverse()) await each();
});

async function said(argv: readonly string[], tty: boolean): Promise<FakeTerminal> {
  const terminal = new FakeTerminal({ tty });
  await runProgram(COMMANDS, [...argv, "--home", home], terminal, new AbortController().signal);
  return terminal;
}

/** Everything but line ends and the sequences that the renderer itself writes. */
const OWN = new RegExp(`\\r?\\n|\\r${String.fromCharCode(27)}\\[K|${String.fromCharCode(27)}\\[\\d*m`, "g");
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u;

const leaves = (value: unknown): string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([name, each]) => [name, ...leaves(each)])
      : [];

const AT = (): string[] => ["--address", address];
const COMMAND_LINES: readonly (readonly [name: string, argv: () => readonly string[], quotes: boolean])[] = [
  ["status", () => ["status", ...AT()], true],
  ["cmnd", () => ["cmnd", "Rule1", ...AT()], true],
  ["find", () => ["find"], true],
  ["audit", () => ["audit", ...AT()], false],
  ["secure", () => ["secure", ...AT(), "--yes"], false],
  ["calibrate", () => ["calibrate", "--load", "1000", "--voltmeter", "1 %", ...AT()], false],
  ["verify-meter", () => ["verify-meter", "--power-meter", "1 %", ...AT()], false],
  ["upgrade --dry-run", () => ["upgrade", "--image", join(home, "image.bin"), "--dry-run", ...AT()], false],
  ["firmware inspect", () => ["firmware", "inspect", join(home, "image.bin")], false],
  ["template explain", () => ["template", "explain", `{"NAME":"${EVIL.replaceAll(/\p{Cc}/gu, "")}"}`], false],
  ["report", () => ["report", MAC], false],
  // How much of a stream comes in its time is not known.
  ["settings show", () => ["settings", "show", join(home, "evil.dmp")], true],
  ["settings diff", () => ["settings", "diff", join(home, "evil.dmp"), join(home, "other.dmp")], true],
  ["settings download", () => ["settings", "download", ...AT()], false],
  ["settings restore", () => ["settings", "restore", join(home, "evil.dmp"), ...AT(), "--yes"], false],
  ["setup", () => ["setup", "--name", "Lamp", ...AT(), "--yes"], false],
  [
    "rescue",
    () => [
      ...["rescue", "--plug", MAC, "--symptom", "lost-address"],
      ...["--range", address, "--ssid", "Home", "--open"],
    ],
    false,
  ],
  ["restore", () => ["restore", join(home, `none${EVIL}`), "--port", `sim:${join(home, "plug")}`], true],
  ["monitor", () => ["monitor", "--port", serial, "--seconds", "0.1"], false],
  ["doctor", () => ["doctor", "--port", serial, "--seconds", "0.1"], false],
];

describe.each(COMMAND_LINES)("%s", (_name, argv, quotes) => {
  test.each([
    ["a text that steers a terminal", EVIL] as const,
    // Where the text is in what is printed.
    ...(quotes ? [["a text of 3 MB", ENDLESS] as const] : []),
  ])("shows %s as text, on a screen, in a pipe and as JSON", async (_what, each) => {
    text = each;
    for (const tty of [true, false]) {
      const { stdout, stderr } = await said(argv(), tty);
      const shown = (stdout + stderr).replaceAll(OWN, "");
      expect(UNSAFE.exec(shown)?.[0].codePointAt(0)?.toString(16)).toBeUndefined();
      if (quotes && each === EVIL) expect(shown.replaceAll(/\s/g, "")).toContain("\\u{202e}evil");
      // The monitor's output is all that the line says, as long as it says it.
      if (argv()[0] !== "monitor") expect(shown.length).toBeLessThan(150_000);
    }
    const { stdout } = await said([...argv(), "--json"], false);
    expect(stdout.length).toBeLessThan(400_000);
    for (const line of stdout.trim().split("\n")) {
      const event = JSON.parse(line) as { data?: { heard?: string } };
      const { heard = "", ...data } = event.data ?? {};
      const found = leaves({ ...event, data: { ...data, heard: heard.replaceAll(/\r?\n/g, "") } });
      expect(found.filter((leaf) => UNSAFE.test(leaf))).toEqual([]);
    }
  });
});

test("find shows a hostile broker announcement as text", async () => {
  text = EVIL;
  const { stdout, stderr } = await said(["find", "--broker", broker], false);
  expect(stdout).toContain("\\u{202e}evil");
  expect(UNSAFE.test((stdout + stderr).replaceAll("\n", ""))).toBe(false);
});

test("a report of a journal with hostile texts is clean as HTML and as JSON", async () => {
  await said(["report", MAC], false);
  const page = readFileSync(join(home, "plugs", MAC, "report.html"), "utf8");
  expect(page).toContain("\\u{202e}evil");
  expect(UNSAFE.test(page.replaceAll("\n", ""))).toBe(false);
  const data = JSON.parse(readFileSync(join(home, "plugs", MAC, "report.json"), "utf8")) as unknown;
  expect(leaves(data).filter((leaf) => UNSAFE.test(leaf))).toEqual([]);
});
