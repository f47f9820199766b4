/**
 * What a plug runs now, from its own answers. The minimal build knows no Status: its pages show it.
 * Source: Tasmota tasmota/tasmota_support/support_command.ino (kTasmotaCommands under FIRMWARE_MINIMAL),
 * tasmota/tasmota_xdrv_driver/xdrv_01_9_webserver.ino (HTTP_END: version and image's name at the foot of every page).
 */
import { say, type Text } from "../text/text.ts";

export interface RunningFirmware {
  readonly minimal: boolean;
  /** "15.2.0.2". */
  readonly version: string | undefined;
  /** "tasmota", "release-tasmota", "tasmota-DE", "minimal". */
  readonly image: string | undefined;
  /** ISO, local time of its builder; the minimal build does not report it. */
  readonly built: string | undefined;
  /** Bytes that an upgrade may have; undefined if it is not reported. */
  readonly free: number | undefined;
  /** Bytes: the chip's flash, and what the header of the running image says it is. */
  readonly flashSize: number | undefined;
  readonly claimedFlashSize: number | undefined;
  /** It measures: there is an ENERGY in its answer. Undefined where that cannot be asked. */
  readonly metering: boolean | undefined;
}

/** From any page of the web server; undefined where it is no Tasmota's. */
export function parsePageFoot(html: string): Pick<RunningFirmware, "version" | "image" | "minimal"> | undefined {
  const found = /Tasmota\s+(\d+(?:\.\d+)+)\s*\(([^)]*)\)/.exec(html);
  if (found === null) return undefined;
  const [, version, image] = found;
  return { version, image, minimal: /(^|-)minimal$/.test(image!) };
}

/** "15.2.0.2 (tasmota)". */
export function runningText({ version, image }: Pick<RunningFirmware, "version" | "image">): Text {
  return say`${version ?? say`unknown version`}${image === undefined ? "" : ` (${image})`}`;
}
