/** Espressif's esptool-js, unchanged, on the virtual chip through a Web Serial shaped port; its stub really runs. */
import { md5 } from "@noble/hashes/legacy.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { ESPLoader, type FlashOptions, getStubJsonByChipName, Transport } from "esptool-js";
import { beforeAll, expect, test } from "vitest";
import { webSerialPort } from "../../src/platform/web-serial-port.ts";
import type { BenchOptions, VirtualBench } from "../../src/sim/bench/contract.ts";
import { createBench } from "../../src/sim/bench/create-bench.ts";
import { firmwareLikeImage } from "../../src/sim/bench/firmware-like-image.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { inVirtualTime } from "../support/virtual-host.ts";

type Chip = { readMac(loader: ESPLoader): Promise<string>; getChipDescription(loader: ESPLoader): Promise<string> };

const MAC = Uint8Array.from([0xc4, 0x4f, 0x33, 0xa1, 0xb2, 0x12]);

beforeAll(async () => {
  // Read from disk before virtual time begins: the virtual world does not wait for real files.
  await getStubJsonByChipName("ESP8266");
});

function plug(options: Partial<BenchOptions> = {}): { bench: VirtualBench; clock: SimClock } {
  const clock = new SimClock();
  const bench = createBench({ clock, mac: MAC, ...options });
  // A person is never quicker: the boot text is over.
  clock.runInternal(1_000_000);
  return { clock, bench };
}

function loaderFor(bench: VirtualBench, baudrate = 115200): ESPLoader {
  return new ESPLoader({ transport: new Transport(webSerialPort(bench.line)), baudrate, romBaudrate: 115200 });
}

const digest = (image: Uint8Array): string => bytesToHex(md5(image));

test("esptool-js resets a wired board, uploads its stub, identifies, reads, erases, writes and checks", async () => {
  const { bench, clock } = plug({ wiring: { autoReset: true }, adapter: { kind: "CH340" } });
  const original = bench.flash.slice();
  const image = firmwareLikeImage({ random: new SeededRandom(3), size: 0x18000 });
  const found = await inVirtualTime(clock, async () => {
    const loader = loaderFor(bench, 460800);
    const name = await loader.main("default_reset");
    const chip = loader.chip as unknown as Chip;
    const mac = await chip.readMac(loader);
    const flashId = await loader.readFlashId();
    const read = await loader.readFlash(0xfb000, 0x3000);
    // esptool-js leaves the digest at the end unread, and the stub drops what comes before it has sent that.
    await new Promise((resolve) => setTimeout(resolve, 20));
    const wholeMd5 = await loader.flashMd5sum(0, 0x100000);
    await loader.eraseFlash();
    const erased = bench.flash.every((byte) => byte === 0xff);
    const options: FlashOptions = {
      fileArray: [{ data: image, address: 0 }],
      flashSize: "1MB",
      flashMode: "dout",
      flashFreq: "keep",
      eraseAll: false,
      compress: true,
      calculateMD5Hash: digest,
      reportProgress: () => {},
    };
    await loader.writeFlash(options);
    return { name, mac, flashId, read, wholeMd5, erased };
  });
  expect(found.name).toContain("ESP8285");
  expect(found.mac.toLowerCase()).toBe("c4:4f:33:a1:b2:12");
  // esptool-js takes the length register that an ESP8266 lacks for offset 0, so that it reads the maker's byte alone.
  expect(found.flashId & 0xff).toBe(0xc8);
  expect(found.read).toEqual(original.slice(0xfb000, 0xfe000));
  expect(found.wholeMd5).toBe(digest(original));
  expect(found.erased).toBe(true);
  expect(bench.flash.slice(0, image.length)).toEqual(image);
  expect(bench.flash.subarray(image.length).every((byte) => byte === 0xff)).toBe(true);
});

test("without a reset wire esptool-js works on a chip that was powered up with GPIO0 on ground, uncompressed too", async () => {
  const { bench, clock } = plug({ gpio0Grounded: true });
  const image = firmwareLikeImage({ random: new SeededRandom(4), size: 0x8000 });
  await inVirtualTime(clock, async () => {
    const loader = loaderFor(bench);
    await loader.main("no_reset");
    await loader.writeFlash({
      fileArray: [{ data: image, address: 0x10000 }],
      flashSize: "keep",
      flashMode: "keep",
      flashFreq: "keep",
      eraseAll: false,
      compress: false,
      calculateMD5Hash: digest,
    });
  });
  expect(bench.flash.slice(0x10000, 0x18000)).toEqual(image);
});

test("a plug that booted its firmware does not answer esptool-js", async () => {
  const { bench, clock } = plug();
  await expect(inVirtualTime(clock, () => loaderFor(bench).main("no_reset"))).rejects.toThrow("Failed to connect");
});
