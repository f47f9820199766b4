/** `plugsmith firmware inspect`: what a file is, as far as its bytes prove it. */

import { join } from "node:path";
import {
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
  type Text,
} from "../../core/index.ts";
import { type BackupManifest, checkAgainstManifest, MANIFEST_BYTES, parseManifest } from "../../engine/index.ts";
import { nodeFiles } from "../../platform/node/index.ts";
import type { CommandOutcome } from "../command.ts";
import { type Row, row } from "../render/answer.ts";
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
      message: say`The command needs a file to inspect.`,
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
      ...kindRows(examined),
      ...imageRows(examined),
      ...roomRows(examined, flashSize),
      row("SHA-256", examined.sha256),
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
      message: say`${path} is neither a readable file nor the folder of a backup.`,
      step: "inspect-image",
      nextStep: say`Give a firmware image, or a folder with original.bin and manifest.json.`,
      cause,
    });
  }
}

const KINDS: Readonly<Record<FirmwareFacts["kind"], Text>> = {
  tasmota: say`Tasmota`,
  esphome: say`ESPHome`,
  espurna: say`ESPurna`,
  tuya: say`a vendor's firmware on Tuya's platform`,
  unknown: say`unknown: the file does not say`,
};

const UNKNOWN = say`unknown`;

/** One label for several rows. */
function labelled(label: Text, values: readonly (Text | string)[]): Row[] {
  return values.map((value, index) => row(index === 0 ? label : "", value));
}

function sizeOf({ form, fileBytes, bytes }: Examination): Text {
  const size = sizeText(bytes);
  if (form === "packed") return say`${size}, compressed to ${sizeText(fileBytes)}: for updates over the air only`;
  return form === "flash" ? say`${size}: the whole flash` : size;
}

function kindRows(examined: Examination): Row[] {
  const { facts } = examined;
  const tasmota = facts.kind === "tasmota";
  const evidence = facts.evidence.map(({ offset, text }) => say`${text} at ${hex(offset)}`);
  const kind = KINDS[facts.kind];
  const model = say`plugsmith's own image for virtual plugs; it runs on no real chip`;
  return [
    ...labelled(say`Firmware`, facts.model ? [kind, model] : [kind]),
    ...labelled(say`Evidence`, evidence),
    row(say`Version`, tasmota ? say`unknown (Tasmota's images do not state it readably)` : UNKNOWN),
    ...(tasmota ? [row(say`Variant`, variantText(facts)), row(say`Metering`, meteringText(facts))] : []),
    row(say`Built`, facts.buildDate ?? UNKNOWN),
    row(say`Core`, facts.core?.replaceAll("_", ".") ?? UNKNOWN),
    row(say`SDK`, facts.sdk ?? UNKNOWN),
    row(say`Size`, sizeOf(examined)),
  ];
}

function variantText({ minimal, otaImage }: FirmwareFacts): Text {
  if (minimal === true) return say`minimal: only for the step between two larger builds`;
  return otaImage === undefined ? UNKNOWN : say`unknown; its built-in update address names ${otaImage}`;
}

function meteringText({ metering }: FirmwareFacts): Text {
  return metering === true
    ? say`the image has the metering commands`
    : say`the image lacks the metering commands: a meter would not work`;
}

const CRC = {
  right: say`CRC correct`,
  "header-changed": say`CRC of another header`,
  absent: say`no CRC`,
} as const;

function imageRows({ image, unbootable }: Examination): Row[] {
  const boots = unbootable === undefined ? [] : [row(say`Boots`, say`no: ${unbootable}`)];
  if (image === undefined) return boots;
  const { header, form, crc, segments } = image;
  const size = header.flashSize ?? say`unknown size`;
  const mode = header.flashMode ?? say`unknown mode`;
  return [
    ...boots,
    row(say`Header`, say`${size}, ${mode}, ${header.frequencyMhz ?? "?"} MHz, entry ${hex(header.entry)}`),
    row(
      say`Image`,
      form === "single"
        ? say`one part, checksums correct, ${CRC[crc]}`
        : say`boot loader and application, checksums correct, ${CRC[crc]}`,
    ),
    ...segments.map(({ part, offset, address, length, memory }) =>
      row("", say`${part}: ${length} bytes at ${hex(offset)} to ${hex(address)} (${memory})`),
    ),
  ];
}

function roomRows(examined: Examination, flashSize: FlashSizeName): Row[] {
  const { form, misfit, changes, facts, bytes, image } = examined;
  const beside = facts.kind === "tasmota" && form !== "flash" && flashSize === "1MB" && misfit === undefined;
  const yes = beside
    ? say`yes, into ${flashSize} of flash; leaves ${sizeText(roomBeside(bytes))} for the next update`
    : say`yes, into ${flashSize} of flash`;
  return [
    row(say`Fits`, misfit === undefined ? yes : say`no, not into ${flashSize} of flash: it ${misfit.says}`),
    ...writeRows(examined),
    ...(form !== "flash" && changes.length > 0 && image?.crc === "right"
      ? [row("", say`its own CRC is then wrong, but the chip does not check it at boot`)]
      : []),
  ];
}

function writeRows({ form, misfit, unbootable, changes }: Examination): Row[] {
  if (form === "flash") return [row(say`Restore`, say`byte for byte, nothing is changed`)];
  if (misfit !== undefined || unbootable !== undefined) return [row(say`Write`, say`refused`)];
  if (changes.length === 0) return [row(say`Write`, say`the image is written as it is`)];
  const changed = changes.map(
    ({ offset, from, to, what }) => say`sets byte ${offset} from ${hex2(from)} to ${hex2(to)}: ${what}`,
  );
  return labelled(say`Write`, changed);
}

const hex = (value: number): string => `0x${value.toString(16)}`;
const hex2 = (value: number): string => `0x${value.toString(16).padStart(2, "0")}`;
