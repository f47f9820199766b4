/** What a display shows, typed as it shows it. What cannot be meant is asked again with the reason, and stays in the field. */
import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { type ReadingAnswer, say, type Text, typedReading, typedReadings } from "../../core/index.ts";
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
  return <ReadingsAnswerField values={[quantity]} taken={([reading]) => taken(reading!)} />;
}

export interface ReadingsProps {
  readonly values: readonly ReadingProps["quantity"][];
  /** One for each value, in their order. */
  readonly taken: (readings: readonly ReadingAnswer[]) => void;
}

/** Several in one field. What cannot be meant of any of them is said, and all of it stays in the field. */
export function ReadingsAnswerField({ values, taken }: ReadingsProps): JSX.Element {
  const id = useId();
  const [text, setText] = useState("");
  const [again, setAgain] = useState<{ readonly reason: Text; readonly typed: readonly (string | undefined)[] }>();
  const [only] = values;
  const enter = (event: Event): void => {
    event.preventDefault();
    const typed =
      values.length === 1 ? [typedReading(text, only!, again?.typed[0])] : typedReadings(text, values, again?.typed);
    const answers = typed.flatMap((each) => (each.kind === "taken" ? [each.answer] : []));
    const wrong = typed.find((each) => each.kind === "again");
    if (wrong?.kind !== "again") taken(answers);
    else {
      const typedBefore = typed.map((each) => (each.kind === "again" ? each.typed : undefined));
      setAgain({ reason: wrong.text, typed: typedBefore });
    }
  };
  return (
    <form class="read" onSubmit={enter}>
      <label for={id}>{t(say`What the display shows`)}</label>
      <p class="hint" id={`${id}-hint`}>
        {values.length === 1 ? t(EXAMPLES[only!.unit]) : t(say`In this order, each with its unit: 0.21 Ω; 0.33 Ω`)}
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
