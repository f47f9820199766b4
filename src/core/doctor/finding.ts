/** A finding of the doctor, and what else is known when it is put into words. */
import type { Text } from "../text/text.ts";
import type { AdapterName } from "./adapters.ts";

export const FINDING_IDS = [
  "nothing",
  "echo",
  "download-mode",
  "download-unanswered",
  "flash-mode",
  "boot-loop",
  "no-image",
  "gpio15-high",
  "gpio2-low",
  "crash",
  "firmware",
  "noise",
  "other-chip",
  "adapter-gone",
  "adapter-back",
  "answers",
] as const;

export type FindingId = (typeof FINDING_IDS)[number];

export interface Finding {
  readonly id: FindingId;
  readonly text: Text;
  /** Likeliest first. Empty where there is nothing wrong. */
  readonly causes: readonly Text[];
  /** The one thing to do now: the remedy of the likeliest cause. */
  readonly nextAction: Text;
  /** When this can be seen, and how to see it; undefined where any wiring shows it. */
  readonly visibility: Text | undefined;
}

/** What is known beside the finding itself. */
export interface Circumstances {
  readonly adapter: AdapterName;
  /** The number after "rst cause:" in the last boot text: 1 power-on, 2 reset pin, 3 software, 4 watchdog. */
  readonly resetCause?: number | undefined;
  /** The first number after "boot mode:" in the last boot text: 1 download, 3 flash. */
  readonly bootMode?: number | undefined;
  /** Who talks, if the text reveals it. */
  readonly speaker?: string | undefined;
  /** The boot loader that was heard between ROM and firmware. */
  readonly loader?: string | undefined;
  /** The exception that a firmware crashed with, where its number was heard. */
  readonly exception?: string | undefined;
  /** It was heard once, and nothing followed at either rate. */
  readonly fellSilent?: boolean;
  /** The line's rate cannot be changed from here, as with a raw socket. */
  readonly rateFixed?: boolean;
  /** The plug has been heard before over these wires. */
  readonly heardBefore?: boolean;
}
