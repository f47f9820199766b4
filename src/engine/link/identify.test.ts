import { expect, test } from "vitest";
import { isPlugsmithError } from "../../core/errors.ts";
import type { ChipLink } from "./chip-link.ts";
import { identifyCore } from "./identify.ts";

/** Answers register reads from a table and takes note of what else is asked of it. */
function registers(values: Readonly<Record<number, number>>): { link: ChipLink; read: number[] } {
  const read: number[] = [];
  const link = {
    readReg: (address: number) => {
      read.push(address);
      return Promise.resolve(values[address] ?? 0);
    },
    recover: () => Promise.resolve("rom"),
    port: { line: { baud: 115200 } },
  };
  return { link: link as unknown as ChipLink, read };
}

test("another chip of the family is refused by name after two reads of its magic, and left untouched", async () => {
  const { link, read } = registers({ 1073745920: 0x00f01d83 });
  const error = await identifyCore(link).catch((thrown: unknown) => thrown);
  expect(isPlugsmithError(error, "wrong-chip")).toBe(true);
  expect(error).toMatchObject({ plugState: "untouched", message: expect.stringContaining("type ESP32.") });
  expect(read).toEqual([0x40001000, 0x40001000]);
});

test("an unknown ROM is refused", async () => {
  const { link } = registers({ 1073745920: 0x12345678 });
  const error = await identifyCore(link).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "wrong-chip", message: expect.stringContaining("0x12345678") });
});

test("efuses without a valid MAC, read twice alike, stop the job before anything is uploaded", async () => {
  const { link, read } = registers({ 1073745920: 0xfff0c101, 1072693332: 0x00770000 });
  const error = await identifyCore(link).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "not-supported", message: expect.stringContaining("valid MAC address") });
  expect(read).toEqual([
    0x40001000,
    ...Array<number>(4)
      .fill(0)
      .flatMap(() => read.slice(1, 6)),
  ]);
});

test("one misread register does not change the plug's identity", async () => {
  const values: Readonly<Record<number, number>> = {
    1073745920: 0xfff0c101,
    1072693328: 0x00a1b200,
    1072693332: 0x02000000,
    1072693336: 0x0000_8000,
    1072693340: 0x00c4_4f33,
    1610612756: 694,
  };
  for (const spoilt of [0x3ff00050, 0x3ff00054, 0x3ff0005c]) {
    let times = 0;
    const events: unknown[] = [];
    const link = {
      readReg: (address: number) => {
        const value = values[address] ?? 0;
        return Promise.resolve(address === spoilt && times++ === 0 ? (value ^ 0x0100_0000) >>> 0 : value);
      },
      events: (event: unknown) => events.push(event),
      port: { line: { baud: 74880 } },
    } as unknown as ChipLink;
    expect((await identifyCore(link)).mac).toBe("c4:4f:33:00:00:00");
    expect(events).toHaveLength(1);
  }
});
