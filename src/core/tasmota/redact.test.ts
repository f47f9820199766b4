import { describe, expect, test } from "vitest";
import { basicToken, Redactor, spellingsOf } from "./redact.ts";

const SECRET = 'Kü che+"9;';

function redacted(text: string, ...secrets: (string | undefined)[]): string {
  const redactor = new Redactor();
  for (const secret of secrets) redactor.add(secret);
  return redactor.redact(text);
}

describe("a secret is masked", () => {
  // UTF-8, RFC 3986, application/x-www-form-urlencoded, RFC 8259, RFC 7617; Tasmota shows bytes as hex in either case.
  test.each([
    ["as it is", SECRET],
    ["in JSON", 'Kü che+\\"9;'],
    ["percent-encoded", "K%C3%BC%20che%2B%229%3B"],
    ["in a form", "K%C3%BC+che%2B%229%3B"],
    ["in the credentials of a request", "YWRtaW46S8O8IGNoZSsiOTs="],
    ["in lower-case hex", "4bc3bc206368652b22393b"],
    ["in upper-case hex", "4BC3BC206368652B22393B"],
  ])("%s", (_, spelling) => {
    expect(spellingsOf(SECRET)).toContain(spelling);
    expect(redacted(`before ${spelling} after`, SECRET)).toBe("before **** after");
    expect(redacted(`${spelling}${spelling}`, SECRET)).toBe("********");
  });

  test("as a whole where another secret is part of it, in whichever order they were learnt", () => {
    expect(redacted("kitchen-window", "kitchen", "kitchen-window")).toBe("****");
    expect(redacted("kitchen-window", "kitchen-window", "kitchen")).toBe("****");
  });

  test("from four bytes on: a shorter one would mask everything", () => {
    expect(redacted("abcd abc", "abcd", "abc")).toBe("**** abc");
    expect(redacted("x üü y", "üü")).toBe("x **** y");
    expect(redacted("nothing", undefined)).toBe("nothing");
  });
});

describe("the argument of a password command is masked though nobody knows it", () => {
  test.each([
    ["Password1 unknown", "Password1 ****"],
    ["WebPassword with space;SSID1 home", "WebPassword ****;SSID1 home"],
    ["backlog ssid1 home;password1 secret", "backlog ssid1 home;password1 ****"],
    ["MqttPassword x\nSSID1 home", "MqttPassword ****\nSSID1 home"],
    ["RgxPassword\tx", "RgxPassword ****"],
    ['{"Password1":"a\\"b","SSId1":"home"}', '{"Password1":"****","SSId1":"home"}'],
    ['{"WebPassword" : "x"}', '{"WebPassword":"****"}'],
  ])("%s", (text, shown) => {
    expect(redacted(text)).toBe(shown);
  });

  test.each(["Password1", "Password1 = 3", "Passwords are asked for", '{"SSId1":"home"}'])(
    "but %s is left alone",
    (text) => {
      expect(redacted(text)).toBe(text);
    },
  );
});

// RFC 4648, section 10.
test.each([
  ["", ""],
  ["f", "Zg=="],
  ["fo", "Zm8="],
  ["foo", "Zm9v"],
  ["foob", "Zm9vYg=="],
  ["fooba", "Zm9vYmE="],
  ["foobar", "Zm9vYmFy"],
])("base64 of %j is %j", (text, token) => {
  expect(basicToken(text)).toBe(token);
});
