/**
 * Delivery through the plug's own upgrade page: the plug need not reach this computer, whose firewall would stop it, and
 * its settings stay as they are.
 * Source: Tasmota tasmota/tasmota_xdrv_driver/xdrv_01_9_webserver.ino (HandleUpgradeFirmware arms /u2 for firmware,
 * HandleUploadLoop, HandleUploadDone).
 */
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { encodeUpload } from "../../core/tasmota/form.ts";
import { say } from "../../core/text/text.ts";
import { Progress } from "../flash/progress.ts";
import { unauthorized } from "../tasmota/client.ts";
import { textOf } from "../tasmota/http-client.ts";
import type { Delivery } from "./send-image.ts";

/** A form's boundary must not occur in the file; in a compressed image of half a MiB this one hardly does by chance. */
const BOUNDARY = "----plugsmith-firmware-8c1e04b7";
const UPLOAD_MS = 180_000;

export const upload: Delivery = { deliver, end: () => Promise.resolve() };

/** Errors: command-refused, unauthorized, aborted. */
async function deliver(
  ...[{ client, clock, events, signal }, stage, step]: Parameters<Delivery["deliver"]>
): ReturnType<Delivery["deliver"]> {
  const rest = { signal };
  const name = `tasmota${stage.kind === "minimal" ? "-minimal" : ""}.bin${stage.file[0] === 0x1f ? ".gz" : ""}`;
  const form = encodeUpload("u2", name, stage.file, BOUNDARY);
  const progress = new Progress(events, clock, step, form.body.length);
  try {
    const armed = await client.page({ method: "GET", path: "/up", ...rest });
    if (armed.status === 401) throw unauthorized(client.where);
    const response = await client.page({
      method: "POST",
      path: `/u2?fsz=${stage.file.length}`,
      body: form.body,
      timeoutMs: UPLOAD_MS,
      headers: { "Content-Type": form.contentType },
      onSent: (bytes) => progress.add(bytes),
      ...rest,
    });
    const page = textOf(response.body);
    if (/<font color='[^']*'>\s*Successful/i.test(page)) return undefined;
    const reason = /<font color='[^']*'>\s*Failed<\/font><\/b><br><br>([^<]*)/i.exec(page)?.[1];
    throw new PlugsmithError("command-refused", {
      message:
        reason === undefined
          ? say`The plug rejected ${stage.image.name} with HTTP status ${response.status}.`
          : say`The plug rejected ${stage.image.name}: ${reason}.`,
      step,
      nextStep:
        reason === "Not enough space"
          ? say`The plug has less space than it reported, or the header of the running image is wrong. Write the image over the wires.`
          : say`Check that the image is for this plug.`,
      context: { image: stage.image.name, status: response.status, reason },
    });
  } catch (error) {
    if (isPlugsmithError(error, "network-failed") || isPlugsmithError(error, "no-answer")) return error;
    throw error;
  }
}
