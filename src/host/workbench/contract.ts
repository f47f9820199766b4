/**
 * The workbench as every face knows it: jobs by name, their events and questions, and what is on record. What a page may ask
 * for is data that crosses a wire; how it is done is the engine's, and what it needs of a platform is `WorkbenchPlatform`.
 */
import type { ErrorContext } from "../../core/errors.ts";
import type { Guide, GuideTexts } from "../../core/guide/guide.ts";
import type { Profile } from "../../core/profile/profile.ts";
import type { ConversionStep } from "../../core/step-id.ts";
import type { Text } from "../../core/text/text.ts";
import type { FirmwareDefault } from "../../engine/home/defaults.ts";
import type { FirmwareToWrite } from "../../engine/jobs/prepare-conversion.ts";
import type { Environment } from "../environment.ts";
import type { JobContext, JobState } from "../job.ts";
import type { OpenQuestion } from "../questions.ts";

/** A job that a page can ask for. */
export type JobOrder =
  /** The whole conversion of a virtual plug, which lives as long as the job. */
  | {
      readonly job: "practise";
      /** Slow enough to watch, or as fast as the computer can. Default: watchable. */
      readonly pace?: "watchable" | "fast" | undefined;
    }
  /** The whole conversion of a real plug. */
  | {
      readonly job: "convert";
      /** Default: the one adapter that is plugged in. */
      readonly port?: string | undefined;
      /** 12 lower-case hex digits: the unfinished conversion to go on with. */
      readonly plug?: string | undefined;
      /** The plug is open and its wires are soldered. */
      readonly wired?: boolean | undefined;
    };

export interface JobSummary {
  readonly id: string;
  readonly job: JobOrder["job"];
  readonly plug: string | undefined;
  readonly state: JobState;
  readonly virtual: boolean;
  /** UTC, ISO 8601. */
  readonly startedAt: string;
  /** Those that are open now. */
  readonly questions: readonly OpenQuestion[];
}

export interface PlugSummary {
  /** 12 lower-case hex digits. */
  readonly plug: string;
  readonly virtual: boolean;
  readonly name: string | undefined;
  readonly address: string | undefined;
  /** UTC, ISO 8601. */
  readonly lastSeen: string | undefined;
  readonly startedAt: string | undefined;
  /** Undefined: the conversion is finished. */
  readonly next: ConversionStep | undefined;
  /** In the order in which they were finished. */
  readonly finished: readonly ConversionStep[];
  readonly wiresAttached: boolean;
  /** The newest sealed backup. */
  readonly backup: { readonly sha256: string; readonly at: string } | undefined;
  readonly certificate: boolean;
  /** As they are on the certificate: earth in ohms, insulation in megohms; null where the display showed an overload. */
  readonly earth: number | null | undefined;
  readonly insulation: number | null | undefined;
}

/** The device that is converted: what the guide knows, with its texts in English. */
export interface Device {
  readonly profile: Profile;
  readonly guide: Guide;
  readonly texts: GuideTexts;
}

export interface Upload {
  /** What a question for a file is answered with. */
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/** An error as it crosses to a page. */
export interface ErrorData {
  readonly code: string;
  readonly message: Text;
  readonly step: string | undefined;
  readonly plugState: Text | undefined;
  readonly nextStep: Text | undefined;
  readonly context: ErrorContext | undefined;
}

/** What a platform adds to its environment for the workbench. */
export interface WorkbenchPlatform {
  readonly environment: Environment;
  /** The device that ships with plugsmith. */
  device(): Promise<Device>;
  /** Errors: file-*, network-failed; not-supported where the platform can download nothing. */
  firmware(source: FirmwareDefault, context: Pick<JobContext, "events" | "signal">): Promise<FirmwareToWrite>;
}
