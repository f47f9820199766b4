/** A trace for people: when the wire and the flash were busy in a run, and where neither was. */

import type { Measurement } from "./measure.ts";
import { note, percent, seconds } from "./report.ts";
import { busyTime, type Track } from "./rig.ts";

const COLUMNS = 100;
const SHADES = [" ", ".", ":", "+", "#"];

export function timeline(measurement: Measurement): void {
  const { client, job, plug, phases, baud, latencyMs } = measurement;
  const spans = Object.entries(phases);
  const from = spans[0]?.[1].from ?? 0;
  const to = spans.at(-1)?.[1].to ?? 0;
  const column = (to - from) / COLUMNS;
  const strip = (tracks: readonly Track[], idle = false): string =>
    Array.from({ length: COLUMNS }, (_, i) => {
      const begin = from + i * column;
      const busy = busyTime(tracks, begin, begin + column) / column;
      return SHADES[Math.round((idle ? 1 - busy : busy) * (SHADES.length - 1))];
    }).join("");
  const rate = baud === undefined ? `default ${client.defaultRate}` : String(baud);
  note(`\nTrace: ${client.name}, ${job.name}, ${rate} baud, ${latencyMs} ms adapter; a column is ${seconds(column)} s`);
  const { toChip, toHost, flash } = plug;
  for (const [name, tracks, idle] of [
    ["to chip", [toChip], false],
    ["to host", [toHost], false],
    ["flash", [flash], false],
    ["nothing", [toChip, toHost, flash], true],
  ] as const) {
    note(`  ${name.padEnd(8)}|${strip(tracks, idle)}|`);
  }
  for (const [name, { from: begin, to: end, toChip, toHost, flash, idle }] of spans) {
    const share = (us: number): string => `${seconds(us)} s`;
    note(
      `  ${name.padEnd(8)}${seconds(end - begin)} s: to chip ${share(toChip)}, to host ${share(toHost)}, flash ${share(flash)}, nothing of these ${share(idle)} (${percent(idle / (end - begin))})`,
    );
  }
}
