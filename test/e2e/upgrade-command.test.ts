/** `plugsmith upgrade` over a real socket on loopback to a virtual plug in quick time, with releases from a fake internet. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { upgradeCommandWith } from "../../src/cli/commands/upgrade.ts";
import { runProgram } from "../../src/cli/program.ts";
import { FakeTerminal } from "../../src/cli/render/fake-terminal.test-support.ts";
import { sha256Hex } from "../../src/core/digest.ts";
import { PlugsmithError } from "../../src/core/errors.ts";
import { packImage } from "../../src/core/firmware/packing.ts";
import { spellingsOf } from "../../src/core/tasmota/redact.ts";
import { RELEASES_URL } from "../../src/engine/firmware/catalog.ts";
import { nodeClock } from "../../src/platform/node/clock.ts";
import { exposeServer } from "../../src/platform/node/sim-network.ts";
import { RealTimePacer } from "../../src/sim/server/real-time-pacer.ts";
import { buildStandInImage } from "../../src/sim/tasmota/stand-in-image.ts";
import { PlugRig } from "../support/plug-rig.ts";

const PASSWORD = "w3b-Secret;%";
const KIB = 1024;
const TEMPLATE = '{"NAME":"Gosund EP2","GPIO":[320,1,576,1,2656,2720,0,0,2624,32,0,224,0,0],"FLAG":0,"BASE":45}';
const cleanup: (() => unknown)[] = [];
let home: string;
let downloads: string[];
let printed: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "plugsmith-home-"));
  downloads = [];
  printed = "";
});
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo();
  rmSync(home, { recursive: true, force: true });
});

const old = buildStandInImage({ number: "15.2.0", size: 655 * KIB });
const next = buildStandInImage({ number: "15.3.0", built: "2026-02-19T10:00:00", size: 660 * KIB });
const minimal = buildStandInImage({ number: "15.3.0", image: "minimal", size: 395 * KIB });
const FILES: Readonly<Record<string, Uint8Array>> = {
  "tasmota.bin.gz": packImage(next),
  "tasmota-minimal.bin.gz": packImage(minimal),
};

async function upgrade(...argv: string[]): Promise<{ exit: number; out: string; err: string }> {
  const terminal = new FakeTerminal({ columns: 400, env: { PLUGSMITH_WEB_PASSWORD: PASSWORD } });
  const command = upgradeCommandWith({
    downloader: {
      get: async (url) => {
        downloads.push(url);
        const file = FILES[url.split("/").at(-1)!];
        if (file !== undefined) return file;
        if (url !== RELEASES_URL) throw new PlugsmithError("network-failed", { message: "not there" });
        const assets = Object.entries(FILES).map(([name, bytes]) => ({
          ...{ name, size: bytes.length, digest: `sha256:${sha256Hex(bytes)}` },
          browser_download_url: `https://example.org/v15.3.0/${name}`,
        }));
        const release = { tag_name: "v15.3.0", draft: false, prerelease: false, assets };
        return new TextEncoder().encode(JSON.stringify([release]));
      },
    },
    programs: { run: async () => ({ status: undefined, lastLines: [] }) },
    user: undefined,
  });
  const exit = await runProgram(
    [command],
    ["upgrade", ...argv, "--home", home],
    terminal,
    new AbortController().signal,
  );
  printed += terminal.stdout + terminal.stderr;
  return { exit, out: terminal.stdout, err: terminal.stderr };
}

/** A locked, configured plug in its network, forty times as quick as life, behind a port on loopback. */
async function plug(): Promise<{ rig: PlugRig; address: string }> {
  const rig = new PlugRig({ image: old });
  const inside = await rig.provision();
  rig.type(`Template ${TEMPLATE}`);
  rig.type("Module 0", 15);
  rig.type("Backlog PowerCal 12011;VoltageCal 1777;CurrentCal 3333", 3);
  rig.type(`WebPassword2 ${PASSWORD}`, 12);
  const pacer = new RealTimePacer({ world: rig.clock, clock: nodeClock, speed: 40 });
  pacer.start();
  cleanup.push(() => pacer.stop());
  const door = await exposeServer(pacer, rig.lan.join({ name: "door" }), { address: inside, port: 80 });
  cleanup.push(() => door.close());
  return { rig, address: `127.0.0.1:${door.port}` };
}

test("the command lines of docs/firmware.md: the plan, the upgrade by the minimal build, the plan for files of one's own", async () => {
  const page = readFileSync(new URL("../../docs/firmware.md", import.meta.url), "utf8");
  const lines = page.split("\n").filter((line) => line.startsWith("plugsmith upgrade "));
  const [dryRun, whole, fromFiles] = lines.map((line) => line.split(" ").slice(2));
  expect(lines).toHaveLength(3);
  const { rig, address } = await plug();
  const here = (argv: readonly string[]): string[] =>
    argv.map((word) => (word === "192.168.1.50" ? address : word.includes(".bin") ? join(home, word) : word));

  const plan = await upgrade(...here(dryRun!));
  expect(plan.exit, plan.err).toBe(0);
  expect(plan.out).toContain("The plug runs 15.2.0 (tasmota); beside its program there are 348 KiB.");
  expect(plan.out).toMatch(/Step 1: tasmota-minimal\.bin\.gz 15\.3\.0.*\nStep 2: tasmota\.bin\.gz 15\.3\.0/);
  expect(rig.core.build.version).toBe("15.2.0(tasmota)");

  const unasked = await upgrade(...here(whole!));
  expect(unasked.exit).toBe(3);
  expect(rig.core.build.version).toBe("15.2.0(tasmota)");

  downloads.length = 0;
  const { exit, out, err } = await upgrade(...here(whole!), "--yes");
  expect(exit, err).toBe(0);
  expect(out).toContain("The plug runs 15.3.0 (tasmota), built 2026-02-19T10:00:00, as it says itself.");
  expect(out).toContain("Its settings, calibration and password are what they were.");
  expect(err).toContain("cannot be switched over the network");
  // Both images were in the library already, proven.
  expect(downloads.filter((url) => url !== RELEASES_URL)).toEqual([]);
  expect(rig.core.settings.get("energy_power_calibration")).toBe(12011);

  expect((await upgrade(...here(whole!), "--yes")).out).toContain("already: nothing to do");

  writeFileSync(join(home, "tasmota.bin"), buildStandInImage({ number: "15.4.0", size: 660 * KIB }));
  writeFileSync(join(home, "tasmota-minimal.bin.gz"), packImage(minimal));
  const own = await upgrade(...here(fromFiles!), "--dry-run");
  expect(own.exit, own.err).toBe(0);
  expect(own.out).toMatch(/Step 1: tasmota-minimal\.bin\.gz, .*\nStep 2: tasmota\.bin, /);

  for (const spelling of spellingsOf(PASSWORD)) expect(printed).not.toContain(spelling);
  const files = readdirSync(home, { recursive: true, encoding: "utf8" }).map((name) => join(home, name));
  for (const path of files.filter((each) => statSync(each).isFile() && each.endsWith(".json"))) {
    expect(readFileSync(path, "utf8")).not.toContain(PASSWORD);
  }
});
