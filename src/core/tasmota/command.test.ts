import { describe, expect, test } from "vitest";
import { codeOf } from "../../../test/support/error-code.ts";
import { parseMembers } from "./answer.ts";
import {
  answers,
  backlogObstacle,
  backlogOf,
  backlogsOf,
  checkLength,
  commandText,
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
    expect(codeOf(() => backlogOf([setting("SSID1", "a;b")], "http"))).toBe("road-blocked");
  });

  test("may have 799 bytes over serial and 1199 over HTTP, not one more", () => {
    const name = "FriendlyName1";
    for (const [road, limit] of [
      ["serial", 799],
      ["http", 1199],
    ] as const) {
      const fits = "x".repeat(limit - name.length - 1);
      expect(codeOf(() => checkLength(setting(name, fits), road))).toBeUndefined();
      expect(codeOf(() => checkLength(setting(name, `${fits}x`), road))).toBe("text-too-long");
    }
    expect(codeOf(() => checkLength(setting(name, "Küche"), "serial"))).toBe("road-blocked");
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
    for (const road of ["serial", "http"] as const) {
      const backlogs = backlogsOf(commands, road);
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
