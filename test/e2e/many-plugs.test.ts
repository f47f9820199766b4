/** Several plugs on one clock, as one program at a bench of several adapters has them: none holds another up. */
import { expect, test } from "vitest";
import { SimClock } from "../../src/sim/world/clock.ts";
import { flashWith, SessionRig } from "../support/session-rig.ts";

interface Backed {
  /** Virtual ms from the call to the sealed backup. */
  readonly ms: number;
  readonly right: boolean;
}

async function backUp(rig: SessionRig): Promise<Backed> {
  const original = rig.bench.flash.slice();
  const session = rig.open();
  const began = rig.clock.now;
  const { path } = await session.backup();
  const ms = (rig.clock.now - began) / 1000;
  await session.close();
  return { ms, right: Buffer.compare(await rig.disk.files.read(path), original) === 0 };
}

/** As many plugs on one clock, each with contents of its own in the same sectors. */
async function together(count: number): Promise<readonly Backed[]> {
  const clock = new SimClock();
  const rigs = Array.from({ length: count }, (_, i) => {
    return new SessionRig({ clock, seed: i + 1, flash: flashWith([0, 1, 40], i + 1) });
  });
  return rigs[0]!.run(Promise.all(rigs.map(backUp)));
}

test("concurrent backups on one clock are correct, each in the time of a single one", async () => {
  const [alone] = await together(1);
  for (const count of [2, 8]) {
    const all = await together(count);
    expect(all.map(({ right }) => right)).toEqual(all.map(() => true));
    for (const { ms } of all) expect(ms / alone!.ms).toBeCloseTo(1, 2);
  }
});

test("two concurrent plugs behave the same to the microsecond in each run", async () => {
  expect(await together(2)).toEqual(await together(2));
});
