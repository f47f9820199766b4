/** Options that say how a plug should be set up; `setup` and `audit` share them. */
import { PlugsmithError, say } from "../../core/index.ts";
import { type PlugConfig, refuseUnusable } from "../../engine/index.ts";
import { checked, type OptionsOf, text } from "../options.ts";
import { DEFAULT_PROFILE } from "./device-profile.ts";

/** The device profile of every command that needs one. */
export const PROFILE = text("--profile <name>", say`device profile`, DEFAULT_PROFILE);

/** What the plug is to be called, and where it reports to. */
export const PLUG_SETTINGS = {
  name: text("--name <name>", say`name of the plug`),
  friendlyName: text("--friendly-name <name>", say`name for voice assistants and web pages (by default, the name)`),
  topic: text("--topic <topic>", say`MQTT topic`),
  hostname: text("--hostname <name>", say`host name in the network`),
  timeZone: text("--time-zone <zone>", say`time zone: Europe/Berlin, +01:00, UTC …`),
  mqttHost: text("--mqtt-host <host>", say`MQTT broker`),
  mqttPort: checked(text("--mqtt-port <port>", say`port of the broker`), portNumber),
  mqttUser: text("--mqtt-user <name>", say`user name for the broker`),
};

export const PLUG_OPTIONS = { profile: PROFILE, ...PLUG_SETTINGS };

export type PlugSettings = OptionsOf<typeof PLUG_SETTINGS>;

function portNumber(port: string, flag: string): number {
  if (/^\d+$/.test(port)) return Number(port);
  throw new PlugsmithError("bad-argument", { message: say`${flag} cannot be "${port}": it is not a port number.` });
}

/** Errors: bad-argument, before anything is touched. */
export function plugConfigOf(options: PlugSettings): PlugConfig {
  const { mqttHost: host, mqttPort: port, mqttUser: user } = options;
  if (host === undefined && (port !== undefined || user !== undefined)) {
    throw new PlugsmithError("bad-argument", { message: say`--mqtt-port and --mqtt-user need --mqtt-host.` });
  }
  const config: PlugConfig = {
    deviceName: options.name,
    friendlyName: options.friendlyName,
    topic: options.topic,
    hostname: options.hostname,
    timeZone: options.timeZone,
    mqtt: host === undefined ? undefined : { host, port, user },
  };
  refuseUnusable({ config });
  return config;
}
