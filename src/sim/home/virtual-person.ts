/**
 * The person at the virtual bench. Does with the virtual hands what the questions ask; a hasty one forgets, mistypes
 * and pulls cables. Knows the questions by their ids and nothing of the engine.
 */

import { PlugsmithError } from "../../core/errors.ts";
import { say } from "../../core/text/text.ts";
import type { Operator, OperatorQuantity, OperatorWork, ReadingAnswer } from "../../engine/ports.ts";
import { sleep } from "../../engine/time.ts";
import { SeededRandom } from "../world/seeded-random.ts";
import { rescueActions } from "./rescue-actions.ts";
import type { VirtualHome } from "./virtual-home.ts";

export interface PersonOptions {
  readonly seed?: number;
  /**
   * Careful: does what is asked. Hasty: mistypes the Wi-Fi passphrase twice, forgets to ground GPIO0 first, measures
   * sloppily at first.
   */
  readonly character?: "careful" | "hasty";
  /** Choices by id that are answered with the last option the first time: checks of the closing list that fail. */
  readonly forgets?: readonly string[] | undefined;
  /** Answers to choices by id; else the person takes the first option that is not a way out. */
  readonly choices?: Readonly<Record<string, string>>;
  /** Answers to what is to be provided (passwords…), by id. */
  readonly provides?: Readonly<Record<string, string>>;
  /** Told of every question and its answer, secrets left out. */
  readonly onAnswer?: (line: string) => void;
  /** Told what a hasty person really does: "plugs it in and forgets the wire". */
  readonly onBlunder?: (words: string) => void;
}

/** A heater, until its display stands still. */
const WARM_UP_MS = 60_000;

/** Good values for the guide's measurements: what a sound plug and adapter show. */
const SOUND: Readonly<Record<string, number>> = {
  "earth-resistance-leads": 0.21,
  "earth-resistance": 0.33,
  "insulation-voltage": 500,
  insulation: 550,
  "final-earth-resistance-leads": 0.21,
  "final-earth-resistance": 0.32,
};

export function virtualPerson(home: VirtualHome, options: PersonOptions = {}): Operator {
  const { clock, bench } = home;
  const port = clock.port();
  const random = new SeededRandom(options.seed ?? 1).fork("person");
  const hasty = options.character === "hasty";
  const said = options.onAnswer ?? ((): void => {});
  const blunder = options.onBlunder ?? ((): void => {});
  const times = new Map<string, number>();
  const count = (id: string): number => {
    const n = (times.get(id) ?? 0) + 1;
    times.set(id, n);
    return n;
  };
  const pause = (signal?: AbortSignal, least = 1500, most = 6000): Promise<void> =>
    sleep(port, random.between(least, most) / (hasty ? 3 : 1), signal);

  /** What the probes find where the virtual bench knows it. */
  const onTheBench = (id: string): number | undefined => {
    if (id === "adapter-vcc" || id === "adapter-tx") return bench.adapterVolts;
    if (id === "short-vcc-gnd") return bench.wiring.vcc === "short-to-ground" ? 0.3 : 4700;
    return undefined;
  };

  const replug = async (signal?: AbortSignal): Promise<void> => {
    bench.actions.pullAdapterOut();
    await sleep(port, 3000, signal);
    bench.actions.plugAdapterIn();
  };

  /** A wire that is there already, with whatever fault it has, stays as it is. */
  const solder = (wire: "ground" | "vcc" | "chipRx" | "chipTx"): void => {
    if (bench.wiring[wire] === "open") bench.actions.rewire({ [wire]: "connected" });
  };

  const person: Readonly<Record<string, (n: number, signal?: AbortSignal) => Promise<void> | void>> = {
    opening: () => bench.actions.pullAdapterOut(),
    "away-from-mains": () => home.plugIntoMains(false),
    "wires-removed": () => {
      bench.actions.pullAdapterOut();
      bench.actions.unsolder();
    },
    wired: () => {
      bench.actions.pullAdapterOut();
      for (const wire of ["ground", "vcc", "chipRx", "chipTx"] as const) solder(wire);
    },
    "wire-gnd": () => solder("ground"),
    "wire-vcc": () => solder("vcc"),
    "wire-rx": () => solder("chipRx"),
    "wire-tx": () => solder("chipTx"),
    "ground-gpio0": async (n, signal) => {
      // The hasty one plugs in first and remembers the wire afterwards.
      if (hasty && n === 1) {
        blunder("plugs it in first and remembers the wire afterwards");
        await replug(signal);
        await sleep(port, 4000, signal);
      }
      bench.actions.groundGpio0();
      await replug(signal);
    },
    "release-gpio0": () => bench.actions.releaseGpio0(),
    "cold-start": (n, signal) => {
      // In a hurry: out and in so fast that it does not count.
      if (hasty && n === 1) {
        blunder("has it out and in again so fast that the chip never lost its power");
        return undefined;
      }
      return replug(signal);
    },
    "unplug-adapter": () => bench.actions.pullAdapterOut(),
    "plug-adapter": () => bench.actions.plugAdapterIn(),
    "first-mains": () => {
      home.load.appliance = { watts: 0 };
      home.plugIntoMains(true);
    },
    "load-in": () => {
      home.load.appliance = { watts: home.loadWatts };
    },
    "load-on": (_, signal) => sleep(port, WARM_UP_MS, signal),
  };

  const rescuing = rescueActions(home);

  const reading = async (
    { id, unit }: Pick<OperatorQuantity, "id" | "unit">,
    signal?: AbortSignal,
  ): Promise<ReadingAnswer> => {
    const n = count(id);
    await pause(signal, 3000, 12_000);
    const sound = SOUND[id] ?? onTheBench(id);
    if (sound !== undefined) {
      // A probe that only just touches reads too much; the careful one presses it on.
      const slipped = hasty && n === 1 && id === "earth-resistance";
      if (slipped) blunder("lets the probe slip on the lacquer");
      const value = slipped ? 1.7 : sound;
      said(`${id}: ${value} ${unit}`);
      // Who has time types the unit along with the number.
      return hasty ? value : { low: value, high: value, unitShown: true };
    }
    const draw = home.load.draw(home.mains.voltage);
    const truth = { V: home.mains.voltage, W: draw.watts, A: draw.amps, ohm: Number.NaN, Mohm: Number.NaN }[unit];
    const value = Math.round(truth * 10) / 10;
    said(`${id}: ${value} ${unit}`);
    return value;
  };

  const doWork = async (work: OperatorWork | undefined, signal?: AbortSignal): Promise<void> => {
    if (work === undefined) return;
    await pause(signal, 500, 2000);
    for (const { id } of [work, ...work.steps]) await person[id]?.(count(`does ${id}`), signal);
    said(`${work.id}: done`);
  };

  return {
    async act({ id }, signal) {
      const n = count(id);
      await pause(signal);
      await (person[id]?.(n, signal) ?? rescuing[id]?.(signal));
      said(`${id}: done`);
    },

    async measure(quantity, signal) {
      await doWork(quantity.work, signal);
      return await reading(quantity, signal);
    },

    async read({ values, work }, signal) {
      await doWork(work, signal);
      const answers: ReadingAnswer[] = [];
      for (const value of values) answers.push(await reading(value, signal));
      return answers;
    },

    async check({ items }, signal) {
      const confirmed: string[] = [];
      for (const { id } of items) {
        await pause(signal, 500, 2000);
        const isOpen = (options.forgets?.includes(id) === true && count(id) === 1) || options.choices?.[id] === "no";
        if (isOpen) {
          blunder("has forgotten it, and says so");
          said(`${id}: not yet`);
          continue;
        }
        await person[id]?.(count(`does ${id}`), signal);
        said(`${id}: confirmed`);
        confirmed.push(id);
      }
      const stop = items.some(({ id }) => options.choices?.[id] === "no");
      return { confirmed, stop };
    },

    async choose({ id, options: offered }, signal) {
      const forgot = options.forgets?.includes(id) === true && count(id) === 1;
      if (forgot) blunder("has forgotten it, and says so");
      const wanted = options.choices?.[id] ?? (forgot ? offered.at(-1)?.id : undefined);
      await pause(signal, 500, 2000);
      const answer = wanted ?? offered[0]!.id;
      if (answer === offered[0]!.id || id === "away-from-mains") await person[id]?.(1, signal);
      said(`${id}: ${answer}`);
      return answer;
    },

    async provide({ id, secret }, signal) {
      await pause(signal);
      const known: Readonly<Record<string, string>> = { "router-mac": "", ...home.network, ...options.provides };
      let value = known[id];
      if (value === undefined) {
        throw new PlugsmithError("needs-input", { message: say`The virtual person has no answer for ${id}.` });
      }
      if (hasty && id === "passphrase" && count(id) <= 2) {
        blunder("mistypes it");
        value = `${value.slice(0, -1)}#`;
      }
      said(`${id}: ${secret ? "(secret)" : value}`);
      return value;
    },
  };
}
