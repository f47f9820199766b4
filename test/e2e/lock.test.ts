import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nodeFiles } from "../../src/platform/node/index.ts";

const BUILT = new URL("../../dist/platform/node/index.js", import.meta.url).href;

test("the lock of a process that is killed dies with it", async () => {
  const directory = mkdtempSync(join(tmpdir(), "plugsmith-lock-"));
  const path = `${directory}/lock`;
  const program = `import { nodeFiles } from ${JSON.stringify(BUILT)};
    await nodeFiles.lock(${JSON.stringify(path)}); console.log("held"); setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    await new Promise((resolve, reject) => {
      holder.stdout.once("data", resolve);
      holder.once("exit", () => reject(new Error("the lock holder ended early")));
    });
    await expect(nodeFiles.lock(path)).rejects.toMatchObject({ code: "locked" });
    const gone = new Promise((resolve) => holder.once("exit", resolve));
    holder.kill("SIGKILL");
    await gone;
    const release = await nodeFiles.lock(path);
    await release();
  } finally {
    holder.kill("SIGKILL");
    rmSync(directory, { recursive: true, force: true });
  }
});
