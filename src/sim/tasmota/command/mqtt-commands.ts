/** MQTT settings, topics and telemetry. Source: Tasmota tasmota_xdrv_driver/xdrv_02_9_mqtt.ino. */
import type { CommandCall, CommandHandler, CommandTable } from "../contract.ts";
import type { Machine } from "../machine.ts";
import { answerAll, answerIndexedText, numberCommand, RESTART_SOON, stateText } from "./answers.ts";
import { answerNumber, answerText } from "./json.ts";
import { shortcut, textArgument, within } from "./payload.ts";

const DEFAULT_PORT = 1883;
const DEFAULT_USER = "DVES_USER";
const DEFAULT_PASSWORD = "DVES_PASS";
const DEFAULT_CLIENT = "DVES_%06X";
const DEFAULT_TOPIC = "tasmota_%06X";
const DEFAULT_FULL_TOPIC = "%prefix%/%topic%/";
const DEFAULT_GROUP = "tasmotas";
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
    if (!within(call.index, 1, 2)) return;
    if (call.data !== "") {
      settings.setText("MqttPassword", textArgument(call, DEFAULT_PASSWORD));
      restart();
    }
    const shown = call.data !== "" && call.index === 1 ? settings.text("MqttPassword") : "****";
    call.respond(answerText(call.key, shown));
  }

  function client(call: CommandCall): void {
    if (!call.groupTopic && call.data !== "") {
      settings.setText("MqttClient", shortcut(call.data) === "default" ? DEFAULT_CLIENT : call.data);
      restart();
    }
    call.respond(answerText(call.key, settings.text("MqttClient")));
  }

  /** Topic and FullTopic: what was retained under the old one is withdrawn first. */
  function rename(field: "Topic" | "FullTopic", name: string): void {
    if (name === settings.text(field)) return;
    machine.publish("tele", "LWT", "", true);
    settings.setText(field, name);
    restart();
  }

  function topic(call: CommandCall): void {
    if (!call.groupTopic && call.data !== "") {
      rename("Topic", shortcut(call.data) === "default" ? DEFAULT_TOPIC : call.data.replace(/[#+ ]/g, "_"));
    }
    call.respond(answerText(call.key, settings.text("Topic")));
  }

  function fullTopic(call: CommandCall): void {
    if (call.data !== "") {
      rename("FullTopic", shortcut(call.data) === "default" ? DEFAULT_FULL_TOPIC : call.data.replace(/[#+ ]/g, ""));
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
      settings.setText(
        `Prefix${call.index}`,
        shortcut(call.data) === "default" ? standard : call.data.replace(/[#+ ]/g, "_"),
      );
      restart();
    }
    call.respond(answerIndexedText(call, settings.text(`Prefix${call.index}`)));
  }

  function groupTopic(call: CommandCall): void {
    if (!within(call.index, 1, GROUPS.length)) return;
    if (call.data !== "") {
      const standard = call.index === 1 ? DEFAULT_GROUP : "";
      settings.setText(GROUPS[call.index - 1]!, textArgument(call, standard).replace(/[#+ ]/g, "_"));
      restart();
    }
    call.respond(answerAll(machine, call, GROUPS));
  }

  function keyTopic(field: "ButtonTopic" | "SwitchTopic"): CommandHandler {
    return (call) => {
      if (!call.groupTopic && call.data !== "") {
        const named = shortcut(call.data) === "default" ? machine.deviceTopic : call.data.replace(/[#+ ]/g, "_");
        settings.setText(field, call.data === '"' ? "" : named);
      }
      call.respond(answerText(call.key, settings.text(field)));
    };
  }

  function stateTextCommand(call: CommandCall): void {
    if (!within(call.index, 1, 4)) return;
    const field = `StateText${call.index}`;
    if (!call.userIndex) {
      call.respond(
        answerAll(
          machine,
          call,
          [1, 2, 3, 4].map((n) => `StateText${n}`),
        ),
      );
      return;
    }
    if (call.data !== "") settings.setText(field, call.data.replace(/ /g, "_"));
    call.respond(answerIndexedText(call, settings.text(field)));
  }

  function retain(name: string): CommandHandler {
    const option = RETAIN_OPTIONS[name]!;
    return (call) => {
      if (within(call.payload, 0, 1)) settings.setOption(option, call.payload);
      call.respond(answerText(call.key, stateText(machine, settings.option(option))));
    };
  }

  function telePeriod(call: CommandCall): void {
    if (within(call.payload, 0, 3600)) {
      const asked = call.payload === 1 ? 300 : call.payload;
      settings.set("tele_period", asked > 0 && asked < 10 ? 10 : asked);
    }
    machine.restartTelemetry();
    call.respond(answerNumber(call.key, settings.get("tele_period")));
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
    StateText: stateTextCommand,
    TelePeriod: telePeriod,
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
