/**
 * Settings backups over HTTP: download and restore. A restore is proven by downloading again.
 * Source: Tasmota tasmota/tasmota_xdrv_driver/xdrv_01_9_webserver.ino (/dl; /rs arms /u2 for settings, without it the
 * file would be taken for firmware).
 */
import { isPlugsmithError, PlugsmithError } from "../../core/errors.ts";
import { setting } from "../../core/tasmota/command.ts";
import { encodeUpload } from "../../core/tasmota/form.ts";
import { decodeDmp, encodeDmp } from "../../core/tasmota/settings/dmp.ts";
import { compareSettings, type SettingsDifference } from "../../core/tasmota/settings/listing.ts";
import { readNumberField, type SettingsSector, versionText } from "../../core/tasmota/settings/sector.ts";
import { say } from "../../core/text/text.ts";
import type { Clock } from "../ports.ts";
import { sleep } from "../time.ts";
import { unauthorized } from "./client.ts";
import { type HttpClient, textOf } from "./http-client.ts";
import { awaitRestart, awaitSafeUptime } from "./restart.ts";

export interface SettingsDownload {
  readonly sector: SettingsSector;
  /** The file as the plug sent it. Holds passwords. */
  readonly file: Uint8Array;
  /** What the plug calls it, "Config_tasmota_3D5E26_7718_15.2.0.2.dmp": for people, never a name to write under. */
  readonly name: string;
}

const DOWNLOAD_ATTEMPTS = 3;

/** Errors: unauthorized, no-answer, network-failed, file-corrupt. */
export async function downloadSettings(
  client: HttpClient,
  clock: Clock,
  signal?: AbortSignal,
): Promise<SettingsDownload> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await client.page({ method: "GET", path: "/dl", signal });
      if (response.status === 401) throw unauthorized(client.where);
      const disposition = response.headers["content-disposition"] ?? "";
      return {
        sector: decodeDmp(response.body),
        file: response.body,
        name: /filename="?([A-Za-z0-9_.-]+)"?/.exec(disposition)?.[1] ?? "Config.dmp",
      };
    } catch (error) {
      const again = ["no-answer", "network-failed", "file-corrupt"].some(
        (code) => isPlugsmithError(error) && error.code === code,
      );
      if (!again || attempt === DOWNLOAD_ATTEMPTS) throw error;
      await sleep(clock, 1000, signal);
    }
  }
}

export interface RestoreResult {
  /** What the plug took over differently; empty is good. */
  readonly differences: readonly SettingsDifference[];
}

/** A form's boundary must not occur in the file: 4096 bytes hardly hold this by chance, and the digest would show it. */
const BOUNDARY = "----plugsmith-settings-5b1f0e9c";

/** The head of the running settings that a restore keeps (SettingsConfigRestore, first 16 bytes but for the version). */
const KEPT: readonly string[] = ["cfg_holder", "cfg_size", "save_flag", "bootcount"];

/**
 * Restores a backup and waits out the restart. `passwordAfter` is the web password that the backup holds.
 * Errors: file-corrupt if the plug refused it, not-settled if it is not in force afterwards; those of `send`.
 */
export async function restoreSettings(
  client: HttpClient,
  clock: Clock,
  sector: SettingsSector,
  options: { readonly passwordAfter?: string | undefined; readonly signal?: AbortSignal | undefined } = {},
): Promise<RestoreResult> {
  const { signal } = options;
  const rest = { signal };
  const before = await awaitSafeUptime(client, clock, signal);
  const armed = await client.page({ method: "GET", path: "/rs", ...rest });
  if (armed.status === 401) throw unauthorized(client.where);
  const file = encodeDmp(sector);
  const upload = encodeUpload("u2", `settings-${versionText(readNumberField(sector, "version"))}.dmp`, file, BOUNDARY);
  const response = await client.page({
    method: "POST",
    path: `/u2?fsz=${file.length}`,
    headers: { "Content-Type": upload.contentType },
    body: upload.body,
    timeoutMs: 20_000,
    ...rest,
  });
  const page = textOf(response.body);
  // What it took is in force before it answers: a backup with another web password is taken, and its page refused, and
  // with it the restart (HandleUploadLoop, then HandleUploadDone).
  const otherPassword = options.passwordAfter !== undefined && options.passwordAfter !== client.password;
  const takenSilently = response.status === 401 && otherPassword;
  if (takenSilently) {
    client.usePassword(options.passwordAfter);
    await client.sendWithoutReply(setting("Restart", 1), { signal });
  } else if (response.status !== 200 || !/<font color='[^']*'>\s*Successful/i.test(page)) {
    throw new PlugsmithError("file-corrupt", {
      message: say`The plug rejected the settings backup.`,
      step: "restore-settings",
      plugState: say`unchanged`,
      nextStep: say`Check that the backup is from this kind of plug and firmware. Restart the plug: until then, it accepts uploads without a password.`,
    });
  }
  client.usePassword(options.passwordAfter ?? client.password);
  await awaitRestart(client, clock, before, { signal });
  const now = await downloadSettings(client, clock, signal);
  const differences = compareSettings(sector, now.sector).filter((each) => !KEPT.includes(each.name));
  return { differences };
}
