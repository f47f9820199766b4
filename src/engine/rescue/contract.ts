/** What a rescue works with, and what comes of it. */

import type { EventSink } from "../../core/events.ts";
import type { UpgradeImage } from "../../core/firmware/upgrade-plan.ts";
import type { Guide, GuideTexts } from "../../core/guide/guide.ts";
import type { Profile } from "../../core/profile/profile.ts";
import type { Observations, Symptom } from "../../core/rescue/observations.ts";
import type { RecoveryOptionId } from "../../core/rescue/recovery-options.ts";
import type { FirmwareDriver } from "../firmware-driver/contract.ts";
import type { ProofPorts } from "../firmware-driver/finder.ts";
import type { PlugConfig, SecureOptions } from "../firmware-driver/plug-config.ts";
import type { FirmwareRescue } from "../firmware-driver/rescue.ts";
import type { FirmwareToWrite } from "../jobs/prepare-conversion.ts";
import type { GivenWifi } from "../jobs/wifi-credentials.ts";
import type { ByteLine, Clock, Codec, ComputerWifi, Files, Http, Neighbours, Operator, Random } from "../ports.ts";

export interface RescuePorts {
  readonly clock: Clock;
  readonly files: Files;
  /** Root of the home. */
  readonly home: string;
  /** Name and version of the program. */
  readonly tool: string;
  readonly random: Random;
  readonly http: Http;
  readonly operator: Operator;
  readonly events: EventSink;
  /** The wires, where there are some. */
  readonly line?: ByteLine | undefined;
  /** The computer's own Wi-Fi; without it the person is asked what is in the air. */
  readonly wifi?: ComputerWifi | undefined;
  readonly neighbours?: Neighbours | undefined;
  readonly codec?: Codec | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called once it is known which plug it is (12 lower-case hex digits). Errors: locked, where another job has it. */
  readonly claimPlug?: ((plug: string) => void) | undefined;
}

/** A firmware that `rescue` knows ways back for. */
export type RescuableFirmware = FirmwareDriver & { readonly rescue: FirmwareRescue };

/** What decides whether a password may go to an address. */
export function proofPorts({ http, clock, operator, neighbours, signal, files, home }: RescuePorts): ProofPorts {
  return { http, clock, operator, neighbours, signal, home: { files, path: home } };
}

export interface RescueOptions {
  /** Which plug, 12 lower-case hex digits; undefined: the one on the wires, or asked. */
  readonly plug?: string | undefined;
  /** What the person sees; undefined: asked. */
  readonly symptom?: Symptom | undefined;
  readonly profile: Profile;
  /** One of them is for the profile. Default: those of this plugsmith. */
  readonly firmwares?: readonly FirmwareDriver[] | undefined;
  readonly guide: Guide;
  readonly texts: GuideTexts;
  /** Added to what is remembered of the plug. */
  readonly config: PlugConfig;
  readonly secure?: SecureOptions | undefined;
  /** For the recovery options over wires. */
  readonly firmware?: FirmwareToWrite | undefined;
  /** For a plug that is stuck on the minimal build; fetched when that option is tried. */
  readonly upgradeImage?: (() => Promise<UpgradeImage>) | undefined;
  /** The network it is to be in, as far as it is known; the rest is asked once, when a recovery option needs it. */
  readonly wifi?: GivenWifi | undefined;
  /** Asks for other credentials where the plug cannot join with these; else it is an error at once. */
  readonly askAgain?: boolean | undefined;
  /** Where the plug may be, as `find --range` takes them. */
  readonly ranges: readonly string[];
}

export interface Rescued {
  readonly outcome: "configured";
  /** 12 lower-case hex digits. */
  readonly plug: string;
  readonly address: string;
  /** Recovery options that were tried, in order; the last one led home. */
  readonly walked: readonly RecoveryOptionId[];
  /** Checks of the audit that passed. */
  readonly passed: readonly string[];
  /** `restored`: constants from the journal were set again; `kept`: they were still there; `none`: none on record. */
  readonly calibration: "restored" | "kept" | "none";
  /** Wires are still on it: it may not go to mains before its case is closed by the list. */
  readonly wiresAttached: boolean;
}

/** What had been cut off was a restore: it is finished, the plug is as it was delivered. */
export interface VendorRestored {
  readonly outcome: "vendor";
  readonly plug: string;
  readonly walked: readonly RecoveryOptionId[];
  readonly wiresAttached: boolean;
}

export type RescueResult = Rescued | VendorRestored;

/** A look around: what is seen, and whose plug it is. */
export interface Survey {
  readonly observations: Observations;
  readonly plug: string | undefined;
}
