/**
 * A zone's summer time as one rule that holds every year, if there is one: two changes, each at a whole hour of the
 * n-th or last such weekday of a month. Found in the first year, and kept only if it foretells all the others.
 */
import { say, type Text } from "../text/text.ts";
import type { ZoneClock } from "./zone-clock.ts";

/** One change of the clocks. */
export interface YearlyChange {
  /** 0: the last of the month, else 1 to 4. */
  readonly week: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1: Sunday. */
  readonly day: number;
  /** By the clock as it was before the change. */
  readonly hour: number;
  /** Minutes east of UTC after the change. */
  readonly offset: number;
}

export interface SummerTime {
  readonly kind: "rule";
  /** Summer time lies over the turn of the year. */
  readonly southern: boolean;
  readonly standard: YearlyChange;
  readonly summer: YearlyChange;
}

export type YearlyTime =
  | SummerTime
  | { readonly kind: "none"; readonly offset: number }
  | { readonly kind: "other"; readonly reason: Text };

/** Weekdays and dates come together again after 28 years: what holds so long holds until a government changes it. */
const FIRST_YEAR = 2027;
const YEARS: readonly number[] = Array.from({ length: 28 }, (_, index) => FIRST_YEAR + index);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Shorter than any summer time and than its break in Ramadan. */
const PROBE = 14 * DAY;

interface Change {
  /** The first moment of the new offset, ms since 1970. */
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

export function summerTimeOf(clock: ZoneClock): YearlyTime {
  const changes = changesIn(FIRST_YEAR, clock);
  if (changes.length === 0) {
    const offset = clock(Date.UTC(FIRST_YEAR, 0, 1));
    return YEARS.every((year) => quietExceptFor(year, clock, []))
      ? { kind: "none", offset }
      : other(say`its rule changes`);
  }
  const [first, second] = changes;
  if (changes.length !== 2 || first === undefined || second === undefined || first.before !== second.after) {
    return other(say`its clocks do not change exactly twice a year`);
  }
  const [one, two] = [first, second].map((change) => candidates(change, clock));
  if (one === undefined || two === undefined || one.length === 0 || two.length === 0) {
    const uneven = changes.find((change) => (change.at / MINUTE + change.before) % 60 !== 0);
    if (uneven !== undefined) return other(say`its clocks change at ${wallTime(uneven)}, not at a whole hour`);
    return other(say`its clocks do not change on the same weekday of a month each year`);
  }
  const [early, late] = [one[0]!, two[0]!];
  const foretold = (year: number): readonly number[] => [
    moment(early, year, first.before),
    moment(late, year, second.before),
  ];
  if (!YEARS.every((year) => quietExceptFor(year, clock, foretold(year)))) {
    return other(say`its clocks do not change twice a year by the same rule`);
  }
  const southern = early.offset < late.offset;
  return { kind: "rule", southern, standard: southern ? early : late, summer: southern ? late : early };
}

/** The descriptions of a change that hold in every year. */
function candidates(change: Change, clock: ZoneClock): YearlyChange[] {
  const wall = change.at + change.before * MINUTE;
  if (wall % HOUR !== 0) return [];
  const date = new Date(wall);
  const month = date.getUTCMonth() + 1;
  const nth = Math.ceil(date.getUTCDate() / 7);
  const isLast = new Date(wall + 7 * DAY).getUTCMonth() + 1 !== month;
  return [...(isLast ? [0] : []), ...(nth <= 4 ? [nth] : [])]
    .map((week) => ({ week, month, day: date.getUTCDay() + 1, hour: date.getUTCHours(), offset: change.after }))
    .filter((rule) =>
      YEARS.every((year) => {
        const at = moment(rule, year, change.before);
        return clock(at - 1) === change.before && clock(at) === change.after;
      }),
    );
}

/** When a rule's change happens in a year, ms since 1970. @param before minutes east of UTC until then. */
function moment({ week, month, day, hour }: YearlyChange, year: number, before: number): number {
  const last = week === 0;
  const start = Date.UTC(year, last ? month : month - 1, 1, hour);
  const ahead = (day - 1 - new Date(start).getUTCDay() + 7) % 7;
  return start + (ahead + (last ? -7 : 7 * (week - 1))) * DAY - before * MINUTE;
}

/** Whether the offset changes at these moments of a year, in their order, and at no other. */
function quietExceptFor(year: number, clock: ZoneClock, moments: readonly number[]): boolean {
  const edges = [Date.UTC(year, 0, 1), ...moments, Date.UTC(year + 1, 0, 1)];
  return edges.slice(1).every((end, index) => {
    const start = edges[index]!;
    const offset = clock(start);
    for (let at = start; at < end; at += PROBE) if (clock(at) !== offset) return false;
    return clock(end - 1) === offset;
  });
}

function changesIn(year: number, clock: ZoneClock): Change[] {
  const changes: Change[] = [];
  const end = Date.UTC(year + 1, 0, 1);
  for (let from = Date.UTC(year, 0, 1); from < end; from += PROBE) {
    const to = Math.min(from + PROBE, end);
    if (clock(from) !== clock(to)) changes.push(changeBetween(from, to, clock));
  }
  return changes;
}

/** To the minute, which is as fine as rules are made. */
function changeBetween(from: number, to: number, clock: ZoneClock): Change {
  const before = clock(from);
  let [low, high] = [from / MINUTE, to / MINUTE];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (clock(middle * MINUTE) === before) low = middle;
    else high = middle;
  }
  return { at: high * MINUTE, before, after: clock(high * MINUTE) };
}

function wallTime({ at, before }: Change): string {
  return new Date(at + before * MINUTE).toISOString().slice(11, 16);
}

function other(reason: Text): YearlyTime {
  return { kind: "other", reason };
}
