/**
 * What is heard on the line while waiting for the chip, and what it means for the person at the bench. Bytes and the
 * rate they came at go in, findings come out, each told once until another takes its place.
 *
 * Knows the ROM's boot text ("ets Jan  8 2013,rst cause:N, boot mode:(S,T)", 74880 baud; S = 3 boots from flash, 1 is
 * download mode) from Espressif's ESP8266 documentation of boot messages.
 */
import type { JobEvent } from "../../core/events.ts";

export type Finding =
  | "nothing"
  | "echo"
  | "download-mode"
  | "flash-mode"
  | "firmware"
  | "noise"
  | "adapter-gone"
  | "adapter-back";

const WORDS: Readonly<Record<Finding, { readonly text: string; readonly nextAction: string }>> = {
  nothing: {
    text: "Nothing is heard on the line.",
    nextAction:
      "Hold GPIO0 to ground and give the plug its 3.3 V; check that RX and TX are crossed and ground is joined.",
  },
  echo: {
    text: "The adapter hears its own words.",
    nextAction: "RX and TX touch each other, or only the adapter is on the line: separate them.",
  },
  "download-mode": {
    text: "The chip started in download mode.",
    nextAction: "Nothing to do: plugsmith is calling it.",
  },
  "flash-mode": {
    text: "The chip started its firmware: GPIO0 was not held to ground at power-up.",
    nextAction: "Hold GPIO0 to ground, take the 3.3 V away and give it back.",
  },
  firmware: {
    text: "A firmware is talking.",
    nextAction: "Hold GPIO0 to ground, take the 3.3 V away and give it back.",
  },
  noise: {
    text: "Something is heard that makes no sense at this rate.",
    nextAction: "Check ground and supply; if the plug runs its firmware, power it up again with GPIO0 held to ground.",
  },
  "adapter-gone": { text: "The adapter is gone.", nextAction: "Plug it in again, with GPIO0 held to ground." },
  "adapter-back": { text: "The adapter is back.", nextAction: "Nothing to do: plugsmith is calling the chip." },
};

/** Bytes kept to be read as text. */
const KEPT = 512;
/** Fewer bytes than this are a plug's glitch at power-up, not worth a word. */
const WORTH_A_WORD = 24;

export class Hearing {
  readonly #tell: (event: JobEvent) => void;
  #text = "";
  #odd = 0;
  #told: Finding | undefined;
  #sent = "";

  constructor(tell: (event: JobEvent) => void) {
    this.#tell = tell;
  }

  /** What we ourselves last put on the line, to know an echo by. */
  sent(frame: Uint8Array): void {
    this.#sent = latin(frame);
  }

  heard(chunk: Uint8Array): void {
    const text = latin(chunk);
    this.#text = (this.#text + text).slice(-KEPT);
    for (const byte of chunk) if (!printable(byte)) this.#odd++;
    const finding = this.#interpret();
    if (finding !== undefined) this.tell(finding);
  }

  tell(finding: Finding): void {
    if (finding === this.#told) return;
    this.#told = finding;
    this.#tell({ type: "hearing", finding, ...WORDS[finding] });
  }

  /** A new stretch of listening: what came before says nothing about now. */
  forget(): void {
    this.#text = "";
    this.#odd = 0;
  }

  /** Something is there that speaks at another rate, or is no chip at all. */
  get puzzled(): boolean {
    return this.#told === "noise" && !this.silent;
  }

  get silent(): boolean {
    return this.#text.length === 0;
  }

  #interpret(): Finding | undefined {
    const boots = [...this.#text.matchAll(/boot mode:\(([0-7]),/g)].at(-1)?.[1];
    if (boots !== undefined) return boots === "1" ? "download-mode" : "flash-mode";
    if (this.#sent.length > 0 && this.#text.includes(this.#sent)) return "echo";
    if (this.#text.length < WORTH_A_WORD) return undefined;
    return this.#odd * 4 < this.#text.length ? "firmware" : "noise";
  }
}

function latin(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function printable(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x1b;
}
