import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { commandEntry } from "../command.test-support.ts";
import { runProgram } from "../program.ts";
import { FakeTerminal } from "../render/fake-terminal.test-support.ts";
import { profileCommand } from "./profile.ts";

const EP2 = fileURLToPath(new URL("../../../profiles/gosund-ep2", import.meta.url));

async function profile(...argv: string[]): Promise<{ exit: number; stdout: string; stderr: string }> {
  const terminal = new FakeTerminal();
  const exit = await runProgram(
    [commandEntry("profile", profileCommand)],
    ["profile", ...argv],
    terminal,
    new AbortController().signal,
  );
  return { exit, stdout: terminal.stdout, stderr: terminal.stderr };
}

async function withCopy<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const parent = mkdtempSync(join(tmpdir(), "plugsmith-device-"));
  const folder = join(parent, "gosund-ep2");
  cpSync(EP2, folder, { recursive: true });
  try {
    return await work(folder);
  } finally {
    rmSync(parent, { recursive: true });
  }
}

test("the devices are listed with their rating", async () => {
  const { exit, stdout } = await profile("list");
  expect(exit).toBe(0);
  expect(stdout).toMatch(/^gosund-ep2 +Gosund EP2 +10 A$/m);
});

test("a device is shown with limits, roles, steps, checks and what is not known of it", async () => {
  const { exit, stdout } = await profile("show");
  expect(exit).toBe(0);
  for (const line of [
    "17 mm below its top",
    "2300 W",
    "Button on GPIO13",
    "at most 0.3 Ω",
    "Realtek",
    "What is not known",
  ]) {
    expect(stdout).toContain(line);
  }
});

test("a shipped device and a copy of it in a folder have no problem", async () => {
  expect((await profile("check", "gosund-ep2")).stdout).toContain("no problem found");
  await withCopy(async (folder) => {
    expect(await profile("check", folder)).toMatchObject({ exit: 0 });
    expect((await profile("show", folder)).stdout).toContain(folder);
  });
});

test("every problem of a device folder is reported with file and location, and the command fails", async () => {
  await withCopy(async (folder) => {
    const path = join(folder, "guide.json");
    const guide = readFileSync(path, "utf8");
    writeFileSync(path, guide.replace('"insulation-voltage"', '"insulation-volts"').replace("cut-line", "cut-lime"));
    const { exit, stderr } = await profile("check", folder);
    expect(exit).not.toBe(0);
    expect(stderr).toContain("guide.json: closing lacks insulation-voltage.");
    expect(stderr).toContain("texts.en.json: nothing speaks the text insulation-voltage.");
    expect(stderr).toContain("drawings/cut-line.svg: is not listed in guide.json.");
    expect(stderr).toMatch(/gosund-ep2 cannot be used yet\. Problems found: \d+/);
  });
});

test("a missing folder is reported; a language without texts falls back to English", async () => {
  expect((await profile("check", "/nowhere/at-all")).stderr).toContain("is missing or cannot be read");
  expect((await profile("show", "gosund-ep2", "--language", "xx")).stdout).toContain("Multimeter");
});
