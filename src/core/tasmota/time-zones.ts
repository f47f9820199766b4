/**
 * Time zones as Tasmota takes them: a fixed offset, or 99 with a rule for each half of the year. The zones and their
 * rules are IANA's, as the platform's `Intl` has them.
 * Source: Tasmota tasmota_support/support_command.ino (CmndTimezone: hours from -13, minutes without a sign of their
 * own; CmndTimeStdDst: hemisphere, week 0 = last, month, day 1 = Sunday, whole hour, offset in minutes up to ±900).
 */
import { PlugsmithError } from "../errors.ts";
import { say, type Text } from "../text/text.ts";
import type { DesiredSetting } from "./desired.ts";
import { type SummerTime, summerTimeOf } from "./summer-time.ts";
import { zoneClock } from "./zone-clock.ts";

const REASON = "the time zone that was asked for";

/** Timezone's lowest and highest hour that is not taken for 99. */
const LOWEST_HOUR = -13;
const HIGHEST_HOUR = 14;

/**
 * Settings for "Europe/Berlin" and the like, "+01:00", "-5", "UTC".
 * Errors: bad-argument for a name that IANA does not have, and for a zone that Tasmota's rules cannot express.
 */
export function timeZoneSettings(zone: string): readonly DesiredSetting[] {
  if (/^z$/i.test(zone)) return fixedOffset(0);
  const fixed = /^([+-]?)(\d{1,2})(?::([0-5]\d))?$/.exec(zone);
  if (fixed !== null) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3] ?? 0);
    const offset = fixed[1] === "-" ? -minutes : minutes;
    return hasFixedOffset(offset) ? fixedOffset(offset) : refuse(say`Tasmota has no time zone "${zone}".`);
  }
  const clock = zoneClock(zone);
  if (clock === undefined) return refuseUnknown(zone);
  const found = summerTimeOf(clock);
  switch (found.kind) {
    case "none":
      if (hasFixedOffset(found.offset)) return fixedOffset(found.offset);
      return refuse(say`Tasmota cannot be set to the offset of "${zone}".`);
    case "rule":
      return ruled(found);
    case "other":
      return refuse(say`Tasmota's rules for summer time cannot express "${zone}": ${found.reason}.`);
  }
}

/** Minutes lose their sign where the hour is 0. */
function hasFixedOffset(minutes: number): boolean {
  const hours = Math.trunc(minutes / 60);
  return Number.isInteger(minutes) && hours >= LOWEST_HOUR && hours <= HIGHEST_HOUR && (hours !== 0 || minutes >= 0);
}

function fixedOffset(minutes: number): readonly DesiredSetting[] {
  const hours = Math.trunc(minutes / 60);
  const rest = Math.abs(minutes % 60);
  const pad = (value: number): string => String(value).padStart(2, "0");
  const value = rest === 0 ? hours : `${minutes < 0 ? "-" : "+"}${pad(Math.abs(hours))}:${pad(rest)}`;
  return [{ name: "Timezone", value, reason: REASON }];
}

function ruled({ southern, standard, summer }: SummerTime): readonly DesiredSetting[] {
  const text = ({ week, month, day, hour, offset }: SummerTime["standard"]): string =>
    [southern ? 1 : 0, week, month, day, hour, offset].join(",");
  return [
    { name: "TimeStd", value: text(standard), reason: REASON },
    { name: "TimeDst", value: text(summer), reason: REASON },
    { name: "Timezone", value: 99, reason: REASON },
  ];
}

function refuseUnknown(zone: string): never {
  const city = `/${zone.trim().replace(/\s+/g, "_").toLowerCase()}`;
  const meant = Intl.supportedValuesOf("timeZone").find((name) => `/${name.toLowerCase()}`.endsWith(city));
  return refuse(
    meant === undefined
      ? say`"${zone}" is not the name of a time zone.`
      : say`"${zone}" is not the name of a time zone. Did you mean ${meant}?`,
    say`Give a name from IANA's list such as "Europe/Berlin", or a fixed offset such as "+01:00".`,
  );
}

function refuse(
  message: Text,
  nextStep = say`Give a fixed offset such as "+01:00", or set TimeStd, TimeDst and Timezone 99 by \`cmnd\`.`,
): never {
  throw new PlugsmithError("bad-argument", { message, nextStep });
}
