/**
 * Options of the commands that read or change a flash: the image, of the way round the gate, and what they plan to do.
 * An option means the same in all of them.
 */

import {
  asText,
  FLASH_MODES,
  FLASH_SIZES,
  type FlashMode,
  type FlashSizeName,
  say,
  type Text,
} from "../../core/index.ts";
import type { FlashPlan, GateOptions, WriteOptions } from "../../engine/index.ts";
import type { CommandOutcome } from "../command.ts";
import { choice, flag, type OptionsOf, parsed, text } from "../options.ts";
import { sizeText } from "../render/quantity.ts";
import { COUNT } from "./flash-command.ts";

export const IMAGE_ARGUMENT = ["<image>", say`firmware file`] as const;

const SIZES = Object.keys(FLASH_SIZES) as FlashSizeName[];
const MODES = Object.keys(FLASH_MODES) as FlashMode[];
export const flashSize = (words: Text) => choice("--flash-size <size>", words, SIZES, "1MB");
export const flashMode = (words: Text) => choice("--flash-mode <mode>", words, MODES, "dout");

export const IMAGE_OPTIONS = {
  at: parsed("--at <address>", say`where the image begins`, COUNT, 0),
  chip: flag("--chip", say`the whole chip: 0xFF everywhere outside the image`),
  keepHeader: flag("--keep-header", say`leave the image's own flash size and mode`),
  flashSize: flashSize(say`flash size in the header`),
  flashMode: flashMode(say`flash mode in the header`),
  raw: flag("--raw", say`data, not a bootable image`),
};

export const OVERRIDE_IMAGE = text(
  "--override-image <mac>",
  say`write an image that would not start, or is built for a larger flash: this plug's MAC, typed by hand`,
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
      ? say`The file itself has MD5 ${fileMd5}; the one above is of the whole chip.`
      : say`The file itself has MD5 ${fileMd5}: flash size and mode in its header are set to ${flashSize} and ${flashMode}.`,
  ];
}

/** Of the commands that erase: the backup before, and the way round the gate. */
export const GATE_OPTIONS = {
  backup: flag("--backup", say`back up first, in the same connection`),
  overrideGate: text("--override-gate <mac>", say`go on without a sealed backup: this plug's MAC, typed by hand`),
};

export function gateOptions({ overrideGate: typedMac }: { readonly overrideGate: string | undefined }): GateOptions {
  return { typedMac };
}

/** What `--dry-run` answers. */
export function planOutcome(plan: FlashPlan): CommandOutcome {
  return { data: { plan }, answer: planLines(plan).map((line) => asText(line)) };
}

/** One line a step, then what it moves and whether the erase gate is open. */
function planLines(plan: FlashPlan): string[] {
  const steps = plan.steps.map(({ act, at, length, reason, md5 }) => {
    const range = `${address(at)}-${address(at + length - 1)}`;
    const digest = md5 === undefined ? "" : `  md5 ${md5}`;
    return `  ${act.padEnd(6)}  ${range}  ${sizeText(length).padStart(8)}  ${String(reason)}${digest}`;
  });
  return [
    `Plan: ${plan.kind} of a flash of ${String(sizeText(plan.flashSize))}`,
    ...steps,
    `To move over the line: ${String(sizeText(plan.transferBytes))} before compression`,
    `Erase gate: ${plan.gate}${plan.gateReason.length === 0 ? "" : ` (${String(plan.gateReason)})`}`,
  ];
}

export function address(at: number): string {
  return `0x${at.toString(16).padStart(6, "0")}`;
}
