/** The stand-in against recordings of the real Tasmota 15.2.0.2 code. */
import { expect, test } from "vitest";
import { replay } from "./tasmota-replay-driver.ts";
import { judge } from "./tasmota-replay-exceptions.ts";
import { loadRecording } from "./tasmota-replay-recording.ts";
import { BenchWorld } from "./tasmota-replay-world.ts";

/** The bench's load simulator: what the meter's pins gave for 60 W, 0.27 A and 230 V; periods in µs, times the load. */
const PERIODS = { W: 30_515 * 60, A: 44_580 * 0.27, V: 664 * 230 };
const SIGNALS = { W: "cf", A: "current", V: "voltage" } as const;
type Quantity = keyof typeof PERIODS;

function act(world: BenchWorld, note: string): void {
  const { board, air, router } = world;
  const load = /load simulator: ([WAV])=([\d.]+)/.exec(note);
  if (load !== null) {
    const quantity = load[1] as Quantity;
    board.signals[SIGNALS[quantity]] = Number(load[2]) === 0 ? 0 : PERIODS[quantity] / Number(load[2]);
  }
  const frame = /^improv .*: send ([0-9a-f ]+)$/.exec(note);
  if (frame !== null) board.type(Uint8Array.from(frame[1]!.split(" "), (byte) => Number.parseInt(byte, 16)));
  if (note === "ctl press") board.pull(13, 0);
  if (note === "ctl release") board.pull(13, 1);
  if (note === "ctl wifi off") air.remove(router);
  if (note === "ctl wifi on") air.restore(router);
  if (note === "ctl crash") board.reset(4);
  if (note === "ctl reset") board.reset(2);
  if (note === "ctl powercycle" || /^power cycle \d/.test(note)) board.powerCycle();
}

test.each((process.env["REC"] ?? "02,03,04").split(","))("recording %s", (number) => {
  const events = loadRecording(number);
  const everything = JSON.stringify(events);
  const world = new BenchWorld({
    id: /tasmota-([0-9A-F]{6})-/.exec(everything)![1]!,
    address: /IP address (127\.0\.0\.\d+)/.exec(everything)![1]!,
  });
  for (const load of ["W=60", "A=0.27", "V=230"]) act(world, `load simulator: ${load}`);
  const { compared, equal, excused, unexcused } = judge(replay(world, events, act));
  const excuses = [...excused].map(([name, count]) => `${name} ${count}`).join(", ");
  process.stdout.write(
    `recording ${number}: ${compared} compared, ${equal} equal, excused: ${excuses}; ${unexcused.length} differ\n`,
  );
  if (process.env["SHOW"])
    for (const p of unexcused) {
      const a = p.recorded ?? "(nothing)";
      const b = p.given ?? "(nothing)";
      let k = 0;
      while (k < a.length && a[k] === b[k]) k++;
      const from = Math.max(0, k - 60);
      process.stdout.write(`${p.t} ${p.what}\n   - ${a.slice(from, from + 260)}\n   + ${b.slice(from, from + 260)}\n`);
    }
  if (process.env["LOG"]) process.stdout.write(world.board.heard);
  expect(compared).toBeGreaterThan(0);
});
