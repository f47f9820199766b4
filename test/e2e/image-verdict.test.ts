/**
 * One verdict on an image, no matter who asks: every command that takes one says the same of an image built for a larger flash
 * and of one that would not start, before a plug is looked for; the plug's MAC, typed, overrides it; a sealed backup is
 * never judged.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { COMMANDS } from "../../src/cli/registry.ts";
import { FakeTerminal } from "../../src/cli/render/fake-terminal.test-support.ts";
import { isPlugsmithError } from "../../src/core/errors.ts";
import { packImage } from "../../src/core/firmware/packing.ts";
import { withFlashParameters } from "../../src/core/image/header.ts";
import { parseProfile } from "../../src/core/profile/profile.ts";
import { prepareFirmware } from "../../src/engine/jobs/prepare-conversion.ts";
import { buildModelImage } from "../../src/sim/tasmota/model-image.ts";
import { SessionRig } from "../support/session-rig.ts";
import { testPart, withLoader } from "../support/test-image.ts";

const good = buildModelImage();

const errorCode = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => (isPlugsmithError(error) ? error.code : error),
  );

/** The entry of the application moved: its checksum does not cover it, and its CRC word is made to say there is none. */
function enteredAt(entry: number): Uint8Array {
  const image = good.slice();
  const view = new DataView(image.buffer);
  view.setUint32(0x1004, entry, true);
  view.setUint32(0x1010, view.getUint32(0x1010, true) ^ 0x0101, true);
  return image;
}

const files: Readonly<Record<string, readonly [Uint8Array, RegExp]>> = {
  "two.bin": [withFlashParameters(good, "2MB", "dout"), /built for 2MB of flash/],
  "four.bin": [withFlashParameters(good, "4MB", "dout"), /built for 4MB of flash/],
  "named.bin": [buildModelImage({ image: "4M" }), /tasmota-4M/],
  "nowhere.bin": [enteredAt(0), /would not start: its application at 0x1000 is entered at 0x0/],
  // Of two faults the same one is told by all.
  "both.bin": [withFlashParameters(enteredAt(0), "4MB", "dout"), /built for 4MB of flash/],
  "outside.bin": [enteredAt(0x40104000), /would not start: its application at 0x1000 is entered at 0x40104000/],
};

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "plugsmith-verdict-"));
  for (const [name, [bytes]] of Object.entries(files)) {
    writeFileSync(join(home, name), bytes);
    writeFileSync(join(home, `${name}.gz`), packImage(bytes));
  }
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function run(...argv: string[]): Promise<{ exit: number; out: string; err: string }> {
  const terminal = new FakeTerminal({ columns: 400, env: { PLUGSMITH_WIFI_PASSPHRASE: "long enough" } });
  const all = [...argv, "--home", join(home, "home")];
  const exit = await runProgram(COMMANDS, all, terminal, new AbortController().signal);
  return { exit, out: terminal.stdout, err: terminal.stderr };
}

describe.each(Object.entries(files))("%s", (name, [, says]) => {
  const path = (): string => join(home, name);
  const port = (): string => `sim:${join(home, "plug")}`;

  test.each<[string, () => string[]]>([
    ["firmware inspect", () => ["firmware", "inspect", path()]],
    ["firmware inspect, compressed", () => ["firmware", "inspect", `${path()}.gz`]],
    ["firmware get", () => ["firmware", "get", "--file", path()]],
    ["firmware get, compressed", () => ["firmware", "get", "--file", `${path()}.gz`]],
    ["write", () => ["write", path(), "--port", port(), "--yes"]],
    ["write, a plan only", () => ["write", path(), "--port", port(), "--dry-run"]],
    ["write with another flash mode", () => ["write", path(), "--port", port(), "--flash-mode", "dio", "--yes"]],
    ["prepare", () => ["prepare", "--firmware", path(), "--port", port()]],
    ["rescue", () => ["rescue", "--firmware", path(), "--port", port(), "--symptom", "unknown"]],
    ["convert", () => ["convert", "--firmware", path(), "--port", port(), "--ssid", "Home", "--no-calibrate"]],
  ])("%s refuses it, and no plug is touched", async (_, argv) => {
    const { exit, err } = await run(...argv());
    expect(err).toMatch(says);
    expect(exit).toBe(30);
    expect(readdirSync(home)).not.toContain("plug");
  });

  test("inspect still describes the image", async () => {
    const { out } = await run("firmware", "inspect", path());
    expect(out).toMatch(/^Firmware {2}Tasmota$/m);
    expect(out).toMatch(/^Write {5}refused$/m);
  });
});

test("a fitting image is refused by none of the commands", async () => {
  const path = join(home, "good.bin");
  writeFileSync(path, good);
  expect((await run("firmware", "inspect", path)).exit).toBe(0);
  expect((await run("firmware", "get", "--file", path)).exit).toBe(0);
  expect((await run("write", path, "--port", `sim:${join(home, "good-plug")}`, "--dry-run")).exit).toBe(0);
});

describe("a plug's MAC, typed by hand", () => {
  /** For a flash of 256 KB: it has code that is never reached. */
  const unbootable = withLoader(
    testPart([{ address: 0x40100000, bytes: new Uint8Array(0x2000) }], { entry: 0x40104000, flashSizeAndSpeed: 0x10 }),
  );
  const how = { flashSize: "256KB" } as const;

  test("--override-image with the plug's MAC writes an image that would not start; other MACs do not", async () => {
    const rig = new SessionRig();
    const mac = rig.plug.match(/../g)!.join(":");
    const session = rig.open();
    await rig.run(session.backup());
    const refused = async (options: object): Promise<unknown> =>
      rig.run(errorCode(session.write(unbootable, { ...how, ...options })));
    expect(await refused({})).toBe("bad-image");
    expect(await refused({ overrideImage: "00:11:22:33:44:55" })).toBe("bad-image");
    expect(await refused({ typedMac: mac })).toBe("bad-image");
    await rig.run(session.write(unbootable, { ...how, overrideImage: mac }));
    // Comparing judges nothing.
    expect(await rig.run(session.verify(unbootable, how))).toMatchObject({ length: unbootable.length });
    await rig.run(session.close());
  });

  test("--override-image does not open the erase gate", async () => {
    const rig = new SessionRig();
    const session = rig.open();
    const work = session.write(unbootable, { ...how, overrideImage: rig.plug });
    expect(await rig.run(errorCode(work))).toBe("erase-gate");
    await rig.run(session.close());
  });

  test("--override-image does not accept a file that is not an image", async () => {
    const rig = new SessionRig();
    const session = rig.open();
    const page = new TextEncoder().encode("<!DOCTYPE html><title>tasmota.bin</title>");
    expect(await rig.run(errorCode(session.write(page, { ...how, overrideImage: rig.plug })))).toBe("bad-image");
    await rig.run(session.close());
  });
});

test("a sealed backup of a flash that does not start is restored without a question", async () => {
  const flash = new Uint8Array(0x40000).fill(0xff);
  flash.set(testPart([{ address: 0x40100000, bytes: new Uint8Array(0x20) }], { entry: 0, flashSizeAndSpeed: 0x40 }));
  const rig = new SessionRig({ flash });
  const session = rig.open();
  const { backup } = await rig.run(session.backup());
  await rig.run(session.erase());
  await rig.run(session.restore({ bytes: flash, manifest: backup.manifest }));
  expect(rig.bench.flash).toEqual(flash);
  await rig.run(session.close());
});

test("a conversion accepts such an image only with a MAC that matches", () => {
  const profile = parseProfile(
    JSON.parse(readFileSync(new URL("../../profiles/gosund-ep2/profile.json", import.meta.url), "utf8")),
  );
  for (const [image, says] of Object.values(files)) {
    expect(() => prepareFirmware({ image, origin: "here" }, profile, true)).toThrow(says);
    const overridden = prepareFirmware({ image, origin: "here", overrideImage: "c4:4f:33:00:00:01" }, profile, true);
    expect(overridden.bytes).toBe(image.length);
  }
});
