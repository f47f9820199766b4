/** Laws of the flash operations, on the virtual chip: few runs each, whole stories. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { codeLikeBytes } from "../../src/sim/bench/code-like-bytes.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { flashWith, SECTOR, SessionRig } from "../support/session-rig.ts";

const sectors = fc.uniqueArray(fc.integer({ min: 0, max: 63 }), { maxLength: 6 });

test("any completed write verifies, and its plan covered all changes", async () => {
  await fc.assert(
    fc.asyncProperty(
      sectors,
      fc.integer({ min: 1, max: 3 * SECTOR }),
      fc.integer({ min: 0, max: 40 }),
      fc.constantFrom("chip" as const, "image" as const),
      fc.constantFrom("needed" as const, "all" as const),
      async (used, length, sector, target, erase) => {
        const rig = new SessionRig({ flash: flashWith(used, 5) });
        const before = rig.bench.flash.slice();
        const session = rig.open();
        await rig.run(session.backup());
        const image = codeLikeBytes(length, new SeededRandom(length));
        const options = { raw: true, at: sector * SECTOR, target, erase } as const;
        const plan = await rig.run(session.planWrite(image, options));
        await rig.run(session.write(image, options));
        await rig.run(session.verify(image, options));
        const touched = plan.steps.filter(({ act }) => act === "write" || act === "erase");
        const after = rig.bench.flash.slice();
        for (let at = 0; at < after.length; at++) {
          if (after[at] === before[at]) continue;
          expect(touched.some((step) => at >= step.at && at < step.at + step.length)).toBe(true);
        }
        expect(after.subarray(options.at, options.at + length)).toEqual(image);
      },
    ),
    { numRuns: 3 },
  );
});

test("an interrupted and resumed write ends like an uninterrupted one", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 300, max: 1000 }),
      fc.constantFrom("chip" as const, "image" as const),
      async (cutMs, target) => {
        const image = codeLikeBytes(6 * SECTOR + 1000, new SeededRandom(2));
        const options = { raw: true, at: 1000, target } as const;
        const rig = new SessionRig({ flash: flashWith([0, 1, 2, 3, 4, 5, 6, 7, 30]) });
        const original = rig.bench.flash.slice();
        const backup = rig.open();
        await rig.run(backup.backup());
        await rig.run(backup.finish("stay"));
        await backup.close();
        const stop = new AbortController();
        const first = rig.open({
          signal: stop.signal,
          events: ({ type }) => {
            if (type === "step-started") rig.clock.hostAt(rig.clock.now + cutMs * 1000, () => stop.abort());
          },
        });
        await rig.run(first.write(image, options).catch(() => undefined));
        await first.close();
        const second = rig.open();
        await rig.run(second.write(image, options));
        const wanted = target === "chip" ? new Uint8Array(original.length).fill(0xff) : original;
        wanted.set(image, options.at);
        expect(rig.bench.flash.slice()).toEqual(wanted);
      },
    ),
    { numRuns: 3, examples: [[650, "chip"]] },
  );
});
