/** Timers, the clock's zone and its rules for daylight saving time. */
import { signed } from "./call.ts";
import { keyed, type Model } from "./model.ts";
import type { Random } from "./random.ts";
import { plain, type Rule } from "./rule.ts";

const TIMERS = "xdrv_09_timers.ino CmndTimer";
const COUNT = 16;

interface Timer {
  enable: number;
  mode: number;
  time: number;
  window: number;
  days: number;
  repeat: number;
  action: number;
}

const EMPTY: Timer = { enable: 0, mode: 0, time: 0, window: 0, days: 0, repeat: 0, action: 0 };
const FIELDS = Object.keys(EMPTY) as (keyof Timer)[];

function timerOf(model: Model, index: number): Timer {
  return Object.fromEntries(
    FIELDS.map((field) => [field, model.number(`timer${index}${field}`, 0)]),
  ) as unknown as Timer;
}

function keep(model: Model, index: number, timer: Timer): void {
  for (const field of FIELDS) model.numbers.set(`timer${index}${field}`, timer[field]);
}

function shown(timer: Timer): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const early = (timer.mode === 1 || timer.mode === 2) && timer.time >= 720;
  const minutes = early ? timer.time - 720 : timer.time;
  const days = Array.from({ length: 7 }, (_, i) => (timer.days >> i) & 1).join("");
  return (
    `{"Enable":${timer.enable},"Mode":${timer.mode},"Time":"${early ? "-" : ""}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}",` +
    `"Window":${timer.window},"Days":"${days}","Repeat":${timer.repeat},"Output":1,"Action":${timer.action}}`
  );
}

function answer(model: Model, index: number): string {
  return `{"Timer${index}":${shown(timerOf(model, index))}}`;
}

/** One field of the JSON: its name, a value drawn, and what becomes of the timer. */
interface Field {
  readonly name: string;
  readonly why: string;
  draw(random: Random): string;
  apply(timer: Timer, value: string): void;
}

const number = (value: string): number => signed(value.replace(/"/g, "")) ?? 0;

const JSON_FIELDS: readonly Field[] = [
  {
    name: "Enable",
    why: "anything but 0 arms",
    draw: (random) => random.pick(["0", "1", "2", "-1", "true", '"1"']),
    apply: (timer, value) => {
      timer.enable = value === "true" || number(value) !== 0 ? 1 : 0;
    },
  },
  {
    name: "Mode",
    why: "two bits",
    draw: (random) => String(random.int(0, 6)),
    apply: (timer, value) => {
      timer.mode = number(value) & 3;
    },
  },
  {
    name: "Window",
    why: "four bits",
    draw: (random) => String(random.int(0, 20)),
    apply: (timer, value) => {
      timer.window = number(value) & 15;
    },
  },
  {
    name: "Repeat",
    why: "anything but 0 repeats",
    draw: (random) => String(random.int(0, 3)),
    apply: (timer, value) => {
      timer.repeat = number(value) === 0 ? 0 : 1;
    },
  },
  {
    name: "Action",
    why: "two bits",
    draw: (random) => String(random.int(0, 5)),
    apply: (timer, value) => {
      timer.action = number(value) & 3;
    },
  },
  {
    name: "Time",
    why: "hours up to 23, minutes up to 59; minus counts back from noon",
    draw: (random) =>
      random.pick(['"22:30"', '"7:5"', '"24:00"', '"23:75"', '"-1:30"', '"-11:59"', '"abc"', '"12"', '"0:00"']),
    apply: (timer, value) => {
      const text = value.replace(/"/g, "");
      const [hours = "", minutes = "0"] = text.split(":");
      const early = hours.includes("-");
      const hour = Math.min(23, (signed(hours.replace("-", ""), false) ?? 0) + (early ? 12 : 0));
      timer.time = hour * 60 + Math.min(59, signed(minutes, false) ?? 0);
    },
  },
  {
    name: "Days",
    why: "0 and - are off, Sunday first",
    draw: (random) => random.pick(['"1111111"', '"0110110"', '"SMTWTFS"', '"--TW--S"', '"1"', '""', '"11111111"']),
    apply: (timer, value) => {
      timer.days = Array.from(value.replace(/"/g, "").slice(0, 7)).reduce(
        (sum, day, i) => (day === "0" || day === "-" ? sum : sum | (1 << i)),
        0,
      );
    },
  },
];

const drawn = new Map<string, readonly (readonly [Field, string])[]>();

function jsonRule(fields: readonly Field[], why: string): Rule {
  return {
    command: "Timer",
    source: `${TIMERS}: ${why}`,
    sample: (random) => {
      const values = fields.map((field) => [field, field.draw(random)] as const);
      const text = `{${values.map(([field, value]) => `"${random.chance(30) ? field.name.toUpperCase() : field.name}":${value}`).join(",")}}`;
      drawn.set(text, values);
      return `${random.int(1, COUNT)} ${text}`;
    },
    expect: (call, model) => {
      const timer = { ...timerOf(model, call.index) };
      for (const [field, value] of drawn.get(call.data) ?? []) field.apply(timer, value);
      keep(model, call.index, timer);
      return answer(model, call.index);
    },
  };
}

/** Fields of TimeStd and TimeDst in order, with their bounds. */
const DAYLIGHT: readonly (readonly [name: string, low: number, high: number])[] = [
  ["Hemisphere", 0, 1],
  ["Week", 0, 4],
  ["Month", 1, 12],
  ["Day", 1, 7],
  ["Hour", 0, 23],
  ["Offset", -900, 900],
];

function daylight(command: "TimeStd" | "TimeDst", standard: readonly number[]): Rule {
  return {
    command,
    source: `support_command.ino CmndTimeStdDst (${command})`,
    sample: (random) =>
      plain(
        random.pick([
          "",
          "?",
          "0",
          "5",
          "0,1,10,1,3,60",
          ",,,,,120",
          "1,,5",
          "0,9,13,8,24,-1000",
          ",-1,0,0,-1,901",
          `0,${random.int(0, 4)},${random.int(1, 12)},${random.int(1, 7)},${random.int(0, 23)},${random.int(-900, 900)}`,
        ]),
      ),
    expect: (call, model) => {
      const at = (i: number): string => `${command}${i}`;
      if (call.data.includes(",")) {
        for (const [i, part] of call.data.split(",").entries()) {
          const [, low, high] = DAYLIGHT[i]!;
          if (part === "") continue;
          const value = signed(part, false)!;
          model.numbers.set(at(i), i === 0 ? value & 1 : Math.min(high, Math.max(low, value)));
        }
      } else if (call.data !== "" && call.payload === 0) {
        for (const [i, value] of standard.entries()) model.numbers.set(at(i), value);
      }
      const fields = DAYLIGHT.map(([name], i) => `"${name}":${model.number(at(i), standard[i]!)}`);
      return `{"${command}":{${fields.join(",")}}}`;
    },
  };
}

export const TIMER_RULES: readonly Rule[] = [
  ...JSON_FIELDS.map((field) => jsonRule([field], `${field.name}: ${field.why}`)),
  jsonRule(JSON_FIELDS, "all fields at once"),
  {
    command: "Timer",
    source: `${TIMERS}: read`,
    sample: (random) => `${random.int(1, COUNT)}${random.pick(["", " ?"])}`,
    expect: (call, model) => answer(model, call.index),
  },
  {
    command: "Timer",
    source: `${TIMERS}: 0 clears`,
    sample: (random) => `${random.int(1, COUNT)} ${random.pick(["0", "off", "0x0"])}`,
    expect: (call, model) => {
      keep(model, call.index, EMPTY);
      return answer(model, call.index);
    },
  },
  {
    command: "Timer",
    source: `${TIMERS}: 1 to 16 copies`,
    sample: (random) => `${random.int(1, COUNT)} ${random.int(1, COUNT)}`,
    expect: (call, model) => {
      keep(model, call.index, timerOf(model, call.payload));
      return answer(model, call.index);
    },
  },
  {
    command: "Timer",
    source: `${TIMERS}: no JSON`,
    sample: (random) => `${random.int(1, COUNT)} ${random.pick(["abc", "17", "-1", '{"Enable":1', "[1]", "all"])}`,
    expect: (call) => `{"Timer${call.index}":"Invalid JSON"}`,
  },
  {
    command: "Timer",
    source: `${TIMERS}: no such timer`,
    sample: (random) => `${random.pick([0, 17, 99])}${random.pick(["", " 1"])}`,
    expect: () => "error",
  },
  {
    command: "Timers",
    source: "xdrv_09_timers.ino CmndTimers",
    sample: (random) => plain(random.pick(["", "0", "1", "2", "on", "toggle", "3", "-1", "abc"])),
    expect: (call, model) => {
      const was = model.option(50);
      if (call.data !== "" && call.payload >= 0 && call.payload <= 2) {
        model.options.set(50, call.payload === 2 ? 1 - was : call.payload);
      }
      const all = Array.from({ length: COUNT }, (_, i) => `"Timer${i + 1}":${shown(timerOf(model, i + 1))}`);
      return `{"Timers":"${model.state(model.option(50))}",${all.join(",")}}`;
    },
  },
  {
    command: "Timezone",
    source: "support_command.ino CmndTimezone",
    sample: (random) =>
      plain(
        random.pick(["", "99", "0", "1", "-13", "13", "14", "15", "-14", "5:30", "-3:45", "2:75", "+1", "abc", "100"]),
      ),
    expect: (call, model) => {
      if (call.data !== "" && call.payload >= -13) {
        const named = call.payload >= 15;
        const minutes = call.data.split(":").filter((part) => part !== "")[1];
        model.numbers.set("zone", named ? 99 : call.payload);
        model.numbers.set(
          "zoneMinutes",
          named || minutes === undefined ? 0 : Math.min(59, signed(minutes, false) ?? 0),
        );
      }
      const zone = model.number("zone", 1);
      if (zone === 99) return keyed("Timezone", 99);
      const two = (value: number): string => String(value).padStart(2, "0");
      return keyed("Timezone", `${zone < 0 ? "-" : "+"}${two(Math.abs(zone))}:${two(model.number("zoneMinutes", 0))}`);
    },
  },
  daylight("TimeStd", [0, 0, 10, 1, 3, 60]),
  daylight("TimeDst", [0, 0, 3, 1, 2, 120]),
];
