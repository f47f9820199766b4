/**
 * Seeded plugs, loads and instruments, calibrated, and then judged by what only the world knows: the meter's true error.
 */

import { expect } from "vitest";
import { type Accuracy, EXACT } from "../../src/core/calibration/instrument.ts";
import { BL0937, METER_QUANTITIES, periodOf } from "../../src/core/calibration/meter.ts";
import { calibrate } from "../../src/engine/calibration/calibrate.ts";
import type { ReferenceMethod } from "../../src/engine/calibration/references.ts";
import { tasmotaMeter } from "../../src/engine/tasmota/meter.ts";
import { drain } from "../../src/platform/node/system.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { calibratingPerson, recordsInMemory } from "./calibrating-person.ts";
import { MeteringPlug, meteringWorld } from "./metering-plug.ts";

export interface Judged {
  readonly seed: number;
  readonly watts: number;
  readonly exact: boolean;
  readonly quantity: string;
  /** Gain error that is left, and the expanded uncertainty that was stated for it. */
  readonly error: number;
  readonly stated: number;
  /** The meter's own step at this load, relative. */
  readonly step: number;
}

const pick = <T>(random: SeededRandom, list: readonly T[]): T => list[Math.floor(random.between(0, list.length))]!;

/** Calibrates plug number `seed`. Error ±15 % on each of U, I, P; 5 to 2,300 W; 207 to 253 V, drifting and trembling. */
export async function calibrateSeed(seed: number): Promise<readonly Judged[]> {
  const random = new SeededRandom(seed).fork("calibration");
  const gain = (): number => random.between(0.85, 1.15);
  const error = { voltage: gain(), current: gain(), power: gain() };
  const watts = Math.exp(random.between(Math.log(5), Math.log(2300)));
  const voltage = random.between(209, 251);
  const mains = { seed, voltage, drift: random.between(0.1, 1.9), noise: random.between(0, 0.3) };
  const exact = random.between(0, 1) < 0.3;
  const tolerance = exact ? 0 : random.between(0, 0.05);
  const truePower = watts * (1 + (exact ? 0 : random.between(-tolerance, tolerance)));
  const world = meteringWorld(mains, { watts: truePower, atVolts: 230 });
  const volts: Accuracy = exact ? EXACT : { percent: pick(random, [0.5, 0.8, 1.2]), digits: 3, resolution: 0.1 };
  const wattMeter: Accuracy = exact ? EXACT : { percent: pick(random, [0.5, 1, 2]), digits: 2, resolution: 0.1 };
  const ampMeter: Accuracy = exact ? EXACT : { percent: pick(random, [0.8, 1.5]), digits: 3, resolution: 0.001 };
  const method: ReferenceMethod = pick<ReferenceMethod>(random, [
    {
      kind: "volts-and-load",
      voltmeter: volts,
      load: { kind: "heater", ratedPower: watts, ratedVoltage: 230, tolerance },
    },
    { kind: "instruments", volts, watts: wattMeter },
    { kind: "instruments", volts, watts: wattMeter, amperes: ampMeter },
  ]);
  const plug = new MeteringPlug(world, error);
  plug.board.powerOn();
  plug.board.run(12);
  const work = calibrate(
    {
      clock: world.clock.port(),
      meter: tasmotaMeter(plug.link),
      operator: calibratingPerson(world, seed, { volts, watts: wattMeter, amperes: ampMeter }),
      events: () => {},
      records: recordsInMemory(),
    },
    { method, samples: 12, maximumPower: 2300 },
  );
  const record = await world.clock.complete(drain, work);
  expect(
    plug.commands.some((command) => /Set /.test(command)),
    "no *Set command is ever used",
  ).toBe(false);
  plug.board.powerOff();
  return record.results.map((result) => {
    const channel = BL0937[result.quantity];
    const truth = result.reference.value;
    const period = periodOf(channel, result.after, truth);
    return {
      seed,
      watts: truePower,
      exact,
      quantity: result.quantity,
      error: (error[result.quantity] * result.after) / channel.defaultConstant - 1,
      stated: result.budget.expanded,
      step: Math.max(channel.step / truth, 1 / period),
    };
  });
}

export interface Verdict {
  readonly judged: number;
  readonly inside: number;
  readonly share: number;
  /** Share inside a quarter of the stated uncertainty: how much room there is to spare. */
  readonly insideQuarter: number;
  /** Per quantity. */
  readonly shares: Readonly<Record<string, number>>;
  readonly beyondStep: readonly Judged[];
}

export function judge(all: readonly Judged[]): Verdict {
  const inside = (list: readonly Judged[]): number => list.filter((j) => Math.abs(j.error) <= j.stated).length;
  return {
    judged: all.length,
    inside: inside(all),
    share: inside(all) / all.length,
    insideQuarter: all.filter((j) => Math.abs(j.error) <= j.stated / 4).length / all.length,
    shares: Object.fromEntries(
      METER_QUANTITIES.map((quantity) => {
        const list = all.filter((j) => j.quantity === quantity);
        return [quantity, inside(list) / list.length];
      }),
    ),
    beyondStep: all.filter((j) => j.exact && j.watts >= 60 && Math.abs(j.error) > j.step + 0.005),
  };
}
