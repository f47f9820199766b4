/** The suite for real plugs on the virtual one, in virtual time: it can neither rot nor ask for what the other lacks. */
import { drain } from "../../src/platform/node/system.ts";
import { createBench } from "../../src/sim/bench/create-bench.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { VirtualDisk } from "../../src/sim/world/disk.ts";
import { plugSuite } from "./plug-suite.ts";

const MAC = Uint8Array.from([0xc4, 0x4f, 0x33, 0xa1, 0xb2, 0x12]);

plugSuite("the virtual plug", () => {
  const clock = new SimClock();
  const bench = createBench({ clock, mac: MAC, flashPart: "GD25Q20", gpio0Grounded: true });
  return Promise.resolve({
    line: bench.line,
    clock: clock.port(),
    files: new VirtualDisk({ seed: 1 }).files,
    home: "/home",
    drive: (work) => clock.complete(drain, work),
    patienceMs: 10_000,
    readBytes: 0x8000,
    writableMac: "c44f33a1b212",
    note: () => {},
    event: () => {},
    close: () => bench.line.close(),
  });
});
