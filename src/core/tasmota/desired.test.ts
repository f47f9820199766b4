/** Answers as Tasmota 15.2 gives them (tasmota_support/support_command.ino). */
import { expect, test } from "vitest";
import { type Answer, parseMembers } from "./answer.ts";
import { commandText } from "./command.ts";
import { isSet, isTemplate, readCommand, shownValue, templateCommand, templateIn, writeCommand } from "./desired.ts";
import { parseTemplate } from "./template/template.ts";

const answer = (json: string): Answer => ({ members: parseMembers(json)! });
const wanted = (name: string, value: string | number) => ({ name, value, reason: "why" });

test.each<[name: string, value: string | number, json: string, set: boolean]>([
  ["SetOption73", 1, '{"SetOption73":"ON"}', true],
  ["SetOption73", 0, '{"SetOption73":"OFF"}', true],
  ["SetOption73", 1, '{"SetOption73":"OFF"}', false],
  ["SetOption73", "on", '{"SetOption73":"ON"}', true],
  ["TelePeriod", 300, '{"TelePeriod":300}', true],
  ["TelePeriod", "300", '{"TelePeriod":300}', true],
  ["TelePeriod", 300, '{"TelePeriod":301}', false],
  ["FriendlyName1", "Küche", '{"FriendlyName1":"Küche"}', true],
  ["FriendlyName", "Plug", '{"FriendlyName1":"Plug"}', true],
  ["Power1", 1, '{"POWER":"ON"}', true],
  ["Power1", 1, '{"POWER1":"ON"}', true],
  ["WifiConfig", 4, '{"WifiConfig":{"4":"Retry"}}', true],
  ["WifiConfig", 2, '{"WifiConfig":{"4":"Retry"}}', false],
  ["Timezone", 1, '{"Timezone":"+01:00"}', true],
  ["Timezone", -5, '{"Timezone":"-05:00"}', true],
  ["Timezone", 11, '{"Timezone":"+11:00"}', true],
  ["Timezone", 99, '{"Timezone":99}', true],
  ["Timezone", "+05:30", '{"Timezone":"+05:30"}', true],
  ["Timezone", 5, '{"Timezone":"+05:30"}', false],
  ["TimeStd", "0,0,10,1,3,60", '{"TimeStd":{"Hemisphere":0,"Week":0,"Month":10,"Day":1,"Hour":3,"Offset":60}}', true],
  ["TimeDst", "0,0,3,1,2,120", '{"TimeDst":{"Hemisphere":0,"Week":0,"Month":3,"Day":1,"Hour":2,"Offset":120}}', true],
  ["TimeDst", "0,0,3,1,2,120", '{"TimeDst":{"Hemisphere":0,"Week":1,"Month":3,"Day":1,"Hour":2,"Offset":120}}', false],
  ["MqttHost", "", '{"MqttHost":""}', true],
  ["TelePeriod", 300, '{"POWER":"ON"}', false],
  ["TelePeriod", 300, '{"TelePeriod":null}', false],
])("%s %s is shown by %s: %s", (name, value, json, set) => {
  expect(isSet(wanted(name, value), answer(json))).toBe(set);
});

test("a value is shown in the form in which it is set, or not at all", () => {
  expect(shownValue(answer('{"WifiConfig":{"4":"Retry"}}'), "WifiConfig")).toBe("4");
  expect(shownValue(answer('{"SetOption3":"OFF"}'), "SetOption3")).toBe("0");
  expect(shownValue(answer('{"Ip":{"a":1,"b":2}}'), "Ip")).toBe('{"a":1,"b":2}');
  expect(shownValue(answer('{"POWER":"ON"}'), "TelePeriod")).toBeUndefined();
});

test("a setting is asked for by its name alone and set with its value", () => {
  expect(commandText(readCommand(wanted("TelePeriod", 60)))).toBe("TelePeriod");
  expect(commandText(writeCommand(wanted("TelePeriod", 60)))).toBe("TelePeriod 60");
});

const EP2 = '{"NAME":"Gosund EP2","GPIO":[320,1,576,1,2656,2720,0,0,2624,32,0,224,0,0],"FLAG":0,"BASE":45}';

test("a template is set as JSON and known again in the answer", () => {
  const template = parseTemplate(EP2);
  expect(commandText(templateCommand(template))).toBe(`Template ${EP2}`);
  expect(isTemplate(template, answer(EP2))).toBe(true);
  expect(isTemplate(template, answer(EP2.replace("320", "321")))).toBe(false);
  expect(templateIn(answer('{"Template":"Invalid JSON"}'))).toBeUndefined();
  expect(isTemplate(template, answer('{"Template":"Invalid JSON"}'))).toBe(false);
});
