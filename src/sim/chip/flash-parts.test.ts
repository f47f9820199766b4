import { expect, test } from "vitest";
import { flashMakerOf, flashSizeOf } from "../../core/loader/chip.ts";
import { FLASH_PARTS, type FlashTimings } from "./flash-parts.ts";

const PARTS = Object.entries(FLASH_PARTS);

test("the parts that are found in and beside ESP8266s are there, by the ids that flashers print", () => {
  const ids = PARTS.map(([, { jedec }]) => jedec.map((byte) => byte.toString(16).padStart(2, "0")).join(" "));
  // esptool users: 51 4014 in espressif/esptool issue 291, 5e 4014 in wiki.hexadust.net, the others in nuket/esptool-test.
  for (const id of ["c8 40 14", "85 60 14", "e0 40 14", "51 40 14", "5e 40 14", "e0 40 16", "c8 40 13"]) {
    expect(ids).toContain(id);
  }
});

test.each(PARTS)("%s has the size that its id tells, and a maker that the host knows", (_, { jedec, size }) => {
  const [maker, type, capacity] = jedec;
  const id = maker | (type << 8) | (capacity << 16);
  expect(flashSizeOf(id)).toBe(size);
  expect(flashMakerOf(id)).not.toMatch(/unknown/);
});

test.each(PARTS)("%s is slower when it is worn, and each time taken from a real part names its place", (_, part) => {
  const { typical, slow, measured, timesAssumed } = part;
  for (const name of Object.keys(typical) as (keyof FlashTimings)[]) {
    expect(slow[name], name).toBeGreaterThanOrEqual(typical[name]);
  }
  for (const place of Object.values(measured)) expect(place).not.toBe("");
  // What no data sheet and no measurement tells is the GD25Q80's.
  if (!timesAssumed) return;
  const borrowed = FLASH_PARTS.GD25Q80.typical;
  for (const name of Object.keys(typical) as (keyof FlashTimings)[]) {
    if (!(name in measured)) expect(typical[name], name).toBe(borrowed[name]);
  }
});
