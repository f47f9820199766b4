/** A conversion started in one home and finished in another, by way of one file. */

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { COMMANDS } from "../../src/cli/registry.ts";
import { FakeTerminal } from "../../src/cli/render/fake-terminal.test-support.ts";
import { type PlugArchive, packPlug, unpackPlug } from "../../src/core/archive/plug-archive.ts";
import { PlugsmithError } from "../../src/core/errors.ts";
import { say } from "../../src/core/text/text.ts";
import { placePlug } from "../../src/engine/home/plug-archive.ts";
import type { Files } from "../../src/engine/ports.ts";
import { nodeClock, nodeFiles, nodeRandom } from "../../src/platform/node/index.ts";

const PASSWORD = "a-web-password-of-the-test";
let directory: string;
let plug: string;
let plain: string;

async function run(...argv: string[]): Promise<{ exit: number; terminal: FakeTerminal }> {
  const terminal = new FakeTerminal();
  const all = [...argv, "--no-input", "--home", join(directory, "home")];
  return { exit: await runProgram(COMMANDS, all, terminal, new AbortController().signal), terminal };
}
const practice = (): string[] => ["--port", `sim:${join(directory, "plug")}`];
const plugs = (): string => join(directory, "plug/home/plugs");
const archive = (name = "plain.zip"): Uint8Array => readFileSync(join(directory, name));

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "plugsmith-archive-"));
  for (const step of ["prepare", "info", "backup"]) {
    const { exit, terminal } = await run(step, ...practice());
    expect(exit, terminal.stderr).toBe(0);
  }
  plug = readdirSync(plugs()).find((name) => /^[0-9a-f]{12}$/.test(name))!;
  writeFileSync(join(plugs(), plug, "secrets.json"), JSON.stringify({ version: 1, webPassword: PASSWORD }), {
    mode: 0o600,
  });
  plain = join(directory, "plain.zip");
  const { exit, terminal } = await run("export", "--out", plain, ...practice());
  expect(exit, terminal.stderr).toBe(0);
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

test("passwords are in it only where they are asked for, and the file is for its owner only", async () => {
  const names = (bytes: Uint8Array): string[] => unpackPlug(bytes).files.map(({ path }) => path);
  expect(names(archive())).toEqual([
    expect.stringMatching(/^backups\/.*\/manifest\.json$/),
    expect.stringMatching(/^backups\/.*\/original\.bin$/),
    "journal.jsonl",
  ]);
  const out = join(directory, "secret.zip");
  const { exit, terminal } = await run("export", plug, "--with-secrets", "--out", out, ...practice());
  expect(exit).toBe(0);
  expect(terminal.stdout).toContain("contains the plug's passwords");
  expect(names(archive("secret.zip"))).toContain("secrets.json");
  if (process.platform !== "win32") expect(statSync(out).mode & 0o777).toBe(0o600);
  expect((await run("export", "--out", out, ...practice())).exit).not.toBe(0);
});

test("a plug that has a record already is refused, and its record is as it was", async () => {
  const before = readFileSync(join(plugs(), plug, "journal.jsonl"));
  const { terminal } = await run("import", plain, "--json", ...practice());
  expect(terminal.stdout).toContain('"file-exists"');
  expect(readFileSync(join(plugs(), plug, "journal.jsonl"))).toEqual(before);
});

test("the record of a virtual plug is no real plug's, and another plug's is refused where one is named", async () => {
  expect((await run("import", plain, "--json")).terminal.stdout).toContain('"wrong-plug"');
  const { terminal } = await run("import", plain, "--plug", "c44f33000001", "--json", ...practice());
  expect(terminal.stdout).toContain('"wrong-plug"');
  expect(existsSync(join(directory, "home/plugs"))).toBe(false);
});

describe("an archive whose records do not fit", () => {
  const file = (path: RegExp) => unpackPlug(archive()).files.find((each) => path.test(each.path))!;
  const encode = (words: string): Uint8Array => new TextEncoder().encode(words);
  const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  function changed(path: RegExp, change: (bytes: Uint8Array) => Uint8Array): PlugArchive {
    const all = unpackPlug(archive());
    const found = file(path).path;
    return {
      ...all,
      files: all.files.map((each) => (each.path === found ? { path: found, bytes: change(each.bytes) } : each)),
    };
  }
  const other = (bytes: Uint8Array): Uint8Array =>
    encode(decode(bytes).replaceAll(plug.match(/../g)!.join(":"), "c4:4f:33:00:00:01"));
  const flipped = (bytes: Uint8Array): Uint8Array => bytes.map((byte, i) => (i === 77 ? byte ^ 1 : byte));

  test.each<[string, () => PlugArchive, string]>([
    ["a backup that is not what its manifest says", () => changed(/original\.bin$/, flipped), "file-corrupt"],
    ["a manifest of another plug", () => changed(/manifest\.json$/, other), "wrong-plug"],
    ["a manifest of a newer version", () => changed(/manifest\.json$/, () => encode('{"version":2}')), "record-newer"],
    ["a manifest that is none", () => changed(/manifest\.json$/, () => encode("{}")), "file-corrupt"],
    ["a journal of another plug", () => changed(/journal/, other), "wrong-plug"],
    [
      "a journal of a newer version",
      () =>
        changed(/journal/, (bytes) => encode(`${decode(bytes)}{"type":"x","at":"2026-01-01T00:00:00Z","version":2}\n`)),
      "record-newer",
    ],
    [
      "a journal that is damaged",
      () => changed(/journal/, (bytes) => encode(`{"ty\n${decode(bytes)}`)),
      "file-corrupt",
    ],
    ["an empty journal", () => changed(/journal/, () => encode("")), "file-corrupt"],
  ])("%s is refused, and nothing is placed", async (_, make, code) => {
    const home = mkdtempSync(join(directory, "elsewhere-"));
    const path = join(home, "x.zip");
    writeFileSync(path, packPlug({ ...make(), virtual: false }));
    const { terminal } = await run("import", path, "--json", "--home", home);
    expect(terminal.stdout).toContain(`"${code}"`);
    expect(readdirSync(home).filter((name) => name !== "x.zip" && name !== "lock")).toEqual([]);
  });
});

test("whichever act of placing is the last before a crash, the record is there whole or not at all, and can be placed then", async () => {
  const wanted = unpackPlug(archive());
  const changing = ["open", "rename", "syncDirectory", "makeDirectory", "lock"] as const;
  let acts = 0;
  for (let last = 0; ; last++) {
    const home = mkdtempSync(join(directory, "crash-"));
    let done = 0;
    const crash =
      <A extends unknown[], T>(act: (...args: A) => Promise<T>) =>
      (...args: A): Promise<T> => {
        if (done++ >= last) throw new PlugsmithError("file-failed", { message: say`The power is gone.` });
        return act(...args);
      };
    const files = {
      ...nodeFiles,
      ...Object.fromEntries(
        changing.map((name) => [name, crash(nodeFiles[name] as (...args: unknown[]) => Promise<unknown>)]),
      ),
    } as Files;
    const ports = { home, clock: nodeClock, random: nodeRandom };
    const placed = await placePlug({ ...ports, files }, wanted).catch(() => undefined);
    const there = existsSync(join(home, "plugs", plug));
    if (there) {
      for (const { path, bytes } of wanted.files)
        expect(readFileSync(join(home, "plugs", plug, path)).equals(bytes)).toBe(true);
      await expect(placePlug({ ...ports, files: nodeFiles }, wanted)).rejects.toMatchObject({ code: "file-exists" });
    } else {
      expect(placed).toBeUndefined();
      await placePlug({ ...ports, files: nodeFiles }, wanted);
    }
    rmSync(home, { recursive: true, force: true });
    acts = last;
    if (placed !== undefined) break;
  }
  expect(acts).toBeGreaterThan(15);
});

test("a closed case keeps its closing list, and what was heard on this home's wires counts against it", async () => {
  const wanted = unpackPlug(archive());
  const at = "2026-11-30T10:00:00.000Z";
  const closed = { type: "conversion-step", version: 1, at, step: "close-case", data: { closedAt: at, contacts: 7 } };
  const files = wanted.files.map((each) =>
    each.path === "journal.jsonl"
      ? {
          ...each,
          bytes: new TextEncoder().encode(`${new TextDecoder().decode(each.bytes)}${JSON.stringify(closed)}\n`),
        }
      : each,
  );
  const home = mkdtempSync(join(directory, "closed-"));
  mkdirSync(join(home, "contacts"));
  await placePlug({ files: nodeFiles, home, clock: nodeClock, random: nodeRandom }, { ...wanted, files });
  const lines = readFileSync(join(home, "plugs", plug, "journal.jsonl"), "utf8")
    .trim()
    .split("\n");
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({ step: "close-case", data: { closedAt: at, contacts: 0 } });
});

test("a conversion goes on from the folder that was placed", async () => {
  rmSync(join(plugs(), plug), { recursive: true });
  const placed = await run("import", plain, ...practice());
  expect(placed.exit, placed.terminal.stderr).toBe(0);
  expect(placed.terminal.stdout).toContain(`convert --resume ${plug}`);
  const { exit, terminal } = await run("convert", "--resume", plug, "--json", ...practice());
  expect(exit, terminal.stderr).toBe(0);
  const result = JSON.parse(terminal.stdout.trim().split("\n").at(-1)!) as { data: { resumedAfter: string[] } };
  expect(result.data.resumedAfter).toEqual(expect.arrayContaining(["prepare", "identify", "back-up"]));
});
