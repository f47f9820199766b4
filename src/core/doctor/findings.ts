/**
 * What the doctor can find on a serial line, as data: words, causes with the likeliest first, each with its remedy, and
 * whether it can be seen at all with the adapter as the plug's supply. The order of the causes is the order in which
 * reports of failed connections name them; circumstances move a cause to the front where they speak for it.
 */
import { type AdapterName, weakRegulatorMa } from "./adapters.ts";

export const FINDING_IDS = [
  "nothing",
  "echo",
  "download-mode",
  "download-unanswered",
  "flash-mode",
  "boot-loop",
  "firmware",
  "noise",
  "other-chip",
  "adapter-gone",
  "adapter-back",
  "answers",
] as const;

export type FindingId = (typeof FINDING_IDS)[number];

export interface Finding {
  readonly id: FindingId;
  readonly text: string;
  /** Likeliest first. Empty where there is nothing wrong. */
  readonly causes: readonly string[];
  /** The one thing to do now: the remedy of the likeliest cause. */
  readonly nextAction: string;
  /** When this can be seen, and how to see it; undefined where any wiring shows it. */
  readonly visibility: string | undefined;
}

/** What is known beside the finding itself. */
export interface Circumstances {
  readonly adapter: AdapterName;
  /** The number after "rst cause:" in the last boot text: 1 power-on, 2 reset pin, 3 software, 4 watchdog. */
  readonly resetCause?: number;
  /** Who talks, where the words tell. */
  readonly speaker?: string;
  /** It was heard once, and nothing followed at either rate. */
  readonly fellSilent?: boolean;
  /** The line's rate cannot be changed from here, as with a raw socket. */
  readonly rateFixed?: boolean;
  /** The plug has been heard before over these wires. */
  readonly heardBefore?: boolean;
}

interface Cause {
  readonly text: string;
  readonly remedy: string;
  /** Circumstances that make it the likeliest. */
  readonly foremost?: (known: Circumstances) => boolean;
  /** Circumstances that rule it out. */
  readonly excluded?: (known: Circumstances) => boolean;
}

interface Entry {
  readonly text: (known: Circumstances) => string;
  readonly causes: readonly Cause[];
  /** Where there are no causes. */
  readonly nextAction?: string;
  readonly visibility?: string;
}

/**
 * The boot ROM speaks within 0.1 s of power-up; a USB adapter takes about a second to be a port. The wire at the chip's
 * RX comes off because the adapter's idle TX feeds a chip without power through that pin: it then hangs.
 */
const BOOT_TEXT_VISIBILITY =
  "The chip says how it started in its first tenth of a second. Where the adapter is the supply, that is over before " +
  "the computer has the adapter. To hear it: leave the adapter in its USB socket, take the wire off the chip's RX, take " +
  "the 3.3 V away for three seconds and give it back; then join RX again.";

const POWER_UP = "Hold GPIO0 to ground, take the 3.3 V away and give it back, and hold GPIO0 until the chip answers.";

const ENTRIES: Readonly<Record<FindingId, Entry>> = {
  nothing: {
    text: () => "Nothing at all is heard.",
    causes: [
      {
        text: "the plug has no 3.3 V",
        remedy: "Measure between the chip's Vcc and ground: there must be 3.3 V.",
      },
      {
        text: "RX and TX are not crossed",
        remedy: "Swap the wires at the adapter's RX and TX.",
        excluded: ({ heardBefore }) => heardBefore === true,
      },
      {
        text: "the wire from the chip's TX, or ground, is open",
        remedy: "Check the wires at the chip's TX and at ground for continuity.",
      },
      {
        text: "a firmware runs and has nothing to say: GPIO0 was not at ground as the power came",
        remedy: POWER_UP,
        foremost: ({ heardBefore }) => heardBefore === true,
      },
      {
        text: "the chip hangs: its power was away while the adapter's TX fed it through RX",
        remedy: "Pull the adapter out, wait three seconds, and plug it in again with GPIO0 at ground.",
      },
      {
        text: "the chip is not an Espressif one",
        remedy: "Read what is printed on the chip.",
      },
    ],
    visibility: BOOT_TEXT_VISIBILITY,
  },
  echo: {
    text: () => "The adapter hears its own words.",
    causes: [
      {
        text: "solder or a wire joins RX and TX",
        remedy: "Look for a bridge between the RX and TX pads and wires, and separate them.",
      },
      {
        text: "the wires are swapped on one side only, so that both end at the same pin",
        remedy: "Follow both wires from end to end: adapter TX to chip RX, chip TX to adapter RX.",
      },
      { text: "a jumper on the adapter joins its RX and TX", remedy: "Take the jumper off." },
    ],
  },
  "download-mode": {
    text: () => "The chip started in download mode.",
    causes: [],
    nextAction: "Nothing to do: plugsmith is calling it.",
    visibility: BOOT_TEXT_VISIBILITY,
  },
  "download-unanswered": {
    text: () => "The chip is in download mode and can be heard, but it does not answer.",
    causes: [
      {
        text: "the adapter's TX does not reach the chip's RX",
        remedy: "Check the wire from the adapter's TX to the chip's RX for continuity.",
      },
      {
        text: "the chip took a wrong rate from a disturbance on RX",
        remedy: POWER_UP,
      },
      {
        text: "the adapter's TX does not swing between 0 and 3.3 V",
        remedy: "Measure the adapter's TX while nothing is sent: it must be at 3.3 V.",
      },
    ],
    visibility: BOOT_TEXT_VISIBILITY,
  },
  "flash-mode": {
    text: () => "The chip started from its flash, not in download mode.",
    causes: [
      { text: "GPIO0 was not at ground as the power came", remedy: POWER_UP },
      {
        text: "the GPIO0 wire sits on another pad, or its joint is open",
        remedy: "Check GPIO0's wire for continuity to the chip's pin and to ground.",
      },
    ],
    visibility: BOOT_TEXT_VISIBILITY,
  },
  "boot-loop": {
    text: ({ resetCause }) =>
      resetCause === 4
        ? "The chip's watchdog starts it again and again."
        : "The chip starts again and again: each time its boot text, then nothing that lasts.",
    causes: [
      {
        text: "the 3.3 V sags as the firmware switches its radio on, and the chip browns out",
        remedy: "Give the plug 3.3 V from a supply that can give 500 mA; in download mode the chip needs far less.",
        foremost: ({ resetCause }) => resetCause !== 4,
      },
      {
        text: "the firmware in its flash is damaged or half written",
        remedy: POWER_UP,
        foremost: ({ resetCause }) => resetCause === 4,
      },
      {
        text: "the Vcc or the ground wire has a loose joint",
        remedy: "Move the Vcc and ground wires gently while watching: renew the joint that makes a difference.",
        excluded: ({ resetCause }) => resetCause === 4,
      },
    ],
  },
  firmware: {
    text: ({ speaker }) =>
      speaker === undefined
        ? "A firmware is talking: the chip is not in download mode."
        : `A firmware is talking, ${speaker} by its words: the chip is not in download mode.`,
    causes: [
      { text: "GPIO0 was not at ground as the power came", remedy: POWER_UP },
      {
        text: "GPIO0 was put to ground only after the power came",
        remedy: POWER_UP,
      },
      {
        text: "the GPIO0 wire sits on another pad, or its joint is open",
        remedy: "Check GPIO0's wire for continuity to the chip's pin and to ground.",
      },
    ],
  },
  noise: {
    text: ({ fellSilent, rateFixed }) =>
      fellSilent === true
        ? "Something was heard that made no sense, then it fell silent."
        : rateFixed === true
          ? "Something is heard that makes no sense at the rate the far end has."
          : "Something is heard that makes no sense, neither at 74880 baud nor at 115200.",
    causes: [
      {
        text: "the grounds of adapter and plug are not joined, or poorly",
        remedy: "Check the ground wire between adapter and plug for continuity.",
      },
      {
        text: "a firmware talks, at another rate",
        remedy: POWER_UP,
        foremost: ({ fellSilent }) => fellSilent === true,
      },
      {
        text: "the server at the far end has another rate than 115200 baud",
        remedy: "Set the far end to 115200 baud, or use RFC 2217, which carries the rate.",
        foremost: ({ rateFixed }) => rateFixed === true,
        excluded: ({ rateFixed }) => rateFixed !== true,
      },
      {
        text: "a disturbance reaches the wires, or the adapter does not keep its rate",
        remedy: "Make the wires shorter than 20 cm, away from chargers; try another adapter.",
      },
    ],
  },
  "other-chip": {
    text: ({ speaker }) => `${speaker ?? "Another chip"} is talking: this is no ESP8266 or ESP8285.`,
    causes: [
      {
        text: "the maker changed the chip: not every plug sold under one name holds the same",
        remedy: "Read what is printed on the chip. plugsmith and Tasmota's ESP8266 builds cannot be used on this plug.",
      },
    ],
  },
  "adapter-gone": {
    text: () => "The adapter is gone.",
    causes: [],
    nextAction: "Plug it in again, with GPIO0 held to ground.",
  },
  "adapter-back": {
    text: () => "The adapter is back.",
    causes: [],
    nextAction: "Nothing to do: plugsmith is calling the chip.",
  },
  answers: {
    text: () => "The chip answers.",
    causes: [],
    nextAction: "Nothing to do: leave the wires and GPIO0 as they are.",
  },
};

/** The finding in words, for these circumstances. */
export function describe(id: FindingId, known: Circumstances): Finding {
  const entry = ENTRIES[id];
  const possible = entry.causes.filter((cause) => cause.excluded?.(known) !== true);
  const ordered = [
    ...possible.filter((cause) => cause.foremost?.(known) === true),
    ...possible.filter((cause) => cause.foremost?.(known) !== true),
  ];
  const weak = id === "boot-loop" ? weakRegulatorMa(known.adapter) : undefined;
  return {
    id,
    text: entry.text(known),
    causes: ordered.map(({ text }, index) =>
      weak !== undefined && index === 0 && known.resetCause !== 4
        ? `${text}: the 3.3 V pin of an ${known.adapter.label} gives ${weak} mA`
        : text,
    ),
    nextAction: ordered[0]?.remedy ?? entry.nextAction ?? "",
    visibility: entry.visibility,
  };
}
