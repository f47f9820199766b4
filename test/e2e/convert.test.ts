import { expect, test } from "vitest";
import type { JobEvent } from "../../src/core/events.ts";
import { type ConversionOptions, type ConversionPorts, convert } from "../../src/engine/jobs/convert.ts";
import { drain } from "../../src/platform/node/system.ts";
import { createVirtualHome, HOME_NETWORK, type VirtualHomeOptions } from "../../src/sim/home/virtual-home.ts";
import { type PersonOptions, virtualPerson } from "../../src/sim/home/virtual-person.ts";
import { buildModelImage } from "../../src/sim/tasmota/model-image.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { conversionOptions, EP2_TEXTS } from "../support/conversion-options.ts";
import { MemoryFiles } from "../support/memory-files.ts";

class SeededBytes {
  readonly #random = new SeededRandom(1).fork("host");
  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => Math.floor(this.#random.between(0, 256)));
  }
}

function rig(person: PersonOptions = {}, options: Partial<VirtualHomeOptions> = {}) {
  const clock = new SimClock();
  const home = createVirtualHome({ clock, seed: 3, ...options });
  const original = home.bench.flash.slice();
  const files = new MemoryFiles();
  const events: JobEvent[] = [];
  const answers: string[] = [];
  const ports: ConversionPorts = {
    line: home.line,
    clock: clock.port(),
    files,
    home: "/home",
    tool: "plugsmith test",
    random: new SeededBytes(),
    http: home.http,
    operator: virtualPerson(home, { onAnswer: (line) => answers.push(line), ...person }),
    events: (event) => events.push(event),
    wifi: home.wifi,
  };
  const conversion: ConversionOptions = conversionOptions({ deviceName: "Kettle plug", timeZone: "Europe/Berlin" });
  const run = () => clock.complete(drain, convert(ports, conversion));
  return { clock, home, original, files, events, answers, ports, order: conversion, run };
}

test("a careful person converts a plug in one go: the backup is the vendor's flash, nobody is hurt, no secret leaks", async () => {
  const { home, original, files, events, run } = rig();
  const result = await run();
  expect(home.bench.incidents).toEqual([]);
  expect(result.resumedAfter).toEqual([]);
  const backup = [...files.now.keys()].find((path) => path.endsWith("original.bin"))!;
  expect(Buffer.from(files.now.get(backup)!.bytes).equals(Buffer.from(original))).toBe(true);
  expect(result.report.steps.map(({ step }) => step)).toEqual([
    ...["prepare", "connect", "identify", "back-up", "write", "boot", "provision", "configure", "secure", "audit"],
    ...["close-case", "calibrate"],
  ]);
  expect(result.report.calibrations).toHaveLength(1);
  const secrets = JSON.parse(files.text(`/home/plugs/${result.plug}/secrets.json`)) as { webPassword: string };
  expect(secrets.webPassword.length).toBeGreaterThan(12);
  // From the first question at the bench to the one before the load; each with the time of its answer.
  const { answers } = result.report;
  expect(answers.find(({ question }) => question.startsWith("Wires and mains must never"))?.answer).toBe("yes");
  expect(answers.find(({ question }) => question.includes("rated for mains"))?.answer).toBe("yes");
  expect(answers.length).toBeGreaterThan(20);
  expect(answers.map(({ at }) => at)).toEqual(answers.map(({ at }) => at).sort());
  const reported = [
    JSON.stringify(events),
    files.text(result.page),
    files.text(`/home/plugs/${result.plug}/journal.jsonl`),
  ];
  reported.push(files.text(`/home/plugs/${result.plug}/report.json`), JSON.stringify(result.report));
  for (const secret of [secrets.webPassword, HOME_NETWORK.passphrase]) {
    for (const text of reported) expect(text.includes(secret)).toBe(false);
  }
  // The same plug again: when its chip is met it is known, told, and left as it is unless its person insists.
  const converted = home.bench.flash.slice();
  await expect(run()).rejects.toMatchObject({
    code: "aborted",
    message: expect.stringContaining(`Plug ${result.plug} is already converted`),
  });
  expect(Buffer.from(home.bench.flash).equals(Buffer.from(converted))).toBe(true);
});

test("with an FT232's 50 mA supply the plug is closed first and joins through its access point", async () => {
  const { home, events, run } = rig({}, { bench: { adapter: { kind: "FT232R" } } });
  const result = await run();
  expect(home.bench.incidents).toEqual([]);
  const order = result.report.steps.map(({ step }) => step);
  expect(order.indexOf("close-case")).toBeLessThan(order.indexOf("provision"));
  expect(result.report.steps.find(({ step }) => step === "provision")?.summary).toContain("access-point");
  expect(events.some((event) => event.type === "fact" && event.name === "PowerCal")).toBe(true);
});

test("a hasty person forgets GPIO0, skips the cold start and measures badly; nobody is hurt and the plug is converted", async () => {
  const { home, answers, run } = rig({ character: "hasty" });
  const result = await run();
  expect(home.bench.incidents).toEqual([]);
  expect(result.report.calibrations).toHaveLength(1);
  expect(answers.filter((line) => line.startsWith("earth-resistance"))).toEqual([
    "earth-resistance-leads: 0.21 ohm",
    "earth-resistance: 1.7 ohm",
    "earth-resistance-unit: ohm",
    "earth-resistance: 0.33 ohm",
    "earth-resistance-unit: ohm",
  ]);
  // The reading that was not good enough is in the report too, before the one that was.
  const reported = result.report.answers.filter(({ question }) => question.startsWith(EP2_TEXTS["earth-resistance"]!));
  expect(reported.map(({ answer }) => answer)).toEqual(["1.7 Ω", "0.33 Ω"]);
});

test("a conversion stopped at the closing list continues there and does not use mains before", async () => {
  const { clock, home, ports, order, files } = rig({ choices: { insulation: "x", screws: "no" } });
  const first = clock.complete(drain, convert(ports, order));
  await expect(first).rejects.toThrowError(expect.objectContaining({ code: "unsafe" }));
  expect(home.atMains).toBe(false);
  const backups = [...files.now.keys()].filter((path) => path.endsWith("original.bin"));
  const flash = home.bench.flash.slice();
  const again = virtualPerson(home);
  const result = await clock.complete(drain, convert({ ...ports, operator: again }, order));
  expect(result.resumedAfter).toContain("audit");
  expect(result.resumedAfter).not.toContain("close-case");
  expect([...files.now.keys()].filter((path) => path.endsWith("original.bin"))).toEqual(backups);
  expect(Buffer.from(home.bench.flash.subarray(0, 0x4000)).equals(Buffer.from(flash.subarray(0, 0x4000)))).toBe(true);
  expect(home.bench.incidents).toEqual([]);
  expect(result.report.calibrations).toHaveLength(1);
});

test("plugging into mains with a wire attached destroys the virtual plug, which is reported", () => {
  const { home } = rig();
  home.bench.actions.plugAdapterIn();
  home.plugIntoMains(true);
  expect(home.bench.incidents).toEqual([expect.stringContaining("mains with wires attached")]);
});

test("an image without metering commands is refused before the first question", async () => {
  const { clock, ports, order, answers } = rig();
  const lite = buildModelImage();
  const at = Buffer.from(lite).indexOf("PowerCal|VoltageCal");
  const image = lite.slice();
  image.fill(0x20, at, at + 8);
  const work = clock.complete(drain, convert(ports, { ...order, firmware: { image, origin: "a file" } }));
  await expect(work).rejects.toThrowError(
    expect.objectContaining({ code: expect.stringMatching(/not-supported|bad-image/) }),
  );
  expect(answers).toEqual([]);
});

test("the virtual plugs' own image is refused for a real plug", async () => {
  const { clock, ports, order, answers } = rig();
  const work = clock.complete(drain, convert(ports, { ...order, virtual: false }));
  await expect(work).rejects.toThrowError(
    expect.objectContaining({ code: "not-supported", message: expect.stringContaining("simulated firmware") }),
  );
  expect(answers).toEqual([]);
});
