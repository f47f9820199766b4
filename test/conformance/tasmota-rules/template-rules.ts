/** Templates as JSON in both forms, modules, and what the person puts on free pins. */
import { unsigned } from "./call.ts";
import { keyed, type Model } from "./model.ts";
import type { Random } from "./random.ts";
import { plain, type Rule } from "./rule.ts";

const SOURCE = "support.ino JsonTemplate, TemplateJson";
const EP2 = [320, 1, 576, 1, 2656, 2720, 0, 0, 2624, 32, 0, 224, 0, 0];
const PINS = 14;
/** tasmota_template_legacy.h kGpioConvert, as far as the campaign uses it: old code to new. */
const LEGACY: Readonly<Record<number, number>> = {
  0: 0,
  9: 160,
  17: 32,
  18: 33,
  21: 224,
  22: 225,
  29: 256,
  52: 288,
  56: 320,
  130: 2592,
  131: 2624,
  132: 2656,
  133: 2688,
  134: 2720,
  157: 544,
  158: 576,
  216: 5344,
  217: 1,
  255: 1,
};
const LEGACY_CODES = Object.keys(LEGACY).map(Number);
/** Adc0Convert: 0 none, 1 to 7 ADC types from 147 on, above User. */
const adc = (flag: number): number => (flag === 0 ? 0 : flag <= 7 ? 4704 + 32 * (flag - 1) : 1);
const NAMES: readonly string[] = ["Gosund EP2", "x", "", 'with \\"quotes\\"', "back\\\\slash", "Küche", "a,b:c{}"];
const shownName = (name: string): string => name.replace(/\\(.)/g, "$1");

function pins(model: Model): readonly number[] {
  return EP2.map((code, i) => model.number(`template${i}`, code));
}

/** NAME is written as it is. */
function shown(model: Model): string {
  const codes = pins(model).map((code) => (code === 65504 ? 1 : code));
  return (
    `{"NAME":"${model.text("TemplateName", "Gosund EP2")}","GPIO":[${codes.join(",")}],` +
    `"FLAG":${model.number("templateFlag", 0)},"BASE":${model.number("base", 45)}}`
  );
}

interface Parts {
  readonly name?: string;
  readonly gpio?: readonly (number | string)[];
  readonly flag?: number;
  readonly base?: number;
}

function setParts({ name, gpio, flag, base }: Parts, model: Model): void {
  if (name !== undefined) model.setText("TemplateName", shownName(name), "Gosund EP2");
  const codes = gpio?.map((code) => unsigned(String(code).replaceAll('"', "")));
  if (codes?.length === 13 && codes.every((code) => code < 256)) {
    for (const [i, code] of codes.entries()) model.numbers.set(`template${i}`, LEGACY[code]!);
    model.numbers.set("template13", adc((flag ?? 0) & 15));
    model.numbers.set("templateFlag", 0);
  } else if (codes !== undefined) {
    for (const [i, code] of codes.slice(0, PINS).entries()) model.numbers.set(`template${i}`, code & 0xffff);
    if (flag !== undefined) model.numbers.set("templateFlag", flag & 0xffff);
  }
  // ValidTemplateModule: 1 to 74 in the plain build; everything else is Generic.
  if (base !== undefined) model.numbers.set("base", base >= 1 && base <= 74 ? base : 18);
  model.restart = true;
}

/** The parts stand behind the JSON in the call's own notes: the rule made both from one draw. */
const drawn = new Map<string, Parts>();

function json(parts: Parts, random: Random): string {
  const key = (name: string): string => `"${random.chance(20) ? name.toLowerCase() : name}"`;
  const fields = [
    ...(parts.name === undefined ? [] : [`${key("NAME")}:"${parts.name}"`]),
    ...(parts.gpio === undefined ? [] : [`${key("GPIO")}:[${parts.gpio.join(",")}]`]),
    ...(parts.flag === undefined ? [] : [`${key("FLAG")}:${parts.flag}`]),
    ...(parts.base === undefined ? [] : [`${key("BASE")}:${parts.base}`]),
  ];
  const text = `{${fields.join(random.chance(15) ? " , " : ",")}${random.chance(15) ? "," : ""}}`;
  drawn.set(text, parts);
  return text;
}

function templateRule(why: string, draw: (random: Random) => Parts): Rule {
  return {
    command: "Template",
    source: `${SOURCE}: ${why}`,
    sample: (random) => ` ${json(draw(random), random)}`,
    expect: (call, model) => {
      if (Buffer.byteLength(call.data) < 9) return keyed("Template", "Invalid JSON");
      setParts(drawn.get(call.data) ?? {}, model);
      return shown(model);
    },
  };
}

function codes(random: Random, count: number): readonly number[] {
  return Array.from({ length: count }, () =>
    random.pick([0, 1, 32, 224, 288, 320, 544, 576, 2624, 2656, 2720, 4704, 65504]),
  );
}

function invalid(why: string, texts: readonly string[]): Rule {
  return {
    command: "Template",
    source: `lib jsmn-shadinger jsmn_parse (strict), ${SOURCE}: ${why}`,
    sample: (random) => ` ${random.pick(texts)}`,
    expect: () => keyed("Template", "Invalid JSON"),
  };
}

export const TEMPLATE_RULES: readonly Rule[] = [
  templateRule("the name", (random) => ({ name: random.pick(NAMES) })),
  templateRule("the base; 75 and what is no module become 18", (random) => ({
    base: random.pick([0, 1, 18, 45, 74, 75, 76, 200, 255, 4294967295]),
  })),
  templateRule("fourteen codes", (random) => ({ gpio: codes(random, 14) })),
  templateRule("fewer codes leave the rest, more are dropped", (random) => ({
    gpio: codes(random, random.pick([1, 2, 5, 12, 15, 20])),
  })),
  templateRule("thirteen codes above 255 are no old template", (random) => ({ gpio: [...codes(random, 12), 320] })),
  templateRule("thirteen codes up to 255 are converted, FLAG is the analog input", (random) => ({
    gpio: Array.from({ length: 13 }, () => random.pick(LEGACY_CODES)),
    flag: random.int(0, 20),
  })),
  templateRule("codes wrap at 65536", (random) => ({
    gpio: [random.pick([65536, 99999, 65537, 131072]), ...codes(random, 13)],
  })),
  templateRule("FLAG counts only beside GPIO", (random) => ({ flag: random.int(0, 70_000), name: "flag" })),
  templateRule("FLAG beside GPIO is kept", (random) => ({ gpio: codes(random, 14), flag: random.int(0, 70_000) })),
  templateRule("codes as texts", (random) => ({ gpio: ['"0x20"', '"224"', random.int(0, 300)] })),
  invalid("junk behind the object", ['{"NAME":"abc"} x', '{"BASE":18}}', '{"NAME":"abc"}]', '{"BASE":18},5']),
  invalid("junk before the object", ['x {"NAME":"abc"}', '] {"BASE":18}', 'abc{"BASE":18}']),
  invalid("an object that does not end", ['{"NAME":"abc"', '{"GPIO":[1,2,3}', '{"NAME":"abc}']),
  invalid("too short", ["{}", '{"a":1}', "{ }", '{"B":1 }'.slice(0, 8)]),
  invalid("values without quotes", ["{NAME:abc,BASE:1}", '{"NAME":abcdef}', '{"BASE":x18}']),
  {
    command: "Template",
    source: "support_command.ino CmndTemplate: text that is neither JSON nor a number",
    sample: (random) => plain(random.pick(["", "abc", "?", "-1", "300", "76", "75"])),
    expect: (_call, model) => shown(model),
  },
  {
    command: "Module",
    source: "support_command.ino CmndModule: read",
    sample: (random) => plain(random.pick(["", "?", "abc", "-1", "75", "76", "300"])),
    expect: (_call, model) => `{"Module":{"0":"${model.text("TemplateName", "Gosund EP2")}"}}`,
  },
  {
    command: "Module",
    source: "support_command.ino CmndModule: Module2, the fallback",
    sample: (random) => `2${plain(random.pick(["", "0", "1", "18", "74", "75", "80"]))}`,
    expect: (call, model) => {
      if (call.payload >= 0 && call.payload <= 74 && call.data !== "") model.numbers.set("fallback", call.payload);
      const names: Readonly<Record<number, string>> = { 1: "Sonoff Basic", 18: "Generic", 74: "Sonoff D1" };
      const number = model.number("fallback", 1);
      return `{"Module2":{"${number}":"${number === 0 ? model.text("TemplateName", "Gosund EP2") : names[number]}"}}`;
    },
  },
];
