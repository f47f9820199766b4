/**
 * Calibrating plugs that stand in the virtual mains: how long a person has to be there. Virtual time; what a person's
 * own acts take is an assumption, printed with the result.
 */
import { EXACT } from "../src/core/calibration/instrument.ts";
import { calibrate } from "../src/engine/calibration/calibrate.ts";
import { calibrateRow } from "../src/engine/calibration/calibrate-row.ts";
import { meterReference } from "../src/engine/calibration/reference-plug.ts";
import { type ReferenceMethod, TYPICAL_OWN_CONSUMPTION } from "../src/engine/calibration/references.ts";
import type { CalibrationParts } from "../src/engine/calibration/steady-load.ts";
import type { Operator } from "../src/engine/ports.ts";
import { tasmotaMeter } from "../src/engine/tasmota/meter.ts";
import { sleep } from "../src/engine/time.ts";
import { drain } from "../src/platform/node/system.ts";
import { SimClock } from "../src/sim/world/clock.ts";
import { calibratingPerson, recordsInMemory } from "../test/support/calibrating-person.ts";
import { MeteringPlug, type MeteringWorld, meteringWorld } from "../test/support/metering-plug.ts";
import { type Bench, heading, seconds, table } from "./support/report.ts";

/** Plugging a plug, a load or a measuring adapter in or out and saying so, ms. Assumed. */
const ACT_MS = 20_000;
/** Reading and answering a question, ms. Assumed. */
const ANSWER_MS = 5000;
const MAINS = { voltage: 231, drift: 1, noise: 0.15 } as const;
const HEATER_W = 800;
const ROW = 10;
const WARM_UP_US = 12e6;
const LIMITS = { samples: 12, maximumPower: 2300 } as const;

export const calibrationBench: Bench = async () => {
  heading("Calibration (virtual time)");
  const runs = [
    await one("multimeter and a heater's label", {
      kind: "volts-and-load",
      voltmeter: EXACT,
      load: { kind: "heater", ratedPower: HEATER_W, ratedVoltage: 230, tolerance: 0 },
    }),
    await one("power meter: volts and watts", { kind: "instruments", volts: EXACT, watts: EXACT }),
    await row(1),
    await row(ROW),
  ];
  table(
    `A person's act is taken as ${ACT_MS / 1000} s, an answer as ${ANSWER_MS / 1000} s, reading an instrument as 2 to 14 s; ${HEATER_W} W, drifting mains`,
    ["method", "plugs", "from start to end, s", "a plug, s", "asked of a person", "busy with that, s", "a plug, s"],
    runs.map(({ method, plugs, totalUs, person }) => [
      method,
      String(plugs),
      seconds(totalUs),
      seconds(totalUs / plugs),
      `${person.acts} acts, ${person.answers} answers, ${person.numbers} numbers`,
      seconds(person.busyUs),
      seconds(person.busyUs / plugs),
    ]),
  );
  return [];
};

interface Attendance {
  acts: number;
  answers: number;
  numbers: number;
  busyUs: number;
}

interface Attended {
  readonly method: string;
  readonly plugs: number;
  readonly totalUs: number;
  readonly person: Attendance;
}

/** Counts what a person is asked, and how long that takes. */
function attended(world: MeteringWorld): { operator: Operator; person: Attendance } {
  const person: Attendance = { acts: 0, answers: 0, numbers: 0, busyUs: 0 };
  const actions = calibratingPerson(world, 1, { volts: EXACT, watts: EXACT, amperes: EXACT });
  const port = world.clock.port();
  const timed = async <T>(work: Promise<T>): Promise<T> => {
    const from = world.clock.now;
    const result = await work;
    person.busyUs += world.clock.now - from;
    return result;
  };
  const operator: Operator = {
    act: (_, signal) => {
      person.acts++;
      return timed(sleep(port, ACT_MS, signal));
    },
    choose: (choice, signal) => {
      person.answers++;
      return timed(sleep(port, ANSWER_MS, signal).then(() => actions.choose(choice, signal)));
    },
    provide: (what, signal) => {
      person.answers++;
      return timed(sleep(port, ANSWER_MS, signal).then(() => actions.provide(what, signal)));
    },
    measure: (quantity, signal) => {
      person.numbers++;
      return timed(actions.measure(quantity, signal));
    },
    read: (readings, signal) => {
      person.numbers += readings.values.length;
      return timed(actions.read(readings, signal));
    },
    check: (list, signal) => {
      person.answers++;
      return timed(sleep(port, ANSWER_MS, signal).then(() => actions.check(list, signal)));
    },
  };
  return { operator, person };
}

function parts(plug: MeteringPlug, clock: SimClock, operator: Operator): CalibrationParts {
  return {
    clock: clock.port(),
    meter: tasmotaMeter(plug.link),
    operator,
    events: () => {},
    records: recordsInMemory(),
  };
}

async function one(method: string, reference: ReferenceMethod): Promise<Attended> {
  const world = meteringWorld(MAINS, { watts: HEATER_W });
  const { clock } = world;
  const plug = new MeteringPlug(world, { voltage: 0.94, current: 1.06, power: 0.97 });
  plug.board.powerOn();
  clock.runInternal(WARM_UP_US);
  const from = clock.now;
  const { operator, person } = attended(world);
  await clock.complete(drain, calibrate(parts(plug, clock, operator), { method: reference, ...LIMITS }));
  return { method, plugs: 1, totalUs: clock.now - from, person };
}

/** A reference at the wall, then the plugs, then the heater. */
async function row(count: number): Promise<Attended> {
  const clock = new SimClock();
  const own = TYPICAL_OWN_CONSUMPTION.value;
  const seenBy = (plugsAfter: number): MeteringWorld =>
    meteringWorld(MAINS, { watts: HEATER_W + plugsAfter * own }, clock);
  const referenceWorld = seenBy(count);
  const reference = new MeteringPlug(referenceWorld, { voltage: 1, current: 1, power: 1 });
  const plugs = Array.from(
    { length: count },
    (_, i) => new MeteringPlug(seenBy(count - 1 - i), { voltage: 0.94, current: 1.06, power: 0.9 + 0.02 * i }),
  );
  for (const plug of [reference, ...plugs]) plug.board.powerOn();
  clock.runInternal(WARM_UP_US);
  const from = clock.now;
  const { operator, person } = attended(referenceWorld);
  const work = async (): Promise<void> => {
    const accuracy = { voltage: 0.002, current: 0.003, power: 0.003 };
    const plug = await meterReference("reference", tasmotaMeter(reference.link), accuracy);
    const results = await calibrateRow(
      plugs.map((each, i) => ({ name: `plug ${i + 1}`, parts: parts(each, clock, operator) })),
      { reference: plug, position: "before", ownConsumption: TYPICAL_OWN_CONSUMPTION, ...LIMITS },
    );
    await plug.release();
    for (const { outcome } of results) if (outcome instanceof Error) throw outcome;
  };
  await clock.complete(drain, work());
  return { method: "a calibrated plug in the row", plugs: count, totalUs: clock.now - from, person };
}
