/**
 * The closing list: every check between wires and mains, answered in order. Limits come from the device's guide, each with
 * its source.
 */
import { type Wires, wiresWords } from "../../core/conversion/state.ts";
import { PlugsmithError } from "../../core/errors.ts";
import type { ClosingItem, Guide, GuideConfirmation, GuideMeasurement, GuideTexts } from "../../core/guide/guide.ts";
import { guideText } from "../../core/guide/guide-text.ts";
import type { SafetyMeasurement, SafetyRecord } from "../../core/journal/step-data.ts";
import { joined, say, type Text } from "../../core/text/text.ts";
import type { Operator } from "../ports.ts";
import { type ClosedCase, isMet, requireClosed } from "./closed-case.ts";
import { confirmList } from "./confirm-list.ts";
import { LEADS_THEN_CONTACT, measureTogether } from "./measurement.ts";

/** How far an earlier run came, and where each item of this one goes. */
export interface ClosingProgress {
  /** Met earlier, and nothing was opened since. */
  readonly done: SafetyRecord | undefined;
  /** Awaited before the next item is asked. */
  readonly met: (item: string, measured: SafetyMeasurement | undefined) => Promise<void>;
}

/** They are about a socket and the moment before it is used, so an earlier answer says nothing. */
const EACH_TIME: readonly string[] = ["first-mains-protected", "first-mains-no-load"];

/** What an instrument is set to, and what it then shows: read at once. */
const SETTINGS: Readonly<Record<string, string>> = { insulation: "insulation-voltage" };

/** Items that are asked for in one question: confirmations that follow each other, or what is read in one situation. */
type ClosingGroup =
  | { readonly confirm: readonly GuideConfirmation[] }
  | { readonly measure: readonly GuideMeasurement[] };

/**
 * Goes through the closing list in its order. The items at its beginning that are done are not asked again, nor those
 * that are confirmed of the list that an earlier run stopped in.
 * @param wires on record, where they are the reason for asking: named in the first question.
 * @throws unsafe where the person stops, or a measurement is not good enough.
 */
export async function closeCase(
  guide: Guide,
  texts: GuideTexts,
  operator: Operator,
  at: string,
  signal?: AbortSignal,
  wires?: Wires,
  progress?: ClosingProgress,
): Promise<ClosedCase> {
  const done = progress?.done;
  const measured: SafetyMeasurement[] = [];
  const measuring = { texts, operator, plugState: say`open or not tested; keep it away from mains`, signal };
  let resuming = done !== undefined;
  let named = wires;
  for (const group of groupsOf(guide.closing)) {
    const items: readonly ClosingItem[] = "confirm" in group ? group.confirm : group.measure;
    const open = resuming ? items.filter((item) => !isMet(item, done) || EACH_TIME.includes(item.id)) : items;
    if ("confirm" in group) {
      if (open.length > 0) {
        await confirmItems(group.confirm, open, { texts, operator, signal, wires: named, met: progress?.met });
        named = undefined;
      }
    } else if (open.length === 0) {
      measured.push(...items.flatMap(({ id }) => done?.measured.find((each) => each.id === id) ?? []));
    } else {
      const task = { items: group.measure, id: group.measure.at(-1)!.id, text: textOf(group.measure) };
      for (const each of await measureTogether(task, measuring)) {
        measured.push(each);
        await progress?.met(each.id, each);
      }
    }
    // What comes after an item that was open has not been asked yet, or was asked of another state of the case.
    resuming &&= open.length === 0;
  }
  const confirmed = guide.closing.flatMap((item) => ("confirm" in item ? [item.id] : []));
  return requireClosed({ closedAt: at, confirmed, measured }, guide);
}

function groupsOf(items: readonly ClosingItem[]): readonly ClosingGroup[] {
  const groups: { confirm?: GuideConfirmation[]; measure?: GuideMeasurement[] }[] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if ("confirm" in item) {
      if (last?.confirm === undefined) groups.push({ confirm: [item] });
      else last.confirm.push(item);
    } else if (last?.measure?.length === 1 && last.measure[0]!.id === SETTINGS[item.id]) last.measure.push(item);
    else groups.push({ measure: [item] });
  }
  return groups as readonly ClosingGroup[];
}

function textOf(items: readonly GuideMeasurement[]): Text | undefined {
  if (items.length > 1) return say`Two values from the insulation tester: what it is set to, and what it shows.`;
  return items[0]!.nullLeads === true ? LEADS_THEN_CONTACT : undefined;
}

interface ConfirmingItems {
  readonly texts: GuideTexts;
  readonly operator: Operator;
  readonly signal?: AbortSignal | undefined;
  readonly wires?: Wires | undefined;
  readonly met: ClosingProgress["met"] | undefined;
}

/** Asks until each is confirmed. @throws unsafe where the person stops */
async function confirmItems(
  group: readonly GuideConfirmation[],
  open: readonly ClosingItem[],
  { texts, operator, signal, wires, met }: ConfirmingItems,
): Promise<void> {
  const items = open.map(({ id }) => ({ id, text: guideText(texts, id) }));
  const question = say`Which of these are true now?`;
  await confirmList(
    {
      id: `closing-${group[0]!.id}`,
      text: wires === undefined ? question : joined([wiresWords(wires), question]),
      items,
    },
    {
      operator,
      signal,
      confirmed: async (id) => await met?.(id, undefined),
      refusal: ({ id, text }) =>
        new PlugsmithError("unsafe", {
          message: say`Not confirmed: ${text}`,
          step: "close-case",
          plugState: say`open or not tested; do not plug it into mains`,
          nextStep: say`Correct it, then run the same command again. It continues with what is still open.`,
          context: { check: id },
        }),
    },
  );
}
