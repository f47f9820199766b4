/** Opening a plug, attaching its wires, and the measurements before the board gets its first power from an adapter. Limits come from the device's guide. */
import type { Guide, GuideTexts } from "../../core/guide/guide.ts";
import { guideText } from "../../core/guide/guide-text.ts";
import type { SafetyMeasurement, SafetyRecord } from "../../core/journal/step-data.ts";
import { joined, say } from "../../core/text/text.ts";
import type { Operator } from "../ports.ts";
import { measureWithin } from "./measurement.ts";

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
    if (item.on === what) measured.push(await measureWithin(item, texts, operator, say`not powered`, signal));
  }
  return measured;
}

/** From a closed plug to one with wires on it that may get power. @throws unsafe */
export async function openAndWire(
  guide: Guide,
  texts: GuideTexts,
  operator: Operator,
  signal?: AbortSignal,
): Promise<SafetyRecord> {
  const act = (id: string, text = guideText(texts, id)): Promise<void> => operator.act({ id, text }, signal);
  const reported = [...guide.variants.map(({ id }) => id), ...guide.unknown].map((id) => guideText(texts, id));
  await act("know-your-plug", say`Make sure that it is the plug that this guide is for. ${joined(reported)}`);
  for (const { id } of guide.opening) await act(id);
  await act("adapter-alone", say`Plug the USB adapter into the computer, with no wire on it but the meter's probes.`);
  const adapter = await checkBeforePower(guide, texts, operator, "adapter", signal);
  await act(
    "unplug-adapter",
    say`Pull the adapter out of the computer again: wires are attached with nothing powered.`,
  );
  for (const { id } of guide.wiring) await act(id);
  const board = await checkBeforePower(guide, texts, operator, "board", signal);
  return { confirmed: [], measured: [...adapter, ...board] };
}
