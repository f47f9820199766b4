/**
 * Calibrates a metering plug: checks that it can be measured, waits until it is steady, compares it with a reference, sets
 * its constants for power, voltage and current, and proves that they took.
 */
import { isCredibleReference, METER_STEPS, type NewConstant, newConstant } from "../../core/calibration/constants.ts";
import { LOAD_KINDS } from "../../core/calibration/load.ts";
import { adviseLoad } from "../../core/calibration/load-advice.ts";
import { BL0937, METER_QUANTITIES, type MeterQuantity, QUANTITY_TEXTS } from "../../core/calibration/meter.ts";
import {
  allowsResistive,
  impliedCurrentGain,
  MANUFACTURING_SPREAD,
  type MeterConstants,
  meanReading,
} from "../../core/calibration/power-factor.ts";
import { COVERAGE_FACTOR, type Quantity, statistics } from "../../core/calibration/uncertainty.ts";
import { PlugsmithError } from "../../core/errors.ts";
import type { CalibrationRecord } from "../../core/journal/calibration-record.ts";
import { CALIBRATION_RECORD_VERSION } from "../../core/journal/version.ts";
import { decimal, quantity, say, type Text } from "../../core/text/text.ts";
import { lastCalibration, lastChange } from "./records.ts";
import { type Measured, measure, type ReferenceMethod } from "./references.ts";
import type { Sampler, TimedReading } from "./sampler.ts";
import { type CalibrationParts, underSteadyLoad } from "./steady-load.ts";

export interface CalibrationRequest {
  readonly method: ReferenceMethod;
  /** Readings per quantity, at least 6. */
  readonly samples: number;
  /** Expanded relative uncertainty (k = 2) that every constant must reach, or undefined to take what comes. */
  readonly target?: number | undefined;
  /** W that the plug may carry. */
  readonly maximumPower: number;
}

/** So many readings in a row must agree with the new constants, and so many are taken before they are believed not to. */
const PROVING = 2;
const PROVING_AT_MOST = 6;

export type Calibrated = Extract<CalibrationRecord, { kind: "begun" | "calibrated" }>;

export async function calibrate(parts: CalibrationParts, request: CalibrationRequest): Promise<Calibrated> {
  const { meter, operator, events, records, clock, signal, loadIn } = parts;
  await takeBackCutOff(parts);
  refuseOverload(request);
  return underSteadyLoad(parts, request.method.kind !== "reference-plug", async (sampler, before) => {
    const measured = await measure(request.method, request.samples, { sampler, operator, signal, loadIn });
    const known = lastCalibration(await records.all());
    const trusted = known !== undefined && METER_QUANTITIES.every((q) => known.after[q] === before[q]);
    const resistive = refuseReactive(measured, before, trusted);
    const results = compute(measured, before);
    refuseCoarse(results, request, measured);
    const after: MeterConstants = {
      voltage: results.find(({ quantity }) => quantity === "voltage")?.after ?? before.voltage,
      current: results.find(({ quantity }) => quantity === "current")?.after ?? before.current,
      power: results.find(({ quantity }) => quantity === "power")?.after ?? before.power,
    };
    const record: Calibrated = {
      version: CALIBRATION_RECORD_VERSION,
      kind: "begun",
      at: new Date(clock.wallTime()).toISOString(),
      method: describeMethod(request.method),
      samples: measured.readings.length,
      before,
      after,
      results,
      resistive,
    };
    await records.append(record);
    await meter.writeConstants(after, signal);
    await proveEffect(parts, sampler, measured, before, after);
    const done: Calibrated = { ...record, kind: "calibrated" };
    await records.append(done);
    for (const result of results) {
      events({ type: "fact", name: result.command, value: result.after });
    }
    return done;
  });
}

/**
 * A calibration that was cut off between its first constant and its proof left the plug with values that nobody
 * measured as a whole: what was before it comes back, so that errors before and after are true, and undo leads there.
 */
async function takeBackCutOff(parts: CalibrationParts): Promise<void> {
  const last = lastChange(await parts.records.all());
  if (last?.kind === "begun") await apply(parts, "undone", last.before);
}

/** Brings back what was before the last change, from the plug's own records. */
export async function undoCalibration(parts: CalibrationParts): Promise<MeterConstants> {
  const change = lastChange(await parts.records.all());
  if (change === undefined) {
    throw new PlugsmithError("file-not-found", {
      message: say`No calibration of this plug is recorded, so there is nothing to undo.`,
      step: "calibrate",
      plugState: say`constants unchanged`,
      nextStep: say`Calibrate the plug, or set the constants that you noted by hand.`,
    });
  }
  return apply(parts, "undone", change.before);
}

/** Sets the recorded calibration again, after a reset or a reflash; nothing is measured. */
export async function reapplyCalibration(parts: CalibrationParts): Promise<MeterConstants> {
  const known = lastCalibration(await parts.records.all());
  if (known === undefined) {
    throw new PlugsmithError("file-not-found", {
      message: say`No finished calibration of this plug is recorded.`,
      step: "calibrate",
      plugState: say`constants unchanged`,
      nextStep: say`Calibrate the plug against a reference.`,
    });
  }
  await parts.meter.refuseUnfit(parts.signal);
  return apply(parts, "reapplied", known.after);
}

async function apply(
  { meter, records, clock, signal }: CalibrationParts,
  kind: "undone" | "reapplied",
  after: MeterConstants,
): Promise<MeterConstants> {
  const before = await meter.readConstants(signal);
  const at = new Date(clock.wallTime()).toISOString();
  await records.append({ version: CALIBRATION_RECORD_VERSION, kind, at, before, after });
  await meter.writeConstants(after, signal);
  return after;
}

function compute(measured: Measured, before: MeterConstants): NewConstant[] {
  return METER_QUANTITIES.flatMap((quantity) => {
    const reference = measured.references[quantity];
    return reference === undefined
      ? []
      : [newConstant(quantity, reference.pairs, before[quantity], reference.accuracy)];
  });
}

/** Only where current was inferred from watts and volts does the load have to be resistive. Returns what is known, in words. */
function refuseReactive(measured: Measured, constants: MeterConstants, trusted: boolean): Text {
  if (!measured.currentInferred) return say`the current was measured, so any steady load is suitable`;
  const readings = {
    voltage: measured.readings.map(({ voltage }) => voltage),
    current: measured.readings.map(({ current }) => current),
    power: measured.readings.map(({ power }) => power),
  };
  const truth = (quantity: MeterQuantity): Quantity => {
    const reference = measured.references[quantity]!;
    const mean = statistics(reference.pairs.map((pair) => pair.reference)).mean;
    return { value: mean, u: mean * reference.accuracy.relative };
  };
  const gain = impliedCurrentGain(meanReading("current", readings, constants), truth("voltage"), truth("power"));
  if (allowsResistive(gain, trusted)) {
    return trusted
      ? say`power factor 1 within the meter's own calibration`
      : say`an uncalibrated meter cannot distinguish a power factor between ${decimal(1 / (1 + MANUFACTURING_SPREAD), 2)} and 1 from its own tolerance`;
  }
  const volts = statistics(readings.voltage).mean;
  if (!isCredibleReference(volts, truth("voltage").value)) {
    throw new PlugsmithError("not-measurable", {
      message: say`You typed ${truth("voltage").value} V as the mains voltage, but the plug reads about ${Math.round(volts)} V. One of the two is wrong.`,
      step: "calibrate",
      plugState: say`constants unchanged`,
      nextStep: say`Read the mains voltage again (meter on V AC) and check the template's metering pins. Then calibrate again.`,
      context: { quantity: "voltage", reference: truth("voltage").value, reading: volts },
    });
  }
  throw new PlugsmithError("not-measurable", {
    message: say`The load does not seem to be resistive: the plug's current would be ${Math.round(100 * (gain.value - 1))} % wrong. A power factor of about ${decimal(Math.min(1, 1 / gain.value), 2)} is a better explanation.`,
    step: "calibrate",
    plugState: say`constants unchanged`,
    nextStep: say`Use a heater, iron, kettle or filament bulb, not an LED, charger, motor or dimmer. Or measure the current as well.`,
    context: { quantity: "current", error: gain.value - 1 },
  });
}

function refuseCoarse(results: readonly NewConstant[], request: CalibrationRequest, measured: Measured): void {
  const { target } = request;
  if (target === undefined) return;
  const worst = results.reduce((a, b) => (b.budget.expanded > a.budget.expanded ? b : a));
  if (worst.budget.expanded <= target) return;
  const others = Math.hypot(
    ...worst.budget.contributions.filter(({ name }) => name !== METER_STEPS).map((c) => c.relative),
  );
  const voltage = statistics(measured.readings.map((reading) => reading.voltage)).mean;
  const advice = adviseLoad(target, others, voltage, request.maximumPower);
  throw new PlugsmithError("not-measurable", {
    message: say`With this load and reference, ${worst.command} would only be accurate to ±${percent(worst.budget.expanded)} % (k = 2), not ±${percent(target)} %.`,
    step: "calibrate",
    plugState: say`constants unchanged`,
    nextStep: advice.words,
    context: { command: worst.command, uncertainty: worst.budget.expanded, target },
  });
}

/** Two digits, as an uncertainty is given. */
const percent = (relative: number): number => Number((100 * relative).toPrecision(2));

/** What the label says is known before anything is switched on; what the plug itself measures, MaxPower watches. */
function refuseOverload({ method, maximumPower }: CalibrationRequest): void {
  if (method.kind !== "volts-and-load" || method.load.ratedPower <= maximumPower) return;
  throw new PlugsmithError("unsafe", {
    message: say`The load of ${method.load.ratedPower} W is more than this plug can carry (${maximumPower} W).`,
    step: "calibrate",
    plugState: say`constants unchanged, nothing switched`,
    nextStep: say`Unplug the load and use a smaller one; a tenth of the limit is enough.`,
    context: { value: method.load.ratedPower, limit: maximumPower, unit: "W" },
  });
}

/** The readings must have changed by the ratio of the constants; mains drift and scatter are allowed for. */
async function proveEffect(
  { meter }: CalibrationParts,
  sampler: Sampler,
  measured: Measured,
  before: MeterConstants,
  after: MeterConstants,
): Promise<void> {
  const recent = measured.readings.slice(-6);
  await sampler.restart();
  const fresh = [...(await sampler.take(PROVING))];
  for (;;) {
    const wrong = disagreeing(recent, fresh.slice(-PROVING), before, after);
    if (wrong === undefined) return;
    if (fresh.length >= PROVING_AT_MOST) {
      await meter.writeConstants(before);
      throw wrong;
    }
    fresh.push(await sampler.next());
  }
}

/** What does not read as the constants say, as an error. */
function disagreeing(
  recent: readonly TimedReading[],
  fresh: readonly TimedReading[],
  before: MeterConstants,
  after: MeterConstants,
): PlugsmithError | undefined {
  for (const quantity of METER_QUANTITIES) {
    const old = statistics(recent.map((reading) => reading[quantity]));
    const now = statistics(fresh.map((reading) => reading[quantity]));
    const expected = (old.mean * after[quantity]) / before[quantity];
    // 2 % of mains drift shows up twice in a heater's power; steps and scatter on top.
    const allowance = 0.05 + (COVERAGE_FACTOR * 2 * old.deviation) / old.mean + 0.2 / Math.max(0.2, now.mean * 10);
    if (Math.abs(now.mean / expected - 1) <= allowance) continue;
    return new PlugsmithError("not-settled", {
      message: say`With the new constants, the plug should read a ${QUANTITY_TEXTS[quantity]} near ${Number(expected.toPrecision(4))} ${BL0937[quantity].unit}, but it reads ${Number(now.mean.toPrecision(4))} ${BL0937[quantity].unit}.`,
      step: "calibrate",
      plugState: say`the previous constants are restored`,
      nextStep: say`Make sure that the load and the mains voltage stay the same, then calibrate again.`,
      context: { quantity, expected, actual: now.mean },
    });
  }
  return undefined;
}

/** For the certificate. An accuracy that was only assumed is named there, so that nobody takes it for a data sheet's. */
function describeMethod(method: ReferenceMethod): Text {
  switch (method.kind) {
    case "volts-and-load": {
      const { load, voltmeter } = method;
      return voltmeter.assumed === true
        ? say`multimeter volts and a known load (${quantity(load.ratedPower, "W")}, ${LOAD_KINDS[load.kind].name}); the multimeter's accuracy is unknown and assumed to be ${quantity(voltmeter.percent, "%")} of the reading`
        : say`multimeter volts and a known load (${quantity(load.ratedPower, "W")}, ${LOAD_KINDS[load.kind].name})`;
    }
    case "instruments":
      return method.volts?.assumed === true
        ? say`values read from instruments; the multimeter's accuracy is unknown and assumed to be ${quantity(method.volts.percent, "%")} of the reading`
        : say`values read from instruments`;
    case "reference-plug":
      return say`against ${method.plug.name}`;
  }
}
