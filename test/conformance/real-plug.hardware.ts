/**
 * The conformance suite on the plug at PLUGSMITH_PORT; run by `npm run test:hardware`, see docs/hardware.md. At the end
 * it leaves hardware-report.json, which holds no secret and no contents of the flash.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, release, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Capture, capture, captureLines } from "../../src/engine/capture/capture.ts";
import { nodeClock, nodeFiles, openLine } from "../../src/platform/node/index.ts";
import { nodeCodec } from "../../src/platform/node/system.ts";
import { forReport } from "./hardware-report.ts";
import { plugSuite } from "./plug-suite.ts";

const port = process.env["PLUGSMITH_PORT"];
const write = process.env["PLUGSMITH_HARDWARE_WRITE"];
const readBytes = process.env["PLUGSMITH_HARDWARE_READ"];
/** How much is read at each rate for the capture. */
const CAPTURE_BYTES = 0x40000;
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

/** What must not be told, as it becomes known: names of the port, the adapter's serial number, folders. */
const secrets: (string | undefined)[] = [port, homedir()];
const reported = (text: string): string => forReport(text, secrets);
const noteTrouble = (text: string): void => void list("trouble").push(text);
/** Masked last: what was noted before a name became known has it too. */
const maskedReport = (): unknown => ({ ...report, trouble: list("trouble").map((text) => reported(String(text))) });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plugsmith-hardware-"));
  secrets.push(folder);
});
afterEach(({ task }) => {
  (report["tests"] as Record<string, string>)[task.name] = task.result?.state ?? "unknown";
  for (const { message } of task.result?.errors ?? []) noteTrouble(message);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  writeFileSync("hardware-report.json", `${JSON.stringify(maskedReport(), undefined, 2)}\n`);
  const exchanges = captures.flatMap((each) => each.exchanges);
  const timings = captures.flatMap((each) => each.timings);
  writeFileSync("hardware-capture.jsonl", captureLines({ exchanges, timings }), { mode: 0o600 });
  process.stderr.write("The report is in hardware-report.json, the capture in hardware-capture.jsonl.\n");
});

test("PLUGSMITH_PORT names the port", () => {
  expect(port, "set PLUGSMITH_PORT, e.g. PLUGSMITH_PORT=/dev/ttyUSB0").toBeTruthy();
});

/** Both parts of the capture: the ROM has to be asked before the suite uploads the stub. */
async function captured(romOnly: boolean): Promise<Capture> {
  const line = await openLine(port ?? "");
  try {
    return await capture({
      line,
      clock: nodeClock,
      files: nodeFiles,
      home: folder,
      codec: nodeCodec,
      events: () => {},
      patienceMs: PATIENCE_MS,
      resetWires: true,
      tool: "npm run test:hardware",
      host: process.platform,
      romOnly,
      readBytes: Math.min(Number(readBytes ?? CAPTURE_BYTES), CAPTURE_BYTES),
    });
  } finally {
    await line.close();
  }
}
const captures: Capture[] = [];

test("the ROM's answers are captured", async () => {
  captures.push(await captured(true));
});

plugSuite("the real plug", async () => {
  const line = await openLine(port ?? "", { notice: ({ text }) => noteTrouble(text.toString()) });
  secrets.push(line.identity.path, line.identity.serialNumber, line.identity.usbPath);
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
      report[name] = typeof value === "string" ? reported(value) : value;
      process.stderr.write(`  ${name}: ${value}\n`);
    },
    event: (event) => {
      if (event.type === "hearing") {
        list("heard").push(event.finding);
        process.stderr.write(`${String(event.text)} ${String(event.nextAction)}\n`);
      } else if (event.type === "retry") noteTrouble(`${event.step}: ${String(event.reason)}`);
      else if (event.type === "notice") noteTrouble(event.text.toString());
    },
    close: () => line.close(),
  };
});

test("the stub's answers and times are captured", async () => {
  captures.push(await captured(false));
});
