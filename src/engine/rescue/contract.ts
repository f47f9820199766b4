/** What a rescue works with, and what comes of it. */

import type { EventSink } from "../../core/events.ts";
import type { UpgradeImage } from "../../core/firmware/upgrade-plan.ts";
import type { Guide, GuideTexts } from "../../core/guide/guide.ts";
import type { Profile } from "../../core/profile/profile.ts";
import type { RoadId } from "../../core/rescue/roads.ts";
import type { Sightings, Symptom } from "../../core/rescue/sightings.ts";
import type { WifiCredentials } from "../../core/tasmota/credentials.ts";
import type { ProvisionContext } from "../firmware-driver/contract.ts";
import type { PlugWishes, SecureOptions } from "../firmware-driver/plug-order.ts";
import type { FirmwareToWrite } from "../jobs/prepare-conversion.ts";
import type { ByteLine, Clock, ComputerWifi, Computing, Files, Http, Neighbours, Operator, Random } from "../ports.ts";

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
  readonly computing?: Computing | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface RescueOrder {
  /** Which plug, 12 lower-case hex digits; undefined: the one on the wires, or asked. */
  readonly plug?: string | undefined;
  /** What the person sees; undefined: asked. */
  readonly symptom?: Symptom | undefined;
  readonly profile: Profile;
  readonly guide: Guide;
  readonly texts: GuideTexts;
  /** Added to what is remembered of the plug. */
  readonly wishes: PlugWishes;
  readonly secure?: SecureOptions | undefined;
  /** For the roads over wires. */
  readonly firmware?: FirmwareToWrite | undefined;
  /** For a plug that is stuck on the minimal build; fetched when that road is walked. */
  readonly upgradeImage?: (() => Promise<UpgradeImage>) | undefined;
  /** Asked once, when a road needs them. */
  readonly credentials: () => Promise<WifiCredentials>;
  readonly correct?: ProvisionContext["correct"];
  /** Where the plug may be, as `find --range` takes them. */
  readonly ranges: readonly string[];
}

export interface Rescued {
  readonly outcome: "configured";
  /** 12 lower-case hex digits. */
  readonly plug: string;
  readonly address: string;
  /** Roads that were walked, in order; the last one led home. */
  readonly walked: readonly RoadId[];
  /** Checks of the audit that passed. */
  readonly passed: readonly string[];
  /** `restored`: constants from the journal were set again; `kept`: they were still there; `none`: none on record. */
  readonly calibration: "restored" | "kept" | "none";
  /** Wires are still on it: it may not go to mains before its case is closed by the list. */
  readonly wiresAttached: boolean;
}

/** What had been cut off was a restore: it is finished, the plug is as it was delivered. */
export interface VendorAgain {
  readonly outcome: "vendor";
  readonly plug: string;
  readonly walked: readonly RoadId[];
  readonly wiresAttached: boolean;
}

export type RescueResult = Rescued | VendorAgain;

/** A look around: what is seen, and whose plug it is. */
export interface Outlook {
  readonly sightings: Sightings;
  readonly plug: string | undefined;
}
