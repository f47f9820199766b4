/** The end of every recovery: the plug in the network, configured, locked, audited, its calibration set again. */
import { METER_QUANTITIES } from "../../core/calibration/meter.ts";
import { PlugsmithError } from "../../core/errors.ts";
import { readAccessPointName } from "../../core/tasmota/setup-page.ts";
import { say } from "../../core/text/text.ts";
import { reapplyCalibration } from "../calibration/calibrate.ts";
import { openCalibrationRecords } from "../calibration/journal-records.ts";
import { lastChange } from "../calibration/records.ts";
import type { FirmwareDriver, PlugAt } from "../firmware-driver/contract.ts";
import type { FirmwareFinder } from "../firmware-driver/finder.ts";
import type { PlugConfig } from "../firmware-driver/plug-config.ts";
import { seenPlug } from "../home/plug-records.ts";
import { setup } from "../jobs/setup.ts";
import { proofPorts, type Rescued, type RescueOptions, type RescuePorts } from "./contract.ts";

export type FinishedSetup = Pick<Rescued, "plug" | "address" | "passed" | "calibration">;

/** Errors: those of `setup`; wrong-plug where another plug answers. */
export async function finishSetup(
  ports: RescuePorts,
  options: RescueOptions,
  firmware: FirmwareDriver,
  plug: string | undefined,
  { address, source }: Pick<PlugAt, "address" | "source">,
): Promise<FinishedSetup> {
  const { http, clock, random, operator, events, signal, files, home, neighbours } = ports;
  const place = { files, path: home };
  const { finder } = firmware;
  const there = await finder.awaitPlugAt({ http, clock }, address, plug, { signal });
  const mac = plug ?? there.mac;
  const kept = mac === undefined ? [] : await finder.passwordsFor(proofPorts(ports), { mac, address, source });
  const access = there.needsPassword ? await passwordAmong(ports, finder, kept, plug, address) : undefined;
  // Anyone who reset it keeps the password that is in the records; a new one is made only where there is none.
  const webPassword = options.secure?.webPassword ?? (there.needsPassword ? undefined : kept[0]);
  const config = await configFor(ports, options.config, mac);
  const result = await setup(
    { http, random, operator, home: place, neighbours },
    {
      start: { address, password: access },
      profile: options.profile,
      firmwares: options.firmwares,
      config,
      secure: { ...options.secure, webPassword },
      // Where its power comes from was asked before its option was tried.
      gate: (met) =>
        plug === undefined || met === plug ? Promise.resolve() : Promise.reject(otherPlug(met, plug, address)),
    },
    { clock, events, signal },
  );
  const calibration = await calibrated(ports, firmware, result.mac, address);
  return { plug: result.mac, address, passed: result.report.passed, calibration };
}

/** Which of the passwords on record lets in. Errors: unauthorized. */
async function passwordAmong(
  { http, signal }: RescuePorts,
  { probe }: FirmwareFinder,
  kept: readonly string[],
  plug: string | undefined,
  address: string,
): Promise<string> {
  for (const password of kept) {
    const met = await probe(http, address, { password, signal });
    if (met?.mac !== undefined) {
      if (met.mac !== plug) throw otherPlug(met.mac, plug!, address);
      return password;
    }
  }
  throw new PlugsmithError("unauthorized", {
    message: say`The plug at ${address} requires a password that is not recorded here.`,
    step: "find",
    plugState: say`unchanged`,
    nextStep: say`Reset it with its button, or over the wires.`,
    context: { address },
  });
}

function otherPlug(found: string, wanted: string, address: string): PlugsmithError {
  return new PlugsmithError("wrong-plug", {
    message: say`The plug at ${address} is ${found}, not ${wanted}.`,
    step: "find",
    plugState: say`${wanted} was not found`,
    nextStep: say`Name the plug with --plug, or switch the other plug off.`,
    context: { address, expected: wanted, found },
  });
}

/** What is remembered of it, under what was asked for now. A name that the firmware made up is no name. */
async function configFor(
  { files, home }: RescuePorts,
  config: PlugConfig,
  plug: string | undefined,
): Promise<PlugConfig> {
  const seen = plug === undefined ? undefined : await seenPlug({ files, path: home }, plug);
  const given = seen?.name !== undefined && readAccessPointName(seen.name) === undefined ? seen.name : undefined;
  return { ...config, deviceName: config.deviceName ?? given, topic: config.topic ?? seen?.topic };
}

/** Constants, never the *Set commands: those need a load and take its reading for the truth (docs/adr/0005). */
async function calibrated(
  ports: RescuePorts,
  firmware: FirmwareDriver,
  plug: string,
  address: string,
): Promise<FinishedSetup["calibration"]> {
  const { clock, http, random, files, home, operator, neighbours, events, signal } = ports;
  const records = await openCalibrationRecords(files, home, plug);
  const place = { http, random, operator, home: { files, path: home }, neighbours };
  const at = { mac: plug, address, source: "network" } as const;
  const online = await firmware.open(place, at, { clock, events, signal });
  try {
    const change = lastChange(await records.all());
    // What was undone on purpose, or cut off, is nothing to go back to.
    if (change?.kind !== "calibrated" && change?.kind !== "reapplied") return "none";
    const { meter } = online;
    const present = await meter.readConstants(signal);
    if (METER_QUANTITIES.every((quantity) => present[quantity] === change.after[quantity])) return "kept";
    await reapplyCalibration({ clock, meter, operator, events, records, signal });
    events({ type: "notice", level: "info", text: say`The calibration of ${change.at.slice(0, 10)} is set again.` });
    return "restored";
  } finally {
    await online.close();
    await records.close();
  }
}
