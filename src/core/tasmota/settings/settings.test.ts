import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { codeOf } from "../../../../test/support/error-code.ts";
import { FIELD_TYPE_SIZE, SETTINGS_FIELDS, SETTINGS_SIZE } from "../tables/settings-fields.ts";
import { POOL_TEXTS, TEXT } from "../tables/text-pool.ts";
import { crc32, weightedSum } from "./digest.ts";
import { decodeDmp, encodeDmp } from "./dmp.ts";
import { compareSettings, listSettings, summarize } from "./listing.ts";
import { searchSettings } from "./search.ts";
import { openSector, readField, readTexts, type SettingsSector, sectorFault, withField, withText } from "./sector.ts";

const DUMP = new Uint8Array(
  readFileSync(new URL("../../../../test/fixtures/tasmota/config-backup.dmp", import.meta.url)),
);

/** The skeleton whose digests were computed with the firmware's own code: holder, size, save_flag 1, version 15.2.0.2. */
function skeleton(): Uint8Array {
  const bytes = new Uint8Array(SETTINGS_SIZE);
  bytes.set([0x09, 0x12, 0x00, 0x10, 1, 0, 0, 0, 0x02, 0x00, 0x02, 0x0f]);
  bytes.set([0x4e, 0x01], 0x00e);
  bytes.set([0xf2, 0xfb, 0x92, 0xd9], 0xffc);
  return bytes;
}

describe("the digests", () => {
  test("are those of the firmware", () => {
    expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xd202d277);
    expect(weightedSum(skeleton())).toBe(0x014e);
    expect(crc32(skeleton().subarray(0, 0xffc))).toBe(0xd992fbf2);
    expect(sectorFault(skeleton())).toBeUndefined();
  });
});

describe("a real settings backup of Tasmota 15.2", () => {
  const sector = decodeDmp(DUMP);

  test("is decoded, its digests right", () => {
    expect(summarize(sector)).toMatchObject({ version: "15.2.0.2" });
    expect(weightedSum(sector.bytes)).toBe(readField(sector, "cfg_crc"));
  });

  test("shows what the plug was set to", () => {
    const texts = readTexts(sector);
    expect(texts[TEXT.ssid1]).toBe("TestNet");
    expect(texts[TEXT.password1]).toBe("testpass123");
    expect(texts[71]).toBe("Gosund EP2");
    expect(texts[76]).toBe("BeforeBackup");
    expect(readField(sector, "user_template")).toEqual([
      320, 65504, 576, 65504, 2656, 2720, 0, 0, 2624, 32, 0, 224, 0, 0, 0,
    ]);
    expect(readField(sector, "user_template_base")).toBe(44);
    expect(readField(sector, "user_template_name")).toBe("Gosund EP2");
    expect(readField(sector, "energy_power_calibration")).toBe(12530);
    expect(readField(sector, "energy_voltage_calibration")).toBe(1950);
    expect(readField(sector, "energy_current_calibration")).toBe(3500);
    expect(readField(sector, "tele_period")).toBe(300);
    expect(readField(sector, "mqtt_port")).toBe(1883);
    expect(readField(sector, "gpio16_converted")).toBe(0xf5a0);
    expect(readField(sector, "flag2")).toBe(0x558180c0);
    expect(readField(sector, "sta_config")).toBe(4);
    expect(readField(sector, "ipv4_address")).toEqual([0, 0x0100007f, 0x00ffffff, 0x0100007f, 0]);
  });

  test("is listed with its passwords masked, and only told that they are there", () => {
    const list = listSettings(sector);
    expect(JSON.stringify(list)).not.toContain("testpass123");
    expect(list.find((entry) => entry.name === "Password1")).toMatchObject({ value: "****", masked: true });
    expect(list.find((entry) => entry.name === "Password2")).toMatchObject({ value: "", masked: true });
    expect(list.find((entry) => entry.name === "SSID1")).toMatchObject({ value: "TestNet", masked: false });
    expect(listSettings(sector, { reveal: true }).find((entry) => entry.name === "Password1")?.value).toBe(
      "testpass123",
    );
  });

  test("is encoded to the same bytes", () => {
    expect(encodeDmp(sector)).toEqual(DUMP);
  });

  test("is refused with a bit flipped, in whichever byte", () => {
    for (let i = 0; i < DUMP.length; i++) {
      const spoilt = DUMP.slice();
      spoilt[i]! ^= 1 << ((i * 5) % 8);
      if (codeOf(() => decodeDmp(spoilt)) !== "file-corrupt") expect.fail(`byte ${i} went unnoticed`);
    }
  });

  test("is refused when cut short or longer", () => {
    expect(codeOf(() => decodeDmp(DUMP.subarray(0, 4095)))).toBe("file-corrupt");
    expect(codeOf(() => decodeDmp(new Uint8Array([...DUMP, 0])))).toBe("file-corrupt");
  });
});

describe("every settings field", () => {
  const numeric = SETTINGS_FIELDS.filter(
    (field) =>
      field.type !== "pool" &&
      field.type !== "text" &&
      !["cfg_holder", "cfg_size", "cfg_crc", "cfg_crc32", "version", "config_version"].includes(field.name),
  );

  test.each(numeric.map((field) => [field.name, field] as const))(
    "%s takes its extremes and gives them back",
    (_, field) => {
      const size = FIELD_TYPE_SIZE[field.type];
      const signed = field.type.startsWith("i");
      const low = signed ? -(2 ** (8 * size - 1)) : 0;
      const high = signed ? 2 ** (8 * size - 1) - 1 : 2 ** (8 * size) - 1;
      const before = openSector(skeleton());
      const values = Array.from({ length: field.count }, (_, i) => (i % 2 === 0 ? high : low));
      const value = field.count === 1 ? high : values;
      const after = withField(before, field.name, value);
      expect(readField(after, field.name)).toEqual(value);
      expect(sectorFault(after.bytes)).toBeUndefined();
      // Nothing else has changed but the field itself and the digests.
      const digests = [0x00e, 0x00f, 0xffc, 0xffd, 0xffe, 0xfff];
      const changed = [...after.bytes.keys()].filter((i) => after.bytes[i] !== before.bytes[i] && !digests.includes(i));
      for (const i of changed) {
        expect(i).toBeGreaterThanOrEqual(field.offset);
        expect(i).toBeLessThan(field.offset + field.count * size);
      }
      expect(codeOf(() => withField(before, field.name, field.count === 1 ? high + 1 : [...values, 0]))).toBe(
        "bad-argument",
      );
    },
  );

  test.each(POOL_TEXTS.map((text) => [text.name, text.index] as const))(
    "%s takes a text and gives it back",
    (_, index) => {
      const before = openSector(skeleton());
      const after = withText(before, index, 'Käse; "x" {%}');
      expect(readTexts(after)[index]).toBe('Käse; "x" {%}');
      expect(readTexts(withText(after, index, ""))).toEqual(readTexts(before));
      expect(sectorFault(after.bytes)).toBeUndefined();
      expect(after.bytes.slice(0x2d2, 0xffc)).toEqual(before.bytes.slice(0x2d2, 0xffc));
    },
  );

  test("of text holds one byte less than its room", () => {
    const before = openSector(skeleton());
    for (const field of SETTINGS_FIELDS.filter((each) => each.type === "text")) {
      const full = "x".repeat(field.count - 1);
      expect(readField(withField(before, field.name, full), field.name)).toBe(full);
      expect(codeOf(() => withField(before, field.name, `${full}x`))).toBe("text-too-long");
    }
  });

  test("of the pool shares 699 bytes with the others, and not one more", () => {
    const before = openSector(skeleton());
    const room = 699 - POOL_TEXTS.length;
    expect(readTexts(withText(before, 44, "x".repeat(room)))[44]).toHaveLength(room);
    expect(codeOf(() => withText(before, 44, "x".repeat(room + 1)))).toBe("text-too-long");
  });
});

describe("a whole-flash backup", () => {
  const base = openSector(skeleton());
  const saved = (count: number, flag = 0x8009): SettingsSector =>
    withField(withField(base, "save_flag", count), "flag", flag);

  function flashWith(sectors: Readonly<Record<number, Uint8Array>>): Uint8Array {
    const flash = new Uint8Array(0x100000).fill(0xff);
    for (const [address, bytes] of Object.entries(sectors)) flash.set(bytes, Number(address));
    return flash;
  }

  test("gives the newest of the valid sectors", () => {
    const spoilt = saved(9).bytes.slice();
    spoilt[0x400]! ^= 1;
    const search = searchSettings(flashWith({ 1003520: saved(3).bytes, 1007616: saved(7).bytes, 1011712: spoilt }));
    expect(search.found.map((each) => each.saveCount)).toEqual([7, 3]);
    expect(search.found[0]?.address).toBe(0xf6000);
    expect(search.faulty).toEqual([{ address: 0xf7000, fault: "digest" }]);
  });

  test("gives the fixed slot where rotation was switched off", () => {
    const search = searchSettings(flashWith({ 1003520: saved(9).bytes, 1028096: saved(3, 0x9009).bytes }));
    expect(search.found[0]).toMatchObject({ address: 0xfb000, saveCount: 3 });
  });

  test("of another firmware holds none", () => {
    expect(searchSettings(flashWith({}))).toEqual({ found: [], faulty: [] });
  });
});

test("comparing two settings names what differs, keeps passwords to itself and leaves counters out", () => {
  const before = decodeDmp(DUMP);
  const after = withField(
    withText(withField(before, "save_flag", 99), TEXT.password1, "another-secret"),
    "tele_period",
    60,
  );
  const differences = compareSettings(before, after);
  expect(differences.map((each) => each.name)).toEqual(["Password1", "tele_period"]);
  expect(differences[0]).toMatchObject({ before: "****", after: "****" });
  expect(differences[1]).toMatchObject({ before: 300, after: 60 });
  expect(compareSettings(before, after, { all: true }).map((each) => each.name)).toContain("save_flag");
  expect(compareSettings(before, before)).toEqual([]);
});
