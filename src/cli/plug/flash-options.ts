/**
 * Options of the commands that read or change a flash: the image, of the way round the gate, and what they plan to do.
 * An option means the same in all of them.
 */

import { FLASH_MODES, FLASH_SIZES, type FlashMode, type FlashSizeName, say, type Text } from "../../core/index.ts";
import type { FlashPlan, GateOptions, WriteOptions } from "../../engine/index.ts";
import type { CommandOutcome } from "../command.ts";
import { choice, flag, type OptionsOf, parsed, text } from "../options.ts";
import { type AnswerLine, indented } from "../render/answer.ts";
import { sizeText } from "../render/quantity.ts";
import { COUNT } from "./flash-command.ts";

export const IMAGE_ARGUMENT = ["<image>", say`firmware file`] as const;

const SIZES = Object.keys(FLASH_SIZES) as FlashSizeName[];
const MODES = Object.keys(FLASH_MODES) as FlashMode[];
export const flashSize = (words: Text) => choice("--flash-size <size>", words, SIZES, "1MB");
export const flashMode = (words: Text) => choice("--flash-mode <mode>", words, MODES, "dout");

export const IMAGE_OPTIONS = {
  at: parsed("--at <address>", say`address at which the image starts`, COUNT, 0),
  chip: flag("--chip", say`write the whole chip: 0xFF everywhere outside the image`),
  keepHeader: flag("--keep-header", say`keep the flash size and mode in the image's header`),
  flashSize: flashSize(say`flash size to set in the header`),
  flashMode: flashMode(say`flash mode to set in the header`),
  raw: flag("--raw", say`the file is data, not a bootable image`),
};

export const OVERRIDE_IMAGE = text(
  "--override-image <mac>",
  say`write an image that would not start or is built for a larger flash; type this plug's MAC to confirm`,
);

export function imageOptions(options: OptionsOf<typeof IMAGE_OPTIONS>, overrideImage?: string): WriteOptions {
  const { at, chip, keepHeader, flashSize, flashMode, raw } = options;
  return { at, target: chip ? "chip" : "image", keepHeader, flashSize, flashMode, raw, overrideImage };
}

/** Why the flash has another digest than the file; no line where it has the same. */
export function fileDigestLines(
  fileMd5: string,
  flashMd5: string,
  { target, flashSize = "1MB", flashMode = "dout" }: WriteOptions,
): readonly Text[] {
  if (fileMd5 === flashMd5) return [];
  return [
    target === "chip"
      ? say`The MD5 of the file itself is ${fileMd5}; the MD5 above is that of the whole chip.`
      : say`The MD5 of the file itself is ${fileMd5}. It differs because the flash size and mode in the header were set to ${flashSize} and ${flashMode}.`,
  ];
}

/** Of the commands that erase: the backup before, and the way round the gate. */
export const GATE_OPTIONS = {
  backup: flag("--backup", say`back up first, in the same connection`),
  overrideGate: text("--override-gate <mac>", say`continue without a sealed backup; type this plug's MAC to confirm`),
};

export function gateOptions({ overrideGate: typedMac }: { readonly overrideGate: string | undefined }): GateOptions {
  return { typedMac };
}

/** What `--dry-run` answers. */
export function planOutcome(plan: FlashPlan): CommandOutcome {
  return { data: { plan }, answer: planLines(plan) };
}

const PLANS: Readonly<Record<FlashPlan["kind"], (size: Text) => Text>> = {
  backup: (size) => say`Plan: back up a flash of ${size}`,
  erase: (size) => say`Plan: erase in a flash of ${size}`,
  write: (size) => say`Plan: write to a flash of ${size}`,
  verify: (size) => say`Plan: verify a flash of ${size}`,
  restore: (size) => say`Plan: restore a flash of ${size}`,
};

const ACTS: Readonly<Record<FlashPlan["steps"][number]["act"], Text>> = {
  read: say`read`,
  skip: say`skip`,
  erase: say`erase`,
  write: say`write`,
  digest: say`digest`,
};

const GATES: Readonly<Record<FlashPlan["gate"], Text>> = {
  "not needed": say`not needed`,
  open: say`open`,
  closed: say`closed`,
};

/** One line a step, then what it moves and whether the erase gate is open. */
function planLines({ kind, flashSize, steps, transferBytes, gate, gateReason }: FlashPlan): AnswerLine[] {
  return [
    PLANS[kind](sizeText(flashSize)),
    ...steps.map(({ act, at, length, reason, md5 }) => {
      const range = `${address(at)}-${address(at + length - 1)}`;
      return indented(ACTS[act], range, sizeText(length), reason, md5 === undefined ? "" : `md5 ${md5}`);
    }),
    say`To transfer over the line: ${sizeText(transferBytes)} before compression`,
    gateReason.length === 0 ? say`Erase gate: ${GATES[gate]}` : say`Erase gate: ${GATES[gate]} (${gateReason})`,
  ];
}

export function address(at: number): string {
  return `0x${at.toString(16).padStart(6, "0")}`;
}
