/**
 * What the doctor can find on a serial line, as data: words, causes with the likeliest first, each with its remedy, and
 * whether it can be seen at all with the adapter as the plug's supply. The order of the causes is the order in which
 * reports of failed connections name them; circumstances move a cause to the front where they speak for it.
 */
import { isOverNetwork, lineLostRemedy } from "../line-lost.ts";
import { type AdapterName, weakRegulatorMa } from "./adapters.ts";

export const FINDING_IDS = [
  "nothing",
  "echo",
  "download-mode",
  "download-unanswered",
  "flash-mode",
  "boot-loop",
  "no-image",
  "gpio15-high",
  "gpio2-low",
  "crash",
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
  readonly resetCause?: number | undefined;
  /** The first number after "boot mode:" in the last boot text: 1 download, 3 flash. */
  readonly bootMode?: number | undefined;
  /** Who talks, if the text reveals it. */
  readonly speaker?: string | undefined;
  /** The boot loader that was heard between ROM and firmware. */
  readonly loader?: string | undefined;
  /** The exception that a firmware crashed with, where its number was heard. */
  readonly exception?: string | undefined;
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
  readonly nextAction?: string | ((known: Circumstances) => string);
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

/** "rst cause:" of the boot text. */
const SOFTWARE = 3;
const WATCHDOG = 4;
/** Unknown, and after a deep sleep whose end was no proper reset (espressif/ESP8266_RTOS_SDK#1170, esp8266/Arduino#1363). */
const INCOMPLETE: readonly (number | undefined)[] = [0, 5, 6];

const watchdog = ({ resetCause }: Circumstances): boolean => resetCause === WATCHDOG;
const isRemote = (path: string | undefined): path is string => path !== undefined && isOverNetwork(path);
const inDownloadMode = ({ bootMode }: Circumstances): boolean => bootMode === 1;

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
    text: (known) =>
      watchdog(known)
        ? "The chip's watchdog reset it, and it started in download mode: the firmware never ran, since GPIO0 was at ground."
        : "The chip started in download mode.",
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
    text: (known) =>
      (watchdog(known)
        ? "The chip's watchdog reset it once. It started from its flash, not in download mode"
        : "The chip started from its flash, not in download mode") +
      (known.loader === undefined ? "." : `: ${known.loader} starts a firmware.`),
    causes: [
      { text: "GPIO0 was not at ground as the power came", remedy: POWER_UP },
      {
        text: "the GPIO0 wire sits on another pad, or its joint is open",
        remedy: "Check GPIO0's wire for continuity to the chip's pin and to ground.",
      },
      {
        text: "the firmware hung, so that the watchdog reset the chip",
        remedy: POWER_UP,
        excluded: (known) => !watchdog(known),
      },
    ],
    visibility: BOOT_TEXT_VISIBILITY,
  },
  "boot-loop": {
    text: (known) =>
      inDownloadMode(known)
        ? "The chip starts in download mode again and again, before any firmware runs."
        : known.exception !== undefined
          ? `The firmware crashes and starts again and again: ${known.exception}.`
          : watchdog(known)
            ? "The chip's watchdog starts it again and again."
            : "The chip starts again and again: each time its boot text, then nothing that lasts.",
    causes: [
      {
        text: "the 3.3 V sags as the firmware switches its radio on, and the chip browns out",
        remedy: "Give the plug 3.3 V from a supply that can give 500 mA; in download mode the chip needs far less.",
        foremost: (known) => !watchdog(known) && known.exception === undefined,
        excluded: inDownloadMode,
      },
      {
        text: "the firmware in its flash is damaged or half written",
        remedy: POWER_UP,
        foremost: (known) => watchdog(known) || known.exception !== undefined,
        excluded: inDownloadMode,
      },
      {
        text: "the Vcc or the ground wire has a loose joint",
        remedy: "Move the Vcc and ground wires gently while watching: renew the joint that makes a difference.",
        excluded: watchdog,
      },
      {
        text: "something pulls the chip's reset pin to ground",
        remedy: "Take any wire off the chip's RST and EN, or use --no-reset-wires.",
        excluded: (known) => !inDownloadMode(known),
      },
    ],
  },
  "no-image": {
    text: ({ loader, resetCause }) =>
      resetCause !== undefined && INCOMPLETE.includes(resetCause)
        ? "There is nothing to start: the boot ROM gave up after a reset that was not complete."
        : `There is nothing to start: ${loader ?? "the boot ROM"} finds no firmware in the flash that it can load.`,
    causes: [
      {
        text: "the image in the flash is damaged, half written or missing",
        remedy: `${POWER_UP} Then write the firmware, or restore the backup.`,
      },
      {
        text: "the image was written in a flash mode that the part cannot do (QIO or QOUT for one that needs DIO or DOUT)",
        remedy: "Write the image in flash mode DOUT.",
      },
      {
        text: "the program restarted the chip while GPIO0 was at ground, which ends neither in download mode nor in a firmware",
        remedy: POWER_UP,
        foremost: (known) => inDownloadMode(known),
        excluded: (known) => !(inDownloadMode(known) && known.resetCause === SOFTWARE),
      },
      {
        text: "the chip was not fully reset, as when it wakes from deep sleep",
        remedy: "Take the 3.3 V away for three seconds and give it back.",
        foremost: () => true,
        excluded: ({ resetCause }) => resetCause === undefined || !INCOMPLETE.includes(resetCause),
      },
    ],
    visibility: BOOT_TEXT_VISIBILITY,
  },
  "gpio15-high": {
    text: () =>
      "GPIO15 was high as the chip started: it waits for a host on SDIO, and starts neither its flash nor download mode.",
    causes: [
      {
        text: "GPIO15 is not held to ground: the resistor that does so is open or missing",
        remedy: "Join GPIO15 to ground through 10 kΩ, take the 3.3 V away and give it back.",
      },
      {
        text: "a wire or solder joins GPIO15 to 3.3 V or to a pin that is high",
        remedy: "Look at GPIO15 for a bridge or a misplaced wire, and remove it.",
      },
    ],
    visibility: BOOT_TEXT_VISIBILITY,
  },
  "gpio2-low": {
    text: () => "GPIO2 was at ground as the chip started: it starts neither its flash nor download mode.",
    causes: [
      {
        text: "the wire for GPIO0 sits on GPIO2",
        remedy: "Move the wire from GPIO2 to GPIO0, take the 3.3 V away and give it back.",
        foremost: ({ bootMode }) => bootMode === 2,
      },
      {
        text: "a wire or solder joins GPIO2 to ground",
        remedy: "Look at GPIO2 for a bridge or a misplaced wire, and remove it.",
        foremost: ({ bootMode }) => bootMode === 0,
      },
    ],
    visibility: BOOT_TEXT_VISIBILITY,
  },
  crash: {
    text: ({ exception }) =>
      `The firmware crashed${exception === undefined ? "" : ` with ${exception}`}: what is heard is its exception dump. ` +
      "The chip is not in download mode.",
    causes: [
      {
        text: "the firmware is damaged, or was built for another flash size or board",
        remedy: `${POWER_UP} Then write the firmware, or restore the backup.`,
      },
      {
        text: "the 3.3 V sags as the firmware switches its radio on",
        remedy: "Give the plug 3.3 V from a supply that can give 500 mA; in download mode the chip needs far less.",
      },
      { text: "the firmware has a fault", remedy: `${POWER_UP} Then write another version.` },
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
    text: ({ adapter: { path } }) => (isRemote(path) ? `The connection to ${path} is gone.` : "The adapter is gone."),
    causes: [],
    nextAction: ({ adapter: { path } }) =>
      isRemote(path) ? `${lineLostRemedy(path)}.` : "Plug it in again, with GPIO0 held to ground.",
  },
  "adapter-back": {
    text: ({ adapter: { path } }) => (isRemote(path) ? `The connection to ${path} is back.` : "The adapter is back."),
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
  const nextAction = typeof entry.nextAction === "function" ? entry.nextAction(known) : entry.nextAction;
  return {
    id,
    text: entry.text(known),
    causes: ordered.map(({ text }, index) =>
      weak !== undefined && index === 0 && !watchdog(known)
        ? `${text}: the 3.3 V pin of an ${known.adapter.label} gives ${weak} mA`
        : text,
    ),
    nextAction: ordered[0]?.remedy ?? nextAction ?? "",
    visibility: entry.visibility,
  };
}
