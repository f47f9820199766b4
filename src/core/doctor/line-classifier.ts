/**
 * What bytes on the line sound like: the boot ROM's text, our own words, a boot loader, an exception dump, a firmware's
 * log, another maker's chip, or garbage. Knows nothing of time and of what it means. Text is read line by line, so that
 * it does not matter in which pieces it arrives.
 *
 * Sources: boot-words.ts; Tasmota support_command / AddLogData (time, three-letter topic, colon); the other makers'
 * boot messages as people have published them for RTL8710BN, RTL8710C, BK7231T, W600 and ESP32.
 */
import {
  BOOT_HEADER,
  CRASH_LINES,
  EXCEPTIONS,
  isLoadable,
  LOAD,
  LOADERS,
  NOTHING_TO_START,
  ROM_LINE,
  SDK,
  SDK_LINE,
  WAITS_FOR_HOST,
} from "./boot-words.ts";

export type Classification =
  /** `mode` is the strap's number: 1 download, 3 flash. `cause` as in "rst cause:". */
  | { readonly kind: "boot"; readonly mode: number; readonly cause: number }
  /** The ROM copies an image from the flash. */
  | { readonly kind: "load" }
  /** The ROM gave up: it has nothing that it can start. */
  | { readonly kind: "nothing-to-start" }
  /** The ROM waits for a host on SDIO. */
  | { readonly kind: "waits-for-host" }
  /** A second stage, between ROM and firmware; `failed`: it has nothing that it can start. */
  | { readonly kind: "loader"; readonly name: string; readonly failed: boolean }
  /** An exception dump; `exception` where its number was heard. */
  | { readonly kind: "crash"; readonly exception: string | undefined }
  | { readonly kind: "echo" }
  | { readonly kind: "other-chip"; readonly speaker: string }
  | { readonly kind: "text"; readonly speaker: string | undefined }
  | { readonly kind: "garbage" };

const OTHER_CHIPS: readonly (readonly [RegExp, string])[] = [
  [
    /ROM:\[V\d\.\d\]|FLASHRATE:\d|IMG1 (DATA|ENTRY)|== Rtl\d+\w* IoT|rtlbn_|BOOT-LEVEL_INFO/,
    "A Realtek chip (RTL87xx)",
  ],
  [/V:BK7231|CPSR:[0-9A-F]{8}|bk7231/, "A Beken chip (BK7231)"],
  [/secboot running/, "A Winner Micro chip (W600 or W800)"],
  [/ESP-ROM:esp32|rst:0x[0-9a-f]+ \(|ets Ju[nl] /, "An ESP32"],
];

const SPEAKERS: readonly (readonly [RegExp, string])[] = [
  [/\d\d:\d\d:\d\d\.\d{3}(-\d+\S*)? [A-Z][A-Z0-9]{2}: |Project tasmota|Tasmota Version/, "Tasmota"],
  [/TUYA (Notice|Info|Debug|Err)/, "the vendor's (Tuya)"],
];

/** Bytes kept to be read as text. */
const KEPT = 512;
/** The stretch that is judged. */
const JUDGED = 64;
/** Fewer bytes than this are a plug's glitch at power-up, or the end of a line whose beginning was missed. */
const GARBAGE_FROM = 24;
const TEXT_FROM = 40;
/** Where the chip was understood at this rate already; more than any of the ROM's short lines with a damaged letter. */
const TEXT_FROM_KNOWN = 20;

export class LineClassifier {
  /** Everything of late, to know an echo and garbage by. */
  #text = "";
  #sent = "";
  /** The line that has not ended yet; what was understood of it is cut off. */
  #line = "";
  #lineUnderstood = false;
  /** Something was understood at this rate. */
  #rateKnown = false;
  /** Lines that nobody but a firmware prints. */
  #said = "";

  /** The rate was changed, or the adapter: what came before says nothing about what comes. */
  baudChanged(): void {
    this.#text = "";
    this.#said = "";
    this.#rateKnown = false;
    this.#newLine();
  }

  /** What this side put on the line, to know an echo by. */
  sent(frame: Uint8Array): void {
    this.#sent = latin(frame);
  }

  /** @param wordsExpected false at rates where nobody is expected to talk: only an echo is listened for. */
  classify(chunk: Uint8Array, wordsExpected: boolean): readonly Classification[] {
    const heard = latin(chunk);
    this.#text = (this.#text + heard).slice(-KEPT);
    if (this.#sent.length > 0 && this.#text.includes(this.#sent)) {
      this.baudChanged();
      return [{ kind: "echo" }];
    }
    if (!wordsExpected) return [];
    const classifications: Classification[] = [];
    for (const piece of heard.split(/(?<=[\r\n])/)) classifications.push(...this.#read(piece));
    return this.#isGarbage() ? [...classifications, { kind: "garbage" }] : classifications;
  }

  /** @param piece of one line, its end included if it has come. */
  #read(piece: string): Classification[] {
    this.#line = (this.#line + piece).slice(-KEPT);
    const classifications: Classification[] = [];
    for (let classification = this.#word(); classification !== undefined; classification = this.#word())
      classifications.push(classification);
    if (!/[\r\n]$/.test(piece)) return classifications;
    const whole = this.#closed(this.#line.trim());
    if (whole !== undefined) classifications.push(whole);
    this.#newLine();
    return classifications;
  }

  #newLine(): void {
    this.#line = "";
    this.#lineUnderstood = false;
  }

  /** What is understood before its line ends: the ROM's last line has no end. */
  #word(): Classification | undefined {
    let first: { readonly end: number; readonly classification: Classification } | undefined;
    let at = Number.POSITIVE_INFINITY;
    for (const [words, classificationOf] of WORDS) {
      const match = words.exec(this.#line);
      if (match === null || match.index >= at) continue;
      at = match.index;
      first = { end: match.index + match[0].length, classification: classificationOf(match) };
    }
    if (first === undefined) return undefined;
    this.#line = this.#line.slice(first.end);
    this.#lineUnderstood = true;
    this.#rateKnown = true;
    this.#text = "";
    this.#said = "";
    return first.classification;
  }

  /** A line is over. */
  #closed(line: string): Classification | undefined {
    if (this.#lineUnderstood || line === "" || ROM_LINE.test(line)) return undefined;
    const loader = LOADERS.find((each) => each.line.test(line));
    if (loader !== undefined) return { kind: "loader", name: loader.name, failed: loader.failed.test(line) };
    for (const words of CRASH_LINES) {
      const match = words.exec(line);
      if (match !== null) return { kind: "crash", exception: match[1] === undefined ? undefined : named(match[1]) };
    }
    this.#said = `${this.#said}${line}\n`.slice(-KEPT);
    if (SDK_LINE.test(line)) return { kind: "text", speaker: SDK };
    const judged = this.#said.slice(-JUDGED);
    if (judged.length < (this.#rateKnown ? TEXT_FROM_KNOWN : TEXT_FROM) || oddIn(judged) > judged.length * 0.03)
      return undefined;
    return { kind: "text", speaker: SPEAKERS.find(([words]) => words.test(this.#said))?.[1] };
  }

  #isGarbage(): boolean {
    const judged = this.#withoutBeginningEcho().slice(-JUDGED);
    const limit = judged.length < TEXT_FROM ? 0.25 : 0.1;
    return judged.length >= GARBAGE_FROM && oddIn(judged) > judged.length * limit;
  }

  /** An echo comes in pieces: until it is whole, its beginning is no garbage. */
  #withoutBeginningEcho(): string {
    for (let length = Math.min(this.#sent.length, this.#text.length); length > 0; length--) {
      if (this.#text.endsWith(this.#sent.slice(0, length))) return this.#text.slice(0, -length);
    }
    return this.#text;
  }
}

/** None of them needs to see what follows. */
const WORDS: readonly (readonly [RegExp, (match: RegExpExecArray) => Classification])[] = [
  [BOOT_HEADER, (match) => ({ kind: "boot", cause: Number(match[1]), mode: Number(match[2]) })],
  [NOTHING_TO_START, () => ({ kind: "nothing-to-start" })],
  [WAITS_FOR_HOST, () => ({ kind: "waits-for-host" })],
  [LOAD, (match) => ({ kind: isLoadable(Number.parseInt(match[1] ?? "", 16)) ? "load" : "nothing-to-start" })],
  ...OTHER_CHIPS.map(([words, speaker]) => [words, (): Classification => ({ kind: "other-chip", speaker })] as const),
];

/** "Exception 28 (…)". */
function named(number: string): string {
  const meaning = EXCEPTIONS[Number(number)];
  return `Exception ${number}${meaning === undefined ? "" : ` (${meaning})`}`;
}

function oddIn(text: string): number {
  let odd = 0;
  for (const letter of text) if (!printable(letter)) odd++;
  return odd;
}

function latin(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function printable(letter: string): boolean {
  return (letter >= " " && letter <= "~") || "\r\n\t\u001b".includes(letter);
}
