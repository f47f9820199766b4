/**
 * The doctor at the line: passes what is heard while waiting for the chip to the examination in core/doctor, with the
 * clock's time, and its findings on as events. What they mean is decided there.
 */
import { DiagnosisState } from "../../core/doctor/diagnosis-state.ts";
import type { Finding } from "../../core/doctor/finding.ts";
import type { PlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import { MainsWatch } from "../../core/tasmota/mains-watch.ts";
import type { AdapterIdentity, ByteLine, Clock } from "../ports.ts";

export class DiagnosticReporter {
  readonly #tell: EventSink;
  readonly #clock: Clock;
  readonly #diagnosis: DiagnosisState;
  readonly #mains = new MainsWatch();
  #alarm: PlugsmithError | undefined;

  constructor(tell: EventSink, clock: Clock, line: ByteLine, heardBefore: boolean) {
    this.#tell = tell;
    this.#clock = clock;
    this.#diagnosis = new DiagnosisState(line.identity, !line.can.baud, clock.now(), heardBefore);
  }

  /** The finding that was reported last. */
  get finding(): Finding | undefined {
    return this.#diagnosis.finding;
  }

  /** The rate to listen at now. */
  get listenAt(): number {
    return this.#diagnosis.listenAt(this.#clock.now());
  }

  /** Whether something without an explanation has been heard since then, ms of the clock. */
  puzzledSince(at: number): boolean {
    return this.#diagnosis.puzzledSince(at);
  }

  /** Mains was heard of: nobody may go on. */
  get alarm(): PlugsmithError | undefined {
    return this.#alarm;
  }

  heard(chunk: Uint8Array): void {
    this.#alarm ??= this.#mains.hear(chunk);
    // Line by line: an adapter may deliver a crash and the restart after it in one piece, and both are news.
    for (const line of linesOf(chunk)) this.#news(this.#diagnosis.heard(line, this.#clock.now()));
  }

  /** This goes onto the line at the present rate: to know an echo by, and to count what stays without an answer. */
  called(frame: Uint8Array): void {
    this.#diagnosis.called(frame);
  }

  passed(): void {
    this.#news(this.#diagnosis.passed(this.#clock.now()));
  }

  baudChanged(baud: number): void {
    this.#diagnosis.baudChanged(baud, this.#clock.now());
  }

  allRatesTried(): void {
    this.#diagnosis.allRatesTried();
  }

  adapterGone(): void {
    this.#news(this.#diagnosis.adapterGone());
  }

  adapterBack(adapter: AdapterIdentity): void {
    this.#news(this.#diagnosis.adapterBack(adapter, this.#clock.now()));
  }

  answered(): void {
    this.#news(this.#diagnosis.answered());
  }

  #news(finding: Finding | undefined): void {
    if (finding === undefined) return;
    const { id, text, causes, nextAction, visibility } = finding;
    this.#tell({
      type: "hearing",
      finding: id,
      text,
      nextAction,
      causes: causes.length === 0 ? undefined : causes,
      visibility,
    });
  }
}

const LINE_FEED = 0x0a;

/** The chunk cut after each line feed. */
function* linesOf(chunk: Uint8Array): Generator<Uint8Array> {
  let from = 0;
  for (let end = chunk.indexOf(LINE_FEED) + 1; end > 0; end = chunk.indexOf(LINE_FEED, from) + 1) {
    yield chunk.subarray(from, end);
    from = end;
  }
  if (from < chunk.length) yield chunk.subarray(from);
}
