import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const CLI = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

test("the monitor shows the boot text and the greeting of a virtual plug that starts its firmware", async () => {
  const args = [CLI, "monitor", "--port", "sim:", "--baud", "74880", "--seconds", "2"];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(stdout).toContain("boot mode:(3,");
  expect(stdout).toContain("made-up vendor firmware");
});
