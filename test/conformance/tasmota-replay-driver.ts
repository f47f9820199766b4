/**
 * Drives the stand-in through a recording in virtual time and sets what it said beside what the real one said.
 *
 * The recording's times count from each boot: restarts are where the two are brought together again. Where the real
 * loop was held up (its bench had no time server and stalled for a second now and then), the plug's clock rests while a
 * restart is pending until the recorded restart has come.
 */
import type { TasmotaCore } from "../../src/sim/tasmota/contract.ts";
import type { TestBoard } from "../support/tasmota-host.ts";
import { bytesOf, type Exchange, type RecordedEvent } from "./tasmota-replay-recording.ts";

/** One thing that can be compared: an HTTP answer, or a line of the console. */
export interface Pair {
  readonly t: number;
  readonly what: string;
  readonly recorded: string | undefined;
  readonly given: string | undefined;
  /** Seconds since the load, the relay or a calibration constant was last changed. */
  readonly sinceChange?: number;
}

export interface ReplayOptions {
  /** What an HTTP request gives, "200 {…}"; undefined: this exchange is not part of the replay. */
  request(core: TasmotaCore, exchange: Exchange): string | undefined;
  /** What the bench did to the plug or its world: "ctl press", "load simulator: W=0". */
  act(board: TestBoard, note: string): void;
}

/** The request was being carried out this long before its answer had arrived, s. */
const ANSWER_TRAVEL = 0.005;
const STALL_STEP = 0.0005;
const LONGEST_RESTART = 6;
const HARDWARE_LINE = /^\d\d:\d\d:\d\d\.\d{3} HDW: /;

export function replay(board: TestBoard, events: readonly RecordedEvent[], options: ReplayOptions): readonly Pair[] {
  const pairs: Pair[] = [];
  let heard: string[] = [];
  let partial = "";
  board.onText = (text) => {
    partial += text;
    for (let end = partial.indexOf("\n"); end >= 0; end = partial.indexOf("\n")) {
      const line = partial.slice(0, end + 1).replace(/\r?\n$/, "");
      if (line !== "") heard.push(line);
      partial = partial.slice(end + 1);
    }
  };
  const core = (): TasmotaCore => board.running as unknown as TasmotaCore;
  let expected: { readonly t: number; readonly line: string }[] = [];
  /** Recorded time and plug time of the boot that runs. */
  let bootT = 0;
  let bootAt = 0;
  let restartsHeard = 0;

  function pending(): boolean {
    return core().restartFlag > 0 && core().backlogEmpty;
  }

  /** Plug time goes on to the recorded time, resting while a restart is pending that has not been recorded yet. */
  function goTo(t: number): void {
    const target = bootAt + (t - bootT) * 1e6;
    while (board.clock.now < target) {
      if (pending()) {
        board.clock.runInternal(board.clock.now + STALL_STEP);
        return;
      }
      board.clock.runInternal(Math.min(target, board.clock.now + 10_000));
    }
  }

  function boots(): number {
    return heard.filter((line) => HARDWARE_LINE.test(line)).length;
  }

  /** The recorded plug restarted: so must this one, by itself. */
  function awaitRestart(): void {
    const until = board.clock.now + LONGEST_RESTART * 1e6;
    while (boots() <= restartsHeard && board.clock.now < until) board.clock.runInternal(board.clock.now + 10_000);
    if (boots() <= restartsHeard) board.reset(3);
  }

  function closeBoot(): void {
    const cut = heard.findIndex((line, i) => i > 0 && HARDWARE_LINE.test(line));
    const mine = cut < 0 ? heard : heard.slice(0, cut);
    heard = cut < 0 ? [] : heard.slice(cut);
    restartsHeard = 0;
    pairs.push(...pairMoved(align(expected, mine)));
    expected = [];
  }

  let started = false;
  for (const event of events) {
    if ("rx" in event) {
      const line = new TextDecoder("latin1").decode(bytesOf(event.rx)).replace(/\r?\n$/, "");
      if (line === "") continue;
      if (HARDWARE_LINE.test(line)) {
        if (started) {
          if (boots() <= restartsHeard) awaitRestart();
          closeBoot();
        } else {
          board.powerOn();
          started = true;
        }
        restartsHeard = 1;
        bootT = event.t;
        bootAt = board.clock.now;
      }
      expected.push({ t: event.t, line });
      continue;
    }
    if (!started) continue;
    if ("tx" in event) {
      goTo(event.t);
      board.type(bytesOf(event.tx));
    } else if ("note" in event) {
      goTo(event.t);
      options.act(board, event.note);
    } else if ("raw" in event) {
      goTo(event.t);
      options.request(core(), { t: event.t, req: event.raw, status: 0 });
    } else {
      goTo(event.t - ANSWER_TRAVEL);
      const given = options.request(core(), event);
      if (given === undefined) continue;
      const body = event.body === undefined ? "" : ` ${event.body}`;
      pairs.push({ t: event.t, what: event.req, recorded: `${event.status}${body}`, given });
    }
  }
  const last = events.at(-1);
  if (last !== undefined) goTo(last.t);
  closeBoot();
  const changes = events.flatMap((event) => {
    const text = "req" in event ? event.req : "note" in event ? event.note : "";
    return METER_CHANGE.test(text) ? [event.t] : [];
  });
  return pairs.map((pair) => {
    const last = changes.findLast((t) => t <= pair.t);
    return last === undefined ? pair : { ...pair, sinceChange: pair.t - last };
  });
}

/** What makes the meter's readings change. */
const METER_CHANGE = /cmnd=(Power|Voltage|Current)(Set|Cal)?%20|load simulator/;
/** Lines of the console that a stall or a tick may have moved, seconds. */
const MOVED_WITHIN = 2.5;
/** Lines that the firmware's own ticks bring: where they fall between answers depends on the loop's phase. */
const TICK_LINE = /^(RSL|MQT): (STATE|SENSOR|MARGINS|tele\/)|^QPC: Reset|^MQT: (Attempting|Connect failed)/;

/** A line that both sides have near the same time of a boot, only elsewhere between the others, is one pair. */
function pairMoved(pairs: readonly Pair[]): readonly Pair[] {
  const left = [...pairs];
  for (const pair of pairs) {
    if (pair.given !== undefined || pair.recorded === undefined) continue;
    const kind = TICK_LINE.exec(pair.recorded)?.[0];
    const other = left.find(
      (p) =>
        p.recorded === undefined &&
        Math.abs(p.t - pair.t) < MOVED_WITHIN &&
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
  const kind = (line: string): string => line.replace(/[0-9]+/g, "#").slice(0, 24);
  const score = Array.from({ length: left.length + 1 }, () => new Float64Array(right.length + 1));
  const worth = (i: number, j: number): number =>
    left[i] === right[j] ? 3 : kind(left[i]!) === kind(right[j]!) ? 2 : 0;
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const together = worth(i, j);
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
      const together = worth(i, j);
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

function withoutStamp(line: string): string {
  return line.replace(/^\d\d:\d\d:\d\d\.\d{3}(-\d{3})? /, "");
}
