/**
 * POST /u2: a settings backup or a firmware image. Which of the two was decided by the page visited before (/rs, /up).
 * Errors are pages with status 200. Source: xdrv_01_9_webserver.ino (HandleUploadLoop, HandleUploadDone); recordings.
 */
import type { TasmotaCore } from "../contract.ts";
import { arg, type WebRequest } from "./http-request.ts";

export type UploadKind = "firmware" | "settings";

/** First byte of an ESP8266 image, and the first two of a compressed one. */
const IMAGE_MAGIC = 0xe9;
const GZIP_MAGIC = [0x1f, 0x8b] as const;
const KIB = 1024;
/** restart_flag after a successful upload. */
const RESTART_SOON = 2;

/** Takes the file in and says what became of it; a successful one restarts the device. */
export function takeUpload(
  core: TasmotaCore,
  kind: UploadKind,
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
  // Without the size the room cannot be judged.
  if (announced === 0 || upload.content.length > core.build.free * KIB) {
    finish("Not enough space");
    return;
  }
  const [first, second] = upload.content;
  const compressed = first === GZIP_MAGIC[0] && second === GZIP_MAGIC[1];
  if (first !== IMAGE_MAGIC && !compressed) {
    finish("Invalid file signature");
    return;
  }
  core.storeFirmware(upload.content, finish);
}
