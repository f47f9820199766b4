/** Variables, arithmetic and rules as stored texts. */
import { float } from "./call.ts";
import { keyed, type Model, quoted } from "./model.ts";
import type { Random } from "./random.ts";
import { indexed, plain, type Rule, textArgument } from "./rule.ts";

const SOURCE = "xdrv_10_rules.ino";
const COUNT = 16;
const single = Math.fround;

const variable = (model: Model, index: number): string => model.text(`Var${index}`);

function keepVariable(model: Model, index: number, text: string): void {
  // 32 bytes and the NUL; outside the pool. Only ASCII is drawn where it could be cut.
  model.texts.set(`Var${index}`, text.slice(0, 32));
}

function decimals(model: Model, value: number): string {
  return Number.isFinite(value) ? value.toFixed(model.number("CalcRes", 3)) : "null";
}

function arithmetic(command: string, source: string, combine: (a: number, b: number) => number): Rule {
  return {
    command,
    source: `${SOURCE} ${source}`,
    sample: (random) =>
      indexed(random, COUNT, random.pick(["", "1", "2.5", "-3", "0", "10.125", "abc", "100000", ".5", "?"])),
    expect: (call, model) => {
      if (call.index < 1 || call.index > COUNT) return "error";
      if (call.data !== "") {
        const result = single(combine(float(variable(model, call.index)), float(call.data)));
        keepVariable(model, call.index, decimals(model, result));
      }
      return keyed(`${command}${call.index}`, variable(model, call.index));
    },
  };
}

/** Left to right within a priority, in single precision, worked out by hand for the expressions drawn. */
const EXPRESSIONS: readonly (readonly [text: string, value: number])[] = [
  ["1+2*3", 7],
  ["(1+2)*3", 9],
  // FastPrecisePow: 8 times the double whose high word is 1072632447.
  ["2^3", 7.768062591552734],
  ["7%4", 3],
  ["10-4-3", 3],
  ["8/4/2", 1],
  ["5/0", 0],
  [" 2 * ( 3 + 4 ) ", 14],
  ["-3+5", 2],
  ["abc", 0],
  ["4*", 4],
  ["1+2 x", 3],
  ["7.9%4", 3],
];

function keptRule(model: Model, index: number): string {
  const text = model.text(`Rule${index}`);
  const length = Buffer.byteLength(text);
  const flag = (name: string): string => model.state(model.number(`${name}${index}`, 0));
  return (
    `{"Rule${index}":{"State":"${flag("ruleOn")}","Once":"${flag("ruleOnce")}","StopOnError":"${flag("ruleStop")}",` +
    `"Length":${length},"Free":${511 - length},"Rules":${quoted(text)}}}`
  );
}

function ruleSwitch(model: Model, index: number, number: number): void {
  const name = ["ruleOn", "ruleOnce", "ruleStop"][Math.floor(number / 4)];
  const action = number % 4;
  if (name === undefined || action === 3) return;
  const was = model.number(`${name}${index}`, 0);
  model.numbers.set(`${name}${index}`, action === 2 ? 1 - was : action);
}

const RULE_TEXTS: readonly string[] = [
  "on power1#state do power1 %value% endon",
  "ON Clock#Timer=1 DO Backlog Color #FF; Wakeup 100 ENDON",
  'on a="b" do c endon',
  "x",
  "39",
];

export const VARIABLE_RULES: readonly Rule[] = [
  {
    command: "Var",
    source: `${SOURCE} CmndVariable`,
    sample: (random) =>
      indexed(
        random,
        COUNT,
        random.pick(["", "abc", "1", '"', '"x', "value with blanks", "1234567890123456789012345678901234567890", "?"]),
      ),
    expect: (call, model) => {
      if (call.index < 1 || call.index > COUNT) return "error";
      if (!call.userIndex) {
        const all = Array.from({ length: COUNT }, (_, i) => `"Var${i + 1}":"${variable(model, i + 1)}"`);
        return `{${all.join(",")}}`;
      }
      if (call.data !== "") keepVariable(model, call.index, call.data.startsWith('"') ? "" : call.data);
      return keyed(`Var${call.index}`, variable(model, call.index));
    },
  },
  {
    command: "Var",
    source: `${SOURCE} evaluateExpression`,
    sample: (random) => `${random.int(1, COUNT)} =${random.pick(EXPRESSIONS)[0]}`,
    expect: (call, model) => {
      const value = EXPRESSIONS.find(([text]) => `=${text}` === call.data.padEnd(text.length + 1))?.[1] ?? 0;
      keepVariable(model, call.index, decimals(model, value));
      return keyed(`Var${call.index}`, variable(model, call.index));
    },
  },
  {
    command: "Mem",
    source: `${SOURCE} CmndMemory, evaluateExpression`,
    sample: (random) => `${random.int(1, COUNT)} =${random.pick(EXPRESSIONS)[0]}`,
    expect: (call, model) => {
      const value = EXPRESSIONS.find(([text]) => `=${text}` === call.data.padEnd(text.length + 1))?.[1] ?? 0;
      model.setText(`Mem${call.index}`, decimals(model, value));
      return keyed(`Mem${call.index}`, model.text(`Mem${call.index}`));
    },
  },
  arithmetic("Add", "CmndAddition", (a, b) => a + b),
  arithmetic("Sub", "CmndSubtract", (a, b) => a - b),
  arithmetic("Mult", "CmndMultiply", (a, b) => a * b),
  {
    command: "Scale",
    source: `${SOURCE} CmndScale, support_float.ino map_float`,
    sample: (random) =>
      indexed(
        random,
        COUNT,
        random.pick(["", "15,0,100,0,1000", "5, 0, 10, 100, 0", "1,2,3,4", "abc", "1,0,0,0,1", "2.5,0,5,0,1,9"]),
      ),
    expect: (call, model) => {
      if (call.index < 1 || call.index > COUNT) return "error";
      if (call.data !== "") {
        const given = call.data.split(",");
        if (given.length !== 5) return "error";
        const [x, a, b, c, d] = given.map((each) => float(each.trim())) as [number, number, number, number, number];
        const value = single(single(single(single(x - a) * single(d - c)) / single(b - a)) + c);
        keepVariable(model, call.index, decimals(model, value));
      }
      return keyed(`Scale${call.index}`, variable(model, call.index));
    },
  },
  {
    command: "Event",
    source: `${SOURCE} CmndEvent`,
    sample: (random) => plain(textArgument(random)),
    expect: () => keyed("Event", "Done"),
  },
  {
    command: "RuleTimer",
    source: `${SOURCE} CmndRuleTimer: read while none runs`,
    sample: (random) => random.pick(["", "1", "8", "0", "3 0", "0 0", "5 -1", "2 abc"]),
    expect: () => `{${Array.from({ length: 8 }, (_, i) => `"T${i + 1}":0`).join(",")}}`,
  },
  {
    command: "RuleTimer",
    source: `${SOURCE} CmndRuleTimer: no such timer`,
    sample: (random) => `${random.pick([9, 10, 99])}${random.pick(["", " 5"])}`,
    expect: () => "error",
  },
  {
    command: "If",
    source: `${SOURCE} CmndIf`,
    sample: () => "",
    expect: () => keyed("If", "Done"),
  },
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(
    (number): Rule => ({
      command: "Rule",
      source: `${SOURCE} CmndRule: ${number}`,
      sample: (random: Random) => `${random.int(1, 3)} ${number}`,
      expect: (call, model) => {
        ruleSwitch(model, call.index, number);
        return keptRule(model, call.index);
      },
    }),
  ),
  {
    command: "Rule",
    source: `${SOURCE} SetRule: a text, a quote to clear, a plus to append after a blank`,
    sample: (random) =>
      `${random.int(1, 3)}${plain(random.pick(["", '"', `+${random.pick(RULE_TEXTS)}`, random.pick(RULE_TEXTS)]))}`,
    expect: (call, model) => {
      const old = model.text(`Rule${call.index}`);
      const { data } = call;
      const text = data.startsWith('"') ? "" : data.startsWith("+") ? `${old} ${data.slice(1)}` : data;
      // Longer ones the real build compresses; the campaign clears before.
      if (data !== "" && text.length > 400) return "skip";
      if (data !== "") model.texts.set(`Rule${call.index}`, text);
      return keptRule(model, call.index);
    },
  },
];
