/**
 * What a plug should be set to, and whether an answer shows that it is. Pure: the engine asks and sends.
 * Source: answers of Tasmota 15.2 as recorded; tasmota/tasmota_support/support_command.ino.
 */
import { type Answer, isObject, type Json, memberOf } from "./answer.ts";
import { type Command, query, setting } from "./command.ts";
import { parseTemplate, sameTemplate, type Template, templateJson } from "./template/template.ts";

/** One setting by its command's name: "TelePeriod", "SetOption73", "FriendlyName1", "Timezone". */
export interface DesiredSetting {
  readonly name: string;
  readonly value: string | number;
  /** Why, for the audit's report. */
  readonly reason: string;
  /** The command exists only while a metering template is active. */
  readonly metering?: boolean | undefined;
}

/** ON and OFF as numbers, "+01:00" as 1, {"4":"Retry"} as 4: values in the form in which they are set. */
function comparable(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (isObject(value)) {
    const keys = Object.keys(value);
    return keys.length === 1 ? keys[0] : JSON.stringify(value);
  }
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (/^on$/i.test(text)) return "1";
  if (/^off$/i.test(text)) return "0";
  const zone = /^([+-])0?(\d{1,2}):00$/.exec(text);
  if (zone !== null) return String(Number(`${zone[1]}${zone[2]}`));
  return text;
}

/** The member that holds the value of a setting: its own name, with or without the index 1. */
function valueIn(answer: Answer, name: string): Json | undefined {
  return memberOf(answer, name) ?? memberOf(answer, `${name}1`) ?? memberOf(answer, name.replace(/1$/, ""));
}

/** The value that an answer shows, in the form in which it is set; undefined if it does not show it. */
export function shownValue(answer: Answer, name: string): string | undefined {
  return comparable(valueIn(answer, name));
}

const TIME_RULE = ["Hemisphere", "Week", "Month", "Day", "Hour", "Offset"];

/** Whether the answer to the bare command shows the desired value. */
export function isSet(desired: DesiredSetting, answer: Answer): boolean {
  const shown = valueIn(answer, desired.name);
  if (/^time(std|dst)$/i.test(desired.name) && isObject(shown)) {
    return TIME_RULE.map((key) => JSON.stringify(shown[key])).join(",") === String(desired.value);
  }
  return comparable(shown) === comparable(desired.value);
}

export function readCommand(desired: DesiredSetting): Command {
  return query(desired.name);
}

export function writeCommand(desired: DesiredSetting): Command {
  return setting(desired.name, desired.value);
}

/** The template in an answer to `Template`; undefined if it shows none. */
export function templateIn(answer: Answer): Template | undefined {
  try {
    return parseTemplate(Object.fromEntries(answer.members.map((member) => [member.key, member.value])));
  } catch {
    return undefined;
  }
}

export function isTemplate(template: Template, answer: Answer): boolean {
  const shown = templateIn(answer);
  return shown !== undefined && sameTemplate(shown, template);
}

export function templateCommand(template: Template): Command {
  return setting("Template", templateJson(template));
}
