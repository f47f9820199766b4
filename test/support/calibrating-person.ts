/** A person with instruments: reads the world as the instruments show it, takes a while, and can be made to err. */

import type { Accuracy } from "../../src/core/calibration/instrument.ts";
import type { CalibrationRecord } from "../../src/core/journal/calibration-record.ts";
import type { CalibrationRecords } from "../../src/engine/calibration/records.ts";
import type { Operator } from "../../src/engine/ports.ts";
import { sleep } from "../../src/engine/time.ts";
import { SeededRandom } from "../../src/sim/world/seeded-random.ts";
import { itemByItem } from "./item-by-item.ts";
import type { MeteringWorld } from "./metering-plug.ts";

export interface Instruments {
  readonly volts?: Accuracy;
  readonly watts?: Accuracy;
  readonly amperes?: Accuracy;
}

/** For each number after the first. */
const TYPING_MS = 3000;

/** Each instrument has one error for the whole session, anywhere within its data sheet's limits. */
export function calibratingPerson(world: MeteringWorld, seed: number, instruments: Instruments): Operator {
  const random = new SeededRandom(seed).fork("person");
  const errors = { V: random.between(-1, 1), W: random.between(-1, 1), A: random.between(-1, 1) };
  const shown = (unit: "V" | "W" | "A"): number => {
    const draw = world.load.draw(world.mains.voltage);
    const truth = { V: world.mains.voltage, W: draw.watts, A: draw.amps }[unit];
    const accuracy = { V: instruments.volts, W: instruments.watts, A: instruments.amperes }[unit];
    if (accuracy === undefined) throw new Error(`nobody holds an instrument for ${unit}`);
    const limit = (truth * accuracy.percent) / 100 + accuracy.digits * accuracy.resolution;
    const value = truth + errors[unit] * limit;
    return accuracy.resolution > 0 ? Math.round(value / accuracy.resolution) * accuracy.resolution : value;
  };
  const single: Pick<Operator, "act" | "choose" | "measure"> = {
    act: async () => {},
    choose: async ({ options }) => options[0]!.id,
    measure: async ({ unit }, signal) => {
      await sleep(world.clock.port(), 2000 + random.between(0, 12_000), signal);
      return shown(unit as "V" | "W" | "A");
    },
  };
  return {
    ...single,
    ...itemByItem(single),
    // As the question asks: all displays at one moment, then one number after the other is typed.
    read: async ({ values }, signal) => {
      await sleep(world.clock.port(), 2000 + random.between(0, 12_000), signal);
      const seen = values.map(({ unit }) => shown(unit as "V" | "W" | "A"));
      await sleep(world.clock.port(), TYPING_MS * (seen.length - 1), signal);
      return seen;
    },
    provide: async () => "",
  };
}

export function recordsInMemory(): CalibrationRecords & { readonly list: CalibrationRecord[] } {
  const list: CalibrationRecord[] = [];
  return { list, append: async (record) => void list.push(record), all: async () => list };
}
