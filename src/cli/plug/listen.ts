/** Where a virtual plug is served, as options name it. */
import { say, type Text } from "../../core/index.ts";
import { flag, type OptionField, type OptionsOf, type Parser, parsed, secretFile, text } from "../options.ts";

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
export function parseListen(text: string): Listen | undefined {
  const match = /^(.*):(\d{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  if (match === null || port > 65_534) return undefined;
  const host = (match[1] ?? "").replace(/^\[|\]$/g, "");
  return { host: host === "" ? LOOPBACK : host, port };
}

const LISTEN: Parser<Listen> = { parse: parseListen, expected: say`Write HOST:PORT.` };

const SPEED: Parser<number> = {
  parse: (text) => (Number(text) > 0 && Number(text) <= 1000 ? Number(text) : undefined),
  expected: say`Write a number above 0, at most 1000.`,
};

/** @param preset where it is served if the option has no value. */
function served(flags: string, description: Text, preset: string): OptionField<Listen | undefined> {
  const field = parsed(flags, description, LISTEN);
  field.option.preset(preset);
  return field;
}

function wires(): OptionField<Listen> {
  const anywhere = { host: LOOPBACK, port: 0 };
  const words = say`address for RFC 2217; the next port is a raw socket; port 0 means any free port`;
  const field = parsed("--listen <host:port>", words, LISTEN, anywhere);
  field.option.default(anywhere, `${LOOPBACK}:0`);
  return field;
}

export const SIM_OPTIONS = {
  listen: wires(),
  http: served(
    "--http [host:port]",
    say`run the plug in the virtual home and offer its web server here; by default, at any free port`,
    `${LOOPBACK}:0`,
  ),
  mqtt: served(
    "--mqtt [host:port]",
    say`with --http: the plug can reach this MQTT broker as "${BROKER_NAME}"; by default, ${LOOPBACK}:${MQTT_PORT}`,
    `${LOOPBACK}:${MQTT_PORT}`,
  ),
  flash: text("--flash <file>", say`file with the flash contents to start from and to save to`),
  firmware: text(
    "--firmware <file>",
    say`start a new plug with this image (.bin or .bin.gz), which the chip executes, in the virtual home`,
  ),
  ssid: text("--ssid <name>", say`with --firmware: name of the virtual home's Wi-Fi network`),
  passphrase: secretFile(
    "--passphrase-file <file>",
    say`with --firmware: file with its passphrase, - for standard input`,
    "PLUGSMITH_WIFI_PASSPHRASE",
  ),
  speed: parsed("--speed <n>", say`virtual seconds in a second, as far as this computer can keep up`, SPEED, 1),
  resetWires: flag("--reset-wires", say`connect DTR and RTS to GPIO0 and EN (the EP2 has no such wires)`),
  run: flag("--run", say`start the firmware instead of download mode: GPIO0 is not held low`),
};

export type SimOptions = OptionsOf<typeof SIM_OPTIONS>;
