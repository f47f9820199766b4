/**
 * Commands to a Tasmota plug: their text, what may be put into one Backlog, which answer belongs to which command.
 * Source: Tasmota tasmota/tasmota_support/support_command.ino (CommandHandler, CmndBacklog, SetRestartFlag…),
 * tasmota/my_user_config.h (INPUT_BUFFER_SIZE 800, MQTT_MAX_PACKET_SIZE 1200).
 */
import { PlugsmithError } from "../errors.ts";
import { say, type Text } from "../text/text.ts";
import { type Answer, memberOf } from "./answer.ts";

/** Most bytes of one command line, by the way it travels. */
export const COMMAND_LIMITS = { serial: 799, http: 1199, mqtt: 1199 } as const;

export type CommandTransport = keyof typeof COMMAND_LIMITS;

export interface Command {
  /** With its index: "SSID1", "Status". */
  readonly name: string;
  /** As the firmware gets it; undefined asks for the present value. */
  readonly argument: string | undefined;
  /** The argument is a password: shown nowhere. */
  readonly secret: boolean;
  /** Sending it twice does no harm. */
  readonly repeatable: boolean;
  /** The plug restarts afterwards (about 2 s after the last such command). */
  readonly restarts: boolean;
}

/** Setting one of these restarts the plug (restart_flag in the sources). `Template` does so only under Module 0. */
const RESTARTING =
  /^(restart|module2?|ssid\d?|password\d?|ap|hostname|topic|fulltopic|prefix\d|mqtthost|mqttport|mqttuser|mqttpassword\d?|mqttclient|gpio\d*|template|reset|upgrade|upload|grouptopic\d?)$/i;
/** Each of these does something again every time it is said. */
const NOT_REPEATABLE =
  /^(restart|reset|upgrade|upload|backlog\d?|energytotal|energytoday|energyyesterday|powerset|voltageset|currentset|event|publish\d?|websend|wifitest\d?|rule\d|counter\d?|delay)$/i;
const SECRET = /password\d*$/i;

/** A command that asks. */
export function query(name: string): Command {
  const [word = name, ...rest] = name.split(" ");
  return {
    name: word,
    argument: rest.length === 0 ? undefined : rest.join(" "),
    secret: false,
    repeatable: true,
    restarts: false,
  };
}

/** A command that sets. Values are sent as they are: see `backlogObstacle` for what Backlog would do to them. */
export function setting(name: string, value: string | number): Command {
  const argument = String(value);
  const toggles = /^(power\d?|ledpower\d?)$/i.test(name) && /^(2|toggle|blink)/i.test(argument);
  return {
    name,
    argument,
    secret: SECRET.test(name),
    repeatable: !NOT_REPEATABLE.test(name) && !toggles,
    restarts: RESTARTING.test(name),
  };
}

/** A command as a person types it. */
export function parseCommand(text: string): Command {
  const trimmed = text.trim();
  const space = trimmed.search(/\s/);
  if (trimmed === "") throw new PlugsmithError("bad-argument", { message: say`The command is empty.` });
  if (space < 0) return query(trimmed);
  const name = trimmed.slice(0, space);
  const argument = trimmed.slice(space).trim();
  if (/^status0?$/i.test(name)) return { ...query(name), argument };
  return setting(name, argument);
}

export function commandText(command: Command): string {
  return command.argument === undefined ? command.name : `${command.name} ${command.argument}`;
}

/** What may be shown and logged. */
export function shownCommand(command: Command): string {
  return command.secret && command.argument !== undefined ? `${command.name} ****` : commandText(command);
}

/** Why a command cannot be one part of a Backlog, in words; undefined if it can. */
export function backlogObstacle(command: Command): Text | undefined {
  const argument = command.argument ?? "";
  if (/^(reset|backlog\d?)$/i.test(command.name)) return say`the firmware drops ${command.name} inside a Backlog`;
  if (argument.trim() !== argument) return say`a Backlog loses spaces at the ends of a value`;
  if (/^template$/i.test(command.name)) {
    return argument.includes(";") ? say`old firmware splits a Backlog at ";" even inside a template` : undefined;
  }
  if (argument.includes(";")) return say`a Backlog is split at ";"`;
  if (/[{}]/.test(argument)) return say`braces confuse the firmware's splitting of a Backlog`;
  return undefined;
}

/**
 * One Backlog of several commands.
 * Errors: unsupported-transport for a part that Backlog cannot carry, text-too-long beyond the transport's limit.
 */
export function backlogOf(commands: readonly Command[], transport: CommandTransport): Command {
  for (const command of commands) {
    const obstacle = backlogObstacle(command);
    if (obstacle !== undefined) {
      throw new PlugsmithError("unsupported-transport", {
        message: say`${command.name} cannot go into a Backlog: ${obstacle}.`,
        nextStep: say`Send it as a separate command.`,
      });
    }
  }
  const backlog: Command = {
    name: "Backlog",
    argument: commands.map(commandText).join(";"),
    secret: commands.some((command) => command.secret),
    repeatable: false,
    restarts: commands.some((command) => command.restarts),
  };
  checkLength(backlog, transport);
  return backlog;
}

/** Whether one Backlog over this transport carries all of them unchanged. */
export function fitsBacklogOver(commands: readonly Command[], transport: CommandTransport): boolean {
  if (commands.length > MAX_BACKLOG || commands.some((command) => backlogObstacle(command) !== undefined)) return false;
  const text = `Backlog ${commands.map(commandText).join(";")}`;
  return bytesOf(text) <= COMMAND_LIMITS[transport] && (transport !== "serial" || !BEYOND_CONSOLE.test(text));
}

/** As many Backlogs as the transport's limit and 30 commands each demand, in order. */
export function backlogsOf(commands: readonly Command[], transport: CommandTransport): readonly Command[] {
  const backlogs: Command[] = [];
  let part: Command[] = [];
  const length = (list: readonly Command[]): number => bytesOf(`Backlog ${list.map(commandText).join(";")}`);
  for (const command of commands) {
    if (part.length > 0 && (part.length >= MAX_BACKLOG || length([...part, command]) > COMMAND_LIMITS[transport])) {
      backlogs.push(backlogOf(part, transport));
      part = [];
    }
    part.push(command);
  }
  if (part.length > 0) backlogs.push(backlogOf(part, transport));
  return backlogs;
}

/** Tasmota's documentation allows this many commands in a Backlog. */
const MAX_BACKLOG = 30;

/** What the serial console does not take: it counts as printable only 0x20 to 0x7E (SerialInput). */
const BEYOND_CONSOLE = /[^\x20-\x7e]/;

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Errors: text-too-long; unsupported-transport for bytes that the serial console cannot take. */
export function checkLength(command: Command, transport: CommandTransport): void {
  const text = commandText(command);
  const limit = COMMAND_LIMITS[transport];
  if (bytesOf(text) > limit) {
    throw new PlugsmithError("text-too-long", {
      message: say`${command.name}: ${bytesOf(text)} bytes are more than the ${limit} that the plug's ${transport} input takes.`,
      nextStep:
        transport === "serial"
          ? say`Send it over the network, or in several commands.`
          : say`Send it in several commands.`,
      context: { command: command.name, size: bytesOf(text), limit },
    });
  }
  if (transport === "serial" && BEYOND_CONSOLE.test(text)) {
    throw new PlugsmithError("unsupported-transport", {
      message: say`${command.name}: the serial console takes printable ASCII only.`,
      nextStep: say`Send it over the network.`,
    });
  }
}

/** Keys that answer a command whose own name is not the key. */
const ANSWER_KEYS: readonly (readonly [command: RegExp, keys: RegExp])[] = [
  [/^status$/i, /^status([A-Z]{3})?$/i],
  [/^template$/i, /^(name|template)$/i],
  [/^state$/i, /^(time|statussts)$/i],
  [/^power1?$/i, /^power1?$/i],
  [/^(power|voltage|current|frequency)set$/i, /^(power|voltage|current|frequency)setcal$/i],
  [/^energy(total|today|yesterday)$/i, /^energy(total|today|yesterday)$/i],
  [/^gpios?\d*$/i, /^gpios?\d*$/i],
  [/^modules$/i, /^modules\d*$/i],
  [/^wifitest\d$/i, /^wifitest\d?$/i],
  [/^upload$/i, /^upgrade$/i],
  [/^password3$/i, /^password[13]$/i],
  [/^password4$/i, /^password[24]$/i],
  [/^webpassword2$/i, /^webpassword2?$/i],
  [/^mqttpassword2$/i, /^mqttpassword2?$/i],
];

const STATUS_OBJECTS: Readonly<Record<string, readonly string[]>> = {
  "": ["Status"],
  "1": ["StatusPRM"],
  "2": ["StatusFWR"],
  "3": ["StatusLOG"],
  "4": ["StatusMEM"],
  "5": ["StatusNET"],
  "6": ["StatusMQT"],
  "7": ["StatusTIM"],
  "8": ["StatusSNS"],
  "9": ["StatusPTH"],
  "10": ["StatusSNS"],
  "11": ["StatusSTS"],
  "12": ["StatusSTK"],
  "13": ["StatusSHT"],
};

/** Whether this answer belongs to that command: several answers and telemetry arrive on the same line. */
export function answers(command: Command, answer: Answer): boolean {
  const refused = memberOf(answer, "Command");
  if (refused === "Unknown" || refused === "Error") {
    const input = memberOf(answer, "Input");
    // An index of 1 is left out of it (CommandHandler).
    const named = command.name.toLowerCase().replace(/(?<!\d)0*1$/, "");
    return typeof input !== "string" || input.toLowerCase().startsWith(named);
  }
  // A damaged member is this command's answer all the same.
  const damaged = (answer.damaged ?? []).map((path) => path.split(".")[0]!);
  const keys = [...answer.members.map((member) => member.key), ...damaged];
  if (/^status$/i.test(command.name)) {
    const wanted = STATUS_OBJECTS[command.argument ?? ""];
    if (wanted !== undefined) return keys.some((key) => wanted.includes(key));
  }
  const special = ANSWER_KEYS.find(([pattern]) => pattern.test(command.name));
  if (special !== undefined) return keys.some((key) => special[1].test(key));
  const name = command.name.toLowerCase();
  return keys.some((key) => {
    const lower = key.toLowerCase();
    return lower === name || lower === `${name}1` || (/\d$/.test(name) && lower === name.replace(/\d+$/, ""));
  });
}

/**
 * Commands that a plug knows only while its MQTT is on: with SetOption3 0 they are unknown to it.
 * Source: Tasmota tasmota/tasmota_xdrv_driver/xdrv_02_9_mqtt.ino (kMqttCommands; Xdrv02, FUNC_COMMAND).
 */
const MQTT_COMMANDS: readonly string[] = [
  ...["MqttJSONOnly", "MqttNoRetain", "MqttDetachRelay"],
  ...["MqttUser", "MqttPassword", "MqttKeepAlive", "MqttTimeout", "MqttWifiTimeout"],
  ...["MqttHost", "MqttPort", "MqttRetry", "MqttClient", "MqttLog", "MqttFingerprint", "TlsKey"],
  ...["FullTopic", "Prefix", "GroupTopic", "Topic", "ButtonTopic", "SwitchTopic", "Publish"],
  ...["ButtonRetain", "SwitchRetain", "PowerRetain", "SensorRetain", "InfoRetain", "StateRetain", "StatusRetain"],
];

const NAMES: ReadonlySet<string> = new Set(MQTT_COMMANDS.map((name) => name.toLowerCase()));

/** @param name with or without its index, in any case. */
export function isMqttCommand(name: string): boolean {
  return NAMES.has(name.toLowerCase().replace(/\d+$/, ""));
}
