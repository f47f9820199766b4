/** The examples of the README, run as they stand. */
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);
const example = (name: string, ...args: string[]): Promise<{ stdout: string }> =>
  run(process.execPath, [join(ROOT, "examples", name), ...args], { cwd: ROOT });

test("ten lines back a plug up", async () => {
  const directory = mkdtempSync(join(tmpdir(), "plugsmith-example-"));
  const server = spawn(process.execPath, [join(ROOT, "dist/cli/main.js"), "sim"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  try {
    const port = await new Promise<string>((resolve) => {
      server.stdout.once("data", (data) => resolve(String(data).split("\n")[0] ?? ""));
    });
    const { stdout } = await example("back-up-a-plug.mjs", port, directory);
    expect(stdout).toMatch(/^c4:4f:33(:[0-9a-f]{2}){3} is safe in .*original\.bin, SHA-256 [0-9a-f]{64}\n$/);
    expect(readdirSync(join(directory, "plugs"))).toHaveLength(1);
  } finally {
    server.kill("SIGKILL");
    rmSync(directory, { recursive: true, force: true });
  }
});

test("another flasher is tried on the virtual chip", async () => {
  const { stdout } = await example("test-a-flasher.mjs");
  expect(stdout).toContain("blank before: false, blank after: true, accidents: 0");
});
