import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openVirtualPlug } from "../../host/virtual/virtual-plug.ts";
import { createNodeEnvironment } from "../../platform/node/index.ts";
import { firmwareLikeImage } from "../../sim/bench/firmware-like-image.ts";
import { buildModelImage } from "../../sim/tasmota/model-image.ts";
import { STAND_IN_TEXT } from "../../sim/tasmota/tasmota-model.ts";
import { SeededRandom } from "../../sim/world/seeded-random.ts";
import { flashToExecute } from "./executed-firmware.ts";
import type { SimOptions } from "./listen.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plugsmith-executed-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const image = (flashSizeAndSpeed: number): Uint8Array =>
  firmwareLikeImage({ random: new SeededRandom(1), size: 0x10000, flashSizeAndSpeed });

function options(bytes: Uint8Array | undefined, more: Partial<SimOptions> = {}): SimOptions {
  const file = join(folder, "image.bin");
  if (bytes !== undefined) writeFileSync(file, bytes);
  return { firmware: bytes === undefined ? undefined : file, ...more } as SimOptions;
}

describe("the flash of a plug that executes a file", () => {
  test.each([
    [0x20, 0x100000],
    [0x30, 0x200000],
    [0x40, 0x400000],
  ])("an image with header byte %i gets a flash of %i bytes, the image at its start", async (header, size) => {
    const bytes = image(header);
    const flash = (await flashToExecute(options(bytes)))!;
    expect(flash.length).toBe(size);
    expect(flash.subarray(0, bytes.length)).toEqual(bytes);
    expect(flash.subarray(bytes.length).every((byte) => byte === 0xff)).toBe(true);
  });

  test("a packed image is unpacked", async () => {
    const bytes = image(0x20);
    const flash = (await flashToExecute(options(gzipSync(bytes))))!;
    expect(flash.subarray(0, bytes.length)).toEqual(bytes);
  });

  test("without an image there is none", async () => {
    expect(await flashToExecute(options(undefined))).toBeUndefined();
  });

  test.each<[string, Partial<SimOptions>]>([["--flash", { flash: "flash.bin" }]])(
    "%s beside it is refused",
    async (_, more) => {
      await expect(flashToExecute(options(image(0x20), more))).rejects.toMatchObject({ code: "bad-argument" });
    },
  );

  test("what is no image is refused", async () => {
    await expect(flashToExecute(options(new Uint8Array(5000).fill(0x55)))).rejects.toMatchObject({ code: "bad-image" });
  });
});

const environment = createNodeEnvironment({ home: "unused", tool: "test" });

test("the plug's chip runs an image that is not the stand-in's own, and the stand-in answers for its own", async () => {
  const own = new Uint8Array(0x100000).fill(0xff);
  own.set(buildModelImage());
  const other = own.slice();
  const at = Buffer.from(other.buffer).indexOf(STAND_IN_TEXT);
  other.fill(0x20, at, at + STAND_IN_TEXT.length);
  const heard = async (contents: Uint8Array): Promise<string> => {
    const plug = await openVirtualPlug(environment, { folder: undefined, start: "run", contents });
    plug.world.runInternal(5e6);
    await plug.close();
    return plug.bench.heard(115_200);
  };
  expect(await heard(own)).toContain("Project tasmota");
  expect(await heard(other)).not.toContain("Project tasmota");
});
