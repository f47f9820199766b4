import { describe, expect, test } from "vitest";
import { drain } from "../../platform/node/system.ts";
import { createBench } from "../../sim/bench/create-bench.ts";
import { SimClock } from "../../sim/world/clock.ts";
import { VirtualDisk } from "../../sim/world/disk.ts";
import { type Capture, capture, captureLines } from "./capture.ts";

const READ = 0x2000;

/** A capture of a virtual plug with this MAC, and what its flash was before and after. */
async function captured(mac: readonly number[]): Promise<{ kept: Capture; before: Uint8Array; after: Uint8Array }> {
  const clock = new SimClock();
  const adapter = { serialNumber: "PRIVATE7" };
  const bench = createBench({ clock, mac: Uint8Array.from(mac), gpio0Grounded: true, adapter });
  const before = bench.flash.slice();
  const work = capture({
    line: bench.line,
    clock: clock.port(),
    files: new VirtualDisk({ seed: 1 }).files,
    home: "/home",
    events: () => {},
    patienceMs: 5000,
    resetWires: false,
    tool: "test",
    host: "virtual",
    readBytes: READ,
  });
  return { kept: await clock.complete(drain, work), before, after: bench.flash };
}

const lines = (kept: Capture): Record<string, unknown>[] =>
  captureLines(kept)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** The fields that a line of each kind has: exchanges as an esptool trace tells them, timings as esptool prints them. */
const EXCHANGE_FIELDS = "id source tool what baud wire_baud chip loader needs partial altered note sequence".split(" ");
const TIMING_FIELDS =
  "source operation bytes compressed baud baud_told seconds loader adapter flash_id chip tool host notes".split(" ");

describe("a capture", () => {
  test("a capture holds exchanges with the ROM and the stub, timings at two rates, and leaves the flash unchanged", async () => {
    const { kept, before, after } = await captured([0xc4, 0x4f, 0x33, 0xa1, 0xb2, 0x12]);
    expect(after).toEqual(before);
    const all = lines(kept);
    for (const line of all) expect(Object.keys(line)).toEqual("sequence" in line ? EXCHANGE_FIELDS : TIMING_FIELDS);
    expect(kept.exchanges.map(({ loader }) => loader)).toEqual(["rom", "rom", "stub"]);
    expect(kept.timings.map(({ operation, bytes, baud }) => [operation, bytes, baud])).toEqual([
      ["flash-md5", 0x1000, 115_200],
      ["flash-md5", 0x10000, 115_200],
      ["read", READ, 115_200],
      ["read", READ, 460_800],
    ]);
    // 10 bits a byte on the wire at least.
    for (const { operation, bytes, baud, seconds } of kept.timings) {
      if (operation === "read") expect(seconds).toBeGreaterThan((bytes * 10) / baud);
    }
  });

  test("a capture holds the bytes on the wire: SYNC and the ROM's eight answers, with their timing", async () => {
    const { kept } = await captured([0xc4, 0x4f, 0x33, 0xa1, 0xb2, 0x12]);
    const [host, chip] = kept.exchanges[0]!.sequence;
    // Espressif's serial protocol: 07 07 12 20 and 32 times 55; the ROM answers eight times (esptool, sync).
    expect(host!.hex).toBe(`c0000824000000000007071220${"55".repeat(32)}c0`);
    expect(chip!.hex).toBe("c001080200070712200000c0".repeat(8));
    expect(chip!.dt_s).toBeGreaterThan((46 * 10 + 8 * 12 * 10) / 115_200);
  });
});

/** MACs whose owner's half holds what SLIP escapes, and the replacement itself. */
test.each([
  [[0xc4, 0x4f, 0x33, 0xa1, 0xb2, 0x12]],
  [[0x5c, 0xcf, 0x7f, 0xc0, 0xdb, 0xc0]],
  [[0x18, 0xfe, 0x34, 0xdb, 0xc0, 0xdb]],
  [[0x60, 0x01, 0x94, 0x00, 0x01, 0x02]],
])("a capture of the plug %j contains the maker's half of its MAC and none of the other half", async (mac) => {
  const { kept } = await captured(mac);
  const text = captureLines(kept);
  expect(text).not.toContain("PRIVATE7");
  for (const { what, altered, sequence, loader } of kept.exchanges) {
    if (!what.startsWith("READ_REG")) continue;
    expect(altered).toEqual(["0x3ff00050 byte 3", "0x3ff00054 low half"]);
    const word = (index: number): number => {
      const frame = Buffer.from(sequence[2 * index + 1]!.hex, "hex");
      const plain = Buffer.from(
        frame.toString("latin1").replaceAll("\xdb\xdc", "\xc0").replaceAll("\xdb\xdd", "\xdb"),
        "latin1",
      );
      return plain.readUInt32LE(5);
    };
    const [low, high] = [word(1), word(2)];
    expect((low >>> 24) & 0xff, loader).toBe(0x02);
    expect(high & 0xffff, loader).toBe(0x0001);
  }
  const owners = Buffer.from(mac.slice(3)).toString("hex");
  if (owners !== "000102") expect(text.replaceAll(/db dc|db dd/g, "")).not.toContain(owners);
});
