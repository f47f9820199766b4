/** The conversion against people and benches that would hurt somebody: it must end, early, with nothing done. */
import { expect, test } from "vitest";
import { foldConversion } from "../../src/core/conversion/state.ts";
import { parseEntry } from "../../src/core/journal/stored-entry.ts";
import { tasmotaOf } from "../../src/core/profile/profile.ts";
import { plugFolder } from "../../src/engine/home/folders.ts";
import { readJournal } from "../../src/engine/home/journal.ts";
import { openPlugJournal } from "../../src/engine/home/plug-journal.ts";
import { openConversionLog } from "../../src/engine/jobs/conversion-log.ts";
import { ConversionSteps } from "../../src/engine/jobs/conversion-steps.ts";
import { type ConversionOptions, type ConversionPorts, convert } from "../../src/engine/jobs/convert.ts";
import type { Operator } from "../../src/engine/ports.ts";
import { sleep } from "../../src/engine/time.ts";
import { drain } from "../../src/platform/node/system.ts";
import { createVirtualHome, type VirtualHome, type VirtualHomeOptions } from "../../src/sim/home/virtual-home.ts";
import { virtualPerson } from "../../src/sim/home/virtual-person.ts";
import { buildModelImage } from "../../src/sim/tasmota/model-image.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { conversionOptions } from "../support/conversion-options.ts";
import { MemoryFiles } from "../support/memory-files.ts";
import { EP2 } from "../support/setup-rig.ts";

/** A conversion whose person does as a careful one does, but for what `wrong` says. */
function rig(
  bench: VirtualHomeOptions["bench"],
  wrong: (careful: Operator, home: VirtualHome) => Partial<Operator> = () => ({}),
) {
  const clock = new SimClock();
  const home = createVirtualHome({ clock, seed: 3, bench });
  const original = home.bench.flash.slice();
  const files = new MemoryFiles();
  const asked: string[] = [];
  const careful = virtualPerson(home, { onAnswer: (line) => asked.push(line.split(":")[0]!) });
  const ports: ConversionPorts = {
    line: home.line,
    clock: clock.port(),
    files,
    home: "/home",
    tool: "plugsmith test",
    random: { bytes: (count) => new Uint8Array(count).fill(7) },
    http: home.http,
    operator: { ...careful, ...wrong(careful, home) },
    events: () => undefined,
    wifi: home.wifi,
  };
  const options: ConversionOptions = conversionOptions({});
  const run = () => clock.complete(drain, convert(ports, options));
  return { clock, home, original, files, asked, ports, order: options, run, careful };
}

/** Of a list, leaves these open and stops there; everything else is as the careful person does it. */
function stopAt(careful: Operator, ...ids: string[]): Pick<Operator, "check"> {
  return {
    check: async (list, signal) => {
      const items = list.items.filter(({ id }) => !ids.includes(id));
      const { confirmed } = await careful.check({ ...list, items }, signal);
      return { confirmed, stop: items.length < list.items.length };
    },
  };
}

/** Says that these are done, and does nothing. */
function onlySays(careful: Operator, ...ids: string[]): Pick<Operator, "check"> {
  return {
    check: async (list, signal) => {
      await careful.check({ ...list, items: list.items.filter(({ id }) => !ids.includes(id)) }, signal);
      return { confirmed: list.items.map(({ id }) => id) };
    },
  };
}

const unsafe = expect.objectContaining({ code: "unsafe" });
const isUntouched = (now: Uint8Array, before: Uint8Array): boolean => Buffer.from(now).equals(Buffer.from(before));

test("a 5 V adapter is detected before it is wired, and destroys nothing", async () => {
  const { home, original, asked, run } = rig({ adapter: { volts: 5 } });
  await expect(run()).rejects.toThrowError(unsafe);
  expect(asked.filter((id) => id === "adapter-vcc").length).toBeGreaterThan(1);
  expect(asked).not.toContain("wiring");
  expect(home.bench.incidents).toEqual([]);
  expect(home.bench.pluggedIn).toBe(false);
  expect(isUntouched(home.bench.flash, original)).toBe(true);
});

test("a plug that may be in its socket is not opened", async () => {
  const { asked, run } = rig(undefined, (careful) => stopAt(careful, "away-from-mains"));
  await expect(run()).rejects.toThrowError(unsafe);
  expect(asked).not.toContain("opening");
});

test("an unmeasured 5 V adapter destroys the virtual plug", () => {
  const { home } = rig({ adapter: { volts: 5 } });
  home.bench.actions.plugAdapterIn();
  expect(home.bench.incidents).toEqual([expect.stringContaining("5 V on a chip made for 3.3 V")]);
});

test("a short between Vcc and GND is detected before power is applied", async () => {
  const { home, asked, run } = rig(undefined, (careful, { bench }) => ({
    measure: async (quantity, signal) => {
      // Too much solder: it reaches the next pad.
      if (quantity.work?.id === "wiring") bench.actions.rewire({ vcc: "short-to-ground" });
      return await careful.measure(quantity, signal);
    },
  }));
  await expect(run()).rejects.toThrowError(unsafe);
  expect(asked.at(-1)).toMatch(/^short-vcc-gnd/);
  expect(asked).not.toContain("ground-gpio0");
  expect(home.bench.incidents).toEqual([]);
});

/** The chip after a conversion's write, and the journal that says so: boot comes next. */
async function written(home: VirtualHome, files: MemoryFiles): Promise<void> {
  const plug = [...home.bench.mac].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const journal = await openPlugJournal(files, "/home", plug);
  const entry = { version: 1, at: "2026-11-22T10:00:00Z" };
  await journal.append({ type: "conversion-begun", ...entry });
  await journal.append({ type: "wires-attached", ...entry });
  for (const step of ["prepare", "connect", "identify", "back-up", "write"]) {
    await journal.append(parseEntry({ type: "conversion-step", step, data: { supply: "strong" }, ...entry })!);
  }
  await journal.close();
}

function flashed(): Uint8Array {
  const flash = new Uint8Array(0x100000).fill(0xff);
  flash.set(buildModelImage());
  return flash;
}

test("holding GPIO0 ends the conversion at the first start, before Tasmota is configured", async () => {
  const { home, files, asked, run } = rig({ flash: flashed(), gpio0Grounded: true }, (careful) =>
    onlySays(careful, "release-gpio0"),
  );
  await written(home, files);
  await expect(run()).rejects.toThrowError(expect.objectContaining({ code: "no-answer", step: "boot" }));
  expect(home.bench.gpio0Grounded).toBe(true);
  expect(asked).toContain("cold-start");
  expect(asked).not.toContain("wires-removed");
  const journal = [...files.now.keys()].find((path) => path.endsWith("journal.jsonl"))!;
  expect(files.text(journal)).not.toContain('"step":"provision"');
  expect(home.bench.incidents).toEqual([]);
});

test("grounding GPIO0 under the EP2's template burns the virtual plug's pin", async () => {
  const { clock, home } = rig({ flash: flashed(), pluggedIn: true });
  const wait = (ms: number): Promise<void> => clock.complete(drain, sleep(clock.port(), ms));
  await wait(12_000);
  const template = JSON.stringify({ NAME: "EP2", GPIO: tasmotaOf(EP2).template.gpio, FLAG: 0, BASE: 45 });
  const line = new TextEncoder().encode(`Backlog Template ${template}; Module 0\n`);
  await clock.complete(drain, home.line.write(line));
  await wait(8_000);
  expect(home.bench.incidents).toEqual([]);
  home.bench.actions.groundGpio0();
  await wait(8_000);
  expect(home.bench.incidents).toEqual([expect.stringContaining("GPIO0 was driven")]);
});

test("a plug that does not appear after its first mains power gets no load", async () => {
  const { clock, home, asked, files, ports, order, careful } = rig({ flash: flashed() });
  await written(home, files);
  const dead: Operator = {
    ...careful,
    // Into a socket that is switched off: the plug stays dark.
    ...onlySays(careful, "first-mains"),
  };
  const work = clock.complete(drain, convert({ ...ports, operator: dead }, order));
  await expect(work).rejects.toThrowError(
    expect.objectContaining({ code: expect.stringMatching(/no-answer|network/) }),
  );
  expect(asked).toContain("first-mains-no-load");
  expect(asked).not.toContain("load-in");
  expect(home.atMains).toBe(false);

  // Later, somebody has opened it again: by hand over the wires, or merely says so. The list is gone through again.
  const plug = [...home.bench.mac].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const before = asked.length;
  const opened: Operator = {
    ...careful,
    choose: async (choice, signal) => (choice.id === "still-closed" ? "opened" : careful.choose(choice, signal)),
    check: (list, signal) => dead.check(list, signal),
  };
  await expect(clock.complete(drain, convert({ ...ports, operator: opened }, order))).rejects.toThrowError();
  expect(asked.slice(before)).toContain("wires-removed");
  const journal = await openPlugJournal(ports.files, "/home", plug);
  await journal.append({ type: "backup-sealed", at: "2026-11-22T12:00:00Z", backup: "by-hand" });
  await journal.close();
  const again = asked.length;
  const refusing: Operator = {
    ...careful,
    ...stopAt(careful, "wires-removed"),
  };
  await expect(clock.complete(drain, convert({ ...ports, operator: refusing }, order))).rejects.toThrowError(unsafe);
  expect(asked.slice(again)).not.toContain("first-mains");
  expect(home.atMains).toBe(false);
});

test("a plug closed in an earlier run goes to mains only if its case stayed closed", async () => {
  const { clock, home, asked, files, ports, order, careful } = rig({ flash: flashed() });
  await written(home, files);
  const plug = [...home.bench.mac].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const log = await openConversionLog(files, "/home", plug, ports.clock);
  await log.finish("boot", { version: "15.2.0.2(tasmota)", restartReason: "Power On" });
  await clock.complete(drain, new ConversionSteps(ports, order, log, plug).close());
  await log.close();
  const convertAs = (answer: "closed" | "opened"): Promise<unknown> => {
    asked.length = 0;
    const operator: Operator = {
      ...careful,
      choose: (choice, signal) => {
        if (choice.id !== "still-closed") return careful.choose(choice, signal);
        asked.push(choice.id);
        return Promise.resolve(answer);
      },
    };
    return clock.complete(drain, convert({ ...ports, operator }, order));
  };
  await expect(convertAs("opened")).rejects.toThrowError(unsafe);
  expect(asked).toContain("still-closed");
  expect(asked).not.toContain("first-mains");
  expect(home.atMains).toBe(false);
  // What was said is on record: from now on it is a plug with wires on it, until the list is through.
  expect(foldConversion(await readJournal(files, plugFolder("/home", plug))).wiresAttached).toBe(true);

  const again = await openConversionLog(files, "/home", plug, ports.clock);
  await clock.complete(drain, new ConversionSteps(ports, order, again, plug).close());
  await again.close();
  await convertAs("closed");
  expect(asked.filter((id) => id === "still-closed")).toHaveLength(1);
  expect(asked.indexOf("still-closed")).toBeLessThan(asked.indexOf("first-mains"));
  expect(home.bench.incidents).toEqual([]);
});
