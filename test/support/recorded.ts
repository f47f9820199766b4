/** A line whose contacts go into a home of their own, for tests that are about what is said over it. */
import type { ByteLine } from "../../src/engine/ports.ts";
import { type RecordedLine, recordedLine } from "../../src/engine/wires/recorded-line.ts";
import type { SimClock } from "../../src/sim/world/clock.ts";
import { VirtualDisk } from "../../src/sim/world/disk.ts";

export function recorded(line: ByteLine, clock: SimClock): RecordedLine {
  return recordedLine(line, { files: new VirtualDisk({ seed: 1 }).files, home: "/home", clock: clock.port() });
}
