/**
 * Job events for people. With a capable terminal the step under way is one line that is redrawn; otherwise (a file, a
 * dumb terminal, `--plain` for screen readers) every line stays and progress is reported in quarters, in words.
 * Every colour goes with a word. What happened goes to standard error, the command's answer to standard output.
 */
import {
  type Catalogue,
  decimal,
  ENGLISH,
  type JobEvent,
  joined,
  MOST_ANSWER,
  quantity,
  say,
  stepText,
  type Text,
  textIn,
  visible,
  type Worded,
  wordedIn,
} from "../../core/index.ts";
import { exitCodeOf } from "../exit-codes.ts";
import { type AnswerLine, laidOut } from "./answer.ts";
import { clipped, columnsOf, NO_BREAK, padded, wrapped } from "./columns.ts";
import { factText } from "./fact-text.ts";
import { progressLine, progressWords } from "./progress.ts";
import { durationText, percent } from "./quantity.ts";
import { eachText, type Renderer, visibleEvent } from "./renderer.ts";
import { sparkline } from "./sparkline.ts";
import { type CommandLines, type Style, type Terminal, type Tint, tinted } from "./terminal.ts";

/** The word at the start of a line, and the width of its column. */
const MARKS = {
  now: [say`..`, "quiet"],
  ok: [say`ok`, "good"],
  note: [say`note`, "quiet"],
  warn: [say`warn`, "careful"],
  again: [say`again`, "careful"],
  hears: [say`hears`, "strong"],
  failed: [say`FAILED`, "bad"],
  danger: [say`DANGER`, "bad"],
} as const satisfies Record<string, readonly [Text, Tint]>;
const MARK_WIDTH = 8;
const INDENT = " ".repeat(MARK_WIDTH);
/** A fact longer than this, characters, is a path or a digest. */
const LONG_FACT = 60;
/** At most this often is a live line drawn again, ms: faster is only flicker. */
const REDRAW_MS = 66;

type Shown = Worded<JobEvent>;
type Of<T extends JobEvent["type"]> = Extract<Shown, { type: T }>;

export class HumanRenderer implements Renderer {
  readonly #terminal: Terminal;
  readonly #style: Style;
  readonly #catalogue: Catalogue;
  readonly #commandLines: CommandLines;
  readonly #now: () => number;
  readonly #titles = new Map<string, string>();
  readonly #facts: string[] = [];
  #liveLine = false;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #quarter = -1;
  #done = 0;
  readonly #watts: number[] = [];
  #steadiness: string | undefined;
  /** The step under way: its live line as drawn last, and whether its title stands on a line that stays. */
  #current: { readonly title: string; line: string; announced: boolean } | undefined;

  /** @param now real milliseconds; only decides how often a line is drawn again. */
  constructor(terminal: Terminal, style: Style, now: () => number) {
    this.#terminal = terminal;
    this.#style = style;
    this.#catalogue = style.catalogue ?? ENGLISH;
    this.#commandLines = style.commandLines ?? ((text) => text);
    this.#now = now;
  }

  event(raw: JobEvent): void {
    const event = eachText(wordedIn(visibleEvent(raw), this.#catalogue), this.#commandLines);
    if (event.type === "result" && !event.ok && event.error.code === "mains-on-wires") {
      this.#danger(event.error.message);
      return;
    }
    // For pages that draw the flash.
    if (event.type === "sectors") return;
    // Where the step's title is only drawn, what it found out waits for its end.
    const drawing = this.#style.live && ["progress", "meter", "step-finished"].includes(event.type);
    if (event.type !== "fact" && !drawing) this.#tellFacts();
    switch (event.type) {
      case "job-started":
        return;
      case "step-started":
        this.#titles.set(event.step, event.title);
        this.#quarter = -1;
        this.#drawnAt = Number.NEGATIVE_INFINITY;
        this.#current = {
          title: event.title,
          line: this.#marked("now", `${event.title} …`),
          announced: !this.#style.live,
        };
        if (this.#style.live) this.#drawCurrent();
        else this.#line("now", event.title);
        return;
      case "progress":
        this.#progress(event);
        return;
      case "fact":
        this.#facts.push(this.#worded(factText(event.name, event.value)));
        return;
      case "hearing":
        this.#hearing(event);
        this.#drawCurrent();
        return;
      case "meter":
        this.#meter(event);
        return;
      case "notice":
        this.#line(event.level === "warning" ? "warn" : "note", event.text);
        this.#drawCurrent();
        return;
      case "output":
        this.#clearLive();
        this.#terminal.err(`${INDENT}${this.#quiet(event.line)}\n`);
        this.#drawCurrent();
        return;
      case "retry":
        this.#line("again", say`${this.#title(event.step)}: ${event.reason} (attempt ${event.attempt})`);
        this.#drawCurrent();
        return;
      case "step-finished":
        this.#current = undefined;
        this.#finished(event);
        this.#tellFacts();
        return;
      case "result":
        this.#current = undefined;
        if (!event.ok) this.#failure(event.error);
        return;
    }
  }

  answer(lines: readonly AnswerLine[]): void {
    this.rest();
    const { outIsTty } = this.#terminal;
    for (const { head, text } of laidOut(lines, (words) => visible(this.#worded(words), MOST_ANSWER))) {
      // A file or another program gets each line whole.
      for (const part of outIsTty ? this.#folded(head, text) : [head + text]) this.#terminal.out(`${part}\n`);
    }
  }

  rest(): void {
    this.#tellFacts();
    this.#clearLive();
  }

  beforeQuestion(): void {
    this.rest();
    if (this.#current?.announced === false) this.#line("now", this.#current.title);
    if (this.#current !== undefined) this.#current.announced = true;
  }

  afterQuestion(): void {
    this.#drawCurrent();
  }

  /** The pending step is drawn below everything reported meanwhile. */
  #drawCurrent(): void {
    if (this.#style.live && this.#current !== undefined) this.#draw(this.#current.line);
  }

  #live(line: string): void {
    if (this.#current !== undefined) this.#current.line = line;
    this.#draw(line);
  }

  /** Below its text where a table's columns stand in front of it; what another program laid out keeps its blanks. */
  #folded(head: string, text: string): string[] {
    if (/\S {2}/.test(text)) return [head + text];
    const indent = " ".repeat(columnsOf(head));
    const [first = "", ...more] = wrapped(text, this.#width(), indent);
    return [head + first.slice(indent.length), ...more];
  }

  #clearLive(): void {
    if (this.#liveLine) this.#terminal.err("\r\u001b[K");
    this.#liveLine = false;
  }

  /** Facts that arrive together are shown together; one that fills a line, such as a path, gets a line of its own to be copied. */
  #tellFacts(): void {
    const room = this.#width() - MARK_WIDTH;
    let row: string[] = [];
    const tell = (): void => {
      if (row.length === 0) return;
      for (const line of wrapped(row.join(", "), this.#width(), INDENT)) this.#plainLine(this.#quiet(line));
      row = [];
    };
    for (const fact of this.#facts.splice(0)) {
      const width = columnsOf(fact);
      const long = width > room || width > LONG_FACT;
      if (long) tell();
      // Name and value stay together where a line has room for several.
      row.push(width < room / 2 ? fact.replaceAll(" ", NO_BREAK) : fact);
      if (long) tell();
    }
    tell();
  }

  #progress(event: Of<"progress">): void {
    const title = this.#title(event.step);
    if (!this.#style.live) {
      const quarter = Math.floor(percent(event.done, event.total) / 25);
      // A restarted transfer is reported again.
      if (event.done < this.#done) this.#quarter = -1;
      this.#done = event.done;
      if (quarter <= this.#quarter || quarter === 4) return;
      this.#quarter = quarter;
      if (quarter > 0) this.#line("now", progressWords(title, event));
      return;
    }
    const now = this.#now();
    if (now - this.#drawnAt < REDRAW_MS) return;
    this.#drawnAt = now;
    const columns = this.#terminal.columns() - 1;
    this.#live(progressLine(this.#mark("now"), MARK_WIDTH, title, event, columns, this.#catalogue));
  }

  /** Words first, then the causes with the likeliest first, the one thing to do, and when it can be seen at all. */
  #hearing(event: Of<"hearing">): void {
    const text = event.text;
    if (event.causes === undefined) {
      this.#line("hears", say`${text} ${event.nextAction}`);
      return;
    }
    this.#line("hears", text);
    const causes = event.causes.map((cause, index) => `${index + 1}. ${cause}`);
    this.#detail(say`Likely`, causes.join("; "));
    this.#detail(say`Next`, event.nextAction);
    if (event.visibility !== undefined) this.#detail(say`Note`, event.visibility);
  }

  /** A reading a second: redrawn if the terminal can, otherwise reported when its steadiness changes. */
  #meter(event: Of<"meter">): void {
    const numbers = joined(
      [quantity(event.voltage, "V", 1), quantity(event.current, "A", 3), quantity(event.power, "W", 1)],
      ", ",
    );
    const brief = this.#worded(joined([numbers, event.steadiness], ": "));
    const factor = event.factor === undefined ? undefined : decimal(event.factor, 2);
    const whole =
      factor === undefined ? brief : this.#worded(say`${numbers}, power factor ${factor}: ${event.steadiness}`);
    const fits = columnsOf(whole) < this.#terminal.columns() - MARK_WIDTH || !this.#style.live;
    const text = fits ? whole : brief;
    this.#watts.push(event.power);
    const room = this.#terminal.columns() - MARK_WIDTH - columnsOf(text) - 3;
    const chart = room < 4 ? "" : `  ${sparkline(this.#watts, Math.min(room, 24))}`;
    if (this.#style.live) this.#live(this.#marked("now", `${text}${chart}`));
    else if (event.steadiness !== this.#steadiness) this.#line("now", text);
    this.#steadiness = event.steadiness;
  }

  #finished(event: Of<"step-finished">): void {
    const took = durationText(event.durationMs);
    const { computerMs } = event;
    const time = this.#worded(computerMs === undefined ? took : say`${took} (here ${durationText(computerMs)})`);
    const title = this.#title(event.step);
    const summary = event.summary;
    const room = this.#width() - MARK_WIDTH - columnsOf(time) - 2;
    if (!this.#style.live || columnsOf(title) > room) {
      this.#line(
        "ok",
        say`${title}: ${summary === "" ? this.#worded(say`done`) : summary}, ${time.replaceAll(" ", NO_BREAK)}`,
      );
      return;
    }
    // The title and its time on one line, what came of it below: the column of times reads down the page.
    this.#plainLine(`${this.#mark("ok")}${padded(title, room + 2)}${time}`);
    if (summary === "") return;
    for (const line of wrapped(summary, this.#width(), INDENT)) this.#plainLine(this.#quiet(line));
  }

  #quiet(line: string): string {
    return INDENT + tinted(this.#style, "quiet", line.slice(MARK_WIDTH));
  }

  #failure(error: Extract<Shown, { type: "result"; ok: false }>["error"]): void {
    const { step, message } = error;
    this.#line("failed", step === undefined ? message : joined([stepText(step), message], ": "));
    if (error.plugState !== undefined) this.#detail(say`The plug`, error.plugState);
    if (error.nextStep !== undefined) this.#detail(say`Next`, error.nextStep);
    this.#detail(say`Code`, say`${error.code}, exit code ${exitCodeOf(error.code)}`);
  }

  /** One line and nothing beside it: neither what was learnt before nor what to know after. */
  #danger(text: Text | string): void {
    this.#facts.length = 0;
    this.#clearLive();
    this.#line("danger", text);
  }

  #detail(label: Text, words: Text | string): void {
    const [name, text] = [this.#worded(label), this.#worded(words)];
    const [first = "", ...more] = wrapped(`${name}: ${text}`, this.#width(), INDENT);
    this.#plainLine(first.replace(`${name}:`, tinted(this.#style, "strong", `${name}:`)));
    for (const line of more) this.#plainLine(line);
  }

  #line(mark: keyof typeof MARKS, words: Text | string): void {
    const [first = "", ...more] = wrapped(this.#worded(words), this.#width(), INDENT);
    this.#plainLine(this.#mark(mark) + first.slice(MARK_WIDTH));
    for (const line of more) this.#plainLine(line);
  }

  #marked(mark: keyof typeof MARKS, text: string): string {
    return this.#mark(mark) + clipped(text, this.#terminal.columns() - MARK_WIDTH - 1);
  }

  #mark(mark: keyof typeof MARKS): string {
    const [text, tint] = MARKS[mark];
    const word = this.#worded(text);
    return tinted(this.#style, tint, word) + " ".repeat(MARK_WIDTH - columnsOf(word));
  }

  #plainLine(line: string): void {
    this.#clearLive();
    this.#terminal.err(`${line}\n`);
  }

  #draw(line: string): void {
    this.#terminal.err(`\r\u001b[K${line}`);
    this.#liveLine = true;
  }

  #title(step: string): string {
    return this.#titles.get(step) ?? this.#worded(stepText(step));
  }

  #worded(wording: Text | string): string {
    return this.#commandLines(textIn(wording, this.#catalogue));
  }

  #width(): number {
    return Math.max(30, this.#terminal.columns() - 1);
  }
}
