import { expect, test } from "vitest";
import { isPlugsmithError } from "../../src/core/errors.ts";
import { FIRMWARE_GREETING, firmwareLikeImage } from "../../src/sim/bench/firmware-like-image.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { flashWith, SessionRig } from "../support/session-rig.ts";

function code(error: unknown): string {
  return isPlugsmithError(error) ? error.code : String(error);
}

test.each([57_600, 230_400, 460_800, 921_600, 1_500_000, 2_000_000])(
  "a stub left running at %i baud is found, and the flash is unchanged",
  async (rate) => {
    const rig = new SessionRig();
    const before = rig.bench.flash.slice();
    const first = rig.open({ baud: { force: rate } });
    await rig.run(first.identify());
    await first.close();
    const second = rig.open();
    await rig.run(second.identify());
    expect(rig.fact("baud")).toMatchObject({ value: Math.max(rate, 1_500_000) });
    expect(rig.bench.flash.slice()).toEqual(before);
  },
);

test("a failing rate is stepped down from, and the next session uses the proven rate", async () => {
  const rig = new SessionRig({ adapter: { maxBaud: 250_000 } });
  await rig.run(rig.open().identify());
  expect(rig.fact("baud")).toMatchObject({ value: 230_400 });
  expect(rig.events).toContainEqual(expect.objectContaining({ type: "notice", level: "warning" }));
});

test("a failing forced rate is an error, and the stub still answers at the old rate", async () => {
  const rig = new SessionRig({ adapter: { maxBaud: 250_000 } });
  const forced = rig.open({ baud: { force: 921_600 } });
  expect(code(await rig.run(forced.identify()).catch((error: unknown) => error))).toBe("baud-failed");
  await forced.close();
  const began = rig.clock.now;
  await rig.run(rig.open({ baud: { ceiling: 115_200 } }).identify());
  expect(rig.clock.now - began).toBeLessThan(1_000_000);
});

test("the next session starts at the rate that the adapter has proven", async () => {
  const rig = new SessionRig();
  const fast = rig.open({ baud: { force: 2_000_000 } });
  await rig.run(fast.identify());
  await rig.run(fast.finish("stay"));
  await fast.close();
  await rig.run(rig.open().identify());
  expect(rig.fact("baud")).toMatchObject({ value: 2_000_000 });
});

test("connecting waits for the adapter and for download mode without a limit", async () => {
  const rig = new SessionRig({ pluggedIn: false, gpio0Grounded: false });
  const session = rig.open({ patience: {} });
  const work = session.identify();
  const { actions: person } = rig.bench;
  rig.clock.at(20e6, () => person.plugAdapterIn());
  rig.clock.at(60e6, () => person.pullAdapterOut());
  rig.clock.at(61e6, () => {
    person.groundGpio0();
    person.plugAdapterIn();
  });
  await rig.run(work);
  expect(rig.heard()).toEqual(expect.arrayContaining(["adapter-gone", "adapter-back"]));
  expect(rig.clock.now).toBeLessThan(75e6);
});

test("silence, an echo and a firmware are told apart", async () => {
  const silent = new SessionRig({ wiring: { chipTx: "open" } });
  const nobody = silent.open({ patience: { connectMs: 6000 } });
  expect(code(await silent.run(nobody.identify()).catch((error: unknown) => error))).toBe("no-sync");
  expect(silent.heard()).toContain("nothing");
  const bridged = new SessionRig({ wiring: { data: "bridged" } });
  await bridged.run(
    bridged
      .open({ patience: { connectMs: 4000 } })
      .identify()
      .catch(() => undefined),
  );
  expect(bridged.heard()).toContain("echo");
});

test("connecting ends at the given time limit", async () => {
  const rig = new SessionRig({ wiring: { chipTx: "open" } });
  const stop = new AbortController();
  rig.clock.hostAt(3e6, () => stop.abort());
  const session = rig.open({ signal: stop.signal, patience: {} });
  expect(code(await rig.run(session.identify()).catch((error: unknown) => error))).toBe("aborted");
});

test("reset wires bring a running plug into download mode", async () => {
  const rig = new SessionRig({ wiring: { autoReset: true }, gpio0Grounded: false });
  await rig.run(rig.open().identify());
  expect(rig.clock.now).toBeLessThan(8e6);
});

test("replugging the adapter during a backup only delays it", async () => {
  const rig = new SessionRig({ flash: flashWith([...Array(24).keys()]) });
  const original = rig.bench.flash.slice();
  const session = rig.open();
  rig.clock.at(1.6e6, () => rig.bench.actions.pullAdapterOut());
  rig.clock.at(5e6, () => rig.bench.actions.plugAdapterIn());
  const { path } = await rig.run(session.backup());
  expect(await rig.disk.files.read(path)).toEqual(original);
  expect(rig.events.some((event) => event.type === "retry")).toBe(true);
});

test.each([
  ["where no reset wire goes, through the ROM", false],
  ["by the reset wire", true],
])("the firmware is started without a power cycle %s", async (_, autoReset) => {
  const flash = flashWith([]);
  flash.set(firmwareLikeImage({ random: new SeededRandom(3), size: 0x20000 }));
  const rig = new SessionRig({ flash, wiring: { autoReset } });
  const session = rig.open();
  await rig.run(session.finish("run"));
  await rig.pass(1000);
  expect(rig.bench.heard(115_200)).toContain(FIRMWARE_GREETING.trim());
});
