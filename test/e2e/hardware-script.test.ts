/** `npm run test:hardware` and the page that tells a volunteer how to use it. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const read = (file: string): string => readFileSync(`${ROOT}${file}`, "utf8");

test("without a port the hardware test says what to set, and fails", () => {
  const { PLUGSMITH_PORT: _, ...env } = process.env;
  const { status, stderr } = spawnSync(process.execPath, ["scripts/test-hardware.mjs"], { cwd: ROOT, env });
  expect(status).toBe(2);
  expect(String(stderr)).toContain("PLUGSMITH_PORT=/dev/ttyUSB0 npm run test:hardware");
  expect(String(stderr)).toContain("It reads only");
});

test("the page's command lines name the script there is, and just the variables that are read", () => {
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
