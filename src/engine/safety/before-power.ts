/** Opening a plug, attaching its wires, and the measurements before the board gets its first power from an adapter. Limits come from the device's guide. */
import { PlugsmithError } from "../../core/errors.ts";
import type { Guide, GuideBenchMeasurement, GuideStep, GuideTexts } from "../../core/guide/guide.ts";
import { guideText } from "../../core/guide/guide-text.ts";
import type { SafetyMeasurement, SafetyRecord } from "../../core/journal/step-data.ts";
import { joined, say, type Text } from "../../core/text/text.ts";
import type { Operator } from "../ports.ts";
import { measureWithin } from "./measurement.ts";
import { doPage, type PageStep } from "./work-page.ts";

/** How the adapter is connected for each measurement. */
const SETUPS: Readonly<Record<GuideBenchMeasurement["on"], Text>> = {
  adapter: say`Plug the USB adapter into the computer. Connect nothing to the adapter except the meter's probes.`,
  board: say`With the adapter unplugged from the computer:`,
};

/**
 * Before the board gets its first power. "adapter": 3.3 V where 3.3 V belongs, before any wire leads from the adapter to
 * the board; "board": no short between the wires that are now on it. @throws unsafe
 */
export async function checkBeforePower(
  guide: Guide,
  texts: GuideTexts,
  operator: Operator,
  what: "adapter" | "board",
  signal?: AbortSignal,
): Promise<readonly SafetyMeasurement[]> {
  const measured: SafetyMeasurement[] = [];
  for (const item of guide.beforePower) {
    if (item.on !== what) continue;
    measured.push(await measureWithin(item, texts, operator, say`not powered`, signal, SETUPS[what]));
  }
  return measured;
}

/** From a closed plug to one with wires on it that may get power. @param wired it is open and wired already. @throws unsafe */
export async function openAndWire(
  guide: Guide,
  texts: GuideTexts,
  operator: Operator,
  signal?: AbortSignal,
  wired = false,
): Promise<SafetyRecord> {
  const stepOf = ({ id }: GuideStep): PageStep => ({ id, text: guideText(texts, id) });
  const unplug = { id: "unplug-adapter", text: say`Unplug the adapter from the computer.` };
  if (wired) await requireWired(operator, signal);
  else {
    const steps = guide.opening.map(stepOf);
    const text = joined([...guide.unknown.map((id) => guideText(texts, id)), say`Open the plug in this order:`]);
    await doPage(operator, { id: "opening", text, steps }, signal);
  }
  const adapter = await checkBeforePower(guide, texts, operator, "adapter", signal);
  if (!wired) {
    const steps = [unplug, ...guide.wiring.map(stepOf)];
    const text = say`Solder the wires in this order, with everything unpowered:`;
    await doPage(operator, { id: "wiring", text, steps }, signal);
  }
  const board = await checkBeforePower(guide, texts, operator, "board", signal);
  return { confirmed: [], measured: [...adapter, ...board] };
}

/** One confirmation in place of the pages on opening and wiring. */
async function requireWired(operator: Operator, signal?: AbortSignal): Promise<void> {
  const answer = await operator.choose(
    {
      id: "wired",
      text: say`Is the plug open, are the wires soldered to its board, and is the adapter unplugged from the computer?`,
      options: [
        { id: "yes", text: say`Yes, all of this is true` },
        { id: "no", text: say`No` },
      ],
    },
    signal,
  );
  if (answer === "yes") return;
  throw new PlugsmithError("unsafe", {
    message: say`It is not confirmed that the plug is open and wired.`,
    step: "prepare",
    plugState: say`untouched`,
    nextStep: say`Run the command again without --wired. It guides you through opening and wiring.`,
  });
}
