/** A virtual plug in a folder, opened by one process after the other: what goes on, and what is a power cut. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makerOf } from "../../core/maker/mac-maker.ts";
import { openVirtualPlug, type VirtualPlug, type VirtualPlugOptions } from "../../host/virtual/virtual-plug.ts";
import { buildModelImage } from "../../sim/index.ts";
import { createNodeEnvironment } from "./environment.ts";

let folder: string;
const environment = createNodeEnvironment({ home: "/none", tool: "test" });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plugsmith-kept-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function tasmota(): Uint8Array {
  const flash = new Uint8Array(0x10_0000).fill(0xff);
  flash.set(buildModelImage());
  return flash;
}

const opened = (start: VirtualPlugOptions["start"]): Promise<VirtualPlug> =>
  openVirtualPlug(environment, { folder, start, startsFirst: true, contents: tasmota() });

/** Of the firmware that runs, s. */
async function uptime(plug: VirtualPlug): Promise<number> {
  const { world, bench } = plug;
  await world.complete(environment.drain, bench.line.setBaud(115_200));
  const before = bench.heard(115_200).length;
  await world.complete(environment.drain, bench.line.write(new TextEncoder().encode("Status 11\n")));
  await world.run(environment.drain, () => false, world.now + 1e6);
  return Number(/"UptimeSec":(\d+)/.exec(bench.heard(115_200).slice(before))?.[1]);
}

/** Opens, asks and closes; long enough to tell a start from going on. */
async function visit(start: VirtualPlugOptions["start"], seconds = 0): Promise<number> {
  const plug = await opened(start);
  await plug.world.run(environment.drain, () => false, plug.world.now + seconds * 1e6);
  const up = await uptime(plug);
  await plug.close();
  return up;
}

test("a new folder gets a plug with its own MAC under an Espressif prefix, and keeps it", async () => {
  const macs: string[] = [];
  for (const name of ["one", "other", "third", "one"]) {
    const plug = await openVirtualPlug(environment, { folder: join(folder, name), start: "kept" });
    macs.push(Buffer.from(plug.bench.mac).toString("hex"));
    await plug.close();
    expect(JSON.parse(readFileSync(join(folder, name, "plug.json"), "utf8"))).toMatchObject({ mac: macs.at(-1) });
  }
  expect(new Set(macs).size).toBe(3);
  expect(macs[3]).toBe(macs[0]);
  expect(new Set(macs.map((mac) => makerOf(mac).kind))).toEqual(new Set(["espressif"]));
});

test("what runs goes on in the next process, and its world's clock with it", async () => {
  expect(await visit("running", 100)).toBeGreaterThan(100);
  const plug = await opened("running");
  expect(plug.world.port().wallTime()).toBeGreaterThan(Date.UTC(2026, 0, 1) + 110_000);
  expect(await uptime(plug)).toBeGreaterThan(110);
  await plug.close();
});

test("it goes on where everything is left as it is", async () => {
  await visit("running", 100);
  expect(await visit("kept")).toBeGreaterThan(110);
});

test("hands that put the adapter in again cut its power", async () => {
  await visit("running", 100);
  expect(await visit("run")).toBeLessThan(30);
});

test("a process that ends without closing it is a power cut", async () => {
  await visit("running", 100);
  const killed = await opened("running");
  const there = folder;
  folder = mkdtempSync(join(tmpdir(), "plugsmith-kept-"));
  cpSync(there, folder, { recursive: true });
  expect(await visit("running")).toBeLessThan(30);
  await killed.close();
  rmSync(there, { recursive: true, force: true });
});

test("a plug whose chip executes its firmware is in its socket again in the next process, and starts there", async () => {
  const image = tasmota();
  const mark = Buffer.from(image.buffer).indexOf("plugsmith stand-in");
  image.fill(0x20, mark, mark + 18);
  const open = (): Promise<VirtualPlug> => openVirtualPlug(environment, { folder, start: "kept", contents: image });
  const plug = await open();
  plug.bench.actions.unsolder();
  plug.home.load.appliance = { watts: 60 };
  plug.home.plugIntoMains(true);
  // It stays on for long enough that this is no quick power cycle.
  let stayedOn = false;
  plug.world.at(plug.world.now + 11e6, () => {
    stayedOn = true;
  });
  await plug.close();
  expect(stayedOn).toBe(true);
  const again = await open();
  expect([again.home.atMains, again.home.load.appliance, again.bench.firmware]).toEqual([true, { watts: 60 }, "none"]);
  await again.close();
});

test.each([
  [
    "its record",
    () => {
      const path = join(folder, "plug.json");
      writeFileSync(path, readFileSync(path, "utf8").replace('"noise": 0', '"noise": 0.0000001'));
    },
  ],
  [
    "its flash",
    () => {
      const flash = readFileSync(join(folder, "flash.bin"));
      flash[0xffff0] = 0;
      writeFileSync(join(folder, "flash.bin"), flash);
    },
  ],
  ["the file with its state", () => writeFileSync(join(folder, "running.json"), '{"format":"plugsmith running plug"')],
])("after %s was changed by somebody else, it starts", async (_, change) => {
  await visit("running", 100);
  change();
  expect(await visit("running")).toBeLessThan(30);
});
