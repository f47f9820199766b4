/** `plugsmith upgrade` over a real socket on loopback to a virtual plug in quick time, with releases from a fake internet. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { commandEntry } from "../../src/cli/command.test-support.ts";
import { upgradeCommandWith } from "../../src/cli/commands/upgrade.ts";
import { runProgram } from "../../src/cli/program.ts";
import { FakeTerminal } from "../../src/cli/render/fake-terminal.test-support.ts";
import { sha256Hex } from "../../src/core/digest.ts";
import { PlugsmithError } from "../../src/core/errors.ts";
import type { JobEvent } from "../../src/core/events.ts";
import { packImage } from "../../src/core/firmware/packing.ts";
import { spellingsOf } from "../../src/core/tasmota/redact.ts";
import { say } from "../../src/core/text/text.ts";
import { RELEASES_URL } from "../../src/engine/firmware/catalog.ts";
import { forwardToHost, type SimScheduler, type WorldMachine } from "../../src/platform/node/sim-network.ts";
import { buildModelImage } from "../../src/sim/tasmota/model-image.ts";
import { freePort } from "../support/free-port.ts";
import { PlugRig } from "../support/plug-rig.ts";
import { inQuickTime } from "../support/quick-time.ts";

const PASSWORD = "w3b-Secret;%";
const KIB = 1024;
const TEMPLATE = '{"NAME":"Gosund EP2","GPIO":[320,1,576,1,2656,2720,0,0,2624,32,0,224,0,0],"FLAG":0,"BASE":45}';
const cleanup: (() => unknown)[] = [];
let home: string;
/** Names of files that the fake internet does not hand out; "" stands for the list of releases. */
let unreachable: string[];
let downloads: string[];
let printed: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "plugsmith-home-"));
  downloads = [];
  unreachable = [];
  printed = "";
});
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo();
  rmSync(home, { recursive: true, force: true });
});

const old = buildModelImage({ number: "15.2.0", size: 655 * KIB });
const next = buildModelImage({ number: "15.3.0", built: "2026-02-19T10:00:00", size: 660 * KIB });
const minimal = buildModelImage({ number: "15.3.0", image: "minimal", size: 395 * KIB });
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
        if (unreachable.includes(url === RELEASES_URL ? "" : url.split("/").at(-1)!)) {
          throw new PlugsmithError("network-failed", { message: say`no internet here` });
        }
        const file = FILES[url.split("/").at(-1)!];
        if (file !== undefined) return file;
        if (url !== RELEASES_URL) throw new PlugsmithError("network-failed", { message: say`not there` });
        const assets = Object.entries(FILES).map(([name, bytes]) => ({
          name,
          size: bytes.length,
          digest: `sha256:${sha256Hex(bytes)}`,
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
    [commandEntry("upgrade", command)],
    ["upgrade", ...argv, "--home", home],
    terminal,
    new AbortController().signal,
  );
  printed += terminal.stdout + terminal.stderr;
  return { exit, out: terminal.stdout, err: terminal.stderr };
}

/** A locked, configured plug in its network, forty times as quick as life, behind a port on loopback. */
async function plug(image = old): Promise<{ rig: PlugRig; address: string; pacer: SimScheduler }> {
  const rig = new PlugRig({ image });
  const inside = await rig.provision();
  rig.type(`Template ${TEMPLATE}`);
  rig.type("Module 0", 15);
  rig.type("Backlog PowerCal 12011;VoltageCal 1777;CurrentCal 3333", 3);
  rig.type(`WebPassword2 ${PASSWORD}`, 12);
  const { pacer, expose } = inQuickTime(rig, 40, cleanup);
  return { rig, address: await expose(inside), pacer };
}

/**
 * A machine of the plug's network that hands on to a port of this computer: how the plug reaches the command. What it
 * hands back may be spoiled.
 */
async function wayBack(
  { rig, pacer }: Awaited<ReturnType<typeof plug>>,
  spoil: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
): Promise<string> {
  const port = await freePort();
  const machine = rig.lan.join({ name: "way back" });
  const spoiling: WorldMachine = {
    connect: (...call) => machine.connect(...call),
    listen: (at, accept) =>
      machine.listen(at, (stream) =>
        accept({
          listen: (listener) => stream.listen(listener),
          write: (bytes) => stream.write(spoil(bytes)),
          end: () => stream.end(),
          reset: () => stream.reset(),
        }),
      ),
  };
  cleanup.push(forwardToHost(pacer, spoiling, port, { host: "127.0.0.1", port }));
  return `${machine.address}:${port}`;
}

test("the upgrade command lines of docs/firmware.md work", async () => {
  const page = readFileSync(new URL("../../docs/firmware.md", import.meta.url), "utf8");
  const lines = page.split("\n").filter((line) => line.startsWith("plugsmith upgrade "));
  const [dryRun, whole, fromFiles] = lines.map((line) => line.split(" ").slice(2));
  // The last two are the next test's.
  expect(lines).toHaveLength(5);
  const { rig, address } = await plug();
  const here = (argv: readonly string[]): string[] =>
    argv.map((word) => (word === "192.168.1.50" ? address : word.includes(".bin") ? join(home, word) : word));

  const plan = await upgrade(...here(dryRun!));
  expect(plan.exit, plan.err).toBe(0);
  expect(plan.out).toContain("The plug runs 15.2.0 (tasmota) and has 348 KiB free for an upgrade.");
  expect(plan.out).toMatch(/Step 1: tasmota-minimal\.bin\.gz 15\.3\.0.*\nStep 2: tasmota\.bin\.gz 15\.3\.0/);
  expect(rig.core.build.version).toBe("15.2.0(tasmota)");

  const unasked = await upgrade(...here(whole!));
  expect(unasked.exit).toBe(3);
  expect(rig.core.build.version).toBe("15.2.0(tasmota)");

  downloads.length = 0;
  const { exit, out, err } = await upgrade(...here(whole!), "--yes");
  expect(exit, err).toBe(0);
  expect(out).toContain("The plug now runs 15.3.0 (tasmota), built 2026-02-19T10:00:00.");
  expect(out).toContain("Its settings, calibration and password are unchanged.");
  expect(err).toContain("cannot be switched over the network");
  // Both images were in the library already, proven.
  expect(downloads.filter((url) => url !== RELEASES_URL)).toEqual([]);
  expect(rig.core.settings.get("energy_power_calibration")).toBe(12011);

  expect((await upgrade(...here(whole!), "--yes")).out).toContain("There is nothing to do");

  writeFileSync(join(home, "tasmota.bin"), buildModelImage({ number: "15.4.0", size: 660 * KIB }));
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

test("an offline plan says which files to give", async () => {
  const { address } = await plug();
  const dryRun = (...argv: string[]): ReturnType<typeof upgrade> => upgrade("--address", address, "--dry-run", ...argv);
  const own = join(home, "own.bin");
  const ownMinimal = join(home, "own-minimal.bin.gz");
  writeFileSync(own, buildModelImage({ number: "15.4.0", size: 660 * KIB }));
  writeFileSync(ownMinimal, packImage(minimal));

  for (const [gone, argv, named, unnamed] of [
    [[""], [], ["--image FILE", "--minimal-image FILE"], []],
    [[""], ["--minimal-image", ownMinimal], ["--image FILE"], ["--minimal-image FILE"]],
    [[""], ["--image", own], ["--minimal-image FILE", "no room"], ["--image FILE"]],
    [["tasmota-minimal.bin.gz"], [], ["--minimal-image FILE", "no room"], ["--image FILE"]],
    [["tasmota.bin.gz"], [], ["--image FILE", "--minimal-image FILE"], []],
  ] as const) {
    unreachable = [...gone];
    rmSync(join(home, "firmware"), { recursive: true, force: true });
    const { exit, err } = await dryRun(...argv);
    expect(exit, err).toBe(54);
    for (const option of named) expect(err).toContain(option);
    for (const option of unnamed) expect(err).not.toContain(option);
  }
  const { exit, out, err } = await dryRun("--image", own, "--minimal-image", ownMinimal);
  expect(exit, err).toBe(0);
  expect(out).toContain("Step 2: own.bin");
});

test("the --serve command lines of docs/firmware.md work and restore the update address", async () => {
  const page = readFileSync(new URL("../../docs/firmware.md", import.meta.url), "utf8");
  const lines = page.split("\n").filter((line) => /^plugsmith upgrade .*--serve/.test(line));
  const [bare, withAddress] = lines.map((line) => line.split(" ").slice(2));
  const here = await plug();
  const { rig, address } = here;
  rig.type("OtaUrl http://192.168.1.9/tasmota.bin.gz", 2);
  const back = await wayBack(here);
  const argv = (words: readonly string[]): string[] =>
    words.map((word) => (word === "192.168.1.50" ? address : word === "192.168.1.20:8266" ? back : word));

  // Without an address: this computer's own, toward the plug; what that is here, the plug's network does not know.
  const planned = await upgrade(...argv(bare!), "--dry-run");
  expect(planned.exit, planned.err).toBe(0);
  expect(rig.core.settings.text("OtaUrl")).toBe("http://192.168.1.9/tasmota.bin.gz");

  const { exit, out, err } = await upgrade(...argv(withAddress!), "--yes", "--json");
  expect(exit, out + err).toBe(0);
  const events = out.split("\n").flatMap((line): JobEvent[] => (line === "" ? [] : [JSON.parse(line) as JobEvent]));
  expect(events.at(-1)).toMatchObject({
    type: "result",
    ok: true,
    data: { changed: true, after: { version: "15.3.0" } },
  });
  const url = `http://${back}/plugsmith.bin.gz`;
  expect(events.filter((event) => event.type === "fact" && event.value === url)).toHaveLength(2);
  for (const [step, file] of [
    ["minimal", packImage(minimal)],
    ["upgrade", packImage(next)],
  ] as const) {
    const progress = events.filter((event) => event.type === "progress").filter((event) => event.step === step);
    expect(progress.at(-1)).toMatchObject({ done: file.length, total: file.length });
    for (const wait of [step, `${step}-restart`, `${step}-return`, `${step}-check`]) {
      for (const type of ["step-started", "step-finished"]) {
        expect(events.filter((event) => event.type === type && "step" in event && event.step === wait)).toHaveLength(1);
      }
    }
  }
  expect(rig.core.build.version).toBe("15.3.0(tasmota)");
  expect(rig.core.settings.text("OtaUrl")).toBe("http://192.168.1.9/tasmota.bin.gz");
  for (const spelling of spellingsOf(PASSWORD)) expect(printed).not.toContain(spelling);
});

test("--serve reports a port in use, a missing or unreachable address and altered bytes", async () => {
  const here = await plug(buildModelImage({ number: "15.2.0", size: 500 * KIB }));
  const { rig, address } = here;
  const ota = rig.core.settings.text("OtaUrl");
  const serve = (at: string): Promise<{ exit: number; err: string }> =>
    upgrade("--address", address, "--yes", "--serve", at);
  const untouched = (): void => {
    expect(rig.core.build.version).toBe("15.2.0(tasmota)");
    expect(rig.core.settings.text("OtaUrl")).toBe(ota);
  };

  for (const written of ["http://192.168.1.20", ":0", "192.168.1.20:99999", "[::1]:80"]) {
    const { exit, err } = await serve(written);
    expect([exit, err]).toEqual([2, expect.stringContaining(`--serve cannot be "${written}"`)]);
  }

  const other = createServer();
  const taken = await new Promise<number>((resolve) =>
    other.listen(0, "127.0.0.1", () => {
      const bound = other.address();
      resolve(typeof bound === "object" ? (bound?.port ?? 0) : 0);
    }),
  );
  cleanup.push(() => other.close());
  const busy = await serve(`:${taken}`);
  expect(busy.exit).toBe(2);
  expect(busy.err).toContain(`Port ${taken} of this computer is in use by another program.`);
  expect(busy.err).toContain("Give another port");
  expect(busy.err).toContain("runs 15.2.0 (tasmota)");
  untouched();

  const nowhere = `192.168.1.222:${await freePort()}`;
  const lost = await serve(nowhere);
  expect(lost.exit, lost.err).toBe(54);
  expect(lost.err).toContain(`did not download tasmota.bin.gz 15.3.0 from http://${nowhere}/plugsmith.bin.gz.`);
  expect(lost.err).toContain("Check this computer's firewall");
  expect(lost.err).toContain("The plug: runs 15.2.0 (tasmota), its settings untouched");
  untouched();

  // A bit in each larger piece: the head comes in a small one of its own or stands at its beginning.
  const turned = (bytes: Uint8Array): Uint8Array =>
    bytes.length < 1024 ? bytes : bytes.map((byte, i) => (i === bytes.length - 9 ? byte ^ 1 : byte));
  const damaged = await serve(await wayBack(here, turned));
  expect(damaged.exit, damaged.err).toBe(52);
  expect(damaged.err).toMatch(/rejected it: its MD5 digest is wrong/);
  expect(damaged.err).toMatch(/again\s+Send tasmota\.bin\.gz 15\.3\.0.*it rejected the image \(attempt 2\)/);
  expect(damaged.err).toContain("The plug: runs 15.2.0 (tasmota), its settings untouched");
  untouched();
});
