import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { EXACT } from "../../src/core/calibration/instrument.ts";
import type { JobEvent } from "../../src/core/events.ts";
import { type GuideTexts, parseGuide } from "../../src/core/guide/guide.ts";
import { type ConversionOrder, type ConversionPorts, convert } from "../../src/engine/jobs/convert.ts";
import { drain } from "../../src/platform/node/drain.ts";
import { createVirtualHome, HOME_NETWORK, type VirtualHomeOptions } from "../../src/sim/home/virtual-home.ts";
import { type PersonOptions, virtualPerson } from "../../src/sim/home/virtual-person.ts";
import { buildStandInImage } from "../../src/sim/tasmota/stand-in-image.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import { WorldRandom } from "../../src/sim/world/random.ts";
import { MemoryFiles } from "../support/memory-files.ts";
import { EP2 } from "../support/setup-rig.ts";

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../profiles/gosund-ep2/${name}`, import.meta.url), "utf8"));
const texts = read("texts.en.json") as GuideTexts;
const guide = parseGuide(read("guide.json"), texts, "guide.json");

class SeededBytes {
  readonly #random = new WorldRandom(1, "host");
  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => Math.floor(this.#random.between(0, 256)));
  }
}

function scene(person: PersonOptions = {}, options: Partial<VirtualHomeOptions> = {}) {
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
  const order: ConversionOrder = {
    profile: EP2,
    guide,
    texts,
    firmware: { image: buildStandInImage(), origin: "the built-in stand-in" },
    credentials: HOME_NETWORK,
    wishes: { deviceName: "Kettle plug", timeZone: "Europe/Berlin" },
    calibration: {
      method: {
        kind: "volts-and-load",
        voltmeter: EXACT,
        load: { kind: "heater", ratedPower: 1000, ratedVoltage: 230, tolerance: 0.01 },
      },
      samples: 8,
      maximumPower: 2300,
    },
    virtual: true,
  };
  const run = () => clock.complete(drain, convert(ports, order));
  return { clock, home, original, files, events, answers, ports, order, run };
}

test("a careful person converts a plug in one go; the backup is the vendor's flash; nobody is hurt", async () => {
  const { home, original, files, events, run } = scene();
  const result = await run();
  expect(home.bench.accidents).toEqual([]);
  expect(result.resumedAfter).toEqual([]);
  const backup = [...files.now.keys()].find((path) => path.endsWith("original.bin"))!;
  expect(Buffer.from(files.now.get(backup)!.bytes).equals(Buffer.from(original))).toBe(true);
  expect(result.report.steps.map(({ step }) => step)).toEqual([
    ...["prepare", "connect", "identify", "back up", "write", "boot", "provision", "configure", "secure", "audit"],
    ...["close the case", "calibrate"],
  ]);
  expect(result.report.calibrations).toHaveLength(1);
  expect(events.filter(({ type }) => type === "step-started").length).toBeGreaterThanOrEqual(12);
});
