/**
 * What bytes on the line sound like: the boot ROM's text, our own words, a firmware's log, another maker's chip, or
 * babble. Knows nothing of time and of what it means.
 *
 * Sources: Espressif, "ESP8266 Boot Mode Selection" and the Arduino core's boot message page ("ets Jan  8 2013,rst
 * cause:N, boot mode:(S,T)"); Tasmota support_command / AddLogData (time, three-letter topic, colon); the other makers'
 * boot messages as people have published them for RTL8710BN, RTL8710C, BK7231T, W600 and ESP32.
 */

export type Sound =
  /** `mode` is the strap's number: 1 download, 3 flash. `cause` as in "rst cause:". */
  | { readonly kind: "boot"; readonly mode: number; readonly cause: number }
  | { readonly kind: "echo" }
  | { readonly kind: "other-chip"; readonly speaker: string }
  | { readonly kind: "text"; readonly speaker: string | undefined }
  | { readonly kind: "babble" };

const BOOT_TEXT = /rst cause:([0-7]), boot mode:\(([0-7]),[0-7]\)/;

/** What the ROM and the Arduino core's second stage print on the way to a firmware; neither is a firmware talking. */
const BOOT_REMARKS =
  /ets Jan {2}8 2013|load 0x[0-9a-f]+, len \d+, room \d+|tail \d+|ch?k?sum 0x[0-9a-f]+|v[0-9a-f]{8}|~ld|wdt reset|ets_main\.c *\d*/g;

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
const BABBLE_FROM = 24;
const TEXT_FROM = 40;

export class Ears {
  #text = "";
  #sent = "";

  /** The rate was changed, or the adapter: what came before says nothing about what comes. */
  tuned(): void {
    this.#text = "";
  }

  /** What this side put on the line, to know an echo by. */
  sent(frame: Uint8Array): void {
    this.#sent = latin(frame);
  }

  /** @param wordsExpected false at rates where nobody is expected to talk: only an echo is listened for. */
  hear(chunk: Uint8Array, wordsExpected: boolean): readonly Sound[] {
    this.#text = (this.#text + latin(chunk)).slice(-KEPT);
    if (this.#sent.length > 0 && this.#text.includes(this.#sent)) {
      this.#text = "";
      return [{ kind: "echo" }];
    }
    if (!wordsExpected) return [];
    const sounds: Sound[] = [];
    for (let boot = BOOT_TEXT.exec(this.#text); boot !== null; boot = BOOT_TEXT.exec(this.#text)) {
      sounds.push({ kind: "boot", cause: Number(boot[1]), mode: Number(boot[2]) });
      this.#text = this.#text.slice(boot.index + boot[0].length);
    }
    const rest = this.#judge();
    return rest === undefined ? sounds : [...sounds, rest];
  }

  #judge(): Sound | undefined {
    const other = OTHER_CHIPS.find(([words]) => words.test(this.#text));
    if (other !== undefined) return { kind: "other-chip", speaker: other[1] };
    const judged = this.#withoutBeginningEcho().replace(BOOT_REMARKS, "\n").slice(-JUDGED);
    let odd = 0;
    for (const letter of judged) if (!printable(letter)) odd++;
    // Firmwares talk in lines; half of one may hide whose words they are.
    if (judged.length >= TEXT_FROM && odd <= judged.length * 0.03) {
      if (!judged.includes("\n")) return undefined;
      return { kind: "text", speaker: SPEAKERS.find(([words]) => words.test(this.#text))?.[1] };
    }
    const limit = judged.length < TEXT_FROM ? 0.25 : 0.1;
    return judged.length >= BABBLE_FROM && odd > judged.length * limit ? { kind: "babble" } : undefined;
  }

  /** An echo comes in pieces: until it is whole, its beginning is no babble. */
  #withoutBeginningEcho(): string {
    for (let length = Math.min(this.#sent.length, this.#text.length); length > 0; length--) {
      if (this.#text.endsWith(this.#sent.slice(0, length))) return this.#text.slice(0, -length);
    }
    return this.#text;
  }
}

function latin(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function printable(letter: string): boolean {
  return (letter >= " " && letter <= "~") || "\r\n\t\u001b".includes(letter);
}
