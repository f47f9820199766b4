/** Where a virtual plug is served, as options name it. */
import { InvalidArgumentError } from "commander";

export interface Listen {
  readonly host: string;
  readonly port: number;
}

export const LOOPBACK = "127.0.0.1";
/** Registered for MQTT with IANA; Tasmota's MqttPort by default. */
export const MQTT_PORT = 1883;
/** The name by which the plug finds this computer's MQTT broker. */
export const BROKER_NAME = "broker";

/** "127.0.0.1:4000", "[::1]:0", ":4000". Loopback unless a host is named: a virtual plug is nobody else's business. */
export function parseListen(text: string): Listen {
  const match = /^(.*):(\d{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  if (match === null || port > 65_534) throw new InvalidArgumentError("Write HOST:PORT.");
  const host = (match[1] ?? "").replace(/^\[|\]$/g, "");
  return { host: host === "" ? LOOPBACK : host, port };
}
