/**
 * Recorded sessions of esptool 4.7.0 and 5.3.1 against the virtual chip: the host's side is played again, byte for byte, and the
 * chip has to answer what it answered; and what the answers must be by documents and by what the flash holds is
 * checked apart from that, so that a recording of a wrong answer does not pass.
 */
import { md5 } from "@noble/hashes/legacy.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { expect, test } from "vitest";
import { drain } from "../../src/platform/node/system.ts";
import { createBench } from "../../src/sim/bench/create-bench.ts";
import { firmwareLikeImage } from "../../src/sim/bench/firmware-like-image.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { type Capture, captures, slipFrame, slipFrames } from "../support/capture.ts";

const CAPTURES = captures();
const named = (name: string): Capture => CAPTURES.find((capture) => capture.name === name)!;

/** Longer than esptool waits before it repeats a SYNC, moves the next control line or speaks at a new rate, ms. */
const PATIENCE_MS = 110;

interface Played {
  /** Everything the chip sent from the recording's first event on. */
  readonly answers: Uint8Array;
  readonly flash: Uint8Array;
}

async function play(capture: Capture): Promise<Played> {
  const clock = new SimClock();
  const { mac, gpio0Grounded, autoReset, seed } = capture.plug;
  const bench = createBench({ clock, seed, mac, gpio0Grounded, wiring: { autoReset } });
  clock.runInternal(300_000);
  const got: number[] = [];
  bench.line.listen({ bytes: (bytes) => got.push(...bytes) });
  const pause = (ms: number): Promise<void> => new Promise((resolve) => clock.port().after(ms, resolve));
  const heard = async (count: number): Promise<void> => {
    for (let waited = 0; got.length < count; waited++) {
      if (waited > 60_000) throw new Error(`${capture.name}: ${got.length} bytes of ${count} after a minute`);
      await pause(1);
    }
  };
  const work = async (): Promise<void> => {
    let expected = 0;
    let before = "";
    for (const event of capture.events) {
      await heard(expected);
      if (event.kind !== "chip" && event.kind === before) await pause(PATIENCE_MS);
      before = event.kind;
      if (event.kind === "chip") expected += event.bytes.length;
      if (event.kind === "host") await bench.line.write(slipFrame(event.frame));
      if (event.kind === "baud") {
        await bench.line.setBaud(event.baud);
        await pause(PATIENCE_MS);
      }
      if (event.kind === "lines") await bench.line.setControlLines(event.lines);
    }
    await heard(expected);
    await pause(100);
  };
  await clock.complete(drain, work());
  return { answers: Uint8Array.from(got), flash: bench.flash };
}

const chipBytes = (capture: Capture): Uint8Array =>
  Uint8Array.from(Buffer.concat(capture.events.flatMap((event) => (event.kind === "chip" ? [event.bytes] : []))));

for (const capture of CAPTURES) {
  test(`replaying esptool's side of ${capture.name} gets the same answers`, async () => {
    const { answers } = await play(capture);
    expect(Buffer.from(answers).toString("hex")).toBe(Buffer.from(chipBytes(capture)).toString("hex"));
  });
}

interface Exchange {
  readonly op: number;
  readonly request: Uint8Array;
  /** Frames that came before the host spoke again. */
  readonly replies: Uint8Array[];
}

function exchanges(capture: Capture): Exchange[] {
  const result: { op: number; request: Uint8Array; bytes: number[] }[] = [];
  for (const event of capture.events) {
    if (event.kind === "host") result.push({ op: event.frame[1]!, request: event.frame, bytes: [] });
    if (event.kind === "chip") result.at(-1)?.bytes.push(...event.bytes);
  }
  return result.map(({ op, request, bytes }) => ({ op, request, replies: slipFrames(Uint8Array.from(bytes)) }));
}

const word = (bytes: Uint8Array, offset: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(offset, true);

/** Values read from registers by READ_REG (0x0a), by address: the first of each. */
function registersRead(capture: Capture): Map<number, number> {
  const reads = exchanges(capture).filter(({ op, replies }) => op === 0x0a && replies.length > 0);
  return new Map(reads.reverse().map(({ request, replies }) => [word(request, 8), word(replies[0]!, 4)]));
}

test("the first SYNC is consumed by the baud measurement, the next is answered eight times with its own first word", () => {
  for (const name of ["rom-flash-id-rfc2217", "rom-write-socket", "v5-flash-id-rfc2217", "v5-rom-write-socket"]) {
    const syncs = exchanges(named(name)).filter(({ op }) => op === 0x08);
    expect(syncs[0]!.replies).toEqual([]);
    const reply = Uint8Array.from([0x01, 0x08, 0x02, 0x00, 0x07, 0x07, 0x12, 0x20, 0x00, 0x00]);
    expect(syncs[1]!.replies).toEqual(new Array(8).fill(reply));
  }
});

test.each(["rom-flash-id-rfc2217", "v5-flash-id-rfc2217"])(
  "the registers that esptool reads to identify the chip have their documented values: %s",
  (name) => {
    const registers = registersRead(named(name));
    const [w0, w1, w2, w3] = [0x3ff00050, 0x3ff00054, 0x3ff00058, 0x3ff0005c].map((address) => registers.get(address)!);
    expect((w0! >>> 4) & 1).toBe(1);
    expect((w2! >>> 15) & 1).toBe(1);
    expect([w3! & 0xffffff, w1! & 0xffff, w0! >>> 24]).toEqual([0xc44f33, 0xa1b2, 0x12]);
    // CRC-8 (reflected 8Ch) of the prefix's bytes 33 4F C4 00, which the SDK checks before it starts.
    expect(w2! >>> 24).toBe(0x12);
    const crystal = (115200 * (registers.get(0x60000014)! & 0xfffff)) / 1e6 / 2;
    expect(crystal).toBeGreaterThan(25);
    expect(crystal).toBeLessThan(27);
    // RDID's three bytes, left in the controller's buffer: a GD25Q80.
    expect(registers.get(0x60000240)).toBe(0x1440c8);
  },
);

test("both stubs greet after MEM_END, and before that every MEM_BEGIN and MEM_DATA is answered in ten bytes", () => {
  for (const name of ["legacy-flash-id-rfc2217", "current-flash-id-rfc2217", "v5-flash-id-rfc2217"]) {
    const upload = exchanges(named(name)).filter(({ op }) => op === 0x05 || op === 0x07);
    expect(upload.length).toBeGreaterThan(4);
    for (const { op, replies } of upload) {
      expect(replies).toHaveLength(1);
      expect(replies[0]).toHaveLength(10);
      expect([replies[0]![1], replies[0]![8]]).toEqual([op, 0]);
    }
    const start = exchanges(named(name)).find(({ op }) => op === 0x06)!;
    expect(new TextDecoder().decode(start.replies.at(-1))).toBe("OHAI");
  }
});

test("READ_FLASH gives the flash's contents and their MD5", () => {
  const clock = new SimClock();
  for (const name of ["legacy-read-socket", "current-read-socket", "v5-read-socket"]) {
    const capture = named(name);
    const { flash } = createBench({ clock, seed: capture.plug.seed, mac: capture.plug.mac, pluggedIn: false });
    const all = exchanges(capture);
    const start = all.findIndex(({ op }) => op === 0xd2);
    const frames = all
      .slice(start)
      .flatMap(({ replies }) => replies)
      .slice(1);
    const data = Buffer.concat(frames.filter((frame) => frame.length > 16));
    const [address, length] = [word(all[start]!.request, 8), word(all[start]!.request, 12)];
    expect(data.equals(flash.subarray(address, address + length))).toBe(true);
    const digest = frames.find((frame) => frame.length === 16)!;
    expect(bytesToHex(digest)).toBe(bytesToHex(md5(flash.subarray(address, address + length))));
  }
});

test("after write_flash the flash holds the image, and its MD5 equals the stub's", async () => {
  for (const name of [
    "legacy-write-socket",
    "current-write-socket",
    "rom-write-socket",
    "v5-write-socket",
    "v5-rom-write-socket",
  ]) {
    const capture = named(name);
    const image = firmwareLikeImage({ random: new SeededRandom(capture.image.seed), size: capture.image.size });
    const { flash } = await play(capture);
    expect(Buffer.from(flash.subarray(0, image.length)).equals(image)).toBe(true);
    const digests = exchanges(capture).filter(({ op }) => op === 0x13);
    expect(digests.length > 0).toBe(!name.endsWith("rom-write-socket"));
    for (const { request, replies } of digests) {
      const [address, length] = [word(request, 8), word(request, 12)];
      const reported = bytesToHex(replies[0]!.subarray(8, 24));
      expect(reported).toBe(bytesToHex(md5(flash.subarray(address, address + length))));
    }
  }
});

test("after erase_flash the whole flash is erased", async () => {
  for (const name of ["legacy-erase-socket", "current-erase-socket", "v5-erase-socket"]) {
    const { flash } = await play(named(name));
    expect(flash.every((byte) => byte === 0xff)).toBe(true);
  }
});
