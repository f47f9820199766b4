import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import { build } from "tsdown";
import { expect, test } from "vitest";
import { drain } from "../../src/platform/node/system.ts";

/** What a worker has and a bare JavaScript context has not. Nothing of Node: no Buffer, process, require, setImmediate. */
const WORKER_GLOBALS = { TextEncoder, TextDecoder, AbortController, AbortSignal };

test("host, engine and simulator run in a worker: no built-in module and no global of Node is needed for a backup", async () => {
  const outDir = ".cache/worker-host";
  await build({
    config: false,
    entry: { main: "test/support/worker-backup.ts" },
    outDir,
    format: "iife",
    globalName: "worker",
    platform: "neutral",
    dts: false,
    clean: true,
    logLevel: "error",
    deps: { alwaysBundle: [/./] },
    outputOptions: { codeSplitting: false },
  });
  const code = readFileSync(`${outDir}/main.iife.js`, "utf8");
  expect(code).not.toMatch(/\b(?:require|import)\s*\(|from\s*["']node:/);
  const context = createContext({ ...WORKER_GLOBALS });
  expect(runInContext("typeof Buffer + typeof process + typeof require + typeof setImmediate", context)).toBe(
    "undefined".repeat(4),
  );
  const worker = runInContext(`${code};worker`, context) as typeof import("../support/worker-backup.ts");
  const { sealed, flash, events } = await worker.backUp(drain);
  expect(sealed).toMatch(/^[0-9a-f]{64}$/);
  expect(sealed).toBe(flash);
  expect(events[0]).toBe("job-started");
  expect(events.at(-1)).toBe("result");
  expect(events).toContain("progress");
});
