/**
 * What is by nature different between the recording bench and the firmware model. Each exception has a name and a reason,
 * looks at no more than it must, and is counted only where it was needed: a pair that is equal as it stands needs none.
 */
import type { Pair } from "./tasmota-replay-driver.ts";

const BUILD_DATE = /2026-11-22T\d\d:\d\d:\d\d|2025-12-24T15:29:16/;

interface FieldException {
  readonly name: string;
  readonly reason: string;
  /** What of an answer or line is left out of the comparison. */
  readonly pattern: RegExp;
}

const FIELD_EXCEPTIONS: readonly FieldException[] = [
  {
    name: "clock",
    reason:
      "both count from 1970 since boot; the bench's loop stalled for a second now and then for want of a time server",
    pattern: /"(Uptime|Time|UTC|Local|Downtime)":"[^"]*"|"UptimeSec":\d+|"Epoch":\d+/g,
  },
  {
    name: "heap and load",
    reason: "free memory and busyness of a process on a computer",
    pattern: /"(Heap|LoadAvg)":\d+/g,
  },
  {
    name: "build",
    reason: "the bench's program was compiled on other days and is larger than the image in the stand-in's flash",
    pattern: /2026-11-22T\d\d:\d\d:\d\d|2025-12-24T15:29:16|"ProgramSize":\d+,"Free":\d+/g,
  },
  {
    name: "signal",
    reason: "the bench told a connected station another signal than the scan found; here both are the same",
    pattern: /"RSSI":\d+,"Signal":-\d+/g,
  },
  {
    name: "crash",
    reason: "the board here knows no reset by an exception, only by the watchdog",
    pattern: /"RestartReason":"(Exception|Hardware Watchdog)"/g,
  },
  {
    name: "sun",
    reason: "with the clock in 1970 the firmware computes sunrise from a date it does not have",
    pattern: /"Sunrise":"\d\d:\d\d","Sunset":"\d\d:\d\d"/g,
  },
  {
    name: "saves",
    reason: "how many changes fall into one save depends on where the second's ticks fall between commands",
    pattern: /"SaveCount":\d+,"SaveAddress":"F[4-9AB]000"|flash at F[4-9AB], Count \d+/g,
  },
];

/** Measured numbers: the bench's pulses jitter by some tenths of a percent; energy adds up its stalls. */
const MEASURED =
  /"(\w*Cal|Power|ApparentPower|ReactivePower|Factor|Voltage|Current|Total|Today|PowerDelta)":(-?[\d.]+)/g;
const JITTER = 0.004;
/** Least difference that counts, by field. */
const LEAST: Readonly<Record<string, number>> = {
  Power: 1,
  ApparentPower: 1,
  ReactivePower: 8,
  Factor: 0.02,
  Voltage: 1,
  Current: 0.002,
  Total: 0.0011,
  Today: 0.0011,
  PowerDelta: 2,
};

interface PairException {
  readonly name: string;
  readonly reason: string;
  applies(pair: Pair): boolean;
}

/** Voltage and current are measured in turn, each every 1.6 to 2.4 s; margins are looked at once a second. */
const METER_SETTLES = 4;
const ENERGY = /^(200 \{"StatusSNS"|RSL: (STATUS(8|10)|SENSOR|MARGINS)).*("ENERGY"|"MARGINS")/;

/** A dump of the log without line number, time stamps, build date and the firmware model's own line. */
function plainDump(text: string): string {
  return text
    .replace(/^(\d+) \d+}1/, "$1 }1")
    .replace(/\d\d:\d\d:\d\d\.\d{3} /g, "")
    .replace(BUILD_DATE, "~")
    .replace(/SIM: .*\n/, "");
}

/** A frame of type 1: the current state follows. */
const IMPROV_STATE = "IMPROV\x01\x01\x01";

const PAIR_EXCEPTIONS: readonly PairException[] = [
  {
    name: "notice",
    reason: "the stand-in says in every boot log that it is one",
    applies: ({ recorded, given }) => recorded === undefined && /^SIM: /.test(given ?? ""),
  },
  {
    name: "multicast",
    reason: "the bench's computer has no multicast for the Hue emulation",
    applies: ({ recorded, given }) => given === undefined && recorded === "UPP: Multicast join failed",
  },
  {
    name: "ten-second edge",
    reason: "after a restart at 8.9 s, where the uptime becomes 10, chance decided whether it counts as a quick one",
    applies: ({ edge, recorded, given }) =>
      edge === true && [recorded, given].every((line) => line === undefined || /^(FRC|QPC): |"BootCount":/.test(line)),
  },
  {
    name: "console dump",
    reason: "the recording keeps only its beginning, and its line numbers count debug lines of the boot",
    applies: ({ what, recorded = "", given = "" }) =>
      what.startsWith("GET /cs?") && plainDump(given).startsWith(plainDump(recorded)),
  },
  {
    name: "update pace",
    reason: "where the bench's stalls fell, the sixth attempt came after the URL had been changed",
    applies: ({ what, given }) => what === "update server" && given === undefined,
  },
  {
    name: "Restart 99",
    reason: "the real one gets the head of an answer out before it is gone",
    applies: ({ what, given }) => what.endsWith("Restart%2099") && given?.trim() === "0",
  },
  {
    name: "reconnect pace",
    reason: "how many attempts to reach the network or the broker fall into a stretch depends on the bench's stalls",
    applies: ({ recorded, given }) =>
      (recorded === undefined || given === undefined) &&
      /^(WIF: Connect|MQT: (Attempting|Connect failed)|RSL: INFO[123] = )/.test(recorded ?? given ?? ""),
  },
  {
    name: "ticks",
    reason: "a line more or less of those that each full second brings, where a second's tick fell among the commands",
    applies: ({ recorded, given }) =>
      (recorded === undefined || given === undefined) &&
      /^(RSL: (STATE|SENSOR) = |QPC: Reset)/.test(recorded ?? given ?? ""),
  },
  {
    name: "metering slots",
    reason:
      "within seconds of a change of load, relay or calibration it is chance which of the readings is still the old one",
    applies: ({ recorded, given, sinceChange }) =>
      sinceChange !== undefined &&
      sinceChange < METER_SETTLES &&
      (recorded === undefined || ENERGY.test(recorded)) &&
      (given === undefined || ENERGY.test(given)),
  },
  {
    name: "Improv without a network",
    reason:
      "in access point mode the bench took its own address for a connection and told state 4; not to be relied on",
    applies: ({ recorded, given }) =>
      (recorded?.startsWith(`${IMPROV_STATE}\x04`) || recorded?.includes("http://0.0.0.0:80")) === true ||
      (recorded === undefined && given?.startsWith(`${IMPROV_STATE}\x02`) === true),
  },
  {
    name: "rule compression",
    reason: "rules are kept as they are: how they would compress is not told, and one of 960 characters does not fit",
    applies: ({ what, recorded, given }) =>
      /^RUL: (Stored uncompressed|Compressed from|Rule\d [+O]|Not enough space)/.test(recorded ?? given ?? "") ||
      /"Rule2":.*"Length":960/.test(recorded ?? "") ||
      /Rule2%20ON/.test(what),
  },
];

/** Every exception there is. */
export const EXCEPTION_NAMES: readonly string[] = [
  ...FIELD_EXCEPTIONS.map(({ name }) => name),
  ...PAIR_EXCEPTIONS.map(({ name }) => name),
  "pulse jitter",
];

export interface Verdict {
  readonly compared: number;
  readonly equal: number;
  /** Excused pairs by the exceptions they needed. */
  readonly excused: ReadonlyMap<string, number>;
  readonly unexcused: readonly Pair[];
}

export function judge(pairs: readonly Pair[]): Verdict {
  const excused = new Map<string, number>();
  const unexcused: Pair[] = [];
  let equal = 0;
  let previous: Pair | undefined;
  for (const pair of pairs) {
    if (pair.recorded === pair.given) {
      previous = undefined;
      equal++;
      continue;
    }
    const reasons = belongsTo(previous, pair) ? ["reconnect pace"] : excuse(pair);
    previous = reasons.includes("reconnect pace") ? pair : undefined;
    if (reasons.length === 0) unexcused.push(pair);
    for (const name of reasons) excused.set(name, (excused.get(name) ?? 0) + 1);
  }
  return { compared: pairs.length, equal, excused, unexcused };
}

/** RESULT and POWER that close the report whose INFO lines only one side has. */
function belongsTo(previous: Pair | undefined, pair: Pair): boolean {
  if (previous === undefined || (previous.recorded === undefined) !== (pair.recorded === undefined)) return false;
  if (pair.recorded !== undefined && pair.given !== undefined) return false;
  return /^RSL: (RESULT = {"POWER"|POWER = )/.test(pair.recorded ?? pair.given ?? "");
}

/** The names of the exceptions that explain the whole difference, or none. */
function excuse(pair: Pair): readonly string[] {
  for (const exception of PAIR_EXCEPTIONS) if (exception.applies(pair)) return [exception.name];
  let { recorded, given } = pair;
  if (recorded === undefined || given === undefined) return [];
  const needed: string[] = [];
  for (const { name, pattern } of FIELD_EXCEPTIONS) {
    if (recorded.match(pattern)?.join() === given.match(pattern)?.join()) continue;
    needed.push(name);
    recorded = recorded.replace(pattern, "~");
    given = given.replace(pattern, "~");
  }
  if (recorded === given) return needed;
  if (!closeNumbers(recorded, given)) return [];
  return [...needed, "pulse jitter"];
}

/** Equal but for measured numbers that are close. */
function closeNumbers(recorded: string, given: string): boolean {
  if (recorded.replace(MEASURED, "$1") !== given.replace(MEASURED, "$1")) return false;
  const theirs = [...recorded.matchAll(MEASURED)];
  return [...given.matchAll(MEASURED)].every((match, i) => {
    const [, field = "", mine = ""] = match;
    const other = Number(theirs[i]?.[2]);
    const difference = Math.abs(Number(mine) - other);
    return difference <= Math.max(JITTER * Math.abs(other), LEAST[field] ?? 0) + 1e-9;
  });
}
