import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PlugsmithError } from "../../errors.ts";
import { checkTemplate } from "./check.ts";
import { readTemplate } from "./template.ts";

const PLUG = '{"NAME":"Sonoff Mini","GPIO":[17,0,0,0,9,0,0,0,21,56,0,0,255],"FLAG":0,"BASE":1}';
const pins = (assigned: Readonly<Record<number, number | string>>, length = 14): (number | string)[] =>
  Array.from({ length }, (_, i) => assigned[i] ?? 0);
const template = (gpio: readonly (number | string)[], more: object = {}): string =>
  JSON.stringify({ NAME: "x", GPIO: gpio, FLAG: 0, BASE: 18, ...more });

function refusal(text: string): string {
  try {
    readTemplate(text);
  } catch (error) {
    if (error instanceof PlugsmithError && error.code === "bad-argument") return error.message;
    throw error;
  }
  return "taken";
}

describe("a pasted template is understood", () => {
  const expected = readTemplate(PLUG);
  test.each([
    ["bare", PLUG],
    ["as a command", `Template ${PLUG}`],
    ["as a command in lower case", `template  ${PLUG}`],
    ["in a Backlog", `Backlog Template ${PLUG}; Module 0`],
    ["in the middle of a Backlog", `Backlog0 SetOption1 1; Template ${PLUG}; Module 0; Restart 1`],
    ["with another command behind it", `${PLUG}; Module 0`],
    ["as a console's result", `RESULT = ${PLUG}`],
    ["as a log line", `12:00:01.250 RSL: RESULT = ${PLUG}`],
    ["as a retained log line", `12:00:01 MQT: stat/plug/RESULT = ${PLUG} (beibehalten)`],
    ["in single quotes", `'${PLUG}'`],
    ["in backticks", `\`${PLUG}\``],
    ["as a command in quotes", `"Template ${PLUG}"`],
    ["in a code block", `\`\`\`\n${PLUG}\n\`\`\``],
    ["with escaped quotes", `"${PLUG.replaceAll('"', '\\"')}"`],
    ["from a page's source", PLUG.replaceAll('"', "&quot;")],
    ["from a page's source, by number", PLUG.replaceAll('"', "&#34;")],
    ["with typographic quotes", PLUG.replace(/"([^"]*)"/g, "“$1”")],
    ["with a byte order mark", `\ufeff${PLUG}`],
    ["with Windows line ends", `${PLUG.replaceAll(",", ",\r\n")}\r\n`],
    ["with a semicolon", `${PLUG};`],
    ["with a comma", `${PLUG},`],
    ["with a full stop", `${PLUG}.`],
    ["with a note", `${PLUG} # {the old one}`],
    ["with a comment below", `${PLUG}\n// comment`],
    ["with comments above", `// {"NAME":1}\n# second\n${PLUG}`],
    ["with comments inside", PLUG.replace('"GPIO"', '// pins\n"GPIO"').replace(":[", ":/* 13 */[")],
    ["with pins as texts", PLUG.replace(/\d+(?=[,\]].*FLAG)/g, '"$&"')],
  ])("%s", (_, text) => {
    expect(readTemplate(text)).toEqual(expected);
  });

  test("and its own texts stay as they are", () => {
    expect(readTemplate('{"NAME":"a // &quot; # {b}","GPIO":[0,0,0,0,0,0,0,0,0,0,0,0,0,0]}').name).toBe(
      "a // &quot; # {b}",
    );
  });
});

test.each<readonly [text: string, message: RegExp]>([
  ["{'NAME':'x'}", /line 1, column 2 a name in quotes was expected, but there is "'NAME'/],
  ['{"NAME":"x",\n "GPIO":[1,2,,3]}', /line 2, column 14 a value was expected, but there is ",3\]}"/],
  ['{"NAME":"x","GPIO":[1 2]}', /line 1, column 23 "," or "]" was expected, but there is "2\]}"/],
  ['{"NAME" "x"}', /line 1, column 9 ":" was expected/],
  ['{"NAME":"x","GPIO":[1,2],}', /line 1, column 26 a name in quotes was expected, but there is "}"/],
  ['{"NAME":"x\n","GPIO":[1]}', /line 1, column 9 a closing quote in this line was expected/],
  ['{"NAME":"x","GPIO":[1,', /line 1, column 23 a value was expected, but there is the end of the text/],
  [`${PLUG}}`, /line 1, column \d+ the end was expected, but there is "}"/],
  [`${PLUG} ${PLUG}`, /the end was expected, but there is "{"NAME/],
  [`Rule1 ON x DO ${PLUG}`, /neither a command nor a comment/],
  [`{"NAME":"x","GPIO":${"[".repeat(9000)}`, /nested too deep/],
  ["Template", /no "{" was found/],
  ...[21, 22, 29, 31, 36, 38, 55].map((length) => [template(pins({}, length)), /it is for an ESP32/] as const),
  [template(pins({}, 12)), /it lists 12 pins; the old form has 13/],
  [template(pins({ 3: "3x" })), /each pin is a whole number/],
])("%s is refused with the place or the reason", (text, message) => {
  expect(refusal(text)).toMatch(message);
});

test("a template that was cut anywhere is refused, whatever stood around it", () => {
  const around = fc.constantFrom(["", ""], ["Backlog Template ", "; Module 0"], ["'", "'"], ["RESULT = ", ""]);
  fc.assert(
    fc.property(around, fc.nat(PLUG.length - 1), ([before], cut) => {
      expect(refusal(`${before}${PLUG.slice(0, cut)}`)).not.toBe("taken");
    }),
  );
});

describe("checking codes", () => {
  const errors = (text: string): string[] =>
    checkTemplate(readTemplate(text)).flatMap((each) => (each.level === "error" ? [`${each.pin}: ${each.text}`] : []));

  test("fixed outputs may be on as many pins as there are", () => {
    expect(errors(template(pins({ 4: 3840, 5: 3840, 8: 3872, 10: 3872, 11: 3872 })))).toEqual([]);
    expect(errors(template(pins({ 4: 32, 5: 32 })))).toEqual(["GPIO5: Button1 is on GPIO4 already."]);
  });

  test("each old code that never existed is named, and no other", () => {
    for (let code = 0; code <= 255; code++) {
      const named = errors(template(pins({ 4: code }, 13))).filter((text) => text.includes("never was"));
      const expected =
        code >= 217 && code <= 254 ? [`GPIO4: ${code} never was a code; the firmware makes it User.`] : [];
      expect(named).toEqual(expected);
    }
    const flags = Array.from({ length: 16 }, (_, flag) =>
      checkTemplate(readTemplate(template(pins({}, 13), { FLAG: flag }))),
    );
    expect(flags.flatMap((list, flag) => (list.some((each) => each.pin === "A0") ? [flag] : []))).toEqual([
      8, 9, 10, 11, 12, 13, 14,
    ]);
  });

  test.each([2, 5, 31, 11424, 12000, 65503])("the new code %i, which no component has, is named", (code) => {
    expect(errors(template(pins({ 4: code, 5: 224 })))).toContain(`GPIO4: ${code} is no component of this firmware.`);
  });
});
