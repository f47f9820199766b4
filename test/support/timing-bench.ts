/**
 * Times one operation of a flasher on the virtual plug, the way esptool does it: stop and wait, the legacy stub, the
 * seconds that it prints. For comparing the virtual plug with lines that people posted of real ones
 * (test/fixtures/real-chips/timings.jsonl).
 */
import { zlibSync } from "fflate";
import { dataFields, encodeReadAck } from "../../src/core/loader/protocol.ts";
import { ChipLink } from "../../src/engine/link/chip-link.ts";
import { connect } from "../../src/engine/link/connect.ts";
import { FramePort } from "../../src/engine/link/frame-port.ts";
import { drain } from "../../src/platform/node/system.ts";
import type { AdapterOptions } from "../../src/sim/bench/contract.ts";
import { createBench } from "../../src/sim/bench/create-bench.ts";
import { FLASH_PARTS, type FlashPartName } from "../../src/sim/chip/flash-parts.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { recorded } from "./recorded.ts";
import { readStub } from "./stub-session.ts";

export interface TimingRow {
  readonly source: string;
  readonly operation: "read" | "write" | "erase-chip" | "erase-region-rom" | "flash-md5";
  /** Null where the size of the flash was not told. */
  readonly bytes: number | null;
  readonly compressed?: number | undefined;
  readonly baud: number;
  readonly seconds: number;
  readonly loader: string;
  readonly adapter?: string | undefined;
  /** Maker and device of the flash, as esptool prints them. */
  readonly flash?: string | undefined;
  readonly chip: string;
  /** Version of esptool. */
  readonly tool?: string | undefined;
}

/** Longer streams are measured for this long, and the rest is taken to go on like that. */
const LONGEST_STREAM = 0x80000;
const STUB_BLOCK = 0x4000;
const BLOCK_ERASE = 0x10000;
/** More than any part takes, ms. */
const PATIENCE_MS = 300_000;

/** The part that stands for a flash that was not told: any may be meant. */
export const NOT_REPORTED = "GD25Q80";

/** Which virtual part stands for the real one: by its id, by its size inside an ESP8285, else undefined. */
export function partOf({
  flash,
  bytes,
  operation,
  chip,
}: Pick<TimingRow, "flash" | "chip"> & Partial<TimingRow>): FlashPartName | undefined {
  const inside = chip.startsWith("ESP8285");
  const found = Object.entries(FLASH_PARTS).find(([name, { jedec }]) => {
    const [maker, type, capacity] = jedec.map((byte) => byte.toString(16).padStart(2, "0"));
    return flash === `${maker} ${type}${capacity}` && name.startsWith("ESP8285") === (inside && maker === "e0");
  });
  if (found !== undefined) return found[0] as FlashPartName;
  if (!inside) return undefined;
  return operation === "erase-chip" && bytes === 0x200000 ? "ESP8285H16" : "ESP8285";
}

const ADAPTERS: Readonly<Record<string, AdapterOptions>> = {
  // The FTDI adapters of the one source with many timings behave as with their latency timer at 1 ms.
  FT232: { kind: "FT232R", latencyMs: 1 },
  "CP2102, black": { kind: "CP2102-slow" },
  CP2102: { kind: "CP2102" },
  CP2104: { kind: "CP2104" },
  CH340: { kind: "CH340" },
  PL2303: { kind: "PL2303" },
};

/** The virtual adapter for the one that was told; where none was, one that adds little. */
export function adapterOf({ adapter }: TimingRow): AdapterOptions {
  const known = Object.entries(ADAPTERS).find(([name]) => adapter?.startsWith(name));
  return { ...(known?.[1] ?? { kind: "CP2102" }), maxBaud: 4_000_000 };
}

/** Virtual seconds of what the row's line tells. */
export async function measure(row: TimingRow): Promise<number> {
  const clock = new SimClock();
  const bench = createBench({
    clock,
    gpio0Grounded: true,
    flashPart: partOf(row) ?? NOT_REPORTED,
    adapter: adapterOf(row),
  });
  const link = new ChipLink(new FramePort(recorded(bench.line, clock), clock.port(), undefined), () => {});
  const work = async (): Promise<number> => {
    await connect(link, { patienceMs: 5000, resetWires: false });
    if (row.loader !== "rom") await startLegacyStub(link);
    if (row.baud !== 115_200) await changeBaud(link, row.baud);
    const timed = async (act: () => Promise<unknown>): Promise<number> => {
      const began = clock.now;
      await act();
      return (clock.now - began) / 1e6;
    };
    return OPERATIONS[row.operation](link, row, timed);
  };
  return clock.complete(drain, work());
}

async function startLegacyStub(link: ChipLink): Promise<void> {
  const { textStart, text, dataStart, data, entry } = readStub("legacy");
  for (const [at, bytes] of [
    [textStart, text],
    [dataStart, data],
  ] as const) {
    await link.exchange("memBegin", {
      size: bytes.length,
      blocks: Math.ceil(bytes.length / 0x1800),
      blockSize: 0x1800,
      at,
    });
    for (let i = 0; i * 0x1800 < bytes.length; i++) {
      const block = bytes.slice(i * 0x1800, (i + 1) * 0x1800);
      await link.exchange("memData", dataFields(block, i), { data: block });
    }
  }
  await link.exchange("memEnd", { stay: 0, entry });
  await link.port.next(500);
  link.answering = "other-stub";
}

async function changeBaud(link: ChipLink, baud: number): Promise<void> {
  await link.exchange("changeBaud", { baud, old: 115_200 });
  await new Promise<void>((resolve) => link.port.clock.after(50, resolve));
  await link.port.line.setBaud(baud);
  await link.recover();
}

type Timed = (act: () => Promise<unknown>) => Promise<number>;

const OPERATIONS: Readonly<
  Record<TimingRow["operation"], (link: ChipLink, row: TimingRow, timed: Timed) => Promise<number>>
> = {
  read: async (link, { bytes, loader }, timed) => {
    const length = Math.min(bytes!, LONGEST_STREAM);
    // The flasher stub of esptool 1.x was asked for packets of 32 bytes, two of them under way.
    const [packet, inFlight] = loader.startsWith("cesanta") ? [32, 64] : [0x200, 0x1000];
    const seconds = await timed(async () => {
      await link.exchange("readFlash", { at: 0, length, packet, inFlight });
      for (let received = 0; received < length; ) {
        received += (await link.port.next(PATIENCE_MS))!.length;
        await link.transmit(encodeReadAck(received));
      }
      await link.port.next(PATIENCE_MS);
    });
    return (seconds * bytes!) / length;
  },
  write: async (link, row, timed) => {
    const { compressed } = row;
    const size = row.bytes!;
    // The stub writes the last block after it has acknowledged it. esptool waits for that since version 3, and did in 1.
    const end = async (): Promise<unknown> =>
      row.tool?.startsWith("2.") || link.exchange("readReg", { address: 0x40001000 }, { busyMs: PATIENCE_MS });
    if (compressed !== undefined) {
      const stream = deflated(size, compressed);
      return timed(async () => {
        await writeStream(link, "defl", 0, size, stream);
        await end();
      });
    }
    if (!row.loader.startsWith("cesanta")) {
      return timed(async () => {
        await writeStream(link, "flash", 0, size, random(size));
        await end();
      });
    }
    // That stub erased the last 64 KiB by sectors: the one here does where less than 64 KiB are started.
    const [rest, half] = [size - BLOCK_ERASE, BLOCK_ERASE / 2];
    const length = Math.min(rest, LONGEST_STREAM - BLOCK_ERASE);
    const first = await timed(() => writeStream(link, "flash", 0, length, random(length)));
    const last = await timed(async () => {
      for (const at of [length, length + half]) await writeStream(link, "flash", at, half, random(half));
      await end();
    });
    return (first * rest) / length + last;
  },
  "erase-chip": (link, _, timed) => timed(() => link.exchange("eraseFlash", {}, { busyMs: PATIENCE_MS })),
  "erase-region-rom": (link, { bytes }, timed) =>
    timed(() =>
      link.exchange("flashBegin", { size: bytes!, blocks: 0, blockSize: 0x400, at: 0x1000 }, { busyMs: PATIENCE_MS }),
    ),
  "flash-md5": (link, { bytes }, timed) => timed(() => link.flashMd5(0, bytes!, PATIENCE_MS)),
};

/** Writes a stream in the blocks that esptool uses. */
async function writeStream(
  link: ChipLink,
  how: "flash" | "defl",
  at: number,
  size: number,
  stream: Uint8Array,
): Promise<void> {
  const blocks = Math.ceil(stream.length / STUB_BLOCK);
  await link.exchange(`${how}Begin`, { size, blocks, blockSize: STUB_BLOCK, at }, { busyMs: PATIENCE_MS });
  for (let i = 0; i < blocks; i++) {
    const block = stream.slice(i * STUB_BLOCK, (i + 1) * STUB_BLOCK);
    await link.exchange(`${how}Data`, dataFields(block, i), { data: block, busyMs: PATIENCE_MS });
  }
}

const random = (size: number): Uint8Array => new SeededRandom("timings").bytes(size);

/** A stream of so many bytes that inflates to so many: chance at the front, blank behind. */
function deflated(size: number, compressed: number): Uint8Array {
  const bytes = new Uint8Array(size).fill(0xff);
  bytes.set(random(Math.max(0, Math.min(size, compressed - 40))));
  return zlibSync(bytes, { level: 9 });
}
