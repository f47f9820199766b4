/**
 * The conformance suite on the plug at PLUGSMITH_PORT; run by `npm run test:hardware`, see docs/hardware.md. At the end
 * it leaves hardware-report.json, which holds no secret and no contents of the flash.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { release, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { nodeClock, nodeFiles, openLine } from "../../src/platform/node/index.ts";
import { plugSuite } from "./plug-suite.ts";

const port = process.env["PLUGSMITH_PORT"];
const write = process.env["PLUGSMITH_HARDWARE_WRITE"];
const readBytes = process.env["PLUGSMITH_HARDWARE_READ"];
/** A person wires and plugs meanwhile, ms. */
const PATIENCE_MS = 110_000;

const report: Record<string, unknown> = {
  date: new Date().toISOString(),
  system: `${process.platform} ${release()}`,
  node: process.version,
  tests: {},
  heard: [],
  trouble: [],
};
const list = (name: string): unknown[] => report[name] as unknown[];

/** Failures quote what was compared. */
function withoutMac(text: string): string {
  return text.slice(0, 300).replaceAll(/(([0-9a-f]{2}:?){3})(:?[0-9a-f]{2}){3}/gi, "$1…");
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plugsmith-hardware-"));
});
afterEach(({ task }) => {
  (report["tests"] as Record<string, string>)[task.name] = task.result?.state ?? "unknown";
  for (const { message } of task.result?.errors ?? []) list("trouble").push(withoutMac(message));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  writeFileSync("hardware-report.json", `${JSON.stringify(report, undefined, 2)}\n`);
  process.stderr.write("The report is in hardware-report.json.\n");
});

test("PLUGSMITH_PORT names the port", () => {
  expect(port, "set PLUGSMITH_PORT, e.g. PLUGSMITH_PORT=/dev/ttyUSB0").toBeTruthy();
});

plugSuite("the real plug", async () => {
  const line = await openLine(port ?? "", { notice: ({ text }) => list("trouble").push(text) });
  process.stderr.write(`Calling at ${line.identity.path} (${line.identity.label}).\n`);
  return {
    line,
    clock: nodeClock,
    files: nodeFiles,
    home: folder,
    drive: (work) => work,
    patienceMs: PATIENCE_MS,
    readBytes: readBytes === undefined ? undefined : Number(readBytes),
    writableMac: write?.toLowerCase().replaceAll(/[^0-9a-f]/g, ""),
    note: (name, value) => {
      report[name] = value;
      process.stderr.write(`  ${name}: ${value}\n`);
    },
    event: (event) => {
      if (event.type === "hearing") {
        list("heard").push(event.finding);
        process.stderr.write(`${event.text} ${event.nextAction}\n`);
      } else if (event.type === "retry") list("trouble").push(`${event.step}: ${event.reason}`);
      else if (event.type === "notice") list("trouble").push(event.text);
    },
    close: () => line.close(),
  };
});
