/**
 * What the doctor can find on a serial line, as data: words, causes with the likeliest first, each with its remedy, and
 * whether it can be seen at all with the adapter as the plug's supply. The order of the causes is the order in which
 * reports of failed connections name them; circumstances move a cause to the front where they speak for it.
 */

import { isOverNetwork, lineLostRemedy } from "../line-lost.ts";
import { joined, quantity, say, type Text } from "../text/text.ts";
import { weakRegulatorMa } from "./adapters.ts";
import type { Circumstances, Finding, FindingId } from "./finding.ts";

interface Cause {
  readonly text: Text;
  readonly remedy: Text;
  /** Circumstances that make it the likeliest. */
  readonly foremost?: (known: Circumstances) => boolean;
  /** Circumstances that rule it out. */
  readonly excluded?: (known: Circumstances) => boolean;
}

interface Entry {
  readonly text: (known: Circumstances) => Text;
  readonly causes: readonly Cause[];
  /** Where there are no causes. */
  readonly nextAction?: Text | ((known: Circumstances) => Text);
  readonly visibility?: Text;
}

/**
 * The boot ROM speaks within 0.1 s of power-up; a USB adapter takes about a second to be a port. The wire at the chip's
 * RX comes off because the adapter's idle TX feeds a chip without power through that pin: it then hangs.
 */
const BOOT_TEXT_VISIBILITY = say`The chip reports how it started within its first tenth of a second. If the adapter is the supply, that is over before the computer has detected the adapter. To see it: leave the adapter plugged in, disconnect the wire from the chip's RX, disconnect the 3.3 V for three seconds, reconnect it, then reconnect RX.`;

const POWER_UP = say`Hold GPIO0 to ground, disconnect the 3.3 V and reconnect it, and keep holding GPIO0 until the chip answers.`;

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
    text: () => say`No signal at all.`,
    causes: [
      {
        text: say`the plug has no 3.3 V`,
        remedy: say`Measure between the chip's Vcc and ground: there must be 3.3 V.`,
      },
      {
        text: say`RX and TX are not crossed`,
        remedy: say`Swap the wires at the adapter's RX and TX.`,
        excluded: ({ heardBefore }) => heardBefore === true,
      },
      {
        text: say`the wire from the chip's TX, or ground, is open`,
        remedy: say`Check the wires at the chip's TX and at ground for continuity.`,
      },
      {
        text: say`a firmware is running silently: GPIO0 was not at ground when the power came on`,
        remedy: POWER_UP,
        foremost: ({ heardBefore }) => heardBefore === true,
      },
      {
        text: say`the chip hangs: without power, it was fed by the adapter's TX through RX`,
        remedy: say`Pull the adapter out, wait three seconds, and plug it in again with GPIO0 at ground.`,
      },
      {
        text: say`the chip is not an Espressif one`,
        remedy: say`Read what is printed on the chip.`,
      },
    ],
    visibility: BOOT_TEXT_VISIBILITY,
  },
  echo: {
    text: () => say`The adapter receives what it sends.`,
    causes: [
      {
        text: say`solder or a wire joins RX and TX`,
        remedy: say`Look for a bridge between the RX and TX pads and wires, and separate them.`,
      },
      {
        text: say`the wires are swapped on one side only, so that both end at the same pin`,
        remedy: say`Follow both wires from end to end: adapter TX to chip RX, chip TX to adapter RX.`,
      },
      { text: say`a jumper on the adapter joins its RX and TX`, remedy: say`Take the jumper off.` },
    ],
  },
  "download-mode": {
    text: (known) =>
      watchdog(known)
        ? say`The chip's watchdog reset it, and it started in download mode: the firmware never ran, because GPIO0 was at ground.`
        : say`The chip started in download mode.`,
    causes: [],
    nextAction: say`Wait: plugsmith is connecting to it.`,
    visibility: BOOT_TEXT_VISIBILITY,
  },
  "download-unanswered": {
    text: () => say`The chip is in download mode and sends, but it does not answer.`,
    causes: [
      {
        text: say`the adapter's TX does not reach the chip's RX`,
        remedy: say`Check the wire from the adapter's TX to the chip's RX for continuity.`,
      },
      {
        text: say`the chip took a wrong rate from a disturbance on RX`,
        remedy: POWER_UP,
      },
      {
        text: say`the adapter's TX does not swing between 0 and 3.3 V`,
        remedy: say`Measure the adapter's TX while nothing is sent: it must be at 3.3 V.`,
      },
    ],
    visibility: BOOT_TEXT_VISIBILITY,
  },
  "flash-mode": {
    text: (known) => {
      const { loader } = known;
      if (watchdog(known)) {
        return loader === undefined
          ? say`The chip's watchdog reset it once. It started from its flash, not in download mode.`
          : say`The chip's watchdog reset it once. It started from its flash, not in download mode: ${loader} starts a firmware.`;
      }
      return loader === undefined
        ? say`The chip started from its flash, not in download mode.`
        : say`The chip started from its flash, not in download mode: ${loader} starts a firmware.`;
    },
    causes: [
      { text: say`GPIO0 was not at ground when the power came on`, remedy: POWER_UP },
      {
        text: say`the GPIO0 wire sits on another pad, or its joint is open`,
        remedy: say`Check GPIO0's wire for continuity to the chip's pin and to ground.`,
      },
      {
        text: say`the firmware hung, so that the watchdog reset the chip`,
        remedy: POWER_UP,
        excluded: (known) => !watchdog(known),
      },
    ],
    visibility: BOOT_TEXT_VISIBILITY,
  },
  "boot-loop": {
    text: (known) =>
      inDownloadMode(known)
        ? say`The chip starts in download mode again and again, before any firmware runs.`
        : known.exception !== undefined
          ? say`The firmware crashes and starts again and again: ${known.exception}.`
          : watchdog(known)
            ? say`The chip's watchdog starts it again and again.`
            : say`The chip starts again and again: each time its boot text, then nothing more.`,
    causes: [
      {
        text: say`the 3.3 V sags when the firmware switches its radio on, and the chip browns out`,
        remedy: say`Give the plug 3.3 V from a supply that can give 500 mA; in download mode the chip needs far less.`,
        foremost: (known) => !watchdog(known) && known.exception === undefined,
        excluded: inDownloadMode,
      },
      {
        text: say`the firmware in its flash is damaged or half written`,
        remedy: POWER_UP,
        foremost: (known) => watchdog(known) || known.exception !== undefined,
        excluded: inDownloadMode,
      },
      {
        text: say`the Vcc or the ground wire has a loose joint`,
        remedy: say`Move the Vcc and ground wires gently while watching: renew the joint that makes a difference.`,
        excluded: watchdog,
      },
      {
        text: say`something pulls the chip's reset pin to ground`,
        remedy: say`Take any wire off the chip's RST and EN, or use --no-reset-wires.`,
        excluded: (known) => !inDownloadMode(known),
      },
    ],
  },
  "no-image": {
    text: ({ loader, resetCause }) =>
      resetCause !== undefined && INCOMPLETE.includes(resetCause)
        ? say`There is nothing to start: the boot ROM gave up after an incomplete reset.`
        : loader === undefined
          ? say`There is nothing to start: the boot ROM finds no firmware in the flash that it can load.`
          : say`There is nothing to start: ${loader} finds no firmware in the flash that it can load.`,
    causes: [
      {
        text: say`the image in the flash is damaged, half written or missing`,
        remedy: joined([POWER_UP, say`Then write the firmware, or restore the backup.`]),
      },
      {
        text: say`the image was written in a flash mode that the part does not support (QIO or QOUT for one that needs DIO or DOUT)`,
        remedy: say`Write the image in flash mode DOUT.`,
      },
      {
        text: say`the program restarted the chip while GPIO0 was at ground, which leads neither to download mode nor to a firmware`,
        remedy: POWER_UP,
        foremost: (known) => inDownloadMode(known),
        excluded: (known) => !(inDownloadMode(known) && known.resetCause === SOFTWARE),
      },
      {
        text: say`the chip was not fully reset, as when it wakes from deep sleep`,
        remedy: say`Disconnect the 3.3 V for three seconds, then reconnect it.`,
        foremost: () => true,
        excluded: ({ resetCause }) => resetCause === undefined || !INCOMPLETE.includes(resetCause),
      },
    ],
    visibility: BOOT_TEXT_VISIBILITY,
  },
  "gpio15-high": {
    text: () =>
      say`GPIO15 was high when the chip started: it waits for a host on SDIO, and starts neither its flash nor download mode.`,
    causes: [
      {
        text: say`GPIO15 is not held to ground: the resistor that does so is open or missing`,
        remedy: say`Join GPIO15 to ground through 10 kΩ, then disconnect the 3.3 V and reconnect it.`,
      },
      {
        text: say`a wire or solder joins GPIO15 to 3.3 V or to a pin that is high`,
        remedy: say`Look at GPIO15 for a bridge or a misplaced wire, and remove it.`,
      },
    ],
    visibility: BOOT_TEXT_VISIBILITY,
  },
  "gpio2-low": {
    text: () => say`GPIO2 was at ground when the chip started: it starts neither its flash nor download mode.`,
    causes: [
      {
        text: say`the wire for GPIO0 sits on GPIO2`,
        remedy: say`Move the wire from GPIO2 to GPIO0, then disconnect the 3.3 V and reconnect it.`,
        foremost: ({ bootMode }) => bootMode === 2,
      },
      {
        text: say`a wire or solder joins GPIO2 to ground`,
        remedy: say`Look at GPIO2 for a bridge or a misplaced wire, and remove it.`,
        foremost: ({ bootMode }) => bootMode === 0,
      },
    ],
    visibility: BOOT_TEXT_VISIBILITY,
  },
  crash: {
    text: ({ exception }) =>
      exception === undefined
        ? say`The firmware crashed: this is its exception dump. The chip is not in download mode.`
        : say`The firmware crashed with ${exception}: this is its exception dump. The chip is not in download mode.`,
    causes: [
      {
        text: say`the firmware is damaged, or was built for another flash size or board`,
        remedy: joined([POWER_UP, say`Then write the firmware, or restore the backup.`]),
      },
      {
        text: say`the 3.3 V sags when the firmware switches its radio on`,
        remedy: say`Give the plug 3.3 V from a supply that can give 500 mA; in download mode the chip needs far less.`,
      },
      { text: say`the firmware has a fault`, remedy: joined([POWER_UP, say`Then write another version.`]) },
    ],
  },
  firmware: {
    text: ({ speaker }) =>
      speaker === undefined
        ? say`A firmware is running: the chip is not in download mode.`
        : say`A firmware is running (${speaker}): the chip is not in download mode.`,
    causes: [
      { text: say`GPIO0 was not at ground when the power came on`, remedy: POWER_UP },
      {
        text: say`GPIO0 was connected to ground only after the power came on`,
        remedy: POWER_UP,
      },
      {
        text: say`the GPIO0 wire sits on another pad, or its joint is open`,
        remedy: say`Check GPIO0's wire for continuity to the chip's pin and to ground.`,
      },
    ],
  },
  noise: {
    text: ({ fellSilent, rateFixed }) =>
      fellSilent === true
        ? say`Unreadable data, then silence.`
        : rateFixed === true
          ? say`Unreadable data at the far end's baud rate.`
          : say`Unreadable data, at 74880 and at 115200 baud.`,
    causes: [
      {
        text: say`the grounds of adapter and plug are not joined, or poorly`,
        remedy: say`Check the ground wire between adapter and plug for continuity.`,
      },
      {
        text: say`a firmware sends at another baud rate`,
        remedy: POWER_UP,
        foremost: ({ fellSilent }) => fellSilent === true,
      },
      {
        text: say`the server at the far end has another rate than 115200 baud`,
        remedy: say`Set the far end to 115200 baud, or use RFC 2217, which carries the rate.`,
        foremost: ({ rateFixed }) => rateFixed === true,
        excluded: ({ rateFixed }) => rateFixed !== true,
      },
      {
        text: say`a disturbance reaches the wires, or the adapter does not keep its rate`,
        remedy: say`Make the wires shorter than 20 cm, away from chargers; try another adapter.`,
      },
    ],
  },
  "other-chip": {
    text: ({ speaker }) =>
      speaker === undefined
        ? say`Another chip is sending: this is not an ESP8266 or ESP8285.`
        : say`${speaker} is sending: this is not an ESP8266 or ESP8285.`,
    causes: [
      {
        text: say`the maker changed the chip: plugs sold under one name can have different chips`,
        remedy: say`Read what is printed on the chip. plugsmith and Tasmota's ESP8266 builds cannot be used on this plug.`,
      },
    ],
  },
  "adapter-gone": {
    text: ({ adapter: { path } }) =>
      isRemote(path) ? say`The connection to ${path} is gone.` : say`No adapter detected.`,
    causes: [],
    nextAction: ({ adapter: { path } }) =>
      isRemote(path) ? lineLostRemedy(path) : say`Plug it in while you hold the button (GPIO0 to GND).`,
  },
  "adapter-back": {
    text: ({ adapter: { path } }) =>
      isRemote(path) ? say`The connection to ${path} is back.` : say`The adapter is back.`,
    causes: [],
    nextAction: say`Wait: plugsmith is connecting to the chip.`,
  },
  answers: {
    text: () => say`The chip answers.`,
    causes: [],
    nextAction: say`Nothing to do: leave the wires and GPIO0 as they are.`,
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
        ? say`${text}: the 3.3 V pin of an ${known.adapter.label} supplies ${quantity(weak, "mA")}`
        : text,
    ),
    nextAction: ordered[0]?.remedy ?? nextAction ?? say``,
    visibility: entry.visibility,
  };
}
