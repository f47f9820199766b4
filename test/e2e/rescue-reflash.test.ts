/** The last recovery option: a firmware that hangs is written again over the wires, and the plug is what it was before. */

import { expect, test } from "vitest";
import { foldConversion } from "../../src/core/conversion/state.ts";
import { withFlashParameters } from "../../src/core/image/header.ts";
import { plugFolder } from "../../src/engine/home/folders.ts";
import { readJournal } from "../../src/engine/home/journal.ts";
import { readSecrets } from "../../src/engine/home/plug-records.ts";
import { openConversionLog } from "../../src/engine/jobs/conversion-log.ts";
import { ConversionSteps } from "../../src/engine/jobs/conversion-steps.ts";
import type { ByteLine, OperatorChecklist } from "../../src/engine/ports.ts";
import { commandLink } from "../../src/engine/tasmota/command-link.ts";
import { HttpClient } from "../../src/engine/tasmota/http-client.ts";
import { tasmotaMeter } from "../../src/engine/tasmota/meter.ts";
import { createVirtualHome, HOME_NETWORK } from "../../src/sim/home/virtual-home.ts";
import { EP2_GUIDE, EP2_TEXTS } from "../support/conversion-options.ts";
import { hangingImage } from "../support/hanging-image.ts";
import { HomeRig, IMAGE } from "../support/home-rig.ts";
import { CONSTANTS, recordCalibration } from "../support/rescue-rig.ts";
import { EP2 } from "../support/setup-rig.ts";

const FIRMWARE = { image: IMAGE, origin: "the built-in stand-in" };

/** Before Tasmota's settings, which lie in the last sectors (tasmota/include/tasmota_globals.h, SPIFFS_END). */
const SETTINGS_AT = 0xf3000;

/** Converted, calibrated and closed; then its firmware is damaged, and its person has put the wires on again. */
async function damaged(adapter: "CP2102" | "FT232R"): Promise<{ rig: HomeRig; plug: string }> {
  const rig = new HomeRig(adapter);
  const { plug } = await rig.convert();
  await recordCalibration(rig.files, plug);
  rig.openAndWire();
  const { flash } = rig.home.bench;
  flash.fill(0xff, 0, SETTINGS_AT);
  flash.set(hangingImage());
  rig.answers.length = 0;
  rig.events.length = 0;
  return { rig, plug };
}

test.each([
  { adapter: "CP2102", how: "over the wires, and is closed afterwards" },
  { adapter: "FT232R", how: "closed and at mains: its radio must not run on 50 mA" },
] as const)("a firmware that hangs is written again at a $adapter; the plug joins $how", async ({ adapter }) => {
  const { rig, plug } = await damaged(adapter);
  const { bench } = rig.home;
  const result = await rig.rescue({ symptom: "unknown", firmware: FIRMWARE });
  expect(result).toMatchObject({ outcome: "configured", plug, calibration: "restored" });
  expect(result.walked.at(-1)).toBe("write-anew");
  expect(rig.answers).toContain("lose-settings: write-anew");
  // The vendor's firmware was sealed by the conversion; the damaged one in its place is nothing to keep.
  expect(rig.sealedBackups).toHaveLength(1);
  expect(Buffer.compare(rig.files.now.get(rig.sealedBackups[0]!)!.bytes, Buffer.from(rig.original))).toBe(0);

  const wired = adapter === "CP2102";
  expect(result.wiresAttached).toBe(wired);
  expect(rig.home.atMains).toBe(!wired);
  const log = await openConversionLog(rig.files, "/home", plug, rig.clock.port());
  const options = { profile: EP2, guide: EP2_GUIDE, texts: EP2_TEXTS };
  await rig.do(new ConversionSteps(rig.ports(), options, log, plug).close());
  await log.close();
  const { wiresAttached, finished } = foldConversion(await readJournal(rig.files, plugFolder("/home", plug)));
  expect(wiresAttached).toBe(false);
  expect(finished.has("close-case")).toBe(true);
  rig.home.plugIntoMains(true);
  expect(bench.incidents).toEqual([]);

  const { webPassword } = await readSecrets({ files: rig.files, path: "/home" }, plug);
  const { http, clock } = rig.ports();
  const host = result.outcome === "configured" ? result.address : "";
  const link = commandLink(new HttpClient({ http, clock, host, password: webPassword }));
  await rig.do(new Promise<void>((resolve) => void clock.after(15_000, resolve)));
  expect(await rig.do(tasmotaMeter(link).readConstants())).toEqual(CONSTANTS);
  await expect(
    rig.do(tasmotaMeter(commandLink(new HttpClient({ http, clock, host }))).readConstants()),
  ).rejects.toMatchObject({
    code: "unauthorized",
  });
  for (const reported of [JSON.stringify(rig.events), rig.files.text(`/home/plugs/${plug}/journal.jsonl`)]) {
    expect(reported.includes(webPassword!)).toBe(false);
    expect(reported.includes(HOME_NETWORK.passphrase)).toBe(false);
  }
});

test("another plug than the one that was written answers the cold start: refused by name, nothing given to it", async () => {
  const rig = new HomeRig("CP2102");
  rig.home.bench.flash.fill(0xff);
  rig.home.bench.flash.set(hangingImage());
  rig.openAndWire();
  const flash = new Uint8Array(0x100000).fill(0xff);
  flash.set(IMAGE);
  const mac = Uint8Array.from([0x48, 0x55, 0x19, 0xa1, 0xb2, 0xc3]);
  const other = createVirtualHome({ clock: rig.clock, seed: 9, bench: { flash, mac, pluggedIn: false } });
  let { line } = rig.home;
  /** The cable, and whatever it is plugged into. */
  const cable = new Proxy(line, {
    get: (_, key: keyof ByteLine) => {
      const member: unknown = line[key];
      return typeof member === "function" ? (member.bind(line) as unknown) : member;
    },
  });
  const careful = rig.person();
  const operator = {
    ...careful,
    check: async (list: OperatorChecklist, signal?: AbortSignal) => {
      if (list.items.every(({ id }) => id !== "cold-start")) return await careful.check(list, signal);
      rig.home.bench.actions.pullAdapterOut();
      other.bench.actions.plugAdapterIn();
      line = other.line;
      return { confirmed: list.items.map(({ id }) => id) };
    },
  };
  const work = rig.rescue({ symptom: "unknown", firmware: FIRMWARE }, { operator, line: cable });
  await expect(work).rejects.toMatchObject({
    code: "wrong-plug",
    step: "boot",
    message: expect.stringMatching(/485519a1b2c3 is on the wires, but plug c44f33/),
  });
  // No record of it: what was in its flash, damaged as it is, was sealed first.
  expect(rig.sealedBackups).toHaveLength(1);
  // Its first start wrote its own default settings, and no network's name.
  expect(Buffer.from(other.bench.flash).includes(HOME_NETWORK.ssid)).toBe(false);
});

test("an image built for a larger flash is written by a rescue only with the plug's MAC, typed for it", async () => {
  const { rig, plug } = await damaged("CP2102");
  const image = withFlashParameters(IMAGE, "4MB", "dout");
  const firmware = { image, origin: "here" };
  const before = rig.home.bench.flash.slice();
  const refused = expect.objectContaining({ code: "bad-image" });
  await expect(rig.rescue({ symptom: "unknown", firmware })).rejects.toThrowError(refused);
  const typed = { ...firmware, overrideImage: "00:11:22:33:44:55" };
  await expect(rig.rescue({ symptom: "unknown", firmware: typed })).rejects.toThrowError(refused);
  expect(rig.home.bench.flash).toEqual(before);
  const result = await rig.rescue({ symptom: "unknown", firmware: { ...firmware, overrideImage: plug } });
  expect(result).toMatchObject({ outcome: "configured", plug });
});
