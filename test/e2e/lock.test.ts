import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { nodeFiles } from "../../src/platform/node/index.ts";

const BUILT = new URL("../../dist/platform/node/index.js", import.meta.url).href;

test("several processes append to one file without losing anything", async () => {
  const directory = mkdtempSync(join(tmpdir(), "plugsmith-lock-"));
  const [lock, file] = [JSON.stringify(`${directory}/lock`), JSON.stringify(`${directory}/count`)];
  const program = `import { readFileSync, writeFileSync } from "node:fs";
    import { nodeFiles } from ${JSON.stringify(BUILT)};
    for (let i = 0; i < 20; i++) {
      const release = await nodeFiles.lock(${lock}, "wait");
      const count = Number(readFileSync(${file}, "utf8"));
      await new Promise(setImmediate);
      writeFileSync(${file}, String(count + 1));
      await release();
    }`;
  try {
    writeFileSync(`${directory}/count`, "0");
    const run = promisify(execFile);
    await Promise.all([1, 2, 3].map(() => run(process.execPath, ["--input-type=module", "-e", program])));
    expect(readFileSync(`${directory}/count`, "utf8")).toBe("60");
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test("a killed process's lock is released", async () => {
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
