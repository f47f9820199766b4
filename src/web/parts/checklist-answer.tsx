/** A list with a box for each item: what is ticked is confirmed, what is not stays open. Nothing is ticked beforehand. */
import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { type ChecklistAnswer, say } from "../../core/index.ts";
import type { OperatorChecklist } from "../../engine/index.ts";
import { t } from "../state/language.ts";

export interface ChecklistProps {
  readonly list: OperatorChecklist;
  readonly given: (answer: ChecklistAnswer) => void;
}

export function ChecklistField({ list: { items }, given }: ChecklistProps): JSX.Element {
  const name = useId();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const confirmed = items.flatMap(({ id }) => (ticked.has(id) ? [id] : []));
  const tick = (id: string, isTrue: boolean): void => {
    setTicked(new Set([...ticked, id].filter((each) => isTrue || each !== id)));
  };
  const enter = (event: Event): void => {
    event.preventDefault();
    given({ confirmed });
  };
  return (
    <form class="stack" onSubmit={enter}>
      <ol class="items">
        {items.map(({ id, text }) => (
          <li key={id}>
            <input
              type="checkbox"
              id={`${name}-${id}`}
              data-item={id}
              checked={ticked.has(id)}
              onChange={({ currentTarget }) => tick(id, currentTarget.checked)}
            />
            <label for={`${name}-${id}`}>{t(text)}</label>
          </li>
        ))}
      </ol>
      <div class="acts">
        <button type="submit" class="button">
          {confirmed.length === items.length ? t(say`All of this is true`) : t(say`The rest is not true yet`)}
        </button>
        <button type="button" class="button outlined" onClick={() => given({ confirmed, stop: true })}>
          {t(say`Stop here`)}
        </button>
      </div>
    </form>
  );
}
