/** Counters, tariffs and calibration of a meter that hears no pulses: numbers as typed, and what they become. */
import { unsigned } from "./call.ts";
import { keyed, type Model } from "./model.ts";
import type { Random } from "./random.ts";
import { plain, type Rule } from "./rule.ts";

const ENERGY = "xdrv_03_energy.ino";
const single = Math.fround;

/** ParseParameters: numbers between commas and blanks. */
function list(data: string): readonly number[] {
  return data
    .split(/[, ]/)
    .filter((part) => part.length > 0)
    .slice(0, 2)
    .map(unsigned);
}

function wattHours(random: Random): string {
  return random.pick([
    "",
    "0",
    "1",
    `${random.int(0, 100_000)}`,
    `${random.int(0, 999)},1700000000`,
    "12.7",
    "abc",
    "0x10",
    "5 6",
    " 7",
    ",8",
    "?",
  ]);
}

/** Each sum in single precision. */
function counters(command: string, model: Model): string {
  const places = model.number("EnergyRes", 3);
  const today = single(single(model.number("today", 0)) / 100_000);
  const total = single(single(single(model.number("total", 0)) / 1000) + today);
  const yesterday = single(single(model.number("yesterday", 0)) / 100_000);
  return `{"${command}":{"Total":${total.toFixed(places)},"Yesterday":${yesterday.toFixed(places)},"Today":${today.toFixed(places)}}}`;
}

function counter(command: string, kept: string, unit: number): Rule {
  return {
    command,
    source: `${ENERGY} Cmnd${command}`,
    sample: (random) => `${random.pick(["", "", "1", "0", "2"])}${plain(wattHours(random))}`,
    expect: (call, model) => {
      const [value] = list(call.typed);
      if (call.index === 1 && value !== undefined) model.numbers.set(kept, (value * unit) | 0);
      return counters(command, model);
    },
  };
}

function usage(command: string, names: readonly [string, string], unit: number): Rule {
  return {
    command,
    source: `${ENERGY} Cmnd${command}`,
    sample: (random) => plain(wattHours(random)),
    expect: (call, model) => {
      for (const [i, value] of list(call.typed).entries()) model.numbers.set(names[i]!, (value * unit) >>> 0);
      const places = model.number("EnergyRes", 3);
      const shown = (name: string): string => single(single(model.number(name, 0)) / 1000).toFixed(places);
      return `{"${command}":{"Usage":[${shown("usage1")},${shown("usage2")}],"Export":[${shown("return1")},${shown("return2")}]}}`;
    },
  };
}

/** Without pulses the number as typed is the new constant when it is over 99. */
function set(command: "PowerSet" | "VoltageSet" | "CurrentSet", standard: number): Rule {
  const constant = command.replace("Set", "Cal");
  return {
    command,
    source: `xnrg_01_hlw8012.ino HlwCommand (${command}), ${ENERGY} EnergyCommandSetCal`,
    sample: (random) =>
      plain(
        random.pick([
          "",
          "60",
          "99",
          "100",
          "230.5",
          "-5",
          "abc",
          "1000",
          `${random.int(50, 5000)}`,
          "12,",
          "60.5,230",
          "0x100",
        ]),
      ),
    expect: (call, model) => {
      const pair = call.data.includes(",") && command !== "VoltageSet";
      const other = command === "PowerSet" ? "CurrentCal" : "PowerCal";
      if (call.payload > 99) {
        model.numbers.set(constant, call.payload);
        if (pair) model.numbers.set(other, call.payload);
      }
      return keyed(`${command}Cal`, model.number(constant, standard));
    },
  };
}

/** "22:30", "22" hours, from 24 on minutes. */
function minutes(text: string): number {
  const [first = "", second] = text.split(":");
  const number = Number(/^\d+/.exec(first)?.[0] ?? 0);
  const past = number < 24 ? number * 60 + Math.min(59, Number(/^\d+/.exec(second ?? "")?.[0] ?? 0)) : number;
  return Math.min(1439, past);
}

const clock = (of: number): string =>
  `${String(Math.floor(of / 60)).padStart(2, "0")}:${String(of % 60).padStart(2, "0")}`;

/** flag3.energy_weekend. */
const WEEKEND = 70;

const tariff: Rule = {
  command: "Tariff",
  source: `${ENERGY} CmndTariff`,
  sample: (random) =>
    `${random.pick(["1", "2", "9", "", "3"])}${plain(random.pick(["", "0", "1", "22:00,23:00", "6:30", "7, 8", "1320,90", "2000", "23:75,0:05", "2"]))}`,
  expect: (call, model) => {
    if (call.index === 9) model.options.set(WEEKEND, call.payload & 1);
    else if (call.index === 1 || call.index === 2) {
      if (call.payload === 0) model.numbers.set("forced", 0);
      else if (call.payload === 1) model.numbers.set("forced", call.index);
      else {
        const times = call.data.split(/[, ]/).filter((part) => part.length > 0);
        for (const [i, part] of times.slice(0, 2).entries())
          model.numbers.set(`tariff${call.index}${i}`, minutes(part));
      }
    }
    const at = (name: string): string => clock(model.number(name, 0));
    return (
      `{"Tariff":{"Off-Peak":{"STD":"${at("tariff10")}","DST":"${at("tariff11")}"},` +
      `"Standard":{"STD":"${at("tariff20")}","DST":"${at("tariff21")}"},` +
      `"Weekend":"${model.state(model.option(WEEKEND))}","Forced":"${model.number("forced", 0)}"}}`
    );
  },
};

function refused(command: string, source: string): Rule {
  return {
    command,
    source,
    sample: (random) => plain(random.pick(["", "50", "1", "abc"])),
    expect: () => "error",
  };
}

export const ENERGY_RULES: readonly Rule[] = [
  counter("EnergyTotal", "total", 1),
  counter("EnergyToday", "today", 100),
  counter("EnergyYesterday", "yesterday", 100),
  usage("EnergyUsage", ["usage1", "usage2"], 1),
  usage("EnergyExport", ["return1", "return2"], 100),
  set("PowerSet", 12530),
  set("VoltageSet", 1950),
  set("CurrentSet", 3500),
  tariff,
  refused("FrequencySet", "xnrg_01_hlw8012.ino HlwCommand: not serviced"),
  refused("FrequencyCal", "xnrg_01_hlw8012.ino HlwCommand: not serviced"),
  refused("ModuleAddress", "xnrg_01_hlw8012.ino HlwCommand: not serviced"),
  {
    command: "EnergyConfig",
    source: `${ENERGY} CmndEnergyConfig: the response is cleared first`,
    sample: (random) => plain(random.pick(["", "1", "abc"])),
    expect: () => [],
  },
  {
    command: "EnergyReset",
    source: `${ENERGY} kEnergyCommands: gone since version 10`,
    sample: (random) => `${random.pick(["", "1", "3"])}${plain(random.pick(["", "0"]))}`,
    expect: () => "unknown",
  },
];
