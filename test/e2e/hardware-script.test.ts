/** `npm run test:hardware` and the page that tells a volunteer how to use it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CLI = `${ROOT}dist/cli/main.js`;
const read = (file: string): string => readFileSync(`${ROOT}${file}`, "utf8");

test("without a port the hardware test says what to set, and fails", () => {
  const { PLUGSMITH_PORT: _, ...env } = process.env;
  const { status, stderr } = spawnSync(process.execPath, ["scripts/test-hardware.mjs"], { cwd: ROOT, env });
  expect(status).toBe(2);
  expect(String(stderr)).toContain("PLUGSMITH_PORT=/dev/ttyUSB0 npm run test:hardware");
  expect(String(stderr)).toContain("It reads only");
});

test("the documented command lines name the script and exactly the variables that it reads", () => {
  const lines = [...read("docs/hardware.md").matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block]) =>
    block!.trim().split("\n"),
  );
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(line).toMatch(/^([A-Z_]+=\S+ )+npm run test:hardware$/);
  expect(JSON.parse(read("package.json")).scripts["test:hardware"]).toBe("node scripts/test-hardware.mjs");
  const named = new Set(lines.flatMap((line) => [...line.matchAll(/([A-Z_]+)=/g)].map(([, name]) => name)));
  const used = new Set(
    [...read("test/conformance/real-plug.hardware.ts").matchAll(/process\.env\["([A-Z_]+)"\]/g)].map(
      ([, name]) => name,
    ),
  );
  expect(named).toEqual(used);
});

test("the documented capture commands make a capture without private data, and compare it", () => {
  const page = read("docs/hardware.md");
  const [, words = ""] = /^plugsmith (capture .*)$/m.exec(page) ?? [];
  const [, script = ""] = /^node (scripts\/compare-capture\.mjs) capture\.jsonl$/m.exec(page) ?? [];
  const folder = mkdtempSync(join(tmpdir(), "plugsmith-capture-"));
  try {
    const file = join(folder, "capture.jsonl");
    const args = words.replace("/dev/ttyUSB0", "sim:").replace("capture.jsonl", file).split(" ");
    expect(args).toEqual(["capture", "--port", "sim:", "--out", file]);
    const made = spawnSync(process.execPath, [CLI, ...args, "--read", "4096", "--home", folder], { cwd: folder });
    expect(made.status, String(made.stderr)).toBe(0);
    expect(readFileSync(file, "utf8")).not.toMatch(/46d932|46:d9:32/i);
    const again = spawnSync(process.execPath, [CLI, ...args, "--home", folder], { cwd: folder });
    expect(String(again.stderr)).toContain("already exists");
    const compared = spawnSync(process.execPath, [script, file], { cwd: ROOT });
    expect(String(compared.stdout).match(/: the same bytes/g)?.length, String(compared.stderr)).toBe(3);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
