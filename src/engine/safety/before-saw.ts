/** Before the saw: whether the plug can hold the right chip, and whether it can be tested when it is closed again. */
import { PlugsmithError } from "../../core/errors.ts";
import type { EventSink } from "../../core/events.ts";
import type { Guide, GuideTexts } from "../../core/guide/guide.ts";
import { guideText } from "../../core/guide/guide-text.ts";
import { makerOf, typedPrefix } from "../../core/maker/mac-maker.ts";
import { joined, say, type Text } from "../../core/text/text.ts";
import { readDefaults, rememberDefaults } from "../home/defaults.ts";
import type { Home } from "../home/plug-records.ts";
import type { Clock, Operator } from "../ports.ts";

interface Asking {
  readonly operator: Operator;
  readonly events: EventSink;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks for the MAC that the router or the vendor's app shows; an empty answer skips it. What the registry says is a hint:
 * the chip itself is asked before anything is changed. @param device its name. @throws not-supported
 */
export async function askForMaker(
  { operator, events, signal }: Asking,
  device: string,
  guide: Guide,
  texts: GuideTexts,
): Promise<void> {
  const variants = guide.variants.map(({ id }) => guideText(texts, id));
  const question = say`Type the MAC address that your router or the vendor's app shows for this plug (Enter skips it):`;
  const identity = say`Is this a ${device} (also sold under other names)? You cannot see the chip yet, and you do not need to: plugsmith reads it before it changes anything, and stops if it is a different one.`;
  // github.com/ct-Open-Source/tuya-convert, README: flashes over the air; vendors' newer firmware is not vulnerable.
  const withoutOpening = say`Some plugs with old vendor firmware could be flashed with tuya-convert without opening them; newer firmware does not allow it.`;
  let text = joined([identity, ...variants, withoutOpening, question]);
  for (;;) {
    const typed = await operator.provide({ id: "router-mac", text, secret: false }, signal);
    if (typed.trim() === "") return;
    const digits = typedPrefix(typed);
    if (digits !== undefined) {
      events({ type: "notice", level: "info", text: makerWords(digits) });
      return;
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

/** How long an answer holds, ms: for the other plugs of the evening. */
const EVENING_MS = 12 * 3600e3;

/**
 * Asks whether the tests of the closing list can be done, unless somebody said so at this home a few hours ago: a plug
 * that is open and cannot be tested is lost. @throws unsafe
 */
export async function closingToolsAtHand(
  { operator, signal, clock }: Omit<Asking, "events"> & { readonly clock: Pick<Clock, "wallTime"> },
  home: Home,
): Promise<void> {
  const now = clock.wallTime();
  const { closingToolsAt } = await readDefaults(home);
  const age = now - Date.parse(closingToolsAt ?? "");
  if (age >= 0 && age < EVENING_MS) return;
  await askForClosingTools({ operator, signal });
  await rememberDefaults(home, { closingToolsAt: new Date(now).toISOString() });
}

/** @throws unsafe */
async function askForClosingTools({ operator, signal }: Omit<Asking, "events">): Promise<void> {
  const answer = await operator.choose(
    {
      id: "closing-tools",
      text: say`The plug has to pass two tests before you connect it to mains again. They need an insulation tester with 500 V DC (a multimeter cannot do this), and a socket behind an RCD of 30 mA or with a filament bulb in series. Can you get both, for example in a workshop or a repair café?`,
      options: [
        { id: "yes", text: say`Yes, I have both or know where to borrow them` },
        { id: "no", text: say`No, or I am not sure` },
      ],
    },
    signal,
  );
  if (answer === "yes") return;
  throw new PlugsmithError("unsafe", {
    message: say`Without an insulation tester and a protected socket, the plug cannot be tested after closing. An untested plug must not be connected to mains.`,
    step: "prepare",
    plugState: say`untouched and closed`,
    nextStep: say`Leave it closed. Find a workshop or a repair café with an insulation tester, and a socket behind an RCD of 30 mA (a portable RCD is enough). Then run the command again.`,
  });
}
