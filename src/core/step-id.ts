/**
 * The steps that events, errors and journals name. An id is for programs and never changes; its text is for people and
 * may. Older journals name two steps by their texts, see journal/entry-schema.ts.
 */

import type { RecoveryOptionId } from "./rescue/recovery-options.ts";
import { asText, say, type Text } from "./text/text.ts";

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

/** Recovery options are named by `recovery-options.ts`. */
const TEXTS: Readonly<Record<ConversionStep | OtherStep, Text>> = {
  prepare: say`prepare`,
  connect: say`connect`,
  identify: say`identify`,
  "back-up": say`back up`,
  write: say`write`,
  boot: say`boot`,
  provision: say`provision`,
  configure: say`configure`,
  secure: say`secure`,
  audit: say`audit`,
  "close-case": say`close the case`,
  calibrate: say`calibrate`,
  report: say`report`,
  build: say`build`,
  "check-device": say`check the device`,
  check: say`check`,
  download: say`download`,
  erase: say`erase`,
  find: say`find`,
  finish: say`finish`,
  "inspect-image": say`inspect the image`,
  "keep-settings": say`keep settings`,
  lock: say`lock`,
  look: say`look`,
  minimal: say`minimal`,
  "minimal-check": say`minimal-check`,
  "minimal-doubt": say`minimal-doubt`,
  "minimal-restart": say`minimal-restart`,
  "minimal-return": say`minimal-return`,
  "open-journal": say`open the journal`,
  "open-port": say`open port`,
  plan: say`plan`,
  "plan-upgrade": say`plan the upgrade`,
  "read-backup": say`read a backup`,
  rescue: say`rescue`,
  restart: say`restart`,
  restore: say`restore`,
  "restore-settings": say`restore settings`,
  "serve-image": say`serve the image`,
  "set-up": say`set up`,
  settings: say`settings`,
  settle: say`settle`,
  source: say`source`,
  upgrade: say`upgrade`,
  "upgrade-check": say`upgrade-check`,
  "upgrade-doubt": say`upgrade-doubt`,
  "upgrade-restart": say`upgrade-restart`,
  "upgrade-return": say`upgrade-return`,
  verify: say`verify`,
};

/** The step in words, as they stand inside a sentence. Ids of guide items, which errors name too, stand for themselves. */
export function stepText(step: string): Text {
  return Object.hasOwn(TEXTS, step) ? TEXTS[step as ConversionStep] : asText(step);
}
