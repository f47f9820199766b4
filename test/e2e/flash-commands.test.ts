/** The flash commands on a virtual plug that lives in a folder, one after the other as a person would type them. */
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { COMMANDS } from "../../src/cli/registry.ts";
import { FakeTerminal } from "../../src/cli/render/fake-terminal.test-support.ts";
import type { JobEvent } from "../../src/core/events.ts";
import { firmwareLikeImage, SeededRandom } from "../../src/sim/index.ts";

type Result = Extract<JobEvent, { type: "result" }>;

describe("a plug in a folder, from backup to restore", () => {
  let directory: string;
  let plug: string;
  let image: string;
  const at = (name: string): string => join(directory, name);
  const flash = (): Buffer => readFileSync(join(plug, "flash.bin"));

  const call = async (...argv: string[]): Promise<{ exit: number; result: Result; events: JobEvent[] }> => {
    const terminal = new FakeTerminal();
    const all = [...argv, "--port", `sim:${plug}`, "--home", at("home"), "--json"];
    const exit = await runProgram(COMMANDS, all, terminal, new AbortController().signal);
    const events = terminal.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as JobEvent);
    return { exit, events, result: events.at(-1) as Result };
  };

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "plugsmith-flash-"));
    plug = at("plug");
    image = at("firmware.bin");
    writeFileSync(image, firmwareLikeImage({ random: new SeededRandom(5), size: 64 * 1024 }));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test("info reports chip, MAC and flash, and creates the plug's folder", async () => {
    const { exit, result } = await call("info");
    expect(exit).toBe(0);
    expect(result).toMatchObject({
      ok: true,
      data: { chip: "ESP8285", flashSize: 0x100000, flashMaker: "GigaDevice" },
    });
    expect(readdirSync(plug).sort()).toEqual(expect.arrayContaining(["flash.bin", "plug.json"]));
  });

  test("erase and write are refused without a backup", async () => {
    const before = flash();
    const erase = await call("erase", "--yes");
    expect(erase.exit).toBe(34);
    expect(erase.result).toMatchObject({ ok: false, error: { code: "erase-gate" } });
    expect((await call("write", image, "--yes")).exit).toBe(34);
    expect(flash().equals(before)).toBe(true);
  });

  test("a backup equals the flash, is readable by its owner only, and is in the virtual plug's home", async () => {
    const out = at("copy.bin");
    const { exit, result } = await call("backup", "--out", out);
    expect(exit).toBe(0);
    expect(readFileSync(out).equals(flash())).toBe(true);
    const path = (result as Extract<Result, { ok: true }>).data["path"] as string;
    expect(path.startsWith(join(plug, "home"))).toBe(true);
    expect(readFileSync(path).equals(flash())).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(existsSync(at("home"))).toBe(false);
    expect((await call("backup", "--out", out)).exit).toBe(0);
    const taken = at("taken.bin");
    writeFileSync(taken, "somebody else's");
    expect((await call("backup", "--out", taken)).exit).toBe(41);
    expect(readFileSync(taken, "utf8")).toBe("somebody else's");
  });

  test("a dry run shows the plan and changes nothing, nor does a command without a yes", async () => {
    const before = flash();
    const dry = await call("write", image, "--dry-run");
    expect(dry.exit).toBe(0);
    expect(dry.result).toMatchObject({
      ok: true,
      data: { plan: { kind: "write", gate: "open", flashSize: 0x100000 } },
    });
    expect((await call("write", image)).exit).toBe(3);
    expect(flash().equals(before)).toBe(true);
  });

  test("a file that is not a firmware is refused first", async () => {
    const page = at("page.bin");
    writeFileSync(page, `<!DOCTYPE html><html><body>404 Not Found${" ".repeat(5000)}</body></html>`);
    const before = flash();
    const { exit, result, events } = await call("write", page, "--yes");
    expect(exit).toBe(30);
    expect(result).toMatchObject({ ok: false, error: { code: "bad-image" } });
    expect(events.map((event) => event.type)).toEqual(["job-started", "result"]);
    expect(flash().equals(before)).toBe(true);
  });

  test("a whole-chip write is verified, and the restore is byte for byte", async () => {
    const original = readFileSync(at("copy.bin"));
    expect((await call("write", image, "--chip", "--yes")).exit).toBe(0);
    const written = readFileSync(image);
    expect(flash().subarray(0, written.length).equals(written)).toBe(true);
    expect(
      flash()
        .subarray(written.length)
        .every((byte) => byte === 0xff),
    ).toBe(true);
    expect((await call("verify", image, "--chip")).exit).toBe(0);
    expect((await call("verify", at("copy.bin"), "--keep-header")).exit).toBe(32);
    expect((await call("restore", "--yes")).exit).toBe(0);
    expect(flash().equals(original)).toBe(true);
  });

  test("events are JSON lines: start, steps, progress, and the result last", async () => {
    const { events } = await call("verify", at("copy.bin"), "--keep-header");
    expect(events[0]).toMatchObject({ type: "job-started", job: "verify", version: 1 });
    expect(events.some((event) => event.type === "step-finished")).toBe(true);
    expect(events.filter((event) => event.type === "result")).toHaveLength(1);
  });

  test.each([
    ["its header set", []],
    ["its header kept", ["--keep-header"]],
  ])("write and verify tell one digest for an image, and the file's own beside it: %s", async (_, how) => {
    const data = async (...argv: string[]): Promise<Readonly<Record<string, unknown>>> =>
      ((await call(...argv, ...how)).result as Extract<Result, { ok: true }>).data;
    const written = await data("write", image, "--yes");
    const verified = await data("verify", image);
    expect(written).toMatchObject(verified);
    const { at, length } = verified as { readonly at: number; readonly length: number };
    const digest = (bytes: Uint8Array): string => createHash("md5").update(bytes).digest("hex");
    expect(verified["md5"]).toBe(digest(flash().subarray(at, at + length)));
    expect(verified["fileMd5"]).toBe(digest(readFileSync(image)));
  });
});
