/** What is by nature different about the network of the recording bench. Each exception named, reasoned and counted. */
import type { Pair } from "./tasmota-replay-driver.ts";

interface NetworkException {
  readonly name: string;
  readonly reason: string;
  readonly pattern: RegExp;
  readonly replacement: string;
}

const EXCEPTIONS: readonly NetworkException[] = [
  {
    name: "boot count",
    reason: "a boot counts from its tenth second of uptime on; the bench's uptime lags behind by its stalls",
    pattern: /"BootCount":\d+/g,
    replacement: '"BootCount":~',
  },
  {
    name: "signal",
    reason: "the bench heard its network at -55 dBm when scanning and at -58 dBm once connected",
    pattern: /"RSSI":\d+,"Signal":-\d+/g,
    replacement: '"RSSI":~',
  },
];

interface PairException {
  readonly name: string;
  readonly reason: string;
  applies(pair: Pair): boolean;
}

const PAIR_EXCEPTIONS: readonly PairException[] = [
  {
    name: "flash speed",
    reason: "an image of 209 kB takes the virtual flash as long as a real one; the bench wrote it to a file",
    applies: ({ what, recorded, given }) =>
      /^POST \/u2\?fsz=208912/.test(what) && recorded?.replace("at once", "after 2 s or so") === given,
  },
  {
    name: "retry times",
    reason: "the bench's seconds stalled, so that its retries come later, or fall into a pending restart",
    applies: ({ what, recorded, given }) =>
      what === "console" &&
      (recorded === undefined || given === undefined) &&
      /^MQT: (Attempting|Connect failed)|^RSL: (INFO\d|RESULT = \{"POWER"|POWER =)/.test(recorded ?? given ?? ""),
  },
  {
    name: "starting server",
    reason: "a connection of the very millisecond in which the bench's server started was reset; here it is served",
    applies: ({ t, recorded, given }) =>
      t > 74 && t < 74.1 && (recorded === "0 nothing" || (recorded === undefined && /STATUS5/.test(given ?? ""))),
  },
  {
    name: "pages left out",
    reason: "Domoticz and timers have no page here; their commands are not part of what is stood in for",
    applies: ({ what }) => what === "GET /dm" || what === "GET /tm",
  },
  {
    name: "metering slots",
    reason: "within seconds of a relay switched by MQTT it is chance which reading is still the old one",
    applies: ({ recorded, given }) =>
      [recorded, given].every((line) => /^(MQT: )?(tele|stat)\/\S+\/(SENSOR|STATUS8|STATUS10) (= )?/.test(line ?? "")),
  },
  {
    name: "update area",
    reason: "a staged image overwrites the power cycle counter's sector; the bench's did not reach its flash",
    applies: ({ what, recorded, given }) => what === "console" && /^QPC: /.test(recorded ?? given ?? ""),
  },
];

export function excuseNetwork(pairs: readonly Pair[]): { pairs: readonly Pair[]; used: Map<string, number> } {
  const used = new Map<string, number>();
  const excused = pairs.map((pair) => {
    const exception = pair.recorded === pair.given ? undefined : PAIR_EXCEPTIONS.find((e) => e.applies(pair));
    if (exception !== undefined) {
      used.set(exception.name, (used.get(exception.name) ?? 0) + 1);
      return { ...pair, given: pair.recorded };
    }
    let { recorded, given } = pair;
    for (const { name, pattern, replacement } of EXCEPTIONS) {
      if (recorded === undefined || given === undefined || recorded === given) break;
      if (recorded.match(pattern)?.join() === given.match(pattern)?.join()) continue;
      used.set(name, (used.get(name) ?? 0) + 1);
      recorded = recorded.replace(pattern, replacement);
      given = given.replace(pattern, replacement);
    }
    return { ...pair, recorded, given };
  });
  return { pairs: excused, used };
}
