/** Opening a plug, attaching its wires, and the measurements before the board gets its first power from an adapter. Limits come from the device's guide. */
import type { Guide, GuideBenchMeasurement, GuideStep, GuideTexts } from "../../core/guide/guide.ts";
import { guideText } from "../../core/guide/guide-text.ts";
import type { SafetyMeasurement, SafetyRecord } from "../../core/journal/step-data.ts";
import { joined, say, type Text } from "../../core/text/text.ts";
import type { ListedItem, Operator, OperatorWork } from "../ports.ts";
import { measureTogether } from "./measurement.ts";

/** How the adapter is connected for each measurement. */
const SETUPS: Readonly<Record<GuideBenchMeasurement["on"], Text>> = {
  adapter: say`Plug the USB adapter into the computer. Connect nothing to the adapter except the meter's probes.`,
  board: say`With the adapter unplugged from the computer:`,
};

/**
 * Before the board gets its first power. "adapter": 3.3 V where 3.3 V belongs, before any wire leads from the adapter to
 * the board; "board": no short between the wires that are now on it. @param work what is done before. @throws unsafe
 */
export async function checkBeforePower(
  guide: Guide,
  texts: GuideTexts,
  operator: Operator,
  what: "adapter" | "board",
  signal?: AbortSignal,
  work?: OperatorWork,
): Promise<readonly SafetyMeasurement[]> {
  const items = guide.beforePower.filter(({ on }) => on === what);
  const task = { items, id: `before-power-${what}`, text: SETUPS[what], work };
  return await measureTogether(task, { texts, operator, plugState: say`not powered`, signal });
}

/** From a closed plug to one with wires on it that may get power. @param wired it is open and wired already. @throws unsafe */
export async function openAndWire(
  guide: Guide,
  texts: GuideTexts,
  operator: Operator,
  signal?: AbortSignal,
  wired = false,
): Promise<SafetyRecord> {
  const stepOf = ({ id }: GuideStep): ListedItem => ({ id, text: guideText(texts, id) });
  const opening: OperatorWork = {
    id: "opening",
    text: joined([...guide.unknown.map((id) => guideText(texts, id)), say`Open the plug in this order:`]),
    steps: guide.opening.map(stepOf),
  };
  const wiring: OperatorWork = {
    id: "wiring",
    text: say`Solder the wires in this order, with everything unpowered:`,
    steps: [{ id: "unplug-adapter", text: say`Unplug the adapter from the computer.` }, ...guide.wiring.map(stepOf)],
  };
  const adapter = await checkBeforePower(guide, texts, operator, "adapter", signal, wired ? undefined : opening);
  const board = await checkBeforePower(guide, texts, operator, "board", signal, wired ? undefined : wiring);
  return { confirmed: [], measured: [...adapter, ...board] };
}
