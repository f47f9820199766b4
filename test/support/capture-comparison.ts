/**
 * A capture of a real plug beside one of the virtual plug, made by the same code with the same flash, adapter and amount:
 * times as a table, and for each exchange whether the bytes are the same. Used by scripts/compare-capture.mjs.
 */
import { readFileSync } from "node:fs";
import { type Capture, type CapturedExchange, type CapturedTiming, capture } from "../../src/engine/capture/capture.ts";
import { drain } from "../../src/platform/node/system.ts";
import { createBench } from "../../src/sim/bench/create-bench.ts";
import type { FlashPartName } from "../../src/sim/chip/flash-parts.ts";
import { ADAPTER_KINDS } from "../../src/sim/wire/adapter-kinds.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { VirtualDisk } from "../../src/sim/world/disk.ts";
import { NOT_REPORTED, partOf } from "./timing-bench.ts";
import { markdownTable } from "./timing-table.ts";

export interface Comparison {
  /** One row a timing: its name, real and virtual seconds, virtual over real. */
  readonly times: readonly (readonly [what: string, real: number, virtual: number, ratio: string])[];
  /** One a kind of exchange: whether the chip's bytes are the same, and where they first differ. */
  readonly exchanges: readonly (readonly [what: string, outcome: string])[];
  /** What stands for the real plug's flash and adapter. */
  readonly model: { readonly flashPart: FlashPartName; readonly adapter: string };
}

/** The MAC that stands in every capture: the maker's half is of the real one. */
const OWNERS_HALF = [0x00, 0x01, 0x02];

export function readCapture(path: string): Capture {
  const all = readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as CapturedExchange | CapturedTiming);
  return {
    exchanges: all.filter((line) => "sequence" in line),
    timings: all.filter((line) => "operation" in line),
  };
}

export async function compareCapture(real: Capture): Promise<Comparison> {
  const timing = real.timings.at(0);
  const flashPart = partOf({ flash: timing?.flash_id, chip: timing?.chip ?? "" }) ?? NOT_REPORTED;
  const kind = ADAPTER_KINDS.find(({ name, label }) => [name, label].some((word) => timing?.adapter.includes(word)));
  const adapter = kind?.name ?? "CP2102";
  const clock = new SimClock();
  const bench = createBench({
    clock,
    flashPart,
    gpio0Grounded: true,
    mac: Uint8Array.from([...makersHalf(real), ...OWNERS_HALF]),
    adapter: { kind: adapter },
  });
  const virtual = await clock.complete(
    drain,
    capture({
      line: bench.line,
      clock: clock.port(),
      files: new VirtualDisk({ seed: 1 }).files,
      home: "/home",
      events: () => {},
      patienceMs: 10_000,
      resetWires: false,
      tool: "comparison",
      host: "virtual",
      readBytes: real.timings.find(({ operation }) => operation === "read")?.bytes ?? 0x1000,
    }),
  );
  return {
    times: real.timings.flatMap((row) => {
      const same = virtual.timings.find(
        ({ operation, bytes, baud }) => operation === row.operation && bytes === row.bytes && baud === row.baud,
      );
      const what = `${row.operation}, ${row.bytes} bytes, ${row.baud} baud`;
      if (same === undefined) return [];
      return [[what, row.seconds, same.seconds, (same.seconds / row.seconds).toFixed(2)] as const];
    }),
    exchanges: real.exchanges.map((row) => {
      const same = virtual.exchanges.find(({ loader, what }) => loader === row.loader && what === row.what);
      return [`${row.loader}: ${row.what}`, same === undefined ? "not made by the virtual plug" : outcome(row, same)];
    }),
    model: { flashPart, adapter },
  };
}

export function comparisonText({ times, exchanges, model }: Comparison): string {
  const head = ["operation", "real, s", "virtual, s", "virtual/real"];
  const rows = times.map((row) => row.map(String));
  return [
    `Flash ${model.flashPart}, adapter ${model.adapter}.`,
    "",
    markdownTable(head, rows),
    "",
    ...exchanges.map(([what, result]) => `${what}: ${result}`),
    "",
  ].join("\n");
}

function outcome(real: CapturedExchange, virtual: CapturedExchange): string {
  for (const [i, entry] of real.sequence.entries()) {
    const other = virtual.sequence[i];
    if (entry.hex !== other?.hex) return `differs at entry ${i}: real ${entry.hex}, virtual ${other?.hex ?? "nothing"}`;
  }
  return "the same bytes";
}

/** From the efuse words in an exchange, as esptool's ESP8266ROM.read_mac finds it. */
function makersHalf(real: Capture): readonly number[] {
  const registers = real.exchanges.find(({ what }) => what.startsWith("READ_REG"));
  const word = (index: number): number => {
    const wire = Buffer.from(registers?.sequence[2 * index + 1]?.hex ?? "", "hex").toString("latin1");
    const frame = Buffer.from(wire.replaceAll("\xdb\xdc", "\xc0").replaceAll("\xdb\xdd", "\xdb"), "latin1");
    return frame.length < 9 ? 0 : frame.readUInt32LE(5);
  };
  const [second, fourth] = [word(2), word(4)];
  if ((fourth & 0xffffff) !== 0) return [(fourth >>> 16) & 0xff, (fourth >>> 8) & 0xff, fourth & 0xff];
  return ((second >>> 16) & 0xff) === 1 ? [0xac, 0xd0, 0x74] : [0x18, 0xfe, 0x34];
}
