/** Several views of one thing, one at a time (WAI-ARIA APG, "Tabs"): arrows move between them. */
import type { ComponentChildren, JSX } from "preact";
import { useId, useState } from "preact/hooks";
import type { Text } from "../../core/index.ts";
import { t } from "../state/language.ts";

export interface Tab {
  readonly id: string;
  readonly title: Text;
  readonly content: () => ComponentChildren;
}

export function Tabs({ label, tabs }: { readonly label: Text; readonly tabs: readonly Tab[] }): JSX.Element {
  const base = useId();
  const [chosen, setChosen] = useState(0);
  const moved = (event: KeyboardEvent): void => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0) return;
    const next = (chosen + by + tabs.length) % tabs.length;
    setChosen(next);
    document.getElementById(`${base}-tab-${next}`)?.focus();
  };
  return (
    <section>
      <div class="tabs" role="tablist" aria-label={t(label)} onKeyDown={moved}>
        {tabs.map(({ id, title }, place) => (
          <button
            key={id}
            id={`${base}-tab-${place}`}
            type="button"
            role="tab"
            aria-selected={place === chosen}
            aria-controls={`${base}-pane`}
            tabIndex={place === chosen ? 0 : -1}
            onClick={() => setChosen(place)}
          >
            {t(title)}
          </button>
        ))}
      </div>
      <div id={`${base}-pane`} class="pane" role="tabpanel" aria-labelledby={`${base}-tab-${chosen}`}>
        {tabs[chosen]?.content()}
      </div>
    </section>
  );
}
