/** `plugsmith rescue`: a plug that is in trouble, back in its network, configured, locked and calibrated as before. */

import {
  examineFirmware,
  foldConversion,
  LARGEST_FLASH,
  list,
  PlugsmithError,
  recoveryTitle,
  SYMPTOMS,
  type Symptom,
  say,
  type UpgradeImage,
} from "../../core/index.ts";
import {
  plugFolder,
  plugsOnRecord,
  prepareFirmware,
  type RescueOptions,
  type RescueResult,
  readJournal,
} from "../../engine/index.ts";
import { loadSim, startRescue } from "../../host/index.ts";
import { nodeFiles } from "../../platform/node/index.ts";
import { type CommandModule, type CommandOutcome, type CommandRun, defineCommand } from "../command.ts";
import {
  guidedPerson,
  openConversionEnvironment,
  type RecordLocation,
  recordLocationOf,
} from "../convert/conversion-environment.ts";
import { nodeFirmwareTools } from "../firmware/library.ts";
import { imageFromFile, releasedImage } from "../firmware/upgrade-images.ts";
import { checked, type OptionsOf, plug, text } from "../options.ts";
import { OVERRIDE_IMAGE } from "../plug/flash-options.ts";
import { type Device, loadDevice } from "../tasmota/device-profile.ts";
import { FIRST_PASSWORDS, newPasswords, passwordOutcome } from "../tasmota/password-options.ts";
import { PLUG_OPTIONS, plugConfigOf } from "../tasmota/plug-config.ts";
import { givenWifi, WIFI_OPTIONS } from "../tasmota/wifi-options.ts";

const OPTIONS = {
  port: text("--port <name>", say`serial port if wires are attached; sim: or sim:FOLDER for a virtual plug`),
  plug: plug(text("--plug <plug>", say`plug by name or MAC`)),
  symptom: checked(
    text("--symptom <name>", say`what you see: ${list(Object.keys(SYMPTOMS), "or")}; without it, rescue asks`),
    symptomNamed,
  ),
  firmware: text("--firmware <file>", say`Tasmota image, for a plug that does not start`),
  overrideImage: OVERRIDE_IMAGE,
  ...WIFI_OPTIONS,
  ...PLUG_OPTIONS,
  ...FIRST_PASSWORDS,
};

type RescueCommandOptions = OptionsOf<typeof OPTIONS>;

export const rescueCommand: CommandModule = defineCommand({
  options: OPTIONS,
  run: async (run, options) => {
    const { port, range } = options;
    const location = recordLocationOf(run, port);
    const device = await loadDevice(options.profile);
    const conversion = await optionsOf(run, options, location, device);
    const person = guidedPerson(run, device);
    const environment = await openConversionEnvironment(run, {
      port,
      range,
      location,
      person,
      wires: port === undefined ? undefined : "wired",
    });
    try {
      const wired = location.virtual ? await virtualWires(location) : port !== undefined;
      const { place, follow } = environment;
      // Virtual time waits for a download.
      const image = (): Promise<UpgradeImage> => place.environment.hold(upgradeImage(run, location, options.firmware));
      const at = { ...place, line: wired ? place.line : undefined };
      const result = await follow(startRescue(at, { ...conversion, upgradeImage: image }));
      return await outcomeOf(options, location, result);
    } finally {
      await environment.close();
    }
  },
});

/** Errors: bad-argument, file-*, bad-image, not-supported. Nothing has been touched then. */
async function optionsOf(
  run: CommandRun,
  options: RescueCommandOptions,
  location: RecordLocation,
  { profile, guide, texts }: Device,
): Promise<Omit<RescueOptions, "ranges" | "upgradeImage">> {
  const { plug, firmware: file, overrideImage, symptom } = options;
  const given = await givenWifi(run, options);
  const image =
    file === undefined
      ? location.virtual
        ? (await loadSim()).buildModelImage()
        : undefined
      : await nodeFiles.read(file, LARGEST_FLASH);
  const origin = file ?? "the built-in stand-in";
  const firmware = image === undefined ? undefined : { image, origin, overrideImage };
  if (firmware !== undefined) prepareFirmware(firmware, profile, location.virtual);
  return {
    profile,
    guide,
    texts,
    config: plugConfigOf(options),
    symptom,
    secure: await newPasswords(run, options),
    plug,
    firmware,
    askAgain: run.attended,
    wifi: location.virtual && given.ssid === undefined ? (await loadSim()).HOME_NETWORK : given,
  };
}

/** Off the minimal build: the file named, or the newest release. */
async function upgradeImage(
  run: CommandRun,
  location: RecordLocation,
  file: string | undefined,
): Promise<UpgradeImage> {
  if (file !== undefined) return await imageFromFile(file);
  if (!location.virtual) {
    return await releasedImage(run, nodeFirmwareTools, { variant: "tasmota", forMetering: true, anyVariant: false });
  }
  const image = (await loadSim()).buildModelImage();
  const examination = examineFirmware(image, { flashSize: "1MB", flashMode: "dout" });
  return { name: "the built-in stand-in", file: image, examination, version: undefined };
}

function symptomNamed(value: string): Symptom {
  const known = Object.keys(SYMPTOMS).find((name): name is Symptom => name === value);
  if (known !== undefined) return known;
  throw new PlugsmithError("bad-argument", {
    message: say`--symptom cannot be "${value}".`,
    plugState: say`untouched`,
    nextStep: say`Choose one of: ${list(Object.keys(SYMPTOMS))}.`,
  });
}

/** A virtual plug's wires are on it as long as its records say so; the person closed the case of any other. */
async function virtualWires({ files, home }: RecordLocation): Promise<boolean> {
  for (const plug of await plugsOnRecord(files, home)) {
    if (foldConversion(await readJournal(files, plugFolder(home, plug))).wiresAttached) return true;
  }
  return false;
}

const CALIBRATIONS = {
  restored: say`Its calibration was restored from its journal.`,
  kept: say`Its calibration was still there.`,
  none: say`No calibration is on record. To calibrate the plug, run plugsmith calibrate.`,
} as const;

async function outcomeOf(
  options: RescueCommandOptions,
  location: RecordLocation,
  result: RescueResult,
): Promise<CommandOutcome> {
  const recoveries = say`Steps taken: ${list(result.walked.map(recoveryTitle))}.`;
  const wires = result.wiresAttached
    ? [
        say`Wires are still attached. Are they off already? Then run plugsmith close before you connect the plug to mains.`,
      ]
    : [];
  const data = { ...result, virtual: location.virtual };
  if (result.outcome === "vendor") {
    return {
      data,
      answer: [say`The plug ${result.plug} is restored: the backup is back, byte for byte.`, recoveries, ...wires],
    };
  }
  const password = await passwordOutcome(options, { files: location.files, path: location.home }, result.plug);
  return {
    data: { ...data, ...password.data },
    answer: [
      say`The plug ${result.plug} is back at http://${result.address}/, configured and locked. Checks passed: ${result.passed.length}.`,
      recoveries,
      CALIBRATIONS[result.calibration],
      password.line,
      ...wires,
    ],
  };
}
