/** What a display shows, typed as it shows it. What cannot be meant is asked again with the reason, and stays in the field. */
import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { type ReadingAnswer, say, type Text, typedReading } from "../../core/index.ts";
import type { OperatorQuantity } from "../../engine/index.ts";
import { t } from "../state/language.ts";

export interface ReadingProps {
  readonly quantity: Pick<OperatorQuantity, "id" | "unit">;
  readonly taken: (reading: ReadingAnswer) => void;
}

const EXAMPLES: Readonly<Record<OperatorQuantity["unit"], Text>> = {
  V: say`As the display shows it, with its unit: 3.3 V or 3,3 V. If it shows OL, type OL.`,
  A: say`As the display shows it, with its unit: 4.2 A or 4,2 A. If it shows OL, type OL.`,
  W: say`As the display shows it, with its unit: 987 W or 0,987 kW. If it shows OL, type OL.`,
  ohm: say`As the display shows it, with its unit: 0.24 Ω or 0,24 Ω; ohm will do. If it shows OL, type OL.`,
  Mohm: say`As the display shows it, with its unit: > 550 MΩ; megohm will do. If it shows OL, type OL.`,
};

export function ReadingAnswerField({ quantity, taken }: ReadingProps): JSX.Element {
  const id = useId();
  const [text, setText] = useState("");
  const [again, setAgain] = useState<{ readonly reason: Text; readonly typed: string | undefined }>();
  const enter = (event: Event): void => {
    event.preventDefault();
    const typed = typedReading(text, quantity, again?.typed);
    if (typed.kind === "taken") taken(typed.answer);
    else setAgain({ reason: typed.text, typed: typed.typed });
  };
  return (
    <form class="read" onSubmit={enter}>
      <label for={id}>{t(say`What the display shows`)}</label>
      <p class="hint" id={`${id}-hint`}>
        {t(EXAMPLES[quantity.unit])}
      </p>
      <div class="field number">
        <input
          id={id}
          value={text}
          autocomplete="off"
          spellcheck={false}
          aria-describedby={again ? `${id}-bad ${id}-hint` : `${id}-hint`}
          aria-invalid={again !== undefined}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <button type="submit" class="button">
          {t(say`Enter`)}
        </button>
      </div>
      <div aria-live="polite">
        {again && (
          <p class="bad" id={`${id}-bad`}>
            {t(again.reason)}
          </p>
        )}
      </div>
    </form>
  );
}
