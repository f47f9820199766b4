/** Lists and several readings answered as if each were asked by itself, for people in tests who know single questions only. */
import { say } from "../../src/core/text/text.ts";
import type { Operator } from "../../src/engine/ports.ts";

const OPTIONS = [
  { id: "yes", text: say`Yes` },
  { id: "no", text: say`No` },
];

/** The first item that is not confirmed ends the list, and the person stops there; "wait" leaves it open. */
export function itemByItem({
  act,
  choose,
  measure,
}: Pick<Operator, "act" | "choose" | "measure">): Pick<Operator, "check" | "read"> {
  return {
    check: async ({ text, items }, signal) => {
      const confirmed: string[] = [];
      for (const [index, item] of items.entries()) {
        const asked = { id: item.id, text: index === 0 ? say`${text} ${item.text}` : item.text, options: OPTIONS };
        const answer = await choose(asked, signal);
        if (answer !== "yes") return { confirmed, stop: answer !== "wait" };
        confirmed.push(item.id);
      }
      return { confirmed };
    },
    read: async ({ text, values, work }, signal) => {
      if (work !== undefined) await act(work, signal);
      const answers = [];
      for (const [index, value] of values.entries()) {
        answers.push(await measure(index === 0 ? { ...value, text: say`${text} ${value.text}` } : value, signal));
      }
      return answers;
    },
  };
}
