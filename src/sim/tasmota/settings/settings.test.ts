import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { TestBoard } from "../../../../test/support/tasmota-host.ts";
import { tasmotaWithoutRadio } from "../../../../test/support/tasmota-without-radio.ts";
import { sectorCrc32, sectorLegacySum } from "./digests.ts";
import { setDefaults } from "./settings-defaults.ts";
import { decodeDump, encodeDump } from "./settings-dump.ts";
import { SettingsImage } from "./settings-image.ts";

/** A real 15.2 settings dump: template and names set, Wi-Fi joined. */
const DUMP = Uint8Array.from(
  readFileSync(new URL("../../../../test/fixtures/tasmota/config-backup.dmp", import.meta.url)),
);
const SECTOR = 0x1000;
const SLOTS = [0xfb, 0xfa, 0xf9, 0xf8, 0xf7, 0xf6, 0xf5, 0xf4];

function blank(): SettingsImage {
  const settings = new SettingsImage(() => {});
  setDefaults(settings);
  return settings;
}

function countAt(flash: Uint8Array, sector: number): number {
  const view = new DataView(flash.buffer, sector * SECTOR, SECTOR);
  const bytes = flash.subarray(sector * SECTOR, (sector + 1) * SECTOR);
  return view.getUint32(SECTOR - 4, true) === sectorCrc32(bytes) ? view.getUint32(4, true) : 0;
}

test("the digests give the documented values for an empty sector", () => {
  const sector = new Uint8Array(SECTOR);
  const view = new DataView(sector.buffer);
  view.setUint16(0, 4617, true);
  view.setUint16(2, 4096, true);
  view.setUint32(4, 1, true);
  view.setUint32(8, 0x0f020002, true);
  expect(sectorLegacySum(sector)).toBe(0x014e);
  view.setUint16(0x00e, 0x014e, true);
  expect(sectorCrc32(sector)).toBe(0xd992fbf2);
});

test("a blank device's settings are a real dump's, but for what was set and measured there", () => {
  const real = decodeDump(DUMP)!;
  const settings = blank();
  settings.setText("SSID1", "TestNet");
  settings.setText("Password1", "testpass123");
  settings.setText("FriendlyName1", "BeforeBackup");
  settings.setText("DeviceName", "BeforeBackup");
  settings.setText("TemplateName", "Gosund EP2");
  settings.setFixedText("user_template_name", "Gosund EP2");
  settings.setAll("user_template", [320, 65504, 576, 65504, 2656, 2720, 0, 0, 2624, 32, 0, 224, 0, 0, 0]);
  settings.set("user_template_base", 44);
  settings.setAll("ipv4_address", [0, 0x0100007f, 0x00ffffff, 0x0100007f, 0]);
  settings.set("wifi_channel", 6);
  settings.setAll("wifi_bssid", [0x02, 0x11, 0x22, 0x33, 0x44, 0x01]);
  settings.set("save_flag", 6);
  settings.set("bootcount", 1);
  settings.set("cfg_timestamp", 6);
  settings.set("cfg_crc", sectorLegacySum(settings.bytes));
  settings.set("cfg_crc32", sectorCrc32(settings.bytes));
  const differing = [...real.keys()].filter((i) => real[i] !== settings.bytes[i]);
  expect(differing.map((i) => `${i.toString(16)}: ${real[i]} ${settings.bytes[i]}`)).toEqual([]);
});

test("a dump is encoded as the real one is", () => {
  expect(encodeDump(decodeDump(DUMP)!)).toEqual(DUMP);
});

test("a dump with any single bit flipped is refused", () => {
  for (let i = 0; i < DUMP.length; i += 37) {
    const spoilt = DUMP.slice();
    spoilt[i]! ^= 1 << (i % 8);
    expect(decodeDump(spoilt), `byte ${i}`).toBeUndefined();
  }
});

test("the text pool takes 699 bytes and keeps the old text beyond", () => {
  const excesses: number[] = [];
  const settings = new SettingsImage((excess) => void excesses.push(excess));
  setDefaults(settings);
  const room = 699 - settings.poolUsed();
  expect(settings.setText("Mem1", "x".repeat(room))).toBe(true);
  expect(settings.poolUsed()).toBe(699);
  expect(settings.setText("Mem2", "yy")).toBe(false);
  expect(settings.text("Mem2")).toBe("");
  expect(excesses).toEqual([2]);
  expect(settings.text("DeviceName")).toBe("Tasmota");
});

test("a blank plug has 349 bytes of texts, as the real one counts them", () => {
  expect(blank().poolUsed()).toBe(349);
});

test("saves go round the eight slots, counting up", () => {
  const board = new TestBoard({ model: tasmotaWithoutRadio() });
  board.powerOn();
  board.run(5);
  const counts = (): number[] => SLOTS.map((slot) => countAt(board.flash, slot));
  expect(counts().slice(0, 4)).toEqual([1, 2, 3, 0]);
  for (let n = 0; n < 12; n++) {
    board.type(`Mem1 ${n}\n`);
    board.run(1.5);
  }
  const now = counts();
  const newest = Math.max(...now);
  expect([...now].sort((a, b) => a - b)).toEqual(Array.from({ length: 8 }, (_, i) => newest - 7 + i));
});

test("power lost while a slot is written leaves the settings of the slot before", () => {
  const board = new TestBoard({ model: tasmotaWithoutRadio() });
  board.powerOn();
  board.run(5);
  board.type("DeviceName first\n");
  board.run(3);
  board.type("DeviceName second\n");
  for (let n = 0; n < 400 && board.flash.includes(0); n++) {
    const before = board.flash.slice(0xf4 * SECTOR, 0xfc * SECTOR);
    board.run(0.005);
    if (before.some((byte, i) => byte !== board.flash[0xf4 * SECTOR + i])) break;
  }
  board.powerCycle();
  board.run(4);
  board.type("DeviceName\n");
  board.run(0.5);
  expect(board.heard).toContain('{"DeviceName":"first"}');
});

test("a change is lost with power cut at once, and kept when it had two seconds", () => {
  const board = new TestBoard({ model: tasmotaWithoutRadio() });
  board.powerOn();
  board.run(5);
  board.type("Mem1 early\n");
  board.run(2);
  board.type("Mem1 late\n");
  board.run(0.01);
  board.powerCycle();
  board.run(4);
  board.heard = "";
  board.type("Mem1\n");
  board.run(0.5);
  expect(board.heard).toContain('{"Mem1":"early"}');
});
