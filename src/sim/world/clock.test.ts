import { expect, test } from "vitest";
import { sleep } from "../../engine/time.ts";
import { drain } from "../../platform/node/system.ts";
import { SimClock } from "./clock.ts";

test("events run in order of time, and of scheduling at the same time", () => {
  const clock = new SimClock();
  const seen: string[] = [];
  clock.at(20, () => seen.push("c"));
  clock.at(10, () => seen.push("a"));
  clock.at(10, () => seen.push("b"));
  clock.at(15, () => seen.push("x"))();
  clock.runInternal(30);
  expect(seen).toEqual(["a", "b", "c"]);
  expect(clock.now).toBe(30);
});

test("events of several parts run in one order, and a part may be ahead of another's by less than a USB frame", () => {
  const clock = new SimClock();
  const [one, two] = [clock.part(), clock.part()];
  const seen: string[] = [];
  two.at(10, () => seen.push("two"));
  one.at(10, () => seen.push("one"));
  clock.at(4000, () => seen.push("all"));
  clock.at(5, () => seen.push("cancelled"))();
  expect([clock.nextEventAt, clock.horizon, two.horizon]).toEqual([10, 10, 10]);
  expect(clock.part().horizon).toBeLessThan(10 + 1000);
  clock.runInternal(10);
  expect(seen).toEqual(["two", "one"]);
  expect([one.now, one.horizon, two.horizon]).toEqual([10, 4000, 4000]);
  expect(one.part()).toBe(one);
});

test("host code that sleeps an hour on the port's clock takes no time, and wakes at the right virtual time", async () => {
  const clock = new SimClock();
  const port = clock.port();
  const work = (async () => {
    await sleep(port, 3_600_000);
    await sleep(port, 0.5);
    return port.now();
  })();
  expect(await clock.complete(drain, work)).toBe(3_600_000.5);
});

test("a world that runs dry with work still waiting says so", async () => {
  const clock = new SimClock();
  await expect(clock.complete(drain, new Promise(() => {}))).rejects.toThrow("ran dry");
});

test("a world that never rests still lets the process around it act", async () => {
  const clock = new SimClock();
  const tick = (): void => void clock.at(clock.now + 1, tick);
  tick();
  // Later than the look before the first event: ten turns of the process.
  let turns = 0;
  const turn = (): void => {
    turns++;
    if (turns < 10) setImmediate(turn);
  };
  setImmediate(turn);
  expect(await clock.run(drain, () => turns === 10, 1_000_000)).toBe(true);
  expect(clock.now).toBeLessThan(1_000_000);
});
