/**
 * One image to a plug through its upgrade page, followed until another firmware runs there.
 *
 * By upload and not by letting the plug fetch it (OtaUrl, Upgrade 1): the plug need not reach this computer, whose
 * firewall would stop it; its settings stay as they are; and each hop is decided here, not by a flag in the plug's RAM
 * that a power cut wipes out between the two.
 * Source: Tasmota tasmota/tasmota_xdrv_driver/xdrv_01_9_webserver.ino (HandleUpgradeFirmware arms /u2 for firmware,
 * HandleUploadLoop, HandleUploadDone), support_tasmota.ino (restart_flag); Arduino core for ESP8266 eboot.c (a
 * compressed image is unpacked into its place at the restart).
 */
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import { type RunningFirmware, runningText } from "../../core/firmware/running.ts";
import type { Hop } from "../../core/firmware/upgrade-plan.ts";
import { encodeUpload } from "../../core/tasmota/form.ts";
import type { Clock } from "../ports.ts";
import { unauthorized } from "../tasmota/client.ts";
import { type HttpClient, textOf } from "../tasmota/http-client.ts";
import { awaitSafeUptime, readMoment } from "../tasmota/restart.ts";
import { sleep } from "../time.ts";
import { readRunning } from "./running.ts";

export interface UploadContext {
  readonly client: HttpClient;
  readonly clock: Clock;
  readonly events: EventSink;
  readonly signal?: AbortSignal;
}

/** A form's boundary must not occur in the file; in a compressed image of half a MiB this one hardly does by chance. */
const BOUNDARY = "----plugsmith-firmware-8c1e04b7";
const ATTEMPTS = 3;
const UPLOAD_MS = 180_000;
/** From the end of the upload to answers of the new firmware, ms: it restarts, unpacks some 20 s, joins the network. */
const RETURN_MS = 240_000;
/** An upload whose answer was lost: so long may the plug take to show that it restarts after all. */
const DOUBT_MS = 20_000;
const POLL_MS = 2_000;
/** In its first seconds a plug answers `{}` over HTTP. */
const TALKING_UPTIME_S = 3;

/** Resolves to what runs afterwards. Errors: command-refused, no-answer, network-failed, unauthorized, aborted. */
export async function sendImage(context: UploadContext, hop: Hop, before: RunningFirmware): Promise<RunningFirmware> {
  const { client, clock, events, signal } = context;
  const step = hop.kind === "minimal" ? "minimal" : "upgrade";
  const title = `Send ${hop.image.name}, ${Math.ceil(hop.file.length / 1024)} KiB`;
  const began = clock.now();
  events({ type: "step-started", step, title });
  for (let attempt = 1; ; attempt++) {
    if (!before.minimal) await awaitSafeUptime(client, clock, signal);
    const answered = await upload(context, hop, step);
    const sentAt = clock.now();
    const patience = answered === undefined ? RETURN_MS : DOUBT_MS;
    const after = await awaitAnother(context, before, sentAt, patience);
    if (after !== undefined) {
      const summary = `${hop.image.name} sent; the plug runs ${runningText(after)}`;
      events({ type: "step-finished", step, durationMs: clock.now() - began, summary });
      return after;
    }
    if (answered === undefined) {
      throw new PlugsmithError("no-answer", {
        message: `The plug took ${hop.image.name}, and ${RETURN_MS / 60_000} minutes later nothing else runs on it.`,
        step,
        nextStep: "Wait a minute, then run the same command again: it looks what is there and goes on.",
      });
    }
    if (attempt === ATTEMPTS) throw answered;
    events({ type: "retry", step, attempt: attempt + 1, reason: answered.message });
  }
}

/** Undefined where the plug says that it has taken the image; else how the transfer broke off. Errors: command-refused. */
async function upload({ client, signal }: UploadContext, hop: Hop, step: string): Promise<PlugsmithError | undefined> {
  const rest = signal === undefined ? {} : { signal };
  const name = `tasmota${hop.kind === "minimal" ? "-minimal" : ""}.bin${hop.file[0] === 0x1f ? ".gz" : ""}`;
  const form = encodeUpload("u2", name, hop.file, BOUNDARY);
  try {
    const armed = await client.page({ method: "GET", path: "/up", ...rest });
    if (armed.status === 401) throw unauthorized(client.where);
    const response = await client.page({
      ...{ method: "POST", path: `/u2?fsz=${hop.file.length}`, body: form.body, timeoutMs: UPLOAD_MS },
      headers: { "Content-Type": form.contentType },
      ...rest,
    });
    const page = textOf(response.body);
    if (/<font color='[^']*'>\s*Successful/i.test(page)) return undefined;
    const reason = /<font color='[^']*'>\s*Failed<\/font><\/b><br><br>([^<]*)/i.exec(page)?.[1];
    throw new PlugsmithError("command-refused", {
      message: `The plug refused ${hop.image.name}: ${reason ?? `status ${response.status}`}.`,
      step,
      nextStep:
        reason === "Not enough space"
          ? "There is less room than the plug told, or the header of the running image is wrong: write over the wires."
          : "Check that the image is one for this plug.",
    });
  } catch (error) {
    if (isPlugsmithError(error, "network-failed") || isPlugsmithError(error, "no-answer")) return error;
    throw error;
  }
}

/**
 * What runs once the plug has restarted; undefined where it did not within the time. A plug that is silent then is
 * restarting: it gets the whole time.
 */
async function awaitAnother(
  { client, clock, signal }: UploadContext,
  before: RunningFirmware,
  sentAt: number,
  patienceMs: number,
): Promise<RunningFirmware | undefined> {
  let silent = false;
  while (clock.now() < sentAt + (silent ? RETURN_MS : patienceMs)) {
    await sleep(clock, POLL_MS, signal);
    try {
      const now = await readRunning(client, signal);
      silent = false;
      if (now.minimal) {
        if (!before.minimal) return now;
        continue;
      }
      const { uptime, at } = await readMoment(client, clock, signal);
      const sinceSent = (at - sentAt) / 1000;
      if (uptime >= TALKING_UPTIME_S && (before.minimal || uptime < sinceSent + 1)) return now;
    } catch (error) {
      const away = ["no-answer", "network-failed", "bad-answer", "not-supported"];
      if (!isPlugsmithError(error) || !away.includes(error.code)) throw error;
      silent = true;
    }
  }
  return undefined;
}
