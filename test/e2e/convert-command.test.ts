/** `plugsmith convert` as a person runs it, in this process: at a terminal with virtual hands, then for programs. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { questionLines } from "../../src/cli/ask/question-text.ts";
import { runProgram } from "../../src/cli/program.ts";
import { COMMANDS } from "../../src/cli/registry.ts";
import { FakeTerminal } from "../../src/cli/render/fake-terminal.test-support.ts";
import { HumanRenderer } from "../../src/cli/render/human-renderer.ts";
import type { JobEvent } from "../../src/core/events.ts";
import { asText, say } from "../../src/core/text/text.ts";
import { nodeFiles } from "../../src/platform/node/index.ts";
import { buildModelImage } from "../../src/sim/index.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "plugsmith-convert-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

type Result = Extract<JobEvent, { type: "result" }>;

const run = (terminal: FakeTerminal, ...argv: string[]): Promise<number> =>
  runProgram(COMMANDS, [...argv, "--home", join(directory, "home")], terminal, new AbortController().signal);

async function runJson(...argv: string[]): Promise<{ exit: number; events: JobEvent[]; result: Result }> {
  const terminal = new FakeTerminal();
  const exit = await run(terminal, ...argv, "--json");
  const events = terminal.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as JobEvent);
  return { exit, events, result: events.at(-1) as Result };
}

/** By the prompt, the last line of the question. */
function rightAnswer(question: string): string {
  const shown = [...question.matchAll(/instrument\s+shows\s+([\d.]+)\.\s/g)].map(([, value]) => value);
  const prompt = question.slice(question.lastIndexOf("\n"));
  if (/what is true|it is true/.test(prompt)) return "all";
  if (/Reading in|readings in/.test(prompt)) return shown.join("; ") || "0.21";
  return prompt.includes("1 to") ? "1" : "";
}

/** Somebody who reads the last question and answers it; `wrong` are answers given first. */
function seatSomebody(terminal: FakeTerminal, wrong: Record<string, string[]>): string[] {
  const asked: string[] = [];
  let read = 0;
  let answering = false;
  terminal.onPrompt = () => {
    // A prompt that is shown again after an interjection is the same question.
    if (answering) return;
    answering = true;
    const question = terminal.stderr.slice(read);
    read = terminal.stderr.length;
    asked.push(question);
    const [, slip] = Object.entries(wrong).find(([text, left]) => question.includes(text) && left.length > 0) ?? [];
    const answer = `${slip?.shift() ?? rightAnswer(question)}\n`;
    setImmediate(() => {
      answering = false;
      // A real terminal echoes what is typed.
      terminal.err(answer);
      terminal.input.write(answer);
    });
  };
  return asked;
}

/** A path stays whole, so that it can be copied. */
const tooWide = (screen: FakeTerminal, columns: number): string[] =>
  screen.drawn().filter((line) => line.length > columns && !line.includes(directory));

test("steps run as commands are not repeated by convert, invalid answers are asked again, a no stops it, and it ends with a certificate", async () => {
  const plug = join(directory, "plug");
  const port = `sim:${plug}`;
  const image = join(directory, "tasmota.bin");
  writeFileSync(image, buildModelImage());
  const bench = new FakeTerminal({ tty: true, typing: true });
  const asked = seatSomebody(bench, { "3.3 V come from": ["the wall"], "Type steps": ["steps"] });
  expect(await run(bench, "prepare", "--port", port, "--firmware", image)).toBe(0);
  expect(bench.stderr).toContain('"the wall" is not one of the answers');
  // The first page step by step, the second as one list.
  expect(bench.stderr).toContain("Opening, 8 of 8.");
  expect(bench.stderr).not.toContain("Wiring, 1 of 5.");
  expect(asked.join("")).toContain("[25]");
  expect(tooWide(bench, 80)).toEqual([]);

  for (const step of [["backup"], ["write", image, "--chip", "--yes"], ["boot"], ["provision"], ["configure"]]) {
    expect((await runJson(...step, "--port", port)).exit, step[0]).toBe(0);
  }
  expect((await runJson("calibrate", "--port", port)).exit, "an open plug is not calibrated").toBe(60);

  const terminal = new FakeTerminal({ tty: true, typing: true });
  seatSomebody(terminal, { "Five screws": ["maybe", "stop"], '"maybe" is not an answer': ["1 3 4"] });
  expect(await run(terminal, "convert", "--resume", "--port", port, "--name", "Kettle")).toBe(60);
  expect(terminal.stderr).toContain("Not confirmed: Five screws");
  expect(tooWide(terminal, 80)).toEqual([]);

  // While another run has the plug, nobody else gets at it.
  const release = await nodeFiles.lock(`${plug}/lock`);
  const locked = await runJson("convert", "--port", `sim:${plug}`, "--resume");
  await release();
  expect(locked.exit).toBe(46);
  expect(locked.result).toMatchObject({ ok: false, error: { code: "locked" } });

  const { exit, events, result } = await runJson("convert", "--port", `sim:${plug}`, "--resume");
  expect(exit).toBe(0);
  expect(events[0]).toMatchObject({ type: "job-started", job: "convert", version: 1 });
  const data = (result as Extract<Result, { ok: true }>).data as Record<string, unknown>;
  expect(data["resumedAfter"]).toEqual(expect.arrayContaining(["back-up", "write", "audit"]));
  expect(data["virtual"]).toBe(true);
  expect(readFileSync(String(data["page"]), "utf8")).toContain("VoltageCal");
  expect(events.filter((event) => event.type === "step-started").map(({ step }) => step)).not.toContain("write");

  for (const columns of [80, 120]) {
    for (const tty of [true, false]) {
      const screen = new FakeTerminal({ columns, tty });
      const renderer = new HumanRenderer(screen, { color: tty, live: tty }, () => 0);
      for (const event of events) renderer.event(event);
      expect(tooWide(screen, columns)).toEqual([]);
      expect(screen.drawn().length).toBeGreaterThan(10);
    }
  }
  expect((await runJson("convert", "--port", `sim:${plug}`, "--resume")).exit).toBe(2);
});

test("without a person all missing options are reported at once, before any port is opened", async () => {
  const { exit, events, result } = await runJson("convert", "--port", "/dev/no-such-port");
  expect(exit).toBe(3);
  expect(events.map(({ type }) => type)).toEqual(["job-started", "result"]);
  const { message } = (result as Extract<Result, { ok: false }>).error;
  for (const what of ["a person", "--firmware", "--ssid", "--passphrase-file", "--no-calibrate"]) {
    expect(message).toContain(what);
  }
  const terminal = new FakeTerminal({ tty: true, typing: true });
  expect(await run(terminal, "convert", "--port", "/dev/no-such-port", "--no-input", "--ssid", "x")).toBe(3);
  expect(terminal.stderr).not.toContain("--ssid");
});

test("a hasty person's mistakes are shown, and nobody is hurt", async () => {
  const terminal = new FakeTerminal({ tty: true, columns: 120 });
  expect(await run(terminal, "rehearse", "--hasty", "--plain")).toBe(0);
  expect(terminal.stderr.match(/The virtual person mistypes it/g)).toHaveLength(2);
  for (const blunder of ["the adapter is out", "forgotten it", "remembers the wire afterwards"]) {
    expect(terminal.stderr).toContain(blunder);
  }
  expect(terminal.stdout).toMatch(/accidents: 0/);
  expect(terminal.stdout).toContain("Nothing real was touched");
  expect(terminal.stderr).toContain("stand-in");
  expect(terminal.hasColour()).toBe(false);
  expect(terminal.drawn().filter((line) => line.length > 120)).toEqual([]);
});

test.each([80, 120])("no line of a question is wider than %d columns", (columns) => {
  const terminal = new FakeTerminal({ columns });
  const long = asText("word ".repeat(60).trim());
  const options = [
    { id: "a", text: long },
    { id: "b", text: say`short` },
  ];
  for (const style of [
    { color: true, live: true },
    { color: false, live: false },
  ]) {
    const lines = questionLines({ kind: "choose", id: "x", text: long, options }, { heading: long }, terminal, style);
    terminal.err(lines.join("\n"));
    expect(lines.length).toBeGreaterThan(5);
  }
  expect(terminal.drawn().filter((line) => line.length > columns)).toEqual([]);
});
