/** Where commands write files: under names that no plug chooses, and over nothing that is there already, unless told to. */
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { COMMANDS } from "../../src/cli/registry.ts";
import { FakeTerminal } from "../../src/cli/render/fake-terminal.test-support.ts";
import { quickPlug } from "../support/quick-time.ts";

const cleanup: (() => unknown)[] = [];
let dump: Uint8Array;
let home: string;

beforeAll(async () => {
  const { address } = await quickPlug(cleanup);
  dump = new Uint8Array(await (await fetch(`http://${address}/dl`)).arrayBuffer());
});
afterAll(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo();
});
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "plugsmith-names-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** A server that answers as a plug with these settings, and calls them what it likes. */
async function plugNaming(disposition: string, mac: string | undefined): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url === "/dl") {
      response.setHeader("Content-Disposition", disposition);
      response.end(dump);
      return;
    }
    response.end(JSON.stringify({ StatusNET: { Hostname: "x", Mac: mac } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanup.push(() => server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function download(address: string, ...more: string[]): Promise<{ exit: number; out: string; err: string }> {
  const terminal = new FakeTerminal({});
  const argv = ["settings", "download", "--address", address, "--home", home, ...more];
  const exit = await runProgram(COMMANDS, argv, terminal, new AbortController().signal);
  return { exit, out: terminal.stdout.trim(), err: terminal.stderr.replace(/\s+/g, " ") };
}

const under = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: "utf8" });

describe("settings that a plug names itself", () => {
  test.each([
    'attachment; filename="package.json"',
    "attachment; filename=.bashrc",
    'attachment; filename="../../../../tmp/plugsmith-escaped"',
    'attachment; filename="..\\\\..\\\\startup.bat"',
    "attachment; filename*=UTF-8''%2e%2e%2fx",
    `attachment; filename=${"a".repeat(5000)}`,
    'attachment; filename=".."',
    "",
  ])("settings named %j are stored in the plug's folder, named by time and version", async (disposition) => {
    const before = readdirSync(".");
    const { exit, out, err } = await download(await plugNaming(disposition, "C4:4F:33:A1:B2:C3"));
    expect(exit, err).toBe(0);
    const name = /[/\\]plugs[/\\]c44f33a1b2c3[/\\]settings[/\\][0-9T-]+Z-15\.2\.0(\.\d+)?\.dmp$/;
    expect(out).toMatch(name);
    expect(under(home).filter((path) => statSync(join(home, path)).isFile() && path.endsWith(".dmp"))).toHaveLength(1);
    expect(readdirSync(".")).toEqual(before);
  });

  test.each([undefined, "", "../../../x", "C4:4F:33:A1:B2"])(
    "settings of a plug that reports %j as its MAC are not stored without a file name",
    async (mac) => {
      const before = readdirSync(".");
      const { exit, err } = await download(await plugNaming("attachment; filename=package.json", mac));
      expect(exit, err).toBe(51);
      expect(err).toContain("--output");
      expect(under(home).filter((path) => path.endsWith(".dmp"))).toEqual([]);
      expect(readdirSync(".")).toEqual(before);
      expect(readFileSync("package.json", "utf8")).toContain('"plugsmith"');
    },
  );

  test("settings are written to a given file, with or without a MAC", async () => {
    const path = join(home, "mine.dmp");
    const { exit, err } = await download(await plugNaming("", undefined), "--output", path);
    expect(exit, err).toBe(0);
    expect(new Uint8Array(readFileSync(path))).toEqual(dump);
  });
});

describe("a file that is there already", () => {
  const there: readonly (readonly [string, (path: string) => void])[] = [
    ["a file", (path) => writeFileSync(path, "mine")],
    ["an empty file", (path) => writeFileSync(path, "")],
    [
      "a link to a file",
      (path) => {
        writeFileSync(`${path}.target`, "mine");
        symlinkSync(`${path}.target`, path);
      },
    ],
    ["a link to nowhere", (path) => symlinkSync(`${path}.nowhere`, path)],
  ];

  test.each(there)(
    "an existing file at %s is not replaced without --yes, and the plug is not contacted",
    async (_, make) => {
      const path = join(home, "mine");
      make(path);
      const before = lstatSync(path);
      // Nobody answers there.
      const { exit, err } = await download("127.0.0.1:9", "--output", path);
      expect(exit, err).toBe(41);
      expect(err).toContain("--yes");
      expect([lstatSync(path).ino, lstatSync(path).size]).toEqual([before.ino, before.size]);
    },
  );

  test.each(there)("%s is replaced with --yes, and a link's target stays", async (_, make) => {
    const path = join(home, "mine");
    make(path);
    const { exit, err } = await download(await plugNaming("", "C4:4F:33:A1:B2:C3"), "--output", path, "--yes");
    expect(exit, err).toBe(0);
    expect(new Uint8Array(readFileSync(path))).toEqual(dump);
    if (under(home).includes("mine.target")) expect(readFileSync(`${path}.target`, "utf8")).toBe("mine");
  });

  test("a folder is never replaced", async () => {
    const path = join(home, "mine");
    mkdirSync(path);
    const { exit } = await download("127.0.0.1:9", "--output", path, "--yes");
    expect(exit).toBe(41);
  });

  test("a killed run's leftover file or dangling link does not prevent writing", async () => {
    const path = join(home, "mine");
    symlinkSync(join(home, "nowhere"), `${path}.new`);
    const { exit, err } = await download(await plugNaming("", "C4:4F:33:A1:B2:C3"), "--output", path);
    expect(exit, err).toBe(0);
    expect(under(home).sort()).toEqual(["mine"]);
  });
});
