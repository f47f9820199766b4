/** The safety band: under the top bar, on every page of a plug, never covered and never dismissed. */
import type { JSX } from "preact";
import { say } from "../../core/index.ts";
import { t } from "../state/language.ts";
import type { Safety } from "../state/safety.ts";
import { Hazard, Screen } from "./icons.tsx";

export function SafetyBand({ safety: { tone, order, facts } }: { readonly safety: Safety }): JSX.Element {
  return (
    <section class={`band ${tone}`} aria-label={t(say`Safety`)}>
      {tone === "virtual" ? <Screen /> : <Hazard />}
      {tone === "virtual" && <span class="tag">{t(say`Virtual`)}</span>}
      <p class="band-order">{t(order)}</p>
      <dl>
        {facts.map(({ name, value }) => (
          <div key={name.source}>
            <dt>{t(name)}</dt>
            <dd>{t(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
