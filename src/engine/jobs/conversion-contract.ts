/** What a conversion needs, is asked for and gives; the parts of the job share it. */
import type { ConversionStep } from "../../core/conversion/state.ts";
import { PlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import type { Guide, GuideTexts } from "../../core/guide/guide.ts";
import type { Profile } from "../../core/profile/profile.ts";
import type { ReportData } from "../../core/report/data.ts";
import type { WifiCredentials } from "../../core/tasmota/credentials.ts";
import type { Catalogue } from "../../core/text/catalogue.ts";
import { say, type Text } from "../../core/text/text.ts";
import type { CalibrationRequest } from "../calibration/calibrate.ts";
import type { FirmwareDriver } from "../firmware-driver/contract.ts";
import type { PlugConfig, SecureOptions } from "../firmware-driver/plug-config.ts";
import type { SessionOptions } from "../flash/contract.ts";
import type { ByteLine, Clock, Codec, ComputerWifi, Files, Http, Neighbours, Operator, Random } from "../ports.ts";
import type { FirmwareToWrite } from "./prepare-conversion.ts";

export interface ConversionPorts {
  /** May be left out where the plug is closed already: then nothing goes over wires any more. */
  readonly line?: ByteLine | undefined;
  readonly clock: Clock;
  readonly files: Files;
  readonly codec?: Codec | undefined;
  readonly home: string;
  readonly tool: string;
  /** What can be done with a firmware; one of them is for the profile. Default: those of this plugsmith. */
  readonly firmwares?: readonly FirmwareDriver[] | undefined;
  readonly random: Random;
  readonly http: Http;
  readonly operator: Operator;
  readonly events: EventSink;
  readonly wifi?: ComputerWifi | undefined;
  readonly neighbours?: Neighbours | undefined;
  readonly locate?: ((mac: string) => Promise<string | undefined>) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called once it is known which plug it is (12 lower-case hex digits). Errors: locked, where another job has it. */
  readonly claimPlug?: ((plug: string) => void) | undefined;
  /** How long to wait for the chip; default as a flash session's. */
  readonly patience?: SessionOptions["patience"] | undefined;
}

export interface ConversionOptions {
  readonly profile: Profile;
  readonly guide: Guide;
  readonly texts: GuideTexts;
  /** May be left out where the plug has it already. */
  readonly firmware?: FirmwareToWrite | undefined;
  /** May be left out where the plug is in its network already. */
  readonly credentials?: WifiCredentials | undefined;
  /** Asks for other credentials where the plug cannot join with these; else it is an error at once. */
  readonly askAgain?: boolean | undefined;
  readonly config: PlugConfig;
  readonly secure?: SecureOptions;
  /** Without it the calibration is left for later; the report says so. */
  readonly calibration?: CalibrationRequest | undefined;
  /** A conversion of this very plug that is finished is no reason to ask. */
  readonly again?: boolean | undefined;
  /** The plug is open and its wires are soldered: one confirmation in place of opening and wiring. */
  readonly wired?: boolean | undefined;
  /** The person says that it is of the same kind as the last plug: its MAC address is not asked for. */
  readonly sameBatch?: boolean | undefined;
  /** Who measured, for the certificate; empty leaves the line blank. Default: the name on the newest certificate. */
  readonly tester?: string | undefined;
  /** Asks who measured where nobody is known. */
  readonly askTester?: boolean | undefined;
  /** The language of the certificate; default: English. */
  readonly catalogue?: Catalogue | undefined;
  /** True where nothing here is about a real plug. */
  readonly virtual: boolean;
  /** The plug to go on with (12 lower-case hex digits), or "new"; asked where unfinished ones are on record. */
  readonly resume?: string | undefined;
}

export interface ConversionResult {
  /** 12 lower-case hex digits. */
  readonly plug: string;
  readonly address: string;
  readonly report: ReportData;
  /** Path of the page. */
  readonly page: string;
  /** Steps that were on record already. */
  readonly resumedAfter: readonly ConversionStep[];
}

const REQUIRED: Readonly<Record<"firmware" | "wifi", { readonly message: Text; readonly nextStep: Text }>> = {
  firmware: {
    message: say`The conversion needs a firmware image, and none is given.`,
    nextStep: say`Run the command again with a firmware image.`,
  },
  wifi: {
    message: say`The conversion needs the name and password of a Wi-Fi network, and they are not given.`,
    nextStep: say`Run the command again with a Wi-Fi network's name and password.`,
  },
};

/** @throws needs-input where the options leave out what the next steps need. */
export function requireOption<T>(value: T | undefined, option: keyof typeof REQUIRED, step: ConversionStep): T {
  if (value !== undefined) return value;
  const { message, nextStep } = REQUIRED[option];
  throw new PlugsmithError("needs-input", {
    message,
    step,
    plugState: say`as the last finished step left it`,
    nextStep,
    context: { option },
  });
}

/** @throws port-not-found where the step needs the wires and no line was given. */
export function needLine({ line }: ConversionPorts, step: ConversionStep): ByteLine {
  if (line !== undefined) return line;
  throw new PlugsmithError("port-not-found", {
    message: say`The step "${step}" needs the wires, and no serial port is open.`,
    step,
    plugState: say`untouched`,
    nextStep: say`Plug in the adapter and name its port with --port.`,
  });
}
