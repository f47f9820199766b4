/**
 * Time zones as Tasmota takes them: a fixed offset, or 99 with a rule for each half of the year.
 * Source: Tasmota's documentation of TimeStd and TimeDst (hemisphere, week 0 = last, month, day 1 = Sunday, hour,
 * offset in minutes); Directive 2000/84/EC (Europe changes at 01:00 UTC on the last Sundays of March and October).
 */
import { PlugsmithError } from "../errors.ts";
import type { DesiredSetting } from "./desired.ts";

/** Zones that follow the European rule, by their offset in winter, minutes. */
const EUROPEAN: Readonly<Record<number, readonly string[]>> = {
  0: ["Dublin", "Lisbon", "London"],
  60: [
    "Amsterdam",
    "Andorra",
    "Belgrade",
    "Berlin",
    "Bratislava",
    "Brussels",
    "Budapest",
    "Busingen",
    "Copenhagen",
    "Gibraltar",
    "Ljubljana",
    "Luxembourg",
    "Madrid",
    "Malta",
    "Monaco",
    "Oslo",
    "Paris",
    "Podgorica",
    "Prague",
    "Rome",
    "San_Marino",
    "Sarajevo",
    "Skopje",
    "Stockholm",
    "Tirane",
    "Vaduz",
    "Vatican",
    "Vienna",
    "Warsaw",
    "Zagreb",
    "Zurich",
  ],
  120: ["Athens", "Bucharest", "Helsinki", "Kyiv", "Riga", "Sofia", "Tallinn", "Vilnius"],
};

function european(offset: number): readonly DesiredSetting[] {
  const hour = 1 + offset / 60;
  const reason = "the time zone that was asked for";
  return [
    { name: "TimeStd", value: `0,0,10,1,${hour + 1},${offset}`, reason },
    { name: "TimeDst", value: `0,0,3,1,${hour},${offset + 60}`, reason },
    { name: "Timezone", value: 99, reason },
  ];
}

/**
 * Settings for "Europe/Berlin" and the like, "+01:00", "-5", "UTC".
 * Errors: bad-argument for a zone whose rule is not known here.
 */
export function timeZoneSettings(zone: string): readonly DesiredSetting[] {
  const reason = "the time zone that was asked for";
  const fixed = /^([+-]?)(\d{1,2})(?::(\d\d))?$/.exec(zone);
  if (/^(utc|gmt|z)$/i.test(zone)) return [{ name: "Timezone", value: 0, reason }];
  if (fixed !== null && Number(fixed[2]) <= 14 && Number(fixed[3] ?? 0) < 60) {
    const sign = fixed[1] === "-" ? "-" : "+";
    const minutes = fixed[3] ?? "00";
    const value = minutes === "00" ? Number(`${sign}${fixed[2]}`) : `${sign}${fixed[2]!.padStart(2, "0")}:${minutes}`;
    return [{ name: "Timezone", value, reason }];
  }
  const city = /^Europe\/(\w+)$/i.exec(zone)?.[1]?.toLowerCase();
  const found = Object.entries(EUROPEAN).find(([, cities]) => cities.some((each) => each.toLowerCase() === city));
  if (found !== undefined) return european(Number(found[0]));
  throw new PlugsmithError("bad-argument", {
    message: `The summer time rule of "${zone}" is not known.`,
    nextStep: 'Give a fixed offset such as "+01:00", or set TimeStd, TimeDst and Timezone 99 by `cmnd`.',
  });
}
