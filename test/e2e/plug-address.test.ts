/**
 * A password on record goes nowhere before it is known, or agreed to, that its plug is there. Every command that speaks
 * to a plug by its MAC, over real HTTP, against hosts that claim to be it.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { COMMANDS } from "../../src/cli/registry.ts";
import { FakeTerminal } from "../../src/cli/render/fake-terminal.test-support.ts";
import { type Home, noteClaim, rememberPlug, seenPlug, writeSecrets } from "../../src/engine/home/plug-records.ts";
import { nodeFiles } from "../../src/platform/node/index.ts";
import {
  type HostAnswer,
  LOCKED,
  openPlug,
  type RecordingHost,
  ROUTER,
  recordingHost,
} from "../support/recording-host.ts";

const MAC = "5ccf7fa1b2c3";
const OTHER = "5ccf7f0a0b0c";
const SECRET = "k1tchen-Secret";
const AT = "2026-01-01T00:00:00Z";
/** Where nobody listens. */
const GONE = "127.0.0.1:1";

let home: Home;
const hosts: RecordingHost[] = [];
const folder = mkdtempSync(join(tmpdir(), "plugsmith-"));
const DUMP = new URL("../fixtures/tasmota/config-backup.dmp", import.meta.url).pathname;
const IMAGE = join(folder, "tasmota.bin");

afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(async () => {
  home = { files: nodeFiles, path: mkdtempSync(join(folder, "home-")) };
  await writeSecrets(home, MAC, { webPassword: SECRET, nextWebPassword: `${SECRET}2`, mqttPassword: "broker-Secret" });
});
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close();
});

async function host(answer: HostAnswer): Promise<RecordingHost> {
  const made = await recordingHost(answer);
  hosts.push(made);
  return made;
}

/** Every command that takes a plug by its MAC, as far as the first request. */
const BY_MAC: readonly (readonly [name: string, argv: readonly string[]])[] = [
  ["status", ["status"]],
  ["cmnd", ["cmnd", "Power"]],
  ["cmnd with a secret", ["cmnd", "WebPassword2", "--value-file", join(folder, "secret")]],
  ["audit", ["audit"]],
  ["secure", ["secure"]],
  ["calibrate", ["calibrate", "--load", "1000", "--voltmeter", "0.8 % + 3 digits"]],
  ["calibrate --undo", ["calibrate", "--undo"]],
  ["verify-meter", ["verify-meter", "--power-meter", "1 % + 2 digits"]],
  ["upgrade", ["upgrade", "--image", IMAGE, "--dry-run"]],
  ["settings download", ["settings", "download"]],
  ["settings restore", ["settings", "restore", DUMP]],
];

interface Said {
  readonly exit: number;
  readonly text: string;
  readonly code: string | undefined;
}

/** Unattended, `--yes` given: that agrees to what a command does, not to where a plug is. */
async function unattended(argv: readonly string[], env: Record<string, string> = {}): Promise<Said> {
  const terminal = new FakeTerminal({ env });
  const line = [...argv, "--json", "--yes", "--no-input", "--home", home.path];
  const exit = await runProgram(COMMANDS, line, terminal, new AbortController().signal);
  const last = JSON.parse(terminal.stdout.trim().split("\n").at(-1)!) as { error?: { code: string } };
  return { exit, text: terminal.stdout + terminal.stderr, code: last.error?.code };
}

beforeEach(() => {
  writeFileSync(join(folder, "secret"), SECRET);
  writeFileSync(IMAGE, "no image: it is not looked at before the plug has answered");
});

describe.each(BY_MAC)("%s --plug", (_name, argv) => {
  const command = [...argv, "--plug", MAC];

  test("--plug sends no secret to an address that only an announcement gave", async () => {
    for (const answer of [LOCKED, openPlug(OTHER), ROUTER]) {
      const impostor = await host(answer);
      await rememberPlug(home, { mac: MAC, address: GONE, lastSeen: AT });
      await noteClaim(home, { mac: MAC, address: impostor.address, at: AT });
      const { code, text } = await unattended(command);
      expect(code, text).toBe("wrong-plug");
      expect(text).toContain(impostor.address);
      expect(impostor.requests.length).toBeGreaterThan(0);
      expect(impostor.hasLearnt(SECRET)).toBe(false);
      expect(text).not.toContain(SECRET);
    }
  });

  test("--plug sends no secret to another host at the confirmed address", async () => {
    for (const answer of [openPlug(OTHER), ROUTER, { ...LOCKED, server: "nginx", body: "401" }]) {
      const other = await host(answer);
      await rememberPlug(home, { mac: MAC, address: other.address, lastSeen: AT });
      const { code, text } = await unattended(command);
      expect(code, text).toBe("wrong-plug");
      expect(other.requests.length).toBeGreaterThan(0);
      expect(other.hasLearnt(SECRET)).toBe(false);
    }
  });
});

test("a password given for a plug is not sent to an address that only the network gave", async () => {
  const impostor = await host(LOCKED);
  await noteClaim(home, { mac: MAC, address: impostor.address, at: AT });
  const { code } = await unattended(["status", "--plug", MAC], { PLUGSMITH_WEB_PASSWORD: SECRET });
  expect(code).toBe("wrong-plug");
  expect(impostor.hasLearnt(SECRET)).toBe(false);
});

test("an address that was typed for another purpose gets no password because a host there claims the MAC", async () => {
  const impostor = await host(LOCKED);
  await rememberPlug(home, { mac: MAC, address: GONE, lastSeen: AT });
  await noteClaim(home, { mac: MAC, address: impostor.address, at: AT });
  expect((await unattended(["status", "--address", impostor.address])).code).toBe("unauthorized");
  expect((await unattended(["setup", "--address", impostor.address])).code).toBe("unauthorized");
  const measured = await host(openPlug(OTHER));
  const byReference = ["--reference", `tasmota:${impostor.address}`];
  expect((await unattended(["calibrate", "--address", measured.address, ...byReference])).code).toBe("unauthorized");
  const row = ["calibrate", "--row", impostor.address, "--reference", `tasmota:${(await host(LOCKED)).address}`];
  expect((await unattended(row)).code).toBe("unauthorized");
  expect(impostor.requests.length).toBeGreaterThan(0);
  expect(impostor.hasLearnt(SECRET)).toBe(false);
});

test("setup at an address where an open host claims a plug that is on record elsewhere stops before a new password", async () => {
  const impostor = await host(openPlug(MAC));
  await rememberPlug(home, { mac: MAC, address: GONE, lastSeen: AT });
  const { code, text } = await unattended(["setup", "--address", impostor.address]);
  expect(code, text).toBe("wrong-plug");
  expect(await seenPlug(home, MAC)).toMatchObject({ address: GONE });
});

test("find sends no password to another plug at the confirmed address, and keeps what was confirmed", async () => {
  const [real, impostor] = [await host(openPlug(OTHER)), await host(LOCKED)];
  await rememberPlug(home, { mac: MAC, address: real.address, lastSeen: AT });
  await noteClaim(home, { mac: MAC, address: impostor.address, at: AT });
  await unattended(["find"]);
  expect(real.hasLearnt(SECRET)).toBe(false);
  expect(impostor.requests).toEqual([]);
  expect(await seenPlug(home, MAC)).toMatchObject({ address: real.address });
});

describe("a changed address", () => {
  const status = (extra: readonly string[] = []): string[] => ["status", "--plug", MAC, "--home", home.path, ...extra];

  async function atTerminal(argv: readonly string[], answer: string): Promise<FakeTerminal> {
    const terminal = new FakeTerminal({ tty: true, typing: true, columns: 300 });
    terminal.onPrompt = () => setImmediate(() => terminal.input.write(`${answer}\n`));
    await runProgram(COMMANDS, argv, terminal, new AbortController().signal);
    return terminal;
  }

  test("a changed address is asked about with both addresses, and a no sends nothing", async () => {
    const impostor = await host(LOCKED);
    await rememberPlug(home, { mac: MAC, address: GONE, lastSeen: AT });
    await noteClaim(home, { mac: MAC, address: impostor.address, at: AT });
    const said = (await atTerminal(status(), "2")).drawn().join(" ");
    expect(said).toContain(`last confirmed at ${GONE}. Now ${impostor.address} answers in its place.`);
    expect(impostor.hasLearnt(SECRET)).toBe(false);
    expect(await seenPlug(home, MAC)).toMatchObject({ address: GONE });
  });

  test("a changed address is used and stored after a yes, and not asked about again", async () => {
    const moved = await host(LOCKED);
    await rememberPlug(home, { mac: MAC, address: GONE, lastSeen: AT });
    await noteClaim(home, { mac: MAC, address: moved.address, at: AT });
    await atTerminal(status(), "1");
    expect(moved.hasLearnt(SECRET)).toBe(true);
    expect(await seenPlug(home, MAC)).toMatchObject({ address: moved.address });
    expect((await seenPlug(home, MAC))?.claim).toBeUndefined();
    expect((await unattended(["status", "--plug", MAC])).code).toBe("unauthorized");
  });

  test("a changed address needs no question if plug and address are on the command line", async () => {
    const moved = await host(LOCKED);
    await rememberPlug(home, { mac: MAC, address: GONE, lastSeen: AT });
    await unattended(["status", "--plug", MAC, "--address", moved.address]);
    expect(moved.hasLearnt(SECRET)).toBe(true);
    expect(await seenPlug(home, MAC)).toMatchObject({ address: moved.address });
  });

  test("a changed address is not used while the confirmed one answers", async () => {
    const [real, impostor] = [await host(LOCKED), await host(LOCKED)];
    await rememberPlug(home, { mac: MAC, address: real.address, lastSeen: AT });
    await noteClaim(home, { mac: MAC, address: impostor.address, at: AT });
    await unattended(["status", "--plug", MAC]);
    expect(real.hasLearnt(SECRET)).toBe(true);
    expect(impostor.requests).toEqual([]);
  });
});

test("a plug that asks for no password is sent none, although one is on record", async () => {
  const reset = await host(openPlug(MAC));
  await rememberPlug(home, { mac: MAC, address: reset.address, lastSeen: AT });
  await unattended(["cmnd", "Status", "5", "--plug", MAC]);
  expect(reset.requests.length).toBeGreaterThan(1);
  expect(reset.hasLearnt(SECRET)).toBe(false);
});

describe.each(BY_MAC)("%s without --plug and --address", (_name, argv) => {
  test("goes to the only plug on record and says which it is; with a second one on record it asks nobody and lists both", async () => {
    // Another plug is there by now: the command ends at the first answer.
    const only = await host(openPlug(OTHER));
    await rememberPlug(home, { mac: MAC, name: "Kettle", address: only.address, lastSeen: AT });
    const { code, text } = await unattended(argv);
    expect(code).toBe("wrong-plug");
    expect(text).toContain(`The plug is ${MAC} (\\"Kettle\\"), the only one on record.`);
    expect(only.requests.length).toBeGreaterThan(0);
    const before = only.requests.length;
    await rememberPlug(home, { mac: OTHER, address: only.address, lastSeen: AT });
    const refused = await unattended(argv);
    expect(refused.code).toBe("bad-argument");
    for (const word of [MAC, OTHER, "Kettle", "--plug"]) expect(refused.text).toContain(word);
    expect(only.requests.length).toBe(before);
  });
});

test("without any plug on record a command says so, and how to name one", async () => {
  home = { files: nodeFiles, path: mkdtempSync(join(folder, "empty-")) };
  const { code, text } = await unattended(["status"]);
  expect(code).toBe("bad-argument");
  for (const words of ["No plug is on record", "--address", "plugsmith find"]) expect(text).toContain(words);
});
