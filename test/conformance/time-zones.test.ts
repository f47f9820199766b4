/**
 * The settings for a time zone, carried out by the firmware's rule (Tasmota tasmota_support/support_rtc.ino, RuleToTime
 * and RtcTimeZoneOffset), against the zone's own clock in `Intl`.
 */
import { expect, test } from "vitest";
import { timeZoneSettings } from "../../src/core/tasmota/time-zones.ts";
import { ruleTime, type TimeRule } from "../../src/sim/tasmota/device/firmware-time.ts";

/** Names whose zone some ICU knows by an older one (tzdata, file backward). */
const ALIASES = [
  "Europe/Kiev",
  "Europe/Kyiv",
  "Asia/Kolkata",
  "Asia/Calcutta",
  "America/Nuuk",
  "US/Pacific",
  "GB",
  "EST5EDT",
];
const NAMES = [...new Set([...Intl.supportedValuesOf("timeZone"), ...ALIASES])];
const HOUR = 3_600_000;

interface Set {
  readonly [name: string]: string | number;
}

function settingsOf(zone: string): Set | undefined {
  try {
    return Object.fromEntries(timeZoneSettings(zone).map(({ name, value }) => [name, value as string | number]));
  } catch {
    return undefined;
  }
}

function rule(text: string): TimeRule & { readonly offset: number } {
  const [hemisphere, week, month, day, hour, offset] = text.split(",").map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { hemisphere, week, month, day, hour, offset };
}

/** Minutes that the firmware adds to UTC. */
function firmwareOffset(set: Set, at: number): number {
  if (set["Timezone"] !== 99) {
    const [hours, minutes = "0"] = String(set["Timezone"]).split(":");
    return Number(hours) * 60 + (Number(hours) < 0 ? -1 : 1) * Number(minutes);
  }
  const [standard, summer] = [rule(String(set["TimeStd"])), rule(String(set["TimeDst"]))];
  const year = new Date(at).getUTCFullYear();
  const toStandard = ruleTime(standard, year) - summer.offset * 60;
  const toSummer = ruleTime(summer, year) - standard.offset * 60;
  const now = at / 1000;
  if (summer.hemisphere === 1) return now >= toStandard && now < toSummer ? standard.offset : summer.offset;
  return now >= toSummer && now < toStandard ? summer.offset : standard.offset;
}

function zoneOffset(zone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  return (at) => {
    const [month, day, year, hour, minute] = format.format(at).split(/\D+/).map(Number) as [
      number,
      number,
      number,
      number,
      number,
    ];
    return (Date.UTC(year, month - 1, day, hour, minute) - at) / 60_000;
  };
}

test("a plug shows the local time of every accepted time zone, and few are refused", () => {
  const refused: string[] = [];
  for (const zone of NAMES) {
    const set = settingsOf(zone);
    if (set === undefined) {
      refused.push(zone);
      continue;
    }
    const truth = zoneOffset(zone);
    for (const year of [2027, 2031, 2036]) {
      for (let at = Date.UTC(year, 0, 1, 12); at < Date.UTC(year + 1, 0, 1); at += 15 * 24 * HOUR) {
        expect(firmwareOffset(set, at), `${zone} ${new Date(at).toISOString()}`).toBe(truth(at));
      }
    }
    if (set["Timezone"] !== 99) continue;
    for (const which of ["TimeStd", "TimeDst"] as const) {
      const changed = rule(String(set[which]));
      const before = rule(String(set[which === "TimeStd" ? "TimeDst" : "TimeStd"])).offset;
      for (const year of [2027, 2028, 2030, 2033]) {
        const at = (ruleTime(changed, year) - before * 60) * 1000;
        for (const moment of [at - HOUR / 4, at + HOUR / 4]) {
          expect(firmwareOffset(set, moment), `${zone} ${new Date(moment).toISOString()}`).toBe(truth(moment));
        }
      }
    }
  }
  expect(refused.length).toBeLessThan(25);
  expect(refused).toEqual(expect.arrayContaining(["America/Santiago", "Pacific/Chatham"]));
  expect(NAMES.length).toBeGreaterThan(400);
});
