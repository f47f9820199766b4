import { expect, test } from "vitest";
import { VirtualDisk } from "../../sim/world/disk.ts";
import type { AdapterIdentity, Files } from "../ports.ts";
import { ratesOf, rememberBaud, rememberLimit } from "./adapters.ts";
import { changeHomeFile } from "./home-files.ts";
import { changeSecrets, readSecrets, rememberedPlugs, rememberPlug } from "./plug-records.ts";

const MAC = "c44f33a1b212";
const HOME = "/home";
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);
const adapter = (serialNumber: string): AdapterIdentity => ({ path: "/dev/ttyUSB0", label: "CP2102", serialNumber });

/** Another program on the same disk: its own port, the same files and locks. */
const another = (disk: VirtualDisk): Files => ({ ...disk.files });

async function addLetter(files: Files, letter: string): Promise<void> {
  await changeHomeFile(files, HOME, `${HOME}/letters`, async () => {
    const there = (await files.stat(`${HOME}/letters`)) === undefined ? "" : text(await files.read(`${HOME}/letters`));
    return bytes(there + letter);
  });
}

test("concurrent changes by one or several processes are all kept", async () => {
  const disk = new VirtualDisk({ seed: 1 });
  const programs = [disk.files, another(disk), another(disk)];
  const letters = "abcdefghijklmnopqrstuvwxyz".split("");
  await Promise.all(letters.map((letter, i) => addLetter(programs[i % programs.length]!, letter)));
  expect(
    text(await disk.files.read(`${HOME}/letters`))
      .split("")
      .sort(),
  ).toEqual(letters);
  expect(await disk.files.list(HOME)).toEqual(["letters"]);
});

test("a failed change leaves the file unchanged and releases the lock", async () => {
  const { files } = new VirtualDisk({ seed: 1 });
  await addLetter(files, "a");
  const failing = changeHomeFile(files, HOME, `${HOME}/letters`, () => Promise.reject(new Error("no")));
  await Promise.all([expect(failing).rejects.toThrow("no"), addLetter(files, "b")]);
  expect(text(await files.read(`${HOME}/letters`))).toBe("ab");
});

test("two processes that record two adapters at once both succeed", async () => {
  const disk = new VirtualDisk({ seed: 1 });
  const other = another(disk);
  await Promise.all([
    rememberBaud(disk.files, HOME, adapter("one"), 460_800),
    rememberBaud(other, HOME, adapter("two"), 921_600),
    rememberLimit(disk.files, HOME, adapter("three"), 115_200),
    rememberBaud(other, HOME, adapter("one"), 230_400),
  ]);
  expect(await ratesOf(disk.files, HOME, adapter("one"))).toEqual({ baud: 460_800, limit: undefined });
  expect(await ratesOf(disk.files, HOME, adapter("two"))).toEqual({ baud: 921_600, limit: undefined });
  expect(await ratesOf(disk.files, HOME, adapter("three"))).toEqual({ baud: undefined, limit: 115_200 });
});

test("two passwords stored at once are both kept", async () => {
  const disk = new VirtualDisk({ seed: 1 });
  const homes = [disk.files, another(disk)].map((files) => ({ files, path: HOME }));
  await Promise.all([
    changeSecrets(homes[0]!, MAC, { webPassword: "one" }),
    changeSecrets(homes[1]!, MAC, { mqttPassword: "two" }),
    changeSecrets(homes[0]!, MAC, { nextWebPassword: "three" }),
  ]);
  await changeSecrets(homes[1]!, MAC, { webPassword: "three", nextWebPassword: undefined });
  expect(await readSecrets(homes[0]!, MAC)).toEqual({ version: 1, webPassword: "three", mqttPassword: "two" });
});

test("if two processes record one plug's address at once, one complete record is kept", async () => {
  const disk = new VirtualDisk({ seed: 1 });
  const seen = (address: string) => ({ mac: MAC, address, lastSeen: "2026-01-01T00:00:00.000Z" });
  await Promise.all([
    rememberPlug({ files: disk.files, path: HOME }, seen("192.168.1.5")),
    rememberPlug({ files: another(disk), path: HOME }, seen("192.168.1.66")),
  ]);
  const plugs = await rememberedPlugs({ files: disk.files, path: HOME });
  expect(plugs).toEqual([
    expect.objectContaining({ mac: MAC, address: expect.stringMatching(/^192\.168\.1\.(5|66)$/) }),
  ]);
});
