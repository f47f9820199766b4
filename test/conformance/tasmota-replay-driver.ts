/**
 * Drives the firmware model through a recording in virtual time and sets what it said beside what the real one said.
 *
 * The recording's times count from each boot: restarts are where the two are brought together again. Requests are sent
 * when the bench sent them and answered when the plug gets round to it.
 */

import { bytesOf, type Exchange, type RecordedEvent } from "./tasmota-replay-recording.ts";
import type { BenchWorld } from "./tasmota-replay-world.ts";

/** One thing that can be compared: an HTTP answer, or a line of the console. */
export interface Pair {
  readonly t: number;
  readonly what: string;
  readonly recorded: string | undefined;
  readonly given: string | undefined;
  /** Seconds since the load, the relay or a calibration constant was last changed. */
  readonly sinceChange?: number;
  /** A restart so near to ten seconds of uptime came before that chance decided whether it counts as quick. */
  readonly edge?: boolean;
}

/** What happens at a time of the recording. */
type Action =
  | { readonly t: number; readonly kind: "boot"; readonly line: string }
  | { readonly t: number; readonly kind: "heard"; readonly line: string }
  | { readonly t: number; readonly kind: "type"; readonly bytes: Uint8Array }
  | { readonly t: number; readonly kind: "note"; readonly text: string }
  | { readonly t: number; readonly kind: "request"; readonly exchange: Exchange; readonly compared: boolean };

/** Longest the plug may take to restart where the recorded one did, s. */
const LONGEST_RESTART = 6;
/** How long after the recording's end answers may still come, and how much later than recorded one may come, s. */
const AFTERWARDS = 1;
const LATER_THAN_RECORDED = 1.2;
/** From "Restarting" to the next boot on the bench; uptimes around the ten seconds from which a boot has survived, s. */
const RESTART_TAKES = 0.7;
const BOOT_COUNTS_FROM = [8.6, 9.3] as const;
const HARDWARE_LINE = /^\d\d:\d\d:\d\d\.\d{3} HDW: /;
/** What makes the meter's readings change. */
const METER_CHANGE = /cmnd=(Power|Voltage|Current)(Set|Cal)?%20|^(Power|Voltage|Current)(Set|Cal)? |load simulator/;
/** Lines of the console that a stall or a tick may have moved, seconds. */
const MOVED_WITHIN = 2.5;
const TICK_MOVED_WITHIN = 8;
/** Lines that the firmware's own ticks bring: where they fall between answers depends on the loop's phase. */
const TICK_LINE = /^(RSL|MQT): (STATE|SENSOR|MARGINS|tele\/)|^QPC: Reset|^MQT: (Attempting|Connect failed)/;

/** @param act does to the world what the bench did: "ctl press", "load simulator: W=0". */
export function replay(
  world: BenchWorld,
  events: readonly RecordedEvent[],
  act: (world: BenchWorld, note: string) => void,
): readonly Pair[] {
  const { board } = world;
  const pairs: Pair[] = [];
  const answers: { readonly exchange: Exchange; answer(): string }[] = [];
  const heard = listenTo(world);
  let expected: { readonly t: number; readonly line: string }[] = [];
  let patientUntil = 0;
  let edge = false;
  let bootT = 0;
  let bootAt = 0;
  let started = false;

  function goTo(t: number): void {
    board.clock.runInternal(Math.max(board.clock.now, bootAt + (t - bootT) * 1e6));
  }

  /** The bench asked one thing after the other: nothing is done while an answer is due. */
  function settle(): void {
    while (world.waiting > 0 && board.clock.now < patientUntil) board.clock.runInternal(board.clock.now + 1000);
    world.giveUp();
  }

  function close(boot: readonly Pair[]): void {
    pairs.push(...(edge ? boot.map((pair) => ({ ...pair, edge })) : boot));
    expected = [];
  }

  /** The recorded plug booted: so must this one have, by itself. */
  function boot(t: number): void {
    if (!started) {
      board.powerOn();
      started = true;
    } else {
      goTo(t - 0.5);
      const until = board.clock.now + LONGEST_RESTART * 1e6;
      while (heard.boots() < 2 && board.clock.now < until) board.clock.runInternal(board.clock.now + 10_000);
      if (heard.boots() < 2) board.reset(3);
      close(pairMoved(align(expected, heard.takeBoot())));
      const lasted = t - bootT - RESTART_TAKES;
      edge = lasted < BOOT_COUNTS_FROM[1] && (edge || lasted > BOOT_COUNTS_FROM[0]);
    }
    bootT = t;
    bootAt = board.clock.now;
  }

  for (const action of inOrder(events)) {
    if (action.kind === "boot") boot(action.t);
    if (!started) continue;
    switch (action.kind) {
      case "boot":
      case "heard":
        expected.push({ t: action.t, line: action.line });
        break;
      case "type":
        goTo(action.t);
        settle();
        board.type(action.bytes);
        break;
      case "note":
        goTo(action.t);
        settle();
        act(world, action.text);
        break;
      case "request": {
        goTo(action.t);
        settle();
        const { ms = 0, status } = action.exchange;
        patientUntil = board.clock.now + ms * 1000 + (status === 0 ? 0 : LATER_THAN_RECORDED * 1e6);
        const answer = world.request(action.exchange);
        if (action.compared) answers.push({ exchange: action.exchange, answer });
      }
    }
  }
  const end = events.at(-1)?.t ?? 0;
  goTo(end + AFTERWARDS);
  close(pairMoved(withoutTail(align(expected, heard.takeBoot()))));
  for (const answered of answers) {
    const { exchange } = answered;
    const body = exchange.body === undefined ? "" : ` ${exchange.body}`;
    pairs.push({ t: exchange.t, what: exchange.req, recorded: `${exchange.status}${body}`, given: answered.answer() });
  }
  const updates = events.flatMap(({ t, ...event }) => ("ota" in event ? [{ t, line: event.ota }] : []));
  pairs.push(...align(updates, world.updates).map((pair) => ({ ...pair, what: "update server" })));
  return withChanges(pairs, events);
}

/** Everything by the time it happened; requests by when they were sent. */
function inOrder(events: readonly RecordedEvent[]): readonly Action[] {
  const actions = events.flatMap((event): Action[] => {
    const { t } = event;
    if ("rx" in event) {
      const line = Buffer.from(bytesOf(event.rx))
        .toString("latin1")
        .replace(/\r?\n$/, "");
      if (line === "") return [];
      return [{ t, kind: HARDWARE_LINE.test(line) ? "boot" : "heard", line }];
    }
    if ("ota" in event) return [];
    if ("tx" in event) return [{ t, kind: "type", bytes: bytesOf(event.tx) }];
    if ("note" in event) return [{ t, kind: "note", text: event.note }];
    if ("raw" in event) return [{ t, kind: "request", exchange: { t, req: event.raw, status: 0 }, compared: false }];
    return [{ t: t - (event.ms ?? 0) / 1000, kind: "request", exchange: event, compared: true }];
  });
  return actions.sort((a, b) => a.t - b.t);
}

/** The console's lines as they come, cut at boots. */
function listenTo(world: BenchWorld): { boots(): number; takeBoot(): readonly string[] } {
  let lines: string[] = [];
  let partial = "";
  world.board.onText = (text) => {
    partial += text;
    for (let end = partial.indexOf("\n"); end >= 0; end = partial.indexOf("\n")) {
      const line = partial.slice(0, end + 1).replace(/\r?\n$/, "");
      if (line !== "") lines.push(line);
      partial = partial.slice(end + 1);
    }
  };
  return {
    boots: () => lines.filter((line) => HARDWARE_LINE.test(line)).length,
    takeBoot: () => {
      const cut = lines.findIndex((line, i) => i > 0 && HARDWARE_LINE.test(line));
      const boot = cut < 0 ? lines : lines.slice(0, cut);
      lines = cut < 0 ? [] : lines.slice(cut);
      return boot;
    },
  };
}

function withChanges(pairs: readonly Pair[], events: readonly RecordedEvent[]): readonly Pair[] {
  const changes = events.flatMap((event) => {
    const text = "req" in event ? event.req : "note" in event ? event.note : "tx" in event ? event.tx : "";
    return METER_CHANGE.test(text) ? [event.t] : [];
  });
  return pairs.map((pair) => {
    const last = changes.findLast((t) => t <= pair.t);
    return last === undefined ? pair : { ...pair, sinceChange: pair.t - last };
  });
}

/** The recording ends somewhere: what the plug says after its last line is nobody's. */
function withoutTail(pairs: readonly Pair[]): readonly Pair[] {
  const last = pairs.findLastIndex((pair) => pair.recorded !== undefined);
  return pairs.slice(0, last + 1);
}

/** A line that both sides have near the same time of a boot, only elsewhere between the others, is one pair. */
function pairMoved(pairs: readonly Pair[]): readonly Pair[] {
  const left = [...pairs];
  for (const pair of pairs) {
    if (pair.given !== undefined || pair.recorded === undefined) continue;
    const kind = TICK_LINE.exec(pair.recorded)?.[0];
    const other = left.find(
      (p) =>
        p.recorded === undefined &&
        Math.abs(p.t - pair.t) < (kind === undefined ? MOVED_WITHIN : TICK_MOVED_WITHIN) &&
        (kind === undefined ? p.given === pair.recorded : TICK_LINE.exec(p.given ?? "")?.[0] === kind),
    );
    if (other === undefined) continue;
    left.splice(left.indexOf(other), 1);
    left[left.indexOf(pair)] = { ...pair, what: "console, moved", given: other.given };
  }
  return left;
}

/** Longest common run of lines, stamps apart; what has no partner stands alone. */
function align(
  recorded: readonly { readonly t: number; readonly line: string }[],
  given: readonly string[],
): readonly Pair[] {
  const pairs: Pair[] = [];
  const left = recorded.map(({ line }) => withoutStamp(line));
  const right = given.map(withoutStamp);
  const score = Array.from({ length: left.length + 1 }, () => new Float64Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const together = likeness(left[i]!, right[j]!);
      score[i]![j] = Math.max(
        score[i + 1]![j]!,
        score[i]![j + 1]!,
        together > 0 ? together + score[i + 1]![j + 1]! : 0,
      );
    }
  }
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const t = recorded[Math.min(i, recorded.length - 1)]?.t ?? 0;
    if (i < left.length && j < right.length) {
      const together = likeness(left[i]!, right[j]!);
      if (together > 0 && score[i]![j] === together + score[i + 1]![j + 1]!) {
        pairs.push({ t, what: "console", recorded: left[i++], given: right[j++] });
        continue;
      }
    }
    if (j >= right.length || (i < left.length && score[i + 1]![j]! >= score[i]![j + 1]!)) {
      pairs.push({ t, what: "console", recorded: left[i++], given: undefined });
    } else pairs.push({ t, what: "console", recorded: undefined, given: right[j++] });
  }
  return pairs;
}

/** How much two lines want to be a pair: the same most, of the same kind less, ticks of the same kind least. */
function likeness(a: string, b: string): number {
  const kind = (line: string): string => line.replace(/[0-9]+/g, "#").slice(0, 24);
  if (TICK_LINE.test(a)) return TICK_LINE.exec(a)![0] === TICK_LINE.exec(b)?.[0] ? 1 : 0;
  if (a === b) return 6;
  return kind(a) === kind(b) ? 4 : 0;
}

function withoutStamp(line: string): string {
  return line.replace(/^\d\d:\d\d:\d\d\.\d{3}(-\d{3})? /, "");
}
