/**
 * POST /u2: a settings backup or a firmware image. Which of the two was decided by the page visited before (/rs, /up).
 * Errors are pages with status 200. Source: xdrv_01_9_webserver.ino (HandleUploadLoop, HandleUploadDone); recordings.
 */
import { claimedFlashSize } from "../build-of-image.ts";
import type { TasmotaCore } from "../contract.ts";
import { arg, type WebRequest } from "./http-request.ts";

export type UploadKind = "firmware" | "settings";

/** First byte of an ESP8266 image, and of a compressed one. */
const IMAGE_MAGIC = 0xe9;
const GZIP_MAGIC = 0x1f;
/** Header byte with the flash size in its upper half. */
const SIZE_BYTE = 3;
const KIB = 1024;
/** The page leaves a sector of the room unused that the updater over HTTP would take. */
const RESERVED_KIB = 4;
/** restart_flag after a successful upload. */
const RESTART_SOON = 2;

/** Takes the file in and says what became of it; a successful one restarts the device. */
export function takeUpload(
  core: TasmotaCore,
  kind: UploadKind | undefined,
  request: WebRequest,
  done: (error: string | undefined) => void,
): void {
  const { upload } = request;
  if (upload === undefined || upload.fileName === "") {
    done("No file selected");
    return;
  }
  const announced = Number(arg(request, "fsz")) || 0;
  core.log(2, `UPL: File ${upload.fileName} (${announced} bytes)`);
  const finish = (error: string | undefined): void => {
    if (error === undefined) {
      core.log(2, `UPL: Successful ${upload.content.length} bytes`);
      core.restartFlag = RESTART_SOON;
    }
    done(error);
  };
  if (kind === "settings") {
    const outcome = core.restoreSettings(upload.content);
    // They are in force at once: the page that tells of it bears the restored name.
    if (outcome === "ok") core.saveSettings();
    finish(outcome === "ok" ? undefined : "File invalid");
    return;
  }
  // Neither page was visited since boot: the updater was never begun, and nothing can be written to it.
  const refusal = kind === undefined ? "Not enough space" : refusalOf(core, upload.content);
  if (refusal === undefined) core.storeFirmware(upload.content, finish);
  else finish(refusal);
}

/** Why the updater does not begin with it; Updater.cpp's own complaint about the flash's header shows as a lack of room. */
function refusalOf(core: TasmotaCore, image: Uint8Array): string | undefined {
  const [first] = image;
  if (first !== IMAGE_MAGIC && first !== GZIP_MAGIC) return "Invalid file signature";
  const real = core.host.flash.size / KIB;
  if (first === IMAGE_MAGIC && claimedFlashSize(image[SIZE_BYTE] ?? 0) > real) {
    return "Program flash size is larger than real flash size";
  }
  const claimed = claimedFlashSize(core.host.flash.read(SIZE_BYTE, 1)[0]!);
  return claimed > real || image.length > (core.build.free - RESERVED_KIB) * KIB ? "Not enough space" : undefined;
}
