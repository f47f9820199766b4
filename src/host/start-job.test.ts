import { expect, test } from "vitest";
import { SessionRig } from "../../test/support/session-rig.ts";
import { memoryPlatform } from "../../test/support/workbench-rig.ts";
import type { FlashRequest } from "../engine/jobs/flash-contract.ts";
import { SimClock } from "../sim/world/clock.ts";
import { testHost } from "./job-host.test-support.ts";
import { startFlash } from "./start-job.ts";

const INFO: FlashRequest<"info"> = {
  job: "info",
  order: undefined,
  dryRun: false,
  agreed: true,
  attended: false,
  baud: undefined,
  full: false,
  after: "stay",
};

test("of two flash jobs that meet the same plug at the same time, one is refused as locked and the other finishes", async () => {
  const clock = new SimClock();
  const host = testHost();
  // Two adapters: each job learns only on the way that the chip on its wires is the plug that the other job has.
  const rigs = [new SessionRig({ clock }), new SessionRig({ clock })] as const;
  const { files } = rigs[0].disk;
  const environment = { ...memoryPlatform().environment, clock: clock.port(), files };
  const patience = { connectMs: 15_000, reconnectMs: 15_000 };
  const jobs = rigs.map(({ bench }) => startFlash({ host, environment, line: bench.openLine(), patience }, INFO));
  const ended = await rigs[0].run(Promise.allSettled(jobs.map(({ result }) => result)));
  expect(ended).toEqual([
    { status: "fulfilled", value: { done: expect.objectContaining({ plug: rigs[0].plug }) } },
    {
      status: "rejected",
      reason: expect.objectContaining({ code: "locked", message: expect.stringContaining(rigs[0].plug) }),
    },
  ]);
  const { result } = startFlash({ host, environment, line: rigs[1].bench.openLine(), patience }, INFO);
  expect(await rigs[1].run(result)).toMatchObject({ done: { plug: rigs[1].plug } });
});
