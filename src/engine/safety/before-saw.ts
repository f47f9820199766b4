/** Before the saw: whether the plug can hold the right chip, and whether it can be tested when it is closed again. */
import { PlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import type { Guide, GuideTexts } from "../../core/guide/guide.ts";
import { guideText } from "../../core/guide/guide-text.ts";
import { makerOf, typedPrefix } from "../../core/maker/mac-maker.ts";
import { joined, say, type Text } from "../../core/text/text.ts";
import type { Operator } from "../ports.ts";
import { confirmList, type ItemToConfirm } from "./confirm-list.ts";
import { notUnplugged } from "./unplugged.ts";

interface Asking {
  readonly operator: Operator;
  readonly events: EventSink;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks for the MAC that the router or the vendor's app shows; an empty answer skips it. What the registry says is a hint:
 * the chip itself is asked before anything is changed. @param device its name.
 * @returns its first three bytes, 6 lower-case hex digits; empty where it was skipped. @throws not-supported
 */
export async function askForMaker(
  { operator, events, signal }: Asking,
  device: string,
  guide: Guide,
  texts: GuideTexts,
): Promise<string> {
  const variants = guide.variants.map(({ id }) => guideText(texts, id));
  const question = say`Type the MAC address that your router or the vendor's app shows for this plug (Enter skips it):`;
  const identity = say`Is this a ${device} (also sold under other names)? You cannot see the chip yet, and you do not need to: plugsmith reads it before it changes anything, and stops if it is a different one.`;
  // github.com/ct-Open-Source/tuya-convert, README: flashes over the air; vendors' newer firmware is not vulnerable.
  const withoutOpening = say`Some plugs with old vendor firmware could be flashed with tuya-convert without opening them; newer firmware does not allow it.`;
  let text = joined([identity, ...variants, withoutOpening, question]);
  for (;;) {
    const typed = await operator.provide({ id: "router-mac", text, secret: false }, signal);
    if (typed.trim() === "") return "";
    const digits = typedPrefix(typed);
    if (digits !== undefined) {
      events({ type: "notice", level: "info", text: makerWords(digits) });
      return digits.slice(0, 6).toLowerCase();
    }
    text = joined([say`"${typed}" is not a MAC address. A MAC address looks like 5C:CF:7F:0A:0B:0C.`, question]);
  }
}

/** @throws not-supported where the chip cannot be Espressif's. */
function makerWords(digits: string): Text {
  const maker = makerOf(digits);
  const prefix = digits.slice(0, 6).toUpperCase().match(/../g)!.join(":");
  switch (maker.kind) {
    case "espressif":
      return say`${prefix} is registered to Espressif, the maker of the chips that Tasmota runs on. plugsmith reads which chip it is before it changes anything.`;
    case "product":
      return say`${prefix} is registered to ${maker.maker}, whose products contain chips of several makers. It does not show whether this one has an Espressif chip. You may find a different chip when the plug is open.`;
    case "local":
      return say`${prefix} is not a registered address but a random one, so it does not show the chip's maker. You may find a chip that is not Espressif's when the plug is open.`;
    case "unknown":
      return say`${prefix} is not in plugsmith's list of makers, so it does not show the chip's maker. Look it up at standards-oui.ieee.org. You may find a chip that is not Espressif's when the plug is open.`;
    case "other-chip":
      throw new PlugsmithError("not-supported", {
        message: say`${prefix} is registered to ${maker.maker}, which makes its own Wi-Fi chips. Tasmota runs only on Espressif chips, so this plug cannot be converted.`,
        step: "prepare",
        plugState: say`untouched and closed`,
        nextStep: say`Leave it closed. If you typed another device's address, run the command again with this plug's address.`,
        context: { prefix, maker: maker.maker },
      });
  }
}

/**
 * One list for each plug: it is out of its socket, and the tests of the closing list can be done, because a plug that is
 * open and cannot be tested is lost. @param wired it is open and has its wires already. @throws unsafe
 */
export async function confirmBeforeWork({ operator, signal }: Omit<Asking, "events">, wired: boolean): Promise<void> {
  await confirmList(
    {
      id: "before-work",
      text: wired
        ? say`Before anything goes over the wires. Which of these are true?`
        : say`Before the saw. Which of these are true?`,
      items: wired ? [AWAY_FROM_MAINS, WIRED] : [AWAY_FROM_MAINS, INSULATION_TESTER, PROTECTED_SOCKET],
    },
    { operator, signal, refusal: (open) => REFUSALS[open.id]!() },
  );
}

const AWAY_FROM_MAINS: ItemToConfirm = {
  id: "away-from-mains",
  text: say`Wires and mains must never be connected at the same time. The plug is out of its socket and stays out.`,
  advice: say`Take the plug out of its socket.`,
};
const WIRED: ItemToConfirm = {
  id: "wired",
  text: say`The plug is open, its wires are soldered to the board, and the adapter is out of the computer.`,
  advice: say`Solder the wires and pull the adapter out. For guidance, stop here and run it again without --wired.`,
};
const INSULATION_TESTER: ItemToConfirm = {
  id: "insulation-tester",
  text: say`I have an insulation tester with 500 V DC, or know where to borrow one, such as a workshop or a repair café. (A multimeter cannot do this test.)`,
  advice: say`Without an insulation tester, the plug cannot be tested after closing, and an untested plug must not be connected to mains. Leave it closed until you have one, or type stop.`,
};
const PROTECTED_SOCKET: ItemToConfirm = {
  id: "rcd",
  text: say`I have a socket behind an RCD of 30 mA (a portable RCD will do), or a filament bulb in series, for the first time at mains.`,
  advice: say`Without a protected socket the plug cannot be tried out safely. Leave it closed until you have one, or type stop.`,
};

function testsImpossible(): PlugsmithError {
  return new PlugsmithError("unsafe", {
    message: say`Without an insulation tester and a protected socket, the plug cannot be tested after closing. An untested plug must not be connected to mains.`,
    step: "prepare",
    plugState: say`untouched and closed`,
    nextStep: say`Leave it closed. Find a workshop or a repair café with an insulation tester, and a socket behind an RCD of 30 mA (a portable RCD is enough). Then run the command again.`,
  });
}

const REFUSALS: Readonly<Record<string, () => PlugsmithError>> = {
  "away-from-mains": () => notUnplugged("prepare"),
  wired: () =>
    new PlugsmithError("unsafe", {
      message: say`The plug is not known to be open and wired.`,
      step: "prepare",
      plugState: say`untouched`,
      nextStep: say`Run it again without --wired: it goes through opening and wiring with you.`,
    }),
  "insulation-tester": testsImpossible,
  rcd: testsImpossible,
};
