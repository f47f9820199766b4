/** One of several options. Two stand beside each other, the first of them filled; more stand below each other. */
import type { JSX } from "preact";
import type { OperatorChoice } from "../../engine/index.ts";
import { t } from "../state/language.ts";

export interface ChoiceProps {
  readonly choice: OperatorChoice;
  readonly chosen: (option: string) => void;
}

const BESIDE = 3;
/** Longer words do not fit on buttons that stand beside each other. */
const SHORT = 40;

export function ChoiceAnswer({ choice: { options }, chosen }: ChoiceProps): JSX.Element {
  const words = options.map(({ text }) => t(text));
  const beside = options.length <= BESIDE && words.every((each) => each.length <= SHORT);
  return (
    <div class={beside ? "acts" : "options"}>
      {options.map(({ id }, index) => (
        <button
          key={id}
          type="button"
          class={beside && index === 0 ? "button" : "button outlined"}
          onClick={() => chosen(id)}
        >
          {words[index]}
        </button>
      ))}
    </div>
  );
}
