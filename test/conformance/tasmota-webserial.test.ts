/** tasmota-webserial-esptool, unchanged, on the virtual chip: it uploads the legacy stub. */
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { webSerialPort } from "../../src/platform/web-serial-port.ts";
import type { BenchOptions, VirtualBench } from "../../src/sim/bench/contract.ts";
import { createBench } from "../../src/sim/bench/create-bench.ts";
import { firmwareLikeImage } from "../../src/sim/bench/firmware-like-image.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { inVirtualTime } from "../support/virtual-host.ts";

/** What is used of the package; its own types need a bundler. */
interface Loader {
  readonly chipName: string;
  readonly flashSize: string | null;
  initialize(): Promise<void>;
  macAddr(): number[];
  runStub(): Promise<Loader>;
  setBaudrate(baud: number): Promise<void>;
  flashId(): Promise<number>;
  readFlash(address: number, size: number): Promise<Uint8Array>;
  eraseFlash(): Promise<void>;
  flashData(
    image: ArrayBufferLike,
    progress: (written: number, total: number) => void,
    offset: number,
    compress: boolean,
  ): Promise<void>;
}
type LoaderClass = new (port: SerialPort, logger: Record<"log" | "error" | "debug", (text: string) => void>) => Loader;

let ESPLoader: LoaderClass;

beforeAll(async () => {
  // The package's main entry has imports that only bundlers resolve; its browser bundle is the same code. The stub's
  // chunk is loaded before virtual time begins: the virtual world does not wait for real files.
  const folder = join(dirname(createRequire(import.meta.url).resolve("tasmota-webserial-esptool")), "web");
  ({ ESPLoader } = (await import(pathToFileURL(join(folder, "index.js")).href)) as { ESPLoader: LoaderClass });
  const chunk = readdirSync(folder).find((name) => name.startsWith("esp8266-"))!;
  await import(pathToFileURL(join(folder, chunk)).href);
});

async function opened(options: Partial<BenchOptions>): Promise<{
  bench: VirtualBench;
  work: <T>(job: (loader: Loader) => Promise<T>) => Promise<T>;
}> {
  const clock = new SimClock();
  const bench = createBench({ clock, ...options });
  // A person is never quicker: the boot text is over.
  clock.runInternal(1_000_000);
  const port = webSerialPort(bench.line);
  const work = <T>(job: (loader: Loader) => Promise<T>): Promise<T> =>
    inVirtualTime(clock, async (note) => {
      await port.open({ baudRate: 115200 });
      const loader = new ESPLoader(port, { log: note, error: note, debug: note });
      await loader.initialize();
      return job(loader);
    });
  return { bench, work };
}

test("it resets a wired board, runs the legacy stub, reads, erases, writes", async () => {
  const { bench, work } = await opened({ wiring: { autoReset: true } });
  const original = bench.flash.slice();
  const image = firmwareLikeImage({ random: new SeededRandom(3), size: 0x18000 });
  const found = await work(async (loader) => {
    const stub = await loader.runStub();
    await stub.setBaudrate(460800);
    const flashId = await stub.flashId();
    const read = await stub.readFlash(0xfb000, 0x3000);
    await stub.eraseFlash();
    const erased = bench.flash.every((byte) => byte === 0xff);
    await stub.flashData(image.buffer, () => {}, 0, true);
    const back = await stub.readFlash(0, image.length);
    return { chip: loader.chipName, mac: loader.macAddr(), size: stub.flashSize, flashId, read, erased, back };
  });
  expect(found).toMatchObject({ chip: "ESP8266", mac: [...bench.mac], size: "1MB", erased: true });
  expect(found.flashId & 0xffffff).toBe(0x1440c8);
  expect(found.read).toEqual(original.slice(0xfb000, 0xfe000));
  expect(found.back).toEqual(image);
  expect(bench.flash.slice(0, image.length)).toEqual(image);
});

test("without a reset wire it works on a chip powered up with GPIO0 on ground", async () => {
  const { bench, work } = await opened({ gpio0Grounded: true });
  const image = firmwareLikeImage({ random: new SeededRandom(4), size: 0x8000 });
  await work(async (loader) => {
    const stub = await loader.runStub();
    await stub.flashData(image.buffer, () => {}, 0x10000, false);
  });
  expect(bench.flash.slice(0x10000, 0x18000)).toEqual(image);
});
