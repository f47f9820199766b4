/** Timers, and where the sun rises for them. Stored, not run. Source: Tasmota tasmota_xdrv_driver/xdrv_09_timers.ino (CmndTimer … CmndSunrise). */
import type { CommandCall, CommandHandler, CommandTable } from "../contract.ts";
import type { Machine } from "../machine.ts";
import { stateText } from "./answers.ts";
import { answerNumber, fixed, pad } from "./json.ts";
import { type JsonObject, parseJsonObject } from "./json-tokens.ts";
import { withBits } from "./option-commands.ts";
import { atoi, decimalOf, within } from "./payload.ts";

const TIMERS = 16;
/** flag3 bit 0, which SetOption50 shows too. */
const TIMERS_OPTION = 50;
const DAYS = 7;
const MODES_OF_SUN: readonly number[] = [1, 2];
const NOON = 12;
/** What a timer without a relay does: rules alone. */
const RULE_ACTION = 3;
/** Two bits of mbflag2: what twilight counts as dawn. */
const DAWN_BIT = 28;

/** Layout of a timer's word: time 11 bits, window 4, repeat 1, days 7, output 4, action 2, mode 2, armed 1. */
const BITS = {
  time: [0, 11],
  window: [11, 4],
  repeat: [15, 1],
  days: [16, 7],
  output: [23, 4],
  action: [27, 2],
  mode: [29, 2],
  enable: [31, 1],
} as const;
type Part = keyof typeof BITS;

export function timerCommands(machine: Machine): CommandTable {
  const { settings, relays } = machine;

  function part(index: number, name: Part): number {
    const [bit, width] = BITS[name];
    return (settings.get("timer", index) >>> bit) & ((1 << width) - 1);
  }

  function setPart(index: number, name: Part, value: number): void {
    const [bit, width] = BITS[name];
    settings.set("timer", withBits(settings.get("timer", index), bit, width, value & ((1 << width) - 1)), index);
  }

  function timerJson(index: number): string {
    const minutes = part(index, "time");
    let hours = Math.floor(minutes / 60);
    // An offset to sunrise or sunset: from 12 hours on it is a negative one.
    const negative = MODES_OF_SUN.includes(part(index, "mode")) && hours >= NOON;
    if (negative) hours -= NOON;
    const days = Array.from({ length: DAYS }, (_, i) => (part(index, "days") >> i) & 1).join("");
    const output = relays.count > 0 ? `,"Output":${part(index, "output") + 1}` : "";
    return (
      `{"Enable":${part(index, "enable")},"Mode":${part(index, "mode")},` +
      `"Time":"${negative ? "-" : ""}${pad(hours)}:${pad(minutes % 60)}","Window":${part(index, "window")},` +
      `"Days":"${days}","Repeat":${part(index, "repeat")}${output},"Action":${part(index, "action")}}`
    );
  }

  /** 0 clears, 1 to 16 copies another timer, everything else is JSON. */
  function timer(call: CommandCall): void {
    if (!within(call.index, 1, TIMERS)) return;
    const index = call.index - 1;
    if (call.data !== "") {
      if (within(call.payload, 0, TIMERS)) {
        settings.set("timer", call.payload === 0 ? 0 : settings.get("timer", call.payload - 1), index);
      } else {
        const root = parseJsonObject(call.data);
        if (root === undefined) {
          call.respond(`{"Timer${call.index}":"Invalid JSON"}`);
          return;
        }
        setTimer(index, root);
      }
    }
    call.respond(`{"Timer${call.index}":${timerJson(index)}}`);
  }

  function setTimer(index: number, root: JsonObject): void {
    const numbers: readonly (readonly [string, Part, (value: number) => number])[] = [
      ["Mode", "mode", (value) => value],
      ["Window", "window", (value) => value],
      ["Repeat", "repeat", (value) => (value === 0 ? 0 : 1)],
      ["Output", "output", (value) => (((value - 1) & 0xf) < relays.count ? (value - 1) & 0xf : 0)],
      ["Action", "action", (value) => (relays.count > 0 ? value : RULE_ACTION)],
    ];
    const enable = root.get("Enable");
    if (enable !== undefined) setPart(index, "enable", enable.int() === 0 ? 0 : 1);
    for (const [key, name, convert] of numbers) {
      const value = root.get(key);
      if (value !== undefined) setPart(index, name, convert(value.unsigned()));
    }
    const time = root.get("Time");
    if (time !== undefined) setPart(index, "time", minutesOf(time.text()));
    const days = root.get("Days");
    if (days !== undefined) setPart(index, "days", dayMask(days.text()));
  }

  function timers(call: CommandCall): void {
    if (call.data !== "" && within(call.payload, 0, 2)) {
      settings.setOption(TIMERS_OPTION, call.payload === 2 ? 1 - settings.option(TIMERS_OPTION) : call.payload);
    }
    const all = Array.from({ length: TIMERS }, (_, i) => `"Timer${i + 1}":${timerJson(i)}`);
    call.respond(`{"Timers":"${stateText(machine, settings.option(TIMERS_OPTION))}",${all.join(",")}}`);
  }

  /** Millionths of a degree, single precision on the way in and out. */
  function degrees(field: "latitude" | "longitude"): CommandHandler {
    const f = Math.fround;
    return (call) => {
      if (call.data !== "") {
        const millionths = Math.trunc(f(decimalOf(call.data) * 1e6));
        settings.set(field, Math.max(-0x80000000, Math.min(0x7fffffff, millionths)));
      }
      call.respond(answerNumber(call.key, fixed(f(f(settings.get(field)) / 1e6), 6)));
    };
  }

  function sunrise(call: CommandCall): void {
    if (within(call.payload, 0, 3)) {
      settings.set("mbflag2", withBits(settings.get("mbflag2"), DAWN_BIT, 2, call.payload));
    }
    call.respond(answerNumber(call.key, (settings.get("mbflag2") >>> DAWN_BIT) & 3));
  }

  return {
    Timer: timer,
    Timers: timers,
    Latitude: degrees("latitude"),
    Longitude: degrees("longitude"),
    Sunrise: sunrise,
  };
}

/** "22:30"; "-1:30" is an offset before sunrise or sunset and stored from 12 hours on. Nine characters are read. */
function minutesOf(text: string): number {
  const [first, second] = text
    .slice(0, 9)
    .split(":")
    .filter((each) => each !== "");
  if (first === undefined) return 0;
  const negative = first.includes("-");
  // A signed byte, cut as the firmware's variable cuts it.
  const hours = ((atoi(negative ? first.slice(1) : first) + (negative ? NOON : 0)) << 24) >> 24;
  const minutes = second === undefined ? 0 : (atoi(second) << 24) >> 24;
  return (Math.min(23, hours) * 60 + Math.max(0, Math.min(59, minutes))) & 0xffff;
}

/** A day is on unless its character is 0 or a dash; Sunday comes first. */
function dayMask(text: string): number {
  return Array.from(text.slice(0, DAYS)).reduce((sum, day, i) => sum | (day === "0" || day === "-" ? 0 : 1 << i), 0);
}
