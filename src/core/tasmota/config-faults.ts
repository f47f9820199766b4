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
import { say, type Text } from "../text/text.ts";
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

const WORDS: Readonly<Record<keyof PlugTexts, Text>> = {
  deviceName: say`the plug's name`,
  friendlyName: say`the friendly name`,
  topic: say`the topic`,
  hostname: say`the host name`,
  mqttHost: say`the broker's address`,
  mqttUser: say`the user at the broker`,
  mqttPassword: say`the password at the broker`,
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
): readonly Text[] {
  const faults: Text[] = [];
  for (const key of Object.keys(WORDS) as (keyof PlugTexts)[]) {
    const text = texts[key];
    if (text === undefined) continue;
    faults.push(...[...textFaults(text), ...ownFaults(key, text)].map((fault) => say`${WORDS[key]} ${fault}`));
  }
  const bytes = poolUse({ ...besides, ...inPool(texts) });
  if (bytes > TEXT_POOL_SIZE) {
    const excess = bytes - TEXT_POOL_SIZE;
    faults.push(say`the plug keeps all of its texts in ${TEXT_POOL_SIZE} bytes; shorten these by ${excess}`);
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

function textFaults(text: string): readonly Text[] {
  if (text === "") return [say`is empty`];
  const faults: Text[] = [];
  if (text.trim() !== text) faults.push(say`begins or ends with a space, which the plug loses`);
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)) faults.push(say`has a control character`);
  if (!wellFormed(text)) faults.push(say`is not valid Unicode`);
  if (/^[01"?]$/.test(text)) faults.push(say`is a single character that the plug's commands take for a shortcut`);
  return faults;
}

function ownFaults(key: keyof PlugTexts, text: string): readonly Text[] {
  switch (key) {
    case "deviceName":
    case "friendlyName":
      return /^"./s.test(text) ? [say`begins with a quotation mark, which the plug takes for "no name"`] : [];
    case "topic":
      return topicFaults(text);
    case "hostname":
      return hostnameFaults(text);
    case "mqttHost":
      return /[\s/:@]/.test(text) ? [say`is not a host name or IP address`] : [];
    default:
      return [];
  }
}

function topicFaults(text: string): readonly Text[] {
  const faults: Text[] = [];
  if (/[#+ ]/.test(text)) faults.push(say`has "#", "+" or a space, which the plug changes into "_"`);
  if (text.includes("{")) faults.push(say`has a brace, which spoils the plug's answers`);
  if (text.includes("%") && !TOPIC_PLACEHOLDER.test(text)) {
    faults.push(
      say`has "%" in another place than in a placeholder at its end, such as %06X: the plug loses what follows`,
    );
  }
  if (lengthOf(text) > LONGEST_TOPIC) faults.push(say`has more than ${LONGEST_TOPIC} bytes`);
  return faults;
}

function hostnameFaults(text: string): readonly Text[] {
  const faults: Text[] = [];
  if (/[^A-Za-z0-9.-]/.test(text)) faults.push(say`has other characters than letters, digits, dots and dashes`);
  if (/^-/.test(text)) faults.push(say`begins with a dash`);
  if (lengthOf(text) > LONGEST_HOSTNAME) faults.push(say`has more than ${LONGEST_HOSTNAME} characters`);
  return faults;
}

function lengthOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
