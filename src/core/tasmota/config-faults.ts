/**
 * Names, topics and addresses that a plug would not keep as they are, reported before it is given any.
 * Source: Tasmota tasmota/tasmota_support/support_command.ino (CommandHandler: spaces in front are skipped; Shortcut: a
 * single 0, 1 or '"' clears or restores; "?" asks; CmndHostname: "%" restores the default),
 * tasmota/tasmota_xdrv_driver/xdrv_02_9_mqtt.ino (MakeValidMqtt: "#", "+" and spaces of a topic become "_"),
 * tasmota/tasmota.ino (hostname: 32 bytes with their end, letters, digits, dots and dashes, the first no dash),
 * tasmota/tasmota_support/settings.ino (SettingsUpdateText: all texts share one pool).
 */
import { wellFormed } from "./credentials.ts";
import { TEXT_POOL_SIZE } from "./tables/text-pool.ts";

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

/** Why the plug would not keep these, in words; empty if it would. */
export function configFaults(texts: PlugTexts): readonly string[] {
  const faults: string[] = [];
  let bytes = 0;
  for (const key of Object.keys(WORDS) as (keyof PlugTexts)[]) {
    const text = texts[key];
    if (text === undefined) continue;
    bytes += lengthOf(text) + 1;
    faults.push(...[...textFaults(text), ...ownFaults(key, text)].map((fault) => `${WORDS[key]} ${fault}`));
  }
  if (bytes > TEXT_POOL_SIZE) {
    faults.push(`together these texts have ${bytes} bytes, and the plug keeps all of its texts in ${TEXT_POOL_SIZE}`);
  }
  return faults;
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
    case "topic":
      return /[#+ ]/.test(text) ? ['has "#", "+" or a space, which the plug changes into "_"'] : [];
    case "hostname":
      return hostnameFaults(text);
    case "mqttHost":
      return /[\s/:@]/.test(text) ? ["is no host name or IP address by itself"] : [];
    default:
      return [];
  }
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
