/**
 * The one list of what can be refused without a plug: whatever a plug is to be given is looked at here before the first
 * byte goes to it, and before anything is flashed. Each job that gives a plug something asks here as it begins.
 */
import { PlugsmithError } from "../../core/errors.ts";
import { configFaults } from "../../core/tasmota/config-faults.ts";
import { credentialFaults } from "../../core/tasmota/credentials.ts";
import { timeZoneSettings } from "../../core/tasmota/time-zones.ts";
import { webPasswordFaults } from "../../core/tasmota/web-password.ts";
import { say } from "../../core/text/text.ts";
import type { PlugRequest } from "../firmware-driver/plug-config.ts";
import { checkCredentials } from "./provision.ts";

/** Names all that is unusable at once, no secret in the text. @throws bad-argument, unsupported-transport */
export function refuseUnusable({ credentials, transport, config = {}, secure = {} }: PlugRequest): void {
  const { mqtt, timeZone } = config;
  const faults = [
    ...(credentials === undefined ? [] : credentialFaults(credentials)),
    ...configFaults({ ...config, mqttHost: mqtt?.host, mqttUser: mqtt?.user, mqttPassword: secure.mqttPassword }),
    ...portFaults(mqtt?.port),
    ...zoneFaults(timeZone),
    ...(secure.webPassword === undefined ? [] : webPasswordFaults(secure.webPassword)).map(
      (fault) => `the web password: ${fault}`,
    ),
  ];
  if (faults.length > 0) {
    throw new PlugsmithError("bad-argument", {
      message: say`This cannot be given to a plug: ${faults.join("; ")}.`,
      step: "prepare",
      plugState: say`untouched`,
      nextStep: say`Correct it, then run it again. Without a web password one is generated.`,
    });
  }
  if (credentials !== undefined) checkCredentials(credentials, transport);
}

function portFaults(port: number | undefined): readonly string[] {
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
