/** Clock, time zone and time servers. Source: Tasmota support_command.ino (CmndTime …), support_rtc.ino, support.ino (ResponseGetTime). */
import type { CommandCall, CommandHandler, CommandTable, FirmwareTime, SettingsView } from "../contract.ts";
import { packRule, unpackRule } from "../device/firmware-time.ts";
import type { Machine } from "../machine.ts";
import { answerAll, answerIndexedText } from "./answers.ts";
import { answerNumber, answerText, pad } from "./json.ts";
import { withBits } from "./option-commands.ts";
import { atoi, textArgument, within } from "./payload.ts";

const ZONE_BY_RULES = 99;
const NTP_SERVERS: readonly string[] = ["2.pool.ntp.org", "2.europe.pool.ntp.org", "2.nl.pool.ntp.org"];
/** How times are written: two bits of flag2. 1: with the epoch. */
const TIME_FORMAT_BIT = 4;
const TIME_FORMATS = 4;
const WITH_EPOCH = 1;
/** 2016-01-01; earlier ones ask for a time server instead. */
const FIRST_VALID_TIME = 1_451_602_800;
const APPEND_ZONE = 52;
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

export function timeCommands(machine: Machine): CommandTable {
  const { settings, time } = machine;

  /** 1 to 4 choose how every answer writes the time; a time of day from 2016 on sets the clock. */
  function timeCommand(call: CommandCall): void {
    let form = timeFormat(settings);
    if (within(call.payload, 1, TIME_FORMATS)) {
      form = call.payload - 1;
      settings.set("flag2", withBits(settings.get("flag2"), TIME_FORMAT_BIT, 2, form));
    } else if (call.data !== "") {
      form = WITH_EPOCH;
      if (call.payload >>> 0 >= FIRST_VALID_TIME) time.setUtc(call.payload >>> 0);
    }
    call.respond(`{${timeField(machine, form)}}`);
  }

  function timezone(call: CommandCall): void {
    if (call.data !== "" && call.payload >= -13) {
      const ruled = call.payload >= 15;
      const minutes = call.data.split(":").filter((part) => part !== "")[1];
      settings.set("timezone", ruled ? ZONE_BY_RULES : call.payload);
      settings.set("timezone_minutes", ruled || minutes === undefined ? 0 : zoneMinutes(atoi(minutes)));
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

  return {
    Time: timeCommand,
    Timezone: timezone,
    TimeStd: rule(0),
    TimeDst: rule(1),
    NtpServer: ntpServer,
  };
}

/** The two bits of flag2 that Time 1 … 4 set. */
export function timeFormat(settings: SettingsView): number {
  return (settings.get("flag2") >>> TIME_FORMAT_BIT) & 3;
}

/** "Time":"2026-01-01T12:00:00" in the form chosen, as every message with a time begins. */
export function timeField({ settings, time }: TimeSource, form: number = timeFormat(settings)): string {
  const seconds = time.zoneSeconds();
  const zone = settings.option(APPEND_ZONE)
    ? zoneText(Math.trunc(seconds / 3600), Math.abs(Math.trunc(seconds / 60) % 60))
    : "";
  if (form === 2) return `"Time":${time.utc}`;
  const millis = form === 3 ? `.${pad(Math.floor(time.millis % 1000), 3)}` : "";
  return `"Time":"${time.local()}${millis}${zone}"${form === WITH_EPOCH ? `,"Epoch":${time.utc}` : ""}`;
}

interface TimeSource {
  readonly settings: SettingsView;
  readonly time: FirmwareTime;
}

/** An unsigned byte, held to 59: minus something is 59 too. */
function zoneMinutes(minutes: number): number {
  return Math.min(59, minutes & 0xff);
}

/** "+01:00". */
export function zoneText(hours: number, minutes: number): string {
  return `${hours < 0 ? "-" : "+"}${pad(Math.abs(hours))}:${pad(minutes)}`;
}

/** "0,1,10,1,3,60"; an empty place, or one without a number, keeps what was; a text in a place ends the list. */
function setRule(machine: Machine, which: 0 | 1, data: string): void {
  const { settings } = machine;
  const places = data.split(",");
  const end = places.findIndex((part) => part.trim() !== "" && leadingDecimal(part) === undefined);
  const given = (end < 0 ? places : places.slice(0, end)).map(leadingDecimal);
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

function leadingDecimal(text: string): number | undefined {
  const digits = /^\s*([+-]?\d+)/.exec(text)?.[1];
  return digits === undefined ? undefined : atoi(digits);
}
