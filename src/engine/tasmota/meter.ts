/**
 * The meter of a plug on Tasmota: readings, constants, resolutions, relay, by commands. Knows nothing of how they travel.
 * The *Set commands, which store their raw argument when there are no pulses, are never used.
 */
import { BL0937, METER_QUANTITIES, type MeterQuantity, refreshMs } from "../../core/calibration/meter.ts";
import type { MeterConstants } from "../../core/calibration/power-factor.ts";
import { PlugsmithError } from "../../core/errors.ts";
import type { Resolutions } from "../../core/journal/calibration-record.ts";
import { say } from "../../core/text/text.ts";
import type { EnergyReading, PlugMeter } from "../firmware-driver/meter.ts";
import type { CommandLink } from "./command-link.ts";

/** The finest that the driver gives: 0.1 V, 0.1 W, 1 mA (xnrg_01_hlw8012.ino divides by 10 and 1000). */
const FINEST: Resolutions = { VoltRes: 1, WattRes: 2, AmpRes: 3 };

export function tasmotaMeter(link: CommandLink): PlugMeter {
  return {
    finest: FINEST,
    refuseUnfit: (signal) => refuseUnfit(link, signal),
    read: (signal) => readEnergy(link, signal),
    refreshMs,
    readConstants: (signal) => readConstants(link, signal),
    writeConstants: (constants, signal) => writeConstants(link, constants, signal),
    readResolutions: (signal) => readResolutions(link, signal),
    writeResolutions: (wanted, signal) => writeResolutions(link, wanted, signal),
    relayIsOn: (signal) => relayIsOn(link, signal),
    switchRelay: (on, signal) => switchRelay(link, on, signal),
  };
}

/** Component codes of tasmota/include/tasmota_template.h: GPIO_NRG_HLW_CF and GPIO_HJL_CF, shifted left by 5. */
const HLW8012_CF = 2688;
const BL0937_CF = 2720;

function numberOf(reply: Readonly<Record<string, unknown>>, key: string): number {
  const value = reply[key];
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new PlugsmithError("bad-answer", {
    message: say`The plug's answer does not contain a number for ${key}.`,
    step: "calibrate",
    nextStep: say`Check that the plug runs a Tasmota build with energy metering (not lite, minimal, ir or display).`,
    context: { field: key },
  });
}

async function readEnergy(link: CommandLink, signal?: AbortSignal): Promise<EnergyReading> {
  const reply = await link("Status 8", signal);
  const sensors = reply["StatusSNS"] as Record<string, unknown> | undefined;
  const energy = sensors?.["ENERGY"] as Record<string, unknown> | undefined;
  if (energy === undefined) {
    throw new PlugsmithError("not-measurable", {
      message: say`The plug reports no energy readings.`,
      step: "calibrate",
      plugState: say`constants unchanged`,
      nextStep: say`Check that the template includes a metering chip and that the firmware supports metering (tasmota, not tasmota-lite).`,
    });
  }
  if (!("Voltage" in energy) || !("Current" in energy)) {
    throw new PlugsmithError("not-measurable", {
      message: say`The plug reports power, but neither voltage nor current.`,
      step: "calibrate",
      plugState: say`constants unchanged`,
      nextStep: say`The template does not include the CF1 or SEL pin. Apply the device's full template first.`,
    });
  }
  const factor = energy["Factor"];
  return {
    voltage: numberOf(energy, "Voltage"),
    current: numberOf(energy, "Current"),
    power: numberOf(energy, "Power"),
    factor: typeof factor === "number" ? factor : undefined,
  };
}

async function readConstants(link: CommandLink, signal?: AbortSignal): Promise<MeterConstants> {
  const one = async (quantity: MeterQuantity): Promise<number> => {
    const { command } = BL0937[quantity];
    const reply = await link(command, signal);
    if (!(command in reply)) {
      throw new PlugsmithError("not-supported", {
        message: say`The plug does not know the command ${command}.`,
        step: "calibrate",
        plugState: say`constants unchanged`,
        nextStep: say`Use a build with metering and apply the device's template first: metering commands exist only with it.`,
        context: { command },
      });
    }
    return numberOf(reply, command);
  };
  return { voltage: await one("voltage"), power: await one("power"), current: await one("current") };
}

/** Sets constants one by one and reads each back. @throws not-settled naming the constant that did not take. */
async function writeConstants(
  link: CommandLink,
  constants: Partial<MeterConstants>,
  signal?: AbortSignal,
): Promise<void> {
  for (const quantity of METER_QUANTITIES) {
    const wanted = constants[quantity];
    if (wanted === undefined) continue;
    const { command } = BL0937[quantity];
    await link(`${command} ${wanted}`, signal);
    const now = numberOf(await link(command, signal), command);
    if (now !== wanted) {
      throw new PlugsmithError("not-settled", {
        message: say`${command} was set to ${wanted}, but the plug reports ${now}.`,
        step: "calibrate",
        plugState: say`${command} is ${now}`,
        nextStep: say`Run calibrate --undo to restore the previous constants, then try again.`,
        context: { setting: command, expected: wanted, actual: now },
      });
    }
  }
}

async function readResolutions(link: CommandLink, signal?: AbortSignal): Promise<Resolutions> {
  const read = async (key: keyof Resolutions): Promise<number> => numberOf(await link(key, signal), key);
  return { VoltRes: await read("VoltRes"), WattRes: await read("WattRes"), AmpRes: await read("AmpRes") };
}

async function writeResolutions(link: CommandLink, wanted: Resolutions, signal?: AbortSignal): Promise<void> {
  for (const key of ["VoltRes", "WattRes", "AmpRes"] as const) {
    const reply = await link(`${key} ${wanted[key]}`, signal);
    if (numberOf(reply, key) !== wanted[key]) {
      throw new PlugsmithError("not-settled", {
        message: say`${key} could not be set to ${wanted[key]}.`,
        step: "calibrate",
        plugState: say`constants unchanged`,
        nextStep: say`Check that no rule or other program changes the plug's settings at the same time.`,
        context: { setting: key, expected: wanted[key] },
      });
    }
  }
}

async function relayIsOn(link: CommandLink, signal?: AbortSignal): Promise<boolean> {
  const reply = await link("Power", signal);
  return (reply["POWER"] ?? reply["POWER1"]) === "ON";
}

async function switchRelay(link: CommandLink, on: boolean, signal?: AbortSignal): Promise<void> {
  await link(`Power ${on ? 1 : 0}`, signal);
  if ((await relayIsOn(link, signal)) === on) return;
  throw new PlugsmithError("not-settled", {
    message: on ? say`The relay did not switch on.` : say`The relay did not switch off.`,
    step: "calibrate",
    plugState: say`constants unchanged`,
    nextStep: say`Check PulseTime, rules and MaxPower: they can switch the relay.`,
    context: { setting: "Power", expected: on },
  });
}

/** Refuses what would make a calibration worthless, before anything is asked of the person or changed on the plug. */
async function refuseUnfit(link: CommandLink, signal?: AbortSignal): Promise<void> {
  const template = await link("Template", signal);
  const gpio = Array.isArray(template["GPIO"]) ? (template["GPIO"] as unknown[]) : [];
  if (gpio.includes(HLW8012_CF) && !gpio.includes(BL0937_CF)) {
    throw new PlugsmithError("not-measurable", {
      message: say`The template names an HLW8012 (component 2688), but this calibration is for the BL0937 (component 2720).`,
      step: "calibrate",
      plugState: say`constants unchanged`,
      nextStep: say`If the plug contains a BL0937, correct the template. With the wrong chip, all constants would be wrong.`,
    });
  }
  const saveData = await link("SaveData", signal);
  const mode = saveData["SaveData"];
  if (mode === "OFF" || mode === 0) {
    throw new PlugsmithError("not-measurable", {
      message: say`SaveData is off: the plug would lose its new constants at the next power cut.`,
      step: "calibrate",
      plugState: say`constants unchanged`,
      nextStep: say`Send SaveData 1 to the plug, then calibrate again.`,
    });
  }
}
