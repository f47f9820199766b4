/**
 * Names, topics and addresses that a plug would not keep as they are, reported before it is given any.
 * Source: Tasmota tasmota/tasmota_support/support_command.ino (CommandHandler: spaces in front are skipped; Shortcut: a
 * single 0, 1 or '"' clears or restores; "?" asks; CmndHostname: "%" restores the default; CmndDevicename, CmndFriendlyname:
 * a '"' in front clears), tasmota/tasmota_xdrv_driver/xdrv_02_9_mqtt.ino (MakeValidMqtt: "#", "+" and spaces of a topic become
 * "_"; CmndTopic: TOPSZ), tasmota/tasmota_support/support_tasmota.ino (Format: what a topic keeps of a text with "%"),
 * tasmota/tasmota_xdrv_driver/xdrv_01_9_webserver.ino (HandleHttpCommand: an answer begins at the first "{" of its log line,
 * which has the topic in front),
 * tasmota/tasmota.ino (hostname: 32 bytes with their end, letters, digits, dots and dashes, the first no dash),
 * tasmota/tasmota_support/settings.ino (SettingsUpdateText: all texts share one pool).
 */
import { wellFormed } from "./credentials.ts";
import { DEFAULT_TEXTS, POOL_TEXTS, TEXT_POOL_SIZE } from "./tables/text-pool.ts";

/** Texts for the plug; undefined ones are left as they are. */
export interface PlugTexts {
  readonly deviceName?: string | undefined;
  readonly friendlyName?: string | undefined;
  readonly topic?: string | undefined;
  readonly hostname?: string | undefined;
  readonly mqttHost?: string | undefined;
  readonly mqttUser?: string | undefined;
  /** Named only, never shown. */
  readonly mqttPassword?: string | undefined;
}

const WORDS: Readonly<Record<keyof PlugTexts, string>> = {
  deviceName: "the plug's name",
  friendlyName: "the friendly name",
  topic: "the topic",
  hostname: "the host name",
  mqttHost: "the broker's address",
  mqttUser: "the user at the broker",
  mqttPassword: "the password at the broker",
};

const LONGEST_HOSTNAME = 31;
/** TOPSZ is 151 with the end, and the longest that is published about a topic is "stat/TOPIC/STATUS11". */
const LONGEST_TOPIC = 150 - "stat//STATUS11".length;
/** "%06X", "%04d" or "%d", and nothing after it: all else of a text with "%" is lost or replaced. */
const TOPIC_PLACEHOLDER = /^[^%]*%(?:0*[1-9]\d?[Xd]|d)$/;

/**
 * Why the plug would not keep these, in words; empty if it would.
 * @param besides other texts that it is to hold, by their names in the pool.
 */
export function configFaults(
  texts: PlugTexts,
  besides: Readonly<Record<string, string | undefined>> = {},
): readonly string[] {
  const faults: string[] = [];
  for (const key of Object.keys(WORDS) as (keyof PlugTexts)[]) {
    const text = texts[key];
    if (text === undefined) continue;
    faults.push(...[...textFaults(text), ...ownFaults(key, text)].map((fault) => `${WORDS[key]} ${fault}`));
  }
  const bytes = poolUse({ ...besides, ...inPool(texts) });
  if (bytes > TEXT_POOL_SIZE) {
    const excess = bytes - TEXT_POOL_SIZE;
    faults.push(`the plug keeps all of its texts in ${TEXT_POOL_SIZE} bytes; shorten these by ${excess}`);
  }
  return faults;
}

/** By the names of the pool; the device's name is its friendly name too where it has no other. */
function inPool(texts: PlugTexts): Readonly<Record<string, string | undefined>> {
  const { deviceName, friendlyName = deviceName, topic, hostname, mqttHost, mqttUser, mqttPassword } = texts;
  return {
    DeviceName: deviceName,
    FriendlyName1: friendlyName,
    Topic: topic,
    Hostname: hostname,
    MqttHost: mqttHost,
    MqttUser: mqttUser,
    MqttPassword: mqttPassword,
  };
}

/** Bytes of the pool in a plug that is new but for these texts. */
function poolUse(given: Readonly<Record<string, string | undefined>>): number {
  return POOL_TEXTS.reduce((sum, { name }) => sum + lengthOf(given[name] ?? DEFAULT_TEXTS[name] ?? "") + 1, 0);
}

function textFaults(text: string): readonly string[] {
  if (text === "") return ["is empty"];
  const faults: string[] = [];
  if (text.trim() !== text) faults.push("begins or ends with a space, which the plug loses");
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)) faults.push("has a control character");
  if (!wellFormed(text)) faults.push("is no valid Unicode");
  if (/^[01"?]$/.test(text)) faults.push("is a single character that the plug's commands take for a shortcut");
  return faults;
}

function ownFaults(key: keyof PlugTexts, text: string): readonly string[] {
  switch (key) {
    case "deviceName":
    case "friendlyName":
      return /^"./s.test(text) ? ["begins with a quotation mark, which the plug takes for: no name"] : [];
    case "topic":
      return topicFaults(text);
    case "hostname":
      return hostnameFaults(text);
    case "mqttHost":
      return /[\s/:@]/.test(text) ? ["is no host name or IP address by itself"] : [];
    default:
      return [];
  }
}

function topicFaults(text: string): readonly string[] {
  const faults: string[] = [];
  if (/[#+ ]/.test(text)) faults.push('has "#", "+" or a space, which the plug changes into "_"');
  if (text.includes("{")) faults.push("has a brace, which spoils the plug's answers");
  if (text.includes("%") && !TOPIC_PLACEHOLDER.test(text)) {
    faults.push('has "%" in another place than in a placeholder at its end, such as %06X: the plug loses what follows');
  }
  if (lengthOf(text) > LONGEST_TOPIC) faults.push(`has more than ${LONGEST_TOPIC} bytes`);
  return faults;
}

function hostnameFaults(text: string): readonly string[] {
  const faults: string[] = [];
  if (/[^A-Za-z0-9.-]/.test(text)) faults.push("has other characters than letters, digits, dots and dashes");
  if (/^-/.test(text)) faults.push("begins with a dash");
  if (lengthOf(text) > LONGEST_HOSTNAME) faults.push(`has more than ${LONGEST_HOSTNAME} characters`);
  return faults;
}

function lengthOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
