/** How the process ends where standard output cannot be written, or where plugsmith has a bug: the exit code and the words. */
import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly err: string;
}

/** @param stdout a file's descriptor, or a pipe that its reader closes at once. */
function ended(args: readonly string[], stdout: number | "closed", node: readonly string[] = []): Promise<Ended> {
  const child = spawn(process.execPath, [...node, MAIN, ...args], {
    stdio: ["ignore", stdout === "closed" ? "pipe" : stdout, "pipe"],
  });
  child.stdout?.destroy();
  let err = "";
  child.stderr!.on("data", (data: Buffer) => (err += data.toString()));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, err: err.replace(/\s+/g, " ") })));
}

const SPEAKING = [["--version"], ["profile", "--help"], ["profile", "list"], ["profile", "list", "--json"]];

// full(4): every write to it fails as on a disk that is full.
describe.skipIf(process.platform !== "linux")("where standard output is full", () => {
  test.each(SPEAKING)("%s %s reports disk-full if standard output is full", async (...args) => {
    const full = openSync("/dev/full", "w");
    const { code, err } = await ended(args, full);
    closeSync(full);
    expect(err).toContain("Cannot write Standard output: the disk is full.");
    expect(code).toBe(43);
  });

  test("a failed command keeps its exit code if standard output is full", async () => {
    const full = openSync("/dev/full", "w");
    const { code } = await ended(["template", "check", "{}", "--json"], full);
    closeSync(full);
    expect(code).toBe(2);
  });
});

test.each(SPEAKING)("%s %s ends quietly if its reader has gone", async (...args) => {
  const { code, err } = await ended(args, "closed");
  expect([code, err]).toEqual([0, ""]);
});

/** What goes wrong in a callback reaches no command. */
test.each(["throw new TypeError('x is undefined')", "Promise.reject(new TypeError('x is undefined'))"])(
  "a bug outside of any command (%s) is reported without a stack trace, with how to report it",
  async (bug) => {
    // Once the program listens for such: before, it is Node that is starting.
    const ready = `process.listenerCount("uncaughtException") > 0`;
    const preload = `data:text/javascript,const t=setInterval(()=>{if(${ready}){clearInterval(t);${bug}}},20)`;
    const { code, err } = await ended(["sim"], "closed", ["--import", preload]);
    expect(code).toBe(70);
    expect(err).toMatch(/plugsmith has a bug: x is undefined.*report it .*plugsmith \d+\.\d+\.\d+, Node v\d+/);
    expect(err).not.toMatch(/ at .*[(:]\d+:\d+/);
  },
);
