/** The clocks of IANA's time zones, names and aliases, from the platform's `Intl`. */

/** Minutes east of UTC at a moment, ms since 1970. */
export type ZoneClock = (at: number) => number;

/**
 * IANA's names without a slash (tzdata, files backward, etcetera and northamerica). `Intl` takes others for zones too, such as
 * "IST", which are somebody else's abbreviations and mean different zones to different people.
 */
const WITHOUT_SLASH: ReadonlySet<string> = new Set(
  (
    "cet cst6cdt cuba eet egypt eire est est5edt gb gb-eire gmt gmt+0 gmt-0 gmt0 greenwich hongkong hst iceland iran " +
    "israel jamaica japan kwajalein libya met mst mst7mdt navajo nz nz-chat poland portugal prc pst8pdt roc rok " +
    "singapore turkey uct universal utc w-su wet zulu"
  ).split(" "),
);

/** Undefined: there is no zone of that name. Capitals do not matter. */
export function zoneClock(zone: string): ZoneClock | undefined {
  if (!zone.includes("/") && !WITHOUT_SLASH.has(zone.toLowerCase())) return undefined;
  try {
    const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
    return (at) => offsetIn(format.format(at));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** "1/1/2027, GMT+05:30" (ECMA-402, longOffset); "GMT" alone is no offset. */
function offsetIn(text: string): number {
  const match = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text);
  if (match?.[1] === undefined) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]) + Number(match[4] ?? 0) / 60;
  return match[1] === "-" ? -minutes : minutes;
}
