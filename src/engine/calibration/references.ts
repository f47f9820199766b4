/**
 * Where the true values come from: numbers that a person reads off an instrument, a load's label, or another plug that
 * is calibrated already. Each method yields pairs of reading and truth, and how far the truth can be trusted.
 */
import { isCredibleReference, type Pair, type ReferenceAccuracy } from "../../core/calibration/constants.ts";
import { type Accuracy, reading as instrumentReading } from "../../core/calibration/instrument.ts";
import { type KnownLoad, LOAD_KINDS, powerAt } from "../../core/calibration/load.ts";
import type { MeterQuantity } from "../../core/calibration/meter.ts";
import { type Quantity, rectangular, statistics } from "../../core/calibration/uncertainty.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { connectionAdvice } from "../../core/reading/plausible.ts";
import { type ReadingAnswer, readingFrom, readingText } from "../../core/reading/reading.ts";
import { quantity as amount, joined, say, type Text } from "../../core/text/text.ts";
import type { Operator, OperatorWork } from "../ports.ts";
import type { ReferencePlug, ReferenceReading } from "./reference-plug.ts";
import type { Sampler, TimedReading } from "./sampler.ts";
import { STEADY_LIMIT_MS } from "./steady-load.ts";

export type ReferenceMethod =
  /** A multimeter's volts and a load whose watts are on its label. Sets all three; the load must be resistive. */
  | { readonly kind: "volts-and-load"; readonly voltmeter: Accuracy; readonly load: KnownLoad }
  /** Numbers read off instruments: any of volts, watts, amperes. Watts and volts without amperes: load must be resistive. */
  | {
      readonly kind: "instruments";
      readonly volts?: Accuracy | undefined;
      readonly watts?: Accuracy | undefined;
      readonly amperes?: Accuracy | undefined;
    }
  /** Another plug in the same circuit, read automatically at the same moments. */
  | { readonly kind: "reference-plug"; readonly plug: ReferencePlug; readonly chain: Chain };

/** Where the reference sits relative to the plug under test. */
export interface Chain {
  /** "before": nearer the wall, so it also measures what the plugs after it consume themselves. "after": nearer the load. */
  readonly position: "before" | "after";
  /** How many plugs draw their own supply between the two measuring points, the nearer-to-load plug included. */
  readonly between: number;
  /** W that one such plug consumes itself, with its standard uncertainty. */
  readonly ownConsumption: Quantity;
}

/**
 * What a plug like the EP2 consumes itself with the relay on, where nobody measured it: an ESP8266 on Wi-Fi takes 50 to
 * 80 mA at 3.3 V (ESP8266EX datasheet, table "Power Consumption"), a relay coil 0.2 to 0.4 W, and small mains supplies
 * waste as much again: between 0.4 and 1.4 W, which of them unknown.
 */
export const TYPICAL_OWN_CONSUMPTION: Quantity = { value: 0.9, u: rectangular(0.5) };

/** Contacts and conductors between two plugs in a row: up to this many ohms, so the voltage differs by I times it. */
const CONTACT_OHMS = 0.05;

export interface ReferencePairs {
  readonly pairs: readonly Pair[];
  readonly accuracy: ReferenceAccuracy;
}

export interface Measured {
  readonly references: Partial<Record<MeterQuantity, ReferencePairs>>;
  /** True when current was inferred from watts and volts, which only a resistive load allows. */
  readonly currentInferred: boolean;
  readonly readings: readonly TimedReading[];
}

/** Readings this near to a person's answer, ms either way, count as taken with it. */
const WINDOW_MS = 11_000;
/** So many readings go with an answer, up to half of them taken before it. */
const WITH_ANSWER = 8;
/** With several numbers to type, the reading lies further back. */
const BEFORE_TYPED = 6;

/** Who reads, and what else is read meanwhile. */
export interface Measuring {
  readonly sampler: Sampler;
  readonly operator: Operator;
  readonly signal?: AbortSignal | undefined;
  /** Where the load is not in yet: asked together with the first reading. Not for a reference plug, which nobody reads. */
  readonly loadIn?: OperatorWork | undefined;
}

interface ReferenceQuestion {
  readonly quantity: MeterQuantity;
  readonly text: Text;
  readonly unit: "V" | "A" | "W";
  readonly accuracy: Accuracy;
  /** The load has to be steady when it is read. */
  readonly steady: boolean;
}

interface ReferenceAnswer {
  readonly truth: Quantity;
  readonly drift: number;
}

interface ReferenceAnswers {
  /** In the order of the questions. */
  readonly answers: readonly ReferenceAnswer[];
  /** The readings that go with all of the answers. */
  readonly window: readonly TimedReading[];
}

/**
 * Asks for what the instruments show, all of it in one question, while readings go on; then takes the readings around the
 * answer. What cannot be is asked for again alone.
 */
async function asked(
  { sampler, operator, signal, loadIn }: Measuring,
  questions: readonly ReferenceQuestion[],
): Promise<ReferenceAnswers> {
  const ask = async (work?: OperatorWork): Promise<number[]> => {
    const given = await meanwhile(sampler, askAll(operator, questions, signal, work));
    return given.map((answer, index) => exact(answer, questions[index]!));
  };
  let given = await ask(loadIn);
  await sampler.untilOn(STEADY_LIMIT_MS);
  if (questions.some(({ steady }) => steady) && !sampler.isSteady) {
    await sampler.steady(1, STEADY_LIMIT_MS);
    // Read too early: the load was still warming up.
    if (loadIn !== undefined) given = await ask();
  }
  for (const [index, question] of questions.entries()) {
    const { unit, quantity, text } = question;
    const observed = statistics(sampler.history.slice(-4).map((reading) => reading[quantity])).mean;
    // No plug is that wrong, but its template may be: the same answer again stands, and the constants reveal it.
    if (!(observed > 0) || isCredibleReference(observed, given[index]!)) continue;
    const again = joined([
      say`You typed ${given[index]!} ${unit}, but the plug reads about ${Number(observed.toPrecision(3))} ${unit}. Is it a typing error, or is the meter set to the wrong range?`,
      text,
    ]);
    const [answer] = await meanwhile(sampler, askAll(operator, [{ ...question, text: again }], signal));
    given[index] = exact(answer!, question);
  }
  const before = sampler.history.slice(questions.length > 1 ? -BEFORE_TYPED : -WITH_ANSWER / 2);
  const after = await sampler.take(WITH_ANSWER - before.length);
  const middle = after[0]!.at;
  const window = [...before, ...after].filter(({ at }) => Math.abs(at - middle) <= WINDOW_MS);
  const answers = questions.map(({ quantity, accuracy }, index) => {
    const seen = statistics(window.map((reading) => reading[quantity]));
    // The moment of the answer may lie anywhere in the scatter of the window.
    const drift = seen.mean > 0 ? (Math.sqrt(3) * seen.deviation) / seen.mean : 0;
    return { truth: instrumentReading(given[index]!, accuracy), drift };
  });
  return { answers, window };
}

/** Readings go on while a person looks at an instrument. */
async function meanwhile<T>(sampler: Sampler, answer: Promise<T>): Promise<T> {
  let settled = false;
  const mark = (): void => {
    settled = true;
  };
  const answered = answer.then(mark, mark);
  while (!settled) {
    const reading = sampler.next();
    await Promise.race([answered, reading]);
    // Never two readings under way at once: the plug serves one client at a time.
    await reading;
  }
  return await answer;
}

async function askAll(
  operator: Operator,
  questions: readonly ReferenceQuestion[],
  signal?: AbortSignal,
  work?: OperatorWork,
): Promise<readonly ReadingAnswer[]> {
  const values = questions.map(({ quantity, text, unit }) => ({ id: `reference-${quantity}`, text, unit }));
  const [only] = values;
  if (values.length === 1) return [await operator.measure({ ...only!, work }, signal)];
  return await operator.read({ id: "reference-readings", text: say`Read them at one moment:`, values, work }, signal);
}

function exact(answer: ReadingAnswer, { quantity, unit }: ReferenceQuestion): number {
  const { low, high } = readingFrom(answer);
  if (low === high && low > 0 && Number.isFinite(low)) return low;
  const advice = connectionAdvice(unit, low);
  throw new PlugsmithError("not-measurable", {
    message: say`The reference value was given as ${readingText({ low, high }, unit)}, but it must be an exact number greater than 0.`,
    step: "calibrate",
    plugState: say`constants unchanged`,
    nextStep: joined([
      ...(advice === undefined ? [] : [advice]),
      say`Read the instrument with the load and the relay on, then calibrate again.`,
    ]),
    context: { quantity, unit },
  });
}

const pairsOf = (window: readonly TimedReading[], quantity: MeterQuantity, truth: number): Pair[] =>
  window.map((reading) => ({ reading: reading[quantity], reference: truth }));

const percent = (relative: number): Text => say`±${Number((200 * relative).toPrecision(2))} % (k = 2)`;

export async function measure(method: ReferenceMethod, count: number, measuring: Measuring): Promise<Measured> {
  switch (method.kind) {
    case "volts-and-load":
      return measureLoad(method.voltmeter, method.load, count, measuring);
    case "instruments":
      return measureInstruments(method, measuring);
    case "reference-plug":
      return measureAgainstPlug(method.plug, method.chain, count, measuring.sampler, measuring.signal);
  }
}

async function measureLoad(
  voltmeter: Accuracy,
  load: KnownLoad,
  count: number,
  measuring: Measuring,
): Promise<Measured> {
  const { sampler } = measuring;
  const text = say`Mains voltage now, as the multimeter shows it`;
  const { answers, window } = await asked(measuring, [
    { quantity: "voltage", unit: "V", text, accuracy: voltmeter, steady: false },
  ]);
  const volts = answers[0]!;
  // Asked while the load settles: its warmth does not matter to the mains voltage.
  const readings = await sampler.steady(count, STEADY_LIMIT_MS);
  const shown = statistics(window.map(({ voltage }) => voltage)).mean;
  const gain = volts.truth.value / shown;
  const relativeVolts = Math.hypot(volts.truth.u / volts.truth.value, rectangular(volts.drift));
  // The load's power follows the voltage, so the truth is computed for each reading's own moment.
  const truth = readings.map((reading) => {
    const voltage = reading.voltage * gain;
    const power = powerAt(load, { value: voltage, u: voltage * relativeVolts });
    return { reading, voltage, power };
  });
  const { exponent, tolerance, name } = LOAD_KINDS[load.kind];
  const rated = [amount(load.ratedPower, "W"), amount(load.ratedVoltage, "V")] as const;
  const relativePower = Math.max(...truth.map(({ power }) => power.u / power.value));
  const logRatio = Math.log(volts.truth.value / load.ratedVoltage);
  // Current is P/U: the voltage enters with one power less than into the power.
  const relativeCurrent = Math.hypot(
    rectangular(load.tolerance ?? tolerance),
    logRatio * exponent.u,
    (exponent.value - 1) * relativeVolts,
  );
  return {
    currentInferred: true,
    readings,
    references: {
      voltage: {
        pairs: pairsOf(window, "voltage", volts.truth.value),
        accuracy: {
          relative: volts.truth.u / volts.truth.value,
          basis: say`multimeter, ${amount(volts.truth.value, "V")} ${percent(volts.truth.u / volts.truth.value)}`,
          drift: volts.drift,
        },
      },
      power: {
        pairs: truth.map(({ reading, power }) => ({ reading: reading.power, reference: power.value })),
        accuracy: {
          relative: relativePower,
          basis: say`label of the load (${name}): ${rated[0]} at ${rated[1]}`,
          drift: 0,
        },
      },
      current: {
        pairs: truth.map(({ reading, voltage, power }) => ({
          reading: reading.current,
          reference: power.value / voltage,
        })),
        accuracy: {
          relative: relativeCurrent,
          basis: say`label of the load (${name}): ${rated[0]} at ${rated[1]}, divided by the voltage`,
          drift: 0,
        },
      },
    },
  };
}

/** In the order in which they are read. */
function instrumentQuestions({
  volts,
  watts,
  amperes,
}: Extract<ReferenceMethod, { kind: "instruments" }>): readonly ReferenceQuestion[] {
  const question = (
    accuracy: Accuracy | undefined,
    rest: Omit<ReferenceQuestion, "accuracy">,
  ): readonly ReferenceQuestion[] => (accuracy === undefined ? [] : [{ ...rest, accuracy }]);
  return [
    ...question(volts, {
      quantity: "voltage",
      unit: "V",
      text: say`Mains voltage now, as the instrument shows it`,
      steady: false,
    }),
    ...question(watts, {
      quantity: "power",
      unit: "W",
      text: say`Power now, as the power meter shows it`,
      steady: true,
    }),
    ...question(amperes, {
      quantity: "current",
      unit: "A",
      text: say`Current now, as the instrument shows it`,
      steady: true,
    }),
  ];
}

async function measureInstruments(
  method: Extract<ReferenceMethod, { kind: "instruments" }>,
  measuring: Measuring,
): Promise<Measured> {
  const questions = instrumentQuestions(method);
  // The load's power and current are read once it is steady.
  if (measuring.loadIn === undefined && questions.some(({ steady }) => steady)) {
    await measuring.sampler.steady(1, STEADY_LIMIT_MS);
  }
  const { answers, window } = await asked(measuring, questions);
  const references: Partial<Record<MeterQuantity, ReferencePairs>> = {};
  const truths: Partial<Record<MeterQuantity, { readonly value: number; readonly relative: number }>> = {};
  for (const [index, { truth, drift }] of answers.entries()) {
    const { quantity, unit } = questions[index]!;
    const relative = truth.u / truth.value;
    references[quantity] = {
      pairs: pairsOf(window, quantity, truth.value),
      accuracy: { relative, basis: say`instrument, ${amount(truth.value, unit)} ${percent(relative)}`, drift },
    };
    truths[quantity] = { value: truth.value, relative: Math.hypot(relative, rectangular(drift)) };
  }
  const { voltage, power } = truths;
  const currentInferred = method.amperes === undefined && voltage !== undefined && power !== undefined;
  if (currentInferred) {
    references.current = {
      pairs: pairsOf(window, "current", power.value / voltage.value),
      accuracy: {
        relative: Math.hypot(voltage.relative, power.relative),
        basis: say`power divided by voltage (resistive load)`,
        drift: references.power!.accuracy.drift,
      },
    };
  }
  return { references, currentInferred, readings: window };
}

async function measureAgainstPlug(
  plug: ReferencePlug,
  chain: Chain,
  count: number,
  sampler: Sampler,
  signal?: AbortSignal,
): Promise<Measured> {
  const truthAt = new Map<TimedReading, ReferenceReading>();
  const readings = await sampler.steady(count, STEADY_LIMIT_MS, async (reading) => {
    truthAt.set(reading, await plug.read(signal));
  });
  const truths = readings.map((reading) => truthAt.get(reading)!);
  const sign = chain.position === "before" ? -1 : 1;
  const correction = sign * chain.between * chain.ownConsumption.value;
  // One kind of plug, one kind of error: the estimates of several plugs' consumption are wrong together.
  const correctionU = chain.between * chain.ownConsumption.u;
  const meanPower = statistics(truths.map(({ power }) => power)).mean + correction;
  const meanVoltage = statistics(truths.flatMap(({ voltage }) => (voltage === undefined ? [] : [voltage]))).mean;
  const order =
    chain.position === "before"
      ? say`${plug.name}, closer to the wall; plugs in between: ${chain.between}`
      : say`${plug.name}, closer to the load; plugs in between: ${chain.between}`;
  const references: Partial<Record<MeterQuantity, ReferencePairs>> = {
    power: {
      pairs: truths.map((truth, index) => ({
        reading: readings[index]!.power,
        reference: truth.power + correction,
      })),
      accuracy: {
        relative: Math.hypot(plug.accuracy.power, correctionU / meanPower),
        basis: say`${order}; their own consumption: ${amount(correction, "W", 1)} ± ${amount(2 * correctionU, "W", 1)}`,
        drift: 0,
      },
    },
  };
  if (truths.every(({ voltage }) => voltage !== undefined)) {
    const drop = ((meanPower / meanVoltage) * CONTACT_OHMS) / meanVoltage;
    references.voltage = {
      pairs: truths.map((truth, index) => ({ reading: readings[index]!.voltage, reference: truth.voltage! })),
      accuracy: { relative: Math.hypot(plug.accuracy.voltage, rectangular(drop)), basis: order, drift: 0 },
    };
  }
  if (truths.every(({ current }) => current !== undefined)) {
    // The plugs' own supplies draw a current too, of unknown phase: at most their apparent power (factor 0.5) over U.
    const own = correctionU / meanVoltage + Math.abs(correction) / meanVoltage;
    const meanCurrent = statistics(truths.map(({ current }) => current!)).mean;
    references.current = {
      pairs: truths.map((truth, index) => ({
        reading: readings[index]!.current,
        reference: truth.current! + correction / meanVoltage,
      })),
      accuracy: {
        relative: Math.hypot(plug.accuracy.current, rectangular(own) / meanCurrent),
        basis: order,
        drift: 0,
      },
    };
  }
  return { references, currentInferred: false, readings };
}
