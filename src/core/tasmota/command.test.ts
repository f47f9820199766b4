import { describe, expect, test } from "vitest";
import { codeOf } from "../../../test/support/error-code.ts";
import { parseMembers } from "./answer.ts";
import {
  answers,
  backlogObstacle,
  backlogOf,
  backlogsOf,
  COMMAND_LIMITS,
  checkLength,
  commandText,
  fitsBacklogOver,
  isMqttCommand,
  parseCommand,
  query,
  setting,
  shownCommand,
} from "./command.ts";

describe("commands", () => {
  test("know which of them restart the plug and which must not be said twice", () => {
    expect(setting("SSID1", "home").restarts).toBe(true);
    expect(setting("Module", 0).restarts).toBe(true);
    expect(setting("WebPassword2", "secret99").restarts).toBe(false);
    expect(setting("PowerOnState", 3).repeatable).toBe(true);
    expect(setting("Power", "toggle").repeatable).toBe(false);
    expect(setting("Power", "ON").repeatable).toBe(true);
    expect(setting("VoltageSet", 230).repeatable).toBe(false);
    expect(query("Status 5").repeatable).toBe(true);
  });

  test("never show a password", () => {
    for (const name of ["Password1", "WebPassword", "WebPassword2", "MqttPassword2"]) {
      expect(shownCommand(setting(name, "topsecret"))).toBe(`${name} ****`);
    }
    const backlog = backlogOf([setting("SSID1", "home"), setting("Password1", "topsecret")], "serial");
    expect(shownCommand(backlog)).not.toContain("topsecret");
  });

  test("typed by a person keep their argument", () => {
    expect(commandText(parseCommand("  Status 5 "))).toBe("Status 5");
    expect(parseCommand("Status 5").repeatable).toBe(true);
    expect(commandText(parseCommand("Backlog Power 1; Status"))).toBe("Backlog Power 1; Status");
    expect(parseCommand("Power")).toEqual(query("Power"));
  });

  test("that a Backlog would spoil are refused with the reason", () => {
    expect(backlogObstacle(setting("SSID1", "a;b"))).toMatch(/split/);
    expect(backlogObstacle(setting("SSID1", "a "))).toMatch(/spaces/);
    expect(backlogObstacle(setting("SSID1", "a{b"))).toMatch(/braces/);
    expect(backlogObstacle(setting("Reset", 1))).toMatch(/drops/);
    expect(backlogObstacle(setting("Template", '{"NAME":"x","GPIO":[0]}'))).toBeUndefined();
    expect(codeOf(() => backlogOf([setting("SSID1", "a;b")], "http"))).toBe("unsupported-transport");
  });

  test("may have 799 bytes over serial and 1199 over HTTP, not one more", () => {
    const name = "FriendlyName1";
    for (const [transport, limit] of [
      ["serial", 799],
      ["http", 1199],
    ] as const) {
      const fits = "x".repeat(limit - name.length - 1);
      expect(codeOf(() => checkLength(setting(name, fits), transport))).toBeUndefined();
      expect(codeOf(() => checkLength(setting(name, `${fits}x`), transport))).toBe("text-too-long");
    }
    expect(codeOf(() => checkLength(setting(name, "Küche"), "serial"))).toBe("unsupported-transport");
    expect(codeOf(() => checkLength(setting(name, "Küche"), "http"))).toBeUndefined();
  });

  test("are spread over as many Backlogs as the limits demand, in order", () => {
    const commands = Array.from({ length: 70 }, (_, i) => setting(`Mem${i}`, "y".repeat(20)));
    const backlogs = backlogsOf(commands, "serial");
    expect(backlogs.length).toBeGreaterThanOrEqual(3);
    for (const backlog of backlogs) {
      expect(commandText(backlog).length).toBeLessThanOrEqual(799);
      expect(backlog.argument?.split(";").length).toBeLessThanOrEqual(30);
    }
    expect(backlogs.flatMap((backlog) => backlog.argument!.split(";"))).toEqual(commands.map(commandText));
  });

  // Tasmota, docs/Commands.md, "The Power of Backlog": up to 30 commands; here far below the limit of bytes.
  test.each([
    [0, []],
    [1, [1]],
    [30, [30]],
    [31, [30, 1]],
    [60, [30, 30]],
    [61, [30, 30, 1]],
  ])("%d short commands make Backlogs of %j", (count, sizes) => {
    const commands = Array.from({ length: count }, (_, i) => setting(`Mem${i}`, "1"));
    for (const transport of ["serial", "http"] as const) {
      const backlogs = backlogsOf(commands, transport);
      expect(backlogs.map((backlog) => backlog.argument!.split(";").length)).toEqual(sizes);
    }
  });

  test("fill a Backlog to the last byte of the limit, and no further", () => {
    // "Backlog Mem1 x…;Mem2 1" of 799 bytes.
    const first = (length: number) => setting("Mem1", "x".repeat(length));
    const rest = "Backlog Mem1 ;Mem2 1".length;
    expect(backlogsOf([first(799 - rest), setting("Mem2", "1")], "serial")).toHaveLength(1);
    expect(backlogsOf([first(800 - rest), setting("Mem2", "1")], "serial")).toHaveLength(2);
  });
});

describe("answers find their command", () => {
  const answer = (json: string) => ({ members: parseMembers(json)! });

  test.each([
    ["SSID1 x", '{"SSId1":"x"}', true],
    ["SSID1 x", '{"SSId2":"x"}', false],
    ["FriendlyName Plug", '{"FriendlyName1":"Plug"}', true],
    ["Status 5", '{"StatusNET":{}}', true],
    ["Status 5", '{"StatusSTS":{}}', false],
    ["Template", '{"NAME":"x","GPIO":[],"FLAG":0,"BASE":1}', true],
    ["Template {", '{"Template":"Invalid JSON"}', true],
    ["PowerSet 60", '{"PowerSetCal":12530}', true],
    ["WebPassword2 xxxxxxxx", '{"WebPassword":"****"}', true],
    ["Password3 xxxxxxxx", '{"Password1":"****"}', true],
    ["Foo 1", '{"Command":"Unknown","Input":"FOO 1"}', true],
    ["Bar 1", '{"Command":"Unknown","Input":"FOO 1"}', false],
    ["Foo", '{"Command":"Error"}', true],
    ["Power", '{"POWER":"ON"}', true],
    ["TelePeriod 60", '{"POWER":"ON"}', false],
  ])("%s <- %s: %s", (command, json, expected) => {
    expect(answers(parseCommand(command), answer(json))).toBe(expected);
  });
});

/** CmndStatus in support_command.ino: which object each Status answers with. */
test.each([
  ["Status", "Status"],
  ["Status 1", "StatusPRM"],
  ["Status 2", "StatusFWR"],
  ["Status 3", "StatusLOG"],
  ["Status 4", "StatusMEM"],
  ["Status 5", "StatusNET"],
  ["Status 6", "StatusMQT"],
  ["Status 7", "StatusTIM"],
  ["Status 8", "StatusSNS"],
  ["Status 9", "StatusPTH"],
  ["Status 10", "StatusSNS"],
  ["Status 11", "StatusSTS"],
  ["Status 12", "StatusSTK"],
  ["Status 13", "StatusSHT"],
])("%s is answered by %s and by no other object", (command, key) => {
  const answer = (name: string) => ({ members: parseMembers(`{"${name}":{}}`)! });
  expect(answers(parseCommand(command), answer(key))).toBe(true);
  expect(answers(parseCommand(command), answer(key === "StatusNET" ? "StatusMQT" : "StatusNET"))).toBe(false);
});

test("a member that was left out as damaged answers its command all the same", () => {
  expect(answers(query("Status 5"), { members: [], damaged: ["StatusNET.Hostname"] })).toBe(true);
  expect(answers(query("Topic"), { members: [], damaged: ["Topic"] })).toBe(true);
  expect(answers(query("Topic"), { members: [], damaged: ["Hostname.Topic"] })).toBe(false);
});

/** xdrv_02_9_mqtt.ino, kMqttCommands. */
test.each(
  (
    "MqttJSONOnly MqttNoRetain MqttDetachRelay MqttUser MqttPassword MqttKeepAlive MqttTimeout MqttWifiTimeout MqttHost " +
    "MqttPort MqttRetry MqttClient MqttLog MqttFingerprint TlsKey FullTopic Prefix1 GroupTopic2 Topic ButtonTopic " +
    "SwitchTopic Publish ButtonRetain SwitchRetain PowerRetain SensorRetain InfoRetain StateRetain StatusRetain"
  ).split(" "),
)("%s is known only while MQTT is on", (name) => {
  expect([name, name.toUpperCase()].map(isMqttCommand)).toEqual([true, true]);
});

test.each(["Power1", "TelePeriod", "WebPassword", "Mqtt", "Topics"])("%s is known without MQTT", (name) => {
  expect(isMqttCommand(name)).toBe(false);
});

test("a question keeps its words, and an empty line is no command", () => {
  expect(query("Status 5")).toMatchObject({ name: "Status", argument: "5" });
  expect(query("Backlog a b")).toMatchObject({ name: "Backlog", argument: "a b" });
  expect(query("Power")).toMatchObject({ name: "Power", argument: undefined });
  expect(codeOf(() => parseCommand("  "))).toBe("bad-argument");
  expect(parseCommand("Status0 5")).toMatchObject({ repeatable: true, restarts: false });
  expect(parseCommand("TelePeriod\t60")).toMatchObject({ name: "TelePeriod", argument: "60" });
});

test("a password command without a value is shown as it is", () => {
  expect(shownCommand(setting("WebPassword", "secret99"))).toBe("WebPassword ****");
  expect(shownCommand(query("WebPassword"))).toBe("WebPassword");
});

test("a template with a semicolon cannot go into a Backlog: old firmware splits there", () => {
  expect(String(backlogObstacle(setting("Template", '{"NAME":"a;b"}')))).toContain("old firmware");
});

test("the plug's inputs take 799 bytes over serial and 1199 over HTTP and MQTT", () => {
  // my_user_config.h: INPUT_BUFFER_SIZE 800, MQTT_MAX_PACKET_SIZE 1200, each with its final zero.
  expect(COMMAND_LIMITS).toEqual({ serial: 799, http: 1199, mqtt: 1199 });
});

test("what is too long for one input says where it fits", () => {
  const nextStep = (input: "serial" | "http"): unknown => {
    try {
      checkLength(setting("FriendlyName1", "x".repeat(1200)), input);
    } catch (error) {
      return String((error as { nextStep?: unknown }).nextStep);
    }
    return undefined;
  };
  expect(nextStep("serial")).toContain("over the network");
  expect(nextStep("http")).toBe("Send it in several commands.");
});

test("a Backlog is a command of that name, checked for its length as a whole", () => {
  expect(backlogOf([setting("Mem1", 1), setting("Mem2", 2)], "serial")).toMatchObject({
    name: "Backlog",
    argument: "Mem1 1;Mem2 2",
    repeatable: false,
    restarts: false,
    secret: false,
  });
  const long = [setting("Mem1", "x".repeat(500)), setting("Mem2", "x".repeat(500))];
  expect(codeOf(() => backlogOf(long, "serial"))).toBe("text-too-long");
  expect(codeOf(() => backlogOf(long, "http"))).toBeUndefined();
});

test.each([
  [
    "a template and names",
    [setting("Template", '{"NAME":"X","GPIO":[1,2]}'), setting("DeviceName", "Kitchen plug")],
    true,
  ],
  ["30 commands", Array.from({ length: 30 }, () => setting("Mem1", 1)), true],
  ["31 commands", Array.from({ length: 31 }, () => setting("Mem1", 1)), false],
  ["799 bytes", [setting("Mem1", "x".repeat(799 - "Backlog Mem1 ".length))], true],
  ["800 bytes", [setting("Mem1", "x".repeat(800 - "Backlog Mem1 ".length))], false],
  ["a semicolon", [setting("DeviceName", "a;b")], false],
  ["a space at the end", [setting("DeviceName", "a ")], false],
  ["a brace", [setting("DeviceName", "a{b")], false],
  ["an umlaut", [setting("DeviceName", "K\u00fcche")], false],
] as const)("whether one Backlog over the serial console carries %s", (_, commands, fits) => {
  expect(fitsBacklogOver(commands, "serial")).toBe(fits);
});

test("over the network a Backlog carries more bytes, and bytes beyond ASCII", () => {
  expect(fitsBacklogOver([setting("Mem1", "x".repeat(1000))], "http")).toBe(true);
  expect(fitsBacklogOver([setting("DeviceName", "K\u00fcche")], "http")).toBe(true);
});
