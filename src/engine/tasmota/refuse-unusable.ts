/**
 * The one list of what can be refused without a plug: whatever a plug is to be given is looked at here before the first
 * byte goes to it, and before anything is flashed. Each job that gives a plug something asks here as it begins.
 */
import { PlugsmithError } from "../../core/errors.ts";
import { tasmotaOf } from "../../core/profile/profile.ts";
import { configFaults } from "../../core/tasmota/config-faults.ts";
import { credentialFaults } from "../../core/tasmota/credentials.ts";
import { timeZoneSettings } from "../../core/tasmota/time-zones.ts";
import { GENERATED_WEB_PASSWORD, webPasswordFaults } from "../../core/tasmota/web-password.ts";
import { joined, say } from "../../core/text/text.ts";
import type { PlugRequest } from "../firmware-driver/plug-config.ts";
import { checkCredentials } from "./provision.ts";

/** Names all that is unusable at once, no secret in the text. @throws bad-argument, unsupported-transport */
export function refuseUnusable(request: PlugRequest): void {
  const { credentials, transport, config = {}, secure = {} } = request;
  const { mqtt, timeZone } = config;
  const faults = [
    ...(credentials === undefined ? [] : credentialFaults(credentials)),
    ...configFaults(
      { ...config, mqttHost: mqtt?.host, mqttUser: mqtt?.user, mqttPassword: secure.mqttPassword },
      otherTexts(request),
    ),
    ...portFaults(mqtt?.port),
    ...zoneFaults(timeZone),
    ...(secure.webPassword === undefined ? [] : webPasswordFaults(secure.webPassword)).map(
      (fault) => say`web password: ${fault}`,
    ),
  ];
  if (faults.length > 0) {
    throw new PlugsmithError("bad-argument", {
      message: say`These settings are not valid for a plug: ${joined(faults, "; ")}.`,
      step: "prepare",
      plugState: say`untouched`,
      nextStep: say`Correct the settings, then run the command again. If you give no web password, plugsmith generates one.`,
    });
  }
  if (credentials !== undefined) checkCredentials(credentials, transport);
}

/** What the plug is to hold besides its names: its network, its passwords, what its profile sets. */
function otherTexts({ credentials, secure, profile }: PlugRequest): Readonly<Record<string, string | undefined>> {
  const part = profile === undefined ? undefined : tasmotaOf(profile);
  return {
    ...Object.fromEntries((part?.settings ?? []).map(({ name, value }) => [name, String(value)])),
    TemplateName: part?.template.name,
    SSID1: credentials?.ssid,
    Password1: credentials?.passphrase,
    WebPassword: secure?.webPassword ?? "x".repeat(GENERATED_WEB_PASSWORD),
  };
}

/** Port 1 is a shortcut for 1883 (xdrv_02_9_mqtt.ino, CmndMqttPort). */
function portFaults(port: number | undefined): readonly string[] {
  if (port === 1) return ["the broker's port 1 is a shortcut that the plug replaces by 1883"];
  if (port === undefined || (Number.isInteger(port) && port >= 1 && port <= 65_535)) return [];
  return [`the broker's port ${port} is none`];
}

function zoneFaults(zone: string | undefined): readonly string[] {
  if (zone === undefined) return [];
  try {
    timeZoneSettings(zone);
    return [];
  } catch (error) {
    if (!(error instanceof PlugsmithError)) throw error;
    return [`the time zone: ${error.message} ${error.nextStep ?? ""}`.replace(/\.? *$/, "")];
  }
}
