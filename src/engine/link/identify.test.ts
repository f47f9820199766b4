import { describe, expect, test } from "vitest";
import { replyFrame, type StubRig, stubRig } from "../../../test/support/scripted-stub.ts";
import { u32le } from "../../core/bytes.ts";
import { isPlugsmithError } from "../../core/errors.ts";
import type { ChipLink } from "./chip-link.ts";
import { attachFlash, identifyCore, readFlashId } from "./identify.ts";

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

// ESP8266 Technical Reference and eagle_soc spi_register.h: SPI_CMD, SPI_USER, SPI_USER1, SPI_USER2, SPI_W0.
const [COMMAND, USER, USER1, USER2, WORD0] = [0x60000200, 0x6000021c, 0x60000220, 0x60000224, 0x60000240];
const START = 0x00040000;

/** An SPI controller with a flash behind it; `ids` are what one reading after the other gives, the last for ever. */
function withFlash(ids: readonly number[], looks = 1): StubRig & { readonly asked: number[][] } {
  const made = stubRig();
  const { stub } = made;
  const asked: number[][] = [];
  let left = 0;
  stub.ram.set(USER, 0x11).set(USER2, 0x22).set(WORD0, 0xaaaaaaaa);
  stub.script = (name, frame) => {
    const at = name === "readReg" || name === "writeReg" ? u32le(frame, 8) : 0;
    if (name === "writeReg" && at === COMMAND) {
      asked.push([u32le(frame, 12), ...[USER, USER1, USER2, WORD0].map((each) => stub.ram.get(each)!)]);
      left = looks;
      // What comes after the id on the wire is not part of it.
      stub.ram.set(WORD0, 0x5a000000 + (ids[asked.length - 1] ?? ids.at(-1)!));
    }
    if (name !== "readReg" || at !== COMMAND) return false;
    left--;
    stub.say(replyFrame("readReg", { value: left > 0 ? START + 1 : 1 }));
    return true;
  };
  return { ...made, asked };
}

describe("the flash's id", () => {
  test("is read by RDID as three bytes, twice alike, and the controller's registers are put back", async () => {
    // GD25Q80: C8h 40h 14h (data sheet, "Read Identification").
    const { stub, link, run, asked } = withFlash([0x1440c8]);
    const found = await run(readFlashId(link));
    expect(found).toEqual({ flashId: 0x1440c8, flashMaker: "GigaDevice", flashSize: 0x100000 });
    // Start; command and read; 24 bits; 8 bits of command, 9Fh; an empty word.
    expect(asked).toEqual(Array(2).fill([START, 0x90000000, 23 << 8, 0x7000009f, 0]));
    expect([stub.ram.get(USER), stub.ram.get(USER2)]).toEqual([0x11, 0x22]);
  });

  test("is waited for while the controller is busy, at most ten looks", async () => {
    for (const [looks, reads] of [
      [4, 4],
      [50, 10],
    ] as const) {
      const { stub, link, run } = withFlash([0x1440c8], looks);
      await run(readFlashId(link));
      const looked = stub.frames.filter((frame, i) => stub.asked[i] === "readReg" && u32le(frame, 8) === COMMAND);
      expect(looked).toHaveLength(2 * reads);
    }
  });

  test("is read again where one bit turned on its way", async () => {
    const made = withFlash([0x1440c8 ^ 0x010000, 0x1440c8]);
    expect(await made.run(readFlashId(made.link))).toMatchObject({ flashId: 0x1440c8 });
    expect(made.retries).toEqual([expect.stringMatching(/^1: /)]);
  });

  test("is not guessed where each reading differs", async () => {
    const made = withFlash([1, 2, 3, 4, 5, 6, 7].map((n) => 0x1440c0 + n));
    await expect(made.run(readFlashId(made.link))).rejects.toMatchObject({ code: "bad-reply", step: "identify" });
    // The first and four more.
    expect(made.asked).toHaveLength(5);
    expect(made.retries.map((each) => each[0])).toEqual(["1", "2", "3", "4"]);
  });

  test.each([
    [0x000000, "0x000000"],
    [0xffffff, "0xffffff"],
    [0x0000c8, "0x0000c8"],
  ])("%i is no flash's, and the error names it with six digits", async (id, text) => {
    const made = withFlash([id]);
    const error = await made.run(readFlashId(made.link).catch((thrown: unknown) => thrown));
    expect(error).toMatchObject({ code: "flash-protected", step: "identify", message: expect.stringContaining(text) });
  });

  test("needs the flash's pins, which the ROM gives on FLASH_BEGIN of nothing and a stub has given", async () => {
    for (const [who, sent] of [
      ["rom", [[0, 0, 0, 0]]],
      ["our-stub", []],
    ] as const) {
      const { stub, link, run } = stubRig();
      link.answering = who;
      await run(attachFlash(link));
      expect(stub.frames.map((frame) => [8, 12, 16, 20].map((at) => u32le(frame, at)))).toEqual(sent);
    }
  });
});

test("a ROM's magic is named with eight digits", async () => {
  const { link } = registers({ 1073745920: 0x00001234 });
  const error = await identifyCore(link).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ step: "identify", message: expect.stringContaining("0x00001234") });
});
