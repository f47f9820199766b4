import { describe, expect, test } from "vitest";
import { memberOf, numberField, parseJson, parseMembers, refusalOf, textField } from "./answer.ts";
import { parseHttpAnswer } from "./http-answer.ts";

describe("answers over HTTP", () => {
  test("keep both of two equal keys, in order", () => {
    expect(parseMembers('{"POWER":"Blink OFF","POWER":"ON"}')).toEqual([
      { key: "POWER", value: "Blink OFF" },
      { key: "POWER", value: "ON" },
    ]);
  });

  test("come as one object merged from several messages", () => {
    const members = parseMembers('{"Status":{"Module":1},"StatusPRM":{"BootCount":3},"StatusFWR":{"CR":"367/699"}}');
    expect(members?.map((member) => member.key)).toEqual(["Status", "StatusPRM", "StatusFWR"]);
    expect(numberField(members?.[1]?.value, "bootcount")).toBe(3);
  });

  test("survive braces, quotes and commas inside texts", () => {
    const ssid = 'a"},{\\":';
    const members = parseMembers(`{"SSId1":${JSON.stringify(ssid)},"SSId2":""}`);
    expect(members).toEqual([
      { key: "SSId1", value: ssid },
      { key: "SSId2", value: "" },
    ]);
  });

  test("keep what is no JSON, such as nan, as text", () => {
    expect(parseMembers('{"Temperature":nan,"Humidity":null}')).toEqual([
      { key: "Temperature", value: "nan" },
      { key: "Humidity", value: null },
    ]);
  });

  test("that were cut off are no answers", () => {
    const whole = '{"StatusNET":{"Hostname":"x","Mac":"5C:CF:7F:0A:0B:0C"},"A":[1,2]}';
    for (let cut = 0; cut < whole.length; cut++) expect(parseMembers(whole.slice(0, cut)), `${cut}`).toBeUndefined();
    expect(parseMembers(whole)).toHaveLength(2);
  });

  test.each([
    ["[", "]"],
    ['{"a":', "}"],
  ])("nested deeper than any plug's in %s are no answers, however deep", (open, close) => {
    const nested = (depth: number): string => `{"a":${open.repeat(depth)}1${close.repeat(depth)}}`;
    expect(parseMembers(nested(31))).toHaveLength(1);
    expect(parseJson(nested(31))).toBeDefined();
    for (const depth of [32, 33, 200_000]) {
      expect(parseMembers(nested(depth))).toBeUndefined();
      expect(parseJson(nested(depth))).toBeUndefined();
      expect(parseHttpAnswer(200, nested(depth)).kind).toBe("unreadable");
    }
    expect(parseMembers(`{"a":"${"[".repeat(99)}"}`)).toHaveLength(1);
  });

  test("give texts no longer than any that a plug can hold", () => {
    expect(textField({ Name: "x".repeat(3_000_000) }, "name")).toHaveLength(1024);
  });

  test("tell refusals from results", () => {
    const unknown = parseHttpAnswer(200, '{"Command":"Unknown","Input":"FOO"}');
    expect(unknown.kind === "answer" && refusalOf(unknown.answer)).toBe("unknown-command");
    const error = parseHttpAnswer(200, '{"Command":"Error","Input":"SETOPTION999"}');
    expect(error.kind === "answer" && refusalOf(error.answer)).toBe("command-error");
    expect(parseHttpAnswer(401, '{"WARNING":"Need user=<username>&password=<password>"}').kind).toBe("password-needed");
    // Releases before 9 sent it with status 200.
    expect(parseHttpAnswer(200, '{"WARNING":"Need user=<username>&password=<password>"}').kind).toBe("password-needed");
    const long = parseHttpAnswer(200, '{"WARNING":"Enter command cmnd="}');
    expect(long.kind === "answer" && refusalOf(long.answer)).toBe("command-too-long");
    expect(parseHttpAnswer(200, "{}").kind).toBe("empty");
    expect(parseHttpAnswer(200, '<!DOCTYPE html><html lang="en">').kind).toBe("user-mode");
    expect(parseHttpAnswer(200, "").kind).toBe("unreadable");
  });

  test("are read whatever their capitals", () => {
    expect(memberOf({ members: parseMembers('{"SSId1":"x"}')! }, "SSID1")).toBe("x");
  });
});
