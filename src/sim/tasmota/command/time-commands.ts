/** Clock, time zone, place and timers. Source: Tasmota support_command.ino (CmndTime …), xdrv_09_timers.ino. */
import type { CommandCall, CommandHandler, CommandTable } from "../contract.ts";
import { packRule, unpackRule } from "../device/firmware-time.ts";
import type { Machine } from "../machine.ts";
import { answerAll, answerIndexedText, stateText } from "./answers.ts";
import { answerNumber, answerText, pad } from "./json.ts";
import { decimalOf, textArgument, within } from "./payload.ts";

const ZONE_BY_RULES = 99;
const NTP_SERVERS: readonly string[] = ["2.pool.ntp.org", "2.europe.pool.ntp.org", "2.nl.pool.ntp.org"];
const TIMERS = 16;
/** SetOption of "timers enabled": flag3 bit 20. */
const TIMERS_OPTION = 70;
/** Lowest and highest of each TimeStd/TimeDst parameter after the first. */
const LIMITS: readonly (readonly [low: number, high: number])[] = [
  [0, 1],
  [0, 4],
  [1, 12],
  [1, 7],
  [0, 23],
  [-900, 900],
];
const STANDARD_RULES: readonly (readonly [word: number, offset: number])[] = [
  [0x19a0, 60],
  [0x1130, 120],
];

/** Layout of a timer's word: time 11 bits, window 4, repeat 1, days 7, output 4, action 2, mode 2, armed 1. */
function timerJson(word: number): string {
  const bits = (from: number, width: number): number => (word >>> from) & ((1 << width) - 1);
  const time = bits(0, 11);
  const days = Array.from({ length: 7 }, (_, i) => (bits(16, 7) >> i) & 1).join("");
  return (
    `{"Enable":${bits(31, 1)},"Mode":${bits(29, 2)},"Time":"${pad(Math.floor(time / 60))}:${pad(time % 60)}",` +
    `"Window":${bits(11, 4)},"Days":"${days}","Repeat":${bits(15, 1)},"Output":${bits(23, 4) + 1},"Action":${bits(27, 2)}}`
  );
}

export function timeCommands(machine: Machine): CommandTable {
  const { settings, time } = machine;

  function timeCommand(call: CommandCall): void {
    if (call.data !== "" && !within(call.payload, 1, 4) && call.payload > 0) time.setUtc(call.payload);
    const withEpoch = call.data !== "" && !within(call.payload, 1, 4);
    call.respond(`{"${call.key}":"${time.local()}"${withEpoch ? `,"Epoch":${time.utc}` : ""}}`);
  }

  function timezone(call: CommandCall): void {
    if (call.data !== "" && call.payload >= -13) {
      const ruled = call.payload >= 15;
      const minutes = Number.parseInt(call.data.split(":")[1] ?? "0", 10);
      settings.set("timezone", ruled ? ZONE_BY_RULES : call.payload);
      settings.set("timezone_minutes", ruled || Number.isNaN(minutes) ? 0 : Math.min(59, minutes));
    }
    call.respond(
      settings.get("timezone") === ZONE_BY_RULES
        ? answerNumber(call.key, ZONE_BY_RULES)
        : answerText(call.key, zoneText(settings.get("timezone"), settings.get("timezone_minutes"))),
    );
  }

  function rule(which: 0 | 1): CommandHandler {
    return (call) => {
      if (call.data.includes(",")) setRule(machine, which, call.data);
      else if (call.data !== "" && call.payload === 0) {
        const [word, offset] = STANDARD_RULES[which]!;
        settings.set("tflag", word, which);
        settings.set("toffset", offset, which);
      }
      const { hemisphere, week, month, day, hour } = unpackRule(settings.get("tflag", which));
      call.respond(
        `{"${call.key}":{"Hemisphere":${hemisphere},"Week":${week},"Month":${month},"Day":${day},"Hour":${hour},` +
          `"Offset":${settings.get("toffset", which)}}}`,
      );
    };
  }

  function degrees(field: "latitude" | "longitude"): CommandHandler {
    return (call) => {
      if (call.data !== "") settings.set(field, Math.round(decimalOf(call.data) * 1e6));
      call.respond(answerNumber(call.key, (settings.get(field) / 1e6).toFixed(6)));
    };
  }

  function ntpServer(call: CommandCall): void {
    if (!within(call.index, 1, NTP_SERVERS.length)) return;
    const field = `NtpServer${call.index}`;
    if (!call.userIndex) {
      call.respond(
        answerAll(
          machine,
          call,
          NTP_SERVERS.map((_, i) => `NtpServer${i + 1}`),
        ),
      );
      return;
    }
    if (call.data !== "") settings.setText(field, textArgument(call, NTP_SERVERS[call.index - 1]).replace(/,/g, "."));
    call.respond(answerIndexedText(call, settings.text(field)));
  }

  function timer(call: CommandCall): void {
    if (!within(call.index, 1, TIMERS)) return;
    if (call.data.startsWith("{")) setTimer(machine, call.index - 1, call.data);
    call.respond(`{"${call.key}${call.index}":${timerJson(settings.get("timer", call.index - 1))}}`);
  }

  function timers(call: CommandCall): void {
    if (within(call.payload, 0, 2)) {
      const was = settings.option(TIMERS_OPTION);
      settings.setOption(TIMERS_OPTION, call.payload === 2 ? 1 - was : call.payload);
    }
    const all = Array.from({ length: TIMERS }, (_, i) => `"Timer${i + 1}":${timerJson(settings.get("timer", i))}`);
    call.respond(`{"Timers":"${stateText(machine, settings.option(TIMERS_OPTION))}",${all.join(",")}}`);
  }

  return {
    Time: timeCommand,
    Timezone: timezone,
    TimeStd: rule(0),
    TimeDst: rule(1),
    Latitude: degrees("latitude"),
    Longitude: degrees("longitude"),
    NtpServer: ntpServer,
    Timer: timer,
    Timers: timers,
  };
}

/** "+01:00". */
export function zoneText(hours: number, minutes: number): string {
  return `${hours < 0 ? "-" : "+"}${pad(Math.abs(hours))}:${pad(minutes)}`;
}

/** "0,1,10,1,3,60"; an empty place keeps what was. */
function setRule(machine: Machine, which: 0 | 1, data: string): void {
  const { settings } = machine;
  const given = data.split(",").map((part) => (part.trim() === "" ? undefined : Number.parseInt(part, 10) || 0));
  const value = (i: number, old: number): number => {
    const [low, high] = LIMITS[i]!;
    const asked = given[i];
    return asked === undefined ? old : Math.min(high, Math.max(low, i === 0 ? asked & 1 : asked));
  };
  const old = unpackRule(settings.get("tflag", which));
  settings.set(
    "tflag",
    packRule({
      hemisphere: value(0, old.hemisphere),
      week: value(1, old.week),
      month: value(2, old.month),
      day: value(3, old.day),
      hour: value(4, old.hour),
    }),
    which,
  );
  settings.set("toffset", value(5, settings.get("toffset", which)), which);
}

function setTimer(machine: Machine, index: number, json: string): void {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return;
  }
  if (typeof parsed !== "object" || parsed === null) return;
  const given = new Map(Object.entries(parsed).map(([key, value]) => [key.toUpperCase(), value]));
  let word = machine.settings.get("timer", index);
  const put = (key: string, from: number, width: number, shift = 0): void => {
    const value = Number(given.get(key));
    if (!given.has(key) || Number.isNaN(value)) return;
    const mask = ((1 << width) - 1) * 2 ** from;
    word = ((word & ~mask) | (((value + shift) & ((1 << width) - 1)) * 2 ** from)) >>> 0;
  };
  put("ENABLE", 31, 1);
  put("ARM", 31, 1);
  put("MODE", 29, 2);
  put("WINDOW", 11, 4);
  put("REPEAT", 15, 1);
  put("OUTPUT", 23, 4, -1);
  put("ACTION", 27, 2);
  const at = /^(\d{1,2}):(\d{1,2})$/.exec(String(given.get("TIME") ?? ""));
  if (at !== null) word = ((word & ~0x7ff) | ((Number(at[1]) * 60 + Number(at[2])) & 0x7ff)) >>> 0;
  const days = String(given.get("DAYS") ?? "");
  if (days !== "") {
    const set = Array.from(days.slice(0, 7)).reduce(
      (sum, day, i) => sum | (day === "0" || day === "-" ? 0 : 1 << i),
      0,
    );
    word = ((word & ~(0x7f << 16)) | (set << 16)) >>> 0;
  }
  machine.settings.set("timer", word, index);
}
