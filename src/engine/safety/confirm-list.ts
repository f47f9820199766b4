/**
 * What a person confirms at one moment in one place, in one question. Each item counts by itself: one that is not
 * confirmed stays open, is explained, and is asked for again alone.
 */
import type { PlugsmithError } from "../../core/errors.ts";
import { joined, say, type Text } from "../../core/text/text.ts";
import type { ListedItem, Operator, OperatorChecklist } from "../ports.ts";

export interface ItemToConfirm extends ListedItem {
  /** What to do where it is not so. */
  readonly advice?: Text | undefined;
}

export interface ListToConfirm extends OperatorChecklist {
  readonly items: readonly ItemToConfirm[];
}

export interface Confirming {
  readonly operator: Operator;
  readonly signal?: AbortSignal | undefined;
  /** Awaited for each item that is confirmed, before anything else is asked. */
  readonly confirmed?: ((id: string) => Promise<void>) | undefined;
  /** Where the person stops: the error about the first item that is open. */
  readonly refusal: (open: ItemToConfirm) => PlugsmithError;
}

/** Resolves when all of it is confirmed. Errors: the refusal; aborted, needs-input. */
export async function confirmList(
  { id, text, items }: ListToConfirm,
  { operator, signal, confirmed, refusal }: Confirming,
): Promise<void> {
  let question = text;
  for (let open = items; open.length > 0; ) {
    const listed = open.map((item) => ({ id: item.id, text: item.text }));
    const answer = await operator.check({ id, text: question, items: listed }, signal);
    const isTrue = (item: ItemToConfirm): boolean => answer.confirmed.includes(item.id);
    for (const item of open.filter(isTrue)) await confirmed?.(item.id);
    open = open.filter((item) => !isTrue(item));
    if (open.length > 0 && answer.stop === true) throw refusal(open[0]!);
    const advice = open.flatMap((item) => item.advice ?? []);
    question = joined([
      ...(advice.length > 0 ? advice : [say`Put this right first.`]),
      say`plugsmith waits here. Is it so now?`,
    ]);
  }
}
