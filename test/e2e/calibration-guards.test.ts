import { expect, test } from "vitest";
import { EXACT } from "../../src/core/calibration/instrument.ts";
import { calibrate, reapplyCalibration, undoCalibration } from "../../src/engine/calibration/calibrate.ts";
import { calibrateRow } from "../../src/engine/calibration/calibrate-row.ts";
import { openCalibrationRecords } from "../../src/engine/calibration/journal-records.ts";
import { meterReference, shellyReference } from "../../src/engine/calibration/reference-plug.ts";
import { type ReferenceMethod, TYPICAL_OWN_CONSUMPTION } from "../../src/engine/calibration/references.ts";
import { verifyMeter } from "../../src/engine/calibration/verify-meter.ts";
import { openPlugJournal } from "../../src/engine/home/plug-journal.ts";
import type { Operator } from "../../src/engine/ports.ts";
import { tasmotaMeter } from "../../src/engine/tasmota/meter.ts";
import { drain } from "../../src/platform/node/system.ts";
import { SimClock } from "../../src/sim/world/clock.ts";
import type { Appliance } from "../../src/sim/world/load.ts";
import { calibratingPerson, recordsInMemory } from "../support/calibrating-person.ts";
import { MemoryFiles } from "../support/memory-files.ts";
import { MeteringPlug, meteringWorld } from "../support/metering-plug.ts";

const ERROR = { voltage: 1.08, current: 0.93, power: 1.02 };
const DEFAULTS = { PowerCal: 12530, VoltageCal: 1950, CurrentCal: 3500 };
const heater = (watts: number): ReferenceMethod => ({
  kind: "volts-and-load",
  voltmeter: EXACT,
  load: { kind: "heater", ratedPower: watts, ratedVoltage: 230, tolerance: 0 },
});

function bench(appliance: Appliance, operator: Partial<Operator> = {}) {
  const world = meteringWorld({ voltage: 229, drift: 0.5, noise: 0.1 }, appliance);
  const plug = new MeteringPlug(world, ERROR);
  plug.board.powerOn();
  plug.board.run(12);
  const records = recordsInMemory();
  const events: { type: string }[] = [];
  const person = calibratingPerson(world, 1, { volts: EXACT, watts: EXACT, amperes: EXACT });
  const parts = {
    clock: world.clock.port(),
    meter: tasmotaMeter(plug.link),
    operator: { ...person, ...operator },
    events: (event: { type: string }) => void events.push(event),
    records,
  };
  const run = <T>(work: Promise<T>): Promise<T> => world.clock.complete(drain, work);
  const constants = () => ({
    ...plug.execute("PowerCal"),
    ...plug.execute("VoltageCal"),
    ...plug.execute("CurrentCal"),
  });
  return { world, plug, parts, records, events, run, constants };
}

const refused = (message: RegExp) =>
  expect.objectContaining({ code: "not-measurable", message: expect.stringMatching(message) });

test("relay off: it is switched on for the measurement, and off again afterwards", async () => {
  const { plug, parts, run, constants } = bench({ watts: 1000 });
  plug.execute("Power 0");
  plug.board.run(6);
  await run(calibrate(parts, { method: heater(1000), samples: 8, maximumPower: 2300 }));
  expect(plug.execute("Power")).toEqual({ POWER: "OFF" });
  expect(constants()).not.toEqual(DEFAULTS);
  expect(plug.execute("VoltRes")).toEqual({ VoltRes: 0 });
  expect(plug.execute("WattRes")).toEqual({ WattRes: 0 });
});

test("no load: refused for want of pulses, constants untouched, nothing on record but what was put back", async () => {
  const { parts, run, constants, records } = bench({ watts: 0 });
  await expect(run(calibrate(parts, { method: heater(1000), samples: 8, maximumPower: 2300 }))).rejects.toThrowError(
    refused(/no pulses/),
  );
  expect(constants()).toEqual(DEFAULTS);
  expect(records.list.map(({ kind }) => kind)).toEqual(["measuring", "put-back"]);
});

test("a load above the plug's rating is refused by its label, before the relay is switched on", async () => {
  const { plug, parts, run, constants } = bench({ watts: 3000 });
  plug.execute("Power 0");
  const work = run(calibrate(parts, { method: heater(3000), samples: 8, maximumPower: 2300 }));
  await expect(work).rejects.toThrowError(
    expect.objectContaining({ code: "unsafe", message: expect.stringMatching(/3000 W.*2300 W/) }),
  );
  expect(plug.commands.filter((command) => /^Power 1/i.test(command))).toEqual([]);
  expect(constants()).toEqual(DEFAULTS);
});

test("a load below the meter's threshold is refused, with the threshold", async () => {
  const { parts, run, constants } = bench({ watts: 1.5 });
  const work = run(calibrate(parts, { method: heater(1.5), samples: 8, maximumPower: 2300 }));
  await expect(work).rejects.toThrowError(expect.objectContaining({ nextStep: expect.stringContaining("7 mA") }));
  expect(constants()).toEqual(DEFAULTS);
});

test("a 46 W bulb is too small for 0.2 %, and the load that would do is named", async () => {
  const { parts, run, constants } = bench({ watts: 46 });
  const work = run(calibrate(parts, { method: heater(46), samples: 8, target: 0.002, maximumPower: 2300 }));
  await expect(work).rejects.toThrowError(
    expect.objectContaining({
      code: "not-measurable",
      nextStep: expect.stringMatching(/resistive load of \d+ W or more/),
    }),
  );
  expect(constants()).toEqual(DEFAULTS);
});

test("SaveData off is refused before anything is asked", async () => {
  let asked = false;
  const { plug, parts, run } = bench(
    { watts: 1000 },
    {
      choose: async () => {
        asked = true;
        return "ready";
      },
    },
  );
  plug.execute("SaveData 0");
  await expect(run(calibrate(parts, { method: heater(1000), samples: 8, maximumPower: 2300 }))).rejects.toThrowError(
    refused(/SaveData/),
  );
  expect(asked).toBe(false);
});

test("a template with the wrong chip is refused and named", async () => {
  const { plug, parts, run } = bench({ watts: 1000 });
  plug.execute('Backlog Template {"GPIO":[320,1,576,1,2656,2688,0,0,2624,32,0,224,0,0]};Module 0');
  plug.board.run(20);
  await expect(run(calibrate(parts, { method: heater(1000), samples: 8, maximumPower: 2300 }))).rejects.toThrowError(
    refused(/HLW8012/),
  );
});

test("an LED lamp or charger (power factor 0.6) is refused for volts and watts, and serves where amperes are measured", async () => {
  const load: Appliance = { watts: 60, powerFactor: 0.6, kind: "regulated" };
  const first = bench(load);
  const byWatts: ReferenceMethod = { kind: "instruments", volts: EXACT, watts: EXACT };
  await expect(
    first.run(calibrate(first.parts, { method: byWatts, samples: 8, maximumPower: 2300 })),
  ).rejects.toThrowError(refused(/not seem to be resistive/));
  expect(first.constants()).toEqual(DEFAULTS);
  const second = bench(load);
  const record = await second.run(
    calibrate(second.parts, { method: { ...byWatts, amperes: EXACT }, samples: 8, maximumPower: 2300 }),
  );
  expect((record.after.current / 3500) * ERROR.current).toBeCloseTo(1, 2);
});

test("a kettle's watts typed as kilowatts are refused with that reason", async () => {
  const { parts, run, constants } = bench({ watts: 2000 }, { measure: async ({ unit }) => (unit === "W" ? 2 : 229) });
  const method: ReferenceMethod = { kind: "instruments", watts: EXACT };
  await expect(run(calibrate(parts, { method, samples: 8, maximumPower: 2300 }))).rejects.toThrowError(
    refused(/kilowatts/),
  );
  expect(constants()).toEqual(DEFAULTS);
});

test("CF and CF1 swapped in the template give constants that are refused", async () => {
  const { plug, parts, run } = bench({ watts: 1000 });
  plug.execute('Backlog Template {"GPIO":[320,1,576,1,2720,2656,0,0,2624,32,0,224,0,0]};Module 0');
  plug.board.run(25);
  await expect(run(calibrate(parts, { method: heater(1000), samples: 8, maximumPower: 2300 }))).rejects.toThrowError(
    expect.objectContaining({ code: "not-measurable" }),
  );
});

test("a load that keeps switching is never called steady", async () => {
  const { world, parts, run } = bench({ watts: 1000 });
  const flip = (): void => {
    world.load.appliance = { watts: world.load.appliance.watts === 1000 ? 400 : 1000 };
    world.clock.at(world.clock.now + 7e6, flip);
  };
  flip();
  await expect(run(calibrate(parts, { method: heater(1000), samples: 8, maximumPower: 2300 }))).rejects.toThrowError(
    refused(/did not become steady/),
  );
});

test("a mistyped mains voltage is asked for again with what the plug sees; given again it is the voltage that is doubted, not the load", async () => {
  const given = [23, 229];
  const asked: string[] = [];
  const measure: Operator["measure"] = async ({ text }) => {
    asked.push(text.toString());
    return given.shift() ?? Number.NaN;
  };
  const first = bench({ watts: 1000 }, { measure });
  await first.run(calibrate(first.parts, { method: heater(1000), samples: 8, maximumPower: 2300 }));
  expect(asked).toHaveLength(2);
  expect(asked[1]).toMatch(/^You typed 23 V, but the plug reads about 2\d\d V\. Is it a typing error/);
  const second = bench({ watts: 1000 }, { measure: async () => 23 });
  const work = calibrate(second.parts, { method: heater(1000), samples: 8, maximumPower: 2300 });
  await expect(second.run(work)).rejects.toThrowError(refused(/You typed 23 V as the mains voltage/));
  expect(second.constants()).toEqual(DEFAULTS);
});

test("bare probes: anyone who does not confirm the gate measures nothing", async () => {
  const { plug, parts, run } = bench({ watts: 1000 }, { choose: async () => "stop" });
  await expect(run(calibrate(parts, { method: heater(1000), samples: 8, maximumPower: 2300 }))).rejects.toThrowError(
    expect.objectContaining({ code: "unsafe" }),
  );
  expect(plug.commands.some((command) => /Cal \d/.test(command))).toBe(false);
});

test("undo brings the old constants back; re-applying needs no measurement, even after a full reset", async () => {
  const { plug, parts, run, constants } = bench({ watts: 1000 });
  const record = await run(calibrate(parts, { method: heater(1000), samples: 8, maximumPower: 2300 }));
  const calibrated = constants();
  await run(undoCalibration(parts));
  expect(constants()).toEqual(DEFAULTS);
  await run(reapplyCalibration(parts));
  expect(constants()).toEqual(calibrated);
  expect(record.after).toEqual({
    power: calibrated["PowerCal"],
    voltage: calibrated["VoltageCal"],
    current: calibrated["CurrentCal"],
  });
  plug.board.run(5);
  plug.board.powerCycle();
  plug.board.run(12);
  expect(constants()).toEqual(calibrated);
});

test("a crash between the record and the constants can be undone", async () => {
  const { plug, parts, run, constants } = bench({ watts: 1000 });
  let writes = 0;
  const dying = async (command: string): Promise<Readonly<Record<string, unknown>>> => {
    if (/Cal \d/.test(command) && ++writes === 2) throw new Error("cable pulled");
    return plug.link(command);
  };
  await expect(
    run(calibrate({ ...parts, meter: tasmotaMeter(dying) }, { method: heater(1000), samples: 8, maximumPower: 2300 })),
  ).rejects.toThrow("cable pulled");
  expect(constants()).not.toEqual(DEFAULTS);
  await run(undoCalibration(parts));
  expect(constants()).toEqual(DEFAULTS);
});

test("a run that dies in the middle loses neither the plug's own settings nor the errors before: the next one takes them back", async () => {
  const { plug, parts, run, records, constants } = bench({ watts: 1000 });
  plug.execute("Power 0");
  plug.board.run(6);
  const request = { method: heater(1000), samples: 8, maximumPower: 2300 } as const;
  let writes = 0;
  let dead = false;
  const dying = (command: string): Promise<Readonly<Record<string, unknown>>> => {
    dead ||= /Cal \d/.test(command) && ++writes === 2;
    return dead ? Promise.reject(new Error("killed")) : plug.link(command);
  };
  await expect(run(calibrate({ ...parts, meter: tasmotaMeter(dying) }, request))).rejects.toThrow("killed");
  expect(plug.execute("Power")).toEqual({ POWER: "ON" });
  expect(constants()).not.toEqual(DEFAULTS);
  const done = await run(calibrate(parts, request));
  expect(plug.execute("Power")).toEqual({ POWER: "OFF" });
  expect(plug.execute("VoltRes")).toEqual({ VoltRes: 0 });
  const first = records.list.find(({ kind }) => kind === "begun");
  expect(first).toMatchObject({ before: done.before });
});

test("a check at a second load finds no error beyond its uncertainty; a drifted meter is told", async () => {
  const { world, plug, parts, run, records } = bench({ watts: 2000 });
  await run(calibrate(parts, { method: heater(2000), samples: 8, maximumPower: 2300 }));
  world.load.appliance = { watts: 300 };
  const second = await run(verifyMeter(parts, { method: heater(300), samples: 8 }, "linearity"));
  expect(second.verdict).toMatch(/At this load, the error is within/);
  plug.execute("PowerCal 13500");
  plug.board.run(10);
  const later = await run(verifyMeter(parts, { method: heater(300), samples: 8 }, "drift"));
  expect(later.verdict).toMatch(/power \+.*do not match any recorded calibration/);
  expect(records.list.at(-2)).toMatchObject({ kind: "checked", purpose: "drift" });
});

test.each(["before", "after"] as const)(
  "ten plugs in a row, the reference %s them, end within their uncertainty",
  async (position) => {
    const clock = new SimClock();
    const own = 0.9;
    const count = 10;
    const mains = { voltage: 231, drift: 1, noise: 0.15 };
    const at = (watts: number) => meteringWorld(mains, { watts }, clock);
    const watts = 800;
    // What each meter sees: the heater and the supplies of everything nearer to the load than its own shunt.
    const referenceWorld = at(position === "before" ? watts + count * own : watts);
    const reference = new MeteringPlug(referenceWorld, { voltage: 1, current: 1, power: 1 });
    const extra = position === "before" ? 0 : own;
    const errors = Array.from({ length: count }, (_, i) => ({
      voltage: 0.86 + 0.03 * i,
      current: 1.14 - 0.03 * i,
      power: 0.9 + 0.02 * i,
    }));
    const plugs = errors.map((error, i) => new MeteringPlug(at(watts + (count - 1 - i) * own + extra), error));
    for (const plug of [reference, ...plugs]) plug.board.powerOn();
    clock.runInternal(12e6);
    const person = calibratingPerson(referenceWorld, 1, {});
    let gates = 0;
    const typed = {
      measure: () => Promise.reject(new Error("nobody should be asked for numbers")),
      choose: async () => {
        gates++;
        return "ready";
      },
    };
    const work = (async () => {
      const plug = await meterReference("reference", tasmotaMeter(reference.link), {
        voltage: 0.002,
        current: 0.003,
        power: 0.003,
      });
      const results = await calibrateRow(
        plugs.map((each, i) => ({
          name: `plug ${i + 1}`,
          parts: {
            clock: clock.port(),
            meter: tasmotaMeter(each.link),
            operator: { ...person, ...typed },
            events: () => {},
            records: recordsInMemory(),
          },
        })),
        { reference: plug, position, ownConsumption: TYPICAL_OWN_CONSUMPTION, samples: 6, maximumPower: 2300 },
      );
      await plug.release();
      return results;
    })();
    const results = await clock.complete(drain, work);
    expect(gates, "the row is confirmed once").toBe(1);
    expect(reference.execute("WattRes")).toEqual({ WattRes: 0 });
    for (const [i, { outcome }] of results.entries()) {
      if (outcome instanceof Error) throw outcome;
      for (const { quantity, after, budget, command } of outcome.results) {
        const nominal = { power: 12530, voltage: 1950, current: 3500 }[quantity];
        const error = (errors[i]![quantity] * after) / nominal - 1;
        expect(Math.abs(error), `${command} of plug ${i + 1}: ${error}`).toBeLessThanOrEqual(budget.expanded);
        expect(budget.expanded).toBeLessThan(0.035);
      }
    }
  },
);

test("a Shelly is read by its own interface, either generation; nonsense and silence are named", async () => {
  const http = (status: number, body: string) => ({
    request: async ({ url }: { url: string }) => ({
      status,
      headers: {},
      body: new TextEncoder().encode(
        url.includes("/rpc/Switch.GetStatus?id=0") || url.includes("/meter/0") ? body : "?",
      ),
    }),
  });
  const accuracy = { voltage: 0.005, current: 0.005, power: 0.005 };
  const gen2 = shellyReference("10.0.0.2", 2, http(200, '{"apower":812.3,"voltage":229.8,"current":3.535}'), accuracy);
  expect(await gen2.read()).toEqual({ power: 812.3, voltage: 229.8, current: 3.535 });
  const gen1 = shellyReference("10.0.0.3", 1, http(200, '{"power":812.31,"is_valid":true}'), accuracy);
  expect(await gen1.read()).toEqual({ power: 812.31 });
  const invalid = shellyReference("10.0.0.3", 1, http(200, '{"power":812.31,"is_valid":false}'), accuracy);
  await expect(invalid.read()).rejects.toThrowError(expect.objectContaining({ code: "not-measurable" }));
  await expect(shellyReference("a", 2, http(401, ""), accuracy).read()).rejects.toThrowError(
    expect.objectContaining({ code: "unauthorized" }),
  );
  await expect(shellyReference("a", 2, http(200, "<html>"), accuracy).read()).rejects.toThrowError(
    expect.objectContaining({ code: "bad-answer" }),
  );
});

test("with wires on record since the last closing list, nothing is measured at mains and nothing is asked", async () => {
  const files = new MemoryFiles();
  const { parts, run, constants } = bench({ watts: 1000 });
  const journal = await openPlugJournal(files, "/home", "5ccf7fa1b2c3");
  await journal.append({ type: "backup-sealed", at: "2026-11-22T10:00:00Z", backup: "x" });
  await journal.close();
  const records = await openCalibrationRecords(files, "/home", "5ccf7fa1b2c3");
  const asked: string[] = [];
  const operator = {
    ...parts.operator,
    choose: (choice: { id: string }) => {
      asked.push(choice.id);
      return Promise.resolve("ready");
    },
  };
  const unsafe = expect.objectContaining({ code: "unsafe", message: expect.stringContaining("closing list") });
  const measuring = { ...parts, operator, records };
  await expect(
    run(calibrate(measuring, { method: heater(1000), samples: 8, maximumPower: 2300 })),
  ).rejects.toThrowError(unsafe);
  await expect(run(verifyMeter(measuring, { method: heater(1000), samples: 8 }, "drift"))).rejects.toThrowError(unsafe);
  expect(asked).toEqual([]);
  expect(constants()).toEqual(DEFAULTS);
});
