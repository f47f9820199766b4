/** The trial against the stand-in, which is joined, set up and measured as a firmware is; real images: conformance. */
import { expect, test } from "vitest";
import { VENDOR_GREETING, vendorImage } from "../bench/vendor-image.ts";
import { buildModelImage } from "../tasmota/model-image.ts";
import { SeededRandom } from "../world/seeded-random.ts";
import { startExecutedPlug } from "./executed-plug.ts";
import { tryFirmware } from "./firmware-trial.ts";

const drain = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
/** Published template of the Gosund EP2. */
const EP2 = '{"NAME":"EP2","GPIO":[0,0,0,0,2656,2720,0,0,2624,32,320,224,0,0],"FLAG":0,"BASE":18}';

function flashed(image: Uint8Array): Uint8Array {
  const flash = new Uint8Array(0x100000).fill(0xff);
  flash.set(image);
  return flash;
}

test("a trial reports the version, the own network, the page, the meter and the calls of a firmware", async () => {
  const deviceCommands = [`Template ${EP2}`, "Module 0"];
  const result = await tryFirmware({ flash: flashed(buildModelImage()), drain, deviceCommands });
  expect(result.version).toMatch(/^15\./);
  expect(result.ownNetwork).toMatchObject({ isOpen: true, ssid: expect.stringMatching(/^tasmota/) });
  expect(result.ownNetwork?.page).toMatchObject({ status: 200, title: expect.stringContaining("Tasmota") });
  expect(result.joined).toMatchObject({ address: "192.168.1.51", page: { status: 200 } });
  const { volts, watts, trueVolts, trueWatts } = result.meter!;
  expect(Math.abs(volts / trueVolts - 1)).toBeLessThan(0.15);
  expect(Math.abs(watts / trueWatts - 1)).toBeLessThan(0.25);
  expect(trueWatts).toBeGreaterThan(900);
  expect(result.incidents).toEqual([]);
});

test("a program that is executed and has no network is reported with its console", async () => {
  const flash = vendorImage(new SeededRandom(1), 0x100000);
  const result = await tryFirmware({ flash, drain, deviceCommands: [] });
  expect(result).toMatchObject({ version: undefined, ownNetwork: undefined, joined: undefined, meter: undefined });
  expect(result.calls).toEqual([]);
  expect(result.console.join("\n")).toContain(VENDOR_GREETING.trim().split(/\r?\n/)[0]);
});

test("a plug runs until a condition holds, or for the given time", () => {
  const plug = startExecutedPlug({ flash: flashed(buildModelImage()) });
  const writes = plug.flash.slice(0xf3000);
  const hasSettings = (): boolean => plug.flash.subarray(0xf3000).some((byte, i) => byte !== writes[i]);
  expect(plug.runUntil(hasSettings, 10)).toBe(true);
  const before = plug.home.clock.now;
  expect(plug.runUntil(() => false, 2)).toBe(false);
  expect(plug.home.clock.now - before).toBe(2e6);
  expect(plug.console()).toContain("Project tasmota");
});
