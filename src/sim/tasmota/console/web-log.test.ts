/** Figures of Tasmota 15.2: include/tasmota.h (LOG_BUFFER_SIZE, MAX_LOGSZ, TOPSZ), support.ino (AddLogData, GetLog). */
import { expect, test } from "vitest";
import { WebLogRing } from "./web-log.ts";

function ring({ uptime = 10, web = 2, highest = 2 } = {}): WebLogRing {
  return new WebLogRing(() => uptime, { web: () => web, highest: () => highest });
}

const STAMP = "00:00:10.000";

test("keeps lines as long as they fit into 4096 bytes with index, level and end mark, and one byte to spare", () => {
  const log = ring();
  // 3 + 12 + 1 + 1008 bytes each: four make 4096, one byte too many.
  for (let i = 0; i < 4; i++) log.add(2, STAMP, String(i).repeat(1008));
  expect(log.since(0).map((line) => line.slice(13, 14))).toEqual(["1", "2", "3"]);
  const other = ring();
  for (let i = 0; i < 4; i++) other.add(2, STAMP, String(i).repeat(i === 0 ? 1007 : 1008));
  expect(other.since(0)).toHaveLength(4);
});

test("cuts a text of more than 4000 bytes to its first 130 and says how long it was", () => {
  const log = ring();
  log.add(2, STAMP, "a".repeat(4000));
  expect(log.since(0)).toEqual([`${STAMP} ${"a".repeat(4000)}`]);
  log.add(2, STAMP, "ü".repeat(2001));
  expect(log.since(0)).toEqual([`${STAMP} ${"ü".repeat(65)}... 4002 truncated`]);
});

test.each([
  ["what the console page does not show is kept and counted where another sink wants it", 2, 3, 10, ["a", "c"], 4],
  ["what no sink wants is not", 2, 2, 10, ["a", "c"], 3],
  ["all is shown at level 3", 3, 3, 10, ["a", "b", "c"], 4],
  ["nothing is shown at level 0", 0, 4, 10, [], 4],
  ["nothing is shown in the first three seconds, but all is kept", 4, 0, 2, [], 4],
])("%s", (_, web, highest, uptime, shown, next) => {
  const log = ring({ web, highest, uptime });
  log.add(2, STAMP, "a");
  log.add(3, STAMP, "b");
  log.add(2, STAMP, "c");
  expect(log.since(0).map((line) => line.slice(13))).toEqual(shown);
  expect(log.next).toBe(next);
});

test("goes on after an index, from the beginning where that is gone, and with nothing where it is the next", () => {
  const log = ring();
  for (const text of ["a", "b", "c"]) log.add(2, STAMP, text);
  const from = (index: number): readonly string[] => log.since(index).map((line) => line.slice(13));
  expect([from(2), from(200), from(4)]).toEqual([["b", "c"], ["a", "b", "c"], []]);
});
