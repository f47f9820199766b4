/** A second firmware: its own image, its own protocol, its own part of a profile. What converts Tasmota converts it too. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FIRMWARE_PARTS, parseProfile } from "../../src/core/profile/profile.ts";
import { FIRMWARE_DRIVERS } from "../../src/engine/firmware-drivers.ts";
import { readJournal } from "../../src/engine/home/journal.ts";
import { readSecrets } from "../../src/engine/home/plug-records.ts";
import { convert } from "../../src/engine/jobs/convert.ts";
import { rescue } from "../../src/engine/rescue/rescue.ts";
import { drain } from "../../src/platform/node/system.ts";
import { createVirtualHome, KNOWN_FIRMWARES } from "../../src/sim/home/virtual-home.ts";
import { virtualPerson } from "../../src/sim/home/virtual-person.ts";
import { buildModelImage } from "../../src/sim/tasmota/model-image.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { conversionOptions } from "../support/conversion-options.ts";
import { sparseFlash } from "../support/home-rig.ts";
import { MemoryFiles } from "../support/memory-files.ts";
import { TOY_PART, toyDriver } from "../support/toy-firmware/driver.ts";
import { toyImage, toyStandIn } from "../support/toy-firmware/stand-in.ts";

const written = JSON.parse(
  readFileSync(new URL("../../profiles/gosund-ep2/profile.json", import.meta.url), "utf8"),
) as Record<string, unknown>;
const PARTS = [...FIRMWARE_PARTS, TOY_PART];
const profile = parseProfile({ ...written, firmware: { toy: { label: "kettle" } } }, PARTS);
const firmwares = [...FIRMWARE_DRIVERS, toyDriver];

function rig() {
  const clock = new SimClock();
  const home = createVirtualHome({
    clock,
    seed: 3,
    firmwares: [...KNOWN_FIRMWARES, toyStandIn],
    bench: { flash: sparseFlash() },
  });
  const files = new MemoryFiles();
  const random = new SeededRandom(1);
  const ports = {
    line: home.line,
    clock: clock.port(),
    files,
    home: "/home",
    tool: "plugsmith test",
    firmwares,
    random: { bytes: (count: number) => random.bytes(count) },
    http: home.http,
    operator: virtualPerson(home),
    events: () => {},
    wifi: home.wifi,
  };
  const options = { ...conversionOptions({}), profile, firmware: { image: toyImage(), origin: "the test" } };
  return { clock, home, files, ports, order: options };
}

test("a firmware with a driver of its own is converted, locked, closed and calibrated as Tasmota is", async () => {
  const { clock, home, files, ports, order } = rig();
  const original = home.bench.flash.slice();
  const { plug, report, page } = await clock.complete(drain, convert(ports, order));
  expect(home.bench.incidents).toEqual([]);
  expect(report.steps.map(({ step }) => step)).toEqual([
    ...["prepare", "connect", "identify", "back-up", "write", "boot", "provision", "configure", "secure", "audit"],
    ...["close-case", "calibrate"],
  ]);
  expect(report.firmware).toMatchObject({ description: "toy firmware 1.0", running: "toy 1.0" });
  expect(report.template).toEqual({ json: '{"label":"kettle"}', words: ["GPIO15: the toy's relay"] });
  expect(report.wayBack).toContain("The toy is reset by erasing it.");
  const backup = [...files.now.keys()].find((path) => path.endsWith("original.bin"))!;
  expect(Buffer.compare(files.now.get(backup)!.bytes, Buffer.from(original))).toBe(0);

  const boot = (await readJournal(files, `/home/plugs/${plug}`)).find(
    (entry) => "step" in entry && entry.step === "boot",
  );
  expect(boot).toMatchObject({ data: { version: "1.0", restartReason: "fresh-power", mac: plug } });
  const { webPassword } = await readSecrets({ files, path: "/home" }, plug);
  expect(webPassword).toMatch(/^[0-9a-f]{16}$/);
  for (const text of [files.text(page), JSON.stringify(report)]) expect(text).not.toContain(webPassword);

  // The plug itself measures its mains and its kilowatt right, with the constants that were written to it.
  expect(report.calibrations[0]!.results.map(({ quantity }) => quantity).sort()).toEqual([
    "current",
    "power",
    "voltage",
  ]);
  home.load.appliance = { watts: home.loadWatts };
  const online = toyDriver.open(
    { ...ports, home: { files, path: "/home" } },
    { mac: plug, address: report.address!, source: "network" },
    ports,
  );
  const { meter } = await clock.complete(drain, online);
  await clock.complete(drain, meter.switchRelay(true));
  const reading = await clock.complete(drain, meter.read());
  const draw = home.load.draw(home.mains.voltage);
  expect(Math.abs(reading.voltage / home.mains.voltage - 1)).toBeLessThan(0.02);
  expect(Math.abs(reading.power / draw.watts - 1)).toBeLessThan(0.02);
});

test("rescue refuses a firmware whose driver knows no recovery options, before it asks or looks", async () => {
  const { clock, home, ports, order } = rig();
  const rescuing = rescue(ports, { ...order, firmwares, ranges: [] });
  await expect(clock.complete(drain, rescuing)).rejects.toMatchObject({
    code: "not-supported",
    plugState: "unchanged",
    message: expect.stringContaining("toy"),
  });
  expect(home.bench.incidents).toEqual([]);
});

test("a driver refuses another firmware's image before anything is touched", async () => {
  const { clock, home, ports, order } = rig();
  const tasmota = { ...order, firmware: { image: buildModelImage(), origin: "the test" } };
  await expect(clock.complete(drain, convert(ports, tasmota))).rejects.toMatchObject({ code: "not-supported" });
  const itself = { ...conversionOptions({}), firmware: order.firmware };
  await expect(clock.complete(drain, convert(ports, itself))).rejects.toMatchObject({ code: "not-supported" });
  expect(home.bench.incidents).toEqual([]);
});

test("a profile for a firmware that nobody drives is refused with the names of those that somebody does", async () => {
  const { clock, ports, order } = rig();
  await expect(clock.complete(drain, convert({ ...ports, firmwares: FIRMWARE_DRIVERS }, order))).rejects.toMatchObject({
    code: "not-supported",
    message: "The profile of the Gosund EP2 is for toy, but plugsmith has drivers only for tasmota.",
  });
});
