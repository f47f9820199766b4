import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commandEntry } from "../command.test-support.ts";
import { runProgram } from "../program.ts";
import { FakeTerminal } from "../render/fake-terminal.test-support.ts";
import { doctorCommand } from "./doctor.ts";

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "plugsmith-doctor-"));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function doctor(...argv: string[]): Promise<{ exit: number; out: string; err: string }> {
  const terminal = new FakeTerminal({ columns: 100 });
  const all = ["doctor", ...argv, "--home", home];
  const exit = await runProgram([commandEntry("doctor", doctorCommand)], all, terminal, new AbortController().signal);
  return { exit, out: terminal.stdout, err: terminal.stderr };
}

test("every command line of docs/doctor.md works with a virtual plug", async () => {
  const page = readFileSync(new URL("../../../docs/doctor.md", import.meta.url), "utf8");
  const lines = [...page.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block]) => block!.trim().split("\n"));
  expect(lines.length).toBe(3);
  for (const line of lines) {
    const argv = line.replace("/dev/ttyUSB0", "sim:").split(" ").slice(2);
    const { exit, out } = await doctor(...argv);
    expect(exit, line).toBe(0);
    expect(out).toMatch(/^The chip answers: ESP8285N08, MAC c4:4f:33:.*Nothing was written\.\n$/);
  }
});

test("the documented fault of a virtual plug is diagnosed in words and ends in no-sync", async () => {
  const folder = join(home, "my-plug");
  expect((await doctor("--port", `sim:${folder}`)).exit).toBe(0);
  const record = join(folder, "plug.json");
  const kept = JSON.parse(readFileSync(record, "utf8"));
  kept.wiring.data = "bridged";
  kept.adapter.kind = "FT232R";
  writeFileSync(record, JSON.stringify(kept));
  const { exit, err } = await doctor("--port", `sim:${folder}`, "--seconds", "8");
  expect(exit).toBe(20);
  expect(err).toMatch(/^warn {4}The adapter is an FTDI FT232R .*3\.3 V pin gives 50 mA/m);
  expect(err).toMatch(/^hears {3}The adapter receives what it sends\.\n {8}Likely: 1\. solder/m);
  expect(err).toMatch(/Next: Look for a bridge/);
});
