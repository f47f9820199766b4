/**
 * Which images a plug must get one after the other, and whether it may have them at all. Pure: what the plug said goes
 * in, the stages come out.
 * Sources: Tasmota documentation, Upgrading; tasmota/tasmota_xdrv_driver/xdrv_01_9_webserver.ino (HandleUploadLoop: a
 * sector of the free space stays unused); Arduino core for ESP8266 Updater.cpp (begin: no update while the header of
 * the running image claims more flash than there is).
 */
import { PlugsmithError } from "../errors.ts";
import { say, type Text } from "../text/text.ts";
import { type Examination, refuseUnusable } from "./examine.ts";
import { refuseUnfit } from "./fitness.ts";
import { misfitOf } from "./misfit.ts";
import { isPacked, packImage } from "./packing.ts";
import { type RunningFirmware, runningText } from "./running.ts";
import { roomBeside } from "./space.ts";
import { compareVersions, nextMilestone, unpacksItself } from "./versions.ts";

export interface UpgradeImage {
  /** For people: "tasmota.bin.gz 15.2.0". */
  readonly name: string;
  readonly file: Uint8Array;
  readonly examination: Examination;
  /** Where it came from says so; the bytes do not. */
  readonly version: string | undefined;
}

export interface UpgradeStage {
  readonly kind: "minimal" | "target";
  readonly image: UpgradeImage;
  /** As it travels: compressed where the plug can unpack it. */
  readonly file: Uint8Array;
  /** Bytes it may have; undefined if the plug does not report it. */
  readonly room: number | undefined;
}

export interface UpgradePermissions {
  /** A build without metering for a plug that measures. */
  readonly anyVariant: boolean;
  /** An older version than the one that runs. */
  readonly downgrade: boolean;
}

const SECTOR = 0x1000;
const STEP = "plan-upgrade";

/** Bytes that the web page's upload takes of the free space. */
function uploadRoom(free: number): number {
  return Math.floor(free / SECTOR) * SECTOR - SECTOR;
}

/** Whether the plug may have the image at all. Errors: not-supported, bad-image, image-too-big. */
export function checkUpgrade(running: RunningFirmware, target: UpgradeImage, allowed: UpgradePermissions): void {
  const { examination } = target;
  if (!allowed.anyVariant) refuseUnfit(examination.facts, running.metering !== false);
  const { flashSize, claimedFlashSize, version } = running;
  if (examination.form === "flash" || examination.image === undefined) {
    throw refused("bad-image", say`${target.name} is a whole flash, not an image.`, say`Give a firmware image.`);
  }
  const { bytes, unbootable } = examination;
  const misfit =
    flashSize === undefined ? examination.misfit : misfitOf({ ...examination, bytes, wholeFlash: false }, flashSize);
  refuseUnusable({ misfit, unbootable }, target.name, { step: STEP, plugState: say`unchanged` });
  if (flashSize !== undefined && claimedFlashSize !== undefined && claimedFlashSize > flashSize) {
    throw refused(
      "not-supported",
      say`The running image was written as one for ${claimedFlashSize / 1024} KiB of flash, the chip has ${flashSize / 1024}: such a plug refuses upgrades over the air.`,
      say`Write the image over the wires once: \`plugsmith write\` sets the right size and keeps the settings.`,
    );
  }
  if (version === undefined) return;
  const first = nextMilestone(version);
  if (first !== undefined && (target.version === undefined || compareVersions(target.version, first) > 0)) {
    throw refused(
      "not-supported",
      say`Tasmota ${version} must be upgraded to ${first} first: later versions cannot read settings that old.`,
      say`Give the image of ${first} with --image, then continue; or write over the wires and set up the plug again.`,
    );
  }
  if (target.version === undefined || allowed.downgrade || version.startsWith(`${target.version}.`)) return;
  if (compareVersions(target.version, version) < 0) {
    throw refused(
      "not-supported",
      say`The plug runs ${version}, which is newer than ${target.version}: older firmware may misread its settings.`,
      say`To install it anyway, add --downgrade.`,
    );
  }
}

/** The target's way there alone, where it fits beside what runs. Undefined: by way of the minimal build. */
export function directStage(running: RunningFirmware, target: UpgradeImage): UpgradeStage | undefined {
  const file = travelling(running, target);
  const room = running.free === undefined ? undefined : uploadRoom(running.free);
  if (room !== undefined && file.length > room) return undefined;
  return { kind: "target", image: target, file, room };
}

/** Both stages. Errors: bad-image (that is no minimal build), not-supported (no room even so). */
export function stagesByMinimal(
  running: RunningFirmware,
  target: UpgradeImage,
  minimal: UpgradeImage,
): readonly UpgradeStage[] {
  if (minimal.examination.facts.minimal !== true) {
    throw refused("bad-image", say`${minimal.name} is not Tasmota's minimal build.`, say`Give tasmota-minimal.bin.gz.`);
  }
  const first = travelling(running, minimal);
  const room = uploadRoom(running.free ?? 0);
  // The minimal build of today unpacks, whatever ran before.
  const second = packedForm(target);
  const roomThen = uploadRoom(roomBeside(minimal.examination.bytes));
  const lacking = first.length > room ? [minimal.name, first.length, room] : [target.name, second.length, roomThen];
  if (first.length > room || second.length > roomThen) {
    throw refused(
      "not-supported",
      say`An upgrade over the air is not possible: ${String(lacking[0])} takes ${String(lacking[1])} bytes, and there is room for ${String(lacking[2])}.`,
      say`Write the image over the wires: \`plugsmith write\` keeps the settings.`,
    );
  }
  return [
    { kind: "minimal", image: minimal, file: first, room },
    { kind: "target", image: target, file: second, room: roomThen },
  ];
}

/** Compressed where the plug can unpack it: half the way, and often room without the minimal build. */
function travelling({ version, minimal }: RunningFirmware, image: UpgradeImage): Uint8Array {
  if (minimal || (version !== undefined && unpacksItself(version))) return packedForm(image);
  if (!isPacked(image.file)) return image.file;
  throw refused(
    "not-supported",
    say`${runningText({ version, image: undefined })} cannot unpack ${image.name}.`,
    say`Give the image that is not compressed.`,
  );
}

/** Packing takes a while and is asked for more than once. */
const packed = new WeakMap<Uint8Array, Uint8Array>();

function packedForm({ file }: UpgradeImage): Uint8Array {
  if (isPacked(file)) return file;
  const known = packed.get(file) ?? packImage(file);
  packed.set(file, known);
  return known;
}

function refused(code: "not-supported" | "bad-image" | "image-too-big", message: Text, nextStep: Text): PlugsmithError {
  return new PlugsmithError(code, { message, step: STEP, plugState: say`unchanged`, nextStep });
}
