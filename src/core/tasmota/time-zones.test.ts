import { expect, test } from "vitest";
import { timeZoneSettings } from "./time-zones.ts";

const said = (zone: string): string =>
  timeZoneSettings(zone)
    .map(({ name, value }) => `${name} ${value}`)
    .join("; ");

const BERLIN = "TimeStd 0,0,10,1,3,60; TimeDst 0,0,3,1,2,120; Timezone 99";
const KYIV = "TimeStd 0,0,10,1,4,120; TimeDst 0,0,3,1,3,180; Timezone 99";

// Rules: IANA tzdata, files europe, northamerica, australasia, asia, antarctica.
test.each([
  ["Europe/Berlin", BERLIN],
  ["europe/berlin", BERLIN],
  ["Europe/London", "TimeStd 0,0,10,1,2,0; TimeDst 0,0,3,1,1,60; Timezone 99"],
  ["GB", "TimeStd 0,0,10,1,2,0; TimeDst 0,0,3,1,1,60; Timezone 99"],
  ["Europe/Kyiv", KYIV],
  ["Europe/Kiev", KYIV],
  ["America/New_York", "TimeStd 0,1,11,1,2,-300; TimeDst 0,2,3,1,2,-240; Timezone 99"],
  ["US/Eastern", "TimeStd 0,1,11,1,2,-300; TimeDst 0,2,3,1,2,-240; Timezone 99"],
  ["Australia/Sydney", "TimeStd 1,1,4,1,3,600; TimeDst 1,1,10,1,2,660; Timezone 99"],
  ["Australia/Adelaide", "TimeStd 1,1,4,1,3,570; TimeDst 1,1,10,1,2,630; Timezone 99"],
  ["Australia/Lord_Howe", "TimeStd 1,1,4,1,2,630; TimeDst 1,1,10,1,2,660; Timezone 99"],
  ["Antarctica/Troll", "TimeStd 0,0,10,1,3,0; TimeDst 0,0,3,1,1,120; Timezone 99"],
  ["Asia/Kolkata", "Timezone +05:30"],
  ["Asia/Calcutta", "Timezone +05:30"],
  ["Asia/Kathmandu", "Timezone +05:45"],
  ["Pacific/Marquesas", "Timezone -09:30"],
  ["Pacific/Kiritimati", "Timezone 14"],
  ["Asia/Tokyo", "Timezone 9"],
  ["Etc/GMT+5", "Timezone -5"],
  ["UTC", "Timezone 0"],
  ["z", "Timezone 0"],
  ["+01:00", "Timezone 1"],
  ["-5", "Timezone -5"],
  ["-03:30", "Timezone -03:30"],
])("%s is %s", (zone, settings) => {
  expect(said(zone)).toBe(settings);
});

test.each([
  ["America/Santiago", /cannot express.*same weekday of a month/],
  ["Asia/Jerusalem", /cannot express.*same weekday of a month/],
  ["Pacific/Chatham", /03:45, not at a whole hour/],
  ["Mars/Olympus", /not the name of a time zone/],
  ["berlin", /Did you mean Europe\/Berlin\?/],
  ["new york", /Did you mean America\/New_York\?/],
  ["IST", /not the name of a time zone/],
  ["", /not the name of a time zone/],
  ["-00:30", /no time zone/],
  ["-14", /no time zone/],
  ["+15", /no time zone/],
  ["+01:60", /not the name of a time zone/],
])("%s is refused with the reason", (zone, reason) => {
  expect(() => timeZoneSettings(zone)).toThrowError(
    expect.objectContaining({ code: "bad-argument", message: expect.stringMatching(reason) }),
  );
});
