import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isObject, type Json, type JsonObject } from "./answer.ts";
import { readAnswer } from "./read-answer.ts";

/** Fields as of Tasmota 15.2 (support_command.ino, CmndStatus), values made up. */
const STATUS: JsonObject = {
  Status: {
    Module: 0,
    DeviceName: "Kitchen",
    FriendlyName: ["Kitchen", "Lamp"],
    Topic: "plug",
    Power: "1",
    SaveData: 1,
  },
  StatusSTS: { POWER: "ON", Wifi: { AP: 1, SSId: "HomeNet", Channel: 6, Downtime: "0T00:00:07" }, Hostname: "plug-1" },
  StatusSNS: { Time: "2026-11-30T12:00:00", ENERGY: { Power: [52, 5], Voltage: 231, Note: "last" } },
};
const TEXT = JSON.stringify(STATUS);

/** Every leaf that was read is the one that was sent. */
function agrees(read: Json, sent: Json | undefined): boolean {
  if (isObject(read)) return isObject(sent) && Object.entries(read).every(([key, value]) => agrees(value, sent[key]));
  return JSON.stringify(read) === JSON.stringify(sent);
}

function objectOf(text: string): JsonObject | undefined {
  const answer = readAnswer(text);
  return answer && Object.fromEntries(answer.members.map(({ key, value }) => [key, value]));
}

/** Where a text value begins and ends, quotation marks left out. */
const TEXTS = [...TEXT.matchAll(/(?<=[:[,])"([^"]*)"(?=[,\]}])/g)].map((match) => ({
  from: match.index + 1,
  to: match.index + 1 + match[1]!.length,
}));

describe("an answer with one damaged text", () => {
  const damages: readonly (readonly [name: string, damage: (text: string, at: number) => string])[] = [
    ["a control byte", (text, at) => `${text.slice(0, at)}\u0001${text.slice(at)}`],
    ["a line end", (text, at) => `${text.slice(0, at)}\r\n${text.slice(at)}`],
    ["a quotation mark", (text, at) => `${text.slice(0, at)}"${text.slice(at)}`],
    ["two quotation marks", (text, at) => `${text.slice(0, at)}""${text.slice(at)}`],
    ["a lone backslash", (text, at) => `${text.slice(0, at)}\\x${text.slice(at)}`],
  ];

  test.each(damages)("keeps everything else, and names the place, with %s in it", (_, damage) => {
    for (const { from, to } of TEXTS) {
      for (let at = from; at <= to; at++) {
        const text = damage(TEXT, at);
        const answer = readAnswer(text);
        expect(answer, text).toBeDefined();
        expect(agrees(objectOf(text)!, STATUS), text).toBe(true);
        expect(answer!.damaged, text).toHaveLength(1);
        const path = answer!.damaged![0]!.split(".");
        const leaf = path.reduce<Json | undefined>((value, key) => (isObject(value) ? value[key] : undefined), STATUS);
        expect(JSON.stringify(leaf), text).toContain(TEXT.slice(from, to));
        const count = (value: Json): number =>
          isObject(value) ? Object.values(value).reduce<number>((sum, each) => sum + count(each), 0) : 1;
        expect(count(objectOf(text)!), text).toBe(count(STATUS) - 1);
      }
    }
  });

  test("never gives a wrong value, wherever it is cut or a byte goes missing", () => {
    for (let at = 0; at < TEXT.length; at++) {
      expect(readAnswer(TEXT.slice(0, at)), `${at}`).toBeUndefined();
      for (const [, damage] of damages) {
        const { from } = TEXTS[at % TEXTS.length]!;
        expect(readAnswer(damage(TEXT, from).slice(0, at)), `${at}`).toBeUndefined();
      }
    }
    const quotes = [...TEXT.matchAll(/"/g)].map((match) => match.index);
    fc.assert(
      fc.property(fc.constantFrom(...quotes), (at) => {
        const read = objectOf(TEXT.slice(0, at) + TEXT.slice(at + 1));
        return read === undefined || agrees(read, STATUS);
      }),
    );
  });
});

test("a whole answer has no damage, with nan inside as well", () => {
  expect(readAnswer(TEXT)?.damaged).toBeUndefined();
  expect(objectOf(TEXT)).toEqual(STATUS);
  const sensor = readAnswer('{"StatusSNS":{"Temperature":nan,"ENERGY":{"Power":5}}}');
  expect(sensor?.damaged).toBeUndefined();
  expect(sensor?.members[0]?.value).toEqual({ Temperature: "nan", ENERGY: { Power: 5 } });
});

test("characters that JSON allows inside a text, and texts that look like JSON, are no damage", () => {
  const texts = { Name: "\u009b31m\u2028\u202e\u007f", Rule1: '{"a":1', Rule2: '"x"', Rule3: "[" };
  const answer = readAnswer(JSON.stringify(texts));
  expect(answer?.damaged).toBeUndefined();
  expect(answer?.members.map(({ value }) => value)).toEqual(Object.values(texts));
});
