/**
 * POST /u2: a settings backup or a firmware image. Which of the two was decided by the page visited before (/rs, /up).
 * Errors are pages with status 200. Source: xdrv_01_9_webserver.ino (HandleUploadLoop, HandleUploadDone); recordings.
 */
import { claimedFlashSize } from "../build-of-image.ts";
import type { TasmotaCore } from "../contract.ts";
import { numberArg, type WebRequest } from "./http-request.ts";

export type UploadKind = "firmware" | "settings";

/** First byte of an ESP8266 image, and of a compressed one. */
const IMAGE_MAGIC = 0xe9;
const GZIP_MAGIC = 0x1f;
/** Header byte with the flash size in its upper half. */
const SIZE_BYTE = 3;
const KIB = 1024;
/** The page leaves a sector of the room unused that the updater over HTTP would take. */
const RESERVED_KIB = 4;
/** sizeof(TSettings). */
const SETTINGS_SIZE = 4096;

export class Uploads {
  /** Which page was visited last; none since boot. */
  armed: UploadKind | undefined;
  /** Of an upload, until a page has told it; later ones are not looked at before. */
  #error: string | undefined;
  readonly #core: TasmotaCore;

  constructor(core: TasmotaCore) {
    this.#core = core;
  }

  /** What went wrong since it was last asked. */
  takeError(): string | undefined {
    const error = this.#error;
    this.#error = undefined;
    return error;
  }

  /** Takes the request's file in, if it has one. Nobody is asked for a password here: the page that follows does that. */
  take(request: WebRequest, done: () => void): void {
    const { upload } = request;
    if (upload === undefined || this.#error !== undefined) {
      done();
      return;
    }
    const core = this.#core;
    const { content, fileName } = upload;
    if (fileName === "") {
      this.#error = "No file selected";
      done();
      return;
    }
    core.log(2, `UPL: File ${fileName} (${numberArg(request, "fsz")} bytes)`);
    const finish = (error: string | undefined): void => {
      this.#error = error;
      if (error === undefined) core.log(2, `UPL: Successful ${content.length} bytes`);
      done();
    };
    const refusal = this.#refusal(content);
    if (refusal !== undefined) finish(refusal);
    else if (this.armed === "settings") finish(this.#restore(content));
    else core.storeFirmware(content, finish);
  }

  #restore(content: Uint8Array): string | undefined {
    const core = this.#core;
    if (core.restoreSettings(content) !== "ok") return "File invalid";
    // They are in force at once: the page that tells of it bears the restored name.
    core.saveSettings();
    return undefined;
  }

  #refusal(content: Uint8Array): string | undefined {
    switch (this.armed) {
      case "settings":
        return content.length > SETTINGS_SIZE ? "File too large" : undefined;
      case "firmware":
        return refusalOf(this.#core, content);
      // The updater was never started: nothing can be written to it, and without anything written it does not end.
      case undefined:
        return content.length > 0 ? "Not enough space" : "Upload failed. Enable logging 3";
    }
  }
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
