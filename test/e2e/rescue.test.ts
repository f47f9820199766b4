/**
 * The recovery options, each tried on the virtual plug to its end: configured, locked, audited, its calibration set again.
 * Recovery options over wires stand in rescue-wires.test.ts.
 */
import { expect, test } from "vitest";
import { examineFirmware } from "../../src/core/firmware/examine.ts";
import type { WifiCredentials } from "../../src/core/tasmota/credentials.ts";
import { openPlugJournal } from "../../src/engine/home/plug-journal.ts";
import type { RescueResult } from "../../src/engine/rescue/contract.ts";
import { buildModelImage } from "../../src/sim/tasmota/model-image.ts";
import { CONSTANTS, MAC, RescueRig } from "../support/rescue-rig.ts";
import { GOOD } from "../support/setup-rig.ts";

/** Module 0 as the settings hold it: the template is in force. */
const USER_MODULE = 255;

/** What every recovery option has to end with. */
function expectWhole(rig: RescueRig, result: RescueResult, calibration: "restored" | "kept"): void {
  expect(result).toMatchObject({ outcome: "configured", plug: MAC, calibration, wiresAttached: false });
  expect(result.outcome === "configured" && result.passed.includes("Template")).toBe(true);
  expect(rig.constants).toEqual(CONSTANTS);
  const { webPassword } = JSON.parse(rig.files.text(`/home/plugs/${MAC}/secrets.json`)) as { webPassword: string };
  expect(rig.core.settings.text("WebPassword")).toBe(webPassword);
  for (const reported of [JSON.stringify(rig.events), rig.files.text(`/home/plugs/${MAC}/journal.jsonl`)]) {
    expect(reported.includes(webPassword)).toBe(false);
  }
  for (const request of rig.requests) expect(request.url.includes(webPassword)).toBe(false);
}

/** The router is another one, of another name. */
function newNetwork(rig: RescueRig): WifiCredentials {
  const credentials = { ssid: "NewNet", passphrase: "new passphrase" };
  rig.medium.remove(rig.router);
  rig.medium.add({ ...credentials, bssid: "02:11:22:33:44:07", signal: -50, lan: rig.lan });
  return credentials;
}

test("a router with a new password: six presses open the access point, and the plug's password lets in there", async () => {
  const rig = new RescueRig();
  await rig.converted();
  const credentials = newNetwork(rig);
  rig.board.run(60);
  const result = await rig.rescue({ symptom: "wrong-wifi", wifi: credentials });
  expect(result.walked).toEqual(["six-presses", "access-point"]);
  expectWhole(rig, result, "kept");
  expect(rig.core.settings.text("SSID1")).toBe("NewNet");
});

test("a lost web password: the button held for 40 s, the access point, and the calibration from the journal", async () => {
  const rig = new RescueRig();
  await rig.converted();
  rig.files.now.delete(`/home/plugs/${MAC}/secrets.json`);
  const result = await rig.rescue({ symptom: "lost-password" });
  expect(result).toMatchObject({ walked: ["hold-button", "access-point"] });
  expect(rig.asked).toContain("lose-settings: hold-button");
  expectWhole(rig, result, "restored");
  expect(rig.core.settings.text("DeviceName")).toBe("Kitchen plug");
});

test("a lost web password where the button is not wanted: seven power cycles", async () => {
  const rig = new RescueRig();
  await rig.converted();
  rig.files.now.delete(`/home/plugs/${MAC}/secrets.json`);
  rig.answers = { "lose-settings": "seven-power-cycles" };
  const result = await rig.rescue({ symptom: "lost-password" });
  expect(result).toMatchObject({ walked: ["seven-power-cycles", "access-point"] });
  expectWhole(rig, result, "restored");
});

test("a web password that is on record after all opens the door at once", async () => {
  const rig = new RescueRig();
  const address = await rig.converted();
  const result = await rig.rescue({ symptom: "lost-password" });
  expect(result).toMatchObject({ walked: ["in-network"], address });
  expectWhole(rig, result, "kept");
});

test("seven power cycles by accident: the blank plug's access point is found, and everything is set again", async () => {
  const rig = new RescueRig();
  await rig.converted();
  rig.board.powerOff();
  for (let cycle = 0; cycle < 8; cycle++) {
    rig.board.run(2);
    rig.board.powerOn();
    if (cycle < 7) rig.board.run(2);
    if (cycle < 7) rig.board.powerOff();
  }
  rig.board.run(20);
  expect(rig.core.settings.text("SSID1")).toBe("");
  const before = await rig.oldPassword();
  const result = await rig.rescue({ symptom: "settings-gone" });
  expect(result).toMatchObject({ walked: ["access-point"] });
  expectWhole(rig, result, "restored");
  expect(await rig.oldPassword()).toBe(before);
});

test("a forgotten address: the plug is found by its MAC, and behind its password by its person", async () => {
  const rig = new RescueRig();
  const address = await rig.converted();
  rig.files.now.delete(`/home/plugs/${MAC}/network.json`);
  const result = await rig.rescue({ symptom: "lost-address", plug: MAC });
  expect(result).toMatchObject({ walked: ["in-network"], address });
  expect(rig.asked).toEqual([`which-address: ${address}`]);
  expectWhole(rig, result, "kept");
});

test("an access point whose three minutes are over is opened again by a power cycle", async () => {
  const rig = new RescueRig();
  await rig.converted();
  const credentials = newNetwork(rig);
  await rig.do(rig.pressSixTimes());
  rig.board.run(20);
  expect(rig.core.network.managerActive).toBe(true);
  rig.board.run(165);
  expect(rig.core.network.managerActive).toBe(false);
  const result = await rig.rescue({ symptom: "access-point-gone", wifi: credentials });
  expect(result).toMatchObject({ walked: ["power-cycle", "access-point"] });
  expect(rig.asked).toEqual(["still-closed: closed", "power-cycle"]);
  expectWhole(rig, result, "kept");
  // What opened the access point may not open it again when the router is away.
  expect(rig.core.settings.get("sta_config")).toBe(4);
});

test("a boot loop: Tasmota's guard takes the module away, and the template comes back", async () => {
  const rig = new RescueRig();
  const address = await rig.converted();
  for (let i = 0; i < 7; i++) {
    rig.board.run(4);
    rig.board.reset(4);
  }
  rig.board.run(4);
  expect(rig.core.settings.get("module")).not.toBe(USER_MODULE);
  const result = await rig.rescue({ symptom: "boot-loop" });
  expect(result).toMatchObject({ walked: ["wait", "in-network"], address });
  expectWhole(rig, result, "kept");
});

test("stuck on a minimal Tasmota: the upgrade is finished over the air, and the plug is as it was", async () => {
  const rig = new RescueRig();
  const address = await rig.converted();
  rig.board.powerOff();
  rig.board.flash.set(buildModelImage({ image: "minimal", metering: false }));
  rig.board.powerOn();
  rig.board.run(15);
  const file = buildModelImage();
  const examination = examineFirmware(file, { flashSize: "1MB", flashMode: "dout" });
  const result = await rig.rescue({
    symptom: "minimal",
    upgradeImage: () => Promise.resolve({ name: "tasmota.bin", file, examination, version: undefined }),
  });
  expect(result).toMatchObject({ walked: ["finish-upgrade"], address });
  expect(rig.asked).toEqual([]);
  expectWhole(rig, result, "kept");
});

test.each([
  { where: "in its network", symptom: "unknown", joined: true },
  { where: "behind its access point", symptom: "settings-gone", joined: false },
] as const)(
  "with wires on record and none in this run, a plug $where is worked on only out of its socket",
  async (at) => {
    const rig = new RescueRig();
    if (at.joined) await rig.converted();
    else rig.board.powerOn();
    rig.board.run(20);
    const journal = await openPlugJournal(rig.files, "/home", MAC);
    await journal.append({ type: "wires-attached", version: 1, at: "2026-11-22T10:00:00Z" });
    await journal.close();
    rig.answers = { "away-from-mains": "no" };
    rig.requests.length = 0;
    const error = await rig.failure(rig.rescue({ symptom: at.symptom, plug: MAC }));
    expect(error.code).toBe("unsafe");
    expect(rig.asked).toEqual(["away-from-mains: no"]);
    expect(rig.core.settings.text("SSID1")).toBe(at.joined ? GOOD.ssid : "");
    rig.answers = {};
    const result = await rig.rescue({ symptom: at.symptom, plug: MAC });
    expect(result).toMatchObject({ outcome: "configured", wiresAttached: true });
    expect(rig.asked.filter((line) => line !== "away-from-mains: yes")).toEqual(["away-from-mains: no"]);
  },
);
