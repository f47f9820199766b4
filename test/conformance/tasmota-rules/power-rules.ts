/** The relay of an EP2, its lock, its times, its LEDs and switches. */
import { keyed, type Model } from "./model.ts";
import { indexed, numberArgument, plain, type Rule, textArgument } from "./rule.ts";

const SUPPORT = "support_command.ino";
const TASMOTA = "support_tasmota.ino";
const SHOW = 16;
const ALWAYS_ON = 4;
const LOCKED = "CMD: Power1 is LOCKED";

/** The relay is on from the start: the campaign switches it on before. */
const isOn = (model: Model): boolean => model.number("power", 1) === 1;
const name = (model: Model): string => (model.option(26) ? "POWER1" : "POWER");

/** MqttPublishPowerState: JSON under RESULT, and the state alone unless SetOption90 says no. */
function reported(model: Model): readonly string[] {
  const state = model.state(isOn(model) ? 1 : 0);
  const level = model.option(4) ? name(model) : "RESULT";
  // The state stands in JSON unescaped (S_JSON_COMMAND_SVALUE).
  const json = `${level} = {"${name(model)}":"${state}"}`;
  return model.option(90) ? [json] : [json, `${name(model)} = ${state}`];
}

/** ExecuteCommandPower for the one relay. */
function execute(model: Model, action: number): readonly string[] {
  const locked = model.number("lock", 0) === 1;
  if (locked) model.reported.push(LOCKED);
  if (!locked && action <= 2) {
    const on = model.number("PowerOnState", 3) === ALWAYS_ON || (action === 2 ? !isOn(model) : action === 1);
    model.numbers.set("power", on ? 1 : 0);
    // xdrv_07_domoticz.ino MqttPublishDomoticzPowerState; -58 dBm are 84 %.
    const index = model.number("DzIdx1", 0);
    if (index > 0 && model.option(3)) {
      model.reported.push(`in = {"idx":${index},"nvalue":${on ? 1 : 0},"svalue":"","Battery":100,"RSSI":8}`);
    }
  }
  return reported(model);
}

function led(index: number, model: Model, value: number): string {
  // The EP2 has a link LED: each LED has its own state, LED1 shows the relay while LedState says so.
  return keyed(`LedPower${index}`, model.state(value));
}

export const POWER_RULES: readonly Rule[] = [
  {
    command: "Power",
    source: `${TASMOTA} ExecuteCommandPower`,
    sample: (random) =>
      random.pick(["", "1", " 0", " 1", " 2", "1 toggle", " on", "1 off", " ON", " abc", " 7", " -1", " 0x1"]),
    expect: (call, model) => execute(model, call.payload >= 0 && call.payload <= 2 ? call.payload : SHOW),
  },
  {
    command: "Power",
    source: `${TASMOTA} SetAllPower (Power0)`,
    sample: (random) => `0${random.pick(["", " 0", " 1", " 2", " toggle", " 3", " abc"])}`,
    expect: (call, model) => {
      const locked = model.number("lock", 0) === 1;
      if (!locked && call.payload >= 0 && call.payload <= 2) {
        const on = call.payload === 2 ? !isOn(model) : call.payload === 1;
        model.numbers.set("power", on || model.number("PowerOnState", 3) === ALWAYS_ON ? 1 : 0);
      }
      return reported(model);
    },
  },
  {
    command: "Power",
    source: `${SUPPORT} CmndPower: a relay that is not there`,
    sample: (random) => `${random.int(2, 40)}${random.pick(["", " 1", " off"])}`,
    expect: () => "error",
  },
  {
    command: "PowerLock",
    source: `${SUPPORT} CmndPowerLock`,
    sample: (random) =>
      random.pick(["", "0", "1", "2", "0 0", "1 0", "1 1", "1 0", " 0", "0 1", " 2", " 3", " abc", " -1"]),
    expect: (call, model) => {
      if (call.index > 1) return "error";
      if (call.payload >= 0) model.numbers.set("lock", call.payload & 1);
      return keyed("PowerLock", String(model.number("lock", 0)));
    },
  },
  {
    command: "PowerOnState",
    source: `${SUPPORT} CmndPowerOnState`,
    sample: (random) => plain(numberArgument(random, 0, 5)),
    expect: (call, model) => {
      const value = call.payload;
      const set = value >= 0 && value <= 5;
      if (set) model.numbers.set("PowerOnState", value);
      const lines = set && value === ALWAYS_ON ? execute(model, 1) : [];
      return [...lines, ...model.answer(call, keyed("PowerOnState", model.number("PowerOnState", 3)))];
    },
  },
  {
    command: "PulseTime",
    source: `${SUPPORT} CmndPulsetime, GetPulseTimer`,
    // From the second on: the first would switch the relay while the campaign goes on. Set, not read: what is left shrinks.
    sample: (random) => `${random.int(2, 32)} ${random.int(0, 65_535)}`,
    expect: (call) => {
      const set = `PulseTime${call.index}`;
      const value = call.payload;
      return `{"${set}":{"Set":${value},"Remaining":${value}}}`;
    },
  },
  {
    command: "PulseTime",
    source: `${SUPPORT} CmndPulsetime: numbers beyond the 32 timers`,
    sample: (random) => `${random.pick([0, 33, 40, 99])}${random.pick(["", " 5"])}`,
    expect: () => "error",
  },
  {
    command: "Interlock",
    source: `${SUPPORT} CmndInterlock: one relay has nothing to lock`,
    sample: (random) => plain(random.pick(["", "0", "1", "1,2", "abc", "on"])),
    expect: (_call, model) => keyed("Interlock", model.state(0)),
  },
  {
    command: "LedPower",
    source: `${SUPPORT} CmndLedPower with a link LED`,
    sample: (random) =>
      `${random.int(2, 4)}${plain(random.pick(["", "0", "1", "2", "on", "off", "toggle", "3", "-1"]))}`,
    expect: (call, model) => {
      const key = `led${call.index}`;
      if (call.payload >= 0 && call.payload <= 2) {
        const was = model.number(key, 0);
        const state = model.number("LedState", 1) & 8;
        model.numbers.set("LedState", call.payload === 2 ? state ^ 8 : call.payload === 1 ? 8 : 0);
        model.numbers.set(key, call.payload === 2 ? 1 - was : call.payload);
      }
      return led(call.index, model, model.number(key, 0));
    },
  },
  {
    command: "LedPower",
    source: `${SUPPORT} CmndLedPower: a LED beyond the fourth`,
    sample: (random) => `${random.pick([0, 5, 9])}${random.pick(["", " 1"])}`,
    expect: () => "error",
  },
  {
    command: "LedPwmMode",
    source: `${SUPPORT} CmndLedPwmMode`,
    sample: (random) => indexed(random, 4, random.pick(["", "0", "1", "2", "on", "toggle", "3", "abc"])),
    expect: (call, model) => {
      if (call.index < 1 || call.index > 4) return "error";
      const key = `LedPwmMode${call.index}`;
      if (call.payload >= 0 && call.payload <= 2) {
        model.numbers.set(key, call.payload === 2 ? 1 - model.number(key, 0) : call.payload);
      }
      return keyed(key, model.state(model.number(key, 0)));
    },
  },
  {
    command: "SwitchMode",
    source: `${SUPPORT} CmndSwitchMode`,
    sample: (random) => indexed(random, 32, numberArgument(random, 0, 16)),
    expect: (call, model) => {
      const wanted = call.payload >= 0 && call.payload <= 16 ? call.payload : undefined;
      if (call.index > 32) return "error";
      const numbers = call.index === 0 ? Array.from({ length: 32 }, (_, i) => i + 1) : [call.index];
      if (wanted !== undefined) for (const i of numbers) model.numbers.set(`SwitchMode${i}`, wanted);
      const values = numbers.map((i) => model.number(`SwitchMode${i}`, 0));
      return call.index === 0 ? `{"SwitchMode":[${values.join(",")}]}` : keyed(`SwitchMode${call.index}`, values[0]!);
    },
  },
  {
    command: "TimedPower",
    source: `${SUPPORT} CmndTimedPower, ShowTimedCmnd: none under way`,
    sample: (random) => random.pick(["", "1", "0"]),
    expect: (call) => keyed("TimedPower", call.userIndex ? "Done" : "Empty"),
  },
  {
    command: "TimedPower",
    source: `${SUPPORT} CmndTimedPower: a relay that is not there`,
    sample: (random) => `${random.int(2, 9)} ${textArgument(random)}`,
    expect: () => "error",
  },
  {
    command: "BlinkState",
    source: `${SUPPORT} DecodeCommand: no such command`,
    sample: (random) => plain(textArgument(random)),
    expect: () => "unknown",
  },
];
