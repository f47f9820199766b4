/**
 * A calibrated plug as the reference: any plug whose firmware has a driver, Shelly Gen1 and Gen2 over HTTP. Reads only; the
 * former is put to its finest resolution meanwhile and back afterwards.
 */
import {
  BL0937,
  METER_QUANTITIES,
  type MeterQuantity,
  QUANTITY_TEXTS,
  stepEffect,
} from "../../core/calibration/meter.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { isObject, parseJson } from "../../core/tasmota/answer.ts";
import { say } from "../../core/text/text.ts";
import type { PlugMeter } from "../firmware-driver/meter.ts";
import type { Http } from "../ports.ts";

export interface ReferenceReading {
  /** V, A; absent where the device does not measure them. */
  readonly voltage?: number | undefined;
  readonly current?: number | undefined;
  /** W. */
  readonly power: number;
}

export interface ReferencePlug {
  readonly name: string;
  /** Relative standard uncertainty of each quantity, its steps included. */
  readonly accuracy: Readonly<Record<MeterQuantity, number>>;
  read(signal?: AbortSignal): Promise<ReferenceReading>;
  /** Undoes what preparing it changed. */
  release(): Promise<void>;
}

/** Relative standard uncertainties from the reference's own certificate. */
export type ReferenceAccuracies = Readonly<Record<MeterQuantity, number>>;

export async function meterReference(
  name: string,
  meter: PlugMeter,
  accuracy: ReferenceAccuracies,
  signal?: AbortSignal,
): Promise<ReferencePlug> {
  const resolutions = await meter.readResolutions(signal);
  const constants = await meter.readConstants(signal);
  await meter.writeResolutions(meter.finest, signal);
  const first = await meter.read(signal);
  const steps = (quantity: MeterQuantity): { correction: number; u: number } =>
    stepEffect(BL0937[quantity], constants[quantity], first[quantity], 0, 1);
  for (const quantity of METER_QUANTITIES) {
    if (first[quantity] > 0) continue;
    await meter.writeResolutions(resolutions, signal);
    throw new PlugsmithError("not-measurable", {
      message: say`The reference plug ${name} shows no reading for this quantity: ${QUANTITY_TEXTS[quantity]}.`,
      step: "calibrate",
      plugState: say`constants unchanged`,
      nextStep: say`Switch on the reference and every other plug in the circuit, with the load connected behind all of them.`,
      context: { quantity },
    });
  }
  return {
    name,
    accuracy: {
      voltage: Math.hypot(accuracy.voltage, steps("voltage").u / first.voltage),
      current: Math.hypot(accuracy.current, steps("current").u / first.current),
      power: Math.hypot(accuracy.power, steps("power").u / first.power),
    },
    async read(during) {
      const energy = await meter.read(during);
      return {
        voltage: energy.voltage + steps("voltage").correction,
        current: energy.current + steps("current").correction,
        power: energy.power + steps("power").correction,
      };
    },
    release: () => meter.writeResolutions(resolutions),
  };
}

async function getJson(http: Http, host: string, path: string, signal?: AbortSignal): Promise<Record<string, unknown>> {
  const { status, body } = await http.request({
    method: "GET",
    url: `http://${host}${path}`,
    timeoutMs: 5000,
    signal,
  });
  const parsed = parseJson(new TextDecoder().decode(body));
  if (status === 200 && isObject(parsed)) return parsed;
  throw new PlugsmithError(status === 401 ? "unauthorized" : "bad-answer", {
    message: say`The reference at ${host} answered with HTTP status ${status}.`,
    step: "calibrate",
    plugState: say`constants unchanged`,
    nextStep: say`Check the reference's address. It must be a Shelly with metering and without a login.`,
    context: { status, address: host },
  });
}

const finite = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;

/** Gen2 and later: `/rpc/Switch.GetStatus?id=0` gives apower (W), voltage (V), current (A) (Shelly Gen2 API, Switch). */
async function readGen2(http: Http, host: string, signal?: AbortSignal): Promise<ReferenceReading | undefined> {
  const status = await getJson(http, host, "/rpc/Switch.GetStatus?id=0", signal);
  const power = finite(status["apower"]);
  if (power === undefined) return undefined;
  const voltage = finite(status["voltage"]);
  const current = finite(status["current"]);
  return { power, voltage, current };
}

/** Gen1: `/meter/0` gives power (W) and is_valid; there is no voltage (Shelly Gen1 API, Shelly Plug/PlugS). */
async function readGen1(http: Http, host: string, signal?: AbortSignal): Promise<ReferenceReading | undefined> {
  const status = await getJson(http, host, "/meter/0", signal);
  const power = finite(status["power"]);
  if (power === undefined || status["is_valid"] === false) return undefined;
  return { power };
}

/** @param host name or address, without scheme. */
export function shellyReference(
  host: string,
  generation: 1 | 2,
  http: Http,
  accuracy: ReferenceAccuracies,
): ReferencePlug {
  const read = generation === 2 ? readGen2 : readGen1;
  return {
    name: `Shelly Gen${generation} at ${host}`,
    accuracy,
    async read(signal) {
      const reading = await read(http, host, signal);
      if (reading !== undefined && reading.power > 0) return reading;
      throw new PlugsmithError("not-measurable", {
        message: say`The Shelly at ${host} reports no valid power reading.`,
        step: "calibrate",
        plugState: say`constants unchanged`,
        nextStep: say`Switch its relay on, with the load and the plug under test behind it.`,
        context: { quantity: "power", address: host },
      });
    },
    release: async () => {},
  };
}
