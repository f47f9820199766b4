/**
 * The steps that events, errors and journals name. An id is for programs and never changes; its text is for people and
 * may. Older journals name two steps by their texts, see journal/entry-schema.ts.
 */

import type { RecoveryOptionId } from "./rescue/recovery-options.ts";

/** The steps of a conversion, in their order. */
export const CONVERSION_STEPS = [
  "prepare",
  "connect",
  "identify",
  "back-up",
  "write",
  "boot",
  "provision",
  "configure",
  "secure",
  "audit",
  "close-case",
  "calibrate",
  "report",
] as const;

export type ConversionStep = (typeof CONVERSION_STEPS)[number];

/** All other steps, in the order of the alphabet. */
type OtherStep =
  | "build"
  | "check-device"
  | "check"
  | "download"
  | "erase"
  | "find"
  | "finish"
  | "inspect-image"
  | "keep-settings"
  | "lock"
  | "look"
  | "minimal"
  | "minimal-check"
  | "minimal-doubt"
  | "minimal-restart"
  | "minimal-return"
  | "open-journal"
  | "open-port"
  | "plan"
  | "plan-upgrade"
  | "read-backup"
  | "rescue"
  | "restart"
  | "restore"
  | "restore-settings"
  | "serve-image"
  | "set-up"
  | "settings"
  | "settle"
  | "source"
  | "upgrade"
  | "upgrade-check"
  | "upgrade-doubt"
  | "upgrade-restart"
  | "upgrade-return"
  | "verify";

/** The steps that send an image to a running plug: the interim build, and the build that is wanted. */
export type StageStep = "minimal" | "upgrade";

/** A rescue names each of its steps by what it tries. */
export type StepId = ConversionStep | OtherStep | RecoveryOptionId;

/** Where the text of a step is not its id. */
const TEXTS: Partial<Record<StepId, string>> = {
  "back-up": "back up",
  "check-device": "check the device",
  "close-case": "close the case",
  "inspect-image": "inspect the image",
  "keep-settings": "keep settings",
  "open-journal": "open the journal",
  "open-port": "open port",
  "plan-upgrade": "plan the upgrade",
  "read-backup": "read a backup",
  "restore-settings": "restore settings",
  "serve-image": "serve the image",
  "set-up": "set up",
};

/** The step in words, as they stand inside a sentence. Ids of guide items, which errors name too, stand for themselves. */
export function stepText(step: string): string {
  const text = Object.hasOwn(TEXTS, step) ? TEXTS[step as StepId] : undefined;
  return text ?? step;
}
