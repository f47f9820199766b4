/**
 * Sunrise and sunset, to the minute.
 * Source: the sunrise equation as in Meeus, Astronomical Algorithms; the horizon as in Tasmota xdrv_09_timers.ino.
 */
import { pad } from "../command/json.ts";

const RAD = Math.PI / 180;
/** The sun's upper rim at the horizon, with refraction, degrees. */
const HORIZON = -50 / 60;
const DAY = 86_400;
/** Days from 1970-01-01T00:00 to 2000-01-01T12:00. */
const J2000 = 10_957.5;

/** @param zone seconds to add to UTC. */
export function sunTimes(
  utc: number,
  latitude: number,
  longitude: number,
  zone: number,
): { readonly rise: string; readonly set: string } {
  const noon = Math.floor((utc + zone) / DAY) + 0.5 - J2000 - longitude / 360;
  const anomaly = 357.5291 + 0.98560028 * noon;
  const centre = 1.9148 * Math.sin(anomaly * RAD) + 0.02 * Math.sin(2 * anomaly * RAD);
  const ecliptic = anomaly + centre + 180 + 102.9372;
  const transit = noon + 0.0053 * Math.sin(anomaly * RAD) - 0.0069 * Math.sin(2 * ecliptic * RAD);
  const declination = Math.asin(Math.sin(ecliptic * RAD) * Math.sin(23.4397 * RAD));
  const cosine =
    (Math.sin(HORIZON * RAD) - Math.sin(latitude * RAD) * Math.sin(declination)) /
    (Math.cos(latitude * RAD) * Math.cos(declination));
  const half = Math.acos(Math.max(-1, Math.min(1, cosine))) / RAD / 360;
  return { rise: clock(transit - half, zone), set: clock(transit + half, zone) };
}

function clock(days: number, zone: number): string {
  const minutes = Math.round(((days + J2000) * DAY + zone) / 60);
  const ofDay = ((minutes % 1440) + 1440) % 1440;
  return `${pad(Math.floor(ofDay / 60))}:${pad(ofDay % 60)}`;
}
