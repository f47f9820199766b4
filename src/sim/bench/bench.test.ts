import { expect, test } from "vitest";
import { rig } from "../../../test/support/bench-rig.ts";
import { FakeChip } from "../../../test/support/fake-chip.ts";
import type { FirmwareModel } from "../board/firmware.ts";
import { SimClock } from "../world/clock.ts";
import type { SupplyOptions } from "./contract.ts";
import { assembleBench } from "./create-bench.ts";

const values = (chip: FakeChip): number[] => chip.received.map((byte) => byte.value);

test("bytes reach the chip at the line's rate, and the write resolves long before the last has left", async () => {
  const { bench, chip, clock, run, wait } = rig();
  await run(bench.line.write(Uint8Array.from({ length: 1000 }, (_, i) => i & 0xff)));
  expect(clock.now).toBeLessThan(5_000);
  expect(chip.received.length).toBeLessThan(50);
  await wait(200);
  expect(values(chip)).toEqual(Array.from({ length: 1000 }, (_, i) => i & 0xff));
  const [first, last] = [chip.received[0]!, chip.received[999]!];
  expect(last.startAt - first.startAt).toBeCloseTo((999 * 10 * 1e6) / 115200, 3);
});

test("a write that does not fit the driver's buffer waits until the rest does", async () => {
  const { bench, clock, run } = rig();
  await run(bench.line.write(new Uint8Array(4096 + 1000)));
  expect(clock.now).toBeGreaterThan((1000 * 10 * 1e6) / 115200);
  expect(clock.now).toBeLessThan((1100 * 10 * 1e6) / 115200);
});

test("two writes in a row travel in two USB frames: there is a gap between them on the wire", async () => {
  const { bench, chip, run, wait } = rig();
  await run(Promise.all([bench.line.write(Uint8Array.of(1, 2)), bench.line.write(Uint8Array.of(3))]));
  await wait(5);
  const [first, second, third] = chip.received.map((byte) => byte.startAt);
  expect(second! - first!).toBeCloseTo(86.8, 1);
  expect(third! - first!).toBeCloseTo(1000, 1);
});

test("a changed rate applies to later bytes only", async () => {
  const { bench, chip, run, wait } = rig();
  await run(
    (async () => {
      await bench.line.write(Uint8Array.from([1, 2, 3]));
      await bench.line.setBaud(460800);
      await bench.line.write(Uint8Array.from([4]));
    })(),
  );
  await wait(5);
  expect(chip.received.map((byte) => Math.round(1e6 / byte.bitTime))).toEqual([115200, 115200, 115200, 460800]);
});

test("a rate that the adapter refuses is an error and leaves the one before", async () => {
  const { bench, chip, run, wait } = rig({ adapter: { refusesBauds: [74880] } });
  await expect(run(bench.line.setBaud(74880))).rejects.toMatchObject({ code: "port-failed" });
  expect(bench.line.baud).toBe(115200);
  await run(bench.line.write(Uint8Array.of(0x41)));
  await wait(5);
  expect(chip.received.map((byte) => Math.round(1e6 / byte.bitTime))).toEqual([115200]);
});

test("a rate above the clamp is told as asked, while the wire runs at the clamp both ways", async () => {
  const { bench, chip, heard, run, wait } = rig({ adapter: { clampsAboveBaud: 921600 } });
  await run(bench.line.setBaud(1_500_000));
  expect(bench.line.baud).toBe(1_500_000);
  await run(bench.line.write(Uint8Array.of(0x41)));
  chip.send([0x42], 921_600);
  await wait(5);
  expect(chip.received.map((byte) => Math.round(1e6 / byte.bitTime))).toEqual([921600]);
  expect(heard.text()).toBe("B");
});

test("an FT232R gathers 62 bytes or 16 ms; a CP2102 delivers every millisecond", async () => {
  const ftdi = rig({ adapter: { kind: "FT232R" } });
  await ftdi.wait(20);
  ftdi.chip.send(new Array(100).fill(0x55), 115200);
  await ftdi.wait(50);
  expect(ftdi.heard.chunks.map(({ bytes }) => bytes.length).reduce((sum, n) => sum + n)).toBe(100);
  expect(Math.max(...ftdi.heard.chunks.map(({ bytes }) => bytes.length))).toBeLessThanOrEqual(62);
  expect(ftdi.heard.chunks.length).toBeLessThanOrEqual(3);
  const silabs = rig({ adapter: { kind: "CP2102" } });
  await silabs.wait(20);
  silabs.chip.send(new Array(100).fill(0x55), 115200);
  await silabs.wait(50);
  expect(silabs.heard.chunks.length).toBeGreaterThanOrEqual(8);
});

test("a lone byte waits for the latency timer", async () => {
  const { chip, heard, wait } = rig({ adapter: { kind: "FT232R" } });
  await wait(3);
  chip.send([0x41], 115200);
  await wait(30);
  expect(heard.chunks).toEqual([{ bytes: Uint8Array.of(0x41), at: 16 }]);
});

test("a listener at another rate hears other bytes, not silence", async () => {
  const { bench, heard, wait } = rig({}, "\r\n ets Jan  8 2013,rst cause:1, boot mode:(1,6)\r\n");
  await wait(100);
  expect(heard.text().length).toBeGreaterThan(20);
  expect(heard.text()).not.toContain("ets");
  expect(bench.heard(74880)).toContain("rst cause:1");
  expect(bench.heard(115200)).toBe(heard.text());
});

test("at the same rate both ways the boot text is heard, and a bench told twice gives the same run", async () => {
  const once = async (): Promise<string> => {
    const { bench, heard, wait, run } = rig({ pluggedIn: false, seed: 7, wiring: { noise: 0.1 } }, "ets Jan  8 2013");
    bench.actions.plugAdapterIn();
    await wait(900);
    await run(bench.line.setBaud(74880));
    bench.faults.sag(1000);
    await wait(100);
    return heard.text();
  };
  const first = await once();
  expect(first).toHaveLength(15);
  expect(first).not.toBe("ets Jan  8 2013");
  expect(await once()).toBe(first);
});

test("pulling the adapter takes port and power; plugged in again it enumerates, too late for the boot text", async () => {
  const { bench, chip, heard, wait, run } = rig({ adapter: { paths: ["COM3", "COM4"] } }, "boot");
  expect(bench.line.identity.path).toBe("COM3");
  bench.actions.pullAdapterOut();
  expect(bench.line.present).toBe(false);
  await expect(bench.line.write(Uint8Array.of(1))).rejects.toMatchObject({ code: "line-lost" });
  await wait(1);
  expect(heard.events).toEqual(["lost"]);
  bench.actions.plugAdapterIn();
  await wait(799);
  expect(heard.events).toEqual(["lost"]);
  await wait(2);
  expect(heard.events).toEqual(["lost", "reappeared at COM4"]);
  expect(heard.text()).toBe("");
  expect(chip.pins).toEqual(["power on", "boot with gpio0 1", "power off", "power on", "boot with gpio0 1"]);
  await run(bench.line.write(Uint8Array.of(1)));
});

test("a write under way when the adapter is pulled fails with line-lost", async () => {
  const { bench, run } = rig();
  const write = bench.line.write(new Uint8Array(10_000));
  bench.clock.at(20_000, () => bench.actions.pullAdapterOut());
  await expect(run(write)).rejects.toMatchObject({ code: "line-lost" });
});

test("GPIO0 held at power-up is what the chip latches", () => {
  expect(rig({ gpio0Grounded: true }).chip.pins).toEqual(["power on", "boot with gpio0 0"]);
});

test("swapped and open wires carry nothing, a bridge echoes, a short reads as one zero", async () => {
  const swapped = rig({ wiring: { data: "swapped" } }, "boot");
  const open = rig({ wiring: { chipRx: "open" } });
  const bridged = rig({ wiring: { data: "bridged" } }, "boot");
  for (const { bench, run, wait } of [swapped, open, bridged]) {
    await run(bench.line.write(Uint8Array.of(0x41, 0x42)));
    await wait(10);
  }
  expect([swapped.heard.text(), values(swapped.chip), values(open.chip)]).toEqual(["", [], []]);
  expect([bridged.heard.text(), values(bridged.chip)]).toEqual(["AB", []]);
  const shorted = rig();
  shorted.bench.actions.rewire({ chipTx: "short-to-ground" });
  await shorted.wait(5);
  shorted.chip.send([1, 2, 3], 115200);
  await shorted.wait(5);
  expect(shorted.heard.text()).toBe("\0");
});

test("a wire cut in the middle lets only the first part through", async () => {
  const { bench, chip, heard, clock, wait } = rig();
  chip.send(new Array(100).fill(0x55), 115200);
  clock.at(5_000, () => bench.actions.rewire({ chipTx: "open" }));
  await wait(50);
  expect(heard.text().length).toBe(58);
});

test("without the ground wire an adapter feeds no chip, and a separately fed one is misheard", async () => {
  expect(rig({ wiring: { ground: "open" } }).chip.pins).toEqual([]);
  const { chip, heard, wait } = rig({ wiring: { ground: "open" }, supply: { from: "separate" } });
  chip.send([0x41, 0x41, 0x41], 115200);
  await wait(5);
  expect(heard.text()).toHaveLength(3);
  expect(heard.text()).not.toContain("A");
});

test("faults drop, flip and double single bytes in either direction", async () => {
  const { bench, chip, heard, run, wait } = rig();
  for (const how of ["drop", "flip", "double"] as const) {
    bench.faults.damageNext("to-host", how);
    bench.faults.damageNext("to-chip", how);
  }
  chip.send([1, 2, 3, 4], 115200);
  await run(bench.line.write(Uint8Array.of(1, 2, 3, 4)));
  await wait(10);
  for (const got of [values(chip), Array.from(heard.text(), (letter) => letter.charCodeAt(0))]) {
    expect(got.slice(1)).toEqual([3, 3, 4]);
    expect([0, 3, 6, 10, 18, 34, 66, 130]).toContain(got[0]);
    expect(got[0]).not.toBe(2);
  }
});

test("a wire noisy at every byte damages every byte; above its highest rate an adapter errs now and then", async () => {
  const noisy = rig({ wiring: { noise: 1 } });
  noisy.chip.send([0x41, 0x41], 115200);
  await noisy.wait(5);
  expect(noisy.heard.text()).toHaveLength(2);
  expect(noisy.heard.text()).not.toContain("A");
  const fast = rig({ adapter: { maxBaud: 460800 } });
  await fast.run(fast.bench.line.setBaud(921600));
  fast.chip.send(new Array(4000).fill(0x41), 921600);
  await fast.wait(60);
  const wrong = Array.from(fast.heard.text()).filter((letter) => letter !== "A").length;
  expect(fast.heard.text()).toHaveLength(4000);
  expect(wrong).toBeGreaterThan(3);
  expect(wrong).toBeLessThan(80);
});

test("the transistors of a development board: opening a port does not reset, RTS alone does, DTR alone holds GPIO0", async () => {
  const { bench, chip, run, wait } = rig({ wiring: { autoReset: true } });
  await run(bench.line.setControlLines({ dtr: true, rts: true }));
  expect(chip.pins).toEqual(["power on", "boot with gpio0 1"]);
  await run(
    (async () => {
      await bench.line.setControlLines({ dtr: false });
      await bench.line.setControlLines({ dtr: true });
      await bench.line.setControlLines({ rts: false });
    })(),
  );
  await wait(20);
  expect(chip.pins.slice(2)).toEqual(["reset 0", "reset 1", "boot with gpio0 0"]);
});

test("without those wires the control lines reach nothing", async () => {
  const { bench, chip, run, wait } = rig();
  await run(bench.line.setControlLines({ dtr: false, rts: true }));
  await wait(20);
  expect(chip.pins).toEqual(["power on", "boot with gpio0 1"]);
});

test("a separate supply switched off and on is no power cycle while the adapter's TX feeds the chip", async () => {
  const { bench, chip, run, wait, heard } = rig({ supply: { from: "separate" } }, "boot");
  await wait(10);
  bench.actions.switchSupply(false);
  await wait(10);
  bench.actions.switchSupply(true);
  await run(bench.line.write(Uint8Array.of(1)));
  await wait(10);
  expect(chip.pins.filter((pin) => pin.startsWith("boot"))).toHaveLength(1);
  expect(values(chip)).toEqual([]);
  bench.actions.switchSupply(false);
  bench.actions.pullAdapterOut();
  await wait(1);
  bench.actions.plugAdapterIn();
  bench.actions.rewire({ chipRx: "open" });
  bench.actions.switchSupply(true);
  expect(chip.pins.filter((pin) => pin.startsWith("boot"))).toHaveLength(2);
  expect(heard.events).toEqual(["lost"]);
});

test("a sagging supply boots the chip again, power first gone", async () => {
  const { bench, chip, wait } = rig();
  bench.faults.sag(500);
  await wait(1);
  expect(chip.pins).toEqual(["power on", "boot with gpio0 1", "power off", "power on", "boot with gpio0 1"]);
});

test("a firmware that starts its radio on a supply too weak for it boots over and over", () => {
  const boots = (supply: SupplyOptions | undefined, kind: string): number => {
    const clock = new SimClock();
    const chip = new FakeChip(clock);
    let started = 0;
    const firmware: FirmwareModel = {
      notice: "stand-in for a test",
      recognises: () => true,
      boot: () => {
        started++;
        return { stop: () => {} };
      },
    };
    assembleBench({ clock, adapter: { kind }, firmwares: [firmware], supply }, (options) => {
      chip.firmware = options.firmwares![0];
      return chip;
    });
    clock.runInternal(1_000_000);
    return started;
  };
  expect(boots(undefined, "CP2102")).toBe(1);
  expect(boots(undefined, "FT232R")).toBeGreaterThan(5);
  expect(boots({ limitMa: 300 }, "FT232R")).toBe(1);
});

test("so does one that the chip executes, once it has switched its receiver on", () => {
  const boots = (kind: string): number => {
    const clock = new SimClock();
    const chip = new FakeChip(clock);
    let started = 0;
    assembleBench({ clock, adapter: { kind } }, ({ ether }) => {
      chip.firmware = {
        notice: "",
        recognises: () => true,
        boot: () => {
          started++;
          return { stop: ether!.join({ hear: () => false }) };
        },
      };
      return chip;
    });
    clock.runInternal(1_000_000);
    return started;
  };
  expect(boots("CP2102")).toBe(1);
  expect(boots("FT232R")).toBeGreaterThan(5);
});

test("Vcc on ground: the socket is switched off, and it is told", () => {
  const { bench, chip } = rig();
  bench.actions.rewire({ vcc: "short-to-ground" });
  expect(bench.line.present).toBe(false);
  expect(chip.powered).toBe(false);
  expect(bench.incidents).toEqual(["Vcc shorted to ground: the computer switched the USB socket off"]);
});

test("what went wrong in the chip is told beside what went wrong on the bench", () => {
  const { bench, chip } = rig();
  chip.incidents.push("GPIO0 was driven high against a short to the other rail");
  expect(bench.incidents).toEqual(["GPIO0 was driven high against a short to the other rail"]);
});

test("a closed line answers nothing any more, and another can be opened", async () => {
  const { bench, chip, run, wait } = rig();
  await run(bench.line.close());
  expect(bench.line.present).toBe(false);
  await expect(bench.line.write(Uint8Array.of(1))).rejects.toMatchObject({ code: "line-lost" });
  const again = bench.openLine();
  const got: number[] = [];
  again.listen({ bytes: (bytes) => got.push(...bytes) });
  chip.send([9], 115200);
  await wait(5);
  expect(got).toEqual([9]);
});

test.each(["adapter", "separate"] as const)("an adapter that gives 5 V destroys the chip (supply: %s)", (from) => {
  const { bench } = rig({ adapter: { volts: 5 }, supply: { from } });
  expect(bench.incidents).toEqual([expect.stringContaining("5 V on a chip made for 3.3 V")]);
  expect(bench.adapterVolts).toBe(5);
});
