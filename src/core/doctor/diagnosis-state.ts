/**
 * From received bytes and silence to findings, each reported once until another replaces it. A state machine: what was heard
 * and when goes in, news comes out; times are arguments, ms of any monotonic clock.
 */
import type { AdapterName } from "./adapters.ts";
import { SDK } from "./boot-words.ts";
import type { Circumstances, Finding, FindingId } from "./finding.ts";
import { describe } from "./findings.ts";
import { type Classification, LineClassifier } from "./line-classifier.ts";

/** The ROM's own rate, where its boot text can be read: 26 MHz crystal, divider meant for 40 MHz and 115200. */
export const BOOT_TEXT_BAUD = 74_880;
/** Where firmwares talk. */
const LOG_BAUD = 115_200;

/** Boot mode and reset cause by number, as the boot text has them. */
const DOWNLOAD = 1;
const FLASH = 3;
/** From this mode on GPIO15 was high. */
const FIRST_SDIO = 4;
const WATCHDOG = 4;

/** How long a silence lasts before it is reported. */
const SILENCE_MS = 2500;
/** The same after something that falls silent by its nature: a firmware, a boot text. */
const LONG_SILENCE_MS = 30_000;
/** So many starts within so long are no person switching. */
const LOOP_STARTS = 3;
const LOOP_MS = 5000;
/** Two watchdog resets within so long are a loop; the watchdog takes 8 s at most, and a firmware may run before. */
const WATCHDOG_LOOP_MS = 30_000;
/** A firmware that crashed starts again within this; what it prints then is no news. */
const CRASH_MS = 12_000;
/** After the last start of a loop; the watchdog takes 8 s (ESP8266 Arduino core documentation, "Watchdog"). */
const LOOP_OVER_MS = 12_000;
/** Calls in vain to a chip whose boot text said download mode. The first is spent on the ROM's measuring of the rate. */
const UNANSWERED_CALLS = 8;
/** How far apart garbage at the two rates may be to be one thing. */
const GARBAGE_MS = 15_000;
/** Words understood this recently explain garbage at the other rate. */
const WORDS_MS = 30_000;

/** How long one waits for more of what was understood before listening for a boot text again. */
const AFTER_WORDS_MS = 3000;

/** After these one waits longer before speaking of silence. */
const FALLS_SILENT: ReadonlySet<FindingId> = new Set([
  "download-mode",
  "download-unanswered",
  "flash-mode",
  "boot-loop",
  "no-image",
  "gpio15-high",
  "gpio2-low",
  "crash",
  "firmware",
  "other-chip",
  "answers",
]);

export class DiagnosisState {
  readonly #classifier = new LineClassifier();
  readonly #rateFixed: boolean;
  #adapter: AdapterName;
  #baud = LOG_BAUD;
  #reported: Finding | undefined;
  #reportedKey = "";
  #troubled = false;
  #swept = false;
  #callsInVain = 0;
  /** Since when nothing has been heard. */
  #quietSince: number;
  #starts: { readonly at: number; readonly mode: number; readonly cause: number }[] = [];
  #loopSeenAt = Number.NEGATIVE_INFINITY;
  #wordsAt = Number.NEGATIVE_INFINITY;
  #garbageAt = new Map<number, number>();
  #tunedAt = Number.NEGATIVE_INFINITY;
  /** The rate to come back to. */
  #home = BOOT_TEXT_BAUD;
  #heardBefore: boolean;
  #speaker: string | undefined;
  /** Of the present start. */
  #loader: string | undefined;
  #crash: string | undefined;
  #crashAt = Number.NEGATIVE_INFINITY;

  /**
   * @param rateFixed the line's rate is the far end's business and cannot be changed, as with a raw socket.
   * @param heardBefore the plug has answered over these wires already, so that they are right.
   */
  constructor(adapter: AdapterName, rateFixed: boolean, at: number, heardBefore = false) {
    this.#adapter = adapter;
    this.#rateFixed = rateFixed;
    this.#quietSince = at;
    this.#heardBefore = heardBefore;
  }

  /** The finding that was reported last. */
  get finding(): Finding | undefined {
    return this.#reported;
  }

  /**
   * The rate to listen at now: where the last garbage was not. A firmware's words understood, one listens for the next
   * boot text.
   */
  listenAt(at: number): number {
    const understood = this.#wordsAt > Number.NEGATIVE_INFINITY;
    if (understood && at - Math.max(this.#wordsAt, this.#tunedAt) > AFTER_WORDS_MS) this.#home = BOOT_TEXT_BAUD;
    return this.#home;
  }

  /** Whether something without an explanation has been heard since then. */
  puzzledSince(at: number): boolean {
    return [...this.#garbageAt.values()].some((garbageAt) => garbageAt >= at);
  }

  /** The line's rate is now this. */
  baudChanged(baud: number, at: number): void {
    this.#baud = baud;
    this.#tunedAt = at;
    this.#classifier.baudChanged();
  }

  called(frame: Uint8Array): void {
    this.#classifier.sent(frame);
    if (this.#expectsWords()) this.#callsInVain++;
  }

  heard(chunk: Uint8Array, at: number): Finding | undefined {
    this.#quietSince = at;
    let news: Finding | undefined;
    for (const classification of this.#classifier.classify(chunk, this.#expectsWords()))
      news = this.#interpret(classification, at) ?? news;
    return news;
  }

  /** Time went by. */
  passed(at: number): Finding | undefined {
    if (this.#reported?.id === "download-mode" && this.#callsInVain >= UNANSWERED_CALLS) {
      return this.#tell("download-unanswered");
    }
    if (this.#looping(at)) return undefined;
    const patience = this.#reported !== undefined && FALLS_SILENT.has(this.#reported.id) ? LONG_SILENCE_MS : SILENCE_MS;
    if (!this.#swept || at - this.#quietSince < patience) return undefined;
    if (this.#reported?.id !== "noise" && this.#garbageAt.size > 0) return this.#tell("noise", { fellSilent: true });
    if (this.#reported?.id === "noise" && at - this.#quietSince < LONG_SILENCE_MS) return undefined;
    this.#garbageAt.clear();
    return this.#tell("nothing");
  }

  /** Every rate has been called at in vain. */
  allRatesTried(): void {
    this.#swept = true;
  }

  adapterGone(): Finding | undefined {
    this.#starts = [];
    this.#loopSeenAt = Number.NEGATIVE_INFINITY;
    this.#wordsAt = Number.NEGATIVE_INFINITY;
    this.#garbageAt.clear();
    this.#speaker = undefined;
    this.#loader = undefined;
    this.#crashAt = Number.NEGATIVE_INFINITY;
    this.#swept = false;
    this.#classifier.baudChanged();
    return this.#tell("adapter-gone");
  }

  adapterBack(adapter: AdapterName, at: number): Finding | undefined {
    this.#adapter = adapter;
    this.#quietSince = at;
    return this.#tell("adapter-back");
  }

  /** Somebody answered. Worth a word only after a trouble. */
  answered(): Finding | undefined {
    return this.#troubled ? this.#tell("answers") : undefined;
  }

  #expectsWords(): boolean {
    return this.#baud === BOOT_TEXT_BAUD || this.#baud === LOG_BAUD;
  }

  #interpret(classification: Classification, at: number): Finding | undefined {
    switch (classification.kind) {
      case "echo":
        return this.#tell("echo");
      case "boot":
        return this.#started(classification.mode, classification.cause, at);
      case "load":
        this.#recognised(at);
        return this.#loads(at);
      case "nothing-to-start":
        this.#recognised(at);
        return this.#tell("no-image", this.#lastStart());
      case "waits-for-host":
        this.#recognised(at);
        return this.#tell("gpio15-high");
      case "loader":
        this.#recognised(at);
        this.#loader = classification.name;
        if (classification.failed) return this.#tell("no-image", this.#lastStart());
        return this.#loads(at);
      case "crash":
        return this.#crashed(classification.exception, at);
      case "other-chip":
        this.#understood(at);
        this.#speaker = classification.speaker;
        return this.#tell("other-chip");
      case "text":
        this.#recognised(at);
        if (this.#looping(at) || this.#crashing(at) || this.#reported?.id === "other-chip") return undefined;
        this.#speaker =
          classification.speaker === SDK ? (this.#speaker ?? SDK) : (classification.speaker ?? this.#speaker);
        return this.#tell("firmware");
      case "garbage":
        return this.#garbage(at);
    }
  }

  #started(mode: number, cause: number, at: number): Finding | undefined {
    this.#recognised(at);
    this.#speaker = undefined;
    this.#loader = undefined;
    // Another mode than before is a person's doing.
    this.#starts = [...this.#starts.filter((start) => start.mode === mode), { at, mode, cause }].slice(-LOOP_STARTS);
    if (mode !== FLASH) this.#crashAt = Number.NEGATIVE_INFINITY;
    if (mode !== FLASH && mode !== DOWNLOAD) {
      this.#loopSeenAt = Number.NEGATIVE_INFINITY;
      return this.#tell(mode >= FIRST_SDIO ? "gpio15-high" : "gpio2-low", { bootMode: mode });
    }
    const start = this.#lastStart();
    if (this.#again(mode, at)) this.#loopSeenAt = at;
    else if (mode === DOWNLOAD) this.#loopSeenAt = Number.NEGATIVE_INFINITY;
    // What is wrong with its image is known already, and a loop only its consequence.
    if (mode === FLASH && this.#reported?.id === "no-image") return undefined;
    if (this.#looping(at)) {
      return this.#tell("boot-loop", this.#crashing(at) ? { ...start, exception: this.#crash } : start);
    }
    if (mode === FLASH) return this.#crashing(at) ? undefined : this.#tell("flash-mode", start);
    this.#callsInVain = 0;
    return this.#tell("download-mode", start);
  }

  /** A watchdog reset into download mode is what the program before left behind: nothing from the flash runs there. */
  #again(mode: number, at: number): boolean {
    if (this.#starts.at(-1)?.cause === WATCHDOG) {
      if (mode === DOWNLOAD) return false;
      const bites = this.#starts.filter((start) => start.cause === WATCHDOG && at - start.at < WATCHDOG_LOOP_MS);
      if (bites.length > 1) return true;
    }
    return this.#starts.length === LOOP_STARTS && at - this.#starts[0]!.at < LOOP_MS;
  }

  /** Mode and cause of the last start, where its line was heard. */
  #lastStart(): Partial<Circumstances> {
    const last = this.#starts.at(-1);
    return { bootMode: last?.mode, resetCause: last?.cause, loader: this.#loader };
  }

  /** Something is loaded from the flash; the line before it may have been missed. */
  #loads(at: number): Finding | undefined {
    if (this.#looping(at) || this.#crashing(at) || this.#reported?.id === "no-image") return undefined;
    const start = this.#lastStart();
    return this.#tell("flash-mode", start.bootMode === FLASH ? start : { loader: this.#loader });
  }

  #crashed(exception: string | undefined, at: number): Finding | undefined {
    this.#recognised(at);
    this.#crash = exception ?? (this.#crashing(at) ? this.#crash : undefined);
    this.#crashAt = at;
    return this.#looping(at) ? undefined : this.#tell("crash", { exception: this.#crash });
  }

  #crashing(at: number): boolean {
    return at - this.#crashAt < CRASH_MS;
  }

  /** The chip itself was understood, over wires that are right. */
  #recognised(at: number): void {
    this.#understood(at);
    this.#heardBefore = true;
  }

  #understood(at: number): void {
    this.#wordsAt = at;
    this.#garbageAt.clear();
  }

  /** Either rate makes sense of somebody who is well wired: only what makes none at both is noise. */
  #garbage(at: number): Finding | undefined {
    if (this.#baud === this.#home) this.#home = this.#home === LOG_BAUD ? BOOT_TEXT_BAUD : LOG_BAUD;
    if (at - this.#wordsAt < WORDS_MS || this.#looping(at)) return undefined;
    this.#garbageAt.set(this.#baud, at);
    const elsewhere = this.#rateFixed ? this.#baud : this.#baud === LOG_BAUD ? BOOT_TEXT_BAUD : LOG_BAUD;
    const other = this.#garbageAt.get(elsewhere);
    if (!this.#swept || other === undefined || at - other > GARBAGE_MS) return undefined;
    return this.#tell("noise");
  }

  #looping(at: number): boolean {
    return at - this.#loopSeenAt < LOOP_OVER_MS;
  }

  #tell(id: FindingId, extra: Partial<Circumstances> = {}): Finding | undefined {
    const key = keyOf(id, this.#speaker, extra);
    if (key === this.#reportedKey) return undefined;
    const finding = describe(id, {
      adapter: this.#adapter,
      heardBefore: this.#heardBefore,
      rateFixed: this.#rateFixed,
      speaker: this.#speaker,
      ...extra,
    });
    this.#reportedKey = key;
    this.#reported = finding;
    if (finding.causes.length > 0) this.#troubled = true;
    return finding;
  }
}

/** Two findings with the same key are the same news. */
function keyOf(id: FindingId, speaker: string | undefined, known: Partial<Circumstances>): string {
  const { resetCause, loader, exception } = known;
  switch (id) {
    case "firmware":
    case "other-chip":
      return `${id}, ${speaker}`;
    case "boot-loop":
      return `${id}, ${resetCause}, ${exception}`;
    case "download-mode":
      return `${id}, ${resetCause === WATCHDOG}`;
    case "flash-mode":
      return `${id}, ${resetCause === WATCHDOG}, ${loader}`;
    case "no-image":
      return `${id}, ${loader}`;
    case "crash":
      return `${id}, ${exception}`;
    default:
      return id;
  }
}
