/** Options that say how a plug should be set up; `setup` and `audit` share them. */
import type { Command } from "commander";
import { PlugsmithError } from "../../core/errors.ts";
import type { PlugWishes } from "../../engine/tasmota/plug-order.ts";
import { refuseUnusable } from "../../engine/tasmota/refuse-unusable.ts";
import { DEFAULT_PROFILE } from "./device-profile.ts";

export function declareWishes(command: Command): Command {
  return command
    .option("--profile <name>", "device profile", DEFAULT_PROFILE)
    .option("--name <name>", "the plug's name")
    .option("--friendly-name <name>", "name for assistants and pages (default: the name)")
    .option("--topic <topic>", "MQTT topic")
    .option("--hostname <name>", "name in the network")
    .option("--time-zone <zone>", "Europe/Berlin, +01:00, UTC …")
    .option("--mqtt-host <host>", "MQTT broker")
    .option("--mqtt-port <port>", "its port")
    .option("--mqtt-user <name>", "user at the broker");
}

/** Errors: bad-argument, before anything is touched. */
export function wishesOf(options: Readonly<Record<string, unknown>>): PlugWishes {
  const text = (name: string): string | undefined => {
    const value = options[name];
    return typeof value === "string" ? value : undefined;
  };
  const host = text("mqttHost");
  const port = text("mqttPort");
  const user = text("mqttUser");
  if (host === undefined && (port !== undefined || user !== undefined)) {
    throw new PlugsmithError("bad-argument", { message: "--mqtt-port and --mqtt-user need --mqtt-host." });
  }
  if (port !== undefined && !/^\d+$/.test(port)) {
    throw new PlugsmithError("bad-argument", { message: `"${port}" is no port number.` });
  }
  const wishes: PlugWishes = {
    deviceName: text("name"),
    friendlyName: text("friendlyName"),
    topic: text("topic"),
    hostname: text("hostname"),
    timeZone: text("timeZone"),
    mqtt: host === undefined ? undefined : { host, port: port === undefined ? undefined : Number(port), user },
  };
  refuseUnusable({ wishes });
  return wishes;
}
