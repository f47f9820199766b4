/** Ctrl-C in the middle of a real process working on a served plug in real time. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JobEvent } from "../../src/core/events.ts";

const CLI = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
let directory: string;
let port = "";
let server: ReturnType<typeof spawn>;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "plugsmith-stop-"));
  server = spawn(process.execPath, [CLI, "sim"], { stdio: ["ignore", "pipe", "ignore"] });
  port = await new Promise((resolve) =>
    server.stdout?.once("data", (data) => resolve(String(data).split("\n")[0] ?? "")),
  );
});
afterAll(() => {
  server.kill("SIGKILL");
  rmSync(directory, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly events: JobEvent[];
}

function run(args: string[], onEvent: (event: JobEvent, stop: () => void) => void = () => {}): Promise<Ended> {
  const child = spawn(process.execPath, [CLI, ...args, "--port", port, "--home", directory, "--json"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const events: JobEvent[] = [];
  let rest = "";
  child.stdout.on("data", (data) => {
    const lines = `${rest}${String(data)}`.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const event = JSON.parse(line) as JobEvent;
      events.push(event);
      onEvent(event, () => child.kill("SIGINT"));
    }
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, events })));
}

test("a backup that is interrupted says so, leaves no backup behind, and the chip answers the next command", async () => {
  let stopped = false;
  const backup = await run(["backup"], (event, stop) => {
    if (stopped || event.type !== "progress" || event.done === 0) return;
    stopped = true;
    stop();
  });
  expect(stopped).toBe(true);
  expect(backup.code).toBe(130);
  expect(backup.events.at(-1)).toMatchObject({ type: "result", ok: false, error: { code: "aborted" } });
  const [plug = ""] = readdirSync(join(directory, "plugs"));
  const backups = join(directory, "plugs", plug, "backups");
  const sealed = existsSync(backups) ? readdirSync(backups, { recursive: true }).map(String) : [];
  expect(sealed.filter((name) => /manifest\.json$|original\.bin$/.test(name))).toEqual([]);

  const info = await run(["info"]);
  expect(info.code).toBe(0);
  expect(info.events.at(-1)).toMatchObject({ ok: true, data: { chip: "ESP8285" } });
});
