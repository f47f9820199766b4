/** `plugsmith firmware inspect`: what a file is, as far as its bytes prove it. */

import { join } from "node:path";
import {
  asText,
  type Examination,
  examineFirmware,
  type FirmwareFacts,
  type FlashMode,
  type FlashSizeName,
  isPlugsmithError,
  LARGEST_FLASH,
  PlugsmithError,
  refuseUnusable,
  roomBeside,
  say,
} from "../../core/index.ts";
import { type BackupManifest, checkAgainstManifest, MANIFEST_BYTES, parseManifest } from "../../engine/index.ts";
import { nodeFiles } from "../../platform/node/index.ts";
import type { CommandOutcome } from "../command.ts";
import { sizeText } from "../render/quantity.ts";

export interface InspectOptions {
  readonly flashSize: FlashSizeName;
  readonly flashMode: FlashMode;
}

export async function inspectFirmware(
  { flashSize, flashMode }: InspectOptions,
  what: string | undefined,
): Promise<CommandOutcome> {
  if (what === undefined) {
    throw new PlugsmithError("bad-argument", {
      message: say`No file is given to inspect.`,
      nextStep: say`Give a firmware image, or the folder of a backup.`,
    });
  }
  const { path, bytes, manifest } = await fileOrBackup(what);
  const examined = examineFirmware(bytes, { flashSize, flashMode });
  return {
    data: { path, ...examined, backup: manifest },
    // A sealed backup is what it is: it goes back as it came.
    failure: manifest === undefined && examined.form !== "flash" ? faultOf(examined) : undefined,
    answer: [
      ...(manifest === undefined
        ? []
        : [say`Sealed backup of plug ${manifest.mac} (${manifest.chip}), made ${manifest.time}; its digests match.`]),
      ...[...kindLines(examined), ...imageLines(examined), ...roomLines(examined, flashSize)].map((line) =>
        asText(line),
      ),
      say`SHA-256   ${examined.sha256}`,
    ],
  };
}

function faultOf(examined: Examination): PlugsmithError | undefined {
  try {
    refuseUnusable(examined, "The image", { step: "inspect-image", plugState: say`untouched` });
    return undefined;
  } catch (error) {
    if (error instanceof PlugsmithError) return error;
    throw error;
  }
}

/** A backup's folder is proven against its manifest. Errors: file-not-found, file-corrupt, record-newer. */
async function fileOrBackup(
  path: string,
): Promise<{ path: string; bytes: Uint8Array; manifest: BackupManifest | undefined }> {
  try {
    if ((await nodeFiles.stat(path))?.kind !== "directory") {
      return { path, bytes: await nodeFiles.read(path, LARGEST_FLASH), manifest: undefined };
    }
    const image = join(path, "original.bin");
    const bytes = await nodeFiles.read(image, LARGEST_FLASH);
    const manifestPath = join(path, "manifest.json");
    const manifest = parseManifest(await nodeFiles.read(manifestPath, MANIFEST_BYTES), manifestPath);
    checkAgainstManifest(bytes, manifest, image);
    return { path: image, bytes, manifest };
  } catch (cause) {
    if (isPlugsmithError(cause) && cause.code !== "file-not-found") throw cause;
    throw new PlugsmithError("file-not-found", {
      message: say`${path} is neither a readable file nor a backup's folder.`,
      step: "inspect-image",
      nextStep: say`Give a firmware image, or a folder with original.bin and manifest.json.`,
      cause,
    });
  }
}

const KINDS: Readonly<Record<FirmwareFacts["kind"], string>> = {
  tasmota: "Tasmota",
  esphome: "ESPHome",
  espurna: "ESPurna",
  tuya: "a vendor's firmware on Tuya's platform",
  unknown: "unknown: nothing in it tells whose it is",
};

function kindLines({ form, fileBytes, bytes, facts }: Examination): string[] {
  const size = {
    image: sizeText(bytes),
    packed: `${String(sizeText(bytes))}, compressed to ${String(sizeText(fileBytes))}: goes over the air, never over the wires`,
    flash: `${String(sizeText(bytes))}: a whole flash`,
  };
  const evidence = facts.evidence.map(({ offset, text }) => `${text} at ${hex(offset)}`);
  return [
    `Firmware  ${KINDS[facts.kind]}`,
    ...(facts.model ? ["          plugsmith's own image for virtual plugs; no real chip runs it"] : []),
    ...evidence.map((line, i) => `${i === 0 ? "Shown by" : "        "}  ${line}`),
    `Version   ${facts.kind === "tasmota" ? "unknown (Tasmota keeps it as a number among others)" : "unknown"}`,
    ...(facts.kind === "tasmota" ? [`Variant   ${variantText(facts)}`, `Metering  ${meteringText(facts)}`] : []),
    `Built     ${facts.buildDate ?? "unknown"}`,
    `Core      ${facts.core?.replaceAll("_", ".") ?? "unknown"}, SDK ${facts.sdk ?? "unknown"}`,
    `Size      ${String(size[form])}`,
  ];
}

function variantText({ minimal, otaImage }: FirmwareFacts): string {
  if (minimal === true) return "minimal: only carries the next upgrade over";
  return otaImage === undefined ? "unknown" : `unknown; its built-in update address names ${otaImage}`;
}

function meteringText({ metering }: FirmwareFacts): string {
  return metering === true ? "its commands are there" : "its commands are not there: a meter would be dead";
}

function imageLines({ image, unbootable }: Examination): string[] {
  const boots = unbootable === undefined ? [] : [`Boots     no: ${String(unbootable)}`];
  if (image === undefined) return boots;
  const { header, form, crc, segments } = image;
  const crcText = { right: "CRC right", "header-changed": "CRC of another header", absent: "no CRC" };
  return [
    ...boots,
    `Header    ${header.flashSize ?? "unknown size"}, ${header.flashMode ?? "unknown mode"}, ${header.frequencyMhz ?? "?"} MHz, entry ${hex(header.entry)}`,
    `Image     ${form === "single" ? "one part" : "boot loader and application"}, checksums right, ${crcText[crc]}`,
    ...segments.map(
      ({ part, offset, address, length, memory }) =>
        `          ${part}: ${length} bytes at ${hex(offset)} to ${hex(address)} (${memory})`,
    ),
  ];
}

function roomLines(examined: Examination, flashSize: FlashSizeName): string[] {
  const { form, misfit, unbootable, changes, facts, bytes, image } = examined;
  const beside = facts.kind === "tasmota" && form !== "flash" && flashSize === "1MB" && misfit === undefined;
  const changed = changes.map(
    ({ offset, from, to, what }) => `sets byte ${offset} from ${hex2(from)} to ${hex2(to)}: ${what}`,
  );
  return [
    `Fits      ${misfit === undefined ? "yes" : "no"}, into ${flashSize} of flash${beside ? `; leaves ${String(sizeText(roomBeside(bytes)))} for the next upgrade` : ""}`,
    ...(misfit === undefined ? [] : [`          it ${String(misfit.says)}`]),
    ...(form === "flash"
      ? ["Restore   goes back byte for byte, nothing is changed"]
      : misfit !== undefined || unbootable !== undefined
        ? ["Write     refused"]
        : changed.length === 0
          ? ["Write     changes nothing in it"]
          : changed.map((line, i) => `${i === 0 ? "Write" : "     "}     ${line}`)),
    ...(changed.length > 0 && image?.crc === "right"
      ? ["          its own CRC, which is not checked at boot, no longer fits then"]
      : []),
  ];
}

const hex = (value: number): string => `0x${value.toString(16)}`;
const hex2 = (value: number): string => `0x${value.toString(16).padStart(2, "0")}`;
