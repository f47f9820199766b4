/** SetOption 0 … 177: bits and bytes, those that restart, those that another command owns. */
import type { Call } from "./call.ts";
import { keyed, type Model } from "./model.ts";
import { numberArgument, plain, type Rule } from "./rule.ts";

const SOURCE = "support_command.ino CmndSetoptionBase";
/** Owned by PowerRetain, ButtonRetain, SwitchRetain, SensorRetain, Interlock, SerialSend and KNX: shown, never set here. */
const OWNED: readonly number[] = [5, 6, 7, 9, 14, 22, 23, 25, 27];
const RESTARTS: readonly number[] = [
  ...[3, 15, 37, 68, 69, 75, 85, 88, 97, 102, 103, 104, 106, 107, 132, 151, 152, 153],
];
const RESTARTS_WHEN_OFF: readonly number[] = [55, 115];
const FIRST_BYTE = 32;
const LAST_BYTE = 49;
const LAST = 177;
/** Hold time, retries of MaxPower, pulse of a bistable relay: 1 … 250. */
const NARROW: readonly number[] = [32, 33, 45];
/**
 * Left alone by the campaign: 12 (writes the flash), 34 (pace of backlogs), 36 (boot loop), 47 (relays at power on), 52
 * (zone in every time), 59 (STATE beside each relay command), 80 (shutters), 85 (device groups), 90 and 26 (topics of POWER),
 * 130 (heap in every line): they change other commands' answers and have rules of their own there.
 */
const APART: readonly number[] = [12, 34, 36, 47, 52, 59, 80, 85, 130];

function option(call: Call, model: Model): string {
  const number = call.index;
  if (number > LAST) return "error";
  const byte = number >= FIRST_BYTE && number <= LAST_BYTE;
  if (call.payload >= 0) {
    const [low, high] = byte ? (NARROW.includes(number) ? [1, 250] : [0, 255]) : [0, 1];
    if (call.payload < low! || call.payload > high! || (!byte && OWNED.includes(number))) return "error";
    model.options.set(number, call.payload);
    const off = RESTARTS_WHEN_OFF.includes(number) && call.payload === 0;
    if (RESTARTS.includes(number) || off) model.restart = true;
  }
  return keyed(`SetOption${number}`, byte ? model.option(number) : model.state(model.option(number)));
}

function setOption(command: "SetOption" | "SO", numbers: readonly number[], why: string): Rule {
  return {
    command,
    source: `${SOURCE}: ${why}`,
    sample: (random) => {
      const number = random.pick(numbers);
      const byte = number >= FIRST_BYTE && number <= LAST_BYTE;
      const argument = number === 36 ? "" : byte ? numberArgument(random, 0, 255) : numberArgument(random, 0, 1);
      return `${number}${plain(argument)}`;
    },
    expect: option,
  };
}

const all = Array.from({ length: LAST + 1 }, (_, i) => i).filter((number) => !APART.includes(number));
const range = (first: number, last: number): readonly number[] =>
  all.filter((number) => number >= first && number <= last);

function synonym(command: string, number: number, source: string): Rule {
  return {
    command,
    source,
    sample: (random) => plain(numberArgument(random, 0, 1)),
    expect: (call, model) => {
      const answer = option({ ...call, index: number }, model);
      return answer === "error" ? answer : keyed(command, model.state(model.option(number)));
    },
  };
}

function retain(command: string, number: number): Rule {
  return {
    command,
    source: `xdrv_02_9_mqtt.ino Cmnd${command}`,
    // Setting 0 publishes empty retained messages; that belongs to the broker's tests.
    sample: (random) => plain(random.pick(["", "1", "on", "2", "-1", "abc", "0x1"])),
    expect: (call, model) => {
      if (call.payload === 1) model.options.set(number, 1);
      return keyed(command, model.state(model.option(number)));
    },
  };
}

export const OPTION_RULES: readonly Rule[] = [
  setOption("SetOption", range(0, 31), "flag"),
  setOption("SetOption", range(32, 49), "param, a byte each"),
  setOption("SetOption", range(50, 81), "flag3"),
  setOption("SetOption", range(82, 113), "flag4"),
  setOption("SetOption", range(114, 145), "flag5"),
  setOption("SetOption", range(146, 177), "flag6"),
  setOption("SetOption", [178, 200, 255, 299], "beyond the last"),
  setOption("SO", range(0, 177), "the short form answers with the long one"),
  ...OWNED.map((number) => setOption("SetOption", [number], `${number} belongs to another command`)),
  ...NARROW.map((number) => setOption("SetOption", [number], `${number} takes 1 to 250`)),
  ...RESTARTS.filter((number) => !APART.includes(number)).map((number) =>
    setOption("SetOption", [number], `${number} restarts`),
  ),
  ...RESTARTS_WHEN_OFF.map((number) => setOption("SetOption", [number], `${number} restarts when it goes off`)),
  synonym("WifiNoSleep", 127, "support_command.ino kTasmotaSynonyms"),
  synonym("MqttJSONOnly", 90, "xdrv_02_9_mqtt.ino kMqttSynonyms"),
  synonym("MqttNoRetain", 104, "xdrv_02_9_mqtt.ino kMqttSynonyms"),
  synonym("MqttDetachRelay", 114, "xdrv_02_9_mqtt.ino kMqttSynonyms"),
  synonym("DiscoverOff", 19, "xdrv_12_discovery.ino kTasDiscoverSynonyms"),
  synonym("DiscoverButton", 73, "xdrv_12_discovery.ino kTasDiscoverSynonyms"),
  synonym("DiscoverSwitch", 114, "xdrv_12_discovery.ino kTasDiscoverSynonyms"),
  retain("ButtonRetain", 6),
  retain("SwitchRetain", 7),
  retain("SensorRetain", 9),
  retain("StatusRetain", 145),
];
