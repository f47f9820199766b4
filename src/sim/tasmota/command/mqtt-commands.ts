/** MQTT settings and topics: known only while MQTT is on. Source: Tasmota tasmota_xdrv_driver/xdrv_02_9_mqtt.ino. */
import type { CommandCall, CommandHandler, CommandTable } from "../contract.ts";
import type { Machine } from "../machine.ts";
import { answerAll, answerIndexedText, numberCommand, RESTART_SOON, stateText } from "./answers.ts";
import { answerNumber, answerText, withinBytes } from "./json.ts";
import { optionSynonym } from "./option-commands.ts";
import { shortcut, textArgument, within } from "./payload.ts";

const DEFAULT_PORT = 1883;
const DEFAULT_USER = "DVES_USER";
const DEFAULT_PASSWORD = "DVES_PASS";
const DEFAULT_CLIENT = "DVES_%06X";
const DEFAULT_TOPIC = "tasmota_%06X";
const DEFAULT_FULL_TOPIC = "%prefix%/%topic%/";
const DEFAULT_GROUP = "tasmotas";
/** MqttPassword2 does not echo what it sets. */
const MASKED_INDEX = 2;
/** TOPSZ without its end. */
const TEXT_LIMIT = 150;
const HIGHEST_LOG_LEVEL = 4;
/** MAX_STATUS. */
const STATUSES = 13;
/** SetOption10: Offline under the old topic instead of nothing. SetOption90: no plain POWER. */
const OFFLINE_OPTION = 10;
const ONLY_JSON_OPTION = 90;
const PREFIXES: readonly string[] = ["cmnd", "stat", "tele"];
const GROUPS: readonly string[] = ["GroupTopic1", "GroupTopic2", "GroupTopic3", "GroupTopic4"];
/** SetOption numbers of the retain flags. */
const RETAIN_OPTIONS: Readonly<Record<string, number>> = {
  PowerRetain: 5,
  ButtonRetain: 6,
  SwitchRetain: 7,
  SensorRetain: 9,
  InfoRetain: 122,
  StateRetain: 121,
  StatusRetain: 145,
};

export function mqttCommands(machine: Machine): CommandTable {
  const { settings } = machine;
  const restart = (): void => {
    machine.restartFlag = RESTART_SOON;
  };

  function restartingText(field: string, standard: string): CommandHandler {
    return (call) => {
      if (call.data !== "") {
        settings.setText(field, textArgument(call, standard));
        restart();
      }
      call.respond(answerText(call.key, settings.text(field)));
    };
  }

  function password(call: CommandCall): void {
    if (call.data !== "") {
      settings.setText("MqttPassword", textArgument(call, DEFAULT_PASSWORD));
      restart();
    }
    const masked = call.data === "" || call.index === MASKED_INDEX;
    call.respond(answerText(call.key, masked ? "****" : settings.text("MqttPassword")));
  }

  function client(call: CommandCall): void {
    if (!call.groupTopic && call.data !== "") {
      settings.setText("MqttClient", shortcut(call.data) === "default" ? DEFAULT_CLIENT : call.data);
      restart();
    }
    call.respond(answerText(call.key, settings.text("MqttClient")));
  }

  /** Topic and FullTopic: what was retained under the old one is withdrawn first, or says Offline (SetOption10). */
  function rename(field: "Topic" | "FullTopic", long: string): void {
    const name = withinBytes(long, TEXT_LIMIT);
    if (name === settings.text(field)) return;
    machine.publish("tele", "LWT", settings.option(OFFLINE_OPTION) === 1 ? "Offline" : "", true);
    settings.setText(field, name);
    restart();
  }

  function topic(call: CommandCall): void {
    if (!call.groupTopic && call.data !== "") {
      rename("Topic", shortcut(call.data) === "default" ? DEFAULT_TOPIC : validTopic(call.data));
    }
    call.respond(answerText(call.key, settings.text("Topic")));
  }

  function fullTopic(call: CommandCall): void {
    if (call.data !== "") {
      const valid = call.data.replace(/[#+ ]/g, "");
      rename("FullTopic", shortcut(valid) === "default" ? DEFAULT_FULL_TOPIC : valid);
    }
    call.respond(answerText(call.key, settings.text("FullTopic")));
  }

  function prefix(call: CommandCall): void {
    if (!within(call.index, 1, PREFIXES.length)) return;
    const fields = PREFIXES.map((_, i) => `Prefix${i + 1}`);
    if (!call.userIndex) {
      call.respond(answerAll(machine, call, fields));
      return;
    }
    if (call.data !== "") {
      const standard = PREFIXES[call.index - 1]!;
      settings.setText(`Prefix${call.index}`, shortcut(call.data) === "default" ? standard : validTopic(call.data));
      restart();
    }
    call.respond(answerIndexedText(call, settings.text(`Prefix${call.index}`)));
  }

  /** No topic twice, none empty before another, and at least one. */
  function groupTopic(call: CommandCall): void {
    if (!within(call.index, 1, GROUPS.length)) return;
    if (call.data !== "") {
      const named = validTopic(call.data);
      const same = named === machine.deviceTopic;
      if (same) machine.log(2, "MQT: Error: GroupTopic must differ from Topic");
      const topic = same ? DEFAULT_GROUP : validTopic(textArgument(call, DEFAULT_GROUP));
      settings.setText(GROUPS[call.index - 1]!, topic);
      const all = GROUPS.map((name) => settings.text(name)).filter((text) => text !== "");
      const different = all.length === 0 ? [DEFAULT_GROUP] : [...new Set(all)];
      for (const [i, name] of GROUPS.entries()) settings.setText(name, different[i] ?? "");
      restart();
    }
    call.respond(answerAll(machine, call, GROUPS));
  }

  function keyTopic(field: "ButtonTopic" | "SwitchTopic"): CommandHandler {
    return (call) => {
      if (!call.groupTopic && call.data !== "") {
        const topics: Readonly<Record<string, string>> = { '"': "", "0": "", "1": machine.deviceTopic, "2": "0" };
        settings.setText(field, topics[call.data] ?? validTopic(call.data));
      }
      call.respond(answerText(call.key, settings.text(field)));
    };
  }

  /** Switched off, it first clears what the broker keeps. */
  function retain(name: string): CommandHandler {
    const option = RETAIN_OPTIONS[name]!;
    return (call) => {
      if (within(call.payload, 0, 1)) {
        if (call.payload === 0) for (const [prefix, level] of retained(name)) machine.publish(prefix, level, "", true);
        settings.setOption(option, call.payload);
        if (name === "PowerRetain" && call.payload === 1) settings.setOption(ONLY_JSON_OPTION, 0);
      }
      call.respond(answerText(call.key, stateText(machine, settings.option(option))));
    };
  }

  function retained(name: string): readonly (readonly ["stat" | "tele", string])[] {
    switch (name) {
      case "PowerRetain":
        return Array.from({ length: machine.relayCount }, (_, i) => ["stat", machine.relays.name(i + 1)] as const);
      case "SensorRetain":
        return [
          ["tele", "SENSOR"],
          ["tele", "ENERGY"],
        ];
      case "InfoRetain":
        return [1, 2, 3].map((i) => ["tele", `INFO${i}`] as const);
      case "StateRetain":
        return [["stat", "STATE"]];
      case "StatusRetain":
        return ["", ...Array.from({ length: STATUSES + 1 }, (_, i) => i)].map((i) => ["stat", `STATUS${i}`] as const);
      default:
        return [];
    }
  }

  /** Publish2 retains; Publish3 takes bytes in hex. `#` in the topic stands for a blank. No answer of its own. */
  function publish(call: CommandCall): void {
    const [, topic, payload = ""] = /^ *([^ ]+) ?(.*)$/s.exec(call.data) ?? [];
    if (topic === undefined) return;
    call.respond(undefined);
    if (call.index === 3 && (payload.length % 2 !== 0 || /[^0-9a-f]/i.test(payload))) {
      machine.log(2, `MQT: Invalid hex: ${payload}`);
      return;
    }
    machine.messages.publishAs(
      withinBytes(topic, TEXT_LIMIT).replaceAll("#", " "),
      payload,
      call.index === 2,
      call.index === 3,
    );
  }

  return {
    MqttHost: restartingText("MqttHost", ""),
    MqttPort: numberCommand(machine, {
      field: "mqtt_port",
      low: 1,
      high: 65535,
      store: (port) => (port === 1 ? DEFAULT_PORT : port),
      after: restart,
    }),
    MqttUser: restartingText("MqttUser", DEFAULT_USER),
    MqttPassword: password,
    MqttClient: client,
    MqttRetry: numberCommand(machine, { field: "mqtt_retry", low: 10, high: 32000 }),
    MqttKeepAlive: numberCommand(machine, { field: "mqtt_keepalive", low: 1, high: 100 }),
    MqttTimeout: numberCommand(machine, { field: "mqtt_socket_timeout", low: 1, high: 100 }),
    MqttWifiTimeout: wifiTimeout(machine),
    Topic: topic,
    FullTopic: fullTopic,
    Prefix: prefix,
    GroupTopic: groupTopic,
    ButtonTopic: keyTopic("ButtonTopic"),
    SwitchTopic: keyTopic("SwitchTopic"),
    Publish: publish,
    MqttLog: numberCommand(machine, { field: "mqttlog_level", low: 0, high: HIGHEST_LOG_LEVEL }),
    MqttJSONOnly: optionSynonym(machine, ONLY_JSON_OPTION),
    MqttNoRetain: optionSynonym(machine, 104),
    MqttDetachRelay: optionSynonym(machine, 114),
    ...Object.fromEntries(Object.keys(RETAIN_OPTIONS).map((name) => [name, retain(name)])),
  };
}

/** Stored in units of 100 ms. */
function wifiTimeout(machine: Machine): CommandHandler {
  const { settings } = machine;
  return (call) => {
    if (within(call.payload, 100, 20000)) settings.set("mqtt_wifi_timeout", Math.trunc(call.payload / 100));
    call.respond(answerNumber(call.key, settings.get("mqtt_wifi_timeout") * 100));
  };
}

/** MakeValidMqtt: characters that mean something else in a topic. */
function validTopic(topic: string): string {
  return topic.replace(/[#+ ]/g, "_");
}
