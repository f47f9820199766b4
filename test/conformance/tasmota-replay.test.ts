/** The firmware model against recordings of the real Tasmota 15.2.0.2 code. */
import { expect, test } from "vitest";
import { replay } from "./tasmota-replay-driver.ts";
import { EXCEPTION_NAMES, judge } from "./tasmota-replay-exceptions.ts";
import { loadRecording } from "./tasmota-replay-recording.ts";
import { BenchWorld } from "./tasmota-replay-world.ts";

/** The bench's load simulator: what the meter's pins gave for 60 W, 0.27 A and 230 V; periods in µs, times the load. */
const PERIODS = { W: 30_515 * 60, A: 44_580 * 0.27, V: 664 * 230 };
const SIGNALS = { W: "cf", A: "current", V: "voltage" } as const;
type Quantity = keyof typeof PERIODS;

function act(world: BenchWorld, note: string): void {
  const { board, medium, router } = world;
  const load = /load simulator: ([WAV])=([\d.]+)/.exec(note);
  if (load !== null) {
    const quantity = load[1] as Quantity;
    board.signals[SIGNALS[quantity]] = Number(load[2]) === 0 ? 0 : PERIODS[quantity] / Number(load[2]);
  }
  const frame = /^improv .*: send ([0-9a-f ]+)$/.exec(note);
  if (frame !== null) board.type(Uint8Array.from(frame[1]!.split(" "), (byte) => Number.parseInt(byte, 16)));
  if (note === "ctl press") board.pull(13, 0);
  if (note === "ctl release") board.pull(13, 1);
  if (note === "ctl wifi off") medium.remove(router);
  if (note === "ctl wifi on") medium.restore(router);
  if (note === "ctl crash") board.reset(4);
  if (note === "ctl reset") board.reset(2);
  if (note === "ctl powercycle" || /^power cycle \d/.test(note)) board.powerCycle();
}

/** Recordings of the core's half, and how many answers and lines each must at least have set side by side. */
const RECORDINGS: readonly (readonly [number: string, least: number])[] = [
  ["02", 620],
  ["03", 430],
  ["04", 375],
  ["05", 190],
  ["07", 350],
  ["08", 275],
  ["09", 78],
  ["12", 300],
];

const needed = new Set<string>();

test.each(RECORDINGS)("recording %s is reproduced except for differences that are listed by name", (number, least) => {
  const events = loadRecording(number);
  const everything = JSON.stringify(events);
  const world = new BenchWorld({
    id: /tasmota-([0-9A-F]{6})-/.exec(everything)![1]!,
    address: /IP address (127\.0\.0\.\d+)/.exec(everything)![1]!,
  });
  for (const load of ["W=60", "A=0.27", "V=230"]) act(world, `load simulator: ${load}`);
  const { compared, equal, excused, unexcused } = judge(replay(world, events, act));
  for (const name of excused.keys()) needed.add(name);
  const excuses = [...excused].map(([name, count]) => `${name} ${count}`).join(", ");
  process.stdout.write(
    `recording ${number}: ${compared} compared, ${equal} equal, ${unexcused.length} differ; excused: ${excuses}\n`,
  );
  expect(unexcused).toEqual([]);
  expect(compared).toBeGreaterThanOrEqual(least);
  expect(equal / compared).toBeGreaterThan(0.7);
});

test("every listed exception is needed by a recording", () => {
  expect(EXCEPTION_NAMES.filter((name) => !needed.has(name))).toEqual([]);
});
