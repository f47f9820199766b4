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
