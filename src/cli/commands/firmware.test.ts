import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sha256Hex } from "../../core/digest.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { packImage } from "../../core/firmware/packing.ts";
import { withFlashParameters } from "../../core/image/header.ts";
import { say } from "../../core/text/text.ts";
import { type Downloader, RELEASES_URL } from "../../engine/firmware/catalog.ts";
import { sealBackup } from "../../engine/home/backups.ts";
import type { Programs } from "../../engine/ports.ts";
import { nodeFiles } from "../../platform/node/files.ts";
import { buildModelImage } from "../../sim/tasmota/model-image.ts";
import { commandEntry } from "../command.test-support.ts";
import { runProgram } from "../program.ts";
import { FakeTerminal } from "../render/fake-terminal.test-support.ts";
import { firmwareCommandWith } from "./firmware.ts";

const image = buildModelImage();
const minimal = buildModelImage({ image: "minimal" });
const FILES: Readonly<Record<string, Uint8Array>> = {
  "tasmota.bin": image,
  "tasmota.bin.gz": packImage(image),
  "tasmota-DE.bin": buildModelImage({ image: "DE" }),
  "tasmota-lite.bin": buildModelImage({ image: "lite", metering: false }),
  "tasmota-minimal.bin.gz": packImage(minimal),
  // A build whose name promises what its bytes do not hold.
  "tasmota-FR.bin": buildModelImage({ image: "FR", metering: false }),
};
const BASE = "https://github.com/arendst/Tasmota/releases/download";
const release = (version: string, digests: boolean) => ({
  tag_name: `v${version}`,
  draft: false,
  prerelease: false,
  assets: Object.entries(FILES).map(([name, bytes]) => ({
    name,
    size: bytes.length,
    browser_download_url: `${BASE}/v${version}/${name}`,
    digest: digests ? `sha256:${sha256Hex(bytes)}` : undefined,
  })),
});

class Internet implements Downloader {
  down = false;
  readonly asked: string[] = [];
  async get(url: string): Promise<Uint8Array> {
    this.asked.push(url);
    if (this.down) throw new PlugsmithError("network-failed", { message: say`api.github.com cannot be reached.` });
    if (url === RELEASES_URL) {
      return new TextEncoder().encode(JSON.stringify([release("15.2.0", true), release("14.6.0", false)]));
    }
    return FILES[url.split("/").at(-1)!]!;
  }
}

const NO_PROGRAMS: Programs = { run: async () => ({ status: undefined, lastLines: [] }) };
let home: string;
let internet: Internet;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "plugsmith-home-"));
  internet = new Internet();
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function firmware(...argv: string[]): Promise<{ exit: number; out: string; err: string; data: Data }> {
  const terminal = new FakeTerminal({ columns: 400 });
  const command = firmwareCommandWith({ downloader: internet, programs: NO_PROGRAMS, user: undefined });
  const exit = await runProgram(
    [commandEntry("firmware", command)],
    ["firmware", ...argv, "--home", home],
    terminal,
    new AbortController().signal,
  );
  const last = argv.includes("--json") ? terminal.stdout.trim().split("\n").at(-1)! : "{}";
  const { data = {} } = JSON.parse(last) as { data?: Data };
  return { exit, out: terminal.stdout, err: terminal.stderr, data };
}
type Data = Readonly<Record<string, unknown>>;

test("list shows the newest release's builds that can measure, and names the older ones", async () => {
  const { exit, out } = await firmware("list");
  expect(exit).toBe(0);
  expect(out).toContain("Tasmota 15.2.0\n");
  expect(out).toMatch(/tasmota\.bin .*digest published\n/);
  expect(out).toContain("for other languages: DE, FR");
  expect(out).not.toContain("lite");
  expect(out).toContain("Older releases (--release): 14.6.0");
  const all = await firmware("list", "--all", "--release", "14.6.0");
  expect(all.out).toMatch(/tasmota-lite\.bin .*no digest published {2}not for a metering plug.*energy drivers/);
});

test("offline the stored list is shown with its date; without one the error says what to do", async () => {
  internet.down = true;
  const never = await firmware("list");
  expect(never.exit).toBe(54);
  expect(never.err).toContain("There is no stored list of releases");
  expect(never.err).toContain("firmware get --file FILE");
  internet.down = false;
  await firmware("list");
  internet.down = true;
  const { exit, out, err } = await firmware("list");
  expect(exit).toBe(0);
  expect(err).toMatch(/warn +The list of releases cannot be fetched: [\s\S]*This is the list from 2\d{3}-/);
  expect(out).toContain("Tasmota 15.2.0");
});

test("get downloads once, verifies the published digest, and works offline the second time", async () => {
  const first = await firmware("get", "--json");
  expect(first.data).toMatchObject({ cached: false, proven: true, sha256: sha256Hex(image) });
  expect(new Uint8Array(readFileSync(first.data["path"] as string))).toEqual(image);
  expect(statSync(first.data["path"] as string).mode & 0o777).toBe(0o600);
  internet.down = true;
  const second = await firmware("get", "--json");
  expect(second.data).toMatchObject({ cached: true, proven: true, path: first.data["path"] });
  expect((await firmware("list")).out).toMatch(/tasmota\.bin .*in the library/);
});

test("get of a release without digests says so, and notices later if the file was changed since", async () => {
  const { out } = await firmware("get", "--release", "14.6.0");
  expect(out).toContain("this release publishes no digest");
  internet.asked.length = 0;
  const again = await firmware("get", "--release", "14.6.0", "--json");
  expect(again.data).toMatchObject({ cached: true, proven: false });
  expect(internet.asked).toEqual([RELEASES_URL]);
  writeFileSync(again.data["path"] as string, image.with(2000, 0));
  expect((await firmware("get", "--release", "14.6.0", "--json")).data).toMatchObject({ cached: false });
});

test("get takes language, form and build, and refuses builds without metering unless overridden", async () => {
  expect((await firmware("get", "--language", "de")).out).toContain("tasmota-DE.bin 15.2.0");
  expect((await firmware("get", "tasmota.bin.gz", "--gz")).out).toContain("tasmota.bin.gz 15.2.0");
  const lite = await firmware("get", "tasmota-lite");
  expect(lite.exit).toBe(4);
  expect(lite.err).toContain("energy drivers");
  expect((await firmware("get", "tasmota-lite", "--any-variant")).exit).toBe(0);
  expect((await firmware("get", "tasmota-minimal", "--gz", "--any-variant")).exit).toBe(0);
  expect((await firmware("get", "tasmota-lite", "--language", "DE")).exit).toBe(2);
});

test("a download without metering commands in its bytes is refused, whatever its name", async () => {
  const { exit, err } = await firmware("get", "--language", "FR");
  expect(exit).toBe(4);
  expect(err).toContain("no metering commands");
});

test("get --file imports a local file after the same checks", async () => {
  const path = join(home, "my build (1).bin.gz");
  writeFileSync(path, packImage(image));
  internet.down = true;
  const { data, exit } = await firmware("get", "--file", path, "--json");
  expect(exit).toBe(0);
  expect(data["path"]).toMatch(/firmware\/my-build-1--local-[0-9a-f]{16}\.bin\.gz$/);
  writeFileSync(path, minimal);
  expect((await firmware("get", "--file", path)).exit).toBe(4);
  writeFileSync(path, "<html>");
  expect((await firmware("get", "--file", path)).exit).toBe(30);
  expect((await firmware("get", "--file", join(home, "nowhere"))).exit).toBe(40);
  expect(readdirSync(join(home, "firmware"))).toHaveLength(1);
});

test("inspect describes an image and what writing would change, and shows no version that it cannot know", async () => {
  const path = join(home, "image.bin");
  writeFileSync(path, withFlashParameters(image, "512KB", "qio"));
  const { out, exit } = await firmware("inspect", path);
  expect(exit).toBe(0);
  expect(out).toContain("Firmware  Tasmota\n");
  expect(out).toContain("Version   unknown");
  expect(out).toContain("unknown; its built-in update address names tasmota\n");
  expect(out).toContain("Metering  the image has the metering commands");
  expect(out).toContain("plugsmith's own image for virtual plugs");
  expect(out).toContain("Write     sets byte 2 from 0x00 to 0x03: flash mode dout\n");
  expect(out).toContain("          sets byte 3 from 0x00 to 0x20: flash size 1MB\n");
  expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
  writeFileSync(path, withFlashParameters(image, "4MB", "qio"));
  expect((await firmware("inspect", path, "--flash-size", "4MB", "--flash-mode", "qio")).out).toContain(
    "the image is written as it is",
  );
});

test("inspect of a sealed backup proves it and names the vendor's firmware in it", async () => {
  const flash = new Uint8Array(0x100000).fill(0xff);
  flash.set(image);
  flash.set(new TextEncoder().encode("tuya_sdk 2.0.0\0"), 0x60000);
  // Nothing of Tasmota may be left: the vendor's firmware is another.
  flash.fill(0xff, 0x1000, 0x5000);
  const facts = { chip: "ESP8285N08", mac: "c4:4f:33:a1:b2:12", flashId: 0x1440c8, flashMaker: "GigaDevice" };
  const sealed = await sealBackup(nodeFiles, home, "c44f33a1b212", flash, { ...facts, tool: "test", at: 0 });
  const { out } = await firmware("inspect", sealed.folder);
  expect(out).toContain("Sealed backup of plug c4:4f:33:a1:b2:12 (ESP8285N08)");
  expect(out).toContain("Firmware  a vendor's firmware on Tuya's platform\nEvidence  tuya at 0x60000");
  expect(out).toContain("byte for byte, nothing is changed");
  expect((await firmware("inspect", sealed.path)).out).toContain("the whole flash");
  flash[0x60000] = 0;
  writeFileSync(sealed.path, flash);
  expect((await firmware("inspect", sealed.folder)).exit).toBe(44);
});

test("every list, get and inspect in docs/firmware.md works as it stands", async () => {
  const page = readFileSync(new URL("../../../docs/firmware.md", import.meta.url), "utf8");
  const blocks = [...page.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block]) => block!.trim().split("\n"));
  const lines = blocks.filter((line) => /^plugsmith firmware (?!build|try)/.test(line));
  expect(lines.length).toBeGreaterThan(6);
  writeFileSync(join(home, "tasmota.bin"), image);
  writeFileSync(join(home, "tasmota.bin.gz"), packImage(image));
  for (const line of lines) {
    const argv = line.split(" ").slice(2);
    const { exit, err } = await firmware(
      ...argv.map((word) => (word.startsWith("tasmota.bin") ? join(home, word) : word)),
    );
    expect(exit, `${line}\n${err}`).toBe(0);
  }
});

test("an unknown action and inspect without a file are refused with the valid choices", async () => {
  expect((await firmware("fetch")).err).toContain("Choose one of: list, get, inspect, build");
  expect((await firmware("inspect")).exit).toBe(2);
  expect((await firmware("inspect", join(home, "nothing"))).exit).toBe(40);
});
