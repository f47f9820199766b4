/** A virtual plug in download mode whose wires and flash are watched: what was busy, and when. Times in µs. */
import { createRequire } from "node:module";
import type { AdapterOptions, VirtualBench } from "../../src/sim/bench/contract.ts";
import { assembleBench } from "../../src/sim/bench/create-bench.ts";
import { Esp8285 } from "../../src/sim/chip/esp8285.ts";
import { NorFlash } from "../../src/sim/chip/nor-flash.ts";
import type { WireByte } from "../../src/sim/wire/contract.ts";
import { SimClock } from "../../src/sim/world/clock.ts";

export const require: NodeJS.Require = createRequire(import.meta.url);

/** Pauses shorter than this are no pause: rounding of bit times. */
const SEAM_US = 1;
/** A person is never quicker: the boot text is over. */
const BOOT_US = 1_000_000;
/** FT232R data sheet: up to 3 Mbaud at TTL levels; a chip's nearest divider is 2 % above, which a UART takes. */
export const FT232R_MAX_BAUD = 3_060_000;

/** When something was busy, in order, seamless neighbours joined. */
export class Track {
  readonly intervals: [from: number, to: number][] = [];
  count = 0;

  add(from: number, to: number): void {
    this.count++;
    const last = this.intervals.at(-1);
    if (last !== undefined && from - last[1] < SEAM_US) last[1] = Math.max(last[1], to);
    else this.intervals.push([from, to]);
  }

  /** Busy time within a window. */
  busy(from: number, to: number): number {
    return busyTime([this], from, to);
  }
}

/** Time within a window in which any of the tracks was busy. */
export function busyTime(tracks: readonly Track[], from: number, to: number): number {
  const all = tracks
    .flatMap((track) => track.intervals)
    .filter(([start, end]) => end > from && start < to)
    .sort((a, b) => a[0] - b[0]);
  let busy = 0;
  let reached = from;
  for (const [start, end] of all) {
    const begin = Math.max(start, reached);
    const stop = Math.min(end, to);
    if (stop > begin) busy += stop - begin;
    reached = Math.max(reached, stop);
  }
  return busy;
}

export interface WatchedPlug {
  readonly clock: SimClock;
  readonly bench: VirtualBench;
  readonly toChip: Track;
  readonly toHost: Track;
  readonly flash: Track;
  /** When the flash was last erased or programmed to the end. */
  readonly flashDoneAt: () => number;
}

export interface PlugOptions {
  readonly flash: Uint8Array;
  readonly latencyMs: number;
  /** Beside the latency; default: an FT232R that carries all that its data sheet says. */
  readonly adapter?: AdapterOptions | undefined;
  readonly costScale?: number;
  readonly clock?: SimClock;
}

class WatchedChip extends Esp8285 {
  readonly toChip: Track = new Track();

  override receive(byte: WireByte): void {
    this.toChip.add(byte.startAt, byte.startAt + 10 * byte.bitTime);
    super.receive(byte);
  }
}

/** The plug behind an FT232R whose latency timer is set, the adapter where it matters most, or behind another one. */
export function watchedPlug({
  flash,
  latencyMs,
  adapter = { kind: "FT232R", maxBaud: FT232R_MAX_BAUD },
  costScale = 1,
  clock: world = new SimClock(),
}: PlugOptions): WatchedPlug {
  const clock = world.part();
  const nor = new NorFlash({ contents: flash, seed: 1 });
  const busy = new Track();
  const watch = (now: number, done: boolean): boolean => {
    if (done) busy.add(now, nor.busyUntil);
    return done;
  };
  const erase = nor.erase.bind(nor);
  const program = nor.program.bind(nor);
  nor.erase = (what, address, now) => watch(now, erase(what, address, now));
  nor.program = (address, bytes, now) => watch(now, program(address, bytes, now));
  const mac = Uint8Array.of(0xc4, 0x4f, 0x33, 0xa1, 0xb2, 0x12);
  const chip = new WatchedChip({ clock, flash: nor, mac, seed: 1, costScale });
  const bench = assembleBench(
    {
      clock,
      gpio0Grounded: true,
      adapter: { ...adapter, latencyMs },
      supply: { limitMa: 500 },
    },
    () => chip,
  );
  const toHost = new Track();
  const deliver = chip.onTransmit;
  chip.onTransmit = (byte) => {
    toHost.add(byte.startAt, byte.startAt + 10 * byte.bitTime);
    deliver?.(byte);
  };
  clock.runInternal(clock.now + BOOT_US);
  return {
    clock: world,
    bench,
    toChip: chip.toChip,
    toHost,
    flash: busy,
    flashDoneAt: () => busy.intervals.at(-1)?.[1] ?? 0,
  };
}
