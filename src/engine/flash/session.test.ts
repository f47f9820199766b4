import { expect, test } from "vitest";
import type { JobEvent } from "../../core/events.ts";
import { drain } from "../../platform/node/drain.ts";
import { createBench } from "../../sim/bench/create-bench.ts";
import { firmwareLikeImage } from "../../sim/bench/firmware-like-image.ts";
import { SimClock } from "../../sim/world/clock.ts";
import { VirtualDisk } from "../../sim/world/disk.ts";
import { openSession } from "./session.ts";

test("a plug is backed up, rewritten for the whole chip, verified and restored over one connection", async () => {
  const clock = new SimClock();
  const bench = createBench({ clock, gpio0Grounded: true });
  const disk = new VirtualDisk({ seed: 1 });
  const events: JobEvent[] = [];
  const t0 = performance.now();
  const session = openSession({
    line: bench.line,
    clock: clock.port(),
    files: disk.files,
    home: "/home",
    tool: "test 1",
    events: (event) => events.push(event),
  });
  const original = bench.flash.slice();
  const mark = (what: string) =>
    console.log(
      what,
      (clock.now / 1e6).toFixed(3),
      "virtual s",
      ((performance.now() - t0) / 1000).toFixed(2),
      "host s",
    );
  const run = <T>(work: Promise<T>) => clock.complete(drain, work);
  try {
    const identity = await run(session.identify());
    mark("identified");
    console.log(identity);
    const backup = await run(session.backup());
    mark("backed up");
    console.log(backup);
    expect(await disk.files.read(backup.path)).toEqual(original);
    const image = firmwareLikeImage({ length: 640 * 1024 } as never);
    console.log(await run(session.write(image, { target: "chip" })));
    mark("written");
    await run(session.verify(image, { target: "chip" }));
    mark("verified");
    console.log(await run(session.restore({ bytes: original, manifest: backup.manifest })));
    mark("restored");
    expect(bench.flash.slice()).toEqual(original);
    await run(session.finish("stay"));
    await session.close();
  } finally {
    console.log(
      events
        .filter((e) => e.type !== "progress")
        .map((e) => JSON.stringify(e))
        .join("\n"),
    );
  }
}, 120000);
