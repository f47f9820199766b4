/** What happens before and around the commands: names nobody knows, numbers behind names, pauses, words about restarts. */
import { signed } from "./call.ts";
import { keyed, type Model } from "./model.ts";
import type { Random } from "./random.ts";
import { indexed, numberArgument, plain, type Rule, textArgument } from "./rule.ts";

const HANDLER = "support_command.ino CommandHandler";
const SUPPORT = "support_command.ino";
/** 200 ms of SetOption34 in units of 0.1 s. */
const PAUSE = 2;

function word(random: Random, letters: number): string {
  return Array.from({ length: letters }, () => random.pick(Array.from("qxzjkvw"))).join("");
}

function unknown(why: string, sample: (random: Random) => string): Rule {
  return { command: "", source: `${HANDLER}: ${why}`, sample, expect: () => "unknown" };
}

/** NewerVersion, for versions that are none or are not newer than 15.2.0.2. */
const NOT_NEWER: readonly string[] = [
  "",
  "0",
  "2",
  "abc",
  "15.2.0.2",
  "15.2.0.1",
  "15.1.9",
  "14.9.9.9",
  "1.2.3a",
  "300.1",
  "15",
  "15.2",
  "9.9",
  "..",
  "a.b.c",
];

export const DISPATCHER_RULES: readonly Rule[] = [
  unknown("a name that no table has", (random) => `${word(random, random.int(3, 12))}${plain(textArgument(random))}`),
  unknown("a name with a number", (random) => `${word(random, 5)}${random.int(0, 299)}${plain(textArgument(random))}`),
  unknown(
    "a number that marks binary data",
    (random) => `${word(random, 4)}${random.int(300, 400)} ${word(random, random.int(1, 30))}`,
  ),
  unknown("a name longer than CMDSZ", (random) => `${word(random, random.int(24, 40))} 1`),
  unknown("an underscore does not hide an error", (random) => `_${word(random, 6)} x`),
  unknown(
    "an input longer than 63 bytes is cut after it is escaped",
    (random) => `${word(random, 4)} ${'"'.repeat(random.int(20, 40))}${word(random, 30)}`,
  ),
  unknown("a number alone", (random) => `${random.int(2, 50)} ${word(random, 3)}`),
  unknown("removed commands: SafePower", (random) => `SafePower${plain(numberArgument(random, 0, 100))}`),
  unknown(
    "commands of drivers without their pin: Counter",
    (random) => `Counter${plain(numberArgument(random, 0, 100))}`,
  ),
  unknown(
    "commands of drivers without their pin: Buzzer",
    (random) => `Buzzer${plain(numberArgument(random, 0, 100))}`,
  ),
  {
    command: "Delay",
    source: `${SUPPORT} CmndDelay: the lower bound is unsigned`,
    sample: (random) => plain(random.pick(["", "1", "2", "3", "10", "3600", "3601", "-2", "abc", "0", "?", "0x10"])),
    expect: (call) => {
      // A negative number ends the pause, -99 of no number included; 0 and 1 leave the pause of SetOption34.
      const asked = call.payload >= 2 && call.payload <= 3600;
      return keyed("Delay", call.payload < 0 ? 0 : asked ? call.payload : PAUSE);
    },
  },
  {
    command: "Restart",
    source: `${SUPPORT} CmndRestart: words`,
    sample: (random) => plain(random.pick(["", "0", "3", "5", "100", "abc", "off"])),
    expect: () => keyed("Restart", "1 to restart, 2 to halt"),
  },
  {
    command: "Restart",
    source: `${SUPPORT} CmndRestart: 1`,
    sample: (random) => random.pick([" 1", " on", " 0x1"]),
    expect: (_call, model) => {
      model.restart = true;
      return keyed("Restart", "Restarting");
    },
  },
  {
    command: "Reset",
    source: `${SUPPORT} CmndReset: words`,
    sample: (random) => plain(random.pick(["", "0", "7", "98", "abc", "-1"])),
    expect: () => keyed("Reset", "1 to reset"),
  },
  {
    command: "Reset",
    source: `${SUPPORT} CmndReset: 99 forgets the boots`,
    sample: () => " 99",
    expect: () => keyed("Reset", "Done"),
  },
  {
    command: "Reset",
    source: `${SUPPORT} CmndReset: 1 to 6`,
    sample: (random) => ` ${random.int(1, 6)}`,
    expect: (call, model) => {
      model.restart = true;
      return keyed("Reset", `${call.payload === 1 ? "" : "Erase, "}Reset and Restarting`);
    },
  },
  ...["Upgrade", "Upload"].map(
    (command): Rule => ({
      command,
      source: `${SUPPORT} CmndUpgrade, support.ino NewerVersion`,
      sample: (random) => plain(random.pick(NOT_NEWER)),
      expect: () => keyed(command, "1 or >15.2.0.2 to upgrade"),
    }),
  ),
  {
    command: "Status",
    source: `${SUPPORT} CmndStatus: beyond 13, no crash, no shutter`,
    sample: (random) => ` ${random.pick([12, 13, 14, 15, 99, 255])}`,
    expect: () => "error",
  },
  {
    command: "Backlog",
    source: `${SUPPORT} CmndBacklog: nothing to run, nothing to stop`,
    sample: (random) => random.pick(["", "0", "2"]),
    expect: () => keyed("Backlog", "Empty"),
  },
  {
    command: "SetSensor",
    source: "xsns_interface.ino XsnsSensorState",
    sample: (random) => `${random.int(7, 127)}${plain(random.pick(["", "-1", "abc"]))}`,
    expect: () => keyed("SetSensor", "1,2,3,4,5,6"),
  },
  ...["Sensor", "Driver", "PWM", "DevGroupStatus"].map(
    (command): Rule => ({
      command,
      source: `${SUPPORT} Cmnd${command}: nobody takes it`,
      sample: (random) => indexed(random, 9, numberArgument(random, 0, 9)),
      expect: () => "error",
    }),
  ),
  {
    command: "Ap",
    source: `${SUPPORT} CmndAp`,
    sample: (random) => plain(random.pick(["", "0", "1", "2", "toggle", "3", "-1", "abc"])),
    expect: (call, model) => {
      const active = model.number("active", 0);
      if (call.payload >= 0 && call.payload <= 2) {
        model.numbers.set("active", call.payload === 0 ? 1 - active : call.payload - 1);
        model.restart = true;
      }
      const now = model.number("active", 0);
      return `{"Ap":{"${now + 1}":${JSON.stringify(model.text(`SSId${now + 1}`))}}}`;
    },
  },
  {
    command: "IPAddress",
    source: `${SUPPORT} CmndIpAddress, support.ino ParseIPv4`,
    sample: (random) =>
      `${random.int(2, 5)}${plain(random.pick(["", "192.168.7.1", "10.0.0.1", "1.2.3", "abc", "0.0.0.0"]))}`,
    expect: (call, model) => address(call.data, call.index, model),
  },
  {
    command: "DevGroupTie",
    source: `${SUPPORT} CmndDevGroupTie`,
    sample: (random) => indexed(random, 4, numberArgument(random, 0, 255)),
    expect: (call, model) => {
      if (call.index < 1 || call.index > 4) return "error";
      if (call.data !== "") model.numbers.set(`tie${call.index}`, call.payload & 255);
      const all = [1, 2, 3, 4].map((i) => `"DevGroupTie${i}":${model.number(`tie${i}`, i)}`);
      return `{${all.join(",")}}`;
    },
  },
  {
    command: "TelePeriod",
    source: `${SUPPORT} CmndTeleperiod`,
    sample: (random) => plain(numberArgument(random, 0, 3600)),
    expect: (call, model) => {
      if (call.payload >= 0 && call.payload < 3601) {
        const asked = call.payload === 1 ? 300 : call.payload;
        model.numbers.set("TelePeriod", asked > 0 && asked < 10 ? 10 : asked);
      }
      return keyed("TelePeriod", model.number("TelePeriod", 300));
    },
  },
];

const STANDARD: Readonly<Record<number, string>> = {
  2: "192.168.1.1",
  3: "255.255.255.0",
  4: "192.168.1.1",
  5: "0.0.0.0",
};

function address(data: string, index: number, model: Model): string {
  const parts = data.split(".");
  if (parts.length === 4) {
    model.texts.set(`ip${index}`, parts.map((part) => (signed(part, false) ?? 0) & 255).join("."));
  }
  return keyed(`IPAddress${index}`, model.text(`ip${index}`, STANDARD[index]));
}
