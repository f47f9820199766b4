/**
 * Everything that a conversion has to know, gathered before anything is touched: from options, from the journal, from
 * the person. Without a person, one error lists all that is missing.
 */
import {
  asText,
  joined,
  LARGEST_FLASH,
  PlugsmithError,
  say,
  type Text,
  type WifiCredentials,
} from "../../core/index.ts";
import {
  askCredentials,
  type CalibrationRequest,
  type ConversionOptions,
  checkCredentials,
  chooseFirmware,
  type FirmwareToWrite,
  type GivenWifi,
  type KnownPlug,
  prepareFirmware,
  type ReferenceDefault,
} from "../../engine/index.ts";
import { askFirmware, askRequest, loadSim } from "../../host/index.ts";
import { httpsDownloader, nodeFiles } from "../../platform/node/index.ts";
import type { CommandRun } from "../command.ts";
import { fetchFile, releases } from "../firmware/library.ts";
import { type Device, loadDevice } from "../tasmota/device-profile.ts";
import { newPasswords } from "../tasmota/password-options.ts";
import { plugConfigOf } from "../tasmota/plug-config.ts";
import { type ReferenceOptions, referenceNamed, referenceNamedBy } from "../tasmota/reference-options.ts";
import { givenWifi } from "../tasmota/wifi-options.ts";
import type { RecordLocation } from "./conversion-environment.ts";
import type { ConvertCommandOptions, FirmwareOptions } from "./conversion-options.ts";
import { withSource } from "./firmware-source.ts";
import { namedBy, withVirtualReference } from "./named-reference.ts";

export interface ConversionRequest {
  readonly options: ConversionOptions;
  readonly device: Device;
  /** Puts a reference plug back as it was. */
  readonly release: () => Promise<void>;
}

/** Errors: needs-input with all that is missing, bad-argument, file-*, network-failed. Nothing has been touched then. */
export async function gatherRequest(
  run: CommandRun,
  options: ConvertCommandOptions,
  location: RecordLocation,
  known: KnownPlug | undefined,
): Promise<ConversionRequest> {
  const { samples, target } = options;
  const device = await loadDevice(options.profile);
  const { profile, guide, texts } = device;
  const config = plugConfigOf(options);
  const done = known?.state.finished;
  const wanted = {
    firmware: done?.has("write") !== true,
    credentials: done?.has("audit") !== true,
    calibration: done?.has("calibrate") !== true && options.calibrate,
  };
  const secure = await newPasswords(run, options);
  const given = await givenWifi(run, options);
  const asked = run.attended ? run.operator : undefined;
  if (!location.virtual && asked === undefined) refuseUnattended(options, wanted, given);

  const open = {
    credentials: wanted.credentials,
    firmware: wanted.firmware && options.firmware === undefined && options.release === undefined,
    reference: wanted.calibration && !referenceNamed(options),
  };
  const home = { files: location.files, path: location.home };
  const answered =
    asked === undefined || location.virtual
      ? undefined
      : await askRequest(asked, { home, files: nodeFiles }, open, given, run.signal);
  const unasked = answered === undefined && wanted.credentials;
  const credentials = unasked ? await wifiOf(run, location, given) : answered?.credentials;
  const source = answered?.firmware === undefined ? options : withSource(options, answered.firmware);
  const firmware = wanted.firmware ? await firmwareOf(run, source, location) : undefined;
  // Before anybody is asked for an adapter.
  if (firmware !== undefined) prepareFirmware(firmware, profile, location.virtual);
  const named = wanted.calibration ? referenceOptions(options, location, answered?.reference) : undefined;
  const reference = named === undefined ? undefined : await (await referenceNamedBy(run, named)).open();
  const calibration: CalibrationRequest | undefined =
    reference === undefined
      ? undefined
      : {
          method: reference.method,
          samples,
          maximumPower: profile.device.rating.amperes * profile.device.rating.volts,
          target: target === undefined ? undefined : target / 100,
        };
  return {
    device,
    options: {
      profile,
      guide,
      texts,
      config,
      secure,
      firmware,
      credentials,
      calibration,
      virtual: location.virtual,
      catalogue: run.catalogue,
      askAgain: asked !== undefined,
      resume: known?.plug ?? "new",
      wired: options.wired,
      sameBatch: answered?.sameBatch,
      tester: options.tester,
      askTester: run.attended,
    },
    release: async () => reference?.release(),
  };
}

/** At a real plug somebody has to saw, solder and measure; and what they would be asked besides is listed as well. */
function refuseUnattended(
  options: ConvertCommandOptions,
  wanted: { readonly firmware: boolean; readonly credentials: boolean; readonly calibration: boolean },
  given: GivenWifi,
): void {
  const missing: Text[] = [
    say`a person at a terminal, to open, wire, measure and close the plug (no --no-input, no --json)`,
  ];
  if (wanted.firmware && options.firmware === undefined && options.release === undefined) {
    missing.push(say`--firmware FILE or --release latest`);
  }
  if (wanted.credentials && given.ssid === undefined) missing.push(asText("--ssid"));
  if (wanted.credentials && given.passphrase === undefined) {
    missing.push(say`--passphrase-file FILE, PLUGSMITH_WIFI_PASSPHRASE or --open`);
  }
  if (wanted.calibration && !referenceNamed(options)) {
    missing.push(say`a reference (--voltmeter with --load, --power-meter or --reference) or --no-calibrate`);
  }
  throw new PlugsmithError("needs-input", {
    message: say`Nobody is at the terminal to ask, and these options are missing: ${joined(missing, "; ")}.`,
    step: "prepare",
    plugState: say`untouched`,
    nextStep: say`Run the command at a terminal, or give the missing options. To try it on a virtual plug, use --port sim:`,
  });
}

async function wifiOf(
  run: CommandRun,
  location: RecordLocation,
  given: GivenWifi,
): Promise<WifiCredentials | undefined> {
  if (location.virtual && given.ssid === undefined) return (await loadSim()).HOME_NETWORK;
  const { ssid, passphrase } = given;
  if (run.attended && (ssid === undefined || passphrase === undefined)) {
    return await askCredentials(run.operator, given, run.signal);
  }
  const credentials = { ssid: ssid ?? "", passphrase: passphrase ?? "" };
  checkCredentials(credentials);
  return credentials;
}

/** The image that is to be written: a file, an official release, or what the person says. */
export async function firmwareOf(
  run: CommandRun,
  options: FirmwareOptions,
  location: RecordLocation,
): Promise<FirmwareToWrite> {
  const { firmware: file, overrideImage, variant, release } = options;
  if (file === undefined && release === undefined) {
    if (location.virtual) return { image: (await loadSim()).buildModelImage(), origin: "the built-in stand-in" };
    return await firmwareOf(run, withSource(options, await askFirmware(run.operator, nodeFiles, run.signal)), location);
  }
  if (file !== undefined) {
    const image = await nodeFiles.read(file, LARGEST_FLASH);
    return { image, origin: file, overrideImage };
  }
  const tools = { downloader: httpsDownloader() };
  const chosen = chooseFirmware((await releases(run, tools)).files, {
    variant,
    release: release === "latest" ? undefined : release,
    forMetering: true,
  });
  const stored = await fetchFile(run, tools, chosen);
  return { image: stored.bytes, origin: `${chosen.variant.name} ${chosen.release} from ${chosen.url}` };
}

/** With a reference named: by the options, else by what was answered. Undefined: calibrated later. */
function referenceOptions(
  options: ReferenceOptions,
  location: RecordLocation,
  answered: ReferenceDefault | undefined,
): ReferenceOptions | undefined {
  if (location.virtual) return withVirtualReference(options);
  if (answered === undefined) return options;
  const named = namedBy(answered);
  return named === undefined ? undefined : { ...options, ...named };
}
