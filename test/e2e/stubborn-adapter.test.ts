/** Adapters and drivers that refuse rates or fall silent: whole sessions on them, in virtual time. */

import { describe, expect, test } from "vitest";
import { PlugsmithError } from "../../src/core/errors.ts";
import type { JobEvent } from "../../src/core/events.ts";
import { say } from "../../src/core/text/text.ts";
import { enduringOn } from "../support/reconnecting-bench-line.ts";
import { SessionRig } from "../support/session-rig.ts";

const ABOVE_230400 = [460_800, 921_600, 1_500_000, 2_000_000];

describe("an adapter that refuses 74880 baud", () => {
  const home = async () => {
    const rig = new SessionRig({ supply: { from: "separate" }, adapter: { refusesBauds: [74_880] } });
    rig.bench.actions.switchSupply(false);
    const { line } = await rig.run(enduringOn(rig.bench));
    const session = rig.open({ line, resetWires: false, patience: { connectMs: 40_000 } });
    return { rig, line, session };
  };

  test("an adapter that refuses 74880 baud is found again after replugging, and the plug answers", async () => {
    const { rig, line, session } = await home();
    rig.clock.at(rig.clock.now + 9e6, () => {
      rig.bench.actions.pullAdapterOut();
      rig.bench.actions.switchSupply(true);
      rig.bench.actions.plugAdapterIn();
    });
    expect((await rig.run(session.identify())).plug).toBe(rig.plug);
    expect(line.present).toBe(true);
    await rig.run(session.close());
  });

  test("an adapter that refuses 74880 baud connects to a plug powered up after all rates were tried", async () => {
    const { rig, session } = await home();
    rig.bench.actions.rewire({ chipRx: "open" });
    rig.clock.at(rig.clock.now + 9e6, () => rig.bench.actions.switchSupply(true));
    rig.clock.at(rig.clock.now + 9.5e6, () => rig.bench.actions.rewire({ chipRx: "connected" }));
    expect((await rig.run(session.identify())).plug).toBe(rig.plug);
    await rig.run(session.close());
  });
});

test("an adapter that refuses 460800 and more on a fresh ROM: the rate told is the wire's, and a lost line comes back", async () => {
  const rig = new SessionRig({ supply: { from: "separate" }, adapter: { refusesBauds: ABOVE_230400 } });
  const enduring = await rig.run(enduringOn(rig.bench));
  const { line } = enduring;
  let reported: readonly unknown[] | undefined;
  const events = (event: JobEvent): void => {
    if (event.type !== "fact" || event.name !== "baud" || reported !== undefined) return;
    reported = [event.value, line.baud, enduring.realBaud];
    rig.clock.hostAt(rig.clock.now + 500_000, () => enduring.breakOff());
  };
  const session = rig.open({ line, events });
  await rig.run(session.backup());
  expect(reported).toEqual([230_400, 230_400, 230_400]);
  expect(enduring.openedAt).toEqual([115_200, 230_400]);
  await rig.run(session.close());
});

test("an adapter that refuses 460800 and more works with a stub that was left running", async () => {
  const rig = new SessionRig({ adapter: { refusesBauds: ABOVE_230400 } });
  const first = rig.open({ baud: { ceiling: 115_200 } });
  await rig.run(first.identify());
  await rig.run(first.finish("stay"));
  await rig.run(first.close());
  rig.bench.actions.releaseGpio0();
  const { line, realBaud } = await rig.run(enduringOn(rig.bench));
  expect(realBaud).toBe(115_200);
  const second = rig.open({ line });
  await rig.run(second.backup());
  expect(rig.fact("baud")).toEqual({ type: "fact", name: "baud", value: 230_400 });
  expect(line.baud).toBe(230_400);
  await rig.run(second.close());
});

test("a write swallowed as the adapter goes does not hold up the backup once it is back", async () => {
  const rig = new SessionRig({ supply: { from: "separate" } });
  let writes = 0;
  const swallowing = enduringOn(rig.bench, (bytes, port) => {
    if (++writes !== 60) return port.write(bytes);
    rig.clock.hostAt(rig.clock.now + 1000, () => rig.bench.actions.pullAdapterOut());
    rig.clock.hostAt(rig.clock.now + 2e6, () => rig.bench.actions.plugAdapterIn());
    return new Promise(() => {});
  });
  const { line } = await rig.run(swallowing);
  const session = rig.open({ line });
  await rig.run(session.backup());
  expect(writes).toBeGreaterThan(60);
  expect(rig.clock.now).toBeLessThan(120e6);
  await rig.run(session.close());
});

test("a person can stop the program while a driver keeps a write", async () => {
  const rig = new SessionRig();
  const stop = new AbortController();
  let writes = 0;
  const keeps = enduringOn(rig.bench, (bytes, port) => {
    if (++writes < 60) return port.write(bytes);
    rig.clock.hostAt(rig.clock.now + 1000, () => stop.abort());
    return new Promise(() => {});
  });
  const { line } = await rig.run(keeps);
  const session = rig.open({ line, signal: stop.signal });
  let keptAt = 0;
  const ended = session.backup().catch((error: unknown) => error);
  stop.signal.addEventListener("abort", () => {
    keptAt = rig.clock.now;
  });
  expect(await rig.run(ended)).toMatchObject({ code: "aborted" });
  expect(rig.clock.now - keptAt).toBeLessThan(100_000);
  expect(writes).toBe(60);
});

test("a port that rejects every write as lost while it is there is called with pauses, until patience is over", async () => {
  const rig = new SessionRig();
  const port = rig.bench.openLine();
  let writes = 0;
  const line = new Proxy(port, {
    get: (target, name) => {
      if (name === "write") {
        return () => {
          writes++;
          return Promise.reject(new PlugsmithError("line-lost", { message: say`Gone, says the driver.` }));
        };
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const session = rig.open({ line, patience: { connectMs: 5_000 } });
  await expect(rig.run(session.identify())).rejects.toMatchObject({ code: "no-sync" });
  expect(writes).toBeLessThan(100);
});

test.each([230_400, 460_800])(
  "an adapter that accepts every rate and sends at most %i is noticed before the chip follows it",
  async (clampsAboveBaud) => {
    const rig = new SessionRig({ adapter: { clampsAboveBaud } });
    const first = rig.open({ patience: { connectMs: 5000, reconnectMs: 5000 } });
    await rig.run(first.identify());
    expect(rig.fact("baud")).toMatchObject({ value: clampsAboveBaud });
    const reported = rig.events.flatMap((event) => (event.type === "notice" ? [String(event.text)] : []));
    expect(reported).toEqual([
      expect.stringMatching(
        `^The adapter accepts 1500000 baud but sends at about \\d+ baud\\. plugsmith tries ${clampsAboveBaud} baud\\.$`,
      ),
    ]);
    expect(rig.events.filter((event) => event.type === "retry")).toEqual([]);
    await rig.run(first.finish("stay"));
    await first.close();
    rig.events.length = 0;
    await rig.run(rig.open().identify());
    expect(rig.fact("baud")).toMatchObject({ value: clampsAboveBaud });
    expect(rig.events.filter((event) => event.type === "notice")).toEqual([]);
  },
);
