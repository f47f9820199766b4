import { expect, test } from "vitest";
import { MemoryFiles } from "../../../test/support/memory-files.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import { type Defaults, readDefaults, rememberDefaults } from "./defaults.ts";

const PATH = "/home/defaults.json";

function put(files: MemoryFiles, text: string): void {
  const bytes = new TextEncoder().encode(text);
  files.now.set(PATH, { bytes, synced: bytes, mode: 0o600 });
}

const ALL: Defaults = {
  ssid: "Kevin’s iPhone",
  firmware: { kind: "file", file: "/tmp/tasmota.bin" },
  reference: { kind: "load", voltmeter: "0.8 % + 3 digits", load: 1000, loadVoltage: 230 },
  open: false,
  macPrefix: "5ccf7f",
};

test("what was answered is there for the next plug, and a later answer replaces only its own", async () => {
  const home = { files: new MemoryFiles(), path: "/home" };
  expect(await readDefaults(home)).toEqual({});
  await rememberDefaults(home, ALL);
  await rememberDefaults(home, { firmware: { kind: "latest" } });
  expect(await readDefaults(home)).toEqual({ ...ALL, firmware: { kind: "latest" }, version: 1 });
});

test("the file is for its owner only", async () => {
  const files = new MemoryFiles();
  await rememberDefaults({ files, path: "/home" }, { ssid: "Home" });
  expect((await files.stat(PATH))?.mode).toBe(0o600);
});

test.each([
  ["is no JSON", "{"],
  ["is of another version", '{"version":2,"ssid":"Home"}'],
  ["is a list", "[]"],
])("a file that %s is passed over, and replaced by the next answer", async (_, text) => {
  const home = { files: new MemoryFiles(), path: "/home" };
  await rememberDefaults(home, { ssid: "first" });
  put(home.files, text);
  expect(await readDefaults(home)).toEqual({});
  await rememberDefaults(home, { ssid: "Home" });
  expect(await readDefaults(home)).toMatchObject({ ssid: "Home" });
});

test("a field that makes no sense is left out; the others hold", async () => {
  const home = { files: new MemoryFiles(), path: "/home" };
  await rememberDefaults(home, { ssid: "first" });
  const wrong = { version: 1, ssid: "Home", firmware: { kind: "best" }, reference: { kind: "meter", powerMeter: 3 } };
  put(home.files, JSON.stringify(wrong));
  expect(await readDefaults(home)).toEqual({ version: 1, ssid: "Home" });
});

test("a disk that takes nothing is no error: the next plug is asked", async () => {
  const files = new MemoryFiles();
  files.open = () => Promise.reject(new PlugsmithError("disk-full", { message: say`No space is left.` }));
  const home = { files, path: "/home" };
  await rememberDefaults(home, { ssid: "Home" });
  expect(await readDefaults(home)).toEqual({});
});
