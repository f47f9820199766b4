/** The last road back: a firmware that hangs is written anew over the wires, and the plug is what it was before. */

import { expect, test } from "vitest";
import { foldConversion } from "../../src/core/conversion/state.ts";
import { withFlashParameters } from "../../src/core/image/header.ts";
import { plugFolder } from "../../src/engine/home/folders.ts";
import { readJournal } from "../../src/engine/home/journal.ts";
import { readSecrets } from "../../src/engine/home/plug-records.ts";
import { openConversionLog } from "../../src/engine/jobs/conversion-log.ts";
import { ConversionSteps } from "../../src/engine/jobs/conversion-steps.ts";
import type { ByteLine } from "../../src/engine/ports.ts";
import { commandLink } from "../../src/engine/tasmota/command-link.ts";
import { HttpClient } from "../../src/engine/tasmota/http-client.ts";
import { tasmotaMeter } from "../../src/engine/tasmota/meter.ts";
import { createVirtualHome, HOME_NETWORK } from "../../src/sim/home/virtual-home.ts";
import { EP2_GUIDE, EP2_TEXTS } from "../support/conversion-order.ts";
import { hangingImage } from "../support/hanging-image.ts";
import { HomeScene, IMAGE } from "../support/home-scene.ts";
import { CONSTANTS, recordCalibration } from "../support/rescue-rig.ts";
import { EP2 } from "../support/setup-rig.ts";

const FIRMWARE = { image: IMAGE, origin: "the built-in stand-in" };

/** Before Tasmota's settings, which lie in the last sectors (tasmota/include/tasmota_globals.h, SPIFFS_END). */
const SETTINGS_AT = 0xf3000;

/** Converted, calibrated and closed; then its firmware is damaged, and its person has put the wires on again. */
async function damaged(adapter: "CP2102" | "FT232R"): Promise<{ scene: HomeScene; plug: string }> {
  const scene = new HomeScene(adapter);
  const { plug } = await scene.convert();
  await recordCalibration(scene.files, plug);
  scene.openAndWire();
  const { flash } = scene.home.bench;
  flash.fill(0xff, 0, SETTINGS_AT);
  flash.set(hangingImage());
  scene.answers.length = 0;
  scene.events.length = 0;
  return { scene, plug };
}

test.each([
  { adapter: "CP2102", how: "over the wires, and is closed afterwards" },
  { adapter: "FT232R", how: "closed and at mains: its radio must not run on 50 mA" },
] as const)("a firmware that hangs is written anew at a $adapter; the plug joins $how", async ({ adapter }) => {
  const { scene, plug } = await damaged(adapter);
  const { bench } = scene.home;
  const result = await scene.rescue({ symptom: "unknown", firmware: FIRMWARE });
  expect(result).toMatchObject({ outcome: "configured", plug, calibration: "restored" });
  expect(result.walked.at(-1)).toBe("write-anew");
  expect(scene.answers).toContain("lose-settings: write-anew");
  // The vendor's firmware was sealed by the conversion; the damaged one in its place is nothing to keep.
  expect(scene.sealedBackups).toHaveLength(1);
  expect(Buffer.compare(scene.files.now.get(scene.sealedBackups[0]!)!.bytes, Buffer.from(scene.original))).toBe(0);

  const wired = adapter === "CP2102";
  expect(result.wiresAttached).toBe(wired);
  expect(scene.home.atMains).toBe(!wired);
  const log = await openConversionLog(scene.files, "/home", plug, scene.clock.port());
  const order = { profile: EP2, guide: EP2_GUIDE, texts: EP2_TEXTS };
  await scene.do(new ConversionSteps(scene.ports(), order, log, plug).close());
  await log.close();
  const { wiresAttached, finished } = foldConversion(await readJournal(scene.files, plugFolder("/home", plug)));
  expect(wiresAttached).toBe(false);
  expect(finished.has("close-case")).toBe(true);
  scene.home.plugIntoMains(true);
  expect(bench.accidents).toEqual([]);

  const { webPassword } = await readSecrets({ files: scene.files, path: "/home" }, plug);
  const { http, clock } = scene.ports();
  const host = result.outcome === "configured" ? result.address : "";
  const link = commandLink(new HttpClient({ http, clock, host, password: webPassword }));
  await scene.do(new Promise<void>((resolve) => void clock.after(15_000, resolve)));
  expect(await scene.do(tasmotaMeter(link).readConstants())).toEqual(CONSTANTS);
  await expect(
    scene.do(tasmotaMeter(commandLink(new HttpClient({ http, clock, host }))).readConstants()),
  ).rejects.toMatchObject({
    code: "unauthorized",
  });
  for (const told of [JSON.stringify(scene.events), scene.files.text(`/home/plugs/${plug}/journal.jsonl`)]) {
    expect(told.includes(webPassword!)).toBe(false);
    expect(told.includes(HOME_NETWORK.passphrase)).toBe(false);
  }
});

test("another plug than the one that was written answers the cold start: refused by name, nothing given to it", async () => {
  const scene = new HomeScene("CP2102");
  scene.home.bench.flash.fill(0xff);
  scene.home.bench.flash.set(hangingImage());
  scene.openAndWire();
  const flash = new Uint8Array(0x100000).fill(0xff);
  flash.set(IMAGE);
  const mac = Uint8Array.from([0x48, 0x55, 0x19, 0xa1, 0xb2, 0xc3]);
  const other = createVirtualHome({ clock: scene.clock, seed: 9, bench: { flash, mac, pluggedIn: false } });
  let { line } = scene.home;
  /** The cable, and whatever it is plugged into. */
  const cable = new Proxy(line, {
    get: (_, key: keyof ByteLine) => {
      const member: unknown = line[key];
      return typeof member === "function" ? (member.bind(line) as unknown) : member;
    },
  });
  const careful = scene.person();
  const operator = {
    ...careful,
    act: async (action: { id: string; text: string }, signal?: AbortSignal) => {
      if (action.id !== "cold-start") return await careful.act(action, signal);
      scene.home.bench.hands.pullAdapterOut();
      other.bench.hands.plugAdapterIn();
      line = other.line;
    },
  };
  const work = scene.rescue({ symptom: "unknown", firmware: FIRMWARE }, { operator, line: cable });
  await expect(work).rejects.toMatchObject({
    code: "wrong-plug",
    step: "boot",
    message: expect.stringMatching(/485519a1b2c3, not c44f33/),
  });
  // No record of it: what was in its flash, damaged as it is, was sealed first.
  expect(scene.sealedBackups).toHaveLength(1);
  // Its first start wrote its own default settings, and no network's name.
  expect(Buffer.from(other.bench.flash).includes(HOME_NETWORK.ssid)).toBe(false);
});

test("an image built for a larger flash is written by a rescue only with the plug's MAC, typed for it", async () => {
  const { scene, plug } = await damaged("CP2102");
  const image = withFlashParameters(IMAGE, "4MB", "dout");
  const firmware = { image, origin: "here" };
  const before = scene.home.bench.flash.slice();
  const refused = expect.objectContaining({ code: "bad-image" });
  await expect(scene.rescue({ symptom: "unknown", firmware })).rejects.toThrowError(refused);
  const typed = { ...firmware, overrideImage: "00:11:22:33:44:55" };
  await expect(scene.rescue({ symptom: "unknown", firmware: typed })).rejects.toThrowError(refused);
  expect(scene.home.bench.flash).toEqual(before);
  const result = await scene.rescue({ symptom: "unknown", firmware: { ...firmware, overrideImage: plug } });
  expect(result).toMatchObject({ outcome: "configured", plug });
});
