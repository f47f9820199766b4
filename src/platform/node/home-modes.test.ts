import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { closeOpenHome } from "./home-modes.ts";

const PLUG = "plugs/c44f33a1b212";
let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "plugsmith-modes-"));
  mkdirSync(`${home}/${PLUG}`, { recursive: true });
  writeFileSync(`${home}/${PLUG}/secrets.json`, "{}");
  writeFileSync(`${home}/adapters.json`, "{}");
  for (const [path, mode] of [
    ["", 0o700],
    ["plugs", 0o700],
    [PLUG, 0o700],
    [`${PLUG}/secrets.json`, 0o600],
    ["adapters.json", 0o600],
  ] as const) {
    chmodSync(`${home}/${path}`, mode);
  }
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const mode = (path: string): string => (statSync(`${home}/${path}`).mode & 0o777).toString(8);

describe.skipIf(process.platform === "win32")("a home", () => {
  test("as plugsmith makes it is left alone, without a word; so is one that is not there", async () => {
    expect(await closeOpenHome(home)).toEqual([]);
    expect(await closeOpenHome(`${home}/none`)).toEqual([]);
  });

  test.each([
    ["", 0o755, "700"],
    ["plugs", 0o777, "700"],
    [PLUG, 0o750, "700"],
    [`${PLUG}/secrets.json`, 0o644, "600"],
    [`${PLUG}/secrets.json`, 0o604, "600"],
    ["adapters.json", 0o664, "600"],
  ])("whose %j has mode %o has it closed, and says so", async (path, open, after) => {
    chmodSync(`${home}/${path}`, open);
    const reported = await closeOpenHome(home);
    expect(reported).toEqual([expect.stringContaining(`(mode ${open.toString(8)}); it is closed now (${after}).`)]);
    expect(mode(path)).toBe(after);
    expect(await closeOpenHome(home)).toEqual([]);
  });

  test("of a virtual plug is closed as well", async () => {
    mkdirSync(`${home}/virtual/${PLUG}`, { recursive: true, mode: 0o755 });
    writeFileSync(`${home}/virtual/${PLUG}/secrets.json`, "{}", { mode: 0o644 });
    chmodSync(`${home}/virtual/${PLUG}/secrets.json`, 0o644);
    await closeOpenHome(home);
    expect([mode("virtual"), mode(`virtual/${PLUG}`), mode(`virtual/${PLUG}/secrets.json`)]).toEqual([
      "700",
      "700",
      "600",
    ]);
  });

  test("in a folder that holds other things closes its own, not the folder", async () => {
    mkdirSync(`${home}/firmware`);
    chmodSync(`${home}/firmware`, 0o755);
    writeFileSync(`${home}/holiday.jpg`, "x");
    chmodSync(`${home}/holiday.jpg`, 0o644);
    chmodSync(home, 0o755);
    chmodSync(`${home}/plugs`, 0o755);
    await closeOpenHome(home);
    const modes = ["", "plugs", "holiday.jpg", "firmware"].map(mode);
    expect(modes).toEqual(["755", "700", "644", "755"]);
  });

  test("does not follow a link out of itself", async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "plugsmith-elsewhere-"));
    chmodSync(elsewhere, 0o755);
    symlinkSync(elsewhere, `${home}/cache`);
    await closeOpenHome(home);
    expect((statSync(elsewhere).mode & 0o777).toString(8)).toBe("755");
    rmSync(elsewhere, { recursive: true });
  });
});
